"""What is due with exports, outside of requests. Each task does what is due: at any time, twice, or late."""

from datetime import timedelta

import structlog
from django.core.files.storage import storages
from django.db import transaction
from django.tasks import task
from django.urls import reverse
from django.utils import timezone

from accounts.models import KEEP_EXPORT, Export, User
from desk import mail
from desk.models import Outbox

from .erasing import sweep
from .writing import make

logger = structlog.get_logger(__name__)
BATCH = 20
KIND_OF_MAIL = "export"
# A request that began before somebody was erased may end after it.
LATE = timedelta(hours=1)


@task
def make_due_exports() -> int:
    """Make the exports that were asked for; return how many. One that cannot be made holds up no other.

    A worker that is killed leaves a file that the next try writes over.
    """
    made = 0
    for pk in list(Export.objects.due().values_list("pk", flat=True)[:BATCH]):
        export = Export.claim(pk)
        if export is None or export.person is None:
            continue
        try:
            size = make(export, person=export.person)
            if _tell(export, size=size):
                made += 1
            else:
                storages["default"].delete(export.name)
        except Exception as error:  # whatever is wrong with one, the next ones are made
            export.failed()
            logger.warning("export_not_made", export=pk, attempts=export.attempts, error=type(error).__name__)
    return made


@transaction.atomic
def _tell(export: Export, *, size: int) -> bool:
    """Note that it is there, and tell its person by mail; False where they were erased meanwhile."""
    now = timezone.now()
    waiting = Export.objects.waiting().filter(pk=export.pk)
    if not waiting.update(made_at=now, size=size, ends_at=now + KEEP_EXPORT):
        return False
    person = export.person
    mail.post(
        to=person.email,  # type: ignore[union-attr]
        template="export_ready",
        context={"address": reverse("accounts:data-detail"), "ends_at": now + KEEP_EXPORT},
        kind=KIND_OF_MAIL,
        about=export.public_id,
        person=person,
    )
    return True


def may_go(row: Outbox) -> bool:
    """Say whether the mail that an export is ready may still go: to its person, while it is there."""
    export = Export.objects.of(row.person_id).filter(public_id=row.about).first()
    return export is not None and export.is_ready


@task
def delete_old_exports() -> int:
    """Delete the files of exports whose time is over, and then their rows; return how many.

    A store that does not answer is asked again at the next run: the row goes only when its file is gone.
    """
    deleted = 0
    for export in Export.objects.over()[:BATCH]:
        try:
            storages["default"].delete(export.name)
        except Exception as error:
            logger.warning("export_not_deleted", export=export.pk, error=type(error).__name__)
            continue
        deleted += Export.objects.filter(pk=export.pk).delete()[0]
    return deleted


@task
def erase_late_comers() -> int:
    """Erase what a page that was on its way has still saved for somebody who had just been erased; return for how many.

    Their sign-ins were gone by then, so it can only be what had begun before.
    """
    people = User.objects.filter(erased_at__gt=timezone.now() - LATE)
    for person in people:
        sweep(person)
    return len(people)
