"""Commitments as their readers find them."""

from convening.access import is_host
from convening.models import Commitment, Session
from partnerships.reader import Reader

MOST_ON_HOME = 10


def commitments_to(reader: Reader):
    """Return the commitments that the reader may read, with what lists show of them."""
    return Commitment.objects.visible_to(reader).for_list(reader)  # type: ignore[attr-defined]


def commitments_of(reader: Reader, session: Session) -> list[Commitment]:
    """Return what was taken on at a session: what is open first, the next first. One query."""
    rows = commitments_to(reader).with_what_became().filter(within=session).next_first()
    return sorted(rows, key=lambda row: not row.is_open)


def open_commitments(reader: Reader, session: Session) -> list[Commitment]:
    """Return what was taken on at other sessions of the same space and is open, for the next one's page. One query."""
    if session.space_id not in reader.spaces:
        return []
    rows = commitments_to(reader).with_what_became().open().filter(space=session.space_id).exclude(within=session)
    return list(rows.select_related("within").next_first())


def my_open_commitments(reader: Reader) -> list[Commitment]:
    """Return what the reader has taken on and not done yet, the next first: for home. One query."""
    return list(commitments_to(reader).open().of(reader.person).next_first()[:MOST_ON_HOME])


def may_change(reader: Reader, commitment: Commitment, session: Session | None) -> bool:
    """Say whether the reader marks it done or lets it go: who took it on, and the host of the session it is of."""
    if commitment.space_id not in reader.spaces:
        return False
    return commitment.doer_id == reader.person.pk or (session is not None and is_host(reader, session))
