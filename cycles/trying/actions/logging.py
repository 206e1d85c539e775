"""Marking a note as part of the log of an experiment, and taking it out."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cycles.trying.models import Experiment, LoggedNote
from cycles.trying.rules import may_be_logged
from desk.audit import record_event
from partnerships.reader import Reader
from records.models import Record
from records.placing import require_place


@transaction.atomic
def log_note(*, experiment: Experiment, note: Record, sign: str, by) -> LoggedNote:
    """Put a note into the log of an experiment, as what happened or as a sign. Anybody in the space does who reads it.

    It opens nothing, and changes nothing of the note. Marking it once more changes the sign. Raises PermissionDenied
    outside the space, or for a note that this person does not read with its words; ValidationError in a closed space.
    """
    reader = Reader(by)
    if experiment.space is None or not experiment.stands:
        raise PermissionDenied("It does not stand.")
    require_place(reader, experiment.space)
    if not may_be_logged(reader).filter(pk=note.pk).exists():
        raise PermissionDenied("Not a note that they read.")
    new = {"sign": sign, "marked_by": by, "marked_at": timezone.now()}
    row, made = LoggedNote.objects.get_or_create(experiment=experiment, note_id=note.pk, defaults=new)
    if not made and row.sign != sign:
        row.sign = sign
        row.save(update_fields=["sign"])
    record_event(by=by, action="experiment.log", kind="experiment", public_id=experiment.public_id)
    return row


@transaction.atomic
def take_out(*, logged: LoggedNote, by) -> None:
    """Take a note out of a log: by who marked it, or who wrote it. The note stays where it is."""
    if by.pk not in (logged.marked_by_id, logged.note.author_id):
        raise PermissionDenied("Neither who marked it, nor its author.")
    if LoggedNote.objects.filter(pk=logged.pk).delete()[0]:
        record_event(by=by, action="experiment.unlog", kind="experiment", public_id=logged.experiment.public_id)
