"""Django's mail backend of the house: what is sent becomes a row of the outbox."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from .models import Outbox


class OutboxBackend(BaseEmailBackend):
    """Keep each mail in the outbox, in the transaction of the change that it tells of, and ask for its delivery."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write one row per mail; return how many."""
        from .tasks import deliver_due_mail

        mails = [mail for mail in email_messages if mail.recipients()]
        for mail in mails:
            Outbox.objects.create(
                subject=mail.subject[:255], recipients=mail.recipients(), message=mail.message().as_bytes()
            )
        if mails:
            transaction.on_commit(deliver_due_mail.enqueue)
        return len(mails)


def deliver(row: Outbox) -> None:
    """Hand one mail of the outbox to the mail server, or only keep it in a demo.

    Raises what the mail server's client raises (OSError, smtplib.SMTPException).
    """
    if not settings.DEMO:
        mail = _KeptMessage(to=row.recipients, source=bytes(row.message))
        mailers["delivery"].send_messages([mail])
    row.delivered(keep_words=settings.DEMO)


class _KeptMessage(EmailMessage):
    """A mail that goes out byte for byte as it was written, so that each try has the same Message-ID."""

    def __init__(self, *, to: list[str], source: bytes):
        super().__init__(to=to)
        self.source = source

    def message(self, **kwargs):
        import email
        from email import policy

        return email.message_from_bytes(self.source, policy=policy.SMTP)
