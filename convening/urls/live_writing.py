from django.urls import path

from convening.views import live_writing

AT = "sessions/<slug:public_id>/live"

urlpatterns = [
    path(f"{AT}/writings/new/", live_writing.writing_open, name="writing-open"),
    path(f"{AT}/writings/<slug:writing_id>/reveal/", live_writing.writing_reveal, name="writing-reveal"),
    path(f"{AT}/writings/<slug:writing_id>/write/", live_writing.live_note, name="live-note"),
    path(f"{AT}/writings/<slug:writing_id>/paper/", live_writing.paper_notes, name="paper-notes"),
    path(f"{AT}/writings/<slug:writing_id>/sort/", live_writing.notes_sort, name="notes-sort"),
    path(f"{AT}/clusters/<slug:cluster_id>/name/", live_writing.cluster_name, name="cluster-name"),
    path(f"{AT}/clusters/<slug:cluster_id>/merge/", live_writing.cluster_merge, name="cluster-merge"),
    path(f"{AT}/notes/<slug:note_id>/remove/", live_writing.unsigned_note_remove, name="unsigned-note-remove"),
]
