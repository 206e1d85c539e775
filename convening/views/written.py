"""What was written for a session, as its page shows it."""

from typing import Any

from convening.access import contributions_to
from convening.forms import ContributionForm
from convening.models import Session
from partnerships.http import SignedInRequest


def written_for(request: SignedInRequest, session: Session) -> dict[str, Any]:
    """Return the box to write in, one's own words that nobody sees yet, and what all in the space read."""
    rows = list(contributions_to(request.reader, session).filter(writing=None))
    form = None
    if session.question and session.takes_words and session.space_id in request.reader.spaces:
        form = ContributionForm(request, reader=request.reader, session=session)
        form.auto_id = "write_%s"
    return {
        "writing": form,
        "unseen": [row for row in rows if row.is_private],
        "revealed": [row for row in rows if not row.is_private],
    }
