from django.urls import path

from partnerships.views import supervision

urlpatterns = [
    # /partnerships/<slug>/supervision/
    path("partnerships/<slug:slug>/supervision/", supervision.supervision_detail, name="supervision-detail"),
    path("partnerships/<slug:slug>/supervision/brings/", supervision.supervision_edit, name="supervision-edit"),
    path(
        "partnerships/<slug:slug>/supervision/<slug:day>/delete/",
        supervision.supervision_meeting_delete,
        name="supervision-meeting-delete",
    ),
]
