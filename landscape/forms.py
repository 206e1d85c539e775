"""Writing a pattern down, changing it, saying how it stands, and adding a source."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cycles.levels import usual_level
from desk.forms import KeptForm
from learnpartner.forms import LineField, Option, TextField, offer
from partnerships.models import Partnership
from partnerships.reader import Reader
from records import kinds
from records.forms.search import AskedField
from records.forms.stream import level_choices
from records.models import PersonLevel, Record, RecordQuerySet
from records.search.engine import Says
from records.search.query import LONGEST_QUERY, read

from .models import LONGEST_LOOKED_FOR, LONGEST_MEMO, LONGEST_SENTENCE, LONGEST_WHY, Pattern, PatternState, Stance

COLUMNS = ("title", "text", "looked_for", "person_level")


class SaidForm(KeptForm):
    """What a pattern says: a sentence, and as much beside it as one likes."""

    title = LineField(
        label=_("What comes up again, in a sentence"),
        max_length=LONGEST_SENTENCE,
        error_messages={"required": _("Say in a sentence what comes up again.")},
    )
    text = TextField(
        label=_("Memo"),
        max_length=LONGEST_MEMO,
        required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Where you see it, what it might be, and what else it might be. It may stay unsure."),
    )
    looked_for = TextField(
        label=_("Looked for and not found"),
        max_length=LONGEST_LOOKED_FOR,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What would speak against it? Where did you look for that, and find nothing?"),
    )
    person_level = forms.TypedChoiceField(
        label=_("Whose learning is this?"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=level_choices,
        error_messages={"required": _("Choose whose learning it is."), "invalid_choice": _("Choose one of these.")},
    )

    def said(self) -> dict[str, Any]:
        """Return the columns of a pattern that the boxes hold."""
        return {name: self.cleaned_data[name] for name in COLUMNS}


class PatternForm(SaidForm):
    """A new pattern, in one of the spaces that one is in; it may begin with a record as its first source."""

    draft_form = "pattern"
    # The public id of the record with which it begins.
    begun_with = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)
    space = forms.ChoiceField(
        label=_("Who can read it, and work on it"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who can read it."),
            "invalid_choice": _("You are not in that space. Choose one of these."),
        },
    )

    def __init__(self, request: HttpRequest, *, reader: Reader, partnership: Partnership, begun_with: str):
        self.spaces = {row.public_id: row for row in reader.spaces_of(partnership) if row.is_open}
        # A pattern is seen with others, or beyond them: nobody's usual level is the first here.
        level = max(PersonLevel.SECOND, usual_level(reader.membership_in(partnership.pk)))
        initial = {"space": next(iter(self.spaces), ""), "person_level": level, "begun_with": begun_with}
        super().__init__(request, about=partnership.slug, initial=initial)
        options = [
            (
                key,
                Option(reader.who_reads(row), hint=", ".join(reader.names_of_others(row)), strong=row.power_statement),
            )
            for key, row in self.spaces.items()
        ]
        offer(self, "space", options)
        self.first_source: Record | None = None

    @property
    def asks_for(self) -> str:
        """Return the public id of what it begins with."""
        return (self["begun_with"].value() or "")[:12].replace("\0", "")

    def begin_with(self, record: Record | None) -> None:
        """Take that record as the first source, and its space as the one to begin in."""
        self.first_source = record
        space = record.space if record else None
        if space and not self.is_bound and not self.kept_draft:
            self.initial["space"] = space.public_id

    def clean(self) -> dict[str, Any]:
        """Refuse a space in which the first source is not read."""
        typed = super().clean() or self.cleaned_data
        source = self.first_source
        if source and source.space and typed.get("space") not in (None, source.space.public_id):
            words = _("What it begins with is read in another space. Choose that one, or write the pattern without it.")
            self.add_error("space", ValidationError(words, code="elsewhere"))
        return typed


class PatternEditForm(SaidForm):
    """A change to what a pattern says, by anybody in its space."""

    draft_form = "pattern-edit"

    def __init__(self, request: HttpRequest, *, pattern: Pattern):
        now = {name: getattr(pattern, name) for name in (*COLUMNS, "version")}
        super().__init__(request, about=pattern.public_id, initial=now)


class StateForm(KeptForm):
    """How a pattern stands from today on, and why."""

    draft_form = "pattern-state"
    # How it stood on the page that was opened.
    seen = forms.ChoiceField(widget=forms.HiddenInput, choices=PatternState.choices)
    state = forms.ChoiceField(
        label=_("How does it stand now?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it stands."), "invalid_choice": _("Choose one of these.")},
    )
    reason = LineField(
        label=_("Why, in a line"),
        max_length=LONGEST_WHY,
        required=False,
        help_text=_("All in the space read it. To let it go needs one."),
    )

    HINTS = {
        PatternState.EMERGING: _("Somebody sees it come up again."),
        PatternState.TESTED: _("We looked for what does not fit, and this is what stands."),
        PatternState.LET_GO: _("It does not hold, or it says nothing to us any more."),
    }

    def __init__(self, request: HttpRequest, *, pattern: Pattern):
        super().__init__(request, about=pattern.public_id, initial={"seen": pattern.state, "state": pattern.state})
        offer(self, "state", [(state.value, Option(state.label, hint=hint)) for state, hint in self.HINTS.items()])

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where it is let go."""
        typed = super().clean() or self.cleaned_data
        if typed.get("state") == PatternState.LET_GO and not typed.get("reason") and not self.has_error("reason"):
            self.add_error("reason", ValidationError(_("Say in a line why it is let go."), code="required"))
        return typed

    def see_anew(self, state: str) -> None:
        """Stand on how it stands now, after somebody else said so meanwhile."""
        self.data = dict(self.data.items()) | {"seen": state}


