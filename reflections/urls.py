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
    # Sets of prompts: everybody's, and a partnership's own
    path("prompts/", views.prompt_list, name="prompt-list"),
    path("prompts/<slug:key>/", views.prompt_detail, name="prompt-detail"),
    path("prompts/<slug:key>/card/", views.prompt_card, name="prompt-card"),
    path("prompts/<slug:key>/versions/<int:number>/", views.prompt_version, name="prompt-version"),
    path("partnerships/<slug:slug>/settings/prompts/", views.prompt_settings, name="prompt-settings"),
    path("partnerships/<slug:slug>/settings/prompts/new/", views.prompt_new, name="prompt-new"),
    path("partnerships/<slug:slug>/settings/prompts/lens/", views.lens_new, name="lens-new"),
    path("partnerships/<slug:slug>/settings/prompts/<slug:public_id>/edit/", views.prompt_edit, name="prompt-edit"),
    path(
        "partnerships/<slug:slug>/settings/prompts/<slug:public_id>/retire/", views.prompt_retire, name="prompt-retire"
    ),
]
