"""Audit events, drafts, outgoing mail, and what people are to be told."""

from .audit import AuditEvent
from .drafts import Draft
from .notices import MailChoice, Notice
from .outbox import Outbox

__all__ = ["AuditEvent", "Draft", "MailChoice", "Notice", "Outbox"]
