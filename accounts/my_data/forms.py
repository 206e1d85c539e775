"""Choosing what becomes of one's shared words, and saying once more that one is sure."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learnpartner.forms import Option

from .erasing import Choice

HINTS = {
    Choice.NAMED: _("As it was shown. Your name stays on those words, and nowhere else."),
    Choice.NOT_NAMED: _("“Somebody who has left” stands in its place. Who knows your stories may still know you."),
    Choice.TAKEN_BACK: _("A notice stands where it was. What others answered stays, for it is theirs."),
}


def choices() -> list[tuple[str, Option]]:
    """Return the choices with what each means."""
    return [(choice.value, Option(choice.label, hint=HINTS[choice])) for choice in Choice]


class WordsForm(forms.Form):
    """What becomes of the words that one has shared."""

    words = forms.ChoiceField(
        label=_("What you have shared"),
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of what you have shared.")},
    )


class SureForm(forms.Form):
    """The last word before it."""

    words = forms.ChoiceField(choices=Choice.choices, widget=forms.HiddenInput)
    sure = forms.BooleanField(
        label=_("I know that nobody can bring this back"),
        error_messages={"required": _("Tick the box if you are sure.")},
    )
