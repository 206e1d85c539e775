"""No file outlives what it belongs to, and none is lost track of; small pictures come by themselves."""

from datetime import timedelta
from unittest.mock import Mock

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from desk.models import Draft
from records.attachments import stores, tasks
from records.attachments.keeping import keep_clean
from records.attachments.said import Files
from records.models import Attachment, Record
from tests import factories as make
from tests.scenery.attachments import PHOTO, VOICE, file_on, waiting_file

from .made import picture, recording
from .sending import by_script, note_with, stored

RED, GREEN = picture(colour="red"), picture(colour="green")
# Files are opened in this process, which is quicker; test_uploads.py opens them as it is really done.
pytestmark = pytest.mark.usefixtures("opened_here")


@pytest.fixture
def me(db):
    return make.make_person()


@pytest.fixture
def browser(me, client_for, files_folder):
    return client_for(me)


# Where it ends ----------------------------------------------------------------------------------------------------


def test_deleted_with_the_record_files_and_all(browser, files_folder, django_capture_on_commit_callbacks):
    note_with(browser, key="k", photos=[RED], voice=recording())
    tasks.make_due_small_pictures.call()
    note = Record.objects.get()
    assert len(stored(files_folder)) == 3
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("reflections:reflection-delete", args=[note.public_id]))
    assert not Attachment.objects.exists()
    assert stored(files_folder) == []


def test_deleted_with_the_record_however_that_is_deleted(me, files_folder):
    note = make.make_note(by=me)
    row = file_on(note, by=me)
    note.delete()
    row.refresh_from_db()
    assert (row.record, row.draft_key) == (None, "")
    call_command("tick", verbosity=0)
    assert not Attachment.objects.exists() and stored(files_folder) == []


def test_a_store_that_does_not_answer_is_asked_again_for_ever(me, files_folder, monkeypatch):
    row = waiting_file(by=me, key="k")
    Attachment.objects.filter(pk=row.pk).let_go()
    with monkeypatch.context() as patch:
        patch.setattr(stores.Folder, "delete", Mock(side_effect=OSError))
        for day in range(8):
            with time_machine.travel(timezone.now() + timedelta(days=day)):
                assert tasks.delete_due_files.call() == 0
    assert Attachment.objects.get().attempts == 8
    assert tasks.delete_due_files.call() == 0, "not before its time"
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        assert tasks.delete_due_files.call() == 1
    assert stored(files_folder) == []


def test_a_draft_thrown_away_takes_its_files_along(browser, me, files_folder, django_capture_on_commit_callbacks):
    draft = make.make_draft(by=me)
    waiting_file(by=me, key=draft.key)
    other = waiting_file(by=me, key="another")
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("desk:draft-delete", args=[draft.key]))
    assert list(Attachment.objects.all()) == [other]
    assert len(stored(files_folder)) == 1


def test_taken_off_a_form_it_is_gone(browser, files_folder, django_capture_on_commit_callbacks):
    by_script(browser, RED)
    row = Attachment.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(reverse("records:attachment-delete", args=[row.public_id])).status_code == 200
    assert not Attachment.objects.exists() and stored(files_folder) == []


def test_what_nobody_saves_is_forgotten_after_a_day_but_a_draft_is_not(me, files_folder):
    draft = make.make_draft(by=me)
    kept = waiting_file(by=me, key=draft.key)
    waiting_file(by=me, key="closed-the-window")
    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        assert tasks.delete_due_files.call() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert tasks.delete_due_files.call() == 1
    with time_machine.travel(timezone.now() + timedelta(days=90)):
        assert tasks.delete_due_files.call() == 0
    assert list(Attachment.objects.all()) == [kept]
    Draft.objects.all().delete()
    with time_machine.travel(timezone.now() + timedelta(days=90)):
        assert tasks.delete_due_files.call() == 1


# Never lost track of ----------------------------------------------------------------------------------------------


