"""The outbox against a real mail server: nothing lost, nothing sent under another Message-ID, and nobody waits."""

import threading
import time

import pytest
from django.core.mail import send_mail
from django.db import connection
from django.utils import timezone

from desk.models import Outbox
from desk.models.outbox import MOST_ATTEMPTS
from desk.tasks import deliver_due_mail

from .smtp_server import Server


@pytest.fixture
def server(settings, db):
    server = Server()
    settings.MAILERS = server.mailers()
    server.start()
    yield server
    server.stop()


def send(to="a@example.org"):
    send_mail("Subject", "Private words.", "from@example.org", [to])
    return Outbox.objects.latest("pk")


def later():
    """Let the time of the next try have come."""
    Outbox.objects.update(next_try_at=timezone.now())


def state(row):
    row.refresh_from_db()
    ends = {name for name in ("done_at", "failed_at", "cancelled_at") if getattr(row, name)}
    return ends.pop() if ends else "waiting"


def test_it_takes_a_mail_as_it_was_written(server):
    row = send()
    before = bytes(row.message)
    assert deliver_due_mail.call() == 1
    assert state(row) == "done_at"
    assert bytes(row.message) == b""
    assert server.message_ids == [row.message_id]
    # Lines end as SMTP has it; the server adds who sent it and to whom.
    assert server.taken[0].get_payload() == before.decode().split("\r\n\r\n")[1]
    assert all(f"{name}: {value}".encode() in before for name, value in server.taken[0].items() if name[0:2] != "X-")


def test_refused_for_now_is_tried_again_and_holds_up_no_other(server):
    row, other = send("busy@example.org"), send()
    server.moods["busy@example.org"] = "451"
    assert deliver_due_mail.call() == 1
    assert (state(row), state(other), row.attempts) == ("waiting", "done_at", 1)
    assert row.next_try_at > timezone.now()
    server.moods.clear()
    later()
    assert deliver_due_mail.call() == 1
    assert server.message_ids == [other.message_id, row.message_id]


@pytest.mark.parametrize("code", ["550", "554"])
def test_refused_for_good_is_given_up_and_wiped(server, code):
    row, other = send("gone@example.org"), send()
    server.moods["gone@example.org"] = code
    assert deliver_due_mail.call() == 1
    assert (state(row), state(other), row.attempts) == ("failed_at", "done_at", 1)
    assert bytes(row.message) == b""
    later()
    assert deliver_due_mail.call() == 0


def test_a_line_dropped_after_the_mail_never_makes_another_mail(server):
    """Nobody knows whether it was taken. So it goes again, and whoever gets it twice sees that it is the same."""
    row, other = send("dropped@example.org"), send()
    server.moods["dropped@example.org"] = "drops"
    deliver_due_mail.call()
    assert (state(row), state(other)) == ("waiting", "done_at")
    server.moods.clear()
    later()
    assert deliver_due_mail.call() == 1
    assert server.message_ids == [row.message_id, other.message_id, row.message_id]
    first, _other, second = server.taken
    assert first.as_bytes() == second.as_bytes()


def test_a_server_that_hangs_or_is_away_loses_nothing(server):
    rows = [send(f"{number}@example.org") for number in range(5)]
    server.hangs = True
    begun = time.monotonic()
    assert deliver_due_mail.call() == 0
    assert time.monotonic() - begun < 4, "waited for each of them"
    server.hangs = False
    server.stop()
    later()
    assert deliver_due_mail.call() == 0
    server.start()
    later()
    assert deliver_due_mail.call() == 5
    assert {state(row) for row in rows} == {"done_at"}
    assert sorted(server.message_ids) == sorted(row.message_id for row in rows)


def test_those_that_hung_before_stand_behind_the_others(server):
    """Two that make the server fall silent end one run, and never the next one."""
    slow = [send(f"slow{number}@example.org") for number in range(2)]
    for row in slow:
        server.moods[row.recipients[0]] = "drops"
    other = send()
    assert deliver_due_mail.call() == 0
    later()
    assert deliver_due_mail.call() == 1
    assert state(other) == "done_at"


def test_a_worker_killed_with_a_mail_in_hand_leaves_it_to_the_next(server):
    row = send()
    assert Outbox.claim(row.pk)
    assert deliver_due_mail.call() == 0, "another worker has it in hand"
    Outbox.objects.update(claim_ends_at=timezone.now())
    assert deliver_due_mail.call() == 1
    assert server.message_ids == [row.message_id]


def test_a_mail_that_kills_its_worker_is_given_up_in_the_end(server):
    from desk.tasks import tidy_desk

    row = send()
    Outbox.objects.update(attempts=MOST_ATTEMPTS - 1)
    assert Outbox.claim(row.pk)
    tidy_desk.call()
    assert state(row) == "waiting", "it is in hand"
    Outbox.objects.update(claim_ends_at=timezone.now())
    tidy_desk.call()
    assert state(row) == "failed_at"
    assert bytes(row.message) == b""


def write(number):
    """Write a mail without asking for its delivery."""
    message = f"Message-ID: <{number}@test>\r\nTo: {number}@example.org\r\n\r\nWords.\r\n".encode()
    return Outbox.objects.create(subject=str(number), recipients=[f"{number}@example.org"], message=message)


def in_thread(work):
    def run():
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.slow
def test_nobody_who_writes_waits_for_a_server_that_hangs(server, file_database, settings):
    settings.MAILERS = server.mailers(timeout=5)
    server.hangs = True
    write(1)
    worker = in_thread(deliver_due_mail.call)
    while not server.connections:
        time.sleep(0.01)
    write(2)
    assert Outbox.objects.get(subject="1").attempts == 1
    assert worker.is_alive(), "the second was written only when the server's time was up"
    server.stop()
    worker.join()


@pytest.mark.slow
def test_two_workers_never_send_the_same_mail(server, file_database):
    rows = [write(number) for number in range(6)]
    server.moods = {f"{number}@example.org": "slow" for number in range(6)}
    workers = [in_thread(deliver_due_mail.call) for _worker in range(3)]
    for worker in workers:
        worker.join()
    assert sorted(server.message_ids) == [f"<{number}@test>" for number in range(6)]
    assert {state(row) for row in rows} == {"done_at"}


@pytest.mark.slow
def test_no_request_waits_for_a_mail_server(server, transactional_db, settings, client):
    """With the queue of a real site, a request only writes rows."""
    from tests import factories as make

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.MAILERS = server.mailers(timeout=20)
    server.hangs = True
    person = make.make_person()
    begun = time.monotonic()
    response = client.post("/account/password/reset/", {"email": person.email})
    assert response.status_code == 302
    assert server.connections == 0
    assert time.monotonic() - begun < 10
    assert Outbox.objects.get().attempts == 0
    server.hangs = False
    assert deliver_due_mail.call() == 1
