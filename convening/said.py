"""What sessions and contributions say beside their title and text, as JSON: for former versions and for exports."""

from typing import Any

from .models import Commitment, Contribution, Session


def further_words_of_session(session: Session) -> dict[str, Any]:
    """Return what a session says of when, where and for what."""
    told = {
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "zone": session.zone,
        "occasion": session.occasion,
        "confidentiality": session.confidentiality,
    }
    names = ("activity", "place", "link", "missing", "question", "cancelled_because")
    return told | {name: getattr(session, name) for name in names if getattr(session, name)}


def further_words_of_contribution(contribution: Contribution) -> dict[str, Any]:
    """Return how the author of a contribution wished to be named."""
    return {"wish": contribution.wish}


def further_words_of_commitment(commitment: Commitment) -> dict[str, Any]:
    """Return by when it is to be done, and where it stands."""
    told = {"state": commitment.state}
    return told | ({"due_on": commitment.due_on.isoformat()} if commitment.due_on else {})
