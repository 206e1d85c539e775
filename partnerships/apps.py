from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnershipsConfig(AppConfig):
    """Who learns with whom, in which role, and in which spaces."""

    name = "partnerships"

    def ready(self):
        """Tell sign-in that people with duties are not kept signed in, and open the rooms that each has."""
        from accounts import duties

        from . import rooms
        from .models import Membership

        duties.register(lambda person: Membership.objects.of(person).current().with_duty().exists())
        rooms.register(rooms.Room(label=_("Overview"), url_name="partnerships:partnership-detail", order=10))
        rooms.register(rooms.Room(label=_("People"), url_name="partnerships:people-list", order=80))
        rooms.register(rooms.Room(label=_("Spaces"), url_name="partnerships:space-list", order=90))
