"""The session that goes on while the demo is looked at: its step, its timer, words that wait for the reveal."""

import tomllib
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from convening import actions
from convening.agenda import finding
from convening.models import AgendaItem, Session, SilentWriting
from desk import drafts
from partnerships.models import Partnership, Space
from partnerships.reader import Reader

from .clock import clock_at
from .words import FOLDER, read_words


def is_on() -> bool:
    """Say whether the demo's session goes on."""
    title = _words()["title"]
    return any(session.is_live for session in Session.objects.filter(title=title, cancelled_at=None))


@transaction.atomic
def begin() -> None:
    """Convene the demo's session and run it up to now, each act at its own moment and by the action of the app."""
    words, now = _words(), timezone.now().replace(second=0, microsecond=0)
    began = now - timedelta(minutes=words["began_minutes_ago"])
    host = _person(words["host"])
    with clock_at(began - timedelta(days=6)):
        session = _convene(words, host, began)
    steps = list(AgendaItem.objects.filter(session=session))

    def go(number: int) -> None:
        actions.go_to_step(session=session, step=steps[number - 1].public_id, by=host)

    with clock_at(began):
        go(1)
    with clock_at(began + timedelta(minutes=12)):
        go(words["revealed"]["step"])
        done = _write(words["revealed"], session, host)
        actions.add_paper_notes(writing=done, lines=words["revealed"]["paper"], by=host, key=drafts.new_key())
    with clock_at(began + timedelta(minutes=20)):
        actions.reveal_writing(writing=done, by=host)
        _sort(words["revealed"], done, host)
        _commit(words["commitment"], session, host)
    with clock_at(now - timedelta(minutes=words["step_minutes_ago"])):
        go(words["step"])
        _write(words["open"], session, host)


def _words() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "live.toml").read_text(encoding="utf-8"))


def _person(key: str) -> User:
    return User.objects.get(email=next(person.email for person in read_words().people if person.key == key))


def _convene(words: dict[str, Any], host: User, began: Any) -> Session:
    name = next(row.name for row in read_words().partnerships if row.key == words["space_of"])
    partnership = Partnership.objects.get(name=name)
    session = actions.convene(
        space=Space.objects.get(partnership=partnership, kind=Space.Kind.EVERYONE),
        by=host,
        key=drafts.new_key(),
        title=words["title"],
        text=words["text"],
        place=words["place"],
        starts_at=began,
        ends_at=began + timedelta(minutes=words["lasts_minutes"]),
        activity="learning_community",
        person_level=2,
        confidentiality="chatham_house",
    )
    agenda = finding.find(Reader(host), partnership, words["agenda"])
    if agenda:
        actions.begin_agenda(session=session, agenda=agenda, by=host)
    return session


def _write(words: dict[str, Any], session: Session, host: User) -> SilentWriting:
    writing = actions.open_writing(
        session=session, question=words["question"], wish="not_named", by=host, key=drafts.new_key()
    )
    for note in words["notes"]:
        actions.contribute(
            to=session,
            writing=writing,
            text=note["text"],
            wish=note["wish"],
            by=_person(note["author"]),
            key=drafts.new_key(),
        )
    return writing


def _sort(words: dict[str, Any], writing: SilentWriting, host: User) -> None:
    signed = {row.text: row.public_id for row in writing.contributions.all()}
    typed = {row.text: row.public_id for row in writing.unsigned_notes.all()}
    for name, notes in words["clusters"].items():
        ids = [typed[note] if isinstance(note, str) else signed[words["notes"][note]["text"]] for note in notes]
        cluster = actions.put_together(writing=writing, notes=ids, cluster="", by=host)
        if cluster:
            actions.name_cluster(cluster=cluster, name=name, by=host)


def _commit(words: dict[str, Any], session: Session, host: User) -> None:
    due_on = timezone.localdate() + timedelta(days=words["due_in_days"])
    doer = _person(words["who"])
    actions.commit(session=session, what=words["what"], doer=doer, due_on=due_on, by=host, key=drafts.new_key())
