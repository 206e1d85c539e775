from django.urls import path

from partnerships.views import deeds

urlpatterns = [
    path("account/deeds/", deeds.deed_list, name="deed-list"),
    path("partnerships/<slug:slug>/settings/grants/", deeds.grant_list, name="grant-list"),
]
