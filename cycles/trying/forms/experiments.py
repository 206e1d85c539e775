"""Beginning an experiment, filling in a step, and closing it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cycles.trying.models import Agreed, Decision, Experiment
from cycles.trying.models.experiments import LONGEST_STEP
from cycles.trying.steps import Step
from desk.forms import KeptForm
from learnpartner.forms import DateField, LineField, Option, TextField, offer
from partnerships.models import Partnership
from partnerships.reader import Reader
from records import wholes
from records.models.record import LONGEST_TITLE

BOX, LARGE = forms.Textarea({"rows": 3}), forms.Textarea({"rows": 6})
THREE_WEEKS = timedelta(days=21)
HINTS = {
    Decision.AMPLIFY: _("It helped, or might: with more people, in more places."),
    Decision.ADAPT: _("Try it otherwise; begin that as something new."),
    Decision.DAMP: _("It does some harm, or costs too much for what it brings."),
    Decision.STOP: _("That is a result. What you now believe is what stays."),
    Decision.EMBED: _("It is no trial any more."),
    Decision.INFLUENCE: _("What was in the way is not yours to change."),
}


class SpaceField(forms.ChoiceField):
    """In which of one's spaces it stands."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Who is it with?"),
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Choose who it is with."),
                "invalid_choice": _("You are not in that space. Choose one of these."),
            },
            **kwargs,
        )


def spaces_to_offer(reader: Reader, partnership: Partnership) -> dict[str, Any]:
    """Return the open spaces of the partnership that the reader is in, by public id."""
    return {row.public_id: row for row in reader.spaces_of(partnership) if row.is_open}


def offer_spaces(form: forms.BaseForm, reader: Reader, spaces: dict[str, Any]) -> None:
    """Offer these spaces, with who reads there."""
    offer(
        form,
        "space",
        [
            (key, Option(reader.who_reads(row), hint=", ".join(reader.names_of_others(row))))
            for key, row in spaces.items()
        ],
    )


class AheadField(DateField):
    """A day that has not gone by."""

    def __init__(self, **kwargs):
        super().__init__(not_in_future=False, **kwargs)

    def compress(self, data_list):
        """Refuse a day that has gone by."""
        day = super().compress(data_list)
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("That day has gone by. Choose today or a later day."), code="past")
        return day


class ExperimentForm(KeptForm):
    """Something to try: a sentence, and a day to look again."""

    draft_form = "experiment"
    title = LineField(
        label=_("What will you try?"),
        max_length=LONGEST_TITLE,
        help_text=_("One sentence, such as: for six weeks we place people without the ID step."),
        error_messages={"required": _("Say in a sentence what you will try.")},
    )
    look_again_on = AheadField(
        label=_("When will you look at it again?"),
        help_text=_("On that day it comes up on your home page."),
        error_messages={"required": _("Choose a day. It can be moved.")},
    )
    space = SpaceField()
    # What it is tried within, such as a learning cycle.
    part_of = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)

    def __init__(self, request: HttpRequest, *, reader: Reader, partnership: Partnership):
        self.spaces = spaces_to_offer(reader, partnership)
        wanted = request.GET.get("space", "")
        initial = {
            "look_again_on": timezone.localdate() + THREE_WEEKS,
            "space": wanted if wanted in self.spaces else next(iter(self.spaces), ""),
            "part_of": request.GET.get("part-of", "")[:12].replace("\0", ""),
        }
        super().__init__(request, about=partnership.slug, initial=initial)
        self.whole = wholes.whole_for(reader, self["part_of"].value() or "", slug=partnership.slug)
        offer_spaces(self, reader, self.spaces)

    def chosen(self) -> Any:
        """Return the chosen space."""
        return self.spaces[self.cleaned_data["space"]]


