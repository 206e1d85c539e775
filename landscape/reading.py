"""Patterns as their readers find them: the sources beside each other, how one stands, and lines on other pages."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from partnerships.reader import Reader
from records import kinds
from records.beside import Beside
from records.links import Around
from records.models import Record
from records.rooms import needed_for

from .access import may_take_part
from .models import Pattern, PatternChange, PatternSource, PatternState, Stance

_needed = needed_for("pattern")


@dataclass(frozen=True)
class Source:
    """A source as one reader is shown it: the record as lists show it, the line, whose that is, and the way off."""

    record: Record
    why: str
    said_by: str
    take_off_at: str = ""


@dataclass
class Sources:
    """What agrees and what disagrees, the first added first."""

    agreeing: list[Source] = field(default_factory=list)
    disagreeing: list[Source] = field(default_factory=list)


def sources_of(reader: Reader, pattern: Pattern, around: Around) -> Sources:
    """Return the sources that the reader reads with their words; of all others nothing is said, not that they are.

    `around` is what the pattern grew from, as any page has it: one query more, and none where it has no source.
    Of a record that is not named, or by role only, nobody is told who added it: it could be its author.
    """
    records = {row.pk: row for row in around.sources if not row.words_withheld and row.stands}
    found = Sources()
    rows = PatternSource.objects.in_force().filter(grown=pattern.pk, source__in=records)  # type: ignore[attr-defined]
    for row in rows.select_related("added_by").order_by("made_at", "pk") if records else ():
        record = records[row.source_id]
        mine = reader.person.pk in (row.added_by_id, record.author_id)
        shown = Source(
            record=record,
            why=row.why,
            said_by=row.added_by.name_as_author if record.is_named else "",
            take_off_at=reverse("landscape:source-delete", args=[pattern.public_id, row.public_id]) if mine else "",
        )
        (found.disagreeing if row.stance == Stance.DISAGREES else found.agreeing).append(shown)
    return found


@dataclass(frozen=True)
class Step:
    """One state: its name, since when or when it was, and whether it is past, now, or not reached."""

    name: str
    note: str
    state: str


def steps_of(pattern: Pattern, changes: Sequence[PatternChange]) -> list[Step]:
    """Return the states in their order. One may go back: what was reached once stays marked, with its last day."""
    last = {row.state: row.made_at for row in changes}
    found = []
    for state in PatternState:
        day = formats.date_format(timezone.localtime(last[state]), "j F Y") if state in last else ""
        if state == pattern.state:
            found.append(Step(str(state.label), _("since %(day)s") % {"day": day} if day else "", "now"))
        else:
            found.append(Step(str(state.label), day, "past" if day else "next"))
    return found


def beside_record(reader: Reader, record: Record) -> list[Beside]:
    """Offer to make a record a source, where the room is open to the reader. It asks nothing that the bar has not."""
    membership = reader.membership_in(record.partnership_id)
    if membership is None or not may_take_part(reader, record) or record.kind not in kinds.stream_keys():
        return []
    partnership = membership.partnership
    if not record.stands or record.folded_at:
        return []
    if "patterns" not in partnership.opened_rooms and not _needed(reader, partnership):
        return []
    address = reverse("landscape:source-of", args=[record.public_id])
    return [Beside(title=_("Make it a source of a pattern"), address=address)]
