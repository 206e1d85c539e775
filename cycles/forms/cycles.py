"""Beginning a cycle, changing what is said of it, and moving it."""

from typing import Any, cast

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cycles.models import CycleState, LearningCycle, Pace, Scale, Stage
from cycles.models.cycle import LONGEST_MISSING
from cycles.models.move import LONGEST_NOTE
from cycles.parts import legible
from desk.forms import KeptForm
from learnpartner.forms import DateField, LineField, Option, TextField, offer
from partnerships.models import Partnership
from partnerships.reader import Reader
from records.models.record import LONGEST_TITLE

from .people import offer_people, offer_spaces, people_field, space_field

LONGEST_WHY = 5_000
MOST_LARGER = 60
PACES = [
    (Pace.FAST, Option(Pace.FAST.label, hint=_("Weeks: try, look, try again."))),
    (Pace.SLOW, Option(Pace.SLOW.label, hint=_("Months or years: what only shows over time."))),
]
STAGES = [
    (
        Stage.UNDERSTAND,
        Option(Stage.UNDERSTAND.label, hint=_("Who is in this, what is it for, and what do we see and not see?")),
    ),
    (Stage.CO_DESIGN, Option(Stage.CO_DESIGN.label, hint=_("What could we try, with those whom it is about?"))),
    (Stage.EXPERIMENT, Option(Stage.EXPERIMENT.label, hint=_("Trying it small, and watching what happens."))),
    (
        Stage.EMBED,
        Option(Stage.EMBED.label, hint=_("Making it how we work, and telling those who set the conditions.")),
    ),
]
SAID = ("title", "text", "scale", "pace", "look_again_on", "missing")


class SaidForm(KeptForm):
    """What is said of a cycle."""

    title = LineField(
        label=_("What do we want to find out?"),
        max_length=LONGEST_TITLE,
        help_text=_("One question, as you would ask it aloud."),
        error_messages={"required": _("Write the question. It can be changed later.")},
    )
    text = TextField(
        label=_("Why we ask"),
        max_length=LONGEST_WHY,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("A line or two. It may stay empty."),
    )
    scale = forms.ChoiceField(label=_("How much of the system is it about?"), choices=Scale.choices)
    pace = forms.ChoiceField(label=_("How fast does it go round?"), widget=forms.RadioSelect, choices=PACES)
    look_again_on = DateField(
        label=_("When do we look at it again?"),
        required=False,
        not_in_future=False,
        help_text=_("From that day on, home asks those who are in it. For example, 3 12 2026."),
    )
    missing = LineField(
        label=_("Who is missing?"),
        max_length=LONGEST_MISSING,
        required=False,
        help_text=_("Who should be in it, and is not. No names of people you support."),
    )
    parent = forms.ChoiceField(
        label=_("Is it part of a larger cycle?"),
        required=False,
        error_messages={"invalid_choice": _("That cycle is not to be chosen here any more. Choose again.")},
    )

    def offer_larger(self, reader: Reader, partnership: Partnership, *, but: LearningCycle | None = None) -> None:
        """Offer the cycles that the reader reads there."""
        rows = LearningCycle.objects.filter(pk__in=legible(reader), partnership=partnership).without_texts()
        found = list((rows.exclude(pk=but.pk) if but else rows).order_by("-shared_at", "-pk")[:MOST_LARGER])
        self.larger = {row.public_id: row for row in found}
        offer(self, "parent", [("", _("No")), *((row.public_id, row.title) for row in found)])

    def said(self) -> dict[str, Any]:
        """Return the columns of a cycle that the boxes hold."""
        chosen = self.cleaned_data["parent"]
        return {name: self.cleaned_data[name] for name in SAID} | {"parent": self.larger[chosen] if chosen else None}


class CycleForm(SaidForm):
    """A new cycle, in one of the spaces that one is in. A question is enough."""

    draft_form = "cycle"
    stage = forms.ChoiceField(label=_("Where does it begin?"), widget=forms.RadioSelect, choices=STAGES)
    began_on = DateField(label=_("Since when?"), error_messages={"required": _("Choose a day.")})
    space = space_field()
    # What it is begun with: a session or a note that is part of it from the start.
    begun_with = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)

    def __init__(self, request: HttpRequest, *, reader: Reader, partnership: Partnership, begun_with: str = ""):
        self.spaces = {row.public_id: row for row in reader.spaces_of(partnership) if row.is_open}
        wanted = request.GET.get("space", "")
        initial = {
            "scale": Scale.TEAM,
            "pace": Pace.FAST,
            "stage": Stage.UNDERSTAND,
            "began_on": timezone.localdate(),
            "space": wanted if wanted in self.spaces else next(iter(self.spaces), ""),
            "begun_with": begun_with,
        }
        super().__init__(request, about=partnership.slug, initial=initial)
        self.offer_larger(reader, partnership)
        offer_spaces(self, reader, self.spaces)


class CycleEditForm(SaidForm):
    """A change to what is said of a cycle, and to who is in it. Where it stands is changed by moving it."""

    draft_form = "cycle-edit"
    people = people_field(_("Who is in it?"))

    def __init__(self, request: HttpRequest, *, reader: Reader, cycle: LearningCycle):
        now = {name: getattr(cycle, name) for name in SAID} | {"version": cycle.version}
        people = cycle.taking_part.values_list("person__public_id", flat=True)
        super().__init__(request, about=cycle.public_id, initial=now | {"people": list(people)})
        self.offer_larger(reader, cast(Partnership, cycle.partnership), but=cycle)
        # A larger one that this reader does not read stays as it is, and is not told.
        self.hidden_larger = cycle.parent if cycle.parent and cycle.parent.public_id not in self.larger else None
        if cycle.parent and not self.hidden_larger:
            self.initial.setdefault("parent", cycle.parent.public_id)
        self.here = offer_people(self, cycle, "people")

    def said(self) -> dict[str, Any]:
        """Return the columns of a cycle that the boxes hold."""
        said = super().said()
        if said["parent"] is None and self.hidden_larger:
            del said["parent"]
        return said

    def chosen(self) -> list[Any]:
        """Return the people who are in it."""
        return [self.here[key] for key in self.cleaned_data["people"]]


class MoveForm(KeptForm):
    """Where a cycle goes: to which stage, since when, and whether it goes on."""

    draft_form = "cycle-move"
    stage = forms.ChoiceField(label=_("Where does it stand now?"), widget=forms.RadioSelect, choices=STAGES)
    state = forms.ChoiceField(label=_("Does it go on?"), widget=forms.RadioSelect, choices=CycleState.choices)
    moved_on = DateField(label=_("Since when?"), error_messages={"required": _("Choose a day.")})
    note = LineField(
        label=_("Why"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_("A line for those who look back. Where it goes back, over a stage, or ends, it is needed."),
    )
    # How many moves there were when the page was opened.
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, request: HttpRequest, *, cycle: LearningCycle):
        now = {"stage": cycle.stage, "state": cycle.state, "moved_on": timezone.localdate()}
        super().__init__(request, about=cycle.public_id, initial=now | {"seen": cycle.moves.count()})

    def see_anew(self, cycle: LearningCycle) -> None:
        """Stand on the moves that there are now, so that what was typed can be sent after all."""
        self.data = dict(self.data.items()) | {"seen": str(cycle.moves.count())}
