from django.core.management.base import BaseCommand

from accounts.models import User
from accounts.my_data import ledger
from accounts.my_data.erasing import erase


class Command(BaseCommand):
    """Erase again whom the ledger names: after a restore, before anybody signs in. Twice is once."""

    help = "Erase again whom the ledger of erasings names. Run it after a restore, before the site is opened."

    def handle(self, **options):
        """Go through the ledger; who is not in this database, or erased already, is passed over."""
        erased = 0
        for line in ledger.lines():
            person = User.objects.filter(public_id=line.person, erased_at=None).first()
            if person:
                erase(person=person, choice=line.choice, by=None, again=True)
                erased += 1
        self.stdout.write(f"{erased} people erased again.")
