from django.urls import path

from . import views

app_name = "accounts"

urlpatterns = [
    # /account/
    path("profile/", views.profile, name="profile"),
    path("profile/edit/", views.profile_edit, name="profile-edit"),
    path("profile/appearance/", views.profile_appearance, name="profile-appearance"),
    path("2fa/totp/qr.svg", views.totp_qr, name="totp-qr"),
]
