"""The doors to what is tried and what is in the way. Reading is the one rule's; these ask what may be done."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from partnerships.reader import Reader
from records.access import record_or_404
from records.models import Record

from .models import Condition, Experiment, LoggedNote
from .rules import may_be_logged


def can_write_at(reader: Reader, record: Record) -> bool:
    """Say whether the reader may add to it: in its space, which is open, while it stands and is not folded."""
    space = reader.spaces.get(record.space_id or 0)
    return space is not None and space.is_open and record.stands and not record.folded_at


def experiment_to_write_or_404(reader: Reader, public_id: str) -> Experiment:
    """Return an experiment of a space that the reader is in; PermissionDenied where they may add nothing to it."""
    return _to_write(reader, Experiment, public_id)


def condition_to_change_or_404(reader: Reader, public_id: str) -> Condition:
    """Return a condition that the reader raised; PermissionDenied for the others in its space."""
    condition = _to_write(reader, Condition, public_id)
    if not condition.is_by(reader.person):
        raise PermissionDenied("Not who raised it.")
    return condition


def condition_to_answer_or_404(reader: Reader, public_id: str) -> Condition:
    """Return a condition that the reader is asked to answer; PermissionDenied for the others in its space."""
    condition = _to_write(reader, Condition, public_id)
    if condition.asked_id != reader.person.pk:
        raise PermissionDenied("Not who was asked.")
    return condition


def _to_write[Kind: Record](reader: Reader, model: type[Kind], public_id: str) -> Kind:
    record = record_or_404(reader, model, public_id)
    if not can_write_at(reader, record):
        raise PermissionDenied("Left, closed, folded or set aside.")
    return record


def note_to_log_or_404(reader: Reader, public_id: str) -> Record:
    """Return a note that the reader may put into a log, with what its first words need."""
    note = may_be_logged(reader).filter(public_id=public_id).select_related("author", "space__partnership").first()
    if note is None:
        raise Http404
    return note


def logged_or_404(reader: Reader, experiment: Experiment, public_id: str) -> LoggedNote:
    """Return a line of the log that the reader may take out: they marked it, or wrote the note."""
    notes = Record.objects.visible_to(reader)
    rows = LoggedNote.objects.filter(experiment=experiment, public_id=public_id, note__in=notes)
    logged = rows.select_related("note", "experiment").first()
    if logged is None or reader.person.pk not in (logged.marked_by_id, logged.note.author_id):
        raise Http404
    return logged
