from django.urls import path

from . import views
from .my_data import views as my_data

app_name = "accounts"

urlpatterns = [
    # /account/
    path("profile/", views.profile, name="profile"),
    path("profile/edit/", views.profile_edit, name="profile-edit"),
    path("profile/appearance/", views.profile_appearance, name="profile-appearance"),
    path("data/", my_data.data_detail, name="data-detail"),
    path("data/export/", my_data.export_new, name="export-new"),
    path("data/export/<slug:public_id>/file/", my_data.export_file, name="export-file"),
    path("data/erase/", my_data.erasure_new, name="erasure-new"),
    path("2fa/totp/qr.svg", views.totp_qr, name="totp-qr"),
]
