"""What runs outside requests. Each task does what is due, so it may be run at any time, twice, or late."""

import smtplib

import structlog
from django.tasks import task

from . import mail, notices
from .models import Draft, Notice, Outbox

logger = structlog.get_logger(__name__)
BATCH = 50
# So many mails in a row without an answer, and the mail server is down: the next run asks it again.
MOST_SILENCES = 2


@task
def deliver_due_mail() -> int:
    """Deliver the mails that are due; return how many went. A mail that cannot go holds up no other.

    No transaction is open while the mail server is spoken to, for it may take its time, and others write meanwhile.
    """
    sent = silences = 0
    for pk in list(Outbox.objects.due().values_list("pk", flat=True)[:BATCH]):
        row = Outbox.claim(pk)
        if row is None:
            continue
        try:
            if not mail.may_go(row):
                row.cancel()
                continue
            mail.deliver(row)
            sent += 1
            silences = 0
        except Exception as error:  # whatever is wrong with one mail, the next ones go
            if is_final(error):
                row.give_up()
            else:
                row.failed()
            logger.warning("mail_not_delivered", mail=row.pk, attempts=row.attempts, error=type(error).__name__)
            silences = silences + 1 if is_silence(error) else 0
        if silences >= MOST_SILENCES:
            break
    return sent


def is_final(error: Exception) -> bool:
    """Say whether the mail server has refused this mail for good (5xx), so that asking again would be no use.

    A server that refuses us altogether (sign-in, sender, greeting) is a matter of its settings or ours, and may take
    the mail once they are put right.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def is_silence(error: Exception) -> bool:
    """Say whether the mail server was not there, or fell silent."""
    refused = isinstance(error, smtplib.SMTPException) and not isinstance(error, smtplib.SMTPServerDisconnected)
    return isinstance(error, OSError) and not refused


@task
def send_due_notices() -> int:
    """Write the mails of what is due to be told; return how many. What cannot be told to one holds up nobody else."""
    written = 0
    for person in notices.people_to_tell():
        try:
            written += notices.write_mail_to(person)
        except Exception as error:
            logger.warning("notices_not_written", person=person, error=type(error).__name__)
    return written


@task
def tidy_desk() -> int:
    """Give up mails that nobody can try again, and forget what is over; return how many draft keys that were."""
    for row in Outbox.objects.worn_out():
        row.give_up()
    Outbox.objects.ended_long_ago().delete()
    Notice.objects.old().delete()
    return Draft.forget_used()
