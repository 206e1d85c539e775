"""What runs outside requests. Each task does what is due, so it may be run at any time, twice, or late."""

import structlog
from django.db import transaction
from django.tasks import task

from .mail import deliver
from .models import Outbox

logger = structlog.get_logger(__name__)
BATCH = 50


@task
def deliver_due_mail() -> int:
    """Deliver the mails that are due; return how many went. A mail that cannot go holds up no other."""
    sent = 0
    for pk in list(Outbox.objects.due().values_list("pk", flat=True)[:BATCH]):
        # One short transaction each: a second worker waits for the row, and then finds it done.
        with transaction.atomic():
            row = Outbox.objects.select_for_update().due().filter(pk=pk).first()
            if row is None:
                continue
            try:
                deliver(row)
                sent += 1
            except Exception as error:  # whatever is wrong with one mail, the next ones go
                row.failed()
                logger.warning("mail_not_delivered", mail=row.pk, attempts=row.attempts, error=type(error).__name__)
    return sent
