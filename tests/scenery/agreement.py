"""What the stage holds about the agreement, research, supervision and worries."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from desk import drafts
from partnerships.actions.agreements import add_study
from partnerships.actions.concerns import name_contact
from partnerships.actions.supervision import bring_partnerships, note_meeting
from tests import factories as make


def add(cast: Any) -> None:
    """Put it on stage, by the actions that the app has."""
    cast.more["agreement"] = make.make_agreement(
        partnership=cast.partnership, by=cast.steward, text="We come here to learn.", safety="Ring the duty line."
    )
    cast.more["agreement_draft"] = make.make_agreement_draft(
        partnership=cast.partnership, by=cast.learning_partner, text="We come here to learn, and to be changed by it."
    )
    cast.more["study"] = add_study(
        partnership=cast.partnership,
        words={
            "title": "What waiting does",
            "institution": "University of the Estuary",
            "approval": "Committee B, 2026-14",
            "information": "What it is for, and what is used.",
            "last_day_on": timezone.localdate() + timedelta(days=200),
        },
        key=drafts.new_key(),
        by=cast.steward,
    )
    name_contact(partnership=cast.partnership, name="Maria Outside", email="maria@elsewhere.example", by=cast.steward)
    cast.partnership.refresh_from_db()
    mine = make.membership_of(person=cast.learning_partner, partnership=cast.supervision)
    bring_partnerships(membership=mine, partnerships=[cast.partnership], by=cast.learning_partner)
    cast.more["meeting"] = note_meeting(partnership=cast.supervision, met_on=date(2026, 1, 15), by=cast.supervisor)
