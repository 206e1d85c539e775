"""The doors to records. What one may not read answers exactly as what does not exist."""

from django.http import Http404
from django.urls import ResolverMatch

from partnerships.reader import Reader

from .kinds import all_kinds
from .models import Record


def record_or_404[Kind: Record](reader: Reader, model: type[Kind], public_id: str) -> Kind:
    """Return the record that the reader may read, with its author and space."""
    records = model.objects.visible_to(reader).select_related("author", "space__partnership", "partnership")
    record = records.filter(public_id=public_id).first()
    if record is None:
        raise Http404
    return record


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
    readable = Record.objects.visible_to(reader).standing().filter(public_id__in=ids.values())
    found = set(readable.values_list("public_id", flat=True))
    return {address: public_id in found for address, public_id in ids.items()}
