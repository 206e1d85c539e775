"""What needs a person: questions asked of them, and what is new since their last visit."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from partnerships.models import Partnership
from partnerships.reader import Reader
from records.links import came_of_what_they_shared
from records.models import Record, Response

MOST_QUESTIONS = 10
MOST_NEW = 30


@dataclass
class NewIn:
    """What is new in one partnership; None is the wider field."""

    partnership: Partnership | None
    records: list[Record]


def questions_for(reader: Reader) -> list[Response]:
    """Return questions under the person's own notes, on which they have said nothing since."""
    said = Response.objects.filter(
        within=OuterRef("within"), author=reader.person, created_at__gt=OuterRef("created_at")
    )
    asked = (
        Response.objects.visible_to(reader)
        .standing()
        .with_words_for(reader)
        .filter(verb=Response.Verb.ASK, within__author=reader.person)
        .filter(within__withdrawn_at=None, within__set_aside_at=None)
        .filter(space__in=list(reader.spaces))
        .exclude(author=reader.person)
        .exclude(Exists(said))
    )
    return list(asked.select_related("author", "within").order_by("-created_at", "-pk")[:MOST_QUESTIONS])


def new_for(reader: Reader) -> list[NewIn]:
    """Return what others shared since the person's last visit, by partnership; all of it at a first visit.

    What is folded is no news, for a steward who may read it to judge neither.
    """
    records = Record.objects.visible_to(reader).shared().standing().in_stream()
    records = records.without_repeats().filter(folded_at=None).exclude(author=reader.person)
    records = records.annotate(came_of_mine=came_of_what_they_shared(reader))
    if reader.person.last_visit_ended_at:
        records = records.filter(shared_at__gt=reader.person.last_visit_ended_at)
    groups: dict[int | None, list[Record]] = {}
    for record in records.for_rows_with_words(reader).order_by("-shared_at", "-pk")[:MOST_NEW]:
        groups.setdefault(record.partnership_id, []).append(record)
    names = {row.pk: row for row in reader.partnerships}
    return [
        NewIn(partnership=names.get(pk or 0), records=rows) for pk, rows in groups.items() if pk is None or pk in names
    ]
