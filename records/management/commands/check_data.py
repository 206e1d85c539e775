from django.core.management.base import BaseCommand, CommandError

from records.checks import broken_rules


class Command(BaseCommand):
    """Look whether the rules that span rows hold in the data; for after a restore, or when in doubt."""

    help = "Check the rules that no constraint of the database can hold."

    def handle(self, **options):
        """Print what is broken, and fail if anything is."""
        broken = broken_rules()
        for line in broken:
            self.stderr.write(line)
        if broken:
            raise CommandError(f"{len(broken)} rows break a rule.")
        self.stdout.write("All rules hold.")
