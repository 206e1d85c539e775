"""What the notes of a session said before, for those who read the session."""

from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from convening.models import Decision, FormerNote, Lens, Session

from .supervision import in_boxes
from .tasks import said_now_in


@dataclass(frozen=True)
class Former:
    """One note before it was changed: which, by whom, and its words, box by box."""

    about: str
    note: FormerNote
    passages: list[tuple[str, str]]


def former_notes(session: Session) -> list[Former]:
    """Return the former notes of a session, the last first. Two queries."""
    names = {
        row.public_id: row.intention.text
        for row in Decision.objects.filter(session=session, intention__isnull=False).select_related("intention")
        if row.intention
    }
    notes = FormerNote.objects.filter(session=session).select_related("written_by")
    return [Former(_about(note, names), note, _passages(note)) for note in notes]


def _about(note: FormerNote, names: dict[str, str]) -> str:
    if note.part == "tasks":
        return _("Who does this now")
    return _("Supervision") if note.part == "supervision" else names.get(note.part, "")


def _passages(note: FormerNote) -> list[tuple[str, str]]:
    words: dict[str, Any] = note.words
    if note.part == "tasks":
        return [(task, ". ".join(filter(None, (who, line)))) for task, who, line in said_now_in(words["answers"])]
    if note.part == "supervision":
        day = in_boxes(words)["followed_up_on"]
        found = {
            _("Looked at it by"): ", ".join(str(lens.label) for lens in Lens if lens.value in words["lenses"]),
            _("What shifted"): words["shifted"],
            _("Concern"): words["concern"],
            _("What was done"): words["followed_up"],
            _("When that was"): formats.date_format(day, "j F Y") if day else "",
        }
    else:
        verdict = Decision.Verdict(words["verdict"]).label if words["verdict"] else ""
        found = {
            _("What came that nobody intended"): words["unintended"],
            _("What becomes of it"): str(verdict),
            _("How it reads from now on"): words["new_words"],
            _("Why"): words["why"],
        }
    return [(label, text) for label, text in found.items() if text]
