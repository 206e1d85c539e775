from django.urls import path

from . import views

urlpatterns = [
    path("partnerships/<slug:slug>/timeline/", views.timeline, name="timeline"),
    path("partnerships/<slug:slug>/timeline/story/", views.timeline_story, name="timeline-story"),
]
