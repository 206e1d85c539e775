"""Forms about one's account. Those of allauth speak in the house's words here."""

from typing import cast
from zlib import crc32

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from desk.forms import KeptForm
from learnpartner.forms import LineField, TextField

from . import sessions
from .models import User

OWN_DEVICE = _("This is my own phone or computer: keep me signed in for 30 days")
OWN_DEVICE_HINT = _("Leave it empty on a shared computer. You are then signed out after 60 minutes without use.")
PROFILE_WORDS = ("name", "wants_to_learn", "can_offer", "answers_for")
NEW_PASSWORD_HINT = _("At least 12 characters. Three or four words that do not belong together are easy to remember.")


class HouseWords:
    """Gives the fields of a form our labels and hints, which stand above the box and never inside it."""

    words: dict[str, tuple] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]
            if name == "code":
                field.widget.attrs |= {"class": "input--short", "inputmode": "numeric"}


# Signing in --------------------------------------------------------------------------------------------


class OwnDeviceForm(forms.Form):
    """The box beside "Sign in with a passkey", which is a form of its own."""

    remember = forms.BooleanField(label=OWN_DEVICE, required=False)


class SignInForm(HouseWords, account_forms.LoginForm):
    """E-mail address, password, and whose computer this is."""

    words = {
        "login": (_("E-mail address"), ""),
        "password": (_("Password"), ""),
        "remember": (OWN_DEVICE, OWN_DEVICE_HINT),
    }

    @cached_property
    def passkey(self) -> OwnDeviceForm:
        """Give the box for those who sign in with a passkey."""
        return OwnDeviceForm(auto_id="passkey_%s")

    def login(self, request, redirect_url=None):
        """Sign in, or go on to the second step."""
        response = super().login(request, redirect_url)
        # allauth has just set how long the cookie lasts, by the box alone. Duties decide as well.
        sessions.set_expiry(request.session)
        return response


class ReauthenticateForm(HouseWords, account_forms.ReauthenticateForm):
    """The password once more, before something that matters."""

    words = {"password": (_("Password"), "")}


class ResetPasswordForm(HouseWords, account_forms.ResetPasswordForm):
    """Where to send the link for a new password."""

    words = {"email": (_("E-mail address"), _("The one that you sign in with."))}


class ResetPasswordKeyForm(HouseWords, account_forms.ResetPasswordKeyForm):
    """A new password, from the link in a mail."""

    words = {
        "password1": (_("New password"), NEW_PASSWORD_HINT),
        "password2": (_("The new password once more"), ""),
    }


class ChangePasswordForm(HouseWords, account_forms.ChangePasswordForm):
    """A new password in place of the present one."""

    words = ResetPasswordKeyForm.words | {"oldpassword": (_("Present password"), "")}


class SetPasswordForm(HouseWords, account_forms.SetPasswordForm):
    """A password for somebody who has none."""

    words = ResetPasswordKeyForm.words


class AddEmailForm(HouseWords, account_forms.AddEmailForm):
    """Another address, a private one perhaps."""

    words = {
        "email": (
            _("Another e-mail address"),
            _("We send a link to it. It counts once you have opened the link."),
        )
    }


# The second step ---------------------------------------------------------------------------------------


class SecondStepForm(HouseWords, mfa_forms.AuthenticateForm):
    """The code that completes signing in."""

    words = {"code": (_("Code"), _("Six digits from your authenticator app, or one of your recovery codes."))}


class ReauthenticateByCodeForm(HouseWords, mfa_forms.ReauthenticateForm):
    """A code, before something that matters."""

    words = SecondStepForm.words


class ActivateAppForm(HouseWords, totp_forms.ActivateTOTPForm):
    """The first code of an authenticator app, which shows that it works."""

    words = {"code": (_("Code"), _("The six digits that the app shows now."))}


class AddPasskeyForm(HouseWords, webauthn_forms.AddWebAuthnForm):
    """A passkey, and what it may do."""

    words = {
        "name": (_("Name of the passkey"), _("So that you know it again in the list.")),
        "passwordless": (
            _("Sign in with this passkey alone"),
            _("Then you need no password on this device. It will ask for your finger, face or PIN."),
        ),
    }

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"passwordless": True} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = 100


class RenamePasskeyForm(HouseWords, webauthn_forms.EditWebAuthnForm):
    """Another name for a passkey."""

    words = {"name": AddPasskeyForm.words["name"]}


# What others see, and how it looks ---------------------------------------------------------------------


def profile_version(person: User) -> int:
    """Give a number that changes with what others see of a person: who saves over it saw something else."""
    return crc32("\0".join(getattr(person, name) for name in PROFILE_WORDS).encode()) or 1


class ProfileForm(KeptForm):
    """What the people of one's partnerships see."""

    draft_form = "profile"
    name = LineField(
        label=_("What I am called"),
        help_text=_("The name that stands beside what you write."),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    wants_to_learn = TextField(
        label=_("What I want to learn"),
        help_text=_("A sentence or two. You can leave this empty, and the next two as well."),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    can_offer = TextField(
        label=_("What I can offer"),
        help_text=_("Something that you know, have tried, or can open a door to."),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    answers_for = TextField(
        label=_("What I have to answer for"),
        help_text=_("What others expect of you at work, so that people here know what you are held to."),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, request: HttpRequest):
        person = cast(User, request.user)
        now = {name: getattr(person, name) for name in PROFILE_WORDS}
        super().__init__(request, initial=now | {"version": profile_version(person)})

    def words(self) -> dict[str, str]:
        """Return the profile's columns as typed."""
        return {name: self.cleaned_data[name] for name in PROFILE_WORDS}


class AppearanceForm(forms.Form):
    """Light or dark, and the one key that does something by itself."""

    appearance = forms.ChoiceField(
        label=_("Light or dark"), choices=User.Appearance.choices, required=False, widget=forms.RadioSelect
    )
    slash_searches = forms.BooleanField(
        label=_("The key “/” leads to the search box"),
        help_text=_(
            "On any page, while you are not typing. Switch it off if you speak to your computer, or press keys by"
            " chance."
        ),
        required=False,
    )
