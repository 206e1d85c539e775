"""What is new reaches people as they chose, once, and only while it may be told."""

import email
from datetime import UTC, datetime, timedelta
from email import policy

import pytest
import time_machine
from django.utils import timezone

from desk import notices
from desk.models import MailChoice, Notice, Outbox
from desk.models.notices import last_monday_morning, next_morning
from desk.tasks import deliver_due_mail, send_due_notices, tidy_desk
from tests import factories as make

from . import mailers

# A Wednesday.
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)


pytestmark = pytest.mark.usefixtures("mail_server")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def hidden(monkeypatch):
    """Give the things that may not be told any more; each other one is in the place that its first letter names."""
    hidden = set()

    def find(person, about):
        if about in hidden:
            return None
        return notices.Line(f"Place {about[0]}", f"Something new in {about[0]}", f"/places/{about[0]}/")

    monkeypatch.setitem(notices._finders, "thing", find)
    return hidden


@pytest.fixture
def person(db):
    return make.make_person(email="reader@example.org")


def choose(person, choice):
    person.mail_choice = choice
    person.save()


def notify(*people, about="a1", **facts):
    notices.notify(people=people, kind="thing", about=about, **facts)


def go(clock, **time):
    """Let time pass, and do what is due."""
    clock.shift(timedelta(**time))
    written = send_due_notices.call()
    deliver_due_mail.call()
    return written


def words(number=-1):
    return email.message_from_bytes(mailers.taken[number], policy=policy.default)


def text(number=-1):
    return words(number).get_body(("plain",)).get_content()


def test_it_is_told_within_minutes_by_one_mail(clock, person, mail_server):
    notify(person)
    assert go(clock) == 0, "it may still be undone"
    notify(person, about="a2")
    notify(person, about="b1")
    assert go(clock, minutes=5) == 1
    assert go(clock, minutes=5) == 0
    assert len(mail_server.taken) == 1
    assert words()["To"] == "reader@example.org"
    assert words()["Subject"] == "What is new for you"
    assert text().count("Something new in a, since Wednesday 25 November.") == 1, "a mail counts nothing"
    assert "Place b" in text()
    assert "http://testserver/places/b/" in text()


def test_one_thing_is_told_in_the_subject(clock, person):
    notify(person)
    go(clock, minutes=5)
    assert words()["Subject"] == "Something new in a"


def test_it_does_not_pile_up_while_it_waits(clock, person, mail_server):
    for _time in range(3):
        notify(person, person)
    assert Notice.objects.count() == 1
    go(clock, minutes=5)
    notify(person)
    assert go(clock, minutes=5) == 1, "what comes up again is told again"
    assert Notice.objects.count() == 1


def test_once_a_week_is_monday_morning(clock, person, mail_server):
    choose(person, MailChoice.WEEKLY)
    notify(person)
    assert go(clock, days=4, hours=20) == 0
    clock.move_to(MONDAY - timedelta(minutes=1))
    notify(person, about="b1")
    assert go(clock) == 0
    assert go(clock, minutes=1) == 1
    assert "Place a" in text()
    assert "Place b" not in text(), "it may still be undone"
    assert "Wednesday 25 November" in text()
    assert words()["Subject"] == "Your week: what is new"
    for _day in range(6):
        assert go(clock, days=1) == 0
    assert go(clock, days=1) == 1
    assert "Place b" in text()
    assert go(clock, days=7) == 0, "only when there is something"
    assert len(mail_server.taken) == 2


def test_a_clock_that_stood_still_on_monday_makes_up_for_it(clock, person):
    choose(person, MailChoice.WEEKLY)
    notify(person)
    clock.move_to(MONDAY + timedelta(days=2))
    assert go(clock) == 1


def test_what_is_old_is_no_news(clock, person):
    """After weeks without a clock nobody gets a mail of a hundred lines."""
    notify(person)
    clock.shift(timedelta(days=20))
    notify(person, about="b1")
    assert go(clock, days=20) == 1
    assert "Place a" not in text()


def test_never_is_never(clock, person, mail_server):
    choose(person, MailChoice.NEVER)
    notify(person)
    assert not Notice.objects.exists()
    choose(person, MailChoice.WEEKLY)
    notify(person)
    choose(person, MailChoice.NEVER)
    go(clock, days=8)
    choose(person, MailChoice.STRAIGHT_AWAY)
    go(clock, days=1)
    assert mail_server.taken == []


def test_whoever_changes_their_mind_gets_what_waits_at_once(clock, person, mail_server):
    choose(person, MailChoice.WEEKLY)
    notify(person)
    choose(person, MailChoice.STRAIGHT_AWAY)
    assert go(clock, minutes=5) == 1


