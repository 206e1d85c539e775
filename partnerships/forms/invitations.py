"""Forms about invitations: for one, for a list, and for who is invited."""

from hashlib import sha256
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.forms import NEW_PASSWORD_HINT, OWN_DEVICE, OWN_DEVICE_HINT
from accounts.models import User
from desk.forms import KeptForm
from desk.models import Draft
from learnpartner.forms import TextField, offer
from partnerships.invitation_list import decode
from partnerships.invitations import Invitee
from partnerships.models import Organisation, Partnership

from .addresses import AddressField, name_field
from .people import DUTIES, MembershipForm, role_choices

LARGEST_FILE = 1024 * 1024


class InvitationForm(forms.Form):
    """Whom to invite into a partnership, and in which role. Duties only where the one who invites may give them."""

    email = AddressField(
        label=_("E-mail address"),
        help_text=_("The invitation goes there, and can be accepted by nobody else."),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    name = name_field(
        label=_("Name"),
        help_text=_("If you know it. The mail begins with it, and the person can change it."),
        required=False,
    )
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    own_words = name_field(
        label=_("The role in own words"),
        help_text=_("Such as “policy lead, national programme”. It stands in place of the role's name."),
        required=False,
    )
    organisation = forms.ChoiceField(label=_("Comes from"), required=False)
    learning_partner = forms.BooleanField(
        label=MembershipForm.base_fields["learning_partner"].label,
        help_text=MembershipForm.base_fields["learning_partner"].help_text,
        required=False,
    )
    steward = forms.BooleanField(
        label=MembershipForm.base_fields["steward"].label,
        help_text=MembershipForm.base_fields["steward"].help_text,
        required=False,
    )

    def __init__(self, data, *, partnership: Partnership, gives_duties: bool):
        super().__init__(data, use_required_attribute=False)
        self.organisations = {row.public_id: row for row in Organisation.objects.all()}
        offer(self, "role", role_choices(partnership))
        offer(
            self,
            "organisation",
            [("", _("No organisation")), *[(key, row.name) for key, row in self.organisations.items()]],
        )
        if not gives_duties:
            for name in DUTIES:
                del self.fields[name]

    @property
    def is_forged(self) -> bool:
        """Say whether it was sent with a duty that was not offered."""
        return any(name in self.data and name not in self.fields for name in DUTIES)

    def invitee(self) -> Invitee:
        """Return who is to be invited."""
        words = self.cleaned_data
        return Invitee(
            email=words["email"],
            name=words["name"],
            role=words["role"],
            own_words=words["own_words"],
            organisation=self.organisations.get(words["organisation"]),
            learning_partner=words.get("learning_partner", False),
            steward=words.get("steward", False),
        )


class OrganisationInvitationForm(forms.Form):
    """Whom to invite to an organisation's people. Only a site admin invites somebody to look after them."""

    email = AddressField(
        label=InvitationForm.base_fields["email"].label,
        help_text=InvitationForm.base_fields["email"].help_text,
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    name = name_field(
        label=InvitationForm.base_fields["name"].label,
        help_text=InvitationForm.base_fields["name"].help_text,
        required=False,
    )
    own_words = name_field(
        label=_("What they do there"), help_text=_("In their own words. It may stay empty."), required=False
    )
    admin = forms.BooleanField(
        label=_("Admin of this organisation"),
        help_text=_("Looks after its people. Reads no note by it, and sees no partnership from inside."),
        required=False,
    )

    def __init__(self, data, *, appoints: bool):
        super().__init__(data, use_required_attribute=False)
        if not appoints:
            del self.fields["admin"]

    @property
    def is_forged(self) -> bool:
        """Say whether it was sent with an appointment that was not offered."""
        return "admin" in self.data and "admin" not in self.fields

    def invitee(self) -> Invitee:
        """Return who is to be invited."""
        return Invitee(**self.cleaned_data)


class _ListField(TextField):
    """A list of people as text. A character that was lost is spoken about in its line, and not here."""

    default_validators: list[Any] = []


class InvitationListForm(KeptForm):
    """Many at once: a list as a spreadsheet saves it, from a file or pasted, which can be mended in its box."""

    draft_form = "invitation-import"
    file = forms.FileField(
        label=_("A file from your spreadsheet"),
        help_text=_("Saved as CSV, up to 500 people and 1 MB."),
        required=False,
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
        error_messages={"empty": _("This file is empty.")},
    )
    people = _ListField(
        label=_("The list"),
        help_text=_("Or paste it here, one line for each person."),
        max_length=LARGEST_FILE,
        required=False,
        widget=forms.Textarea({"rows": 12, "spellcheck": "false", "wrap": "off"}),
    )
    # Of the list that was looked at: what is sent is what its sender has seen.
    looked_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, request: HttpRequest, *, about: str):
        super().__init__(request, about=about)
        self.files = request.FILES

    def clean_file(self) -> str:
        """Give the text of the file, or say why there is none."""
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE:
            raise ValidationError(_("This file is larger than 1 MB. A list of 500 people is far smaller."))
        # As a browser sends a text box, so that the list is the same when it comes back from there.
        text = decode(file.read()).replace("\r\n", "\n").replace("\r", "\n") if file else ""
        return self.fields["people"].clean(text)

    def clean(self):
        """Take the list from the file, where one was chosen, and put it into the box."""
        cleaned = super().clean() or {}
        if cleaned.get("file") and cleaned.get("people"):
            self.add_error(
                "file",
                _("There is a list in the box as well. Empty the box and choose the file again, or use the box alone."),
            )
        elif cleaned.get("file"):
            self.data = self.data.copy()
            self.data["people"] = cleaned["people"] = cleaned["file"]
        elif not self.errors and not cleaned["people"]:
            self.add_error("people", _("There is nothing here yet. Choose a file, or paste the list."))
        return cleaned

    @property
    def fingerprint(self) -> str:
        """Return what tells this list from another."""
        return sha256(self.cleaned_data["people"].encode()).hexdigest()

    @property
    def was_looked_at(self) -> bool:
        """Say whether it is still the list that was looked at."""
        return self.cleaned_data["looked_at"] == self.fingerprint

    @property
    def was_sent(self) -> bool:
        """Say whether this opened form has been sent before, as by a double click."""
        return Draft.objects.of(self.person).exclude(used_at=None).filter(key=self.key).exists()


class OrganisationListForm(InvitationListForm):
    """The same for an organisation's people."""

    draft_form = "organisation-import"


class NewcomerForm(forms.Form):
    """Who accepts without an account: what they are called, and how they sign in next time."""

    name = name_field(
        label=_("What are you called?"),
        help_text=_("The name that stands beside what you write."),
        error_messages={"required": _("Please write what you are called.")},
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("A new password"),
        help_text=NEW_PASSWORD_HINT,
        strip=False,
        # A longer one takes the server's time, and makes nothing safer.
        max_length=1000,
        error_messages={"required": _("Please choose a password.")},
        widget=forms.PasswordInput({"autocomplete": "new-password"}, render_value=False),
    )
    remember = forms.BooleanField(label=OWN_DEVICE, help_text=OWN_DEVICE_HINT, required=False)

    def __init__(self, data, *, email: str, name: str):
        super().__init__(data, initial={"name": name}, use_required_attribute=False)
        self.email = email

    def clean(self):
        """Refuse a password that is easy to guess, also from the name and the address."""
        cleaned = super().clean() or {}
        if cleaned.get("password"):
            try:
                validate_password(cleaned["password"], User(email=self.email, name=cleaned.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned
