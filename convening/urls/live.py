from django.urls import path

from convening.views import live

urlpatterns = [
    path("sessions/<slug:public_id>/live/", live.session_live, name="session-live"),
    path("sessions/<slug:public_id>/live/step/", live.live_step, name="live-step"),
    path("sessions/<slug:public_id>/live/time/", live.live_time, name="live-time"),
    path("sessions/<slug:public_id>/live/extend/", live.live_extend, name="live-extend"),
    path("sessions/<slug:public_id>/live/end/", live.live_end, name="live-end"),
]
