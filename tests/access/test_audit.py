"""Each change of state adds one audit event, neither none nor two: asked of every right POST of the matrix.

Each is sent once, by one who may, and taken back.
"""

from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse

from accounts.my_data.actions import ask_for_export
from convening import actions as convening_actions
from convening.agenda import BUILT_IN
from conversing.actions import mute_conversation
from desk.models import AuditEvent
from partnerships import actions
from partnerships.models import Invitation
from records import actions as record_actions
from reflections.actions.prompts import retire_prompts, use_prompts_again
from tests import factories as make
from tests.partnerships.test_deeds import ALSO, actions_recorded

from .asking import Browsers, ask, undone, watched
from .matrix import MEMBERS_OF
from .rows import ROWS

# They share what takes long to set up.
pytestmark = pytest.mark.xdist_group("audit")

# Where a change alone is no change of state that anybody else could ask about.
NOT_AUDITED = {
    "desk_draft": "A draft is its author's alone, is saved every few seconds, and nobody is told that there is one.",
    "records_attachment": "A file waits in a form; what happens to it is the saving of the form.",
}
# Which POSTs add another number of events than one, and why.
EXCEPTIONS = {
    "convening:session-repeat everyone_session": (3, "Each session that is made has its agenda begun as well."),
    "convening:session-repeat peers_session": (3, "Each session that is made has its agenda begun as well."),
    "convening:session-cancel a series": (4, "Four sessions are cancelled, each as one of its own."),
    "convening:decision-carry-out an intention": (2, "The intention is changed, and the decision carried out."),
    "convening:guest-join others'": (0, "Guests have no account, and are forgotten: nobody did it."),
    "convening:guest-write their own": (0, "Guests have no account, and are forgotten: nobody did it."),
    "convening:guest-note their own": (0, "Guests have no account, and are forgotten: nobody did it."),
    **{
        f"cycles:{form} {place}": (2, "The first of its sort is begun, and opens its room for all members.")
        for form in ("cycle-new", "activity-new")
        for place in MEMBERS_OF
    },
    **{
        f"conversing:{form} {place}": (2, "The first of its sort is begun, and opens its room for all members.")
        for form in ("tension-new", "conversation-new")
        # Where there are some already, the rooms are open.
        for place in MEMBERS_OF.keys() - {"partnership"}
    },
    **{
        f"curating:library-new {place}": (2, "The first is brought in, and opens the library for all members.")
        for place in MEMBERS_OF.keys() - {"partnership"}
    },
    **{
        f"landscape:pattern-new {place}": (2, "The first pattern is written down, and opens the room for all members.")
        for place in MEMBERS_OF.keys() - {"partnership"}
    },
    "records:suggestion-answer suggestion": (2, "The note is changed, and the question is answered: two things."),
}
# What no right POST of the matrix does, in its first words; done by the action itself below.
DIRECTLY = {
    "agenda.begin": lambda cast: partial(
        convening_actions.begin_agenda, session=cast["power_line_session"], agenda=BUILT_IN[0], by=cast.manager
    ),
    "agenda_template.use_again": lambda cast: partial(
        convening_actions.use_agenda_again, template=_put_away(cast), by=cast.steward
    ),
    "session.acknowledge": lambda cast: partial(
        convening_actions.acknowledge,
        session=cast["supervision_session"],
        version=cast["supervision_session"].supervision_note.version,
        by=cast.learning_partner,
    ),
    "session.shut_guests_out": lambda cast: partial(
        convening_actions.shut_guests_out, session=cast["guest_session"], by=cast.peers_more[0]
    ),
    "session.take_out": lambda cast: partial(
        convening_actions.take_out,
        writing=cast["revealed_writing"],
        notes=[cast["live_notes"][0].public_id],
        by=cast.fellow,
    ),
    "session.reveal": lambda cast: partial(
        convening_actions.reveal,
        session=make.make_session(by=cast.academic, space=cast.peers, begins_in=timedelta(minutes=-5)),
        by=cast.academic,
    ),
    "conversation.unmute": lambda cast: partial(
        mute_conversation, conversation=_muted(cast), muted=False, by=cast.fellow
    ),
    "calendar.feed_off": lambda cast: partial(convening_actions.switch_feed_off, by=cast.fellow),
    "account.open": lambda cast: make.make_person,
    "account.export": lambda cast: partial(ask_for_export, by=cast.fellow),
    "admission.accept": lambda cast: partial(actions.accept_admission, admission=_asked_in(cast), by=cast.manager),
    "admission.decline": lambda cast: partial(actions.decline_admission, admission=_asked_in(cast), by=cast.manager),
    "membership.begin": lambda cast: partial(
        make.make_member, partnership=cast.partnership, person=cast.outsider, by=cast.steward
    ),
    "membership.change_own_words": lambda cast: partial(
        actions.change_own_words,
        membership=make.membership_of(person=cast.fellow, partnership=cast.partnership),
        own_words="Walks the streets",
        by=cast.fellow,
    ),
    # Only after the password once more, which the browsers here do not type.
    "membership.hand_over": lambda cast: partial(
        actions.hand_over,
        giving=make.membership_of(person=cast.learning_partner, partnership=cast.partnership),
        taking=make.membership_of(person=cast.fellow, partnership=cast.partnership),
        by=cast.steward,
    ),
    "organisation.affiliate": lambda cast: partial(
        actions.affiliate, person=cast.outsider, organisation=cast.provider, by=cast.orgadmin
    ),
    "partnership.open": lambda cast: partial(actions.open_partnership, partnership=cast.unopened, by=cast.steward),
    "prompts.use_again": lambda cast: partial(use_prompts_again, prompt_set=_retired(cast), by=cast.academic),
    "response.put_back": lambda cast: partial(
        record_actions.put_back, _folded(cast), reason="It is known.", key="back", by=cast.fellow
    ),
    "response.set_aside": lambda cast: partial(make.set_aside, record=cast.response, by=cast.practitioner),
    "response.lift": lambda cast: partial(record_actions.lift, _set_aside(cast), by=cast.practitioner),
    "shelf.move": lambda cast: partial(actions.move_on_shelf, item=cast["shelf_item"], up=False, by=cast.steward),
}
# Counted elsewhere, or done by nobody.
ELSEWHERE = {
    "account.erase": "tests/accounts/my_data/test_erasing.py",
    "invitation.accept": "below: the invitation is used, and a membership begins",
    # A response is shared from the first: it is neither shared by itself, nor deleted, nor undone.
    "response.delete": "nobody can",
    "response.share": "nobody can",
    "response.undo_share": "nobody can",
    # By the actions that are walked through with notes and responses.
    **{f"{kind}.{verb}": "as of notes" for kind, verbs in ALSO.items() for verb in verbs},
}


