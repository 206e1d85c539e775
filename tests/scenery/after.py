"""What stays of sessions: who was there, what came of it, and who does what."""

from datetime import timedelta

from django.utils import timezone

from convening import actions
from convening.models import Confidentiality
from tests import factories as make
from tests.convening import after_made


def add(cast) -> None:
    """Hold sessions in the peers' space: noted, proposed, objected to, agreed, and one under the Chatham House Rule."""
    for name in ("noted", "proposed", "objected", "agreed"):
        session = make.make_session(
            by=cast.academic, space=cast.peers, title=f"Session {name}", begins_in=timedelta(days=-3)
        )
        cast.more[f"{name}_session"] = session
        after_made.note(session, by=cast.fellow, learned=f"what was learned, {name}")
        if name != "noted":
            after_made.propose(session, by=cast.academic)
    after_made.object_to(cast["objected_session"], by=cast.fellow, text="words of an objection")
    present = [cast.fellow.public_id, cast.practitioner.public_id]
    actions.note_attendance(session=cast["agreed_session"], present=present, by=cast.academic)
    after_made.let_its_day_pass(cast["agreed_session"])
    cast.more["house_session"] = make.make_session(
        by=cast.academic,
        space=cast.peers,
        title="Session under the rule",
        begins_in=timedelta(days=-3),
        confidentiality=Confidentiality.CHATHAM_HOUSE,
    )
    actions.note_attendance(session=cast["house_session"], present=[cast.fellow.public_id], by=cast.academic)
    cast.more["commitment"] = after_made.commit(
        cast["agreed_session"], by=cast.academic, doer=cast.fellow, due_on=timezone.localdate()
    )
    cast.more["done_commitment"] = after_made.commit(
        cast["agreed_session"], by=cast.academic, doer=cast.practitioner, what="Print the list"
    )
    actions.finish_commitment(commitment=cast["done_commitment"], by=cast.practitioner)
