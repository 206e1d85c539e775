"""Asking for a file of all that is held of oneself."""

from django.db import transaction
from django.utils import timezone

from accounts.models import KEEP_EXPORT, Export, User
from desk.audit import record_event

from .tasks import make_due_exports


@transaction.atomic
def ask_for_export(*, by: User) -> Export:
    """Have an export made; the one that is being made already, where there is one. A new one ends those before it."""
    User.objects.select_for_update().get(pk=by.pk)
    waiting = Export.objects.waiting().filter(person=by).first()
    if waiting:
        return waiting
    Export.objects.filter(person=by).let_go()
    export = Export.objects.create(person=by, ends_at=timezone.now() + KEEP_EXPORT)
    record_event(by=by, action="account.export", kind="export", public_id=export.public_id)
    transaction.on_commit(make_due_exports.enqueue, robust=True)
    return export
