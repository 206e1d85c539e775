"""Commitments as their readers find them."""

from django.db.models import Q

from convening.access import is_host
from convening.models import Commitment, CommitmentState, Session
from partnerships.reader import Reader

MOST_ON_HOME = 10


def commitments_to(reader: Reader):
    """Return the commitments that the reader may read, with what lists show of them."""
    return Commitment.objects.visible_to(reader).for_list(reader)  # type: ignore[attr-defined]


def commitments_at(reader: Reader, session: Session) -> tuple[list[Commitment], list[Commitment]]:
    """Return what was taken on at a session, open first, and until it is over what is open from others of its space.

    One query; of both the next first.
    """
    wanted = Q(within=session)
    if session.takes_words and session.space_id in reader.spaces:
        wanted |= Q(space=session.space_id, state=CommitmentState.OPEN)
    rows = list(commitments_to(reader).with_what_became().filter(wanted).next_first())
    here = [row for row in rows if row.within_id == session.pk]
    return sorted(here, key=lambda row: not row.is_open), [row for row in rows if row.within_id != session.pk]


def my_open_commitments(reader: Reader) -> list[Commitment]:
    """Return what the reader has taken on and not done yet, the next first: for home. One query."""
    return list(commitments_to(reader).open().of(reader.person).next_first()[:MOST_ON_HOME])


def may_change(reader: Reader, commitment: Commitment, session: Session | None) -> bool:
    """Say whether the reader marks it done or lets it go: who took it on, and the host of the session it is of."""
    if commitment.space_id not in reader.spaces:
        return False
    return commitment.doer_id == reader.person.pk or (session is not None and is_host(reader, session))
