"""Writing a tension down, changing it, saying how it stands, and checking in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from conversing.models import CheckIn, Tension, TensionState
from conversing.models.tensions import BETWEEN, LONGEST_POLE, LONGEST_SIDE, LONGEST_WHY, SIDES
from desk.forms import KeptForm
from learnpartner.forms import LineField, Option, TextField, offer
from partnerships.models import Partnership, Role
from partnerships.reader import Reader
from records.attribution import choices_in
from records.models import Attribution

LONGEST_PURPOSE = 2_000
LONGEST_NOTE = 5_000
SHORT = {"rows": 3}


def _pole(label, missing) -> LineField:
    return LineField(label=label, max_length=LONGEST_POLE, error_messages={"required": missing})


def _side(label, hint="") -> TextField:
    return TextField(label=label, max_length=LONGEST_SIDE, required=False, widget=forms.Textarea(SHORT), help_text=hint)


class RolesWidget(forms.CheckboxSelectMultiple):
    """Boxes under the heading of their part, which says what they are."""

    label_class = "visually-hidden"


class SaidForm(KeptForm):
    """What is said of a tension: two poles, and as much about them as one likes."""

    first = _pole(_("One pole"), _("Name the one pole, in a few words."))
    second = _pole(_("The other pole"), _("Name the other pole, in a few words."))
    text = TextField(
        label=_("Why they pull apart"),
        max_length=LONGEST_PURPOSE,
        required=False,
        widget=forms.Textarea(SHORT),
        help_text=_("A sentence or two. Leave out what would identify somebody you support."),
    )
    felt_by = forms.MultipleChoiceField(
        label=_("Who feels it"),
        required=False,
        widget=RolesWidget,
        error_messages={"invalid_choice": _("That is no role here. Choose again.")},
    )
    gives_first = _side(_("What the one pole gives"))
    costs_first = _side(_("What the one pole costs"))
    signs_first = _side(_("Early signs of too much of the one pole"))
    gives_second = _side(_("What the other pole gives"))
    costs_second = _side(_("What the other pole costs"))
    signs_second = _side(_("Early signs of too much of the other pole"))
    what_helps = _side(_("What helps to hold both"), _("What was tried, and what eased it for a while."))

    def __init__(self, request: HttpRequest, *, partnership: Partnership | None, about: str, initial: dict[str, Any]):
        super().__init__(request, about=about, initial=initial)
        word = partnership.word_for if partnership else lambda _key, default: default
        offer(self, "felt_by", [(role.value, word(f"role:{role.value}", str(role.label))) for role in Role])

    def clean(self) -> dict[str, Any]:
        """Refuse the sign that stands between the two poles, and poles that are one."""
        typed = super().clean() or self.cleaned_data
        for name in ("first", "second"):
            if BETWEEN.strip() in typed.get(name, ""):
                self.add_error(
                    name, ValidationError(_("Leave out the sign ↔: it stands between the two."), code="sign")
                )
        first, second = typed.get("first", ""), typed.get("second", "")
        if first and first.casefold() == second.casefold():
            self.add_error("second", ValidationError(_("Both poles are called the same."), code="same"))
        return typed

    def said(self) -> dict[str, Any]:
        """Return the columns of a tension that the boxes hold."""
        typed = self.cleaned_data
        kept = {name: typed[name] for name in ("text", "felt_by", *SIDES, "what_helps")}
        return kept | {"title": f"{typed['first']}{BETWEEN}{typed['second']}"}


class TensionForm(SaidForm):
    """A new tension, in one of the spaces that one is in."""

    draft_form = "tension"
    space = forms.ChoiceField(
        label=_("Who can read it, and check in"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who can read it."),
            "invalid_choice": _("You are not in that space. Choose one of these."),
        },
    )

    def __init__(
        self, request: HttpRequest, *, reader: Reader, partnership: Partnership, begun: dict[str, Any] | None = None
    ):
        self.spaces = {row.public_id: row for row in reader.spaces_of(partnership) if row.is_open}
        initial = {"space": next(iter(self.spaces), "")} | (begun or {})
        super().__init__(request, partnership=partnership, about=partnership.slug, initial=initial)
        options = [
            (key, Option(reader.who_reads(row), hint=", ".join(reader.names_of_others(row))))
            for key, row in self.spaces.items()
        ]
        offer(self, "space", options)


class TensionEditForm(SaidForm):
    """A change to what is said of a tension, by anybody in its space."""

    draft_form = "tension-edit"

    def __init__(self, request: HttpRequest, *, tension: Tension):
        first, second = tension.poles
        now = {name: getattr(tension, name) for name in ("text", "felt_by", *SIDES, "what_helps", "version")}
        now |= {"first": first, "second": second}
        super().__init__(request, partnership=tension.partnership, about=tension.public_id, initial=now)


class StateForm(KeptForm):
    """How a tension stands from today on, and why."""

    draft_form = "tension-state"
    # How it stood on the page that was opened.
    seen = forms.ChoiceField(widget=forms.HiddenInput, choices=TensionState.choices)
    state = forms.ChoiceField(
        label=_("How does it stand now?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it stands."), "invalid_choice": _("Choose one of these.")},
    )
    reason = LineField(
        label=_("Why, in a line"),
        max_length=LONGEST_WHY,
        required=False,
        help_text=_("All in the space read it. To let it go needs one."),
    )

    HINTS = {
        TensionState.NOTICED: _("Somebody feels it."),
        TensionState.NAMED: _("We have talked of it, and call it this."),
        TensionState.HELD: _("It is there, and we know how to live with it for now."),
        TensionState.CHANGED: _("It pulls elsewhere now. Change its words as well."),
        TensionState.LET_GO: _("It does not pull any more, or we do not carry it on."),
    }

    def __init__(self, request: HttpRequest, *, tension: Tension):
        super().__init__(request, about=tension.public_id, initial={"seen": tension.state, "state": tension.state})
        offer(self, "state", [(state.value, Option(state.label, hint=hint)) for state, hint in self.HINTS.items()])

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where it is let go."""
        typed = super().clean() or self.cleaned_data
        if typed.get("state") == TensionState.LET_GO and not typed.get("reason") and not self.has_error("reason"):
            self.add_error("reason", ValidationError(_("Say in a line why it is let go."), code="required"))
        return typed

    def see_anew(self, state: str) -> None:
        """Stand on how it stands now, after somebody else said so meanwhile."""
        self.data = dict(self.data.items()) | {"seen": state}