def test_an_account_that_is_closed_gets_nothing(clock, person, mail_server):
    notify(person)
    person.is_active = False
    person.save()
    assert go(clock, minutes=5) == 0
    assert not Notice.objects.filter(done_at=None).exists()


def test_what_may_not_be_told_any_more_is_not_told(clock, person, mail_server, hidden):
    notify(person)
    hidden.add("a1")
    assert go(clock, minutes=5) == 0
    hidden.clear()
    assert go(clock, minutes=5) == 0, "it was asked in its time"
    assert mail_server.taken == []


def test_it_is_asked_again_when_the_mail_goes(clock, person, mail_server, hidden):
    """Between the writing and the going of a mail somebody may have left a space."""
    notify(person)
    notify(person, about="b1")
    mail_server.refused["reader@example.org"] = mail_server.down()
    go(clock, minutes=5)
    hidden.add("a1")
    mail_server.refused.clear()
    go(clock, minutes=5)
    assert Outbox.objects.exclude(cancelled_at=None).count() == 1
    assert mail_server.taken == []
    go(clock)
    assert "Place a" not in text()
    assert "Place b" in text()
    assert len(mail_server.taken) == 1
    go(clock, days=1)
    assert len(mail_server.taken) == 1


def test_a_mail_of_which_nothing_is_left_does_not_go(clock, person, mail_server, hidden):
    notify(person)
    mail_server.refused["reader@example.org"] = mail_server.down()
    go(clock, minutes=5)
    hidden.add("a1")
    mail_server.refused.clear()
    go(clock, minutes=5)
    assert Outbox.objects.get().cancelled_at
    go(clock, days=1)
    assert mail_server.taken == []


@pytest.mark.parametrize("changes", [{"mail_choice": "never"}, {"is_active": False}])
def test_a_mail_on_its_way_is_stopped_by_who_wants_none(clock, person, mail_server, changes):
    notify(person)
    mail_server.refused["reader@example.org"] = mail_server.down()
    go(clock, minutes=5)
    mail_server.refused.clear()
    type(person).objects.update(**changes)
    go(clock, minutes=5)
    assert Outbox.objects.get().cancelled_at
    go(clock, days=1)
    assert mail_server.taken == []


def test_a_mail_on_its_way_follows_a_new_address(clock, person, mail_server):
    notify(person)
    mail_server.refused["reader@example.org"] = mail_server.down()
    go(clock, minutes=5)
    person.email = "private@example.org"
    person.save()
    go(clock, minutes=5)
    go(clock)
    assert [message["To"] for message in map(email.message_from_bytes, mail_server.taken)] == ["private@example.org"]


def test_one_whose_news_break_holds_up_nobody(clock, person, mail_server, monkeypatch):
    other = make.make_person()
    find = notices._finders["thing"]
    monkeypatch.setitem(notices._finders, "thing", lambda who, about: 1 / 0 if who == person else find(who, about))
    notify(person, other)
    assert go(clock, minutes=5) == 1
    assert len(mail_server.taken) == 1


def test_it_can_be_said_not_before_the_next_morning(clock, person):
    notify(person, due_at=next_morning())
    assert go(clock, hours=20) == 0
    assert timezone.localtime().strftime("%d %H") == "26 06"
    assert go(clock, hours=1) == 1


def test_mondays_and_mornings_are_those_of_the_place(clock):
    """At half past midnight of a summer's Monday in London it is Sunday in UTC."""
    clock.move_to(datetime(2027, 7, 4, 23, 30, tzinfo=UTC))
    assert next_morning() == datetime(2027, 7, 6, 6, 0, tzinfo=UTC)
    assert last_monday_morning() == datetime(2027, 6, 28, 6, 0, tzinfo=UTC)
    clock.move_to(datetime(2027, 7, 5, 6, 0, tzinfo=UTC))
    assert last_monday_morning() == datetime(2027, 7, 5, 6, 0, tzinfo=UTC)


def test_every_such_mail_has_a_way_out_that_mail_programs_know(clock, person, settings):
    settings.SITE_URL = "https://learn.example.org"
    notify(person)
    go(clock, minutes=5)
    assert words()["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = words()["List-Unsubscribe"]
    assert link.startswith("<https://learn.example.org/unsubscribe/")
    assert link.strip("<>") in text()
    assert "https://learn.example.org/account/mail/" in text()


def test_nothing_is_kept_for_longer_than_it_is_of_use(clock, person, mail_server):
    notify(person)
    go(clock, minutes=5)
    clock.shift(timedelta(days=29))
    tidy_desk.call()
    assert (Notice.objects.count(), Outbox.objects.count()) == (1, 1)
    clock.shift(timedelta(days=2))
    waiting = Outbox.objects.create(subject="s", recipients=[], message=b"m", created_at=NOW)
    tidy_desk.call()
    assert not Notice.objects.exists()
    assert list(Outbox.objects.all()) == [waiting]
