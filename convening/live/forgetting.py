"""Forgetting the guests of sessions that are over."""

from datetime import timedelta

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from convening.models import Guest, GuestLink

# So long a page that is still open says thank you; the page at the door promises an hour.
AFTER = timedelta(minutes=30)


@task
def forget_guests() -> int:
    """Forget who came as a guest to sessions that are over, and the addresses by which they came; return how many.

    What they wrote stays, as "a guest", with nothing that leads to anybody.
    """
    over = {"session__ends_at__lte": timezone.now() - AFTER}
    with transaction.atomic():
        GuestLink.objects.filter(**over).delete()
        _all, by_table = Guest.objects.filter(**over).delete()
    return by_table.get(Guest._meta.label, 0)
