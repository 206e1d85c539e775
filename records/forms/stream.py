"""Filters of a stream."""

from typing import cast
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from learnpartner.forms import DateField, LineField, Option, offer
from partnerships.models import Partnership
from partnerships.models.memberships import current_members
from partnerships.reader import Reader
from records import filters, kinds, marks
from records.models import PersonLevel, RecordQuerySet

from .tags import LONGEST_TAG


def level_choices() -> list[tuple[int, Option]]:
    """Return the person levels with their marks."""
    return [(level.value, Option(level.label, level=level.value)) for level in PersonLevel]


class StreamFilter(forms.Form):
    """The filters of a stream. Its choices are made of what the reader may read, so that no picker tells more."""

    # The column that orders the list, and the filters that choose one of several.
    moment = "shared_at"
    selects: tuple[str, ...] = ("kind", "space", "author")

    level = forms.MultipleChoiceField(
        label=_("Whose learning"), choices=level_choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    mark = forms.MultipleChoiceField(
        label=_("Marked"), choices=marks.choices, required=False, widget=forms.CheckboxSelectMultiple
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
        self.reader = reader
        self.further = {row.name: row for row in filters.all_filters()}
        for row in self.further.values():
            self.fields[row.name] = forms.ChoiceField(label=cast(str, row.label), required=False)
            self._offer(row.name, row.choices(reader, partnership))
        self.order_fields([name for name in self.fields if name not in ("since", "until")])
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
        if asked.get("mark"):
            records = records.filter(marks.carried(asked["mark"]))
        for name, row in self.further.items():
            if asked.get(name):
                records = row.apply(records, asked[name], self.reader)
        if any(asked.get(name) for name in ("tag", "mark", *self.further)):
            # What is found by what it says would tell what it says.
            records = records.with_words_for(self.reader)
        if asked.get("since"):
            records = records.filter(**{f"{self.moment}__date__gte": asked["since"]})
        if asked.get("until"):
            records = records.filter(**{f"{self.moment}__date__lte": asked["until"]})
        return records

    def chips(self) -> list[tuple[str, str]]:
        """Return each filter in force as its words and the address without it."""
        self.is_valid()
        asked = self.cleaned_data
        found: list[tuple[str, dict[str, str]]] = []
        for level in asked.get("level", []):
            found.append((str(PersonLevel(int(level)).label), {"level": level}))
        named = dict(marks.choices())
        found += [(str(named[mark]), {"mark": mark}) for mark in asked.get("mark", [])]
        for name in (*self.selects, *self.further):
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
