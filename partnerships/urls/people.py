from django.urls import path

from partnerships.views import people

urlpatterns = [
    path("partnerships/<slug:slug>/people/", people.people_list, name="people-list"),
]
