"""Fields for whom one writes to: an address and a name, which will stand in a mail."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from learnpartner.forms import LineField, validate_whole_characters

LONGEST_ADDRESS = 254


def validate_address(address: str) -> None:
    """Refuse what is no e-mail address, in one sentence whatever is wrong with it."""
    try:
        validate_email(address)
        validate_whole_characters(address)
    except ValidationError:
        raise ValidationError(_("This is not a whole e-mail address. It looks like name@example.org.")) from None
    if len(address) > LONGEST_ADDRESS:
        raise ValidationError(_("No e-mail address is as long as this."))


class AddressField(forms.EmailField):
    """An e-mail address, in small letters as accounts have theirs."""

    def __init__(self, **kwargs):
        super().__init__(
            max_length=LONGEST_ADDRESS, error_messages={"required": _("The e-mail address is missing.")}, **kwargs
        )
        # In place of Django's, which say the same in several ways.
        self.validators = [validate_address]

    def clean(self, value):
        """Give the address in small letters."""
        return super().clean(value).lower()


def name_field(**kwargs) -> LineField:
    """Give the field for what somebody is called."""
    return LineField(max_length=120, **kwargs)
