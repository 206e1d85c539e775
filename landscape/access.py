"""The doors to patterns and their sources. Reading is the one rule's; these ask what may be done."""

from django.core.exceptions import PermissionDenied
from django.db.models import Case, Exists, OuterRef, When
from django.http import Http404

from partnerships.reader import Reader
from records import kinds
from records.access import record_or_404
from records.models import Record, RecordQuerySet

from .models import Pattern, PatternSource, PatternState


def pattern_or_404(reader: Reader, public_id: str) -> Pattern:
    """Return a pattern of a space that the reader is in."""
    return record_or_404(reader, Pattern, public_id)


def open_pattern_or_404(reader: Reader, public_id: str) -> Pattern:
    """Return a pattern that the reader may do something with; PermissionDenied while it is folded or set aside."""
    pattern = pattern_or_404(reader, public_id)
    if pattern.words_withheld or not pattern.stands or not may_take_part(reader, pattern):
        raise PermissionDenied("Folded, set aside, or its space is closed.")
    return pattern


def may_take_part(reader: Reader, record: Record) -> bool:
    """Say whether the reader may do something with it: anybody in its space, while that is open."""
    space = reader.spaces.get(record.space_id or 0)
    return space is not None and space.is_open


def citable(reader: Reader, space_id: int | None) -> RecordQuerySet:
    """Return what can be a source in that space: what stands there, and whose words the reader reads."""
    rows = Record.objects.visible_to(reader).with_words_for(reader).standing()
    return rows.filter(space=space_id, folded_at=None, kind__in=kinds.stream_keys())


def still_to_cite(reader: Reader, pattern: Pattern) -> RecordQuerySet:
    """Return what can become a source of this pattern, and is none yet."""
    known = PatternSource.objects.filter(grown=pattern.pk, source=OuterRef("pk"), made_at__gte=OuterRef("shared_at"))
    return citable(reader, pattern.space_id).exclude(pk=pattern.pk).exclude(Exists(known))


def record_to_cite_or_404(reader: Reader, public_id: str) -> Record:
    """Return a record that the reader may make a source of a pattern in its space."""
    rows = Record.objects.visible_to(reader).with_words_for(reader).standing()
    rows = rows.filter(folded_at=None, kind__in=kinds.stream_keys(), partnership__isnull=False)
    record = rows.filter(public_id=public_id).select_related("author", "space__partnership", "partnership").first()
    if record is None or not may_take_part(reader, record):
        raise Http404
    return record


def source_or_404(reader: Reader, pattern: Pattern, public_id: str) -> PatternSource:
    """Return a source to take off: for who added it, and for who wrote the record; nobody else learns of more."""
    rows = PatternSource.objects.in_force().filter(grown=pattern.pk, public_id=public_id)
    source = rows.select_related("source__author", "source__space__partnership", "added_by").first()
    if source is None or not may_take_off(source, reader.person) or pattern.words_withheld:
        raise Http404
    if not Record.objects.visible_to(reader).with_words_for(reader).filter(pk=source.source_id).exists():
        raise Http404
    return source


def may_take_off(source: PatternSource, person) -> bool:
    """Say whether the person may take the source off: they added it, or wrote the record."""
    return person.pk in (source.added_by_id, source.source.author_id)


def patterns_for(reader: Reader, record: Record) -> RecordQuerySet:
    """Return the patterns of its space in which a record is no source yet, those that are let go last."""
    known = PatternSource.objects.filter(source=record.pk, grown=OuterRef("pk"), made_at__gte=record.shared_at)
    rows = Pattern.objects.visible_to(reader).with_words_for(reader).standing()
    rows = rows.filter(space=record.space_id, folded_at=None).exclude(pk=record.pk).exclude(Exists(known))
    is_over = Case(When(state=PatternState.LET_GO, then=1), default=0)
    return rows.order_by(is_over, "-shared_at", "-pk")
