from django.urls import path

from conversing.views import relationship_notes as notes

urlpatterns = [
    path("partnerships/<slug:slug>/relationship-notes/", notes.relationship_note_list, name="relationship-note-list"),
    path("partnerships/<slug:slug>/relationship-notes/new/", notes.relationship_note_new, name="relationship-note-new"),
    # /relationship-notes/
    path("relationship-notes/<slug:public_id>/", notes.relationship_note_detail, name="relationship-note-detail"),
    path("relationship-notes/<slug:public_id>/edit/", notes.relationship_note_edit, name="relationship-note-edit"),
    path(
        "relationship-notes/<slug:public_id>/delete/", notes.relationship_note_delete, name="relationship-note-delete"
    ),
]
