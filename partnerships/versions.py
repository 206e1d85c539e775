"""Settings that two people change at once: who saves an older version is shown both, and nothing is lost."""

from django.db.models import F

from .decided import require_or_decided
from .models import Partnership
from .permissions import Permission


class StaleVersion(Exception):
    """Somebody saved the settings after this form was opened. Nothing was written."""


def begin_change(partnership: Partnership, *, version: int | None, by, decided_in: str = "") -> None:
    """Check that the person may, and take the next version: first thing in the transaction of every change.

    Without a version there was no form to be overtaken, so whatever is there counts. `decided_in` is the public id of a
    session's decision that lets the person do it. Raises PermissionDenied, and StaleVersion.
    """
    require_or_decided(by, partnership, Permission.LOOK_AFTER_SETTINGS, decided_in=decided_in)
    rows = Partnership.objects.filter(pk=partnership.pk)
    if version is not None:
        rows = rows.filter(version=version)
    if not rows.update(version=F("version") + 1):
        raise StaleVersion
