from django.urls import path

from partnerships.views import spaces

urlpatterns = [
    path("partnerships/<slug:slug>/spaces/", spaces.space_list, name="space-list"),
    path("partnerships/<slug:slug>/spaces/<slug:public_id>/", spaces.space_detail, name="space-detail"),
]
