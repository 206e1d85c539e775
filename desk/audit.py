"""The one way to add an audit event."""

from typing import Any

from .models import AuditEvent


def record_event(*, by, action: str, kind: str, public_id: str, **facts: Any) -> AuditEvent:
    """Add the event of one change of state, in the transaction of that change.

    `facts` are keys and public ids (`space="abc"`), never words that people wrote.
    """
    return AuditEvent.objects.create(actor=by, action=action, kind=kind, public_id=public_id, facts=facts)
