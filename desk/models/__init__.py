"""Audit events, drafts, outgoing mail, and what people are to be told."""

from .audit import AuditEvent, AuditSeal
from .drafts import Draft
from .notices import MailChoice, Notice
from .outbox import Outbox

__all__ = ["AuditEvent", "AuditSeal", "Draft", "MailChoice", "Notice", "Outbox"]
