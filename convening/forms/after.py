"""Who was there, what came of it, and who does what by when."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from convening.after.attendance import Box
from convening.models import Outcome, Session
from convening.models.commitments import LONGEST_REASON_TO_LET_GO
from convening.models.outcomes import BOXES, LONGEST_NOTES, LONGEST_OBJECTION
from desk.forms import KeptForm
from learnpartner.forms import DateField, LineField, Option, TextField, offer
from records.models.record import LONGEST_TITLE

LONG, SHORT = forms.Textarea({"rows": 5}), forms.Textarea({"rows": 3})
# How long people get to look at an outcome, where the host does not say otherwise.
A_WEEK = timedelta(days=7)


class AttendanceForm(forms.Form):
    """Who was there, ticked by the host."""

    there = forms.MultipleChoiceField(
        label=_("Who was there?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each corrects their own line. What they say of themselves stays."),
        error_messages={"invalid_choice": _("Somebody of these is not in this space any more. Tick once more.")},
    )

    def __init__(self, data, *, boxes: list[Box]):
        super().__init__(data, initial={"there": [row.public_id for row in boxes if row.is_there]})
        offer(self, "there", [(row.public_id, Option(row.name, hint=_said(row))) for row in boxes])


def _said(box: Box):
    if not box.said_by_them:
        return ""
    return _("They say so themselves.") if box.is_there else _("They say themselves that they were not.")


class WhetherForm(forms.Form):
    """Yes or no, pressed as a button."""

    answer = forms.ChoiceField(
        choices=[("yes", _("Yes")), ("no", _("No"))],
        error_messages={"required": _("Choose one of the two."), "invalid_choice": _("Choose one of the two.")},
    )

    @property
    def says_yes(self) -> bool:
        """Say whether it is a yes."""
        return self.cleaned_data["answer"] == "yes"


class OutcomeForm(KeptForm):
    """What came of a session: notes that anybody in its space takes."""

    draft_form = "outcome"
    learned = TextField(label=_("What we learned"), max_length=LONGEST_NOTES, required=False, widget=LONG)
    will_try = TextField(label=_("What we will try"), max_length=LONGEST_NOTES, required=False, widget=LONG)
    questions = TextField(label=_("Questions left"), max_length=LONGEST_NOTES, required=False, widget=SHORT)
    we_assumed = TextField(label=_("We assumed"), max_length=LONGEST_NOTES, required=False, widget=SHORT)
    we_now_assume = TextField(label=_("We now assume"), max_length=LONGEST_NOTES, required=False, widget=SHORT)

    def __init__(self, request: HttpRequest, *, session: Session, outcome: Outcome | None):
        now: dict[str, Any] = {**outcome.words, "version": outcome.version} if outcome else {}
        super().__init__(request, about=session.public_id, initial=now)

    def clean(self) -> dict[str, Any]:
        """Ask for words in one box at least."""
        typed = super().clean() or self.cleaned_data
        if not self.errors and not any(typed.get(name) for name in BOXES):
            self.add_error("learned", _("Write a few words in one of the boxes first. A line is enough."))
        return typed

    def words(self) -> dict[str, str]:
        """Return the words of the boxes."""
        return {name: self.cleaned_data[name] for name in BOXES}


class ProposeForm(forms.Form):
    """Until when one may object."""

    last_day = DateField(
        label=_("Agreed unless somebody objects by"),
        not_in_future=False,
        help_text=_("The last day on which one may object, from tomorrow to sixty days from now."),
        error_messages={"required": _("Choose a day.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data, *, outcome: Outcome):
        now = {"last_day": outcome.last_day or timezone.localdate() + A_WEEK, "version": outcome.version}
        super().__init__(data, initial=now, use_required_attribute=False)

    def take_version(self, version: int) -> None:
        """Stand on another version of the outcome, so that it can be proposed after all."""
        data: Any = self.data
        self.data = data = data.copy()
        data["version"] = str(version)


class ObjectionForm(KeptForm):
    """Why one objects to an outcome."""

    draft_form = "objection"
    changes_something = False
    text = TextField(
        label=_("What do you object to?"),
        max_length=LONGEST_OBJECTION,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("A line is enough. All in this space read it, with your name."),
        error_messages={"required": _("Say in a line what you object to.")},
    )

    def __init__(self, request: HttpRequest, *, session: Session, outcome: Outcome | None):
        super().__init__(
            request, about=session.public_id, initial={"version": outcome.version} if outcome else {"version": None}
        )


class CommitmentForm(KeptForm):
    """Who does what by when."""

    draft_form = "commitment"
    what = LineField(
        label=_("What"), max_length=LONGEST_TITLE, error_messages={"required": _("Say in a line what is to be done.")}
    )
    doer = forms.ChoiceField(
        label=_("Who"),
        error_messages={
            "required": _("Choose who does it."),
            "invalid_choice": _("They are not in this space. Choose somebody who is."),
        },
    )
    due_on = DateField(label=_("By when"), not_in_future=False, required=False, help_text=_("It may stay empty."))

    def __init__(self, request: HttpRequest, *, session: Session, members: list):
        self.people = {row.person.public_id: row.person for row in members}
        person: Any = request.user
        super().__init__(request, about=session.public_id, initial={"doer": person.public_id})
        offer(self, "doer", [(key, row.name) for key, row in self.people.items()])

    def clean_due_on(self):
        """Refuse a day that has gone by."""
        day = self.cleaned_data["due_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(
                _("That day has gone by. Choose today or a later day, or leave it open."), code="past"
            )
        return day

    def chosen(self):
        """Return the person who does it."""
        return self.people[self.cleaned_data["doer"]]


class LetGoForm(KeptForm):
    """Why a commitment is let go."""

    draft_form = "commitment-let-go"
    text = TextField(
        label=_("Why do you let it go?"),
        max_length=LONGEST_REASON_TO_LET_GO,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("All in this space read it. Something came in between, or it was not the right thing: both count."),
        error_messages={"required": _("Say in a line why it is let go.")},
    )
