import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from home.backup.archive import BackupError
from home.backup.saving import Saved, save_in, save_to


class Command(BaseCommand):
    """Save the database and all files in one archive, while people go on writing.

    What it holds can be read by whoever has it, private notes too: encrypt it, and keep few of them.
    """

    help = "Save the database and all files in one archive. Safe while the site is running."

    def add_arguments(self, parser):
        """Take where the backup goes."""
        parser.add_argument("to", help="A folder, a file that is not there yet, or - for standard output.")

    def handle(self, *, to, **options):
        """Make it, and say what is in it; on standard error where the archive itself goes to standard output."""
        try:
            if to == "-":
                saved = save_to(sys.stdout.buffer, workplace=settings.VAR_DIR)
                sys.stdout.flush()
                self.stderr.write(f"Written, and not read back: {saved.files} files and the database.")
            else:
                saved = save_in(Path(to))
                size = filesizeformat(saved.size).replace("\xa0", " ")
                self.stdout.write(f"{saved.path}: the database and {saved.files} files, {size}, read back.")
        except BackupError as error:
            raise CommandError(str(error))
        self._tell_of_files(saved)

    def _tell_of_files(self, saved: Saved) -> None:
        if saved.deleted_meanwhile:
            self.stderr.write(f"{len(saved.deleted_meanwhile)} files were deleted meanwhile, and are not in it.")
        if saved.missing:
            names = ", ".join(saved.missing[:5])
            self.stderr.write(f"{len(saved.missing)} files are named by a row, and not whole in the store: {names}")
