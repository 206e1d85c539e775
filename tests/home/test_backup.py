"""A site is saved whole and put back whole, on both databases, with its files (5-promises, 5.4)."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from home.backup import archive, databases, postgresql, restoring
from home.backup.archive import BackupError
from home.backup.saving import save_in
from tests import factories as make
from tests.house.code import ROOT
from tests.stage import file_names, read

from .sites import EMPTIED, Site, new_sites, rewritten

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("backup")]


@pytest.fixture(scope="module")
def new_site(django_db_setup, tmp_path_factory):
    """Give what makes sites; those of PostgreSQL are dropped at the end."""
    yield from new_sites(tmp_path_factory.mktemp("sites"))


@pytest.fixture(scope="module")
def site(_gathered, new_site, django_db_blocker) -> Site:
    """Give a site on which the cast has written, sealed by the clock."""
    with django_db_blocker.unblock():
        site = new_site("first")
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(site.path)) as copy:
                connection.connection.backup(copy)
        else:
            _copy_of_postgresql(site)
        for name in file_names():
            (site.folder / "files" / name).parent.mkdir(parents=True, exist_ok=True)
            (site.folder / "files" / name).write_bytes(read(name))
    site.done("createcachetable")
    site.done("tick")
    return site


def _copy_of_postgresql(site: Site) -> None:
    """Fill its database with what the cast did, by the tools that are tested below."""
    dump = site.folder / "cast.dump"
    postgresql.save(dump)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(connection.settings_dict, "NAME", site.name)
        postgresql.put_back(dump)
    dump.unlink()


@pytest.fixture(scope="module")
def backup(site) -> Path:
    """Give a backup of it."""
    folder = site.folder / "backups"
    folder.mkdir()
    said = site.done("backup", folder)
    [path] = folder.iterdir()
    assert said.startswith(f"{path}: the database and ") and "read back" in said
    return path


# What it holds ---------------------------------------------------------------------------------------------------


def test_nobody_but_its_owner_reads_it_and_it_says_what_it_holds(site, backup):
    assert backup.stat().st_mode & 0o777 == 0o600
    manifest = archive.read_whole(backup)
    assert manifest["database"] == connection.vendor
    assert "records.0001_initial" in manifest["migrations"]
    assert site.done("verify_audit", "--anchor", manifest["audit_anchor"])
    files = {name.removeprefix("files/") for name in manifest["parts"] if name.startswith("files/")}
    assert files == set(site.files()) and len(files) > 3
    assert manifest["missing"] == manifest["deleted_meanwhile"] == []


def test_one_that_is_there_is_not_written_over(backup):
    before = backup.read_bytes()
    with pytest.raises(BackupError, match="is there already"):
        save_in(backup)
    assert backup.read_bytes() == before


def test_one_that_cannot_be_written_leaves_nothing_behind(site, tmp_path):
    with pytest.raises(BackupError, match="Nothing can be written"):
        save_in(tmp_path / "no" / "backup.tar")
    limited = subprocess.run(
        ["bash", "-c", f"trap '' XFSZ; ulimit -f 100; exec {sys.executable} manage.py backup {tmp_path}"],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert limited.returncode == 1 and "Traceback" not in limited.stderr, limited.stderr
    assert list(tmp_path.iterdir()) == []


def test_through_a_pipe_it_is_the_same(site, backup, tmp_path):
    with (tmp_path / "piped.tar").open("wb") as out:
        command = [sys.executable, "manage.py", "backup", "-"]
        subprocess.run(command, cwd=ROOT, env=site.environment, stdout=out, check=True, stderr=subprocess.PIPE)
    piped, named = archive.read_whole(tmp_path / "piped.tar"), archive.read_whole(backup)
    assert piped["parts"].keys() == named["parts"].keys()


# Put back --------------------------------------------------------------------------------------------------------

SIGN_IN = f"""
from django.test import Client
browser = Client()
posted = browser.post("/account/login/", {{"login": "practitioner@example.org", "password": "{make.PASSWORD}"}})
from records.models import Record
note = Record.objects.get(title="Private title")
page = browser.get(f"/reflections/{{note.public_id}}/")
answer = [posted.status_code, page.status_code, "private words" in page.content.decode()]
"""


def test_a_site_put_back_elsewhere_is_the_same_row_for_row_and_byte_for_byte(site, backup, new_site):
    other = new_site("other")
    other.done("restore", backup)
    mine, theirs = site.rows(), other.rows()
    assert mine.keys() == theirs.keys() and len(mine) > 40
    assert {name for name in mine if mine[name] != theirs[name]} <= EMPTIED
    assert other.files() == site.files()
    assert other.done("verify_audit", "--anchor", archive.read_whole(backup)["audit_anchor"])
    assert other.ask(SIGN_IN) == [302, 200, True]


SINCE = """
from accounts.models import User
from accounts.my_data import ledger
from django.contrib.sessions.models import Session
from django.utils import timezone
from records.attachments.stores import put
from records.models import Attachment

