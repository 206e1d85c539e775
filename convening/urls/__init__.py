"""The addresses of sessions, by what one does there."""

from . import after, agenda, calendar, guests, live, live_more, live_writing, looking_again, sessions

app_name = "convening"

urlpatterns = [
    *sessions.urlpatterns,
    *agenda.urlpatterns,
    *after.urlpatterns,
    *calendar.urlpatterns,
    *looking_again.urlpatterns,
    *live.urlpatterns,
    *live_writing.urlpatterns,
    *live_more.urlpatterns,
    *guests.urlpatterns,
]
