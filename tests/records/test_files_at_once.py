"""Several files of one form at the same moment: four stay four, and one stays one."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections

from records import actions
from records.attachments import tasks
from records.attachments.keeping import keep_clean
from records.attachments.said import Files
from records.models import Attachment, Record
from records.parts import Parts
from reflections import actions as reflections
from tests import factories as make
from tests.scenery.attachments import PHOTO, waiting_file

from .sending import stored

AT_ONCE = 8
pytestmark = pytest.mark.slow


@pytest.fixture
def me(file_database, files_folder, monkeypatch):
    monkeypatch.setattr(tasks, "open_apart", lambda *_: PHOTO)
    return make.make_person()


def at_once(do):
    """Run `do(n)` in so many threads; give what each returned, or the name of what it raised."""

    def run(n):
        try:
            connection.ensure_connection()
            return do(n)
        except (ValidationError, actions.AlreadySent) as error:
            return type(error).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def test_eight_photos_at_once_are_four(me, files_folder):
    results = at_once(lambda n: keep_clean(PHOTO, f"{n}" * 64, kind="photo", files=Files(me, "k")).kind)
    assert Counter(results) == {"photo": 4, "ValidationError": 4}
    assert Attachment.objects.filter(kept_at__isnull=False).count() == 4


def test_the_same_photo_eight_times_at_once_is_one(me, files_folder):
    results = at_once(lambda n: keep_clean(PHOTO, "d" * 64, kind="photo", files=Files(me, "k")).pk)
    assert len(set(results)) == 1
    row = Attachment.objects.get()
    assert {path.name for path in stored(files_folder)} <= {row.name[3:], row.small_name[3:]}


def test_a_form_with_files_sent_eight_times_at_once_is_one_note(me):
    waiting_file(by=me, key="k")

    def save(n):
        return reflections.write(by=me, text="words", key="k", parts=Parts(files=Files(me, "k"))).pk

    assert len(set(at_once(save))) == 1
    note = Record.objects.get()
    assert (note.photo_count, note.attachments.count()) == (1, 1)


def test_two_workers_make_a_small_picture_once_and_delete_a_file_once(me, files_folder, monkeypatch):
    row = waiting_file(by=me, key="k")
    # Made as it was kept; due once more.
    Attachment.objects.update(small_made_at=None, attempts=0, next_try_at=row.created_at)
    assert sum(at_once(lambda n: tasks.make_due_small_pictures.call())) == 1
    Attachment.objects.filter(pk=row.pk).let_go()
    assert sum(at_once(lambda n: tasks.delete_due_files.call())) == 1
    assert stored(files_folder) == []
