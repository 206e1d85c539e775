from django.urls import path

from convening.views import attendance, commitments, outcomes

urlpatterns = [
    path("sessions/<slug:public_id>/attendance/", attendance.attendance_note, name="attendance-note"),
    path("sessions/<slug:public_id>/attendance/mine/", attendance.attendance_correct, name="attendance-correct"),
    path("sessions/<slug:public_id>/outcome/edit/", outcomes.outcome_edit, name="outcome-edit"),
    path("sessions/<slug:public_id>/outcome/propose/", outcomes.outcome_propose, name="outcome-propose"),
    path("sessions/<slug:public_id>/outcome/object/", outcomes.outcome_object, name="outcome-object"),
    path("sessions/<slug:public_id>/outcome/carry/", outcomes.outcome_carry, name="outcome-carry"),
    path("sessions/<slug:public_id>/outcome/versions/", outcomes.outcome_versions, name="outcome-versions"),
    path("sessions/<slug:public_id>/commit/", commitments.commitment_new, name="commitment-new"),
    path("partnerships/<slug:slug>/commitments/", commitments.commitment_list, name="commitment-list"),
    # /commitments/
    path("commitments/<slug:public_id>/", commitments.commitment_detail, name="commitment-detail"),
    path("commitments/<slug:public_id>/done/", commitments.commitment_done, name="commitment-done"),
    path("commitments/<slug:public_id>/let-go/", commitments.commitment_let_go, name="commitment-let-go"),
    path("commitments/<slug:public_id>/take-up/", commitments.commitment_take_up, name="commitment-take-up"),
]
