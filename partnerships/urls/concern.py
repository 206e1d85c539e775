from django.urls import path

from partnerships.views import concern

urlpatterns = [
    # /partnerships/<slug>/worry/
    path("partnerships/<slug:slug>/worry/", concern.concern_new, name="concern-new"),
    path("partnerships/<slug:slug>/worry/contact/", concern.concern_edit, name="concern-edit"),
]
