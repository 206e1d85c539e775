from django.urls import path

from . import views

app_name = "desk"

urlpatterns = [
    # /drafts/
    path("drafts/resume/", views.draft_resume, name="draft-resume"),
    path("drafts/token/", views.draft_token, name="draft-token"),
    path("drafts/<slug:key>/", views.draft_save, name="draft-save"),
    path("drafts/<slug:key>/keep/", views.draft_keep, name="draft-keep"),
    path("drafts/<slug:key>/words/", views.draft_detail, name="draft-detail"),
    path("drafts/<slug:key>/delete/", views.draft_delete, name="draft-delete"),
]
