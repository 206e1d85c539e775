"""Streams, responses, and the pages that all kinds share."""

from .attachments import (
    attachment_delete,
    attachment_file,
    attachment_large,
    attachment_new,
    attachment_small,
)
from .common import conflict, withdraw_page
from .folding import record_fold, record_lift, record_put_back, record_set_aside
from .links import link_delete
from .orders import order_lift, order_list, order_new
from .responses import response_detail, response_edit, response_new, response_withdraw
from .search import search
from .streams import landscape, stream
from .suggestions import (
    suggestion_answer,
    suggestion_ask,
    suggestion_decline,
    suggestion_detail,
    suggestion_take_back,
)
from .telling import telling_ask, telling_detail, telling_withdraw, way_to_share
from .versions import record_version, record_versions

__all__ = [
    "attachment_delete",
    "attachment_file",
    "attachment_large",
    "attachment_new",
    "attachment_small",
    "conflict",
    "landscape",
    "link_delete",
    "order_lift",
    "order_list",
    "order_new",
    "record_fold",
    "record_lift",
    "record_put_back",
    "record_set_aside",
    "record_version",
    "record_versions",
    "response_detail",
    "response_edit",
    "response_new",
    "response_withdraw",
    "search",
    "stream",
    "suggestion_answer",
    "suggestion_ask",
    "suggestion_decline",
    "suggestion_detail",
    "suggestion_take_back",
    "telling_ask",
    "telling_detail",
    "telling_withdraw",
    "way_to_share",
    "withdraw_page",
]
