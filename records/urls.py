from django.urls import path

from . import views

app_name = "records"

urlpatterns = [
    # Streams
    path("partnerships/<slug:slug>/reflections/", views.stream, name="stream"),
    path("landscape/", views.landscape, name="landscape"),
    # /responses/
    path("responses/to/<slug:public_id>/", views.response_new, name="response-new"),
    path("responses/<slug:public_id>/", views.response_detail, name="response-detail"),
    path("responses/<slug:public_id>/edit/", views.response_edit, name="response-edit"),
    path("responses/<slug:public_id>/withdraw/", views.response_withdraw, name="response-withdraw"),
]
