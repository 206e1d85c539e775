"""The link at the foot of a mail by which its reader gets no more of them (RFC 8058)."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "desk.unsubscribing"


def token_of(person: Any) -> str:
    """Sign who somebody is, for one purpose. It does not run out: an old mail's link shall work as well."""
    return signing.Signer(salt=SALT).sign(person.public_id)


def person_of(token: str) -> str:
    """Return the public id of the person whom the token names; empty where it is none of ours."""
    try:
        return signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return ""


def address_for(person: Any) -> str:
    """Return the whole address of the person's way out."""
    return settings.SITE_URL.rstrip("/") + reverse("partnerships:unsubscribe", args=[token_of(person)])


def headers_for(person: Any) -> dict[str, str]:
    """Return the headers by which mail programs offer a button of their own.

    They trust them only where the DKIM signature covers both (RFC 8058, 4): signing is the mail server's business.
    """
    return {
        "List-Unsubscribe": f"<{address_for(person)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
