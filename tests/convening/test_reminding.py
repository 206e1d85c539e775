"""A mail a day before: once, to who may come, and never late."""

from datetime import datetime, timedelta

import time_machine
from django.utils import timezone

from convening import actions, reminding
from convening.models import Session
from desk import notices
from desk.models import MailChoice, Notice, Outbox
from partnerships.models import Mute
from tests import factories as make

from . import after_made


def reminders(session):
    return Notice.objects.filter(kind=reminding.TOMORROW, about=session.public_id)


def a_day_before(session, **more):
    return time_machine.travel(session.starts_at - timedelta(days=1) + timedelta(**more), tick=False)


def remind():
    return reminding.remind_of_sessions.call()


def test_everybody_is_reminded_once_but_who_stays_away(cast):
    session = cast["peers_session"]
    with a_day_before(session, minutes=-2):
        remind()
        assert not reminders(session).exists(), "not before its day"
    with a_day_before(session):
        remind()
        told = set(reminders(session).values_list("person", flat=True))
        assert remind() == 0
    everybody = set(cast.peers.members().values_list("person", flat=True))
    assert told == everybody - {cast.fellow.pk}, "the fellow said no"
    assert cast.practitioner.pk in told, "the host as well"


def test_late_is_better_than_never_and_after_its_start_never(cast):
    session = cast["everyone_session"]
    with a_day_before(session, hours=20):
        remind()
        assert reminders(session).exists()
        line = reminding.tomorrow_line(cast.manager, session.public_id)
        assert line and line.words.startswith("Coming up: a session in ")
        assert session.title not in line.words
    with a_day_before(session, hours=24):
        assert reminding.tomorrow_line(cast.manager, session.public_id) is None


def test_once_it_has_begun_nobody_is_reminded(cast):
    with a_day_before(cast["power_line_session"], hours=24):
        remind()
        assert not reminders(cast["power_line_session"]).exists()


def test_a_cancelled_a_folded_and_a_set_aside_one_are_not_told(cast):
    with a_day_before(cast["cancelled_session"]):
        remind()
        assert not reminders(cast["cancelled_session"]).exists()
    make.fold(record=cast["peers_session"], by=cast.fellow)
    make.set_aside(record=cast["everyone_session"], by=cast.steward)
    for name in ("peers_session", "everyone_session"):
        with a_day_before(cast[name]):
            remind()
        assert not reminders(cast[name]).exists()


def test_one_that_is_convened_within_its_day_is_told_already(cast):
    session = make.make_session(by=cast.manager, space=cast.everyone, begins_in=timedelta(hours=20))
    remind()
    assert not reminders(session).exists()


def test_one_that_is_moved_is_told_again(cast):
    session = cast["peers_session"]
    with a_day_before(session):
        remind()
    session.refresh_from_db()
    later = {"starts_at": session.starts_at + timedelta(days=7), "ends_at": session.ends_at + timedelta(days=7)}
    with a_day_before(session, minutes=1):
        actions.move_session(session=session, version=session.version, zone=session.zone, by=cast.practitioner, **later)
        assert remind() == 0
    reminders(session).delete()
    with a_day_before(session):
        remind()
    assert reminders(session).exists()


def test_the_mail_goes_to_who_wants_it_and_says_where_and_when(cast):
    session = cast["everyone_session"]
    Mute.objects.create(person=cast.manager, space=cast.everyone)
    for person, choice in ((cast.expert, MailChoice.NEVER), (cast.academic, MailChoice.WEEKLY)):
        type(person).objects.filter(pk=person.pk).update(mail_choice=choice)
    Notice.objects.all().delete()
    with a_day_before(session):
        remind()
    with a_day_before(session, minutes=10):
        for person in notices.people_to_tell():
            notices.write_mail_to(person)
    written = reminders(session).exclude(mail=None)
    told = set(written.values_list("person__email", flat=True))
    assert cast.commissioner.email in told
    assert not {cast.manager.email, cast.expert.email, cast.academic.email} & told
    for mail in Outbox.objects.filter(pk__in=written.values("mail")):
        text = bytes(mail.message).decode()
        assert "Coming up: a session in" in text.replace("=\n", "")
        assert session.title not in text and session.host.name not in text
    Notice.objects.filter(person=cast.academic).update(due_at=session.starts_at - timedelta(hours=1))
    with a_day_before(session, days=8):
        notices.write_mail_to(cast.academic.pk)
    assert not reminders(session).filter(person=cast.academic).exclude(mail=None).exists(), "too late"


def test_two_ticks_that_look_at_the_same_moment_mark_it_once(cast, monkeypatch):
    session = cast["peers_session"]
    told = []
    monkeypatch.setattr("convening.reminding.notices.notify", lambda **words: told.append(words["about"]))
    with a_day_before(session):
        both = [Session.objects.select_related("space").get(pk=session.pk) for _tick in range(2)]
        assert [reminding._remind(row) for row in both] == [True, False]
    assert told == [session.public_id]


def test_a_tick_that_looked_before_it_was_moved_or_cancelled_tells_nobody(cast):
    session = cast["peers_session"]
    looked = Session.objects.select_related("space").get(pk=session.pk)
    with a_day_before(session):
        Session.objects.filter(pk=session.pk).update(starts_at=session.starts_at + timedelta(minutes=-30))
        assert not reminding._remind(looked)
    cancelled = Session.objects.select_related("space").get(pk=cast["everyone_session"].pk)
    actions.cancel_session(session=cast["everyone_session"], because="No.", by=cast.learning_partner, key="remind")
    with a_day_before(cancelled):
        assert not reminding._remind(cancelled)


def on_its_day(commitment, hour):
    day = commitment.due_on
    return time_machine.travel(timezone.make_aware(datetime(day.year, day.month, day.day, hour)), tick=False)


def test_who_said_they_would_do_something_is_told_on_its_day_once_and_while_it_is_open(cast):
    later = after_made.commit(
        cast["agreed_session"],
        by=cast.academic,
        doer=cast.fellow,
        what="Ring the ward",
        due_on=timezone.localdate() + timedelta(days=5),
    )
    told = Notice.objects.filter(kind=reminding.DUE, about=later.public_id)
    with on_its_day(later, 6):
        reminding.remind_of_commitments.call()
        assert not told.exists(), "not before the morning"
    with on_its_day(later, 9):
        for _tick in range(2):
            reminding.remind_of_commitments.call()
        assert list(told.values_list("person", flat=True)) == [cast.fellow.pk]
        line = reminding.due_line(cast.fellow, later.public_id)
        assert line and "Ring the ward" not in line.words
        assert reminding.due_line(cast.academic, later.public_id) is None
        Mute.objects.create(person=cast.fellow, space=cast.peers)
        assert reminding.due_line(cast.fellow, later.public_id) is None
        Mute.objects.all().delete()
        actions.finish_commitment(commitment=later, by=cast.fellow)
        assert reminding.due_line(cast.fellow, later.public_id) is None


def test_of_what_is_done_or_let_go_nobody_is_reminded(cast):
    done = after_made.commit(
        cast["agreed_session"],
        by=cast.academic,
        doer=cast.fellow,
        what="Print it",
        due_on=timezone.localdate() + timedelta(days=5),
    )
    actions.finish_commitment(commitment=done, by=cast.fellow)
    with on_its_day(done, 9):
        reminding.remind_of_commitments.call()
    assert not Notice.objects.filter(kind=reminding.DUE, about=done.public_id).exists()