class FindForm(forms.Form):
    """Looking for a source among what is read in the pattern's space: some words, or a kind."""

    q = AskedField(
        label=_("Words in it"),
        required=False,
        max_length=LONGEST_QUERY,
        widget=forms.SearchInput({"autocomplete": "off"}),
        error_messages={"max_length": _("That is a lot to look for. At most %(limit_value)d characters, please.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, error_messages={"invalid_choice": _("There is no such kind. Choose again.")}
    )

    def __init__(self, data: Any):
        super().__init__(data)
        streamed = [(row.key, row.plural) for row in kinds.all_kinds() if row.in_stream]
        offer(self, "kind", [("", _("Any")), *streamed])

    def apply(self, records: RecordQuerySet) -> RecordQuerySet:
        """Narrow the records to what was asked for; what was not understood narrows nothing."""
        self.is_valid()
        query = read(self.cleaned_data.get("q") or "")
        if query:
            records = records.filter(Says(query))
        kind = self.cleaned_data.get("kind")
        return records.filter(kind=kind) if kind else records

    @property
    def narrows(self) -> bool:
        """Say whether something was asked for."""
        return any(self.cleaned_data.values())


class SourceForm(KeptForm):
    """What a record does to a pattern, and a line on it."""

    draft_form = "pattern-source"
    stance = forms.ChoiceField(
        label=_("Does it fit?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it fits."), "invalid_choice": _("Choose one of these.")},
    )
    why = LineField(
        label=_("In a line: what in it fits, or does not?"),
        max_length=LONGEST_WHY,
        required=False,
        help_text=_("Where it does not fit, say what: that is what others read first."),
    )

    HINTS = {
        Stance.AGREES: _("It says the same, in its own way."),
        Stance.DISAGREES: _("It says otherwise. It stands beside the others, as large as they are."),
    }

    def __init__(self, request: HttpRequest, *, pattern: Pattern, record: Record, stance: str):
        about = f"{pattern.public_id}/{record.public_id}"
        super().__init__(request, about=about, initial={"stance": stance if stance in Stance.values else None})
        offer(self, "stance", [(row.value, Option(row.label, hint=hint)) for row, hint in self.HINTS.items()])

    def clean(self) -> dict[str, Any]:
        """Ask what does not fit."""
        typed = super().clean() or self.cleaned_data
        if typed.get("stance") == Stance.DISAGREES and not typed.get("why") and not self.has_error("why"):
            words = _("Say in a line what does not fit: that is what others read first.")
            self.add_error("why", ValidationError(words, code="required"))
        return typed
