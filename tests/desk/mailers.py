"""Mail servers for tests: one that takes everything, and one that refuses what it is told to."""

import smtplib

from django.core.mail.backends.base import BaseEmailBackend

taken: list[bytes] = []
refused: dict[str, Exception] = {}


class Server(BaseEmailBackend):
    """Takes mails into `taken`, but for recipients in `refused`, at whom it raises."""

    def send_messages(self, email_messages):
        """Take or refuse each."""
        for mail in email_messages:
            for recipient in mail.recipients():
                if recipient in refused:
                    raise refused[recipient]
            taken.append(mail.message().as_bytes())
        return len(email_messages)


def down() -> Exception:
    """Give what a mail server that is down raises."""
    return ConnectionRefusedError("mail server down")


def unwilling(recipient: str) -> Exception:
    """Give what a mail server raises that does not want a recipient."""
    return smtplib.SMTPRecipientsRefused({recipient: (550, b"no such user")})
