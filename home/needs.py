"""What needs a person: questions asked of them, their drafts, and what is new since their last visit."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from desk import drafts
from desk.models import Draft
from partnerships.models import Partnership
from partnerships.reader import Reader
from records.models import Record, Response

MOST_QUESTIONS = 10
MOST_NEW = 30


@dataclass
class OpenDraft:
    """A draft with its words and the page to go on with it."""

    draft: Draft
    words: str
    label: str
    address: str


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
        .filter(verb=Response.Verb.ASK, within__author=reader.person, within__withdrawn_at=None)
        .filter(space__in=list(reader.spaces))
        .exclude(author=reader.person)
        .exclude(Exists(said))
    )
    return list(asked.select_related("author", "within").order_by("-created_at")[:MOST_QUESTIONS])


def drafts_of(person) -> list[OpenDraft]:
    """Return all of the person's open drafts that hold words, the latest first: there is no other way to them."""
    found = []
    for draft in Draft.objects.of(person).open():
        words = drafts.words_of(draft)
        if words.strip():
            label = str(drafts.form_of(draft).label)
            found.append(OpenDraft(draft=draft, words=words, label=label, address=drafts.address_of(draft)))
    return found


def new_for(reader: Reader) -> list[NewIn]:
    """Return what others shared since the person's last visit, by partnership; all of it at a first visit."""
    records = Record.objects.visible_to(reader).shared().standing().in_stream().exclude(author=reader.person)
    if reader.person.last_visit_ended_at:
        records = records.filter(shared_at__gt=reader.person.last_visit_ended_at)
    groups: dict[int | None, list[Record]] = {}
    for record in records.for_rows().order_by("-shared_at", "-pk")[:MOST_NEW]:
        groups.setdefault(record.partnership_id, []).append(record)
    names = {row.pk: row for row in reader.partnerships}
    return [
        NewIn(partnership=names.get(pk or 0), records=rows) for pk, rows in groups.items() if pk is None or pk in names
    ]
