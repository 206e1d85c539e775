"""Photos, voice notes and documents come onto a record with the form that saves it, and go with it."""

from collections import Counter
from collections.abc import Collection, Mapping

from django.db import transaction

from desk.models import Draft
from records.attachments.limits import MOST_PHOTOS, MOST_VOICE_NOTES
from records.attachments.reasons import too_many
from records.attachments.said import Files
from records.attachments.tasks import delete_due_files
from records.models import Attachment, Record

MOST = {Attachment.Kind.PHOTO: MOST_PHOTOS, Attachment.Kind.VOICE: MOST_VOICE_NOTES, Attachment.Kind.DOCUMENT: 0}


@transaction.atomic
def attach_files(record: Record, *, files: Files | None, by, most: Mapping[Attachment.Kind, int] = MOST) -> None:
    """Put the form's files onto the record, and take off what it says: part of saving, in its transaction.

    The record's version was swapped just before, or its row locked, so no two forms do this at once. `most` says how
    many of each kind may hang on it. Raises ValidationError where more would. A form that says nothing of files leaves
    them as they are.
    """
    if files is None:
        return
    coming = list(Attachment.objects.in_form(by, key=files.key, listed=files.listed).select_for_update())
    here = list(record.attachments.all()) if record.photo_count or record.has_voice_note else []
    gone = [row for row in here if row.public_id in files.taken_off]
    staying = [row for row in here if row not in gone]
    _let_go(gone)
    _put_on(record, staying, coming, files=files, most=most)


@transaction.atomic
def add_files(
    record: Record, *, files: Files, shown: Collection[Attachment], by, most: Mapping[Attachment.Kind, int]
) -> list[Attachment]:
    """Put the form's files onto a record that keeps all it ever had, and return which it shows from now on.

    `shown` are those that it showed until now; what the form takes off is shown no more and stays, for who reads
    former versions. The record's version was swapped just before. Raises ValidationError where more than `most` would
    be shown.
    """
    coming = list(Attachment.objects.in_form(by, key=files.key, listed=files.listed).select_for_update())
    staying = [row for row in shown if row.public_id not in files.taken_off]
    return _put_on(record, staying, coming, files=files, most=most)


def _put_on(
    record: Record,
    staying: list[Attachment],
    coming: list[Attachment],
    *,
    files: Files,
    most: Mapping[Attachment.Kind, int],
) -> list[Attachment]:
    """Put what came with the form beside what stays, but for what it takes off; return what the record shows then."""
    gone = [row for row in coming if row.public_id in files.taken_off]
    digests = {row.digest for row in staying}
    # The same form sent twice brings the same files twice.
    gone += [row for row in coming if row not in gone and row.digest in digests]
    coming = [row for row in coming if row not in gone]
    for kind, number in Counter(row.kind for row in (*staying, *coming)).items():
        if number > most.get(Attachment.Kind(kind), 0):
            raise too_many(kind, most.get(Attachment.Kind(kind), 0))
    Attachment.objects.filter(pk__in=[row.pk for row in coming]).update(record=record.pk, draft_key="")
    _let_go(gone)
    _describe([*staying, *coming], files)
    note_files(record, shown=[*staying, *coming], by=files.owner)
    return [*staying, *coming]


@transaction.atomic
def let_go_of_draft(*, key: str, by) -> None:
    """Delete the files of a form that is thrown away, but for those that another draft shows: they go over to it."""
    shown_in = {
        public_id: draft.key
        for draft in Draft.objects.of(by).open().exclude(key=key)
        for public_id in draft.data.get("shown_file", [])
    }
    rows = list(Attachment.objects.waiting(by).filter(draft_key=key))
    for row in rows:
        if row.public_id in shown_in:
            Attachment.objects.filter(pk=row.pk).update(draft_key=shown_in[row.public_id])
    _let_go([row for row in rows if row.public_id not in shown_in])


@transaction.atomic
def let_go_of_file(*, attachment: Attachment, by) -> bool:
    """Delete one's own file from a form that is not saved yet; say whether it was there."""
    found = list(Attachment.objects.waiting(by).filter(pk=attachment.pk))
    _let_go(found)
    return bool(found)


@transaction.atomic
def take_file_off(record: Record, *, attachment: Attachment, by) -> None:
    """Delete one file of a record whose row is locked; the others stay."""
    staying = [row for row in record.attachments.all() if row.pk != attachment.pk]
    _let_go([attachment])
    note_files(record, shown=staying, by=by)


@transaction.atomic
def let_go_of_files(record: Record, *, by) -> None:
    """Delete the files of a record that is being deleted, in its transaction."""
    _let_go(list(record.attachments.all()))


def _let_go(rows: list[Attachment]) -> None:
    """Leave the rows to the task that deletes their files: nobody reads them from now on."""
    if not rows:
        return
    Attachment.objects.filter(pk__in=[row.pk for row in rows]).let_go()
    transaction.on_commit(delete_due_files.enqueue, robust=True)


def _describe(rows: list[Attachment], files: Files) -> None:
    for row in rows:
        said = files.descriptions.get(row.public_id)
        if said is not None and said != row.description:
            Attachment.objects.filter(pk=row.pk).update(description=said)


@transaction.atomic
def note_files(record: Record, *, shown: Collection[Attachment], by) -> None:
    """Note on the record what it shows, so that lists and pages ask for nothing that is not there."""
    photos = sum(row.is_photo for row in shown)
    has_voice_note = any(row.kind == Attachment.Kind.VOICE for row in shown)
    if (record.photo_count, record.has_voice_note) != (photos, has_voice_note):
        Record.objects.filter(pk=record.pk).update(photo_count=photos, has_voice_note=has_voice_note)
        record.photo_count, record.has_voice_note = photos, has_voice_note
