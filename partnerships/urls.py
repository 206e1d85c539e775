from django.urls import path

from . import views

app_name = "partnerships"

urlpatterns = [
    path("partnerships/", views.partnership_list, name="partnership-list"),
    # /partnerships/<slug>/
    path("partnerships/<slug:slug>/", views.partnership_detail, name="partnership-detail"),
    path("partnerships/<slug:slug>/people/", views.people_list, name="people-list"),
    path("partnerships/<slug:slug>/spaces/", views.space_list, name="space-list"),
    path("partnerships/<slug:slug>/spaces/<slug:public_id>/", views.space_detail, name="space-detail"),
]