ledger.note(person=User.objects.get(email="academic@example.org").public_id, choice="named")
User.objects.filter(email="practitioner@example.org").update(name="Changed since")
Session.objects.create(session_key="s", session_data="", expire_date=timezone.now())
row = Attachment.objects.exclude(small_made_at=None).first()
row.pk, row.public_id, row.name, row.draft_key, row.record = None, "abcdefghijkl", "ff/" + "f" * 30, "k", None
row.save()
put(row.name, b"later")
answer = row.name
"""
NOW = """
from accounts.models import User
from django.contrib.sessions.models import Session

answer = {
    "erased": not User.objects.filter(email="academic@example.org").exists(),
    "name": User.objects.get(email="practitioner@example.org").name,
    "sessions": Session.objects.count(),
}
"""


def test_people_are_replaced_only_when_that_is_said_and_who_was_erased_stays_erased(backup, new_site):
    other = new_site("replaced")
    other.done("restore", backup)
    files = other.files()
    later = other.ask(SINCE)
    changed = other.state()
    assert later in changed[1]
    refused = other.manage("restore", backup)
    assert refused.returncode == 1 and "There are people in this database" in refused.stderr
    assert other.state() == changed
    assert "1 people erased again" in other.done("restore", backup, "--replace")
    assert other.ask(NOW) == {"erased": True, "name": "Practitioner Q", "sessions": 0}
    # What came since is gone, and so is its file; the files of who was erased go with the next tick.
    assert later not in other.files() and other.files().keys() <= files.keys()
    other.done("verify_audit")


def _damaged(whole: bytes) -> dict[str, bytes]:
    def turned(at: int) -> bytes:
        return whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]

    return {
        "a byte of the database": turned(2000),
        "a byte of a file": turned(whole.find(b"files/") + 700),
        "broken off": whole[: len(whole) // 2],
        "broken off at its last part": whole[: whole.find(archive.MANIFEST.encode())],
        "empty": b"",
        "something else": b"This is no archive." * 100,
    }


def test_every_damage_is_seen(backup, tmp_path):
    broken = tmp_path / "broken.tar"
    for what, content in _damaged(backup.read_bytes()).items():
        broken.write_bytes(content)
        with pytest.raises(BackupError):
            archive.read_whole(broken)
            pytest.fail(f"{what} was not seen")


def test_a_damaged_one_or_a_database_in_use_changes_nothing(backup, new_site, tmp_path):
    other = new_site("kept")
    other.done("restore", backup)
    before = other.state()
    broken = tmp_path / "broken.tar"
    broken.write_bytes(_damaged(backup.read_bytes())["a byte of a file"])
    refused = other.manage("restore", broken, "--replace")
    assert refused.returncode == 1 and "is damaged: files/" in refused.stderr
    assert other.state() == before
    if connection.vendor == "sqlite":
        held = sqlite3.connect(other.path)
        held.execute("SELECT count(*) FROM accounts_user").fetchone()
    else:
        held = psycopg.connect(other.address)
    with closing(held):
        refused = other.manage("restore", backup, "--replace")
        assert refused.returncode == 1 and "Stop the web server" in refused.stderr
    assert other.state() == before


def test_one_of_a_newer_version_or_of_another_database_is_refused(backup, new_site, tmp_path):
    other = new_site("fits")
    manifest = archive.read_whole(backup)
    newer = {"migrations": [*manifest["migrations"], "records.0999_later"], "version": "9.9"}
    refused = other.manage("restore", rewritten(backup, tmp_path / "newer.tar", **newer))
    assert refused.returncode == 1
    assert "newer version (9.9): this one does not know records.0999_later" in refused.stderr
    assert other.files() == {} and set(other.rows()) == set()
    with pytest.raises(BackupError, match="a database of oracle"):
        restoring._require_fit(manifest | {"database": "oracle"})
    with pytest.raises(BackupError, match="another form"):
        archive.read_whole(rewritten(backup, tmp_path / "form.tar", form=2))


def test_one_of_an_older_version_is_brought_up_to_this_one(backup, new_site, tmp_path):
    """The database is taken back to before the audit was sealed, and saved as that version would have."""
    old, new = new_site("old"), new_site("new")
    old.done("restore", backup)
    old.done("migrate", "desk", "0003", "-v", "0", "--skip-checks")
    database = databases.of_this_site()
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(connection.settings_dict, "NAME", old.name)
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(old.path)) as base:
                base.execute("VACUUM INTO ?", [str(tmp_path / "part")])
        else:
            database.save(tmp_path / "part")
    migrations = [name for name in archive.read_whole(backup)["migrations"] if name != "desk.0004_audit_seals"]
    part = {database.PART: (tmp_path / "part").read_bytes()}
    new.done("restore", rewritten(backup, tmp_path / "old.tar", part, migrations=migrations))
    new.done("tick")
    new.done("verify_audit")
