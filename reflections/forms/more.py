"""What may be added to a note beside its words: the folded "Add more"."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from learnpartner.forms import DateField, LineField, Option, TextField, offer
from partnerships.models import Space
from partnerships.reader import Reader
from records.beginnings import MOST_SOURCES
from records.forms import TagsField
from records.links import sources_for
from records.marks import MARKS, WhatChanged
from records.models import PersonLevel, Record
from records.models.marked import LONGEST_ASSUMPTION, LONGEST_TELLER
from records.models.telling import LONGEST_SENTENCE
from records.parts import Parts
from records.telling import Agreement, agreement_of
from reflections.models import WhereOneLooks

# What is said of somebody else's words, in the order of their boxes.
TOLD = ("told_by", "told_from_outside", "how_agreed", "agreed_on", "agreed_for")
FIELDS = (
    "person_level",
    "happened_on",
    "what_changed",
    "we_assumed",
    "we_now_assume",
    "looking_at",
    "marks",
    *TOLD,
    "tags",
)


def level_choices() -> list[tuple[int, Option]]:
    """Return the person levels with a line on each."""
    hints = {
        PersonLevel.FIRST: _("What I did, saw or thought."),
        PersonLevel.SECOND: _("What we are finding out together."),
        PersonLevel.THIRD: _("What may matter to people we have not met."),
    }
    choices = []
    for level in PersonLevel:
        choices.append((level.value, Option(level.label, hint=hints[level], level=level.value)))
    return choices


def change_choices() -> list[tuple[str, Option]]:
    """Return how deep a change may go, after "nothing to say"."""
    changes = [(change.value, Option(change.label, hint=change.help)) for change in WhatChanged]
    return [("", Option(_("Nothing to say"))), *changes]


def looking_choices() -> list[tuple[str, Any]]:
    """Return where one may be looking, each with what is meant."""
    meant = {
        WhereOneLooks.SELF: _("Myself: what I bring to it"),
        WhereOneLooks.ORGANISATION: _("The organisation: how we are set up and led"),
        WhereOneLooks.SYSTEM: _("The system: how services, rules and money hang together"),
        WhereOneLooks.CONTEXT: _("The context: the place, its people and its past"),
        WhereOneLooks.PROCESS: _("The process: how we go about it"),
    }
    return [("", _("Nothing to say")), *[(where.value, meant[where]) for where in WhereOneLooks]]


def mark_choices() -> list[tuple[str, Option]]:
    """Return the marks, each with a line on what is meant."""
    return [(mark.column, Option(mark.words, hint=mark.help)) for mark in MARKS]


class MarksField(forms.MultipleChoiceField):
    """Marks as boxes. An empty value says that the boxes were on the page, so that a draft can hold none ticked."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value):
        """Leave the empty value out."""
        return [mark for mark in super().to_python(value) if mark]


