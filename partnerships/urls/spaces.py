from django.urls import path

from partnerships.views import admissions, spaces

urlpatterns = [
    path("partnerships/<slug:slug>/spaces/", spaces.space_list, name="space-list"),
    path("partnerships/<slug:slug>/spaces/new/", spaces.space_new, name="space-new"),
    # /partnerships/<slug>/spaces/asked/
    path(
        "partnerships/<slug:slug>/spaces/asked/<slug:public_id>/", admissions.admission_detail, name="admission-detail"
    ),
    # /partnerships/<slug>/spaces/<id>/
    path("partnerships/<slug:slug>/spaces/<slug:public_id>/", spaces.space_detail, name="space-detail"),
    path("partnerships/<slug:slug>/spaces/<slug:public_id>/ask/", admissions.space_ask, name="space-ask"),
    path("partnerships/<slug:slug>/spaces/<slug:public_id>/join/", admissions.space_join, name="space-join"),
    path("partnerships/<slug:slug>/spaces/<slug:public_id>/leave/", spaces.space_leave, name="space-leave"),
    path("partnerships/<slug:slug>/spaces/<slug:public_id>/close/", spaces.space_close, name="space-close"),
]
