"""The addresses of patterns."""

from django.urls import path

from .views import patterns, sources

app_name = "landscape"

urlpatterns = [
    path("partnerships/<slug:slug>/patterns/", patterns.pattern_list, name="pattern-list"),
    path("partnerships/<slug:slug>/patterns/new/", patterns.pattern_new, name="pattern-new"),
    # /patterns/
    path("patterns/<slug:public_id>/", patterns.pattern_detail, name="pattern-detail"),
    path("patterns/<slug:public_id>/edit/", patterns.pattern_edit, name="pattern-edit"),
    path("patterns/<slug:public_id>/state/", patterns.pattern_state, name="pattern-state"),
    path("patterns/<slug:public_id>/sources/", sources.source_find, name="source-find"),
    path("patterns/<slug:public_id>/sources/<slug:record_id>/", sources.source_new, name="source-new"),
    path("patterns/<slug:public_id>/sources/<slug:source_id>/take-off/", sources.source_delete, name="source-delete"),
    # What can be a source, from its own page
    path("sources/<slug:public_id>/", sources.source_of, name="source-of"),
]
