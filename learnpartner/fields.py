"""Model fields that every app uses."""

import secrets

from django.db import models


def new_public_id() -> str:
    """Give 72 random bits as 12 url-safe characters."""
    return secrets.token_urlsafe(9)


class PublicIdField(models.CharField):
    """The only id of a row that addresses and forms show.

    Numbers would tell how many rows there are, and let people guess the next one (ASVS 5.0.0-11.5.1 asks for a
    cryptographic source; a UUID is not one).
    """

    def __init__(self, *args, **kwargs):
        kwargs |= {"max_length": 12, "unique": True, "editable": False, "default": new_public_id}
        super().__init__(*args, **kwargs)
