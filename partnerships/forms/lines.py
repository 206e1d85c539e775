"""Who takes part and how, what this takes, and the shelf: forms for one line of a list each."""

from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from desk.forms import KeptForm
from learnpartner.forms import DateField, LineField, TextField, offer
from partnerships.http import SignedInRequest
from partnerships.models import Organisation, Participation, Partnership, Resource, ShelfItem
from partnerships.shelf import page_at

from .settings import SettingsForm

WORDS_OF_PART = ("in_words", "hopes_to_learn", "brings", "cannot_promise", "approach")
COLUMNS = ("kind", "who", "days", "pounds", "purpose", "paid_by", "starts_on", "ends_on")


def _words(label, help_text="") -> TextField:
    return TextField(
        label=label, help_text=help_text, required=False, max_length=600, widget=forms.Textarea({"rows": 3})
    )


class ParticipationForm(KeptForm):
    """How an organisation takes part, and what it hopes for."""

    draft_form = "participation"
    organisation = forms.ChoiceField(
        label=_("Organisation"),
        error_messages={"required": _("Please choose an organisation.")},
        help_text=_("One that is missing here is added by a site admin."),
    )
    ways = forms.MultipleChoiceField(
        label=_("How it takes part"),
        choices=list(Participation.WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please tick at least one.")},
    )
    in_words = LineField(label=_("The same in its own words"), required=False, max_length=200)
    hopes_to_learn = _words(_("What it hopes to learn"))
    brings = _words(_("What it brings"))
    cannot_promise = _words(_("What it cannot promise"))
    approach = _words(
        _("What it comes for"),
        _("In its own words. Perhaps: help with how we do things; work it out together; change what this is for."),
    )

    def __init__(self, request: SignedInRequest, partnership: Partnership):
        super().__init__(request, about=partnership.slug, initial={"version": partnership.version})
        free = Organisation.objects.exclude(participations__partnership=partnership)
        self.organisations = {row.public_id: row for row in free}
        offer(self, "organisation", [("", _("Choose one")), *[(k, row.name) for k, row in self.organisations.items()]])

    @property
    def words(self) -> dict:
        """Return what `take_part` takes beside the organisation."""
        return {name: self.cleaned_data[name] for name in ("ways", *WORDS_OF_PART)}

    @property
    def chosen(self) -> Organisation:
        """Return the organisation that was chosen."""
        return self.organisations[self.cleaned_data["organisation"]]


class ParticipationEditForm(ParticipationForm):
    """A change to how an organisation takes part; empty where it was taken off meanwhile."""

    draft_form = "participation-edit"

    def __init__(self, request: SignedInRequest, partnership: Partnership, organisation: Organisation):
        found = partnership.participations.filter(organisation=organisation).first() or Participation()
        initial: dict[str, Any] = {name: getattr(found, name) for name in WORDS_OF_PART}
        initial["ways"] = [way for way in Participation.WORDS if getattr(found, way)]
        about = f"{partnership.slug}/{organisation.public_id}"
        KeptForm.__init__(self, request, about=about, initial=initial | {"version": partnership.version})
        del self.fields["organisation"]


class AmountField(forms.DecimalField):
    """A number as people write it: with commas, and perhaps a pound sign."""

    default_error_messages = {"invalid": _("Please write a number, such as 12 or 4,800.50.")}

    def __init__(self, **kwargs):
        box = forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "input--short"})
        super().__init__(required=False, widget=box, **kwargs)

    def to_python(self, value):
        """Take off what is no part of the number."""
        return super().to_python(value.replace(",", "").replace("£", "").strip() if isinstance(value, str) else value)


