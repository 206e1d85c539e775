"""Mails about words say where and since when: never what was written nor by whom, and never to who may not read it."""

import email
import re
from datetime import UTC, datetime, time, timedelta
from email import policy

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from convening import actions as convening_actions
from convening.reminding import remind_of_commitments, remind_of_sessions
from convening.repeating import days_by_number
from desk import drafts, notices
from desk.models import Notice, Outbox
from desk.tasks import deliver_due_mail, send_due_notices
from partnerships.actions import leave_space
from partnerships.models import Mute
from records import actions
from records.models import Attribution
from tests import factories as make
from tests.cast import SIGNED_IN
from tests.desk import mailers

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
NEXT_MORNING = datetime(2026, 11, 26, 7, 0, tzinfo=UTC)


pytestmark = pytest.mark.usefixtures("mail_server")


@pytest.fixture
def stage(cast):
    """The cast, at a certain moment, with nothing to be told of what was before."""
    Notice.objects.all().delete()
    Outbox.objects.all().delete()
    with time_machine.travel(NOW, tick=False) as clock:
        cast.clock = clock
        yield cast


def told(stage, **time):
    """Let time pass, and give the mails that go then: by address."""
    stage.clock.shift(timedelta(**(time or {"minutes": 5})))
    before = len(mailers.taken)
    send_due_notices.call()
    deliver_due_mail.call()
    messages = [email.message_from_bytes(raw, policy=policy.default) for raw in mailers.taken[before:]]
    return {message["To"]: message for message in messages}


def plain(message):
    return message.get_body(("plain",)).get_content()


def test_everybody_in_the_space_is_told_but_the_author(stage):
    make.make_shared_note(by=stage.practitioner, space=stage.peers, title="Secret title", text="secret words")
    mails = told(stage)
    readers = {stage.fellow, stage.consultant, stage.academic, *stage.peers_more}
    assert set(mails) == {person.email for person in readers}
    message = mails[stage.fellow.email]
    assert message["Subject"] == "Something new in Early peers"
    assert f"/partnerships/{stage.partnership.slug}/reflections/?space={stage.peers.public_id}" in plain(message)
    assert "Early Shift" in plain(message)
    for hidden in ("Secret title", "secret words", stage.practitioner.name, stage.practitioner.email):
        assert hidden not in message.as_string()


def test_only_the_author_is_told_of_a_response(stage):
    note = make.make_shared_note(by=stage.practitioner, space=stage.peers, title="Secret title")
    told(stage)
    make.make_response(to=note, by=stage.fellow, text="secret words")
    make.make_response(to=note, by=stage.practitioner, text="to oneself")
    mails = told(stage)
    assert set(mails) == {stage.practitioner.email}
    message = mails[stage.practitioner.email]
    assert message["Subject"] == "Somebody responded to your note in Early peers"
    assert note.get_absolute_url() in plain(message)
    for hidden in ("Secret title", "secret words", stage.fellow.name, stage.fellow.email):
        assert hidden not in message.as_string()


def test_a_one_to_one_is_told_without_the_others_name(stage):
    """The subject of a mail is read by more than its reader."""
    make.make_shared_note(by=stage.practitioner, space=stage.one_to_one)
    mails = told(stage)
    assert set(mails) == {stage.learning_partner.email}
    assert mails[stage.learning_partner.email]["Subject"] == "Something new in a one to one"
    assert stage.practitioner.name not in mails[stage.learning_partner.email].as_string()


def test_the_wider_field_tells_only_who_is_answered(stage):
    note = make.make_shared_note(by=stage.practitioner)
    assert told(stage) == {}
    make.make_response(to=note, by=stage.outsider)
    mails = told(stage)
    assert set(mails) == {stage.practitioner.email}
    assert "The wider field" in plain(mails[stage.practitioner.email])


def neutral(message):
    """Give a mail's bytes without what is random in every mail."""
    raw = re.sub(rb"={15}\d+==", b"BOUNDARY", message.as_bytes())
    return re.sub(rb"Message-ID: <.*?>", b"Message-ID", raw)


