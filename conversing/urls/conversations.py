from django.urls import path

from conversing.views import conversations

urlpatterns = [
    path("partnerships/<slug:slug>/conversations/", conversations.conversation_list, name="conversation-list"),
    path("partnerships/<slug:slug>/conversations/new/", conversations.conversation_new, name="conversation-new"),
    path("partnerships/<slug:slug>/settings/conversations/", conversations.quiet_edit, name="quiet-edit"),
    # /conversations/
    path("conversations/<slug:public_id>/", conversations.conversation_detail, name="conversation-detail"),
    path("conversations/<slug:public_id>/edit/", conversations.conversation_edit, name="conversation-edit"),
    path("conversations/<slug:public_id>/close/", conversations.conversation_close, name="conversation-close"),
    path("conversations/<slug:public_id>/reopen/", conversations.conversation_reopen, name="conversation-reopen"),
    path("conversations/<slug:public_id>/mute/", conversations.conversation_mute, name="conversation-mute"),
    path("conversations/<slug:public_id>/summary/", conversations.summary_edit, name="summary-edit"),
    path("conversations/<slug:public_id>/summary/versions/", conversations.summary_versions, name="summary-versions"),
    path("conversations/<slug:public_id>/step-in/", conversations.step_in_ask, name="step-in-ask"),
    path("conversations/<slug:public_id>/stepped-in/", conversations.step_in_done, name="step-in-done"),
]
