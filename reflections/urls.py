from django.urls import path

from . import views

app_name = "reflections"

urlpatterns = [
    path("notebook/", views.notebook, name="notebook"),
    # /reflections/
    path("reflections/new/", views.reflection_new, name="reflection-new"),
    path("reflections/<slug:public_id>/", views.reflection_detail, name="reflection-detail"),
    path("reflections/<slug:public_id>/edit/", views.reflection_edit, name="reflection-edit"),
    path("reflections/<slug:public_id>/share/", views.reflection_share, name="reflection-share"),
    path("reflections/<slug:public_id>/undo-share/", views.reflection_undo_share, name="reflection-undo-share"),
    path("reflections/<slug:public_id>/withdraw/", views.reflection_withdraw, name="reflection-withdraw"),
    path("reflections/<slug:public_id>/delete/", views.reflection_delete, name="reflection-delete"),
]
