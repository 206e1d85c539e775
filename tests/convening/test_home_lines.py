"""What home asks of a host and of members: offers for an agenda, and decisions that stand until somebody objects."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from convening import actions
from convening.agenda.news import offered_line
from convening.models import Decision, Session
from desk.models import Notice
from partnerships.asked import asked_of
from partnerships.models import Mute
from partnerships.reader import Reader
from tests import factories as make
from tests.scenery.agenda import offer

from .looking import OPEN, held, intention_in, look, stood

CANARY = "a door that stays shut on Thursdays"


@pytest.fixture
def session(cast):
    return make.make_session(by=cast.practitioner, space=cast.peers, title="Open to offers")


@pytest.fixture
def offered(cast, session):
    return offer(session=session, by=cast.fellow, title=CANARY)


@pytest.fixture
def looking(cast):
    return held(cast)


def asked(person, session):
    """Return what home asks of the person about the session, but whether they come."""
    return [row.title for row in asked_of(Reader(person)) if row.words == session.title]


def line(person, session):
    return offered_line(person, session.public_id)


def told(session):
    return set(Notice.objects.filter(kind="agenda_offer", about=session.public_id).values_list("person", flat=True))


# Offers ---------------------------------------------------------------------------------------------------------


def test_home_asks_the_host_alone_once_for_a_session(cast, client_for, session, offered):
    offer(session=session, by=cast.academic)
    (title,) = asked(cast.practitioner, session)
    assert "offered for the agenda" in title
    for other in (cast.fellow, cast.academic, cast.consultant, cast.steward, cast.outsider):
        assert asked(other, session) == []
    page = client_for(cast.practitioner).get(reverse("home:home")).content.decode()
    assert f"{reverse('convening:agenda-edit', args=[session.public_id])}#offers" in page
    assert CANARY not in page


@pytest.mark.parametrize("answer", ["accept", "decline", "take back", "leave", "cancel", "end"])
def test_it_asks_no_more_once_nothing_waits(cast, session, offered, answer):
    assert asked(cast.practitioner, session) and line(cast.practitioner, session)
    if answer == "accept":
        actions.accept_offer(offer=offered, by=cast.practitioner)
    elif answer == "decline":
        actions.decline_offer(offer=offered, answer="Next month.", by=cast.practitioner)
    elif answer == "take back":
        actions.take_offer_back(offer=offered, by=cast.fellow)
    elif answer == "leave":
        make.end_membership(person=cast.fellow, partnership=cast.partnership)
    elif answer == "cancel":
        actions.cancel_session(session=session, because="Nobody can.", by=cast.practitioner, key="c")
    else:
        past = timezone.now() - timedelta(hours=3)
        Session.objects.filter(pk=session.pk).update(starts_at=past, ends_at=past + timedelta(hours=1))
    assert asked(cast.practitioner, session) == []
    assert line(cast.practitioner, session) is None


def test_it_asks_who_hosts_it_now(cast, session, offered):
    fellow = make.membership_of(person=cast.academic, partnership=cast.partnership)
    actions.hand_over_hosting(session=session, to=fellow, by=cast.practitioner)
    assert asked(cast.practitioner, session) == []
    assert asked(cast.academic, session)
    assert line(cast.practitioner, session) is None


def test_the_host_is_told_by_mail_where_and_not_what(cast, session, offered):
    assert told(session) == {cast.practitioner.pk}
    found = line(cast.practitioner, session)
    assert "offered for the agenda" in found.words and cast.peers.name in found.words
    for word in (CANARY, session.title, cast.fellow.name):
        assert word not in found.words
    assert line(cast.fellow, session) is None and line(cast.outsider, session) is None


def test_who_offers_at_a_session_of_their_own_is_not_told(cast, session):
    offer(session=session, by=cast.practitioner)
    assert told(session) == set()


def test_who_muted_the_space_gets_no_mail_and_is_asked_on_home(cast, session, offered):
    Mute.objects.create(person=cast.practitioner, space=cast.peers)
    assert line(cast.practitioner, session) is None
    assert asked(cast.practitioner, session)


# Decisions ------------------------------------------------------------------------------------------------------


def test_home_asks_all_whose_silence_counts_until_its_day(cast, client_for, looking):
    decision = look(looking, intention_in(cast), by=cast.fellow)
    (title,) = asked(cast.manager, looking)
    assert "unless somebody objects" in title
    assert asked(cast.fellow, looking) == [], "who wrote it"
    assert asked(cast.outsider, looking) == []
    page = client_for(cast.manager).get(reverse("home:home")).content.decode()
    assert f"{looking.get_absolute_url()}#looking-again" in page
    assert decision.why not in page
    stood(decision)
    assert asked(cast.manager, looking) == []


@pytest.mark.parametrize("ends", ["stopped", "carried out", "cancelled"])
def test_it_asks_no_more_once_silence_counts_for_nothing(cast, looking, ends):
    decision = look(looking, intention_in(cast), by=cast.fellow)
    assert asked(cast.manager, looking)
    if ends == "stopped":
        actions.object_to_decision(decision=decision, version=1, text="No.", by=cast.expert, key="o")
    elif ends == "carried out":
        actions.carry_out(decision=decision, version=1, by=cast.steward)
    else:
        now = timezone.now()
        columns = {"cancelled_at": now, "cancelled_by": cast.practitioner, "cancelled_because": "No."}
        Session.objects.filter(pk=looking.pk).update(**columns)
    assert asked(cast.manager, looking) == []


def test_what_changes_nothing_is_not_asked_about(cast, looking):
    actions.look_again(
        session=looking,
        intention=intention_in(cast),
        version=0,
        words=OPEN | {"verdict": "keep", "why": "It holds."},
        by=cast.fellow,
        key="k",
    )
    assert Decision.objects.filter(session=looking).exists()
    assert asked(cast.manager, looking) == []


def test_in_a_narrower_space_nobody_is_asked(cast):
    narrow = held(cast, space=cast.peers)
    look(narrow, intention_in(cast), by=cast.fellow)
    assert asked(cast.academic, narrow) == []


def test_several_at_one_session_are_one_line(cast, looking):
    look(looking, intention_in(cast), by=cast.fellow)
    phase = cast.partnership.phases.get(key="working")
    actions.decide(session=looking, about="phase", phase=phase, why="It works.", by=cast.fellow, key="p")
    assert len(asked(cast.manager, looking)) == 1
