"""The doors to records. What one may not read answers exactly as what does not exist."""

from django.http import Http404
from django.urls import ResolverMatch

from partnerships.reader import Reader

from . import wholes
from .history import as_read, for_page
from .kinds import all_kinds, personal_keys
from .links import links_of
from .models import Attachment, Link, Record, TellingQuestion

# What each page of one record shows beside its columns, without a query of its own.
WITH_IT = (
    "author",
    "space__partnership",
    "partnership",
    "telling__agreed_for__partnership",
    "telling__question__asked__person",
)


def record_or_404[Kind: Record](reader: Reader, model: type[Kind], public_id: str) -> Kind:
    """Return the record that the reader may know of, with its author and space.

    Where its words are withheld from the reader, they are not in what comes through the door (`words_withheld`). What
    became of it otherwise comes with it (`records.history`).
    """
    records = for_page(model.objects.visible_to(reader), reader).annotate(**links_of(reader), **wholes.columns())
    record = records.select_related(*WITH_IT).filter(public_id=public_id).first()
    if record is None:
        raise Http404
    return as_read(record)


def own_record_or_404[Kind: Record](reader: Reader, model: type[Kind], public_id: str) -> Kind:
    """Return a record that the reader wrote; for everybody else it does not exist.

    Only its author edits, shares or takes back a record, so nobody is told "you may not".
    """
    record = record_or_404(reader, model, public_id)
    if not record.is_by(reader.person):
        raise Http404
    return record


def may_edit(reader: Reader, record: Record) -> bool:
    """Say whether the reader may change its words: their own, and not to people in a space that they have left."""
    return record.is_by(reader.person) and (record.is_private or record.space_id in reader.spaces)


def pages_of_records(reader: Reader, pages: dict[str, ResolverMatch]) -> dict[str, bool]:
    """Say which pages of records the reader may open, for lists of addresses such as "Start here"; one query."""
    ids = {
        address: match.kwargs["public_id"]
        for address, match in pages.items()
        if "public_id" in match.kwargs and match.namespace in {kind.url_name.partition(":")[0] for kind in all_kinds()}
    }
    if not ids:
        return {}
    readable = Record.objects.visible_to(reader).with_words_for(reader).standing()
    found = set(readable.filter(public_id__in=ids.values()).values_list("public_id", flat=True))
    return {address: public_id in found for address, public_id in ids.items()}


def link_or_404(reader: Reader, public_id: str) -> Link:
    """Return a link to take off: for the author of what grew, who reads it still; of a group's, its room says."""
    mine = Record.objects.visible_to(reader).written_by(reader.person).filter(kind__in=personal_keys())
    link = Link.objects.filter(public_id=public_id, grown__in=mine).select_related("grown").first()
    if link is None:
        raise Http404
    return link


def telling_question_or_404(reader: Reader, public_id: str) -> TellingQuestion:
    """Return the question to a second member, for that member while they are one, with what they are shown of it.

    This is no way to the record: its title, text, tags and marks do not come through this door.
    """
    asked = TellingQuestion.objects.filter(asked__in=[row.pk for row in reader.memberships.values()])
    question = asked.with_what_is_shown().filter(public_id=public_id).first()
    if question is None:
        raise Http404
    return question


def attachment_or_404(reader: Reader, public_id: str) -> Attachment:
    """Return a photo or voice note whose record's words the reader may read, or which waits in a form of their own."""
    found = Attachment.objects.visible_to(reader).select_related("record").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
