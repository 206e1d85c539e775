"""Streams, responses, and the pages that all kinds share."""

from .common import conflict, withdraw_page
from .responses import response_detail, response_edit, response_new, response_withdraw
from .streams import landscape, stream

__all__ = [
    "conflict",
    "landscape",
    "response_detail",
    "response_edit",
    "response_new",
    "response_withdraw",
    "stream",
    "withdraw_page",
]
