"""Beginning an activity, and changing what is said of it."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cycles.levels import usual_level
from cycles.methods import columns_of, method_of, methods_of
from cycles.models import Activity, ActivityType, Work
from cycles.models.activity import LEVELS, LONGEST_CAME, LONGEST_TYPE
from desk.forms import KeptForm
from learnpartner.forms import DateField, LineField, Option, TextField, offer
from partnerships.models import Partnership
from partnerships.reader import Reader
from records.models import PersonLevel
from records.models.record import LONGEST_TITLE

from .people import offer_people, offer_spaces, people_field, space_field

LONGEST_WHY = 5_000
OWN = "own"
TYPES = [
    ("", _("No name for it")),
    *((level.label, [(key, ActivityType(key).label) for key in keys]) for level, keys in LEVELS.items()),
    (_("Something else"), [(OWN, _("Our own, named below"))]),
]
WORKS = [
    (Work.CONVENING, Option(Work.CONVENING.label, hint=_("Making an occasion: a time and a place to meet."))),
    (Work.CONVERSING, Option(Work.CONVERSING.label, hint=_("Keeping people in conversation with each other."))),
    (Work.CURATING, Option(Work.CURATING.label, hint=_("Choosing what is kept, and giving it a form."))),
]
LEVEL_CHOICES = [(level.value, Option(level.label, level=level.value)) for level in PersonLevel]
SAID = ("title", "text", "person_level", "work", "began_on", "ended_on")


class SaidForm(KeptForm):
    """What is said of an activity."""

    title = LineField(
        label=_("What do you do?"),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Say in a few words what you do.")},
    )
    text = TextField(
        label=_("What it is for"),
        max_length=LONGEST_WHY,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("A line or two. It may stay empty."),
    )
    activity_type = forms.ChoiceField(label=_("What sort of activity is it?"), choices=TYPES, required=False)
    own_type = LineField(label=_("Your own name for it"), max_length=LONGEST_TYPE, required=False)
    person_level = forms.TypedChoiceField(
        label=_("Whose learning it is"),
        coerce=int,
        choices=LEVEL_CHOICES,
        widget=forms.RadioSelect,
        help_text=_("One is proposed, by your role here. Choose another one if that is so."),
    )
    work = forms.ChoiceField(
        label=_("Which work of a learning partner is it?"), choices=WORKS, widget=forms.RadioSelect
    )
    method = forms.ChoiceField(
        label=_("By which method?"),
        required=False,
        help_text=_("Its short guide stands on the page of the activity."),
        error_messages={"invalid_choice": _("That method is not offered here any more. Choose again.")},
    )
    began_on = DateField(label=_("Since when?"), not_in_future=False, error_messages={"required": _("Choose a day.")})
    ended_on = DateField(
        label=_("Until when?"), not_in_future=False, required=False, help_text=_("Leave it empty while it goes on.")
    )

    def offer_methods(self, partnership: Partnership, *, now: Activity | None = None) -> None:
        """Offer all methods there; and the one that it is done by already, which may be put away."""
        self.methods = {row.key: row for row in methods_of(partnership)}
        current = method_of(now) if now else None
        if current:
            self.methods.setdefault(current.key, current)
        offer(self, "method", [("", _("None in particular")), *((key, row.name) for key, row in self.methods.items())])

    def clean(self):
        """Ask for the own name where one is chosen, and for days in their order."""
        typed = super().clean() or self.cleaned_data
        if typed.get("activity_type") == OWN and not typed.get("own_type"):
            self.add_error("own_type", ValidationError(_("Give it your own name, or choose another one above.")))
        began_on, ended_on = typed.get("began_on"), typed.get("ended_on")
        if began_on and ended_on and ended_on < began_on:
            self.add_error("ended_on", ValidationError(_("It ends before it begins. Look at both days.")))
        return typed

    def said(self) -> dict[str, Any]:
        """Return the columns of an activity that the boxes hold."""
        chosen = self.cleaned_data["activity_type"]
        # A name that was typed counts, whichever stood above it.
        own = self.cleaned_data["own_type"] if chosen in ("", OWN) else ""
        said = {name: self.cleaned_data[name] for name in SAID}
        said |= {"activity_type": "" if chosen == OWN else chosen, "own_type": own}
        return said | columns_of(self.methods.get(self.cleaned_data["method"]))


class ActivityForm(SaidForm):
    """A new activity, in one of the spaces that one is in."""

    draft_form = "activity"
    space = space_field()
    # What it is begun with, and what it is begun within.
    begun_with = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)
    part_of = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)

    def __init__(
        self, request: HttpRequest, *, reader: Reader, partnership: Partnership, begun_with: str = "", part_of: str = ""
    ):
        self.spaces = {row.public_id: row for row in reader.spaces_of(partnership) if row.is_open}
        wanted = request.GET.get("space", "")
        initial = {
            "person_level": usual_level(reader.membership_in(partnership.pk)),
            "work": Work.CONVENING,
            "began_on": timezone.localdate(),
            "space": wanted if wanted in self.spaces else next(iter(self.spaces), ""),
            "begun_with": begun_with,
            "part_of": part_of,
        }
        super().__init__(request, about=partnership.slug, initial=initial)
        self.offer_methods(partnership)
        offer_spaces(self, reader, self.spaces)


class ActivityEditForm(SaidForm):
    """A change to what is said of an activity: what came of it, and who takes part, among that."""

    draft_form = "activity-edit"
    what_came = TextField(
        label=_("What came of it"),
        max_length=LONGEST_CAME,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("What you see now that you did not see before. Nothing is an answer, too."),
    )
    facilitators = people_field(_("Who facilitates it?"))
    participants = people_field(_("Who else takes part?"))

    def __init__(self, request: HttpRequest, *, activity: Activity):
        now: dict[str, Any] = {name: getattr(activity, name) for name in (*SAID, "own_type", "what_came")}
        method = method_of(activity)
        named = list(activity.taking_part.values_list("person__public_id", "facilitates"))
        now |= {
            "activity_type": OWN if activity.own_type else activity.activity_type,
            "method": method.key if method else "",
            "version": activity.version,
            "facilitators": [key for key, facilitates in named if facilitates],
            "participants": [key for key, facilitates in named if not facilitates],
        }
        super().__init__(request, about=activity.public_id, initial=now)
        self.offer_methods(cast(Partnership, activity.partnership), now=activity)
        self.here = offer_people(self, activity, "facilitators", "participants")

    def said(self) -> dict[str, Any]:
        """Return the columns of an activity that the boxes hold."""
        return super().said() | {"what_came": self.cleaned_data["what_came"]}

    @property
    def ticked_now(self) -> str:
        """Name the people who are ticked, for the one line of the folded lists."""
        keys = [*(self["facilitators"].value() or ()), *(self["participants"].value() or ())]
        return ", ".join(self.here[key].name for key in dict.fromkeys(keys) if key in self.here)

    def people(self) -> dict[str, list[Any]]:
        """Return who facilitates it, and who else takes part."""
        return {name: [self.here[key] for key in self.cleaned_data[name]] for name in ("facilitators", "participants")}