class ResourceForm(SettingsForm):
    """One line of what this takes."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=Resource.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one.")},
    )
    who = LineField(
        label=_("Whose time, or who is paid"),
        max_length=120,
        help_text=_("A person, a team or an organisation. For the learning partner’s days: the learning partner."),
        error_messages={"required": _("Please say who.")},
    )
    days = AmountField(
        label=_("Days"),
        max_digits=6,
        decimal_places=1,
        min_value=Decimal("0.1"),
        help_text=_("Half days are all right. Days, pounds, or both."),
    )
    pounds = AmountField(label=_("Pounds"), max_digits=10, decimal_places=2, min_value=Decimal("0.01"))
    purpose = LineField(label=_("What for"), required=False, max_length=200)
    paid_by = LineField(
        label=_("Paid by"),
        required=False,
        max_length=120,
        help_text=_("For the learning partner’s days: who engages the learning partner."),
    )
    starts_on = DateField(label=_("From"), required=False, not_in_future=False)
    ends_on = DateField(label=_("Until"), required=False, not_in_future=False)

    def __init__(self, request: SignedInRequest, partnership: Partnership, resource: Resource | None = None):
        super().__init__(
            request, partnership, {name: getattr(resource, name) for name in COLUMNS} if resource else None
        )

    def clean(self):
        """Ask for days or pounds, but for protected time; and refuse a span that ends before it begins."""
        typed = self.cleaned_data
        amounts = any(typed.get(name) for name in ("days", "pounds"))
        wrong = {"days", "pounds"} & set(self.errors)
        if typed.get("kind") and typed["kind"] != Resource.Kind.PROTECTED_TIME and not amounts and not wrong:
            self.add_error("days", _("Please say how many days, or how many pounds, or both."))
        starts_on: date | None = typed.get("starts_on")
        ends_on: date | None = typed.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("This is before the day it begins."))

    @property
    def line(self) -> dict:
        """Return what `add_resource` takes."""
        return {name: self.cleaned_data[name] for name in COLUMNS}


class AddressField(LineField):
    """An address on this site, or an https address elsewhere; nothing that runs in a browser."""

    def __init__(self, **kwargs):
        self.host = ""
        super().__init__(max_length=500, **kwargs)

    def clean(self, value):
        """Return a path on this site or an https address; ValidationError for all else."""
        address = super().clean(value)
        parts = _parts_of(address)
        if parts.scheme in ("http", "https") and parts.netloc == self.host:
            address = parts._replace(scheme="", netloc="").geturl() or "/"
        if address.startswith("/") and not address.startswith("//"):
            if "\\" in address or not page_at(address):
                raise ValidationError(_("There is no such page here. Copy the address of the page as it is shown."))
            return address
        if parts.scheme != "https":
            raise ValidationError(_("Only a page on this site, or an address that begins with https://."))
        try:
            URLValidator(schemes=["https"])(address)
        except ValidationError:
            raise ValidationError(_("This is no address that a browser would find. Please look at it again."))
        return address


def _parts_of(address: str):
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


class ShelfForm(SettingsForm):
    """One thing on the "Start here" shelf."""

    title = LineField(label=_("What it is"), max_length=80, error_messages={"required": _("Please say what it is.")})
    why = LineField(
        label=_("Why it is worth reading first"), required=False, max_length=200, help_text=_("A line is enough.")
    )
    address = AddressField(
        label=_("Where it is"),
        help_text=_("The address of a page here, as it stands at the top of your browser, or one with https://."),
        error_messages={"required": _("Please give its address.")},
    )

    def __init__(self, request: SignedInRequest, partnership: Partnership, item: ShelfItem | None = None):
        initial = {name: getattr(item, name) for name in ("title", "why", "address")} if item else None
        super().__init__(request, partnership, initial)
        self.fields["address"].host = request.get_host()  # type: ignore[attr-defined]

    @property
    def words(self) -> dict:
        """Return what `add_to_shelf` takes."""
        return {name: self.cleaned_data[name] for name in ("title", "why", "address")}


class DeleteForm(SettingsForm):
    """Asks for nothing but to be sure, of what stood there when it was opened."""
