"""Hidden looking again: a session of others with all that is written there, and a supervision of others."""

from datetime import timedelta

from convening import actions
from desk import drafts
from partnerships.models import Partnership
from tests import factories as make
from tests.cast import Cast

from .hidden_sessions import of_others
from .hidden_words import TITLE, WORDS, first, in_others, second
from .steps import CANARY, hidden

CHANGED = {"verdict": "change", "new_words": CANARY, "unintended": WORDS, "why": CANARY}
KEPT = {
    "lenses": ["eye_1"],
    "shifted": WORDS,
    "has_concern": True,
    "concern": WORDS,
    "followed_up": "",
    "followed_up_on": None,
}


@hidden()
def a_session_of_others_that_looks_again(cast: Cast) -> None:
    """With evidence, a decision and who objects to it, and who does what."""
    session = of_others(cast, begins_in=timedelta(minutes=-30), occasion="looking_again")
    intention = cast["looked_intention"]
    for record in (in_others(cast), cast["peers_note"]):
        actions.add_evidence(session=session, intention=intention, record=record, by=first(cast))
    decision = actions.look_again(
        session=session, intention=intention, version=0, words=CHANGED, by=first(cast), key=drafts.new_key()
    )
    actions.look_again(
        session=session,
        intention=intention,
        version=1,
        words=CHANGED | {"unintended": f"{WORDS}, again"},
        by=second(cast),
        key=drafts.new_key(),
    )
    decision.refresh_from_db()
    actions.object_to_decision(decision=decision, version=2, text=WORDS, by=first(cast), key=drafts.new_key())
    phase = cast.partnership.phases.get(key="working")
    actions.decide(session=session, about="phase", phase=phase, why=CANARY, by=first(cast), key=drafts.new_key())
    answers = [{"task": "", "name": CANARY, "who": "members", "line": CANARY}]
    actions.note_tasks(session=session, version=0, answers=answers, by=second(cast), key=drafts.new_key())


@hidden()
def a_supervision_of_others_with_what_is_kept_of_it(cast: Cast) -> None:
    person, supervisor = make.make_person(name=CANARY), make.make_person(name=CANARY)
    pair = make.make_partnership(by=person, name=f"Kept {CANARY}", kind=Partnership.Kind.SUPERVISION)
    make.make_member(partnership=pair, person=supervisor, learning_partner=True)
    session = make.make_session(
        by=person,
        space=make.everyone_of(partnership=pair),
        title=TITLE,
        text=WORDS,
        begins_in=timedelta(minutes=-30),
    )
    for version in range(2):
        words = KEPT | {"shifted": f"{WORDS} {version}"}
        actions.note_supervision(session=session, version=version, words=words, by=person, key=drafts.new_key())
    for one in (person, supervisor):
        actions.acknowledge(session=session, version=2, by=one)
    again = make.make_session(
        by=person, space=session.space, begins_in=timedelta(minutes=-30), occasion="looking_again", text=WORDS
    )
    phase = pair.phases.get(key="working")
    actions.decide(session=again, about="phase", phase=phase, why=CANARY, by=person, key=drafts.new_key())
