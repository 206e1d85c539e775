"""What every page of one record shows, whatever its kind."""

from typing import Any

from django.http import HttpRequest

from partnerships.models import HeldRole, Partnership
from partnerships.reader import Reader

from . import attribution, beside, links, telling
from .access import may_edit
from .folding import may_set_aside, stewards_in
from .forms import ResponseForm
from .history import as_read, for_page
from .models import Record, Response


def frame_of(request: HttpRequest, record: Record, *, form: ResponseForm | None = None) -> dict[str, Any]:
    """Return what stands around a record's words, and stands as well where these are withheld: responses, and a form.

    `form` is a response form with errors, to be shown again.
    """
    reader: Reader = request.reader  # type: ignore[attr-defined]
    mine = record.is_by(reader.person)
    responses = responses_to(reader, record)
    space = reader.spaces.get(record.space_id or 0)
    can_respond = space is not None and space.is_open and record.stands
    if can_respond and form is None:
        form = ResponseForm(request, to=record, responses=responses)
    return {
        "record": record,
        "partnership": entered(reader, record),
        "held": held_role_of(record),
        "mine": mine,
        "is_inside": space is not None,
        "looks_after": may_set_aside(reader, record),
        "may_undo": mine and record.stands and not _answered(record, responses),
        "responses": in_conversation(responses),
        "form": form if can_respond else None,
        "who_reads": who_reads(reader, record),
        "others": reader.others_in(space) if space else 0,
    }


def context_of(request: HttpRequest, record: Record, *, form: ResponseForm | None = None) -> dict[str, Any]:
    """Return the context of a record's page: its frame, and what belongs to its words."""
    reader: Reader = request.reader  # type: ignore[attr-defined]
    frame = frame_of(request, record, form=form)
    if record.words_withheld:
        return frame
    return frame | {
        "may_edit": may_edit(reader, record),
        "hides_nobody": frame["mine"] and not _still_hides(reader, record),
        "tags": list(record.tags.order_by("name").values_list("name", flat=True)),
        "links": links.around(reader, record),
        "beside": beside.lines_on(reader, record),
        "agreed": telling.line_on(reader, record),
        "changed_since": telling.changed_since(record),
    }


def frame_of_a_spaces(request: HttpRequest, record: Record) -> dict[str, Any]:
    """Return the frame of what is its space's and always named: without tags, its author's role, or another byline."""
    reader: Reader = request.reader  # type: ignore[attr-defined]
    space = reader.spaces.get(record.space_id or 0)
    responses = responses_to(reader, record)
    can_respond = space is not None and space.is_open and record.stands
    return {
        "record": record,
        "partnership": entered(reader, record),
        "mine": record.is_by(reader.person),
        "is_inside": space is not None,
        "looks_after": may_set_aside(reader, record),
        "responses": in_conversation(responses),
        "form": ResponseForm(request, to=record, responses=responses) if can_respond else None,
        "who_reads": reader.who_reads(record.space) if space is not None else "",
        "others": reader.others_in(space) if space else 0,
        "links": links.around(reader, record),
    }


def entered(reader: Reader, record: Record) -> Partnership | None:
    """Return the record's partnership for the page's bar, where the reader is a member of it now."""
    membership = reader.membership_in(record.partnership_id)
    return membership.partnership if membership else None


def who_reads(reader: Reader, record: Record) -> str:
    """Say who reads the record, as far as its author may know: nothing of a space they have left."""
    known = record.is_private or record.space_id in reader.spaces
    return reader.who_reads(record.space) if known else ""


def responses_to(reader: Reader, record: Record) -> list[Response]:
    """Return the responses to the record that the reader may know of, oldest first; without words that are withheld."""
    rows = for_page(Response.objects.visible_to(reader).filter(within=record), reader)
    rows = rows.select_related("author", "space__partnership", "answers__author", "answers__space__partnership")
    found = [as_read(row) for row in rows.order_by("created_at", "pk")]
    # All are in the record's space, and where nobody opened it, who the stewards are is not asked.
    space = reader.spaces.get(record.space_id or 0)
    opened = space is not None and space.opened_by_id == reader.person.pk
    stewards = stewards_in(space) if found and opened and space else ()
    for row in found:
        row.looks_after = may_set_aside(reader, row, stewards=stewards)
    return found


def where_read(reader: Reader, record: Record) -> str:
    """Return where a record is read: a response below what it responds to, or alone where that is not to be read."""
    parent = Record.objects.visible_to(reader).filter(pk=record.within_id).first() if record.within_id else None
    return f"{parent.get_absolute_url()}#response-{record.public_id}" if parent else record.get_absolute_url()


def in_conversation(responses: list[Response]) -> list[Response]:
    """Order responses by time, each answer directly after what it answers."""
    known = {row.pk for row in responses}
    answers: dict[int | None, list[Response]] = {}
    for row in responses:
        answers.setdefault(row.answers_id if row.answers_id in known else None, []).append(row)

    def unfold(parent: int | None) -> list[Response]:
        return [found for row in answers.get(parent, []) for found in (row, *unfold(row.pk))]

    return unfold(None)


def held_role_of(record: Record) -> HeldRole | None:
    """Return the role in which a named author shared the record, for "outreach worker, Harbour Outreach"."""
    if not record.is_named or record.shared_at is None or record.partnership_id is None:
        return None
    held = HeldRole.objects.filter(
        membership__person=record.author_id,
        membership__partnership=record.partnership_id,
        started_at__lte=record.shared_at,
    )
    return held.select_related("organisation", "membership__partnership").order_by("-started_at", "-pk").first()


def _answered(record: Record, responses: list[Response]) -> bool:
    return any(row.author_id != record.author_id for row in responses) or record.has_responses_by_others()


def _still_hides(reader: Reader, record: Record) -> bool:
    """Say whether the floor under the record's attribution still holds; its author is told when it does not."""
    author = reader.membership_in(record.partnership_id)
    if record.is_named or record.space is None or author is None:
        return True
    readers = list(record.space.members().with_roles())
    return attribution.is_offered(record.attribution, attribution.choices_in(record.space, author, readers))
