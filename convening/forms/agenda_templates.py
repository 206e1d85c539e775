"""A partnership's own agendas: up to sixteen items, each with its kind, minutes, name and guidance."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from convening.agenda import Agenda, kinds
from convening.models import AgendaTemplate
from convening.models.agenda import (
    LONGEST_GUIDANCE,
    LONGEST_ITEM,
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_SOURCE,
    MOST_MINUTES_IN_ALL,
    MOST_ROWS,
)
from desk.forms import KeptForm
from learnpartner.forms import LineField, TextField, offer
from partnerships.models import Partnership
from partnerships.reader import Reader
from records import agenda as registry

from .agenda import ANOTHER_KIND, MinutesField

OF_A_ROW = ("title", "kind", "minutes", "text")
LABELS = {
    "title": _("Item %(n)s"),
    "kind": _("Kind of item %(n)s"),
    "minutes": _("Minutes of item %(n)s"),
    "text": _("How item %(n)s is done"),
}
# So many empty rows stand open below those that say something.
OPEN_ROWS = 1


@dataclass(frozen=True)
class Row:
    """The boxes of one item, and what it is called so far."""

    number: int
    name: str
    minutes: str
    boxes: list[BoundField]
    is_open: bool


class AgendaTemplateForm(KeptForm):
    """An agenda to begin sessions with. Rows without words and minutes are left out."""

    draft_form = "agenda"
    name = LineField(
        label=_("What it is called"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Please give it a name.")},
    )
    line = LineField(label=_("What it is good for"), required=False, max_length=LONGEST_LINE)
    source = LineField(label=_("Where it comes from"), required=False, max_length=LONGEST_SOURCE)

    def __init__(
        self,
        request: HttpRequest,
        *,
        reader: Reader,
        partnership: Partnership,
        rows: Iterable[dict[str, Any]] = (),
        initial: dict[str, Any] | None = None,
        about: str = "",
    ):
        filled = list(rows)
        initial = dict(initial or {})
        for number, row in enumerate(filled, 1):
            initial |= {f"{name}_{number}": row[name] for name in OF_A_ROW}
            initial[f"minutes_{number}"] = row["minutes"] or ""
        super().__init__(request, about=about or partnership.slug, initial=initial)
        offered = [(kind.key, kind.label) for kind in registry.offered(reader, partnership)]
        keys = {key for key, _label in offered}
        further = {row["kind"]: kinds.label_of(row["kind"]) for row in filled if row["kind"] not in keys}
        for number in range(1, MOST_ROWS + 1):
            self._add_row(number, [*offered, *further.items()])
        typed = [number for number in range(1, MOST_ROWS + 1) if self._name_of(number)]
        self.open_until = min(max([len(filled), *typed]) + OPEN_ROWS, MOST_ROWS)

    def _add_row(self, number: int, offered: list) -> None:
        labels = {name: self.label_of(f"{name}_{number}", {}) for name in OF_A_ROW}
        self.fields |= {
            f"title_{number}": LineField(label=labels["title"], required=False, max_length=LONGEST_ITEM),
            f"kind_{number}": forms.ChoiceField(
                label=labels["kind"],
                initial=kinds.FREE,
                required=False,
                error_messages={"invalid_choice": ANOTHER_KIND},
            ),
            f"minutes_{number}": MinutesField(label=labels["minutes"]),
            f"text_{number}": TextField(
                label=labels["text"],
                required=False,
                max_length=LONGEST_GUIDANCE,
                widget=forms.Textarea({"rows": 2}),
            ),
        }
        offer(self, f"kind_{number}", offered)

    @classmethod
    def label_of(cls, name, data):
        """Return how a box is called; those of the rows are added as the form is opened."""
        word, _between, number = name.rpartition("_")
        if word in LABELS and number.isdigit():
            return LABELS[word] % {"n": number}
        return super().label_of(name, data)

    def drawn_rows(self) -> list[Row]:
        """Return all rows as they are drawn: folded by their names where they say something, but for mistakes."""
        return [self._row(number) for number in range(1, self.open_until + 1)]

    def more_rows(self) -> list[Row]:
        """Return the rows that are folded away until they are needed."""
        return [self._row(number) for number in range(self.open_until + 1, MOST_ROWS + 1)]

    def _row(self, number: int) -> Row:
        name, boxes = self._name_of(number), [self[f"{name}_{number}"] for name in OF_A_ROW]
        minutes = str(self[f"minutes_{number}"].value() or "")
        return Row(number, name, minutes, boxes, is_open=not name or any(box.errors for box in boxes))

    def _name_of(self, number: int) -> str:
        """Return what the item is called so far; nothing where its row says nothing."""
        title, kind, minutes, text = (str(self[f"{name}_{number}"].value() or "") for name in OF_A_ROW)
        says = title or minutes or text or kind not in ("", kinds.FREE)
        return (title or kinds.label_of(kind)) if says else ""

    def clean(self):
        """Ask for one item at least, for a name of what has no kind to be called by, and for a day at most."""
        typed = super().clean() or self.cleaned_data
        filled = [number for number in range(1, MOST_ROWS + 1) if self._is_filled(typed, number)]
        for number in filled:
            title = f"title_{number}"
            is_free = typed.get(f"kind_{number}", kinds.FREE) in ("", kinds.FREE)
            if is_free and not typed.get(title) and not self.has_error(title):
                self.add_error(title, ValidationError(_("Say in a word or two what it is."), code="required"))
        if not filled and not self.errors:
            self.add_error("title_1", ValidationError(_("Give it one item at least."), code="required"))
        total = 0
        for number in filled:
            total += typed.get(f"minutes_{number}") or 0
            if total > MOST_MINUTES_IN_ALL:
                words = _("With this the agenda is longer than 24 hours. Look at the minutes: is one of them a slip?")
                self.add_error(f"minutes_{number}", ValidationError(words, code="longer_than_a_day"))
                break
        return typed

    def _is_filled(self, typed: dict[str, Any], number: int) -> bool:
        """Say whether a row says anything: a kind alone does, but for a free item, which every empty row is."""
        kind = typed.get(f"kind_{number}") or kinds.FREE
        return kind != kinds.FREE or any(typed.get(f"{name}_{number}") for name in ("minutes", "title", "text"))

    def words(self) -> dict[str, Any]:
        """Return the columns of the agenda."""
        typed = self.cleaned_data
        rows = [
            {name: typed[f"{name}_{number}"] for name in OF_A_ROW} | {"kind": typed[f"kind_{number}"] or kinds.FREE}
            for number in range(1, MOST_ROWS + 1)
            if self._is_filled(typed, number)
        ]
        return {name: typed[name] for name in ("name", "line", "source")} | {"rows": rows}


class AgendaTemplateEditForm(AgendaTemplateForm):
    """A change to an agenda of the partnership's own."""

    draft_form = "agenda-edit"

    def __init__(self, request: HttpRequest, *, reader: Reader, partnership: Partnership, template: AgendaTemplate):
        now = {name: getattr(template, name) for name in ("name", "line", "source", "version")}
        super().__init__(
            request,
            reader=reader,
            partnership=partnership,
            rows=template.rows,
            initial=now,
            about=f"{partnership.slug}/{template.public_id}",
        )


class AgendaUseForm(forms.Form):
    """Whether an agenda is put away, or taken out again: said by the page that asked, so that twice is once."""

    use = forms.ChoiceField(choices=[("no", _("Put away")), ("again", _("In use again"))])


def rows_of(agenda: Agenda) -> list[dict[str, Any]]:
    """Return the items of an agenda as a form takes them; what has no room here yet is a free item of that name."""
    return [step.row() | {"kind": kinds.known(step.kind)} for step in agenda.steps]
