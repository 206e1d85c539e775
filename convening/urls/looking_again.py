from django.urls import path

from convening.views import looking_again, session_notes

urlpatterns = [
    # /sessions/
    path(
        "sessions/<slug:public_id>/intentions/<slug:intention_id>/",
        looking_again.intention_review,
        name="intention-review",
    ),
    path(
        "sessions/<slug:public_id>/intentions/<slug:intention_id>/evidence/",
        looking_again.evidence_new,
        name="evidence-new",
    ),
    path(
        "sessions/<slug:public_id>/evidence/<slug:evidence_id>/delete/",
        looking_again.evidence_delete,
        name="evidence-delete",
    ),
    path("sessions/<slug:public_id>/decide/", looking_again.decision_new, name="decision-new"),
    path(
        "sessions/<slug:public_id>/decisions/<slug:decision_id>/object/",
        looking_again.decision_object,
        name="decision-object",
    ),
    path(
        "sessions/<slug:public_id>/decisions/<slug:decision_id>/carry-out/",
        looking_again.decision_carry_out,
        name="decision-carry-out",
    ),
    path("sessions/<slug:public_id>/notes/earlier/", looking_again.note_list, name="note-list"),
    path("sessions/<slug:public_id>/tasks/", session_notes.task_list, name="task-list"),
    path("sessions/<slug:public_id>/tasks/edit/", session_notes.task_edit, name="task-edit"),
    path("sessions/<slug:public_id>/supervision/", session_notes.supervision_note, name="supervision-note"),
    path(
        "sessions/<slug:public_id>/supervision/acknowledge/",
        session_notes.supervision_acknowledge,
        name="supervision-acknowledge",
    ),
]
