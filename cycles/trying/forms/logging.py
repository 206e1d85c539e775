"""Putting a note into a log: from the experiment, or from the note."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cycles.trying.models import Experiment, Sign
from learnpartner.forms import Option, offer
from records.models import Record


class _SignForm(forms.Form):
    sign = forms.ChoiceField(
        label=_("What is it there?"),
        widget=forms.RadioSelect,
        choices=Sign.choices,
        error_messages={"required": _("Choose what it is there."), "invalid_choice": _("Choose what it is there.")},
    )


class LogForm(_SignForm):
    """A note for the log of one experiment."""

    note = forms.ChoiceField(
        label=_("Which note or session?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one."),
            "invalid_choice": _("You cannot read this any more. Choose another one."),
        },
    )
    field_order = ("sign", "note")

    def __init__(self, data, *, notes: list[Record]):
        super().__init__(data, initial={"sign": Sign.LOG}, use_required_attribute=False)
        self.notes = {row.public_id: row for row in notes}
        named = [(key, row.first_words, f"{row.kind_label}, {row.byline}") for key, row in self.notes.items()]
        offer(self, "note", [(key, Option(words, hint=hint)) for key, words, hint in named])

    def chosen(self) -> Record:
        """Return the chosen note."""
        return self.notes[self.cleaned_data["note"]]


class NoteLogForm(_SignForm):
    """The log that one note goes into."""

    experiment = forms.ChoiceField(
        label=_("Into the log of which?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one."),
            "invalid_choice": _("You cannot write there any more. Choose another one."),
        },
    )
    field_order = ("experiment", "sign")

    def __init__(self, data, *, experiments: list[Experiment]):
        first = experiments[0].public_id if len(experiments) == 1 else None
        super().__init__(data, initial={"sign": Sign.LOG, "experiment": first}, use_required_attribute=False)
        self.experiments = {row.public_id: row for row in experiments}
        offer(self, "experiment", [(key, row.title) for key, row in self.experiments.items()])

    def chosen(self) -> Experiment:
        """Return the chosen experiment."""
        return self.experiments[self.cleaned_data["experiment"]]
