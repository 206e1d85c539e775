"""Outgoing mail: posting one, asking once more whether it may go, and handing it to the mail server."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from email import message_from_bytes
from email.policy import SMTP
from email.utils import make_msgid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template import Context, Engine
from django.template.loader import render_to_string

from .models import Outbox

LONGEST_SUBJECT = 120
# Mails with words in them that the app promises to erase, in a demo as well.
ALWAYS_WIPED = {"concern"}

# Python folds a long header in the middle of an address, and writes it as encoded words: no mail program finds the link
# in such a List-Unsubscribe. 998 is what RFC 5322 allows; 7bit needs no extension of the mail server.
POLICY = SMTP.clone(max_line_length=998, cte_type="7bit")
KEPT = SMTP.clone(refold_source="none")

MayGo = Callable[[Outbox], bool]

_checks: dict[str, MayGo] = {}


def register_check(kind: str, may_go: MayGo) -> None:
    """Have mails of a kind asked about again when they are about to go; where the answer is no, they never do."""
    _checks[kind] = may_go


def may_go(row: Outbox) -> bool:
    """Say whether the mail may still go."""
    check = _checks.get(row.kind)
    return check is None or check(row)


def post(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    kind: str = "",
    about: str = "",
    person: Any = None,
    headers: Mapping[str, str] | None = None,
) -> Outbox:
    """Put a mail into the outbox, in the present transaction; a task delivers it.

    Renders `emails/<template>.subject.txt`, `.txt` and `.html`, which extend `emails/base.txt` and `.html` and fill the
    blocks `content` and `why` ("You get this because …"). They have `site_url` (without a slash at its end) to begin
    links with. `kind` names the check that is asked when it goes, `about` what it is about, `person` who gets it where
    they have an account.
    """
    around = _around(context, person=person)
    subject, body = in_words(template, around)
    around["subject"] = subject
    mail = EmailMultiAlternatives(
        subject=subject,
        body=body,
        to=[to],
        # No out-of-office answers, please (RFC 3834).
        headers={"Auto-Submitted": "auto-generated", **(headers or {})},
    )
    mail.attach_alternative(render_to_string(f"emails/{template}.html", around), "text/html")
    [row] = _keep([mail], kind=kind, about=about, person=person)
    return row


def in_words(template: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Return the subject and the plain text of a mail as `post` sends it: for a page that shows it before."""
    around = _around(context)
    text = _plain(f"emails/{template}.txt", around)
    return one_line(_plain(f"emails/{template}.subject.txt", around)), re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _around(context: Mapping[str, Any], *, person: Any = None) -> dict[str, Any]:
    """Add what every template of a mail has."""
    site_url = settings.SITE_URL.rstrip("/")
    return {"site": urlsplit(site_url).netloc, "site_url": site_url, "person": person, **context}


def one_line(text: str) -> str:
    """Make a subject of a text: one line, no control characters, and not endless."""
    line = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1].rstrip() + "…"


def _plain(template: str, context: Mapping[str, Any]) -> str:
    """Render a text that is no HTML, so that nothing in it is escaped."""
    return Engine.get_default().get_template(template).render(Context(context, autoescape=False))


class OutboxBackend(BaseEmailBackend):
    """Django's mail backend of the house: what is sent becomes a row of the outbox."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep each mail in the transaction of the change that it tells of; return how many."""
        mails = [mail for mail in email_messages if mail.recipients()]
        _keep(mails)
        return len(mails)


def _keep(mails: Sequence[EmailMessage], **facts: Any) -> list[Outbox]:
    """Write one row for each mail and recipient, so that one refused recipient costs no other, and ask for delivery."""
    from .tasks import deliver_due_mail

    rows = []
    # Django's Message-ID would tell the name of the machine.
    site = urlsplit(settings.SITE_URL).hostname
    for mail in mails:
        message_id = mail.extra_headers.setdefault("Message-ID", make_msgid(domain=site))
        message = mail.message(policy=POLICY).as_bytes()
        for recipient in mail.recipients():
            row = Outbox(subject=mail.subject[:255], recipients=[recipient], message=message, message_id=message_id)
            for name, fact in facts.items():
                setattr(row, name, fact)
            row.save()
            rows.append(row)
    if rows:
        # Robust: the change is saved by then, and `tick` delivers what could not be asked for.
        transaction.on_commit(deliver_due_mail.enqueue, robust=True)
    return rows


def deliver(row: Outbox) -> None:
    """Hand one mail of the outbox to the mail server; a demo only keeps it. No transaction is open meanwhile.

    Raises what the mail server's client raises (OSError, smtplib.SMTPException).
    """
    if settings.DEMO:
        row.delivered(keep_words=row.kind not in ALWAYS_WIPED)
        return
    server = mailers["delivery"]
    mail = _KeptMessage(to=row.recipients, source=bytes(row.message))
    try:
        server.open()
        server.send_messages([mail])
    finally:
        # Once the server has taken the mail, a farewell that fails makes no difference.
        with suppress(OSError):
            server.close()
    row.delivered(keep_words=False)


class _KeptMessage(EmailMessage):
    """A mail that goes out byte for byte as it was written, so that each try has the same Message-ID."""

    def __init__(self, *, to: list[str], source: bytes):
        super().__init__(to=to)
        self.source = source

    def message(self, **kwargs):
        return message_from_bytes(self.source, policy=KEPT)
