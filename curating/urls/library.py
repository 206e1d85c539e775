from django.urls import path

from curating.views import objects, readings, standing, versions

urlpatterns = [
    path("partnerships/<slug:slug>/library/", objects.library_list, name="library-list"),
    path("partnerships/<slug:slug>/library/new/", objects.library_new, name="library-new"),
    # /library/
    path("library/<slug:public_id>/", objects.object_detail, name="object-detail"),
    path("library/<slug:public_id>/edit/", objects.object_edit, name="object-edit"),
    path("library/<slug:public_id>/used/", objects.object_use, name="object-use"),
    path("library/<slug:public_id>/state/", standing.object_state, name="object-state"),
    path("library/<slug:public_id>/curator/", standing.object_curator, name="object-curator"),
    path("library/<slug:public_id>/history/", versions.version_list, name="version-list"),
    path("library/<slug:public_id>/history/<int:number>/", versions.version_detail, name="version-detail"),
    path("library/<slug:public_id>/files/<slug:file_id>/delete/", versions.file_delete, name="file-delete"),
    path("library/<slug:public_id>/reading/", readings.reading_new, name="reading-new"),
    # /readings/
    path("readings/<slug:public_id>/", readings.reading_detail, name="reading-detail"),
    path("readings/<slug:public_id>/edit/", readings.reading_edit, name="reading-edit"),
    path("readings/<slug:public_id>/withdraw/", readings.reading_withdraw, name="reading-withdraw"),
]
