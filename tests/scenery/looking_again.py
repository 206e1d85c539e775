"""Sessions that look again, one of everyone and one of peers, and a supervision session with its note."""

from datetime import timedelta

from convening import actions
from desk import drafts
from partnerships.models.intentions import intentions_of
from tests import factories as make

DECIDED = {"verdict": "let_go", "new_words": "", "unintended": "looked words", "why": "It is done."}
KEPT = {
    "lenses": ["eye_1"],
    "shifted": "supervision session words",
    "has_concern": True,
    "concern": "a concern",
    "followed_up": "",
    "followed_up_on": None,
}


def add(cast) -> None:
    """Look again, decide, and keep what a supervision leaves."""
    begun = {"begins_in": timedelta(minutes=-20), "question": ""}
    intention = intentions_of(cast.partnership)[0][0]
    session = make.make_session(
        by=cast.learning_partner, space=cast.everyone, occasion="looking_again", title="Looking session", **begun
    )
    cast.more["looked_evidence"] = actions.add_evidence(
        session=session, intention=intention, record=cast.everyone_note, by=cast.expert
    )
    cast.more["looked_decision"] = actions.look_again(
        session=session, intention=intention, version=0, words=DECIDED, by=cast.expert, key=drafts.new_key()
    )
    cast.more["looked_duty"] = actions.decide(
        session=session,
        about="steward",
        member=make.membership_of(person=cast.academic, partnership=cast.partnership),
        why="She asked to.",
        by=cast.expert,
        key=drafts.new_key(),
    )
    actions.note_tasks(
        session=session,
        version=0,
        answers=[{"task": "hosting", "name": "", "who": "partner", "line": "task words"}],
        by=cast.expert,
        key=drafts.new_key(),
    )
    cast.more["looking_session"], cast.more["looked_intention"] = session, intention
    cast.more["narrow_looking"] = make.make_session(
        by=cast.practitioner, space=cast.peers, occasion="looking_again", title="Narrow looking", **begun
    )
    supervision = make.make_session(
        by=cast.learning_partner, space=cast.supervision_everyone, title="Supervision session", **begun
    )
    for version, shifted in enumerate(("before", KEPT["shifted"])):
        actions.note_supervision(
            session=supervision,
            version=version,
            words=KEPT | {"shifted": shifted},
            by=cast.learning_partner,
            key=drafts.new_key(),
        )
    cast.more["supervision_session"] = supervision
