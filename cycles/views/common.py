"""What the pages of cycles and activities share."""

from typing import Any

from cycles.access import may_change
from partnerships.http import SignedInRequest
from records.models import Record
from records.pages import frame_of_a_spaces

PAGE = 20


def frame(request: SignedInRequest, record: Record) -> dict[str, Any]:
    """Return the frame of a cycle or an activity, with who takes part in it."""
    people = record.taking_part.select_related("person").order_by("-facilitates", "person__name")
    return {
        **frame_of_a_spaces(request, record),
        "may_change": may_change(request.reader, record),
        "taking_part": list(people),
    }


def asked_id(request: SignedInRequest, name: str) -> str:
    """Return the public id that the address names, without what no id holds."""
    return request.GET.get(name, "")[:12].replace("\0", "")
