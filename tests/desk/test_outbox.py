"""The outbox: a mail is written with its change, nothing is lost while the server is away, none holds up another."""

import email
from datetime import timedelta
from typing import ClassVar

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from desk.models import Outbox
from desk.models.outbox import MOST_ATTEMPTS
from desk.tasks import deliver_due_mail


class Server(BaseEmailBackend):
    """A mail server that refuses the subjects it is told to."""

    taken: ClassVar[list[tuple[str, str]]] = []
    tried: ClassVar[list[str]] = []
    refuses: ClassVar[dict[str, Exception]] = {}

    def send_messages(self, messages):
        for message in messages:
            sent = message.message()
            Server.tried.append(sent["Message-ID"])
            if sent["Subject"] in Server.refuses:
                raise Server.refuses[sent["Subject"]]
            Server.taken.append((sent["Subject"], sent["To"]))
        return len(messages)


@pytest.fixture
def server(settings):
    """Put the mail server in place of the real one; nothing is delivered but by the task."""
    Server.taken, Server.tried, Server.refuses = [], [], {}
    settings.MAILERS = {
        "default": {"BACKEND": "desk.mail.OutboxBackend"},
        "delivery": {"BACKEND": "tests.desk.test_outbox.Server"},
    }
    return Server


def send(subject="Something new in Early shift", to="a@example.org"):
    EmailMessage(subject=subject, body="Where, and never what.", to=[to]).send()


def test_a_mail_is_a_row_and_nothing_else_until_it_is_delivered(db, server):
    send()
    row = Outbox.objects.get()
    assert (row.subject, row.recipients, row.done_at) == ("Something new in Early shift", ["a@example.org"], None)
    assert b"Where, and never what." in bytes(row.message)
    assert server.taken == []


def test_a_change_that_is_rolled_back_sends_nothing(db, server):
    with pytest.raises(RuntimeError), transaction.atomic():
        send()
        raise RuntimeError
    assert not Outbox.objects.exists()


def test_it_goes_once_the_change_is_there(transactional_db, server):
    with transaction.atomic():
        send()
        assert server.taken == []
    assert server.taken == [("Something new in Early shift", "a@example.org")]


def test_delivered_mails_lose_their_words(db, server):
    send()
    assert deliver_due_mail.call() == 1
    row = Outbox.objects.get()
    assert row.done_at
    assert bytes(row.message) == b""
    assert deliver_due_mail.call() == 0
    assert len(server.taken) == 1


def test_a_demo_keeps_its_mails_and_sends_none(db, server, settings):
    settings.DEMO = True
    send()
    deliver_due_mail.call()
    assert server.taken == []
    assert email.message_from_bytes(bytes(Outbox.objects.get().message))["Subject"] == "Something new in Early shift"


@pytest.mark.parametrize("error", [OSError("away"), ValueError("bad address"), UnicodeError("bad")], ids=repr)
def test_a_mail_that_cannot_go_holds_up_no_other(db, server, error):
    send("poison")
    send("fine")
    server.refuses = {"poison": error}
    assert deliver_due_mail.call() == 1
    assert [subject for subject, _to in server.taken] == ["fine"]
    row = Outbox.objects.get(subject="poison")
    assert (row.attempts, row.done_at) == (1, None)
    assert row.next_try_at > timezone.now()


def test_each_try_has_the_same_message_id(db, server):
    send()
    server.refuses = {"Something new in Early shift": OSError()}
    deliver_due_mail.call()
    Outbox.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))
    server.refuses = {}
    deliver_due_mail.call()
    assert len(server.tried) == 2
    assert len(set(server.tried)) == 1
    assert server.taken


def test_it_is_not_tried_again_before_its_time(db, server):
    send()
    server.refuses = {"Something new in Early shift": OSError()}
    deliver_due_mail.call()
    server.refuses = {}
    assert deliver_due_mail.call() == 0


def test_pauses_grow_and_at_last_the_mail_is_left_alone(db, server):
    send()
    row = Outbox.objects.get()
    pauses = []
    for _try in range(MOST_ATTEMPTS):
        row.failed()
        pauses.append(round((row.next_try_at - timezone.now()).total_seconds() / 60))
    assert pauses[:6] == [1, 5, 15, 60, 240, 240]
    Outbox.objects.update(next_try_at=timezone.now() - timedelta(days=1))
    assert deliver_due_mail.call() == 0
    assert Outbox.objects.get().message


def test_tick_delivers(db, server):
    send()
    call_command("tick", verbosity=0)
    assert len(server.taken) == 1
