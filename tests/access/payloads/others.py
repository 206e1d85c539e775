"""The pages of allauth and of the admin, in the infested world: what people type stands on them as well."""

from typing import Any
from unittest import mock

from allauth.account.internal.flows import reauthentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from desk.models import AuditEvent, Outbox
from tests.access.asking import undone
from tests.access.third_party import ADMIN, ALLAUTH
from tests.access.worlds.crawl import World, logged

from . import typed
from .walk import Found, answer_of, last_mail, mails_since

LISTED = {"accounts_user": User, "desk_auditevent": AuditEvent, "desk_outbox": Outbox}


def _address(there: World, name: str, args: tuple) -> str:
    """Give the address of such a page, about something that is there."""
    model = next((model for words, model in LISTED.items() if words in name and args), None)
    if model:
        args = (model._base_manager.latest("pk").pk,)
    elif name.startswith("mfa_") and args:
        args = (Authenticator.objects.get(user=there.cast.practitioner).pk,)
    return reverse(name, args=args)


def pages(there: World, found: Found) -> None:
    """Ask for each page, as who may and as nobody, and send its forms with payloads in every box."""
    seen: Any = mock.patch.object(reauthentication, "did_recently_reauthenticate", lambda request: True)
    # The passkey of the stage has a name, and no key.
    no_passkey: Any = mock.patch.object(webauthn, "get_credentials", lambda user: [])
    for number, group in enumerate((*ALLAUTH, *ADMIN), 800):
        for name in group.names:
            who = "site_admin" if group in ADMIN else "anonymous" if group.who == "open" else "practitioner"
            try:
                url = _address(there, name, group.args)
            except NoReverseMatch:
                continue
            browser = there.browser_of(who)
            with seen, no_passkey, undone(), logged() as lines, typed.asked_forms() as asked:
                answer = answer_of(browser.get(url), lines)
                found.look(f"{who} GET {url}", answer)
                for _action, sent in typed.Boxes(answer.body.decode(errors="replace")).filled("post", number):
                    last = last_mail()
                    response = browser.post(url, sent)
                    found.look(f"{who} POST {url}", answer_of(response, lines), turns=False)
                    found.look_at_mails(f"{who} POST {url}", mails_since(last))
            found.boxes |= {(form, box) for form, box, _field in typed.boxes_of(asked).values()}
