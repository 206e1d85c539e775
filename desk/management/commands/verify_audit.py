from django.core.management.base import BaseCommand, CommandError

from desk import sealing
from desk.models import AuditEvent


class Command(BaseCommand):
    """Look whether the audit is what it was: no event changed, taken away, put in or moved since it was sealed.

    The database refuses all of that; this finds what was done around it. Note the anchor that it prints somewhere else:
    only so can it be seen that the whole chain was made anew, or its end cut off.
    """

    help = "Check the chain of audit events; print the latest anchor, which is to be noted elsewhere."

    def add_arguments(self, parser):
        """Take an anchor that was noted."""
        parser.add_argument("--anchor", default="", help="A digest that an earlier run printed.")

    def handle(self, *, anchor, **options):
        """Go through the chain, and fail where it breaks."""
        broken = sealing.first_break(anchor=anchor.strip().lower())
        if broken:
            raise CommandError(f"The audit is broken. {broken}")
        self.stdout.write(f"The audit holds. {AuditEvent.objects.unsealed().count()} events are not sealed yet.")
        self.stdout.write(f"Anchor: {sealing.latest_anchor() or 'none yet'}")
