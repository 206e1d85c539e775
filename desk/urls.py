from django.urls import path

from . import views

app_name = "desk"

urlpatterns = [
    # /drafts/
    path("drafts/<slug:key>/", views.draft_save, name="draft-save"),
    path("drafts/<slug:key>/delete/", views.draft_delete, name="draft-delete"),
]
