"""Supervision sessions: what is kept, who acknowledges which words, and the little that others are told."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from convening import actions
from convening.models import Acknowledgement, Attendee, SupervisionNote
from desk import drafts
from partnerships.actions import bring_partnerships
from partnerships.models import SupervisionMeeting
from partnerships.supervision import shown_to
from records.versions import StaleVersion
from tests import factories as make

from .looking import page

WORDS = {
    "lenses": ["eye_3", "normative"],
    "shifted": "Quagga shifted.",
    "has_concern": False,
    "concern": "",
    "followed_up": "",
    "followed_up_on": None,
}
SENT = {"lenses": ["eye_3"], "shifted": "Quagga shifted.", "has_concern": "no"}


@pytest.fixture
def pair(db):
    """Give a supervision of two, and the partnership that is brought to it."""
    partner, supervisor, steward = (make.make_person(name=f"{name} Z") for name in ("Lea", "Una", "Sam"))
    place = make.make_partnership(by=steward, name="Kerbside")
    make.make_member(partnership=place, person=partner, learning_partner=True)
    supervision = make.make_partnership(by=partner, name="Thinking pair", kind="supervision")
    make.make_member(partnership=supervision, person=supervisor, learning_partner=True)
    bring_partnerships(
        membership=make.membership_of(person=partner, partnership=supervision), partnerships=[place], by=partner
    )
    place.partner, place.supervisor, place.steward, place.supervision = partner, supervisor, steward, supervision
    return place


@pytest.fixture
def session(pair):
    return make.make_session(
        by=pair.partner, space=make.everyone_of(partnership=pair.supervision), begins_in=timedelta(minutes=-5)
    )


def note(session, *, by, version=0, **words):
    return actions.note_supervision(session=session, version=version, words=WORDS | words, by=by, key=drafts.new_key())


def acknowledge(session, *people, version=1):
    for person in people:
        actions.acknowledge(session=session, version=version, by=person)


def test_once_both_have_acknowledged_it_the_day_is_noted_and_not_before(pair, session):
    note(session, by=pair.partner)
    acknowledge(session, pair.partner, pair.partner)
    assert not SupervisionMeeting.objects.exists()
    acknowledge(session, pair.supervisor)
    assert SupervisionMeeting.objects.get().met_on == session.day
    assert shown_to(pair)[0].last_month == session.day.replace(day=1)


def test_two_who_are_supervised_are_not_both(pair, session):
    third = make.make_member(partnership=pair.supervision).person
    note(session, by=pair.partner)
    acknowledge(session, pair.partner, third)
    assert not SupervisionMeeting.objects.exists()


def test_a_change_asks_again_and_keeps_what_was_acknowledged(pair, session, client_for):
    note(session, by=pair.partner)
    acknowledge(session, pair.supervisor)
    note(session, by=pair.partner, version=1, shifted="Otherwise.")
    with pytest.raises(StaleVersion):
        acknowledge(session, pair.partner, version=1)
    acknowledge(session, pair.partner, version=2)
    assert not SupervisionMeeting.objects.exists()
    browser = client_for(pair.supervisor)
    assert "It was changed after you acknowledged it." in browser.get(session.get_absolute_url()).content.decode()
    assert "Quagga shifted." in browser.get(page("note-list", session.public_id)).content.decode()
    acknowledge(session, pair.supervisor, version=2)
    assert SupervisionMeeting.objects.count() == 1
    assert Acknowledgement.objects.count() == 3


def test_nobody_acknowledges_nothing_nor_who_was_not_there(pair, session):
    with pytest.raises(ValidationError) as nothing:
        acknowledge(session, pair.partner)
    note(session, by=pair.partner)
    Attendee.objects.create(session=session, person=pair.supervisor, attended=False, noted_at=timezone.now())
    with pytest.raises(ValidationError) as away:
        acknowledge(session, pair.supervisor)
    assert (nothing.value.code, away.value.code) == ("nothing", "away")


def test_only_those_in_its_space_write_read_and_acknowledge(pair, session, client_for):
    note(session, by=pair.partner)
    for does in (lambda: note(session, by=pair.steward, version=1), lambda: acknowledge(session, pair.steward)):
        with pytest.raises(PermissionDenied):
            does()
    assert client_for(pair.steward).get(page("supervision-note", session.public_id)).status_code == 404


def test_a_session_of_another_partnership_keeps_no_such_note(pair, client_for):
    other = make.make_session(
        by=pair.partner, space=make.everyone_of(partnership=pair), begins_in=timedelta(minutes=-5)
    )
    with pytest.raises(PermissionDenied):
        note(other, by=pair.partner)
    browser = client_for(pair.partner)
    assert browser.get(page("supervision-note", other.public_id)).status_code == 404
    assert "What we keep of it" not in browser.get(other.get_absolute_url()).content.decode()


def test_before_it_begins_nothing_is_kept(pair):
    ahead = make.make_session(by=pair.partner, space=make.everyone_of(partnership=pair.supervision))
    with pytest.raises(ValidationError):
        note(ahead, by=pair.partner)


def test_in_another_zone_its_day_may_not_have_come_here_yet(pair):
    """At half past three in London it is tomorrow in Auckland."""
    with time_machine.travel("2027-01-20 15:30:00+00:00", tick=False):
        far = make.make_session(
            by=pair.partner,
            space=make.everyone_of(partnership=pair.supervision),
            begins_in=timedelta(minutes=-5),
            zone="Pacific/Auckland",
        )
        note(far, by=pair.partner)
        acknowledge(far, pair.partner, pair.supervisor)
        assert far.day == date(2027, 1, 21)
        assert SupervisionMeeting.objects.get().met_on == date(2027, 1, 20)


def pages_of_the_supervised(client_for, pair):
    """Return what the steward of the partnership that is talked of gets, without what is random in it."""
    browser = client_for(pair.steward)
    names = ("partnership-detail", "people-list", "settings-detail")
    bodies = [browser.get(reverse(f"partnerships:{name}", args=[pair.slug])).content for name in names]
    return [*bodies, browser.get("/").content, browser.get(page("session-list", pair.slug)).content]


def unrandom(bodies):
    return [
        re.sub(rb'csrfmiddlewaretoken" value="\w+"|draft_(key|page)" value="[-\w]+"|nonce="[^"]+"', b"", row)
        for row in bodies
    ]


def test_the_supervised_partnership_sees_no_other_byte_before_and_after_but_the_month(pair, session, client_for):
    before = unrandom(pages_of_the_supervised(client_for, pair))
    note(session, by=pair.partner, has_concern=True, concern="Quagga concern.")
    acknowledge(session, pair.partner)
    assert unrandom(pages_of_the_supervised(client_for, pair)) == before
    acknowledge(session, pair.supervisor)
    after = unrandom(pages_of_the_supervised(client_for, pair))
    month = f"{session.day:%B %Y}".encode()
    differing = [
        (old, new)
        for one, other in zip(before, after, strict=True)
        for old, new in zip(one.split(b"\n"), other.split(b"\n"), strict=True)
        if old != new
    ]
    assert differing and all(month in new or f"{session.day:%B}".encode() in new for _old, new in differing)
    assert not any(b"uagga" in body for body in after)


@pytest.mark.parametrize(
    ("sent", "box"),
    [
        ({"has_concern": "yes"}, "concern"),
        ({"concern": "There is one."}, "has_concern"),
        ({"has_concern": "yes", "concern": "One.", "followed_up": "Talked."}, "followed_up_on"),
        (
            {
                "has_concern": "yes",
                "concern": "One.",
                "followed_up_on_day": "1",
                "followed_up_on_month": "2",
                "followed_up_on_year": "2026",
            },
            "followed_up",
        ),
        (
            {
                "has_concern": "yes",
                "concern": "One.",
                "followed_up": "x",
                "followed_up_on_day": "31",
                "followed_up_on_month": "2",
                "followed_up_on_year": "2026",
            },
            "followed_up_on",
        ),
        ({"lenses": ["eye_8"]}, "lenses"),
        ({"lenses": [], "shifted": ""}, "shifted"),
        ({"has_concern": "perhaps"}, "has_concern"),
    ],
)
def test_what_does_not_fit_together_is_said_at_its_box(pair, session, client_for, sent, box):
    answer = client_for(pair.partner).post(
        page("supervision-note", session.public_id), SENT | sent | {"draft_key": drafts.new_key()}
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [box]
    assert not SupervisionNote.objects.exists()


def test_it_is_written_changed_and_acknowledged_through_the_pages(pair, session, client_for):
    address = page("supervision-note", session.public_id)
    followed = {"has_concern": "yes", "concern": "One.", "followed_up": "Talked.", "followed_up_on_day": "1"}
    sent = SENT | followed | {"followed_up_on_month": "2", "followed_up_on_year": "2026", "draft_key": drafts.new_key()}
    one, other = client_for(pair.partner), client_for(pair.supervisor)
    assert one.post(address, sent).status_code == 302
    stale = other.post(address, SENT | {"shifted": "Mine.", "draft_key": drafts.new_key()})
    assert stale.status_code == 409
    assert "Mine." in stale.content.decode() and "Quagga shifted." in stale.content.decode()
    for browser in (one, other):
        body = browser.get(session.get_absolute_url()).content.decode()
        assert "1 February 2026" in body
        browser.post(page("supervision-acknowledge", session.public_id), {"version": 1})
    assert SupervisionMeeting.objects.count() == 1
    for bad in ("", "x", "9" * 30, "-1"):
        assert one.post(page("supervision-acknowledge", session.public_id), {"version": bad}).status_code == 302
