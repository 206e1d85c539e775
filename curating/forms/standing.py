"""How something in the library stands from today on, and who looks after it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from curating.access import others_live_in
from curating.models import BoundaryObject, ObjectState
from curating.models.versions import LONGEST_REASON
from desk.forms import KeptForm
from learnpartner.forms import LineField, Option, offer
from partnerships.models import Membership
from partnerships.reader import Reader


class StateForm(KeptForm):
    """Live, superseded by something else of its space, or retired, and why."""

    draft_form = "boundary-object-state"
    # How it stood on the page that was opened.
    seen = forms.ChoiceField(widget=forms.HiddenInput, choices=ObjectState.choices)
    state = forms.ChoiceField(
        label=_("How does it stand?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it stands."), "invalid_choice": _("Choose one of these.")},
    )
    by_which = forms.ChoiceField(
        label=_("What takes its place?"),
        required=False,
        help_text=_("Where it is superseded: something live in the same space."),
        error_messages={"invalid_choice": _("That is not there any more. Choose one of these.")},
    )
    reason = LineField(
        label=_("Why, in a line"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=_("All in the space read it. To retire it needs one."),
    )

    HINTS = {
        ObjectState.LIVE: _("We use it, or would."),
        ObjectState.SUPERSEDED: _("Something else has taken its place. This one leads there."),
        ObjectState.RETIRED: _("It has done its work, or was wrong. It stays here to be read."),
    }

    def __init__(self, request: HttpRequest, *, reader: Reader, boundary_object: BoundaryObject):
        now = boundary_object.state
        others = {row.public_id: row for row in others_live_in(reader, boundary_object).without_texts()[:200]}
        begun = {"seen": now, "state": now}
        super().__init__(request, about=boundary_object.public_id, initial=begun)
        offer(self, "by_which", [("", _("Nothing here")), *((key, row.title) for key, row in others.items())])
        options = [(state.value, Option(state.label, hint=hint)) for state, hint in self.HINTS.items()]
        offer(self, "state", options)

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where it is retired, and for what takes its place where it is superseded."""
        typed = super().clean() or self.cleaned_data
        to = typed.get("state")
        if to == ObjectState.RETIRED and not typed.get("reason") and not self.has_error("reason"):
            self.add_error("reason", ValidationError(_("Say in a line why it is retired."), code="required"))
        if to == ObjectState.SUPERSEDED and not typed.get("by_which") and not self.has_error("by_which"):
            words = _("Choose what takes its place: something live in the same space.")
            self.add_error("by_which", ValidationError(words, code="required"))
        return typed

    def see_anew(self, state: str) -> None:
        """Stand on how it stands now, after somebody else said so meanwhile."""
        self.data = dict(self.data.items()) | {"seen": state}


class CuratorForm(forms.Form):
    """Who looks after it from now on; `only` is who can take that on, where nobody does."""

    curator = forms.ChoiceField(
        label=_("Who looks after it from now on?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who looks after it."),
            "invalid_choice": _("They are not in this space. Choose somebody who is."),
        },
    )

    def __init__(self, data, *, boundary_object: BoundaryObject, only: Any = None):
        super().__init__(data, use_required_attribute=False)
        space = boundary_object.space
        rows = space.members().with_roles() if space else Membership.objects.none()
        rows = rows.filter(person=only) if only else rows.exclude(person=boundary_object.curator_id)
        self.members: dict[str, Membership] = {row.public_id: row for row in rows}
        options = [
            (key, Option(row.person.name, hint=row.held_role.role_in_words)) for key, row in self.members.items()
        ]
        offer(self, "curator", options)

    def chosen(self) -> Membership:
        """Return the membership of who looks after it from now on."""
        return self.members[self.cleaned_data["curator"]]