def _asked_in(cast):
    membership = make.membership_of(person=cast.manager, partnership=cast.partnership)
    space = make.make_space(partnership=cast.partnership, by=cast.practitioner)
    return actions.ask_in(space=space, membership=membership, by=cast.practitioner, still_peers=True)


def _muted(cast):
    mute_conversation(conversation=cast["conversation"], muted=True, by=cast.fellow)
    return cast["conversation"]


def _put_away(cast):
    convening_actions.put_agenda_away(template=cast["own_agenda"], by=cast.steward)
    return cast["own_agenda"]


def _retired(cast):
    retire_prompts(prompt_set=cast["lens"], by=cast.academic)
    return cast["lens"]


def _folded(cast):
    make.fold(record=cast.response, by=cast.practitioner)
    cast.response.refresh_from_db()
    return cast.response


def _set_aside(cast):
    make.set_aside(record=cast.response, by=cast.practitioner)
    return cast.response


@pytest.fixture(scope="module")
def browsers(_gathered, django_db_blocker):
    """Give the cast's sessions for the whole module."""
    with django_db_blocker.unblock():
        return Browsers(_gathered)


def walk(cast, browsers):
    """Send each right POST; give its row, the status, the tables that it changed, and the events that it added."""
    last = AuditEvent.objects.latest("pk").pk
    for row in ROWS:
        if not (row.body and row.who_posts):
            continue
        url = reverse(row.name, args=row.args(cast)) + row.query(cast)
        with undone(), watched() as written:
            response = ask(browsers.of(sorted(row.who_posts)[0]), "POST", url, body=row.body(cast))
            added = [event.action for event in AuditEvent.objects.filter(pk__gt=last).order_by("pk")]
        tables = {statement.split('"')[1] for statement in written if '"' in statement}
        yield str(row), response.status_code, tables - NOT_AUDITED.keys(), added


def faults_in(walked):
    for name, status, tables, added in walked:
        expected = 1 if tables and status < 400 else 0
        expected, _why = EXCEPTIONS.get(name, (expected, ""))
        if len(added) != expected:
            yield f"{name}: {status}, changed {sorted(tables)}, and added {added or 'no event'}"


@pytest.mark.once
@pytest.mark.slow
def test_one_event_for_each_change(cast, browsers):
    walked = list(walk(cast, browsers))
    faults = list(faults_in(walked))
    assert not faults, "\n".join(faults)
    assert EXCEPTIONS.keys() <= {name for name, *_rest in walked}
    reached = {action for *_rest, added in walked for action in added}
    recorded = {action for action, _where in actions_recorded()}
    missing = recorded - reached - DIRECTLY.keys() - ELSEWHERE.keys()
    assert not missing, f"nothing here does {sorted(missing)}"


@pytest.mark.parametrize("action", DIRECTLY)
def test_one_event_for_what_has_no_row_of_its_own(cast, action):
    do = DIRECTLY[action](cast)
    last = AuditEvent.objects.latest("pk").pk
    do()
    assert list(AuditEvent.objects.filter(pk__gt=last).values_list("action", flat=True)) == [action]


def test_an_accepted_invitation_is_two_changes(cast):
    invitation = next(row for row in cast.more.values() if is_open(row))
    person = make.make_person(email=invitation.email)
    last = AuditEvent.objects.latest("pk").pk
    actions.accept_invitation(invitation=invitation, by=person)
    added = list(AuditEvent.objects.filter(pk__gt=last).values_list("action", flat=True))
    assert sorted(added) == ["invitation.accept", "membership.begin"]


def is_open(row):
    return isinstance(row, Invitation) and row.partnership_id and row.withdrawn_at is None


def test_the_walk_finds_an_event_too_few_and_one_too_many():
    one = ("a row", 302, {"records_record"}, ["reflection.edit"])
    assert list(faults_in([one])) == []
    assert list(faults_in([(*one[:3], [])])) and list(faults_in([(*one[:3], ["a", "b"])]))
    assert list(faults_in([("refused", 422, set(), ["a"])]))
