"""Nothing that was said to be saved is lost, and nothing is there twice, whenever the server dies (security R1, R2).

A kill proves the app's part: what is answered is committed, and what was not answered can be sent again. That a commit
is on the disk is asserted of each connection (`tests/house/test_durability.py`), since a killed process loses nothing
that the system has (research/security.md, 0.7). `make crash` runs these in full, everyday tests a short form.
"""

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from desk.models import AuditEvent, Draft
from records.models import Record
from tests import factories as make
from tests.house.code import ROOT

from .conftest import cookies_of

pytestmark = pytest.mark.slow

WRITERS = 4
POSTS = int(os.environ.get("CRASH_POSTS", "40"))
KILLS = int(os.environ.get("CRASH_KILLS", "3"))
DRAFT_EVERY = 5
# How often connections are taken away, and in how many rounds: where a page takes longer than that, none would ever
# come to its end.
EVERY_SECONDS = 0.2
ROUNDS = 2 * KILLS


class Writers:
    """Four who write at the same time, each in a process of its own and signed in as somebody else."""

    def __init__(self, server, folder, *, posts, seconds):
        self.people = {f"W{number}": make.make_person(name=f"W{number} Q") for number in range(WRITERS)}
        self.journals = [folder / f"{name}.jsonl" for name in self.people]
        self.posts, self.seconds = posts, seconds
        self._processes = [
            self._start(server, name, journal) for name, journal in zip(self.people, self.journals, strict=True)
        ]

    def _start(self, server, name, journal):
        journal.touch()
        task = {
            "name": name,
            "port": server.port,
            "cookies": cookies_of(self.people[name]),
            "address": reverse("reflections:reflection-new"),
            "posts": self.posts // WRITERS,
            "draft_every": DRAFT_EVERY,
            "seconds": self.seconds,
            "journal": str(journal),
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.writer"], cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE
        )
        process.stdin.write(json.dumps(task).encode())
        process.stdin.close()
        return process

    @property
    def said(self):
        """Give all lines of the journals; one that is being written counts next time."""
        lines = [line for journal in self.journals for line in journal.read_text().splitlines(keepends=True)]
        return [json.loads(line) for line in lines if line.endswith("\n")]

    def of(self, what):
        return [line for line in self.said if line["what"] == what]

    @property
    def are_at_it(self):
        return any(process.poll() is None for process in self._processes)

    def end(self, *, now=False):
        """Wait until they have written all, and say what went wrong with any of them."""
        faults = []
        for process in self._processes:
            try:
                process.wait(0 if now else self.seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                faults.append("did not end")
            faults += [words for words in [process.stderr.read().decode().strip()] if words or process.returncode]
            process.stderr.close()
        return faults


@contextmanager
def writing(server, folder, *, posts, seconds):
    """Have them write as long as the test does something to their server, and until they are done."""
    writers = Writers(server, folder, posts=posts, seconds=seconds)
    try:
        yield writers
    except BaseException:
        writers.end(now=True)
        raise
    assert not writers.end()


def check_that_nothing_is_lost_or_twice(writers):
    """Compare what the writers were told with what the database holds."""
    people = list(writers.people.values())
    saved = writers.of("saved")
    assert not writers.of("fault")
    assert len(saved) == writers.posts
    notes = {note.submission: note for note in Record.objects.filter(author__in=people)}
    for line in saved:
        note = notes[line["key"]]
        assert note.text == line["words"]
        assert line["location"] == note.get_absolute_url()
    # Every form that was sent was answered in the end, so there is no note beyond those.
    assert Record.objects.filter(author__in=people).count() == len(saved)
    assert set(Counter(note.text for note in notes.values()).values()) == {1}
    assert AuditEvent.objects.filter(actor__in=people, action="reflection.write").count() == len(saved)
    drafts = {draft.key: draft for draft in Draft.objects.filter(author__in=people).open()}
    kept = {line["key"]: line["words"] for line in writers.of("kept")}
    assert {key: draft.data["text"] for key, draft in drafts.items()} == {key: [text] for key, text in kept.items()}
    assert kept


def check_the_database():
    """Let the database look through itself, and the app through its rules. Give what was looked at, in words."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchall() == [("ok",)]
            cursor.execute("PRAGMA foreign_key_check")
            assert cursor.fetchall() == []
            looked_at = "integrity_check and foreign_key_check"
        else:
            looked_at = check_postgresql(cursor)
    call_command("check_data")
    return f"{looked_at} and check_data fine"


def check_postgresql(cursor):
    """Read every row; and compare each index with its table, where `amcheck` is there, which not every server has."""
    for table in connection.introspection.table_names(cursor):
        cursor.execute(f'SELECT count(md5(t::text)) FROM "{table}" t')
    cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'amcheck'")
    if not cursor.fetchone():
        return "every row read,"
    cursor.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
    cursor.execute(
        "SELECT bt_index_parent_check(c.oid, true) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'btree' AND c.relpersistence = 'p'"
        " AND c.relnamespace = 'public'::regnamespace AND i.indisvalid"
    )
    return "every row read, every index against its table,"


def test_killed_in_the_middle_nothing_is_lost_and_nothing_is_twice(server, tmp_path, figures):
    began = time.monotonic()
    with writing(server, tmp_path, posts=POSTS, seconds=60 + 8 * KILLS + POSTS) as writers:
        for number in range(1, KILLS + 1):
            # Spread over all that is written, so that each falls into the middle of something.
            while len(writers.of("saved")) < number * POSTS // (KILLS + 1) and writers.are_at_it:
                time.sleep(0.02)
            time.sleep(random.uniform(0, 0.1))
            assert writers.are_at_it, f"all was written before kill {number}"
            server.kill()
            server.start()
    server.stop()
    check_that_nothing_is_lost_or_twice(writers)
    looked_at = check_the_database()
    unanswered, kept = len(writers.of("no answer")), len({line["key"] for line in writers.of("kept")})
    assert unanswered
    figures(
        f"{KILLS} kills during {POSTS} posts of {WRITERS} processes: {len(writers.of('saved'))} acknowledged,"
        f" 0 lost, 0 twice; {kept} drafts kept, 0 lost; {unanswered} requests without an answer were sent again;"
        f" {looked_at}; {time.monotonic() - began:.0f} s"
    )


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no connections to take away")
def test_connections_taken_away_lose_nothing_and_it_recovers(server, tmp_path, figures, browser_of):
    began = time.monotonic()
    over = threading.Event()
    taken = []

    def take_away():
        """End every connection but this one, again and again."""
        with connection.copy().temporary_connection() as cursor:
            while len(taken) < ROUNDS and not over.wait(EVERY_SECONDS):
                cursor.execute(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                taken.append(cursor.fetchone()[0])

    thread = threading.Thread(target=take_away)
    try:
        with writing(server, tmp_path, posts=POSTS // 2, seconds=120 + POSTS) as writers:
            # Those of this test among them, which needs none until the writers are done.
            thread.start()
    finally:
        over.set()
        thread.join()
        connection.close()
        connection.close_pool()
    # Each process has connections that died, and finds that out by itself.
    browser = browser_of(writers.people["W0"])
    after = Counter(browser.ask("GET", reverse("home:home")).status for _n in range(40))
    assert after == {200: 40}
    check_that_nothing_is_lost_or_twice(writers)
    check_the_database()
    figures(
        f"{sum(taken)} connections taken away in {len(taken)} rounds during {POSTS // 2} posts: 0 lost, 0 twice;"
        f" {len(writers.of('closed'))} answers were 503, none 500, and none afterwards;"
        f" {time.monotonic() - began:.0f} s"
    )
