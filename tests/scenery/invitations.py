"""What the stage holds about invitations: open ones, and one that was withdrawn, each with the secret of its mail."""

import re
from email import message_from_bytes, policy
from typing import Any

from django.db import transaction

from desk.models import Outbox
from partnerships import actions
from partnerships.invitations import Invitee


def add(cast: Any) -> None:
    """Put it on stage, by the actions that the app has."""
    _invite(cast, "invitation", cast.partnership, cast.learning_partner, "invited@example.net")
    _invite(cast, "invitation_withdrawn", cast.partnership, cast.steward, "withdrawn@example.net")
    actions.withdraw_invitation(invitation=cast.more["invitation_withdrawn"], by=cast.steward)
    _invite(cast, "organisation_invitation", cast.provider, cast.orgadmin, "people@example.net")


def _invite(cast: Any, name: str, place: Any, by: Any, address: str) -> None:
    # The mail is read before the commit, after which it goes at once and its words are wiped.
    with transaction.atomic():
        invitation = actions.invite(place=place, invitee=Invitee(email=address, name="Ina Invited"), by=by)
        row = Outbox.objects.get(about=invitation.public_id)
        mail = message_from_bytes(bytes(row.message), policy=policy.default)
        text = mail.get_body(("plain",)).get_content()
        row.delivered(keep_words=False)
    cast.more[name] = invitation
    cast.more[f"{name}_token"] = re.search(r"/invitations/([\w-]{43})/\s", text).group(1)