class MoreForm(forms.Form):
    """Whose learning it is, when it happened, what changed, where one looks, marks, whose words they are, and tags."""

    person_level = forms.TypedChoiceField(
        label=_("Whose learning is this?"), coerce=int, widget=forms.RadioSelect, choices=level_choices
    )
    happened_on = DateField(label=_("When did it happen?"), required=False)
    what_changed = forms.ChoiceField(
        label=_("What changed?"), required=False, widget=forms.RadioSelect, choices=change_choices
    )
    we_assumed = TextField(
        label=_("Before"),
        required=False,
        max_length=LONGEST_ASSUMPTION,
        widget=forms.Textarea({"rows": 2, "placeholder": " "}),
        help_text=_("What you did, took for granted, or held to be right."),
    )
    we_now_assume = TextField(
        label=_("Now"),
        required=False,
        max_length=LONGEST_ASSUMPTION,
        widget=forms.Textarea({"rows": 2, "placeholder": " "}),
        help_text=_("What has taken its place."),
    )
    looking_at = forms.ChoiceField(label=_("Where are you looking?"), required=False, choices=looking_choices)
    marks = MarksField(label=_("What else is it?"), required=False, choices=mark_choices)
    told_by = LineField(
        label=_("Who told it?"),
        required=False,
        max_length=LONGEST_TELLER,
        help_text=_("Their name as they want it to stand here. Readers see it."),
    )
    told_from_outside = forms.BooleanField(
        label=_("Somebody who stays outside"), required=False, help_text=_("Readers learn no name.")
    )
    how_agreed = TextField(
        label=_("How did they agree to it?"),
        required=False,
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("In a sentence, which a second member reads: “I read it to him, and he said, let them hear it.”"),
    )
    agreed_on = DateField(label=_("When did they agree?"), required=False)
    agreed_for = forms.ChoiceField(
        label=_("For whom did they agree to it?"),
        required=False,
        help_text=_("It can be shared with them and with nobody else, once a second member has confirmed it."),
        error_messages={"invalid_choice": _("You are not in that space. Choose again for whom they agreed to it.")},
    )
    tags = TagsField(
        label=_("Tags"),
        required=False,
        max_length=1000,
        help_text=_("Words to find it by, with commas between them."),
    )
    # What a new note grew from, by public ids with commas between them.
    grown_from = forms.CharField(required=False, max_length=13 * MOST_SOURCES, widget=forms.HiddenInput)

    reader: Reader
    sources: Sequence[Record] = ()
    # Whether it was begun on something that its writer can no longer read, so that no link is made.
    is_without_source = False
    # The sentence that stands in place of the boxes where somebody else's words are shared already.
    told: str = ""

    def take_more(self, reader: Reader, *, record: Record | None = None, grown_from: str = "") -> None:
        """Offer the audiences that a teller may have agreed to, and begin with what a record says or grew from."""
        self.reader = reader
        if record is not None and not record.is_private:
            self.told = record.credit if record.is_told else ""
            for name in TOLD:
                del self.fields[name]
        else:
            self.spaces_agreed = {space.public_id: space for space in reader.spaces.values() if space.is_open}
            offer(self, "agreed_for", [("", _("Only for me so far")), *self._audiences()])
        if record is not None:
            del self.fields["grown_from"]
            return
        typed: Any = self.data if self.is_bound else self.initial
        named = _ids_in(str(typed.get("grown_from") or ""))
        self.take_sources(named or _ids_in(grown_from))
        self.is_without_source = len(self.sources) < len(named)

    def take_sources(self, public_ids: Sequence[str]) -> None:
        """Have a new note grow from those of these records that its writer reads."""
        self.sources = sources_for(self.reader, public_ids)
        if not self.is_bound:
            self.initial["grown_from"] = ",".join(source.public_id for source in self.sources)

    @property
    def source(self) -> Record | None:
        """Return what the note grew from, or the first of several things."""
        return next(iter(self.sources), None)

    def _audiences(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return the spaces that one is in, by partnership, at last the wider field."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for public_id, space in self.spaces_agreed.items():
            if space.kind != Space.Kind.WIDER_FIELD and space.partnership:
                groups.setdefault(space.partnership.name, []).append((public_id, self.reader.name_of(space)))
        wide = [space for space in self.spaces_agreed.values() if space.kind == Space.Kind.WIDER_FIELD]
        groups |= {_now("Beyond your partnerships"): [(row.public_id, self.reader.name_of(row)) for row in wide]}
        return list(groups.items())

    def clean(self):
        """Ask whose words they are where it is said how somebody agreed; and that they are named or stay outside."""
        super().clean()
        asked = self.cleaned_data
        told = asked.get("told_by") or asked.get("told_from_outside")
        if asked.get("told_by") and asked.get("told_from_outside"):
            words = _("Give their name, or leave them outside: not both.")
            self.add_error("told_by", ValidationError(words, code="both"))
        agreed = any(asked.get(name) for name in ("how_agreed", "agreed_on", "agreed_for"))
        if agreed and not told and not self.has_error("told_by"):
            words = _("Say who told it, or that they stay outside.")
            self.add_error("told_by", ValidationError(words, code="required"))
        return asked

    def columns(self) -> dict[str, Any]:
        """Return the columns of the note that stand in this section. Before and now, chosen or not, is a change.

        Who fills the boxes and leaves the choice is taken at the word that most mean: what was assumed.
        """
        asked = self.cleaned_data
        said = bool(asked["we_assumed"] or asked["we_now_assume"])
        plain = ("person_level", "happened_on", "we_assumed", "we_now_assume", "looking_at")
        return {
            **{name: asked[name] for name in (*plain, "told_by", "told_from_outside") if name in asked},
            "what_changed": asked["what_changed"] or (WhatChanged.DOUBLE.value if said else ""),
            **{mark.column: mark.column in asked["marks"] for mark in MARKS},
        }

    def parts(self) -> Parts:
        """Return what hangs on the note, as typed."""
        asked = self.cleaned_data
        telling = None
        if "agreed_for" in self.fields:
            telling = Agreement(
                how_agreed=asked["how_agreed"],
                agreed_on=asked["agreed_on"],
                agreed_for=self.spaces_agreed.get(asked["agreed_for"]),
            )
        return Parts(tags=asked["tags"], grown_from=self.sources, telling=telling)

    @property
    def more_is_wrong(self) -> bool:
        """Say whether something in the folded section is wrong, so that it stands open."""
        return any(self.errors.get(name) for name in FIELDS)

    @property
    def is_told(self) -> bool:
        """Say whether something is said of somebody else's words, so that their boxes stand open."""
        return any(self.errors.get(name) or self._value(name) for name in TOLD)

    @property
    def set_now(self) -> list[str]:
        """Return in a few words what is set in the folded section, for its one quiet line."""
        level = str(self._value("person_level") or PersonLevel.FIRST.value)
        levels = {str(row.value): str(row.label) for row in PersonLevel}
        said = [levels.get(level, ""), self._day()]
        change = self._value("what_changed")
        said += [row.sentence for row in WhatChanged if row.value == change]
        said += [str(row.label) for row in WhereOneLooks if row.value == self._value("looking_at")]
        marks = self._value("marks") or []
        said += [str(mark.words) for mark in MARKS if mark.column in marks]
        if self._value("told_by") or self._value("told_from_outside"):
            teller = self._value("told_by") or _now("somebody who stays outside")
            said.append(_now("Told by %(teller)s") % {"teller": teller})
        tags = str(self._value("tags") or "").strip()
        return [words for words in (*said, tags) if words]

    def _value(self, name: str) -> Any:
        return self[name].value() if name in self.fields else None

    def _day(self) -> str:
        """Return the day on which it happened; today, where none is said of a new note."""
        value = self._value("happened_on")
        if isinstance(value, list | tuple):
            try:
                value = self.fields["happened_on"].clean(list(value))
            except ValidationError:
                value = None
        if isinstance(value, date):
            return date_format(value, "j F Y")
        return "" if "grown_from" not in self.fields else _now("today")


def _ids_in(typed: str) -> list[str]:
    """Return public ids as an address or a hidden box holds them, each once."""
    ids = (part[:12].replace("\0", "") for part in typed.split(","))
    return list(dict.fromkeys(filter(None, ids)))[:MOST_SOURCES]


def initial_of(record: Record) -> dict[str, Any]:
    """Return what a note says in this section, for the form that changes it."""
    telling = agreement_of(record)
    return {
        "person_level": record.person_level,
        "happened_on": record.happened_on,
        "what_changed": record.what_changed,
        "we_assumed": record.we_assumed,
        "we_now_assume": record.we_now_assume,
        "looking_at": getattr(record, "looking_at", ""),
        "marks": [mark.column for mark in MARKS if getattr(record, mark.column)],
        "told_by": record.told_by,
        "told_from_outside": record.told_from_outside,
        "how_agreed": telling.how_agreed if telling else "",
        "agreed_on": telling.agreed_on if telling else None,
        "agreed_for": telling.agreed_for.public_id if telling and telling.agreed_for else "",
        "tags": ", ".join(record.tags.order_by("name").values_list("name", flat=True)),
    }