class LeanWidget(forms.NumberInput):
    """A slider between the two poles, named at both ends; every browser draws it, and the arrow keys move it."""

    input_type = "range"
    template_name = "conversing/_lean.html"
    poles = ("", "")

    def get_context(self, name, value, attrs):
        """Name the poles at both ends."""
        first, second = self.poles
        return super().get_context(name, value, attrs) | {"first": first, "second": second}


class CheckInForm(KeptForm):
    """Where between the poles it feels today, and why."""

    draft_form = "check-in"
    lean = forms.IntegerField(
        label=_("Where does it feel today?"),
        min_value=0,
        max_value=100,
        widget=LeanWidget({"step": "1"}),
        error_messages={
            "required": _("Say where it feels, between 0 and 100."),
            "invalid": _("Say where it feels as a number between 0 and 100."),
            "min_value": _("Say where it feels, between 0 and 100."),
            "max_value": _("Say where it feels, between 0 and 100."),
        },
    )
    text = TextField(
        label=_("Why there?"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Say why, in a line. The place alone tells nobody anything.")},
    )
    wish = forms.ChoiceField(
        label=_("How are you named?"),
        widget=forms.RadioSelect,
        initial=Attribution.NAMED,
        error_messages={"invalid_choice": _("That is not offered here. Choose again how you are named.")},
    )

    def __init__(
        self, request: HttpRequest, *, reader: Reader, tension: Tension, about: str = "", initial: dict | None = None
    ):
        super().__init__(request, about=about or tension.public_id, initial={"lean": 50} | (initial or {}))
        self.fields["lean"].widget.poles = tension.poles  # type: ignore[attr-defined]
        membership = reader.membership_in(tension.partnership_id)
        readers = list(tension.space.members().with_roles()) if tension.space else []
        choices = choices_in(tension.space, membership, readers) if tension.space else []
        offered = [(row.value, Option(row.label, hint=row.shown_as)) for row in choices if row.is_offered]
        offer(self, "wish", offered)
        # Why the other ways are not there: a floor that nobody explains looks like a fault.
        self.not_offered = [row.reason for row in choices if row.reason]


class CheckInEditForm(CheckInForm):
    """A change to one's own check-in. How one is named was chosen when others first read it."""

    draft_form = "check-in-edit"

    def __init__(self, request: HttpRequest, *, reader: Reader, tension: Tension, check_in: CheckIn):
        now = {"lean": check_in.lean, "text": check_in.text, "version": check_in.version}
        super().__init__(request, reader=reader, tension=tension, about=check_in.public_id, initial=now)
        del self.fields["wish"]

    def said(self) -> dict[str, Any]:
        """Return the columns of a check-in that the boxes hold."""
        return {name: self.cleaned_data[name] for name in ("lean", "text")}
