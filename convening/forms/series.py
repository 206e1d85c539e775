"""Repeating a session, and whether a change is for one session or for all that follow."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from convening.models import Session
from convening.repeating import days_by_number, days_until, rhythms_of, times_on
from learnpartner.forms import DateField, Option, offer
from partnerships.models import Membership

TURNS = [_("First"), _("Second"), _("Third"), _("Fourth"), _("Fifth"), _("Sixth")]
NUMBER, DAY = "number", "day"


class RepeatForm(forms.Form):
    """How often a session is repeated, for how long, and who take turns in hosting."""

    rhythm = forms.ChoiceField(
        label=_("How often?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how often."), "invalid_choice": _("Choose how often.")},
    )
    ends = forms.ChoiceField(
        label=_("For how long?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for how long."), "invalid_choice": _("Choose for how long.")},
    )
    number = forms.IntegerField(
        label=_("How many, this one included"),
        required=False,
        widget=forms.TextInput({"class": "input--short", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Write a number, such as 6.")},
    )
    until = DateField(label=_("The last day it may be"), not_in_future=False, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data, *, session: Session):
        self.session = session
        super().__init__(data, initial={"version": session.version, "ends": NUMBER}, use_required_attribute=False)
        offer(self, "rhythm", rhythms_of(session.day))
        members = session.space.members().select_related("person").order_by("person__name") if session.space else []
        self.members: dict[str, Membership] = {row.public_id: row for row in members}
        people = [("", _("Nobody")), *[(key, row.person.name) for key, row in self.members.items()]]
        for place, label in enumerate(TURNS[: len(self.members)] if len(self.members) > 1 else []):
            self.fields[f"turn_{place}"] = forms.ChoiceField(
                label=label,
                choices=people,
                required=False,
                error_messages={"invalid_choice": _("They are not in this space. Choose somebody who is.")},
            )
        offer(
            self,
            "ends",
            [
                (NUMBER, Option(_("A number of times"), within=self["number"])),
                (DAY, Option(_("Until a day"), within=self["until"])),
            ],
        )

    @property
    def turns(self) -> list[forms.BoundField]:
        """Return the boxes for who hosts, in their order."""
        return [self[name] for name in self.fields if name.startswith("turn_")]

    @property
    def hosts_chosen(self) -> bool:
        """Say whether somebody was chosen, so that the boxes are shown again."""
        return any(box.value() for box in self.turns)

    def clean(self):
        """Find the days; say beside the box what is wrong with how they are chosen."""
        typed = super().clean() or self.cleaned_data
        self._check_turns()
        if self.has_error("rhythm") or self.has_error("ends"):
            return typed
        by_number = typed["ends"] == NUMBER
        box = "number" if by_number else "until"
        value = typed.get(box)
        if self.has_error(box):
            return typed
        if value is None:
            self.add_error(box, _("Say how many.") if by_number else _("Choose a day."))
            return typed
        try:
            days = self._days(typed["rhythm"], value)
            self.times = times_on(self.session, days)
        except ValidationError as error:
            self.add_error(None if error.code in ("no_such_hour", "hour_twice") else box, error)
            return typed
        return typed | {"days": days}

    def _days(self, rhythm: str, value: Any) -> list[date]:
        first = self.session.day
        if isinstance(value, int):
            return days_by_number(rhythm, first, number=value)
        return days_until(rhythm, first, last=value)

    def _check_turns(self) -> None:
        chosen: set[str] = set()
        for box in self.turns:
            key = self.cleaned_data.get(box.name, "")
            if key and key in chosen:
                self.add_error(box.name, _("They have a turn already. Turns begin again by themselves."))
            chosen.add(key)

    def hosts(self) -> list[Membership]:
        """Return who take turns, in their order; nobody where the same person hosts all."""
        keys = [self.cleaned_data.get(box.name, "") for box in self.turns]
        return [self.members[key] for key in keys if key]

    def shown(self) -> list[dict[str, Any]]:
        """Return the sessions as they would be made: when each is, and who hosts it."""
        hosts = self.hosts()
        return [
            {
                "starts": at.starts_at.astimezone(self.session.tzinfo),
                "ends": at.ends_at.astimezone(self.session.tzinfo),
                "host": hosts[turn % len(hosts)].person.name if hosts else "",
            }
            for turn, at in enumerate(self.times)
        ]

    def typed(self) -> list[tuple[str, str]]:
        """Return what was typed, to be sent once more from a page that shows what comes of it today."""
        parts = [f"until_{name}" for name in ("day", "month", "year")]
        names = [*[name for name in self.fields if name not in ("until", "version")], *parts]
        return [(name, self.data[name]) for name in names if name in self.data]


class ReachForm(forms.Form):
    """Whether a change is for one session of a series, or for all that follow it as well."""

    ONE, FOLLOWING = "one", "following"
    reach = forms.ChoiceField(label=_("Which of them?"), widget=forms.RadioSelect, required=False, initial=ONE)

    def __init__(self, data, *, number: int, is_host_of_all: bool, hint: str = ""):
        super().__init__(data, use_required_attribute=False)
        self.number = number
        after = _("This one and all that follow") if is_host_of_all else _("This one, and those after it that you host")
        offer(self, "reach", [(self.ONE, _("Only this one")), (self.FOLLOWING, Option(after, hint=hint))])

    def ask_in(self, form: forms.Form) -> None:
        """Have another form ask it as well, as it was answered: it is no part of what was saved meanwhile."""
        if self.number:
            form.fields["reach"] = self.fields["reach"]
            form.initial["reach"] = "" if self["reach"].value() == self.FOLLOWING else self.ONE

    def pick(self, one: Callable, following: Callable) -> Callable:
        """Return the verb for what was chosen: for this one only where nothing was, or nothing follows."""
        chosen = self.is_valid() and self.cleaned_data["reach"] == self.FOLLOWING
        return following if chosen and self.number else one
