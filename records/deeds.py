"""What is done with notes and responses, in words, and where those are that one may still read."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from partnerships.reader import Reader

from .models import Record

WORDS = {
    "response.write": _("Responded to a note"),
    "response.edit": _("Changed a response"),
    "response.delete": _("Deleted a response"),
    "response.share": _("Shared a response"),
    "response.undo_share": _("Undid a response"),
    "response.withdraw": _("Took a response back"),
    "response.fold": _("Folded a response, since it could identify somebody"),
    "response.put_back": _("Put a folded response back"),
    "response.set_aside": _("Set a response aside"),
    "response.lift": _("Brought back a response that was set aside"),
    "link.remove": _("Removed a link between two notes"),
    "suggestion.ask": _("Asked for help with words"),
    "suggestion.send": _("Helped with somebody’s words"),
    "suggestion.answer": _("Took or left suggested changes"),
    "suggestion.decline": _("Declined to help with words"),
    "suggestion.take_back": _("Asked for help no more"),
    "telling.ask": _("Asked a second member about what somebody told"),
    "telling.withdraw": _("Withdrew a question about what somebody told"),
    "telling.answer": _("Answered about what somebody told"),
}


def record_addresses(reader: Reader, public_ids: Collection[str]) -> dict[str, str]:
    """Return the addresses of those records that the reader may read now."""
    rows = Record.objects.visible_to(reader).filter(public_id__in=public_ids)
    return {row.public_id: row.get_absolute_url() for row in rows.only("public_id", "kind")}


ADDRESSES = {"response": record_addresses, "reflection": record_addresses}
