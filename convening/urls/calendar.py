from django.urls import path

from convening.views import calendar, series

urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/feed/", calendar.feed_edit, name="feed-edit"),
    path("feeds/<slug:token>.ics", calendar.calendar_feed, name="calendar-feed"),
    path("partnerships/<slug:slug>/calendar/", calendar.partnership_calendar, name="partnership-calendar"),
    path("sessions/<slug:public_id>/calendar.ics", calendar.session_file, name="session-file"),
    path("sessions/<slug:public_id>/repeat/", series.session_repeat, name="session-repeat"),
]
