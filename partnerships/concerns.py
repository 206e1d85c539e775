"""Whom one can tell a worry about how a partnership is run: somebody outside it."""

import json
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from desk.mail import in_words

from .models import Partnership
from .models.memberships import current_members
from .models.site import site_settings

KIND = "concern"
MOST_IN_AN_HOUR = 5
HOUR = 60 * 60
SALT = "partnerships.concerns"


@dataclass(frozen=True)
class Contact:
    """Somebody outside, perhaps without an account. Members see the name, and never the address."""

    name: str
    email: str


def contact_of(partnership: Partnership) -> Contact | None:
    """Return whom a worry goes to: the partnership's own contact, or the site's; nobody who is a member now."""
    site = site_settings()
    for name, email in (
        (partnership.concern_name, partnership.concern_email),
        (site.concern_name, site.concern_email),
    ):
        if name and email and not is_members_address(partnership, email):
            return Contact(name, email)
    return None


def is_members_address(partnership: Partnership, email: str) -> bool:
    """Say whether the address is that of somebody who takes part, whichever of their addresses it is."""
    members = current_members(partnership).values("person")
    other = EmailAddress.objects.filter(email__iexact=email, user__in=members).values("user")
    return current_members(partnership).filter(Q(person__email__iexact=email) | Q(person__in=other)).exists()


def letter_of(partnership: Partnership, *, contact: Contact, text: str, writer=None) -> dict[str, Any]:
    """Give what the mail is made of; without a writer it says nothing of who wrote it."""
    return {
        "to": contact.email,
        "partnership": partnership.name,
        "text": text,
        "name": writer.name if writer else "",
        "email": writer.email if writer else "",
    }


def preview_of(letter: dict[str, Any]) -> dict[str, str]:
    """Return the subject and the text of the mail exactly as they arrive, and the mark of just this letter."""
    subject, text = in_words("concern", letter)
    return {"subject": subject, "text": text, "mark": mark_of(letter)}


def mark_of(letter: dict[str, Any]) -> str:
    """Give a sign that comes with a preview, so that nothing goes which its writer has not seen as it is."""
    return salted_hmac(SALT, json.dumps(letter, sort_keys=True), algorithm="sha256").hexdigest()[:32]


def take_turn(person) -> bool:
    """Count one more worry of this person, and say whether it may go: five in an hour.

    In the cache for that hour, under a key that names nobody: who wrote to whom is recorded nowhere.
    """
    key = f"concern:{salted_hmac(SALT, str(person.pk), algorithm='sha256').hexdigest()[:32]}"
    now = timezone.now().timestamp()
    turns = [moment for moment in cache.get(key, []) if moment > now - HOUR]
    if len(turns) >= MOST_IN_AN_HOUR:
        return False
    cache.set(key, [*turns, now], HOUR)
    return True
