"""What the page of a session shows from its start on: who was there, what came of it, who does what by when."""

from typing import Any

from convening.access import is_host
from convening.after.attendance import attendance_to
from convening.after.commitments import commitments_at
from convening.after.outcomes import outcome_of, passages_of, why_fixed
from convening.forms import AttendanceForm, CommitmentForm
from convening.models import Session
from partnerships.http import SignedInRequest


def shown(request: SignedInRequest, session: Session) -> dict[str, Any]:
    """Return what stays of a session as its page shows it; nothing before its start, nor while it is set aside.

    Until it is over, what was taken on at earlier sessions of its space comes along, for its agenda.
    """
    here, earlier = commitments_at(request.reader, session)
    if not session.has_started or session.set_aside_at or session.space is None:
        return {"after": None, "open_commitments": earlier}
    reader = request.reader
    hosts = is_host(reader, session)
    attendance = attendance_to(reader, session)
    outcome = outcome_of(reader, session)
    takes_notes = not session.is_cancelled and session.space.is_open
    form = None
    if takes_notes:
        form = CommitmentForm(request, session=session, members=session.members_now)
        form.auto_id = "commit_%s"
    after = {
        "attendance": attendance,
        "ticking": AttendanceForm(None, boxes=attendance.boxes) if hosts else None,
        "outcome": outcome,
        "passages": passages_of(outcome) if outcome else [],
        "objections": outcome.objections_now if outcome and outcome.is_objected_to else [],
        "may_note": takes_notes and not why_fixed(outcome, is_host=hosts),
        "is_asked": bool(outcome and outcome.is_agreed and attendance.mine),
        "commitments": here,
        "commitment_form": form,
    }
    return {"after": after, "open_commitments": earlier}
