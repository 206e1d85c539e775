"""Writing a relationship note, and changing it."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from conversing.models import RelationshipNote, Work
from desk.forms import KeptForm
from learnpartner.forms import LineField, Option, TextField
from records.models.record import LONGEST_TITLE

LONGEST_WORDS = 20_000
WORK = [
    (Work.INSTIGATE, Option(Work.INSTIGATE.label, hint=_("They have not met yet, or not over this."))),
    (Work.ENCOURAGE, Option(Work.ENCOURAGE.label, hint=_("They have begun, and are not sure."))),
    (Work.NURTURE, Option(Work.NURTURE.label, hint=_("It is well, and wants looking after."))),
    (Work.MEND, Option(Work.MEND.label, hint=_("Something has gone wrong between them."))),
]


class RelationshipNoteForm(KeptForm):
    """What a relationship asks of one, between whom, and what one sees."""

    draft_form = "relationship-note"
    work = forms.ChoiceField(
        label=_("What does it ask of you?"),
        widget=forms.RadioSelect,
        choices=WORK,
        error_messages={"required": _("Choose one of the four."), "invalid_choice": _("Choose one of the four.")},
    )
    title = LineField(
        label=_("Between whom"),
        max_length=LONGEST_TITLE,
        help_text=_("Roles and teams say enough, such as: the ward and the early shift."),
        error_messages={"required": _("Say between whom.")},
    )
    text = TextField(
        label=_("What you see, what was tried, what might help"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea({"rows": 8}),
    )

    def said(self) -> dict[str, Any]:
        """Return the columns that the boxes hold."""
        return {name: self.cleaned_data[name] for name in ("work", "title", "text")}


class RelationshipNoteEditForm(RelationshipNoteForm):
    """A change to one's own relationship note."""

    draft_form = "relationship-note-edit"

    def __init__(self, request: HttpRequest, *, note: RelationshipNote):
        now = {name: getattr(note, name) for name in ("work", "title", "text", "version")}
        super().__init__(request, about=note.public_id, initial=now)
