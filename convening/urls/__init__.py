"""The addresses of sessions, by what one does there."""

from . import after, agenda, calendar, looking_again, sessions

app_name = "convening"

urlpatterns = [
    *sessions.urlpatterns,
    *agenda.urlpatterns,
    *after.urlpatterns,
    *calendar.urlpatterns,
    *looking_again.urlpatterns,
]