@pytest.mark.parametrize("attribution", Attribution.values)
def test_a_mail_is_the_same_whoever_shared(stage, attribution):
    """Swapping the author changes no byte of what somebody else gets, nor the moment at which it comes."""
    reader, mails = stage.academic, []
    authors = (stage.fellow, stage.peers_more[0])
    for author in authors:
        with transaction.atomic():
            make.make_shared_note(by=author, space=stage.peers, attribution=attribution)
            mails.append(told(stage, minutes=5) | told(stage, days=1))
            transaction.set_rollback(True)
        stage.clock.move_to(NOW)
    assert neutral(mails[0][reader.email]) == neutral(mails[1][reader.email])
    assert mails[0][reader.email]["Date"] == mails[1][reader.email]["Date"]


def test_a_mail_is_the_same_whoever_responded(stage):
    note, mails = make.make_shared_note(by=stage.practitioner, space=stage.peers), []
    told(stage)
    stage.clock.move_to(NOW)
    for author in (stage.fellow, stage.academic):
        with transaction.atomic():
            make.make_response(to=note, by=author)
            mails.append(told(stage))
            transaction.set_rollback(True)
        stage.clock.move_to(NOW)
    assert neutral(mails[0][stage.practitioner.email]) == neutral(mails[1][stage.practitioner.email])


@pytest.mark.parametrize("attribution", [Attribution.ROLE, Attribution.NOT_NAMED])
def test_nobody_learns_the_hour_of_what_is_not_named(stage, attribution):
    """All of a day's come at one time the next morning, as pages show the day alone."""
    moments = []
    for hour in (0, 6, 13):
        with transaction.atomic():
            stage.clock.move_to(NOW.replace(hour=hour))
            make.make_shared_note(by=stage.fellow, space=stage.peers, attribution=attribution)
            moments.append(set(Notice.objects.values_list("due_at", flat=True)))
            assert told(stage) == {}
            transaction.set_rollback(True)
    assert moments == [{NEXT_MORNING}] * 3
    stage.clock.move_to(NOW)
    make.make_shared_note(by=stage.fellow, space=stage.peers, attribution=attribution)
    assert told(stage, hours=20, minutes=59) == {}
    assert stage.academic.email in told(stage, minutes=1)


def test_shared_again_without_a_name_it_waits_for_the_morning_as_well(stage):
    note = make.make_shared_note(by=stage.fellow, space=stage.peers)
    actions.undo_share(note, by=stage.fellow)
    note.refresh_from_db()
    make.share(note=note, space=stage.peers, attribution=Attribution.NOT_NAMED)
    assert told(stage) == {}
    assert stage.academic.email in told(stage, days=1)


def test_no_order_of_lines_tells_who_came_first(stage):
    """What is not named stands where its place stands, whenever it was shared."""
    other = make.make_space(partnership=stage.partnership, by=stage.academic, name="A space", people=(stage.fellow,))
    bodies = []
    for order in ((stage.peers, other), (other, stage.peers)):
        with transaction.atomic():
            for space in order:
                make.make_shared_note(by=stage.fellow, space=space)
            bodies.append(plain(told(stage)[stage.academic.email]))
            transaction.set_rollback(True)
        stage.clock.move_to(NOW)
    assert bodies[0] == bodies[1]


@pytest.mark.parametrize("what", ["undone", "withdrawn", "left", "muted", "ended"])
def test_what_one_may_not_read_any_more_is_not_told(stage, what):
    reader, others = stage.academic, {stage.fellow.email, stage.consultant.email}
    note = make.make_shared_note(by=stage.practitioner, space=stage.peers)
    if what == "undone":
        actions.undo_share(note, by=stage.practitioner)
    elif what == "withdrawn":
        make.withdraw(record=note)
    elif what == "left":
        leave_space(space=stage.peers, by=reader)
    elif what == "muted":
        Mute.objects.create(person=reader, space=stage.peers)
    else:
        make.end_membership(person=reader, partnership=stage.partnership)
    mails = told(stage)
    assert reader.email not in mails
    if what in {"undone", "withdrawn"}:
        assert mails == {}
    else:
        assert others <= set(mails)