def test_a_store_that_fails_is_said_and_leaves_nothing_behind(browser, files_folder, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(stores.Folder, "_save", Mock(side_effect=OSError("full")))
        response = by_script(browser, RED)
    assert response.status_code == 422 and "could not be kept just now" in response.content.decode()
    assert by_script(browser, RED).status_code == 200, "the same again"
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        tasks.delete_due_files.call()
    assert Attachment.objects.count() == len(stored(files_folder)) == 1


def test_killed_between_the_store_and_the_database_the_file_is_known(me, files_folder, monkeypatch):
    with monkeypatch.context() as patch, pytest.raises(DatabaseError):
        # The last thing that keeps a file: as if the process ended before it.
        patch.setattr("records.attachments.keeping.ask_for_small_pictures", Mock(side_effect=DatabaseError))
        keep_clean(PHOTO, "d" * 64, kind="photo", files=Files(me, "k"))
    assert len(stored(files_folder)) == 1
    assert not Attachment.objects.in_form(me, key="k"), "not offered as if it were kept"
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        tasks.delete_due_files.call()
    assert stored(files_folder) == [] and not Attachment.objects.exists()


def test_thrown_away_while_it_is_on_its_way_it_ends_in_the_store_too(me, files_folder, monkeypatch):
    really_put = stores.put

    def thrown_away_meanwhile(name, content):
        Attachment.objects.all().let_go()
        assert tasks.delete_due_files.call() == 0, "the store may still be getting it"
        really_put(name, content)

    monkeypatch.setattr("records.attachments.keeping.put", thrown_away_meanwhile)
    with pytest.raises(ValidationError):
        keep_clean(PHOTO, "d" * 64, kind="photo", files=Files(me, "k"))
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert tasks.delete_due_files.call() == 1
    assert stored(files_folder) == []


# Small pictures ---------------------------------------------------------------------------------------------------


def test_small_pictures_are_made_by_a_task_and_the_picture_stands_in_until_then(browser):
    by_script(browser, picture(size=(2000, 1000)))
    row = Attachment.objects.get()
    small = reverse("records:attachment-small", args=[row.public_id])
    whole = browser.get(small)
    assert len(whole.content) == row.size
    assert tasks.make_due_small_pictures.call() == 1
    assert tasks.make_due_small_pictures.call() == 0
    made = browser.get(small)
    assert 0 < len(made.content) < row.size
    assert made.headers["ETag"] != whole.headers["ETag"]


def test_a_picture_that_kills_its_worker_holds_up_no_other_and_is_given_up(me, files_folder, monkeypatch):
    poison, good = waiting_file(by=me, key="k"), waiting_file(by=me, key="k", what="good")
    tries = []

    def open_apart(file, what):
        tries.append(len(tries))
        if tries[-1] % 2 == 0 and not Attachment.objects.get(pk=poison.pk).small_made_at:
            raise SystemExit if len(tries) == 1 else ValueError
        return PHOTO

    monkeypatch.setattr(tasks, "open_apart", open_apart)
    with pytest.raises(SystemExit):
        tasks.make_due_small_pictures.call()
    assert tasks.make_due_small_pictures.call() == 1, "the other one, straight afterwards"
    good.refresh_from_db()
    assert good.small_made_at
    monkeypatch.setattr(tasks, "open_apart", Mock(side_effect=ValueError))
    for day in range(1, 9):
        with time_machine.travel(timezone.now() + timedelta(days=day)):
            assert tasks.make_due_small_pictures.call() == 0
    poison.refresh_from_db()
    assert (poison.attempts, poison.small_made_at) == (5, None)


def test_a_file_of_a_worker_that_was_killed_is_written_over(me, files_folder, monkeypatch):
    row = waiting_file(by=me, key="k")
    stores.put(row.small_name, b"half of it")
    monkeypatch.setattr(tasks, "open_apart", lambda *_: PHOTO)
    tasks.make_due_small_pictures.call()
    assert len(stored(files_folder)) == 2
    assert stores.store().read_part(row.small_name, 0, 100_000) == PHOTO.content


def test_voices_have_no_small_picture(me, files_folder):
    waiting_file(by=me, key="k", clean=VOICE)
    assert tasks.make_due_small_pictures.call() == 0
