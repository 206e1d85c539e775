"""Two note-takers at once: boxes that one left alone hold what the other wrote."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import QueryDict

from desk.forms import KeptForm


def take_what_others_wrote(form: KeptForm, *, before: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Put what is saved now into the boxes that this note-taker left as they were: there is nothing to choose.

    `before` is what the boxes held when the form was opened, `now` what they hold since somebody else saved. Boxes that
    the opened form did not have hold what is saved as well.
    """
    data = cast(QueryDict, form.data).copy()
    for name, field in form.fields.items():
        if field.widget.is_hidden:
            continue
        typed = field.widget.value_from_datadict(data, {}, name)
        untouched = not field.has_changed(before.get(name, field.initial), typed)
        if untouched or (field.widget.value_omitted_from_data(data, {}, name) and name not in before):
            _put(data, field, name, now.get(name, field.initial))
    form.data = data


def _put(data: Any, field: forms.Field, name: str, value: Any) -> None:
    widget: Any = field.widget
    if hasattr(widget, "widgets_names"):
        for part, text in zip(widget.widgets_names, widget.decompress(value), strict=True):
            data[name + part] = "" if text is None else str(text)
    elif isinstance(value, list):
        data.setlist(name, value)
    else:
        data[name] = "" if value is None else str(value)