@pytest.mark.parametrize("what", ["withdrawn", "note withdrawn", "left", "muted"])
def test_a_response_that_one_may_not_read_any_more_is_not_told(stage, what):
    note = make.make_shared_note(by=stage.practitioner, space=stage.peers)
    told(stage)
    response = make.make_response(to=note, by=stage.fellow)
    if what == "withdrawn":
        make.withdraw(record=response)
    elif what == "note withdrawn":
        note.refresh_from_db()
        make.withdraw(record=note)
    elif what == "left":
        leave_space(space=stage.peers, by=stage.practitioner)
    else:
        Mute.objects.create(person=stage.practitioner, space=stage.peers)
    assert told(stage) == {}


def test_it_is_asked_again_when_the_mail_goes(stage):
    make.make_shared_note(by=stage.practitioner, space=stage.one_to_one)
    mailers.refused[stage.learning_partner.email] = mailers.down()
    told(stage)
    Mute.objects.create(person=stage.learning_partner, space=stage.one_to_one)
    mailers.refused.clear()
    assert told(stage) == {}
    assert Outbox.objects.get(kind="notice").cancelled_at


def test_nothing_is_told_of_what_is_one_own_and_private(stage):
    make.make_note(by=stage.practitioner)
    assert not Notice.objects.exists()


def test_people_of_a_space_are_told_of_it_and_no_others(stage):
    make.make_shared_note(by=stage.manager, space=stage.everyone)
    mails = told(stage)
    members = {row.person.email for row in stage.everyone.members().select_related("person")}
    assert set(mails) == members - {stage.manager.email}
    assert next(iter(mails.values()))["Subject"] == "Something new in Early Shift"


def what_is_not_on_stage_happens(cast):
    """Have people told of sessions that are moved, called off, or near, of a day that came, and of words put away."""

    def convene(**words):
        return make.make_session(by=cast.fellow, space=cast.peers, title="Title of it", text="its words", **words)

    def later(session):
        day = session.starts_at + timedelta(days=1)
        return {"version": session.version, "starts_at": day, "ends_at": day + timedelta(hours=1), "zone": session.zone}

    moved = convene()
    convening_actions.move_session(session=moved, by=cast.fellow, **later(moved))
    first = convene()
    days = days_by_number("weekly", first.day, number=4)
    series = convening_actions.repeat_session(session=first, rhythm="weekly", days=days, hosts=[], by=cast.fellow)
    _first, second, third, _fourth = series.sessions.order_by("starts_at")
    convening_actions.move_following(session=second, by=cast.fellow, **later(second))
    third.refresh_from_db()
    convening_actions.cancel_following(session=third, because="words of why", by=cast.fellow, key=drafts.new_key())
    near = convene(begins_in=timedelta(hours=30))
    with time_machine.travel(near.starts_at - timedelta(hours=20)):
        remind_of_sessions.call()
    with time_machine.travel(datetime.combine(cast["commitment"].due_on, time(12), UTC)):
        remind_of_commitments.call()
    folded, aside = (make.make_shared_note(by=cast.fellow, space=cast.everyone, title="Title") for _number in range(2))
    make.fold(record=folded, by=cast.practitioner, words="words of why")
    make.set_aside(record=aside, by=cast.steward, reason="words of why")


@pytest.mark.once
def test_no_mail_of_any_kind_names_anybody_or_says_a_word(cast, mail_server):
    """Every kind of notice that the app has, to everybody on stage: a new kind wants a place in the scenery."""
    Outbox.objects.all().delete()
    what_is_not_on_stage_happens(cast)
    assert set(Notice.objects.values_list("kind", flat=True)) == set(notices._finders)
    people = {person.email: person for person in (cast[name] for name in SIGNED_IN)}
    said = set()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        written = send_due_notices.call()
        while deliver_due_mail.call():
            pass
    assert written == len(mail_server.taken) > 10
    assert set(Notice.objects.exclude(mail=None).values_list("kind", flat=True)) == set(notices._finders)
    for raw in mail_server.taken:
        message = email.message_from_bytes(raw, policy=policy.default)
        html = message.get_body(("html",)).get_content()
        everything = "\n".join([message["Subject"], plain(message), html])
        said.add(message["Subject"])
        assert not re.search(r"\w+ Q\b", everything), everything
        assert "words" not in everything
        assert "Title" not in everything
        assert not [other for other in people if other != message["To"] and other in everything]
    assert len(said) > 1
