"""Experiments and conditions as their readers find them: lists, the log, and lines on other pages."""

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from partnerships.asked import Asked
from partnerships.reader import Reader
from records.beside import Beside
from records.models import Record

from .models import Condition, Experiment, LoggedNote, Sign

# So many of a log are shown at once, the latest.
MOST_LOGGED = 100


@dataclass
class Line:
    """One line of a log: the note as lists show it, its sign in words, and whether the reader may take it out."""

    note: Record
    sign: Sign
    taken_out_at: str = ""


def experiments_to(reader: Reader):
    """Return the experiments that the reader may read, with what lists show of them."""
    return Experiment.objects.visible_to(reader).for_list(reader)  # type: ignore[attr-defined]


def conditions_to(reader: Reader):
    """Return the conditions that the reader may read, with what lists show of them."""
    return Condition.objects.visible_to(reader).for_list(reader)  # type: ignore[attr-defined]


def log_of(reader: Reader, experiment: Experiment) -> list[Line]:
    """Return the log as far as the reader may read its notes, the latest first. Of the others nothing is said."""
    mark = LoggedNote.objects.filter(experiment=experiment, note=OuterRef("pk"))
    columns = {name: Subquery(mark.values(name)[:1]) for name in ("sign", "public_id", "marked_by")}
    rows = Record.objects.visible_to(reader).shared().standing().filter(logged_in__experiment=experiment)
    rows = rows.annotate(
        log_sign=columns["sign"], log_key=columns["public_id"], log_by=columns["marked_by"]
    ).for_rows_with_words(reader)
    return [_line(reader, experiment, row) for row in rows.order_by("-shared_at", "-pk")[:MOST_LOGGED]]


def _line(reader: Reader, experiment: Experiment, row: Any) -> Line:
    mine = reader.person.pk in (row.log_by, row.author_id)
    args = [experiment.public_id, row.log_key]
    return Line(
        note=row,
        sign=Sign(row.log_sign),
        taken_out_at=reverse("cycles:experiment-unlog", args=args) if mine else "",
    )


def beside_note(reader: Reader, note: Record) -> list[Beside]:
    """Return in which logs a note stands, as far as the reader may read these; and the way to put it into one."""
    if note.space_id not in reader.spaces or note.kind in ("experiment", "response"):
        return []
    mark = LoggedNote.objects.filter(note=note.pk, experiment=OuterRef("pk"))
    rows = experiments_to(reader).filter(log__note=note.pk).annotate(sign=Subquery(mark.values("sign")[:1]))
    found = [
        Beside(words=str(Sign(row.sign).label), title=row.title, address=row.get_absolute_url())
        for row in rows.order_by("-pk")
    ]
    partnership = note.space.partnership if note.space else None
    if partnership and note.stands and not note.folded_at and "trying" in partnership.opened_rooms:
        found.append(
            Beside(
                title=_("Put it into the log of something you are trying"),
                address=reverse("cycles:note-log", args=[note.public_id]),
            )
        )
    return found


def to_look_at(reader: Reader):
    """Return what the reader is asked to look at again: what they began, and what its beginner left to all in it."""
    return perhaps_to_look_at(reader).with_words_for(reader).standing().filter(folded_at=None)


def perhaps_to_look_at(reader: Reader):
    """Return this, and what was taken back, folded or set aside. Few are due, so who began them is asked at once."""
    due = Experiment.objects.filter(space__in=list(reader.spaces)).to_look_at()  # type: ignore[attr-defined]
    return due.begun_by_or_left_to(reader.person)


def asked_to_look_again(reader: Reader) -> list[Asked]:
    """Return what was to be looked at again by now."""
    rows = to_look_at(reader).without_texts().select_related("partnership")
    return [
        Asked(
            title=_("You meant to look at this again on %(day)s")
            % {"day": formats.date_format(row.look_again_on, "l j F")},
            words=row.title,
            where=row.partnership.name if row.partnership else "",
            address=row.get_absolute_url(),
            label=_("Look again"),
        )
        for row in rows
    ]


def to_answer(reader: Reader):
    """Return what the reader is asked to answer, and has not."""
    return perhaps_to_answer(reader).with_words_for(reader).standing().filter(folded_at=None)


def perhaps_to_answer(reader: Reader):
    """Return this, and what was taken back or set aside."""
    mine = Condition.objects.visible_to(reader).asked_of(reader.person)  # type: ignore[attr-defined]
    return mine.unanswered()


def asked_to_answer(reader: Reader) -> list[Asked]:
    """Return what is in somebody's way, and waits for the reader."""
    rows = to_answer(reader).without_texts().select_related("partnership")
    return [
        Asked(
            title=_("Something is in the way, and you are asked"),
            words=row.title,
            where=row.partnership.name if row.partnership else "",
            address=row.get_absolute_url(),
            label=_("Answer"),
        )
        for row in rows
    ]
