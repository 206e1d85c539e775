"""What all forms share: how they look, what they refuse, and how a typed word is kept."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Earlier than any working life that is remembered here; a typing slip, not a memory.
EARLIEST_YEAR = 1940
# Marks of direction, by their Unicode class, and what closes them again.
CLOSED_BY = dict.fromkeys(("LRI", "RLI", "FSI"), "PDI") | dict.fromkeys(("LRE", "RLE", "LRO", "RLO"), "PDF")


class HouseFormRenderer(TemplatesSetting):
    """Draw every form and field with the templates in `templates/forms/`."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


def validate_whole_characters(text: str) -> None:
    """Refuse text in which a character was lost on the way.

    Django shows bytes that are no UTF-8 (a lone surrogate, say) as U+FFFD. Saving that would lose what was typed
    without a word.
    """
    if "\ufffd" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValidationError(
            _("One character did not arrive whole. It shows as \ufffd: put it right, or take it out, and save again."),
            code="broken_character",
        )


def validate_one_line(text: str) -> None:
    """Refuse line breaks and other characters that cannot be seen: such words stand in lists, mails and headers.

    Marks of direction are taken where each is closed again; an open one would turn round what stands beside the words.
    """
    unseen = any(unicodedata.category(character) in {"Cc", "Zl", "Zp"} and character != "\t" for character in text)
    if unseen or _turns_what_follows(text):
        raise ValidationError(
            _("This holds a line break, or another character that cannot be seen. Take it out."), code="not_one_line"
        )


def _turns_what_follows(text: str) -> bool:
    """Say whether a mark of direction is left open (Unicode Standard Annex 9, 2.2 to 2.5)."""
    to_close: list[str] = []
    for kind in map(unicodedata.bidirectional, text):
        if kind in CLOSED_BY:
            to_close.append(CLOSED_BY[kind])
        elif to_close[-1:] == [kind]:
            to_close.pop()
    return bool(to_close)


class Option(str):
    """The label of a radio or a box, with what else is said about the choice.

    `hint` stands below it, `strong` after the hint in ink, `icon` before the word, `level` draws a person level's
    mark, and `button` is what the form's button says once it is chosen. `within` is a field of the form that belongs to
    this choice, and stands below it once it is made.
    """

    hint: str
    strong: str
    icon: str
    level: int | None
    button: str
    within: forms.BoundField | None

    def __new__(cls, label, *, hint="", strong="", icon="", level=None, button="", within=None):
        """Make a label of the word."""
        option = super().__new__(cls, label)
        option.hint, option.strong, option.icon, option.level, option.button, option.within = (
            hint,
            strong,
            icon,
            level,
            button,
            within,
        )
        return option


def offer(form: forms.BaseForm, name: str, choices: Iterable) -> None:
    """Set what one can choose in a field of this form, for this person."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


class TextField(forms.CharField):
    """Words that somebody writes, over several lines: kept as typed, but for the spaces around them.

    The limit is in characters.
    """

    default_validators = [validate_whole_characters]
    widget = forms.Textarea

    def __init__(self, *, max_length: int = 100_000, **kwargs):
        super().__init__(max_length=max_length, **kwargs)
        self.error_messages["max_length"] = _(
            "This is %(show_value)d characters long. The limit is %(limit_value)d: nothing is lost, but please"
            " shorten it or save it as two."
        )

    def widget_attrs(self, widget):
        """Leave `maxlength` out: a browser would cut a pasted text without a word."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs

    def to_python(self, value):
        """Count a line break as one character, as the person who typed it does."""
        return super().to_python(_without_nul(value.replace("\r\n", "\n")) if isinstance(value, str) else value)


class LineField(forms.CharField):
    """Words on one line. The limit is in characters, and is said rather than enforced by cutting."""

    default_validators = [validate_whole_characters, validate_one_line]

    def widget_attrs(self, widget):
        """Leave `maxlength` out, as TextField does."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs

    def to_python(self, value):
        """Have a NUL spoken about like any character that was lost."""
        return super().to_python(_without_nul(value) if isinstance(value, str) else value)


def _without_nul(text: str) -> str:
    return text.replace("\0", "\ufffd")


class DateWidget(forms.MultiWidget):
    """Three boxes for a date: the fewest mistakes, with every keyboard and screen reader.

    Source: GOV.UK Design System, Dates pattern.
    """

    template_name = "forms/date.html"

    def __init__(self, attrs=None):
        boxes = {
            name: forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}) for name in ("day", "month", "year")
        }
        super().__init__(boxes, attrs)

    def decompress(self, value):
        """Spread a date over the boxes."""
        return [value.day, value.month, value.year] if value else [None, None, None]


class DateField(forms.MultiValueField):
    """A day, typed as day, month and year: not before 1940, and not yet to come unless `not_in_future` is off."""

    widget = DateWidget

    def __init__(self, *, not_in_future: bool = True, **kwargs):
        self.not_in_future = not_in_future
        boxes = [forms.CharField(required=False) for _box in range(3)]
        super().__init__(boxes, require_all_fields=False, **kwargs)

    def compress(self, data_list):
        """Make the date of the three boxes; ValidationError where there is no such day."""
        if not any(data_list):
            return None
        try:
            day, month, year = (int(text) for text in data_list)
            value = date(year, month, day)
        except (ValueError, TypeError, OverflowError):
            raise ValidationError(_("There is no such day. Write it like 3 12 2026."), code="invalid")
        if value.year < EARLIEST_YEAR:
            raise ValidationError(
                _("That is before %(year)d. Please look at the year."), params={"year": EARLIEST_YEAR}
            )
        if self.not_in_future and value > timezone.localdate():
            raise ValidationError(_("That day has not come yet. Please look at the date."), code="future")
        if value.year > timezone.localdate().year + 50:
            raise ValidationError(_("That is too far ahead. Please look at the year."), code="far_future")
        return value
