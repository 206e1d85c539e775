from django.urls import path

from partnerships.views import hand_over, people

urlpatterns = [
    path("partnerships/<slug:slug>/people/", people.people_list, name="people-list"),
    path("partnerships/<slug:slug>/people/<slug:public_id>/edit/", people.membership_edit, name="membership-edit"),
    path("partnerships/<slug:slug>/people/<slug:public_id>/end/", people.membership_end, name="membership-end"),
    path("partnerships/<slug:slug>/hand-over/", hand_over.hand_over, name="hand-over"),
    path("partnerships/<slug:slug>/hand-over/confirm/", hand_over.hand_over_confirm, name="hand-over-confirm"),
]
