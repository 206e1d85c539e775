"""The same for what sessions that look again say and decide, and for supervision."""

from typing import Any

from convening.models import Acknowledgement, Decision, Evidence, FormerNote, SupervisionNote, TasksNow
from tests import factories as make

from .breaking import NOW


def by(cast) -> dict[str, Any]:
    return {"written_by": cast.practitioner, "written_at": NOW}


def decision(cast, **columns):
    """Give a decision on an intention that would be right but for these columns."""
    right = {"session": cast["narrow_looking"], "about": "intention", "intention": cast["looked_intention"]}
    return Decision(**right | by(cast) | columns)


def acknowledgement(cast):
    Acknowledgement.objects.create(note=note_of(cast), person=cast.supervisor, version=2, made_at=NOW)
    return Acknowledgement(note=note_of(cast), person=cast.supervisor, version=2, made_at=NOW)


def note_of(cast):
    return SupervisionNote.objects.get(session=cast["supervision_session"])


def note(cast, **columns):
    return SupervisionNote(session=cast["narrow_looking"], **by(cast), **columns)


def evidence(cast):
    row = cast["looked_evidence"]
    return Evidence(decision=row.decision, record=row.record, added_by=cast.expert, added_at=NOW)


def former(cast):
    return FormerNote(session=cast["supervision_session"], part="supervision", number=1, words={}, **by(cast))


def about_two_things(cast):
    return decision(cast, member=make.membership_of(person=cast.expert, partnership=cast.partnership))


BREAKING = {
    "convening_decision_once_for_each_intention": lambda cast: decision(cast, session=cast["looking_session"]),
    "convening_decision_is_about_one_thing": about_two_things,
    "convening_decision_has_new_words_if_it_changes": lambda cast: decision(cast, verdict="change"),
    "convening_decision_carried_out_by_somebody": lambda cast: decision(cast, carried_out_at=NOW),
    "convening_evidence_once_each": evidence,
    "convening_formernote_once_each": former,
    "convening_tasksnow_has_a_version": lambda cast: TasksNow(
        session=cast["narrow_looking"], answers=[], version=0, **by(cast)
    ),
    "convening_supervisionnote_says_what_the_concern_is": lambda cast: note(cast, has_concern=True),
    "convening_supervisionnote_followed_up_on_a_day": lambda cast: note(
        cast, has_concern=True, concern="One.", followed_up="Talked."
    ),
    "convening_acknowledgement_once_each": acknowledgement,
}
