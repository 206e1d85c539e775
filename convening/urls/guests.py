from django.urls import path

from convening.views import guests, live_guests

urlpatterns = [
    path("sessions/<slug:public_id>/live/guests/", live_guests.live_guests, name="live-guests"),
    path("sessions/<slug:public_id>/live/qr.svg", live_guests.live_qr, name="live-qr"),
    # /join/, for those without an account
    path("join/<slug:token>/", guests.guest_join, name="guest-join"),
    path("join/<slug:token>/live/", guests.guest_live, name="guest-live"),
    path("join/<slug:token>/write/", guests.guest_write, name="guest-write"),
    path("join/<slug:token>/notes/<slug:public_id>/", guests.guest_note, name="guest-note"),
]
