"""The secret address from which somebody's own calendar reads when they have sessions."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from partnerships.models.invitations import hash_of, new_token


class CalendarFeedQuerySet(models.QuerySet):
    """Words for finding feeds."""

    def with_token(self, token: str):
        """Return the one of that address, if its owner's account is open."""
        return self.filter(token_hash=hash_of(token), person__is_active=True)


class CalendarFeed(models.Model):
    """A calendar that somebody asked for: one for each person, at one secret address. Without a row it is off.

    Of the address only a hash is kept, so nobody can read it here; it is shown once, when it is made.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField()

    objects = CalendarFeedQuerySet.as_manager()

    def __str__(self):
        return f"calendar feed {self.pk}"

    @classmethod
    def make(cls, person) -> str:
        """Give the person an address that nobody knows yet, in place of any former one, and return its secret."""
        token = new_token()
        changes = {"token_hash": hash_of(token), "made_at": timezone.now()}
        cls.objects.update_or_create(person=person, defaults=changes)
        return token
