"""The same for what stays of a session."""

from datetime import timedelta

from convening.models import Carrying, CommitmentChange, CommitmentState, Outcome, OutcomeVersion

from .breaking import BEFORE, NOW


def outcome(cast, **columns):
    """Give an outcome that would be right but for these columns, of a session that has none."""
    right = {"session": cast["over_session"], "learned": "t", "written_by": cast.fellow, "written_at": NOW}
    return Outcome(**right | columns)


def proposed(cast, **columns):
    right = {"proposed_by": cast.academic, "proposed_at": BEFORE, "agrees_at": NOW + timedelta(days=3)}
    return outcome(cast, **right | columns)


def agreed(cast):
    return Outcome.objects.get(session=cast["agreed_session"])


def version(cast):
    """Give a second row of a version that is kept already."""
    columns = {"outcome": agreed(cast), "number": 1, "words": {}, "written_by": cast.fellow, "written_at": NOW}
    OutcomeVersion.objects.create(**columns)
    return OutcomeVersion(**columns)


def answer(cast):
    columns = {"outcome": agreed(cast), "person": cast.fellow, "may_travel": True, "answered_at": NOW}
    Carrying.objects.create(**columns)
    return Carrying(**columns)


BREAKING = {
    "convening_outcome_proposed_by_somebody_with_a_day": lambda cast: proposed(cast, agrees_at=BEFORE),
    "convening_outcome_stopped_before_its_day_is_over": lambda cast: proposed(cast, stopped_at=NOW + timedelta(days=4)),
    "convening_outcomeversion_once_each": version,
    "convening_carrying_once_each": answer,
    "convening_commitmentchange_only_letting_go_has_a_reason": lambda cast: CommitmentChange(
        commitment=cast["commitment"], state=CommitmentState.DONE, reason="t", by=cast.fellow, made_at=NOW
    ),
}
