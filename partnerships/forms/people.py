"""Forms about who takes part: a role, an end, a duty that is handed over."""

from collections.abc import Iterable

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from learnpartner.forms import LineField, offer
from partnerships.models import Membership, Partnership, Role
from partnerships.models.memberships import current_members, organisations_in
from partnerships.permissions import Permission, may

# Who looks after people offers a role and an organisation; who gives duties, these as well.
ROLE = ("role", "organisation")
DUTIES = ("learning_partner", "steward")


def role_choices(partnership: Partnership) -> list[tuple[str, str]]:
    """Return the roles, in the words that people here use for them."""
    return [(role.value, capfirst(partnership.word_for(f"role:{role}", str(role.label)))) for role in Role]


class MembershipForm(forms.Form):
    """A member's role, own words, organisation and duties: as much of it as the one who edits may change."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    own_words = LineField(
        label=_("The role in own words"),
        help_text=_("Such as “policy lead, national programme”. It stands in place of the role's name."),
        max_length=120,
        required=False,
    )
    organisation = forms.ChoiceField(
        label=_("Comes from"),
        help_text=_("The organisations that take part here, and those that members come from."),
        required=False,
    )
    learning_partner = forms.BooleanField(
        label=_("Learning partner"),
        help_text=_("Convenes, converses and curates; may also invite people, set roles and edit the settings."),
        required=False,
    )
    steward = forms.BooleanField(
        label=_("Steward"),
        help_text=_("Looks after people and settings, gives duties and adopts the agreement. Reads nothing by it."),
        required=False,
    )
    seen_at = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, data, *, membership: Membership, mine: Membership):
        held = membership.held_role
        initial = {
            "role": held.role,
            "own_words": held.own_words,
            "organisation": held.organisation.public_id if held.organisation else "",
            "learning_partner": held.is_learning_partner,
            "steward": held.is_steward,
            "seen_at": held.started_at.isoformat(),
        }
        super().__init__(data, initial=initial, use_required_attribute=False)
        self.organisations = {row.public_id: row for row in organisations_in(membership.partnership)}
        offer(self, "role", role_choices(membership.partnership))
        offer(
            self,
            "organisation",
            [("", _("No organisation")), *[(key, row.name) for key, row in self.organisations.items()]],
        )
        kept = [] if may(mine, Permission.LOOK_AFTER_PEOPLE) else list(ROLE)
        kept += [] if may(mine, Permission.GIVE_DUTIES) else list(DUTIES)
        for name in kept:
            del self.fields[name]

    @property
    def is_forged(self) -> bool:
        """Say whether it was sent with something that was not offered."""
        return any(name in self.data and name not in self.fields for name in (*ROLE, *DUTIES))

    @property
    def gives_a_duty(self) -> bool:
        """Say whether it makes somebody learning partner or steward who is not. To be asked of a valid form."""
        return any(name in self.changed_data and self.cleaned_data.get(name) for name in DUTIES)

    @property
    def is_about_own_words_only(self) -> bool:
        """Say whether the role stays with those who look after people."""
        return "role" not in self.fields

    def clean_seen_at(self):
        """Read the moment at which the role began that was looked at."""
        try:
            return parse_datetime(self.cleaned_data["seen_at"])
        except ValueError:
            return None

    def changes(self) -> dict:
        """Return what `change_role` takes."""
        return {
            "role": self.cleaned_data["role"],
            "own_words": self.cleaned_data["own_words"],
            "organisation": self.organisations.get(self.cleaned_data["organisation"]),
            "learning_partner": self.cleaned_data.get("learning_partner"),
            "steward": self.cleaned_data.get("steward"),
            "seen_at": self.cleaned_data["seen_at"],
        }


def _named(members: Iterable[Membership]) -> list[tuple[str, str]]:
    return [(member.public_id, member.person.name) for member in members]


class EndForm(forms.Form):
    """The end of a membership. The last steward names who is steward next."""

    successor = forms.ChoiceField(
        label=_("Who becomes steward?"),
        help_text=_("They look after people and settings from then on."),
        error_messages={"required": _("Choose who becomes steward.")},
    )

    def __init__(self, data, *, membership: Membership):
        super().__init__(data, use_required_attribute=False)
        self.is_last_steward = membership.held_role.is_steward and not membership.other_stewards().exists()
        others = current_members(membership.partnership).exclude(pk=membership.pk).filter(person__is_active=True)
        self.others = {row.public_id: row for row in others.with_roles().order_by("person__name")}
        if self.is_last_steward:
            offer(self, "successor", [("", _("Choose somebody")), *_named(self.others.values())])
        else:
            del self.fields["successor"]

    @property
    def nobody_else(self) -> bool:
        """Say whether there is nobody who could be steward next."""
        return self.is_last_steward and not self.others

    def successor_chosen(self) -> Membership | None:
        """Return who becomes steward, where somebody must."""
        return self.others.get(self.cleaned_data.get("successor", ""))


class HandOverForm(forms.Form):
    """From whom the duty of learning partner goes to whom."""

    giving = forms.ChoiceField(
        label=_("Who hands over?"),
        error_messages={
            "required": _("Choose who hands over."),
            "invalid_choice": _("That is not, and was not, a learning partner here. Choose again who hands over."),
        },
    )
    taking = forms.ChoiceField(
        label=_("Who takes over?"),
        error_messages={
            "required": _("Choose who takes over."),
            "invalid_choice": _("That is no member here. Choose again who takes over."),
        },
    )

    def __init__(self, data, *, members: list[Membership], partners: list[Membership], initial: dict | None = None):
        super().__init__(data, initial=initial, use_required_attribute=False)
        self.members = {row.public_id: row for row in members}
        offer(self, "giving", [("", _("Choose somebody")), *_named(partners)])
        offer(self, "taking", [("", _("Choose somebody")), *_named(members)])

    def clean(self):
        """Refuse a hand-over to oneself."""
        cleaned = super().clean() or {}
        if cleaned.get("giving") and cleaned.get("giving") == cleaned.get("taking"):
            self.add_error("taking", _("Choose two different people."))
        return cleaned

    def pair(self) -> tuple[Membership, Membership]:
        """Return who hands over, and who takes over."""
        return self.members[self.cleaned_data["giving"]], self.members[self.cleaned_data["taking"]]
