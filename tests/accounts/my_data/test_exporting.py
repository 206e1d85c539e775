"""Export everything of mine: exactly one's own, as it is declared, and readable without the site."""

import json
import re
from datetime import timedelta
from email import message_from_bytes, policy
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.core.files.storage import storages
from django.utils import timezone
from jsonschema import Draft202012Validator, FormatChecker

from accounts.models import KEEP_EXPORT, PAUSES, Export
from accounts.my_data import describing, exporting, tasks
from accounts.my_data.actions import ask_for_export
from accounts.my_data.declaration import declared
from desk.mail import may_go
from desk.models import Outbox
from records import kinds
from records.models import Attachment, Record
from records.search.index import write
from tests import factories as make
from tests.cast import SIGNED_IN

from .canaries import GONE, SHARED, canary

pytestmark = pytest.mark.once


def export_of(person):
    """Have an export made; give it, and what is in the file."""
    asked = ask_for_export(by=person)
    assert tasks.make_due_exports.call() == 1
    asked.refresh_from_db()
    return asked, opened(asked)


def opened(export):
    with storages["default"].open(export.name) as file, ZipFile(BytesIO(file.read())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(autouse=True)
def no_export_stays(db):
    """Leave no file of an export in the store of the tests."""
    yield
    for export in Export.objects.all():
        storages["default"].delete(export.name)


@pytest.mark.slow
def test_each_gets_their_own_and_nothing_of_anybody_else(planted):
    validator = Draft202012Validator(describing.schema(), format_checker=FormatChecker())
    for name in sorted(SIGNED_IN):
        person = planted[name]
        _asked, files = export_of(person)
        data = json.loads(files["data.json"])
        validator.validate(data)
        everything = b"".join(files[part] for part in ("data.json", "index.html", "words.txt")).decode()
        # What a sign-in remembers is not given, nor are mails that were sent to an address and to no account.
        for where in {*GONE, *SHARED} - {"session", "subject"}:
            is_nobodys = where == "role" and not person.memberships.exists()
            assert is_nobodys or canary(name, where) in everything, (name, where)
        for other in SIGNED_IN - {name}:
            words = [canary(other, where) for where in (*GONE, *SHARED)] + [planted[other].email]
            assert not [word for word in words if word in everything], (name, other)
            # The demo's names are words of their own; nobody is named but oneself.
            assert planted[other].name not in everything.replace(person.name, ""), (name, other)


def test_the_export_is_what_is_declared(planted):
    """For each table: the declared fields of the rows that are the person's, and of no other row."""
    person = planted.practitioner
    for table, rows in exporting.data_of(person):
        held = declared()[table]
        mine = [row for row in held.rows._base_manager.all() if any(_at(row, way) == person for way in held.whose)]
        # What somebody opened for a group is the group's, which goes on with it.
        if table in ("records.Record", "records.Version"):
            own = kinds.personal_keys()
            mine = [row for row in mine if (row if table == "records.Record" else row.record).kind in own]
        assert len(rows) == len(mine), table
        for row in rows:
            assert list(row) == held.exported, table


def _at(row, way):
    """Walk from a row to the person, as Python does."""
    for name in way.split(".") if way else ():
        row = getattr(row, name) if row is not None else None
    return row


def test_what_is_somebody_elses_in_a_row_of_two_is_not_given(cast):
    """Of a suggestion the author gets their wish, and the helper their line."""
    suggestion = cast["suggestion"]
    asked = next(row for row in dict(exporting.data_of(suggestion.record.author))["records.Suggestion"] if row["wish"])
    helped = dict(exporting.data_of(suggestion.helper))["records.Suggestion"][0]
    assert (asked["wish"], asked["note"]) == ("Spelling only, please.", None)
    assert (helped["wish"], helped["note"]) == (None, "Only one word.")


def test_it_opens_without_the_site(planted):
    """No reference leads out of it, each leads to a file inside, and it says what it is not."""
    _asked, files = export_of(planted.practitioner)
    page = files["index.html"].decode()

    class Links(HTMLParser):
        found: list[str] = []

        def handle_starttag(self, tag, attrs):
            assert tag not in ("script", "iframe", "object", "embed")
            self.found += [value for name, value in attrs if name in ("src", "href")]

    Links().feed(page)
    assert len(Links.found) > 10
    for link in Links.found:
        assert link.startswith("#part-") or link in files, link
    assert b"@import" not in files["style.css"] and b"url(" not in files["style.css"]
    assert "Made for learning. Not evidence of performance." in page
    assert "Made for learning. Not evidence of performance." in files["words.txt"].decode()
    assert json.loads(files["data.json"])["note"] == "Made for learning. Not evidence of performance."
    assert json.loads(files["schema.json"]) == describing.schema()


def test_photos_and_voice_notes_go_along(cast):
    _asked, files = export_of(cast.practitioner)
    data = json.loads(files["data.json"])
    mine = Attachment.objects.filter(owner=cast.practitioner, kept_at__isnull=False)
    assert set(data["files"]) == set(mine.values_list("public_id", flat=True))
    for row in mine:
        with storages["default"].open(row.name) as kept:
            assert files[data["files"][row.public_id]] == kept.read()
    assert "what is seen on private_note" in files["index.html"].decode()
    assert sum(name.startswith("files/") for name in files) == len(mine)


def test_words_stand_with_where_when_and_who(cast):
    _asked, files = export_of(cast.practitioner)
    page = files["index.html"].decode()
    part = page[page.index("Title in everyone") :]
    assert re.search(r"Shared \d+ \w+ 20\d\d, \d\d:\d\d, by name", part)
    assert "Everyone: 12 people, Early Shift" in part


def test_a_response_is_given_without_the_words_that_it_answers(cast):
    response = make.make_response(to=cast.not_named_note, by=cast.practitioner, text="My answer to it.")
    _asked, files = export_of(cast.practitioner)
    page = files["index.html"].decode()
    assert "My answer to it." in page and "not named words" not in page
    assert "To: something without a title" in page
    titled = make.make_shared_note(by=cast.fellow, space=cast.peers, title="A title of theirs", text="theirs")
    make.make_response(to=titled, by=cast.practitioner, text="To a title.")
    Export.objects.update(made_at=timezone.now())
    _asked, files = export_of(cast.practitioner)
    assert "To: A title of theirs" in files["index.html"].decode()
    make.withdraw(record=titled)
    _asked, files = export_of(cast.practitioner)
    page = files["index.html"].decode()
    assert "A title of theirs" not in page and "To: something that you cannot read now" in page
    assert response.public_id in files["data.json"].decode()


def test_markup_that_somebody_typed_stays_text(cast):
    note = make.make_note(by=cast.fellow, title="<script>alert(1)</script>", text='<img src="https://x.example/a">')
    write(Record.objects.get(pk=note.pk))
    _asked, files = export_of(cast.fellow)
    page = files["index.html"].decode()
    assert "<script" not in page and "https://x.example/a&quot;" in page


def test_its_person_is_told_by_mail_without_a_word_of_it(cast):
    asked, _files = export_of(cast.fellow)
    [mail] = Outbox.objects.filter(kind=tasks.KIND_OF_MAIL)
    message = message_from_bytes(bytes(mail.message), policy=policy.default)
    body = message.get_body(("plain",)).get_content()
    assert mail.recipients == [cast.fellow.email] and mail.subject == "Your file is there"
    assert "/account/data/" in body and asked.public_id not in body and asked.name not in body
    assert may_go(mail)
    Export.objects.update(ends_at=timezone.now())
    assert not may_go(mail)


def test_it_is_there_for_seven_days_and_then_deleted(cast):
    asked, _files = export_of(cast.fellow)
    assert asked.is_ready and asked.ends_at - asked.made_at == KEEP_EXPORT
    with time_machine.travel(timezone.now() + KEEP_EXPORT):
        assert not asked.is_ready
        tasks.delete_old_exports.call()
    assert not storages["default"].exists(asked.name)
    assert not Export.objects.filter(pk=asked.pk).exists()


def test_a_new_one_ends_the_one_before(cast):
    first, _files = export_of(cast.fellow)
    second, _files = export_of(cast.fellow)
    assert list(Export.objects.of(cast.fellow)) == [second]
    tasks.delete_old_exports.call()
    assert not storages["default"].exists(first.name)


def test_asked_twice_is_once(cast):
    assert ask_for_export(by=cast.fellow) == ask_for_export(by=cast.fellow)


def test_one_that_cannot_be_made_is_tried_again_and_holds_up_no_other(cast, monkeypatch):
    broken, fine = ask_for_export(by=cast.fellow), ask_for_export(by=cast.manager)
    right = tasks.make

    def make_or_break(export, *, person):
        if person == cast.fellow:
            raise OSError
        return right(export, person=person)

    monkeypatch.setattr(tasks, "make", make_or_break)
    now = timezone.now()
    for day in range(len(PAUSES) + 1):
        with time_machine.travel(now + timedelta(hours=5 * day)):
            assert tasks.make_due_exports.call() == (not day)
    broken.refresh_from_db()
    fine.refresh_from_db()
    assert broken.failed_at and fine.made_at


def test_who_is_erased_while_it_is_made_leaves_no_file(cast, monkeypatch):
    asked = ask_for_export(by=cast.fellow)
    right = tasks.make

    def made_too_late(export, *, person):
        size = right(export, person=person)
        Export.objects.filter(pk=export.pk).let_go()
        # A worker may still be writing it: the row waits.
        assert tasks.delete_old_exports.call() == 0
        return size

    monkeypatch.setattr(tasks, "make", made_too_late)
    assert tasks.make_due_exports.call() == 0
    assert not storages["default"].exists(asked.name)
    assert not Outbox.objects.filter(kind=tasks.KIND_OF_MAIL).exists()
