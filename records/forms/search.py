"""Asking for words, people and organisations, and narrowing what is found."""

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from partnerships.models import Space
from partnerships.reader import Reader
from records import kinds
from records.models import RecordQuerySet
from records.search.query import LONGEST_QUERY, Query, read

from .stream import StreamFilter

# In place of a partnership: the notebook, and the wider field. No slug is so short.
NOTEBOOK, WIDER_FIELD = "notebook", "wider"


class AskedField(forms.CharField):
    """What somebody looks for. Nothing that can be typed is wrong, but for too much of it."""

    widget = forms.SearchInput({"autocomplete": "off", "enterkeyhint": "search", "form": "search"})

    def to_python(self, value):
        """Pass over a NUL like whatever else is in no word: there is nothing to save, so nothing to lose."""
        return super().to_python(value.replace("\0", " ") if isinstance(value, str) else value)

    def widget_attrs(self, widget):
        """Leave `maxlength` out, as every field does: nothing is cut without a word."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class SearchForm(StreamFilter):
    """What is asked for, with the filters of a stream; space and author are offered once a partnership is chosen."""

    moment = "moment"
    selects = ("partnership", *StreamFilter.selects)
    field_order = ("q", "partnership", "space", "author", "mine", "kind", "level")

    q = AskedField(
        label=_("Words, people, organisations"),
        required=False,
        max_length=LONGEST_QUERY,
        error_messages={"max_length": _("That is a lot to look for. At most %(limit_value)d characters, please.")},
    )
    partnership = forms.ChoiceField(label=_("Where"), required=False)
    mine = forms.BooleanField(label=_("Only what I wrote"), required=False)

    def __init__(self, request: HttpRequest, *, reader: Reader):
        slug = request.GET.get("partnership", "")
        self.chosen = next((row for row in reader.partnerships if row.slug == slug), None)
        super().__init__(request, reader=reader, partnership=self.chosen)
        places = [
            *((row.slug, row.name) for row in reader.partnerships),
            (WIDER_FIELD, Space.Kind.WIDER_FIELD.label),
            (NOTEBOOK, _("My notebook")),
        ]
        self._offer("partnership", places)
        self.fields["kind"] = forms.ChoiceField(label=_("Kind"), required=False)
        self._offer("kind", [(kind.key, kind.plural) for kind in kinds.all_kinds()])
        self.fields["since"].label, self.fields["until"].label = _("Since"), _("Until")
        self.order_fields(self.field_order)
        # Who comes with nothing asked comes to ask.
        if not request.GET:
            self.fields["q"].widget.attrs["autofocus"] = True

    @cached_property
    def asked(self) -> Query:
        """Return what is looked for."""
        self.is_valid()
        return read(self.cleaned_data.get("q") or "")

    @property
    def finds(self) -> bool:
        """Say whether there is something to look for: a word, or a tag. The other filters only narrow what is found."""
        return bool(self.asked or self.cleaned_data.get("tag"))

    @property
    def is_narrowed(self) -> bool:
        """Say whether a filter is in force that only records can answer to."""
        self.is_valid()
        return any(value for name, value in self.cleaned_data.items() if name not in ("q", "partnership"))

    def apply(self, records: RecordQuerySet) -> RecordQuerySet:
        """Narrow the records to what was asked for beside the words."""
        records = super().apply(records)
        place = self.cleaned_data.get("partnership")
        if self.chosen:
            records = records.filter(partnership=self.chosen)
        elif place == NOTEBOOK:
            records = records.private()
        elif place == WIDER_FIELD:
            records = records.filter(space__kind=Space.Kind.WIDER_FIELD)
        return records.written_by(self.reader.person) if self.cleaned_data.get("mine") else records

    def chips(self) -> list[tuple[str, str]]:
        """Return each filter in force; the words stand in their box."""
        self.is_valid()
        if not self.cleaned_data.get("mine"):
            return super().chips()
        return [(str(self.fields["mine"].label), self._address_without({"mine": ""})), *super().chips()]

    @property
    def unnarrowed(self) -> str:
        """Return the address of the same words without any filter."""
        return f"{self.request.path}?{urlencode({'q': self.data.get('q', '')})}"
