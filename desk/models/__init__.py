"""Audit events, drafts and outgoing mail."""

from .audit import AuditEvent
from .drafts import Draft
from .outbox import Outbox

__all__ = ["AuditEvent", "Draft", "Outbox"]
