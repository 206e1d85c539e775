from django.urls import path

from convening.views import contributions, sessions

urlpatterns = [
    path("partnerships/<slug:slug>/sessions/", sessions.session_list, name="session-list"),
    path("partnerships/<slug:slug>/sessions/new/", sessions.session_new, name="session-new"),
    # /sessions/
    path("sessions/<slug:public_id>/", sessions.session_detail, name="session-detail"),
    path("sessions/<slug:public_id>/edit/", sessions.session_edit, name="session-edit"),
    path("sessions/<slug:public_id>/move/", sessions.session_move, name="session-move"),
    path("sessions/<slug:public_id>/cancel/", sessions.session_cancel, name="session-cancel"),
    path("sessions/<slug:public_id>/host/", sessions.session_host, name="session-host"),
    path("sessions/<slug:public_id>/take-over/", sessions.session_take_over, name="session-take-over"),
    path("sessions/<slug:public_id>/answer/", sessions.session_answer, name="session-answer"),
    path("sessions/<slug:public_id>/reveal/", contributions.session_reveal, name="session-reveal"),
    path("sessions/<slug:public_id>/write/", contributions.contribution_new, name="contribution-new"),
    # /contributions/
    path("contributions/<slug:public_id>/", contributions.contribution_detail, name="contribution-detail"),
    path("contributions/<slug:public_id>/edit/", contributions.contribution_edit, name="contribution-edit"),
    path("contributions/<slug:public_id>/delete/", contributions.contribution_delete, name="contribution-delete"),
    path("contributions/<slug:public_id>/show/", contributions.contribution_show, name="contribution-show"),
    path("contributions/<slug:public_id>/withdraw/", contributions.contribution_withdraw, name="contribution-withdraw"),
]
