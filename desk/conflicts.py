"""Two people saved the same: what is saved now beside what was typed, field by field."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import formats
from django.utils.translation import gettext as _

from learnpartner.differences import Change, changes_between

from .forms import KeptForm


@dataclass(frozen=True)
class Difference:
    """A field that is saved otherwise than it was typed: both in words, and what differs between them."""

    field: BoundField
    saved: str
    typed: str
    changes: Sequence[Change]

    @property
    def label(self) -> str:
        """Return what the field is called."""
        return str(self.field.label)


def overtaken(form: KeptForm, *, version: int) -> dict[str, Any]:
    """Return what a page shows where somebody else saved first: the form as typed, what differs, and what does not.

    `form` is made anew of what is saved now, and stands on its `version` from here on: sent again it goes through. What
    was typed is kept as a draft until it is saved or thrown away.
    """
    differences = differences_in(form)
    form.take_version(version)
    form.keep_as_draft()
    differing = {row.field.name for row in differences}
    same = [field for field in form.visible_fields() if field.name not in differing]
    return {"form": form, "is_stale": True, "differences": differences, "same": same}


def differences_in(form: forms.BaseForm) -> list[Difference]:
    """Return the fields in which a sent form differs from what is saved now, which is what it was made with."""
    form.is_valid()
    found = []
    for field in form.visible_fields():
        if field.name not in form.changed_data:
            continue
        saved, typed = _in_words(field, field.initial), _in_words(field, _typed(form, field))
        if saved != typed:
            found.append(Difference(field, saved, typed, changes_between(saved, typed)))
    return found


def _typed(form: forms.BaseForm, field: BoundField) -> Any:
    """Return what was typed: as the form understood it, or else as it stands in its box."""
    if field.errors or isinstance(field.field, forms.CharField):
        return field.value()
    return form.cleaned_data.get(field.name)


def _in_words(field: BoundField, value: Any) -> str:
    """Say in words what a field holds; nothing where it is empty."""
    labels = _labels(getattr(field.field, "choices", []))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list | tuple):
        return ", ".join(labels.get(str(row), str(row)) for row in value if row not in (None, ""))
    if hasattr(value, "year"):
        return formats.date_format(value, "j F Y")
    # A browser sends two characters for each line break.
    return "" if value is None else labels.get(str(value), str(value).replace("\r\n", "\n"))


def _labels(choices: Any) -> dict[str, str]:
    """Return the words for each choice, those in groups as well."""
    labels: dict[str, str] = {}
    for value, label in choices:
        labels |= _labels(label) if isinstance(label, list | tuple) else {str(value): str(label)}
    return labels
