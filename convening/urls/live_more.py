from django.urls import path

from convening.views import live_will_do, photos

urlpatterns = [
    path("sessions/<slug:public_id>/live/will-do/", live_will_do.live_will_do, name="live-will-do"),
    # Photos of what stands on the wall
    path("sessions/<slug:public_id>/photo/", photos.photo_new, name="photo-new"),
    path("sessions/<slug:public_id>/photo/<slug:photo_id>/remove/", photos.photo_remove, name="photo-remove"),
]
