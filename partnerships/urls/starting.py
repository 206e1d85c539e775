from django.urls import path

from partnerships.views import starting

urlpatterns = [
    path("partnerships/new/", starting.partnership_new, name="partnership-new"),
    path("partnerships/<slug:slug>/delete/", starting.partnership_delete, name="partnership-delete"),
    path("partnerships/<slug:slug>/first-steps/close/", starting.steps_close, name="steps-close"),
    path("partnerships/<slug:slug>/rooms/", starting.room_open, name="room-open"),
]
