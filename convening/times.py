"""Hours as people write them, and the moments that they are: in a zone, on a day, across the change of the clocks."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext_lazy as _

WRITTEN = re.compile(r"(?P<hour>\d{1,2})(?:[:.h]?(?P<minute>\d{2}))?\s*(?P<half>[ap])?\.?(?:m\.?)?", re.I)
IN_WORDS = {"noon": time(12), "midday": time(12), "midnight": time(0)}
# A day out together, or a night shift from end to end.
LONGEST = timedelta(hours=24)


def parse_time(text: str) -> time:
    """Read an hour as people write it: "2pm", "2.30 pm", "14:00", "noon". ValueError where it is none."""
    typed = text.strip().lower()
    if typed in IN_WORDS:
        return IN_WORDS[typed]
    found = WRITTEN.fullmatch(typed)
    if not found:
        raise ValueError(text)
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if half and not 1 <= hour <= 12:
        raise ValueError(text)
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute)


def written(value: time) -> str:
    """Write an hour as a form shows it: "2pm", "9:30am"."""
    half = "am" if value.hour < 12 else "pm"
    minute = f":{value.minute:02}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minute}{half}"


def moment(day: date, hour: time, zone: str) -> datetime:
    """Return the moment at which that hour strikes on that day in that zone.

    Raises ValidationError where the clocks leave that hour out, or strike it twice.
    """
    tzinfo = ZoneInfo(zone)
    first, second = (datetime.combine(day, hour, tzinfo).replace(fold=fold) for fold in (0, 1))
    shown = {"hour": written(hour), "day": formats.date_format(day, "j F Y"), "zone": zone}
    if first.utcoffset() == second.utcoffset():
        return first
    # Where the clocks go forward the two readings differ as well, and none of them strikes.
    if first.astimezone(ZoneInfo("UTC")).astimezone(tzinfo).time() != hour:
        raise ValidationError(
            _("On %(day)s the clocks in %(zone)s go forward, and %(hour)s does not strike. Choose another hour."),
            code="no_such_hour",
            params=shown,
        )
    raise ValidationError(
        _("On %(day)s the clocks in %(zone)s go back, and %(hour)s strikes twice. Choose an hour before or after it."),
        code="hour_twice",
        params=shown,
    )


class TimeField(forms.CharField):
    """An hour of the day, as people write it.

    Source: GOV.UK Design System, on asking for times: one box that takes what people type.
    """

    default_error_messages = {"invalid": _("This is no hour. Write it like 2pm, 9:30am or 14:00.")}

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput({"class": "input--short", "autocomplete": "off"}))
        super().__init__(max_length=20, **kwargs)

    def prepare_value(self, value):
        """Show an hour as people write it, and what was typed as it was typed."""
        return written(value) if isinstance(value, time) else value

    def clean(self, value) -> time | None:
        """Return the hour; None where an optional one was left empty."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_time(text)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid")


def validate_zone(name: str) -> None:
    """Refuse what is no name of a time zone."""
    if name not in available_timezones():
        raise ValidationError(
            _("No time zone is called that. Write one like Europe/London or America/New_York."), code="unknown_zone"
        )
