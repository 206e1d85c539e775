from django.urls import path

from cycles.views import activities, methods

urlpatterns = [
    path("partnerships/<slug:slug>/activities/", activities.activity_list, name="activity-list"),
    path("partnerships/<slug:slug>/activities/new/", activities.activity_new, name="activity-new"),
    path("partnerships/<slug:slug>/methods/", methods.method_list, name="method-list"),
    path("partnerships/<slug:slug>/methods/new/", methods.method_new, name="method-new"),
    path("partnerships/<slug:slug>/methods/<slug:public_id>/edit/", methods.method_edit, name="method-edit"),
    path(
        "partnerships/<slug:slug>/methods/<slug:public_id>/put-away/", methods.method_put_away, name="method-put-away"
    ),
    path("partnerships/<slug:slug>/methods/<slug:public_id>/use/", methods.method_use, name="method-use"),
    # /activities/
    path("activities/<slug:public_id>/", activities.activity_detail, name="activity-detail"),
    path("activities/<slug:public_id>/edit/", activities.activity_edit, name="activity-edit"),
]
