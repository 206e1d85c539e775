"""The addresses of this room, by domain. What stands first wins, so fixed words stand before slugs."""

from . import (
    agreement,
    concern,
    deeds,
    invitations,
    mail,
    organisations,
    overview,
    people,
    settings,
    spaces,
    starting,
    supervision,
)

app_name = "partnerships"

urlpatterns = [
    *starting.urlpatterns,
    *overview.urlpatterns,
    *settings.urlpatterns,
    *people.urlpatterns,
    *spaces.urlpatterns,
    *agreement.urlpatterns,
    *supervision.urlpatterns,
    *concern.urlpatterns,
    *invitations.urlpatterns,
    *organisations.urlpatterns,
    *mail.urlpatterns,
    *deeds.urlpatterns,
]
