"""What is due with files, outside of requests. Each task does what is due: at any time, twice, or late."""

from io import BytesIO

import structlog
from django.db import transaction
from django.tasks import task
from django.utils import timezone

from records.models import Attachment

from .opening import SMALL, open_apart
from .stores import put, store

logger = structlog.get_logger(__name__)
BATCH = 50


@task
def make_due_small_pictures() -> int:
    """Make the small pictures that pages show; return how many. One that cannot be made holds up no other.

    No transaction is open meanwhile. A worker that is killed leaves a file that nobody knows of, which the next try
    writes over; after five tries pages go on showing the picture itself.
    """
    made = 0
    due = Attachment.objects.without_small()
    for pk in list(due.values_list("pk", flat=True)[:BATCH]):
        row = Attachment.objects.without_small().claim(pk)
        if row is None:
            continue
        try:
            picture = store().read_part(row.name, 0, row.size)
            small = open_apart(BytesIO(picture), SMALL)
            put(row.small_name, small.content)
        except Exception as error:  # whatever is wrong with one picture, the next ones are made
            row.failed()
            logger.warning("small_picture_not_made", file=row.pk, attempts=row.attempts, error=type(error).__name__)
            continue
        changes = {"small_made_at": timezone.now(), "small_size": len(small.content)}
        if Attachment.objects.filter(pk=row.pk).update(**changes):
            made += 1
        else:
            # Let go and deleted meanwhile: no row knows of this file.
            store().delete(row.small_name)
    return made


@task
def delete_due_files() -> int:
    """Delete the files that are let go or forgotten, and then their rows; return how many.

    A store that does not answer is asked again later, for ever: the row goes only when its files are gone.
    """
    deleted = 0
    Attachment.objects.forgotten().let_go()
    for pk in list(Attachment.objects.to_delete().values_list("pk", flat=True)[:BATCH]):
        row = Attachment.objects.to_delete().claim(pk)
        if row is None:
            continue
        try:
            store().delete(row.name)
            store().delete(row.small_name)
        except Exception as error:
            row.failed()
            logger.warning("file_not_deleted", file=row.pk, attempts=row.attempts, error=type(error).__name__)
            continue
        deleted += Attachment.objects.filter(pk=pk, record=None, draft_key="").delete()[0]
    return deleted


def ask_for_small_pictures() -> None:
    """Have the small pictures made when the present transaction has been saved."""
    transaction.on_commit(make_due_small_pictures.enqueue, robust=True)
