"""The demo's sessions: convened, answered, written for, held, noted, agreed on, and followed up, or not."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from convening import actions
from convening.agenda import finding
from convening.agenda.built_in import Agenda
from convening.models import AgendaOffer, Commitment, Session
from partnerships.reader import Reader

from . import looking_again
from .story import Story, form_key
from .words import WordsError
from .words_sessions import CommitmentWords, OutcomeWords, SessionWords

# Hours after the session's end, on the same day; and what happens on the days after.
TICKED, NOTED, TAKEN_ON = 0.25, 0.5, 0.75
MORNING, NOON, EVENING = 9.25, 12.25, 18.25


def tell(story: Story) -> None:
    """Put each session on the line, as far as its days have come."""
    for words in story.words.sessions:
        about = f'session "{words.key}"'

        def add(days_ago: int, hour: float, do: Callable[..., Any], *given: Any, about: str = about) -> None:
            if days_ago >= 0:
                story.line.add(days_ago, hour, about, partial(do, story, *given))

        _before(words, add)
        if words.cancelled_days_ago is None and words.days_ago > 0:
            _after(words, add)


def _before(words: SessionWords, add: Callable[..., None]) -> None:
    add(words.convened_days_ago, MORNING, _convene, words)
    answered = max(words.convened_days_ago - 1, 0)
    for person, answer in words.answers.items():
        add(answered, NOON, _answer, words, person, answer)
    for number in range(len(words.contribution)):
        add(answered, EVENING + number / 60, _contribute, words, number)
    for offer in words.offers:
        add(answered, EVENING + 0.5, _offer, words, *offer)
    if words.cancelled_days_ago is not None:
        add(words.cancelled_days_ago, NOON, _cancel, words)


def _after(words: SessionWords, add: Callable[..., None]) -> None:
    if words.contribution:
        add(words.days_ago, words.starts + 0.25, _reveal, words)
    if words.present:
        add(words.days_ago, words.ends + TICKED, _tick, words)
    for outcome in words.outcome:
        add(words.days_ago, words.ends + NOTED, _note, words, outcome)
        if outcome.last_day_days_ago is not None:
            _agree(words, outcome, add)
    looking_again.tell(words, add)
    for commitment in words.commitment:
        _follow(words, commitment, add)


def _agree(words: SessionWords, outcome: OutcomeWords, add: Callable[..., None]) -> None:
    last_day = outcome.last_day_days_ago or 0
    proposed = words.days_ago - 1
    if outcome.objects:
        add(proposed, MORNING, _propose, words, proposed - 7)
        add(proposed - 1, EVENING, _object, words, outcome)
        add(proposed - 2, MORNING, _amend, words, outcome)
        proposed -= 2
    add(proposed, NOON, _propose, words, last_day)
    for person in outcome.may_travel:
        add(last_day - 1, NOON, _let_travel, words, person)


def _follow(words: SessionWords, commitment: CommitmentWords, add: Callable[..., None]) -> None:
    add(words.days_ago, words.ends + TAKEN_ON, _commit, words, commitment)
    if commitment.done_days_ago is not None:
        add(commitment.done_days_ago, EVENING, _finish, commitment)
    for number, (days_ago, reason) in enumerate(commitment.let_go):
        if number:
            # Taken up again some days before it was let go once more.
            add(int(days_ago) + 4, MORNING, _take_up, commitment)
        add(int(days_ago), EVENING, _let_go, commitment, number, reason)


def _convene(story: Story, words: SessionWords) -> None:
    starts_at, ends_at = (story.line.moment(words.days_ago, hour) for hour in (words.starts, words.ends))
    session = actions.convene(
        space=story.space(words.space, partnership=words.partnership),
        by=story.person(words.host),
        key=form_key(words.key),
        title=words.title,
        text=words.text,
        starts_at=starts_at,
        ends_at=ends_at,
        place=words.place,
        link=words.link,
        question=words.question,
        occasion=words.occasion,
        activity=words.activity,
        person_level=words.level,
        confidentiality=words.confidentiality,
        missing=words.missing,
    )
    story.sessions[words.key] = session
    if words.agenda:
        actions.begin_agenda(session=session, agenda=_agenda(session, words.agenda), by=session.host)
    if words.repeated:
        days = [session.day + timedelta(weeks=week) for week in range(words.repeated)]
        actions.repeat_session(session=session, rhythm="weekly", days=days, hosts=[], by=session.host)


def _agenda(session: Session, key: str) -> Agenda:
    place = session.partnership
    found = finding.find(Reader(session.host), place, key) if place else None
    if found is None:
        raise WordsError(f"There is no agenda {key!r}.")
    return found


def _session(story: Story, words: SessionWords) -> Session:
    """Return the session as it is at that time."""
    return Session.objects.select_related("space__partnership", "partnership", "host").get(
        pk=story.sessions[words.key].pk
    )


def _answer(story: Story, words: SessionWords, person: str, answer: str) -> None:
    actions.answer_session(session=_session(story, words), answer=answer, by=story.person(person))


def _contribute(story: Story, words: SessionWords, number: int) -> None:
    said = words.contribution[number]
    key = form_key(f"{words.key}-{said.author}-{number}")
    to = _session(story, words)
    actions.contribute(to=to, text=said.text, wish=said.wish, by=story.person(said.author), key=key)


def _offer(story: Story, words: SessionWords, person: str, title: str, wants: str) -> None:
    session = _session(story, words)
    said = {"kind": "situation", "title": title, "text": "", "wants": wants, "minutes": 25}
    actions.offer_item(session=session, words=said, by=story.person(person), key=form_key(f"{words.key}-offer"))
    if words.days_ago > 0:
        actions.accept_offer(offer=AgendaOffer.objects.get(session=session, title=title), by=session.host)


def _cancel(story: Story, words: SessionWords) -> None:
    session, key = _session(story, words), form_key(f"{words.key}-cancelled")
    actions.cancel_session(session=session, because=words.cancelled_because, by=session.host, key=key)


def _reveal(story: Story, words: SessionWords) -> None:
    session = _session(story, words)
    actions.reveal(session=session, by=session.host)


def _tick(story: Story, words: SessionWords) -> None:
    session = _session(story, words)
    present = [story.person(key).public_id for key in words.present]
    actions.note_attendance(session=session, present=present, by=session.host)


def _note(story: Story, words: SessionWords, outcome: OutcomeWords) -> None:
    actions.note_outcome(
        session=_session(story, words),
        version=0,
        words=_said(outcome),
        by=story.person(outcome.noted_by),
        key=form_key(f"{words.key}-noted"),
    )


def _said(outcome: OutcomeWords) -> dict[str, str]:
    return {
        "learned": outcome.learned,
        "will_try": outcome.will_try,
        "questions": outcome.questions,
        "we_assumed": outcome.before,
        "we_now_assume": outcome.now,
    }


def _propose(story: Story, words: SessionWords, last_day: int) -> None:
    session = _session(story, words)
    version = session.outcome.version
    actions.propose_outcome(session=session, version=version, last_day=story.line.day(last_day), by=session.host)


def _object(story: Story, words: SessionWords, outcome: OutcomeWords) -> None:
    session, key = _session(story, words), form_key(f"{words.key}-objection")
    by = story.person(outcome.objects)
    actions.object_to_outcome(session=session, version=session.outcome.version, text=outcome.objection, by=by, key=key)


def _amend(story: Story, words: SessionWords, outcome: OutcomeWords) -> None:
    session, said = _session(story, words), _said(outcome)
    for before, after in outcome.amended:
        said = {name: text.replace(before, after) for name, text in said.items()}
    key = form_key(f"{words.key}-amended")
    actions.note_outcome(session=session, version=session.outcome.version, words=said, by=session.host, key=key)


def _let_travel(story: Story, words: SessionWords, person: str) -> None:
    actions.answer_carrying(session=_session(story, words), may_travel=True, by=story.person(person))


def _commit(story: Story, words: SessionWords, commitment: CommitmentWords) -> None:
    due_on = None if commitment.due_days_ago is None else story.line.day(commitment.due_days_ago)
    session = _session(story, words)
    key = form_key(f"{words.key}-{commitment.what}")
    actions.commit(
        session=session,
        what=commitment.what,
        doer=story.person(commitment.who),
        due_on=due_on,
        by=session.host,
        key=key,
    )


def _commitment(commitment: CommitmentWords) -> Commitment:
    return Commitment.objects.get(title=commitment.what)


def _finish(story: Story, commitment: CommitmentWords) -> None:
    actions.finish_commitment(commitment=_commitment(commitment), by=story.person(commitment.who))


def _let_go(story: Story, commitment: CommitmentWords, number: int, reason: str) -> None:
    row, key = _commitment(commitment), form_key(f"{commitment.what}-let-go-{number}")
    actions.let_go(commitment=row, reason=reason, by=story.person(commitment.who), key=key)


def _take_up(story: Story, commitment: CommitmentWords) -> None:
    actions.take_up_again(commitment=_commitment(commitment), by=story.person(commitment.who))
