from django.urls import path

from partnerships.views import organisations, site

urlpatterns = [
    path("site/", site.site_settings_edit, name="site-settings-edit"),
    path("organisations/", organisations.organisation_list, name="organisation-list"),
    path("organisations/new/", organisations.organisation_new, name="organisation-new"),
    # /organisations/<public_id>/
    path("organisations/<slug:public_id>/", organisations.organisation_detail, name="organisation-detail"),
    path("organisations/<slug:public_id>/edit/", organisations.organisation_edit, name="organisation-edit"),
    path(
        "organisations/<slug:public_id>/people/<slug:person>/edit/",
        organisations.affiliation_edit,
        name="affiliation-edit",
    ),
    path(
        "organisations/<slug:public_id>/people/<slug:person>/end/",
        organisations.affiliation_end,
        name="affiliation-end",
    ),
]
