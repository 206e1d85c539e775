from django.urls import path, register_converter

from . import views
from .addresses import KindConverter

app_name = "records"

register_converter(KindConverter, "record_kind")

urlpatterns = [
    # Streams
    path("partnerships/<slug:slug>/reflections/", views.stream, name="stream"),
    path("landscape/", views.landscape, name="landscape"),
    path("search/", views.search, name="search"),
    # /responses/
    path("responses/to/<slug:public_id>/", views.response_new, name="response-new"),
    path("responses/<slug:public_id>/", views.response_detail, name="response-detail"),
    path("responses/<slug:public_id>/edit/", views.response_edit, name="response-edit"),
    path("responses/<slug:public_id>/withdraw/", views.response_withdraw, name="response-withdraw"),
    # /links/
    path("links/<slug:public_id>/delete/", views.link_delete, name="link-delete"),
    # /tellings/
    path("tellings/of/<slug:public_id>/", views.telling_ask, name="telling-ask"),
    path("tellings/of/<slug:public_id>/withdraw/", views.telling_withdraw, name="telling-withdraw"),
    path("tellings/<slug:public_id>/", views.telling_detail, name="telling-detail"),
    # /reflections/<id>/, /responses/<id>/, and so on for every kind
    path("<record_kind:kind>/<slug:public_id>/versions/", views.record_versions, name="record-versions"),
    path("<record_kind:kind>/<slug:public_id>/versions/<int:number>/", views.record_version, name="record-version"),
    path("<record_kind:kind>/<slug:public_id>/fold/", views.record_fold, name="record-fold"),
    path("<record_kind:kind>/<slug:public_id>/put-back/", views.record_put_back, name="record-put-back"),
    path("<record_kind:kind>/<slug:public_id>/set-aside/", views.record_set_aside, name="record-set-aside"),
    path("<record_kind:kind>/<slug:public_id>/lift/", views.record_lift, name="record-lift"),
    path("<record_kind:kind>/<slug:public_id>/help/", views.suggestion_ask, name="suggestion-ask"),
    # By order of law
    path("site/set-aside/", views.order_list, name="order-list"),
    path("site/set-aside/new/", views.order_new, name="order-new"),
    path("site/set-aside/<slug:public_id>/lift/", views.order_lift, name="order-lift"),
    # /files/
    path("files/new/", views.attachment_new, name="attachment-new"),
    path("files/<slug:public_id>/", views.attachment_file, name="attachment-file"),
    path("files/<slug:public_id>/small/", views.attachment_small, name="attachment-small"),
    path("files/<slug:public_id>/large/", views.attachment_large, name="attachment-large"),
    path("files/<slug:public_id>/delete/", views.attachment_delete, name="attachment-delete"),
    # /suggestions/
    path("suggestions/<slug:public_id>/", views.suggestion_detail, name="suggestion-detail"),
    path("suggestions/<slug:public_id>/decline/", views.suggestion_decline, name="suggestion-decline"),
    path("suggestions/<slug:public_id>/answer/", views.suggestion_answer, name="suggestion-answer"),
    path("suggestions/<slug:public_id>/take-back/", views.suggestion_take_back, name="suggestion-take-back"),
]
