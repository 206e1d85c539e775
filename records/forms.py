"""Filters of a stream, and the response form."""

from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from taggit.utils import parse_tags

from desk.forms import KeptForm
from learnpartner.forms import DateField, LineField, Option, TextField, offer
from partnerships.models import Partnership
from partnerships.models.memberships import current_members
from partnerships.reader import Reader

from . import kinds
from .models import PersonLevel, RecordQuerySet, Response

LONGEST_TAG = 60
MOST_TAGS = 10


class TagsField(LineField):
    """Tags with commas between them; what was typed becomes a sorted list of lower-case words."""

    def clean(self, value):
        """Return the tags; ValidationError for one too long, or for too many."""
        tags = sorted({tag.lower().strip() for tag in parse_tags(super().clean(value))} - {""})
        for tag in tags:
            if len(tag) > LONGEST_TAG:
                raise ValidationError(
                    _("“%(tag)s…” is too long for a tag. A tag has at most %(n)d characters."),
                    params={"tag": tag[:30], "n": LONGEST_TAG},
                )
        if len(tags) > MOST_TAGS:
            raise ValidationError(_("At most %(n)d tags, please."), params={"n": MOST_TAGS})
        return tags


def level_choices() -> list[tuple[int, Option]]:
    """Return the person levels with their marks."""
    return [(level.value, Option(level.label, level=level.value)) for level in PersonLevel]


class StreamFilter(forms.Form):
    """The filters of a stream. Its choices are made of what the reader may read, so that no picker tells more."""

    level = forms.MultipleChoiceField(
        label=_("Whose learning"), choices=level_choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    space = forms.ChoiceField(label=_("Space"), required=False)
    author = forms.ChoiceField(label=_("Written by"), required=False)
    tag = LineField(label=_("Tag"), required=False, max_length=LONGEST_TAG)
    since = DateField(label=_("Shared since"), required=False)
    until = DateField(label=_("Shared until"), required=False)

    def __init__(self, request: HttpRequest, *, reader: Reader, partnership: Partnership | None):
        super().__init__(request.GET)
        self.request = request
        self.labels: dict[str, dict] = {}
        streamed = [kind for kind in kinds.all_kinds() if kind.in_stream]
        self._offer("kind", [(kind.key, kind.plural) for kind in streamed] if len(streamed) > 1 else [])
        if partnership is None:
            del self.fields["space"], self.fields["author"]
            return
        spaces = reader.spaces_of(partnership)
        self.spaces = {space.public_id: space for space in spaces}
        self._offer("space", [(space.public_id, reader.name_of(space)) for space in spaces])
        members = current_members(partnership).select_related("person").order_by("person__name")
        self.people = {row.person.public_id: row.person for row in members}
        self._offer("author", [(public_id, person.name) for public_id, person in self.people.items()])

    def _offer(self, name: str, choices: list) -> None:
        """Set the choices of a select, or leave it out where there is nothing to choose."""
        if choices:
            self.labels[name] = dict(choices)
            offer(self, name, [("", _("Any")), *choices])
        else:
            del self.fields[name]

    def clean(self):
        """Refuse a span that ends before it begins."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", _("This is before the day it should begin."))

    def apply(self, records: RecordQuerySet) -> RecordQuerySet:
        """Narrow the records to what was asked for; fields that were not understood narrow nothing."""
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("level"):
            records = records.filter(person_level__in=asked["level"])
        if asked.get("kind"):
            records = records.filter(kind=asked["kind"])
        if asked.get("space"):
            records = records.filter(space=self.spaces[asked["space"]])
        if asked.get("author"):
            records = records.named_author(self.people[asked["author"]])
        if asked.get("tag"):
            records = records.tagged(asked["tag"].lower())
        if asked.get("since"):
            records = records.filter(shared_at__date__gte=asked["since"])
        if asked.get("until"):
            records = records.filter(shared_at__date__lte=asked["until"])
        return records

    def chips(self) -> list[tuple[str, str]]:
        """Return each filter in force as its words and the address without it."""
        self.is_valid()
        asked = self.cleaned_data
        found: list[tuple[str, dict[str, str]]] = []
        for level in asked.get("level", []):
            found.append((str(PersonLevel(int(level)).label), {"level": level}))
        for name in ("kind", "space", "author"):
            if asked.get(name):
                found.append((str(self.labels[name][asked[name]]), {name: ""}))
        if asked.get("tag"):
            found.append((asked["tag"].lower(), {"tag": ""}))
        for name, words in (("since", _("since %(day)s")), ("until", _("until %(day)s"))):
            if asked.get(name):
                day = formats.date_format(asked[name], "j F Y")
                found.append((words % {"day": day}, {f"{name}_{box}": "" for box in ("day", "month", "year")}))
        return [(words, self._address_without(parts)) for words, parts in found]

    def query(self) -> str:
        """Return the filters in force as a query string, for the link to older records."""
        pairs = [(name, value) for name, values in self.request.GET.lists() for value in values if value]
        return urlencode([pair for pair in pairs if pair[0] != "before"])

    def _address_without(self, parts: dict[str, str]) -> str:
        pairs = [(name, value) for name, values in self.request.GET.lists() for value in values if value]
        kept = [
            (name, value)
            for name, value in pairs
            if name != "before" and not (name in parts and parts[name] in ("", value))
        ]
        return f"{self.request.path}?{urlencode(kept)}" if kept else self.request.path


class VerbsWidget(forms.RadioSelect):
    """Radios drawn as words with icons, in one line."""

    template_name = "forms/verbs.html"
    label_class = "visually-hidden"


def verb_choices() -> list[tuple[str, Option]]:
    """Return what a response may do, each with its icon."""
    return [(verb.value, Option(verb.label, icon=Response.ICONS[verb])) for verb in Response.Verb]


class ResponseForm(KeptForm):
    """A response: what it does, and its words."""

    draft_form = "response"
    verb = forms.ChoiceField(
        label=_("What your response does"),
        choices=verb_choices,
        widget=VerbsWidget,
        initial=Response.Verb.SAY,
    )
    text = TextField(label=_("Your response"), error_messages={"required": _("Write a few words first.")})
    answers = forms.CharField(required=False, widget=forms.HiddenInput, max_length=12)

    def __init__(self, request: HttpRequest, *, about: str, responses: list[Response], initial=None):
        super().__init__(request, about=about, initial=initial)
        self.answerable = {row.public_id: row for row in responses}

    def clean_answers(self) -> Response | None:
        """Return the response that this one answers."""
        return self.answerable.get(self.cleaned_data["answers"])


class ResponseEditForm(KeptForm):
    """A change to the words of one's own response."""

    draft_form = "response-edit"
    text = TextField(label=_("Your response"), error_messages={"required": _("Write a few words first.")})
