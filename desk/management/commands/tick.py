from django.core.management.base import BaseCommand

from desk import due
from desk.tasks import deliver_due_mail, send_due_notices, tidy_desk


class Command(BaseCommand):
    """Do what is due. Run it every minute by cron, or by a timer: the queue only makes things quicker."""

    help = "Write the mails of what is new, deliver the mails that are due, and tidy up. Run it every minute."

    def handle(self, **options):
        """Do it once."""
        written = send_due_notices.call()
        sent = deliver_due_mail.call()
        forgotten = tidy_desk.call()
        due.do_all()
        self.stdout.write(
            f"{sent} mails delivered, {written} written of what is new, {forgotten} used draft keys forgotten."
        )
