"""What the pages of cycles and activities share."""

from typing import Any

from cycles.access import may_change
from partnerships.http import SignedInRequest
from records import links
from records.folding import may_set_aside
from records.forms import ResponseForm
from records.models import Record
from records.pages import entered, in_conversation, responses_to

PAGE = 20


def frame(request: SignedInRequest, record: Record) -> dict[str, Any]:
    """Return what the pages of all records show, without what no record of a space's has: tags, or another byline."""
    reader = request.reader
    space = reader.spaces.get(record.space_id or 0)
    responses = responses_to(reader, record)
    form = None
    if space is not None and space.is_open and record.stands:
        form = ResponseForm(request, about=record.public_id, responses=responses)
    return {
        "record": record,
        "partnership": entered(reader, record),
        "mine": record.is_by(reader.person),
        "is_inside": space is not None,
        "looks_after": may_set_aside(reader, record),
        "responses": in_conversation(responses),
        "form": form,
        "who_reads": reader.who_reads(record.space) if space is not None else "",
        "others": reader.others_in(space) if space else 0,
        "links": links.around(reader, record),
        "may_change": may_change(reader, record),
        "taking_part": list(record.taking_part.select_related("person").order_by("-facilitates", "person__name")),
    }


def asked_id(request: SignedInRequest, name: str) -> str:
    """Return the public id that the address names, without what no id holds."""
    return request.GET.get(name, "")[:12].replace("\0", "")
