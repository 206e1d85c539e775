"""When a session is: a day, from when to when, and in which zone."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from convening.models import Session
from convening.times import LONGEST, TimeField, moment, validate_zone
from learnpartner.forms import DateField, LineField


class WhenForm(forms.Form):
    """A day, two hours and a zone, as people write them; `when` has the moments that they are."""

    day = DateField(
        label=_("Day"),
        not_in_future=False,
        help_text=_("For example, 3 12 2026."),
        error_messages={"required": _("Choose a day.")},
    )
    starts = TimeField(
        label=_("From"),
        help_text=_("Such as 2pm, 9:30am or 14:00."),
        error_messages={"required": _("Say when it starts.")},
    )
    ends = TimeField(label=_("To"), error_messages={"required": _("Say when it ends.")})
    overnight = forms.BooleanField(label=_("It ends on the day after"), required=False)
    zone = LineField(
        label=_("Time zone"),
        max_length=64,
        validators=[validate_zone],
        help_text=_("Where these hours are right, such as Europe/London."),
        error_messages={"required": _("Write a time zone, such as Europe/London.")},
        widget=forms.TextInput({"class": "input--middle", "autocomplete": "off"}),
    )

    @staticmethod
    def initial_of(session: Session | None) -> dict[str, Any]:
        """Return what the boxes hold of a session, or at first."""
        if session is None:
            return {"zone": timezone.get_default_timezone_name()}
        return {
            "day": session.day,
            "starts": session.starts.time(),
            "ends": session.ends.time(),
            "overnight": session.ends.date() > session.day,
            "zone": session.zone,
        }

    def clean(self):
        """Make moments of the hours; say beside the box what is wrong with one."""
        typed = super().clean() or self.cleaned_data
        if any(typed.get(name) is None for name in ("day", "starts", "ends", "zone")):
            return typed
        starts_at = self._moment("starts", 0)
        ends_at = self._moment("ends", 1 if typed["overnight"] else 0)
        if starts_at and ends_at:
            self._check(starts_at, ends_at)
            typed |= {"starts_at": starts_at, "ends_at": ends_at}
        return typed

    def _moment(self, name: str, days: int) -> datetime | None:
        typed = self.cleaned_data
        try:
            return moment(typed["day"] + timedelta(days=days), typed[name], typed["zone"])
        except ValidationError as error:
            self.add_error(name, error)
            return None

    def _check(self, starts_at: datetime, ends_at: datetime) -> None:
        if ends_at <= starts_at:
            words = _("It ends before it starts. Look at both hours; if it goes on after midnight, say so below.")
            self.add_error("ends", ValidationError(words, code="ends_first"))
        elif ends_at - starts_at > LONGEST:
            self.add_error(
                "ends", ValidationError(_("That is longer than a day. Look at both hours."), code="too_long")
            )
        if ends_at <= timezone.now():
            self.add_error("day", ValidationError(_("That has gone by. Look at the day."), code="past"))

    def when(self) -> dict[str, Any]:
        """Return the columns of a session that say when it is."""
        return {name: self.cleaned_data[name] for name in ("starts_at", "ends_at", "zone")}
