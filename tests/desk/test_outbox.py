"""No request waits for mail, none is lost, and none holds up another (2-architecture, 2.5; security R7, R8)."""

import email
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives, send_mail
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from desk.models import Outbox
from desk.models.outbox import MOST_ATTEMPTS, PAUSES
from desk.tasks import deliver_due_mail

from . import mailers

pytestmark = pytest.mark.usefixtures("mail_server")


def send(to="a@example.org", subject="Subject", body="Body."):
    send_mail(subject, body, "from@example.org", [to])
    return Outbox.objects.order_by("-pk").first()


def test_a_mail_becomes_a_row_and_nothing_is_sent_yet(mail_server):
    row = send(body="Words of the mail: grüße.")
    assert (row.subject, row.recipients, row.attempts, row.done_at) == ("Subject", ["a@example.org"], 0, None)
    assert "grüße" in email.message_from_bytes(bytes(row.message)).get_payload(decode=True).decode()
    assert mail_server.taken == []


def test_the_row_is_written_with_the_change_or_not_at_all(mail_server):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send()
        raise ZeroDivisionError
    assert not Outbox.objects.exists()


def test_delivery_is_asked_for_once_the_change_is_saved(mail_server, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send()
        assert mail_server.taken == []
    assert len(mail_server.taken) == 1


def test_no_mail_without_somebody_to_send_it_to(mail_server):
    EmailMultiAlternatives("s", "b", "from@example.org", []).send()
    assert not Outbox.objects.exists()


def test_what_was_delivered_is_wiped(mail_server):
    row = send(body="Private words.")
    assert deliver_due_mail.call() == 1
    row.refresh_from_db()
    assert row.done_at
    assert bytes(row.message) == b""
    assert b"Private words." in mail_server.taken[0]
    assert deliver_due_mail.call() == 0


def test_a_demo_keeps_the_words_and_sends_nothing(mail_server, settings):
    settings.DEMO = True
    row = send(body="Words for the demo.")
    assert deliver_due_mail.call() == 1
    row.refresh_from_db()
    assert b"Words for the demo." in bytes(row.message)
    assert mail_server.taken == []


def test_a_mail_that_cannot_go_is_tried_again_later_and_later(mail_server):
    row = send()
    mail_server.refused["a@example.org"] = mail_server.down()
    moment = timezone.now()
    for attempt in range(1, 8):
        with time_machine.travel(moment, tick=False):
            assert deliver_due_mail.call() == 0
        row.refresh_from_db()
        assert row.attempts == attempt
        assert row.next_try_at == moment + timedelta(minutes=PAUSES[min(attempt, len(PAUSES)) - 1])
        moment = row.next_try_at
    mail_server.refused.clear()
    with time_machine.travel(moment, tick=False):
        assert deliver_due_mail.call() == 1


def test_it_is_not_tried_before_its_time(mail_server):
    row = send()
    mail_server.refused["a@example.org"] = mail_server.down()
    deliver_due_mail.call()
    mail_server.refused.clear()
    assert deliver_due_mail.call() == 0
    row.refresh_from_db()
    assert row.attempts == 1


def test_after_many_tries_it_is_left_to_the_site_admin(mail_server):
    row = send()
    Outbox.objects.filter(pk=row.pk).update(attempts=MOST_ATTEMPTS)
    assert deliver_due_mail.call() == 0


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError("down"),
        TimeoutError("slow"),
        mailers.unwilling("poison@example.org"),
        ValueError("Invalid address"),
        UnicodeEncodeError("ascii", "ü", 0, 1, "no"),
        RuntimeError("what nobody thought of"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_poison_mail_holds_up_no_other(mail_server, error):
    poison = send("poison@example.org")
    send("b@example.org")
    send("c@example.org")
    mail_server.refused["poison@example.org"] = error
    assert deliver_due_mail.call() == 2
    poison.refresh_from_db()
    assert (poison.attempts, poison.done_at) == (1, None)
    assert Outbox.objects.exclude(done_at=None).count() == 2


def test_why_it_failed_is_kept_nowhere(mail_server, caplog):
    """An error may quote an address, or a word of the mail."""
    send("poison@example.org", body="Private words.")
    mail_server.refused["poison@example.org"] = RuntimeError("Private words. poison@example.org")
    deliver_due_mail.call()
    assert "Private words" not in caplog.text
    assert "poison@example.org" not in caplog.text


def test_each_try_has_the_same_message_id_and_the_same_bytes(mail_server):
    row = send()
    before = bytes(row.message)
    mail_server.refused["a@example.org"] = mail_server.down()
    deliver_due_mail.call()
    row.refresh_from_db()
    assert bytes(row.message) == before
    mail_server.refused.clear()
    with time_machine.travel(timezone.now() + timedelta(hours=5)):
        deliver_due_mail.call()
    sent, kept = email.message_from_bytes(mail_server.taken[0]), email.message_from_bytes(before)
    assert sent["Message-ID"] == kept["Message-ID"]
    assert sent["To"] == "a@example.org"


def test_both_bodies_of_a_mail_go_out(mail_server):
    mail = EmailMultiAlternatives("s", "plain words", "from@example.org", ["a@example.org"])
    mail.attach_alternative("<p>rich words</p>", "text/html")
    mail.send()
    deliver_due_mail.call()
    assert b"plain words" in mail_server.taken[0]
    assert b"rich words" in mail_server.taken[0]


def test_a_line_break_in_a_subject_adds_no_recipient(mail_server):
    """User text never formats a mail (5-promises, 5.2)."""
    with pytest.raises(ValueError):
        send(subject="Hello\r\nBcc: spy@example.org")
    assert not Outbox.objects.exists()


def test_tick_does_what_is_due_and_says_so(mail_server):
    send()
    out = StringIO()
    call_command("tick", stdout=out)
    assert out.getvalue().startswith("1 mails delivered")
    assert len(mail_server.taken) == 1


def test_tick_can_be_run_at_any_time(mail_server):
    for _time in range(3):
        call_command("tick", stdout=StringIO())
    assert mail_server.taken == []


def test_a_reset_mail_goes_by_the_outbox(mail_server, client):
    """allauth's mails are the app's mails."""
    from tests import factories as make

    person = make.make_person()
    client.post("/account/password/reset/", {"email": person.email})
    assert Outbox.objects.get().recipients == [person.email]
