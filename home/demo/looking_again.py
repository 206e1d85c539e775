"""What the demo's sessions say of intentions and of who does the learning work; and what is kept of supervision."""

from collections.abc import Callable

from convening import actions
from convening.models import Session
from partnerships.models import Intention

from .story import Story, form_key
from .words import WordsError
from .words_sessions import SessionWords, SupervisionWords, VerdictWords

SAID, ACKNOWLEDGED = 0.4, 1.5


def tell(words: SessionWords, add: Callable[..., None]) -> None:
    """Put on the line what one session says."""
    for verdict in words.verdict:
        add(words.days_ago, words.ends + SAID, _look_again, words, verdict)
    if words.tasks:
        add(words.days_ago, words.ends + SAID, _note_tasks, words)
    for supervision in words.supervision:
        add(words.days_ago, words.ends + SAID, _supervise, words, supervision)
        for person in supervision.acknowledged:
            add(words.days_ago, words.ends + ACKNOWLEDGED, _acknowledge, words, person)


def _session(story: Story, words: SessionWords) -> Session:
    return Session.objects.select_related("space__partnership", "partnership").get(pk=story.sessions[words.key].pk)


def _look_again(story: Story, words: SessionWords, verdict: VerdictWords) -> None:
    session = _session(story, words)
    intentions = Intention.objects.current().filter(partnership=session.partnership)
    intention = intentions.filter(text__startswith=verdict.intention).first()
    if intention is None:
        raise WordsError(f"No intention begins with “{verdict.intention}”.")
    said = {name: getattr(verdict, name) for name in ("verdict", "new_words", "unintended", "why")}
    key = form_key(f"{words.key}-{verdict.intention}")
    by = story.person(verdict.by)
    actions.look_again(session=session, intention=intention, version=0, words=said, by=by, key=key)


def _note_tasks(story: Story, words: SessionWords) -> None:
    answers = [{"task": task, "name": "", "who": who, "line": line} for task, who, line in words.tasks]
    session, key = _session(story, words), form_key(f"{words.key}-tasks")
    actions.note_tasks(session=session, version=0, answers=answers, by=story.person(words.host), key=key)


def _supervise(story: Story, words: SessionWords, kept: SupervisionWords) -> None:
    said = {
        "lenses": kept.lenses,
        "shifted": kept.shifted,
        "has_concern": bool(kept.concern),
        "concern": kept.concern,
        "followed_up": kept.followed_up,
        "followed_up_on": story.line.day(words.days_ago) if kept.followed_up else None,
    }
    session, key = _session(story, words), form_key(f"{words.key}-kept")
    actions.note_supervision(session=session, version=0, words=said, by=story.person(kept.by), key=key)


def _acknowledge(story: Story, words: SessionWords, person: str) -> None:
    session = _session(story, words)
    version = session.supervision_note.version
    actions.acknowledge(session=session, version=version, by=story.person(person))
