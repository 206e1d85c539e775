from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from home.backup.archive import BackupError
from home.backup.restoring import restore


class Command(BaseCommand):
    """Put a site back as it was when a backup was made.

    The web server, the worker and `tick` must be stopped. What people did since then is gone.
    """

    help = "Put a backup back. Stop the web server, the worker and `tick` first."
    # The database may be past opening.
    requires_system_checks = []

    def add_arguments(self, parser):
        """Take the archive, and whether people may be replaced."""
        parser.add_argument("file", type=Path, help="What `manage.py backup` wrote.")
        parser.add_argument("--replace", action="store_true", help="Also where there are people in the database.")

    def handle(self, *, file, replace, **options):
        """Look at all of it, put it back, and set right what follows."""
        self.stdout.write("The web server, the worker and `tick` must be stopped while this runs.")
        if not file.is_file():
            raise CommandError(f"{file} is not there.")
        try:
            restore(file, replace=replace, say=self.stdout.write)
        except BackupError as error:
            raise CommandError(str(error))
        self.stdout.write(self.style.SUCCESS("Done. Sign in once and look around before you let people in again."))
