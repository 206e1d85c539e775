"""A backup made while people write and delete is whole: nothing that was saved before it began is missing in it."""

import io
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection

from home.backup import archive, databases, postgresql, restoring
from home.backup.archive import BackupError
from home.backup.saving import save_to
from records.attachments.stores import store
from records.models import Attachment
from tests.house.code import ROOT
from tests.records.test_storage_s3 import bucket, endpoint  # noqa: F401 (a store that is no folder)
from tests.scenery.attachments import file_on

from .test_backup import backup, new_site, site  # noqa: F401 (the same site, made once for this module)

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("backup")]
WRITERS = ("practitioner", "fellow")
ENOUGH = 8
FOUND = """
from records.models import Attachment, Record
answer = {
    "notes": list(Record.objects.filter(submission__startswith="load-").values_list("public_id", flat=True)),
    "files": list(Attachment.objects.exclude(record=None).values_list("name", flat=True)),
}
"""


class Load:
    """Processes that write to a site, and what they were told is saved."""

    def __init__(self, busy):
        self.saved: list[str] = []
        self.enough = threading.Event()
        self._writers = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.home.load", name],
                cwd=ROOT,
                env=busy.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for name in WRITERS
        ]
        self._listeners = [threading.Thread(target=self._listen, args=[writer]) for writer in self._writers]
        for listener in self._listeners:
            listener.start()

    def _listen(self, writer):
        for line in writer.stdout:
            self.saved.append(line.strip())
            if len(self.saved) >= ENOUGH:
                self.enough.set()

    def stop(self):
        """Let them end what they do; say whether all went well."""
        for writer in self._writers:
            writer.stdin.close()
        codes = [writer.wait(timeout=60) for writer in self._writers]
        for listener in self._listeners:
            listener.join(timeout=60)
        for writer in self._writers:
            writer.stdout.close()
        return set(codes) == {0}


def test_made_while_two_processes_write_it_is_whole(backup, new_site, tmp_path):  # noqa: F811
    busy, other = new_site("busy"), new_site("after")
    busy.done("restore", backup)
    load = Load(busy)
    try:
        assert load.enough.wait(timeout=60)
        before = set(load.saved)
        busy.done("backup", tmp_path / "busy.tar")
        during = len(load.saved) - len(before)
    finally:
        well = load.stop()
    assert well and during > 0, "nothing was written while the backup was made"
    # Looks at the database with its own tools, and at all rules that span rows.
    other.done("restore", tmp_path / "busy.tar")
    found = other.ask(FOUND)
    assert before <= set(found["notes"])
    assert set(found["notes"]) <= set(load.saved) | set(busy.ask(FOUND)["notes"])
    assert set(found["files"]) <= other.files().keys()
    other.done("tick")
    other.done("verify_audit")


# What is deleted meanwhile, and where there is nothing to work with ----------------------------------------------


@pytest.fixture
def saving(monkeypatch):
    """Have something else than the database saved: what this test has changed is not committed."""
    database = databases.of_this_site()
    monkeypatch.setattr(database, "save", lambda path: path.write_bytes(b"a database"))
    return database


def saved(tmp_path: Path):
    out = io.BytesIO()
    said = save_to(out, workplace=tmp_path)
    (tmp_path / "backup.tar").write_bytes(out.getvalue())
    return said, archive.read_whole(tmp_path / "backup.tar")


def test_a_file_that_came_while_the_database_was_saved_is_in_it(cast, saving, tmp_path, monkeypatch):
    """A transaction that ends between the first look and the copy is in the copy."""
    came = []

    def and_meanwhile(path):
        path.write_bytes(b"a database")
        came.append(file_on(cast.everyone_note, by=cast.practitioner, description="A wall"))

    monkeypatch.setattr(saving, "save", and_meanwhile)
    _said, manifest = saved(tmp_path)
    assert f"files/{came[0].name}" in manifest["parts"]


def test_a_file_deleted_meanwhile_is_told_from_one_that_is_missing(cast, saving, tmp_path, monkeypatch):
    going, missing = cast["photo_on_peers_note"], cast["voice_on_peers_note"]

    def and_meanwhile(path):
        path.write_bytes(b"a database")
        store().delete(going.name)
        store().delete(going.small_name)
        Attachment.objects.filter(pk=going.pk).delete()

    monkeypatch.setattr(saving, "save", and_meanwhile)
    store().delete(missing.name)
    said, manifest = saved(tmp_path)
    assert going.name in manifest["deleted_meanwhile"]
    assert manifest["missing"] == said.missing == [missing.name]
    assert f"files/{missing.name}" not in manifest["parts"]


def test_files_in_a_bucket_are_saved_and_put_back_alike(cast, saving, bucket, tmp_path):  # noqa: F811
    photo = cast["photo_on_peers_note"]
    store().save(photo.name, io.BytesIO(b"\0" * photo.size))
    said, manifest = saved(tmp_path)
    assert manifest["parts"][f"files/{photo.name}"]["size"] == photo.size
    # The others lie in the folder of the tests.
    assert said.files == 1 and photo.small_name in said.missing
    store().delete(photo.name)
    assert restoring._put_files_back(tmp_path / "backup.tar") == {photo.name}
    assert store().read_part(photo.name, 0, photo.size) == b"\0" * photo.size


def test_a_store_that_does_not_answer_makes_no_backup(cast, saving, tmp_path, monkeypatch):
    def silent(*_arguments):
        raise OSError("The store of files does not answer.")

    monkeypatch.setattr(type(store()), "read_part", silent)
    with pytest.raises(BackupError, match="does not answer"):
        saved(tmp_path)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite needs no tools")
@pytest.mark.parametrize("tool", ["pg_dump", "pg_restore"])
def test_without_its_tools_or_with_older_ones_a_sentence_says_what_to_install(cast, monkeypatch, tool):
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "which", lambda *_arguments, **_options: None)
        with pytest.raises(BackupError, match=f"{tool} is not to be found on this machine"):
            postgresql._tool(tool)
    monkeypatch.setattr(postgresql, "_major", lambda _path: 9)
    with pytest.raises(BackupError, match=f"{tool} is of version 9, and the server of version"):
        postgresql._tool(tool)
