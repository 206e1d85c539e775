"""Who comes to a session: what its host sees of that, what oneself, and what the others."""

from dataclasses import dataclass, field

from partnerships.models import Membership
from partnerships.reader import Reader

from .access import is_host
from .models import Answer, Session

# Below this, a number would tell what somebody answered (docs/access.md, "Counts are content").
FEWEST_OTHERS = 5


@dataclass
class Coming:
    """What a reader sees: their own answer; as host the names; else how many others come, where that hides them."""

    mine: str = ""
    is_host: bool = False
    by_answer: list[tuple[str, list[str]]] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    others: int | None = None


def coming_to(reader: Reader, session: Session) -> Coming:
    """Return what the reader may know of who comes to the session: two queries, however many are asked."""
    members = session.members_now
    answers = {row.person_id: row.answer for row in session.attendees_now if row.answer}
    found = Coming(mine=answers.get(reader.person.pk, ""), is_host=is_host(reader, session))
    if found.is_host:
        found.by_answer = [
            (str(answer.label), _names(members, lambda pk, wanted=answer: answers.get(pk) == wanted))
            for answer in Answer
        ]
        found.unanswered = _names(members, lambda pk: pk not in answers and pk != reader.person.pk)
    elif len(members) - 1 >= FEWEST_OTHERS:
        others = {row.person_id for row in members} - {reader.person.pk}
        found.others = sum(answers.get(pk) == Answer.YES for pk in others)
    return found


def _names(members: list[Membership], wanted) -> list[str]:
    return [row.person.name for row in members if wanted(row.person_id)]
