"""Raising what is in the way, changing it, answering it."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cycles.trying.models import Answer, Condition
from cycles.trying.models.conditions import LONGEST_ANSWER, LONGEST_MATTER
from desk.forms import KeptForm
from learnpartner.forms import LineField, Option, TextField, offer
from partnerships.models import Membership, Partnership, Space
from partnerships.models.memberships import current_members
from partnerships.reader import Reader
from records.models.record import LONGEST_TITLE

from .experiments import SpaceField, offer_spaces, spaces_to_offer

BOX = forms.Textarea({"rows": 4})
LABELS = {Answer.CANNOT: _("Cannot, because …")}
HINTS = {
    Answer.CHANGED: _("It is out of the way. Say what changed."),
    Answer.TRYING: _("Say what you try, and until when."),
    Answer.CANNOT: _("Say why, so that nobody waits in vain."),
    Answer.YOURS: _("Say from when on, and within what."),
}


class SaidForm(KeptForm):
    """What is in the way, and who is asked."""

    title = LineField(
        label=_("What is in your way?"),
        max_length=LONGEST_TITLE,
        help_text=_("A rule, a form, a habit, a sum. One line."),
        error_messages={"required": _("Say in a line what is in your way.")},
    )
    text = TextField(
        label=_("What does it do to the work?"),
        max_length=LONGEST_MATTER,
        required=False,
        widget=BOX,
        help_text=_("It may stay empty. No names of people you support."),
    )
    asked = forms.ChoiceField(
        label=_("Who can answer?"),
        error_messages={
            "required": _("Choose who is asked."),
            "invalid_choice": _("They are not here any more. Choose somebody who is."),
        },
        help_text=_("Somebody in the same space: changed, trying, cannot because …, or yours to decide."),
    )

    def offer_people(self, rows: list[Membership]) -> None:
        """Offer these people, each with their role."""
        self.people = {row.person.public_id: row.person for row in rows}
        named = [(row.person.public_id, f"{row.person.name}, {row.held_role.role_in_words}") for row in rows]
        offer(self, "asked", [("", _("Choose…")), *named])

    def said(self) -> dict[str, Any]:
        """Return what is said, and who is asked."""
        typed = self.cleaned_data
        return {"title": typed["title"], "text": typed["text"], "asked": self.people[typed["asked"]]}


class ConditionForm(SaidForm):
    """Something that is in the way, new."""

    draft_form = "condition"
    space = SpaceField()

    def __init__(self, request: HttpRequest, *, reader: Reader, partnership: Partnership):
        self.spaces = spaces_to_offer(reader, partnership)
        super().__init__(request, about=partnership.slug, initial={"space": next(iter(self.spaces), "")})
        offer_spaces(self, reader, self.spaces)
        self.offer_people(list(current_members(partnership).with_roles().order_by("person__name")))

    def chosen(self) -> Space:
        """Return the chosen space."""
        return self.spaces[self.cleaned_data["space"]]


class ConditionEditForm(SaidForm):
    """A change to how it is said, and to who is asked."""

    draft_form = "condition-edit"

    def __init__(self, request: HttpRequest, *, condition: Condition):
        now = {
            "title": condition.title,
            "text": condition.text,
            "asked": condition.asked.public_id,
            "version": condition.version,
        }
        super().__init__(request, about=condition.public_id, initial=now)
        rows = condition.space.members().with_roles().order_by("person__name") if condition.space else []
        self.offer_people(list(rows))


class AnswerForm(KeptForm):
    """An answer to what is in the way."""

    draft_form = "condition-answer"
    changes_something = False
    answer = forms.ChoiceField(
        label=_("Your answer"),
        widget=forms.RadioSelect,
        choices=[(value, Option(LABELS.get(value, value.label), hint=HINTS[value])) for value in Answer],
        error_messages={
            "required": _("Choose one of the four."),
            "invalid_choice": _("Choose one of the four."),
        },
    )
    text = TextField(
        label=_("In your words"),
        max_length=LONGEST_ANSWER,
        required=False,
        widget=BOX,
        help_text=_("All in this space read it. “Cannot” and “yours to decide” need a line."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for words where the answer alone would shut a door, or open one without saying how far."""
        typed = super().clean() or self.cleaned_data
        if typed.get("answer") in (Answer.CANNOT, Answer.YOURS) and not typed.get("text") and "text" not in self.errors:
            cannot = typed["answer"] == Answer.CANNOT
            self.add_error(
                "text", _("Say why it cannot be changed.") if cannot else _("Say from when on, and within what.")
            )
        return typed
