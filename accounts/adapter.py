"""What the house does otherwise than allauth, which signs people in."""

from io import BytesIO

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import sessions
from .devices import device_of
from .models import User


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by invitation only, with the house's words and its limits on how long it lasts."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "cannot_remove_primary_email": _("This is your main address. Make another one the main address first."),
        "duplicate_email": _("You have added this address already."),
        "email_password_mismatch": _("The e-mail address and the password do not go together. Please look at both."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This code is not right, or it has run out. Please use the newest one."),
        "incorrect_password": _("This is not your password."),
        "invalid_or_expired_key": _("This link has run out."),
        "max_email_addresses": _("You cannot have more than %d addresses here."),
        "rate_limited": _("That was too many times in a row. Please wait a few minutes and try again."),
        "too_many_login_attempts": _(
            "That was too many times in a row. Please wait five minutes and try again, or set a new password."
        ),
        "unverified_primary_email": _("Please confirm this address first, by the link that we sent to it."),
    }

    ways_to_show_it_is_you = {
        "reauthenticate": _("Use your password"),
        "mfa_reauthenticate": _("Use a code"),
        "mfa_reauthenticate:webauthn": _("Use a passkey"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Answer no: accounts are opened by an invitation."""
        return False

    def pre_login(self, request: HttpRequest, user, **kwargs) -> HttpResponse | None:
        """Keep the answer to "is this your own phone or computer?" until a second step, if any, is done.

        This runs on the request that brought the password or the passkey, and on no other.
        """
        response = super().pre_login(request, user, **kwargs)
        request.session[sessions.OWN_DEVICE_WANTED] = "remember" in request.POST
        return response

    def login(self, request: HttpRequest, user) -> None:
        """Sign in, and start the clock."""
        super().login(request, user)
        sessions.begin(request, own_device=request.session.pop(sessions.OWN_DEVICE_WANTED, False))

    def get_reauthentication_methods(self, user) -> list[dict]:
        """Name the ways to show once more that it is you."""
        methods = super().get_reauthentication_methods(user)
        return [method | {"description": self.ways_to_show_it_is_you[method["id"]]} for method in methods]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go back to the profile, which is where one came from."""
        return reverse("accounts:profile")


class MFAAdapter(DefaultMFAAdapter):
    """The second step: authenticator apps, passkeys and recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": _("Set up an authenticator app or a passkey first."),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "unverified_email": _("Please confirm your e-mail address first, by the link that we sent to it."),
    }

    def get_totp_label(self, user) -> str:
        """Name the account as it will stand in the list of an authenticator app."""
        return f"{self.get_totp_issuer()}:{user.email}"

    def build_totp_svg(self, url: str) -> str:
        """Draw the code on white, so that a phone reads it in the dark theme too."""
        import qrcode
        from qrcode.image.svg import SvgPathFillImage

        picture = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(picture)
        return picture.getvalue().decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """Suggest a name that will be known again: where the passkey was made."""
        device = device_of(context.request.headers.get("User-Agent", ""))
        name = gettext("Passkey made on %(device)s") % {"device": device} if device else gettext("Passkey")
        same = [
            authenticator
            for authenticator in Authenticator.objects.filter(user=user, type=type)
            if authenticator.wrap().name.startswith(name)
        ]
        return f"{name} ({len(same) + 1})" if same else name

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Say whose passkey it is, as the phone shows it."""
        return super().get_public_key_credential_rp_entity() | {"name": self.get_totp_issuer()}
