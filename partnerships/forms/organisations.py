"""Forms about organisations, their people, and the site."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from learnpartner.forms import LineField
from partnerships.models import Affiliation, Organisation, SiteSettings


class OrganisationForm(forms.Form):
    """What an organisation is called, what it is, and whether its people may start partnerships."""

    name = LineField(label=_("Name"), help_text=_("As people there call it."), max_length=120)
    kind = forms.ChoiceField(label=_("What it is"), widget=forms.RadioSelect, choices=Organisation.Kind.choices)
    members_may_start = forms.BooleanField(
        label=_("Its people may start partnerships"),
        help_text=_("Also where the site keeps that to admins and to those who look after a partnership."),
        required=False,
    )

    def __init__(self, data, *, organisation: Organisation | None = None, names: bool):
        now: dict[str, Any] = {}
        if organisation:
            now = {name: getattr(organisation, name) for name in ("name", "kind", "members_may_start")}
        super().__init__(data, initial=now, use_required_attribute=False)
        if not names:
            del self.fields["name"]

    @property
    def is_forged(self) -> bool:
        """Say whether it was sent with a name that was not asked for."""
        return "name" in self.data and "name" not in self.fields


class AffiliationForm(forms.Form):
    """What somebody does at an organisation; a site admin appoints its admins."""

    job = LineField(
        label=_("What they do there"),
        help_text=_("In their own words. It may stay empty."),
        max_length=120,
        required=False,
    )
    is_admin = forms.BooleanField(
        label=_("Admin of this organisation"),
        help_text=_("Looks after its people. Reads no note by it, and sees no partnership from inside."),
        required=False,
    )

    def __init__(self, data, *, affiliation: Affiliation, appoints: bool):
        now = {"job": affiliation.job, "is_admin": affiliation.is_admin}
        super().__init__(data, initial=now, use_required_attribute=False)
        if not appoints:
            del self.fields["is_admin"]

    @property
    def gives_a_duty(self) -> bool:
        """Say whether it appoints an admin. To be asked of a valid form."""
        return "is_admin" in self.changed_data and self.cleaned_data["is_admin"]

    @property
    def is_forged(self) -> bool:
        """Say whether it was sent with an appointment that was not offered."""
        return "is_admin" in self.data and "is_admin" not in self.fields


class SiteSettingsForm(forms.Form):
    """Who runs the site, who may start partnerships, and whom to tell a worry."""

    run_by = LineField(
        label=_("Who runs this site"),
        help_text=_("The body that answers for it. Agreements name it."),
        max_length=120,
        required=False,
    )
    members_may_start = forms.BooleanField(
        label=_("Everybody who can sign in may start a partnership"),
        help_text=_(
            "Otherwise admins may, those who look after a partnership, and the people of organisations that allow it."
        ),
        required=False,
    )
    concern_name = LineField(
        label=_("Whom to tell a worry: name"),
        help_text=_("Where a partnership has named nobody, “Worried about how this is run?” leads to them."),
        max_length=120,
        required=False,
    )
    concern_email = forms.EmailField(
        label=_("Whom to tell a worry: e-mail address"),
        help_text=_("What somebody writes there goes to this address, and is not kept here."),
        required=False,
    )

    def __init__(self, data, *, settings: SiteSettings):
        now = {name: getattr(settings, name) for name in self.base_fields}
        super().__init__(data, initial=now, use_required_attribute=False)

    def clean(self):
        """Ask for both halves of a contact, or none."""
        cleaned = super().clean() or {}
        if cleaned.get("concern_email") and not cleaned.get("concern_name"):
            self.add_error("concern_name", ValidationError(_("Write the name of the person as well.")))
        if cleaned.get("concern_name") and "concern_email" in cleaned and not cleaned["concern_email"]:
            self.add_error("concern_email", ValidationError(_("Write the address as well: a worry has to arrive.")))
        return cleaned
