from django.urls import path

from partnerships.views import lines, settings, shelf

urlpatterns = [
    # /partnerships/<slug>/settings/
    path("partnerships/<slug:slug>/settings/", settings.settings_detail, name="settings-detail"),
    path("partnerships/<slug:slug>/settings/purpose/", settings.purpose_edit, name="purpose-edit"),
    path("partnerships/<slug:slug>/settings/nesting/", settings.nesting_edit, name="nesting-edit"),
    path("partnerships/<slug:slug>/settings/intentions/", settings.intentions_edit, name="intentions-edit"),
    path("partnerships/<slug:slug>/settings/phase/", settings.phase_edit, name="phase-edit"),
    path("partnerships/<slug:slug>/settings/words/", settings.words_edit, name="words-edit"),
    path("partnerships/<slug:slug>/settings/talk/", settings.talk_edit, name="talk-edit"),
    # Who takes part
    path("partnerships/<slug:slug>/settings/organisations/new/", lines.participation_new, name="participation-new"),
    path(
        "partnerships/<slug:slug>/settings/organisations/<slug:public_id>/",
        lines.participation_edit,
        name="participation-edit",
    ),
    path(
        "partnerships/<slug:slug>/settings/organisations/<slug:public_id>/delete/",
        lines.participation_delete,
        name="participation-delete",
    ),
    # What this takes
    path("partnerships/<slug:slug>/settings/resources/new/", lines.resource_new, name="resource-new"),
    path("partnerships/<slug:slug>/settings/resources/<slug:public_id>/", lines.resource_edit, name="resource-edit"),
    path(
        "partnerships/<slug:slug>/settings/resources/<slug:public_id>/delete/",
        lines.resource_delete,
        name="resource-delete",
    ),
    # Start here
    path("partnerships/<slug:slug>/settings/shelf/", shelf.shelf_list, name="shelf-list"),
    path("partnerships/<slug:slug>/settings/shelf/new/", shelf.shelf_new, name="shelf-new"),
    path("partnerships/<slug:slug>/settings/shelf/<slug:public_id>/", shelf.shelf_edit, name="shelf-edit"),
    path("partnerships/<slug:slug>/settings/shelf/<slug:public_id>/delete/", shelf.shelf_delete, name="shelf-delete"),
]