class StepForm(KeptForm):
    """One step of an experiment: the boxes of that step, and no others."""

    draft_form = "experiment-step"
    text = TextField(
        label=_("Our hunch"),
        max_length=LONGEST_STEP,
        required=False,
        widget=BOX,
        help_text=_("If we do this, we might see that, because …"),
    )
    smallest = TextField(
        label=_("The smallest safe version"),
        max_length=LONGEST_STEP,
        required=False,
        widget=BOX,
        help_text=_("What can be tried by few people in a few days, and be stopped without harm?"),
    )
    affected = TextField(
        label=_("Who may be affected?"),
        max_length=LONGEST_STEP,
        required=False,
        widget=BOX,
        help_text=_("Those you support among them. No names."),
    )
    agreed = forms.ChoiceField(
        label=_("Did they agree?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[*Agreed.choices, ("", _("Not said"))],
        error_messages={"invalid_choice": _("Choose one of these, or leave it open.")},
    )
    hope = TextField(label=_("Signs of hope"), max_length=LONGEST_STEP, required=False, widget=BOX)
    worry = TextField(
        label=_("Signs of worry"),
        max_length=LONGEST_STEP,
        required=False,
        widget=BOX,
        help_text=_("What would make you stop?"),
    )
    surprised = TextField(label=_("What surprised us"), max_length=LONGEST_STEP, required=False, widget=BOX)
    title = LineField(
        label=_("What are you trying?"),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Say in a sentence what you are trying.")},
    )
    # A day that has gone by may stay while the sentence is mended; `change_experiment` refuses a new one.
    look_again_on = DateField(
        label=_("When will you look at it again?"),
        not_in_future=False,
        error_messages={"required": _("Choose a day. It can be moved.")},
    )

    def __init__(self, request: HttpRequest, *, experiment: Experiment, step: Step):
        now = {name: getattr(experiment, name) for name in step.columns} | {"version": experiment.version}
        super().__init__(request, about=f"{experiment.public_id}/{step.key}", initial=now)
        for name in [name for name in self.fields if name in BOXES and name not in step.columns]:
            del self.fields[name]
        self.step, self.day_before = step, experiment.look_again_on

    def clean_look_again_on(self) -> date:
        """Refuse another day that has gone by."""
        day = self.cleaned_data["look_again_on"]
        if day < timezone.localdate() and day != self.day_before:
            raise forms.ValidationError(_("That day has gone by. Choose today or a later day."), code="past")
        return day

    def changes(self) -> dict[str, Any]:
        """Return what the boxes of the step hold."""
        return {name: self.cleaned_data[name] for name in self.step.columns}


BOXES = ("text", "smallest", "affected", "agreed", "hope", "worry", "surprised", "title", "look_again_on")


class CloseForm(KeptForm):
    """What comes of it: what surprised, what is believed now, and what becomes of it."""

    draft_form = "experiment-close"
    surprised = TextField(
        label=_("What surprised you?"),
        max_length=LONGEST_STEP,
        required=False,
        widget=BOX,
        help_text=_("It may stay empty."),
    )
    belief = TextField(
        label=_("What do you now believe?"),
        max_length=LONGEST_STEP,
        widget=LARGE,
        help_text=_("Also where it failed, and above all then. Beside it stands your hunch, as you wrote it."),
        error_messages={"required": _("Say what you now believe. Without it, it stays open.")},
    )
    decision = forms.ChoiceField(
        label=_("What becomes of it?"),
        widget=forms.RadioSelect,
        choices=[(value, Option(value.label, hint=HINTS[value])) for value in Decision],
        error_messages={
            "required": _("Choose what becomes of it."),
            "invalid_choice": _("Choose what becomes of it."),
        },
    )

    def __init__(self, request: HttpRequest, *, experiment: Experiment):
        now = {name: getattr(experiment, name) for name in CLOSING} | {"version": experiment.version}
        super().__init__(request, about=experiment.public_id, initial=now)

    def words(self) -> dict[str, str]:
        """Return what is said at the close."""
        return {name: self.cleaned_data[name] for name in CLOSING}


CLOSING = ("surprised", "belief", "decision")
