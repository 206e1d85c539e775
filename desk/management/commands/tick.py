from django.core.management.base import BaseCommand

from desk.models import Draft
from desk.tasks import deliver_due_mail


class Command(BaseCommand):
    """Do what is due. Run it every minute by cron, or by a timer: the queue only makes things quicker."""

    help = "Deliver the mails that are due, and tidy up. Run it every minute."

    def handle(self, **options):
        """Do it once."""
        sent = deliver_due_mail.call()
        forgotten = Draft.forget_used()
        self.stdout.write(f"{sent} mails delivered, {forgotten} used draft keys forgotten.")
