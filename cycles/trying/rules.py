"""What holds of what is tried: which days one looks again on, and what goes into a log."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.reader import Reader
from records.models import Record


def require_ahead(day: date) -> None:
    """Raise ValidationError for a day that has gone by."""
    if day < timezone.localdate():
        raise ValidationError(_("That day has gone by. Choose today or a later day."), code="past")


def may_be_logged(reader: Reader):
    """Return what the reader may put into a log: what stands in a partnership's stream, with words that they read."""
    readable = Record.objects.visible_to(reader).with_words_for(reader).shared().standing().in_stream()
    here = readable.filter(space__in=list(reader.spaces), partnership__isnull=False)
    return here.exclude(kind="experiment")
