from django.core.management.base import BaseCommand, CommandError

from accounts.my_data import describing
from accounts.my_data.declaration import faults


class Command(BaseCommand):
    """Write docs/data.md and docs/data-schema.json anew, from the declaration of what is held about people."""

    help = "Write docs/data.md and docs/data-schema.json from accounts/my_data/held.toml."

    def handle(self, **options):
        """Write both, unless something is not declared."""
        if found := faults():
            raise CommandError("\n".join(found))
        describing.DATA.write_text(describing.data_md())
        describing.SCHEMA.write_text(describing.schema_json())
        self.stdout.write(f"{describing.DATA} and {describing.SCHEMA} are written.")
