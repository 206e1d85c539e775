"""What is kept of a supervision session."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from convening.looking.supervision import in_boxes
from convening.models import Session, SupervisionNote
from convening.models.supervision import EYES, LONGEST_SUPERVISION_NOTE, PROCTOR, SUPERVISION_BOXES
from desk.forms import KeptForm
from learnpartner.forms import DateField, TextField

from .contributions import AnswerWidget


class SupervisionForm(KeptForm):
    """Lenses, what shifted, whether there is a concern, and what was done about it."""

    draft_form = "supervision"
    lenses = forms.MultipleChoiceField(
        label=_("How did you look at it?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (_("What supervision is for"), [(lens.value, lens.label) for lens in PROCTOR]),
            (_("Where you looked"), [(lens.value, lens.label) for lens in EYES]),
        ],
        help_text=_("Several, or none."),
        error_messages={"invalid_choice": _("One of these is not offered here. Choose again.")},
    )
    shifted = TextField(
        label=_("What shifted?"),
        max_length=LONGEST_SUPERVISION_NOTE,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Leave out names of the people you talked of."),
    )
    has_concern = forms.ChoiceField(
        label=_("Is there a concern about ethics or quality?"),
        choices=[("no", _("No")), ("yes", _("Yes"))],
        widget=AnswerWidget,
        initial="no",
        error_messages={"required": _("Choose yes or no."), "invalid_choice": _("Choose yes or no.")},
    )
    concern = TextField(
        label=_("What is it?"),
        max_length=LONGEST_SUPERVISION_NOTE,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    followed_up = TextField(
        label=_("What was done about it?"),
        max_length=LONGEST_SUPERVISION_NOTE,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It may stay empty until something was."),
    )
    followed_up_on = DateField(label=_("When was that?"), required=False)

    def __init__(self, request: HttpRequest, *, session: Session, note: SupervisionNote | None):
        super().__init__(
            request, about=session.public_id, initial={**in_boxes(note.words), "version": note.version} if note else {}
        )

    def clean(self) -> dict[str, Any]:
        """Have a concern said in words, and a day with what was done about it."""
        typed = super().clean() or self.cleaned_data
        if self.errors:
            return typed
        has_concern, done, day = typed["has_concern"] == "yes", typed["followed_up"], typed["followed_up_on"]
        if has_concern and not typed["concern"]:
            self.add_error("concern", _("Say in a line what the concern is."))
        if not has_concern and (typed["concern"] or done or day):
            self.add_error("has_concern", _("You wrote about a concern. Choose yes, or take those words out."))
        if done and not day:
            self.add_error("followed_up_on", _("Say on which day that was."))
        if day and not done:
            self.add_error("followed_up", _("Say what was done on that day."))
        if not has_concern and not typed["shifted"] and not typed["lenses"]:
            self.add_error("shifted", _("Write a line on what shifted, or choose how you looked at it."))
        return typed

    def words(self) -> dict[str, Any]:
        """Return what the boxes hold."""
        words = {name: self.cleaned_data[name] for name in SUPERVISION_BOXES}
        return words | {"has_concern": words["has_concern"] == "yes"}
