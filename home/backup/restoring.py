"""Putting a backup back: everything is looked at first, and nothing is touched unless all of it is well."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command, get_commands
from django.db import DatabaseError, connection

from accounts.models import Export, User
from records.attachments.stores import put, store
from records.models import Attachment

from . import archive, databases
from .archive import BackupError

Say = Callable[[str], object]
# Carries out once more what people have asked for since the backup was made.
ERASE_AGAIN = "erase_again"


def restore(path: Path, *, replace: bool, say: Say) -> None:
    """Put the site back as it was when the backup was made. Raises BackupError, before anything is touched if it can.

    Files first, under their random names, which nobody knows of yet; then the database, in one step; then what no row
    names any more is deleted. Whoever interrupts it does it again.
    """
    manifest = archive.read_whole(path)
    _require_fit(manifest)
    if not replace and _holds_people():
        raise BackupError(
            "There are people in this database. With --replace it goes for good, with all that they wrote since"
            " the backup was made; make a backup of it first."
        )
    database = databases.of_this_site()
    database.require_alone()
    before = _files_named()
    with tempfile.TemporaryDirectory(dir=database.workplace(), prefix=".restore-") as folder:
        copy = Path(folder) / database.PART
        archive.extract(path, database.PART, copy)
        brought = _put_files_back(path)
        database.put_back(copy)
    say(f"The database is back as it was on {manifest['made_at']}.")
    _set_right(say)
    _delete_unnamed(brought | before, brought=brought, say=say)


def _require_fit(manifest: dict[str, Any]) -> None:
    """Raise BackupError unless the backup is of this sort of database, and of no newer version."""
    if manifest["database"] != connection.vendor:
        raise BackupError(
            f"The backup is of a database of {manifest['database']}, and this site works on {connection.vendor}."
        )
    unknown = databases.unknown_to_this_version(manifest["migrations"])
    if unknown:
        raise BackupError(
            f"The backup was made by a newer version ({manifest['version']}): this one does not know {unknown[0]}."
            " Install that version first."
        )


def _holds_people() -> bool:
    try:
        return User._meta.db_table in connection.introspection.table_names() and User.objects.exists()
    except DatabaseError:
        # What cannot be read may have been words of people.
        return True


def _files_named() -> set[str]:
    """Return the names of all files that the database knows of; none where it has no such table, or cannot be read."""
    try:
        if Attachment._meta.db_table not in connection.introspection.table_names():
            return set()
        return {name for row in Attachment.objects.only("name").iterator() for name in (row.name, row.small_name)}
    except DatabaseError:
        return set()
    finally:
        connection.close()


def _put_files_back(path: Path) -> set[str]:
    brought = set()
    try:
        for name, content in archive.files_in(path):
            put(name, content)
            brought.add(name)
    except OSError as error:
        raise BackupError(f"The files could not be put back ({error}). The database was not touched.") from error
    return brought


def _set_right(say: Say) -> None:
    """Bring what was put back up to the present: the version, what was to be erased, who is signed in, the index."""
    call_command("migrate", interactive=False, verbosity=0)
    # First of all, before anybody can look.
    if ERASE_AGAIN in get_commands():
        call_command(ERASE_AGAIN)
    # A backup holds no exports: they are copies, and can be asked for again.
    Export.objects.all().delete()
    UserSession.objects.all().delete()
    Session.objects.all().delete()
    say("Everybody is signed out.")
    try:
        call_command("check_data")
    except CommandError:
        say("Some rules did not hold: the search index is made anew, and the rules are looked at again.")
        call_command("reindex")
        call_command("check_data")


def _delete_unnamed(candidates: set[str], *, brought: set[str], say: Say) -> None:
    """Delete files that no row names now: nobody could find them again, to delete them when their owner wishes so."""
    named = _files_named()
    strays = candidates - named
    for name in sorted(strays):
        store().delete(name)
    say(f"{len(brought & named)} files are back; {len(strays)} that no row names were deleted.")
