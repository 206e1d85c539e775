"""Asking somebody to help with one's words, suggesting, and taking what one likes of it."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.audit import record_event
from desk.models import Draft
from partnerships.reader import Reader
from records import kinds, notices
from records.access import may_edit
from records.merging import with_taken
from records.models import Record, Suggestion
from records.passages import columns_with, passages_of
from records.suggestions import ASKING, WRITING, choices_of, is_kept_from_helpers, people_to_ask, wipe_drafts
from records.versions import StaleVersion, words_at, words_of

from .writing import edit

Outcome = Suggestion.Outcome


@transaction.atomic
def ask_for_help(record: Record, *, helper, wish: str, by, key: str) -> Suggestion:
    """Ask somebody who can read one's record to suggest changes to its words. A repeated POST asks once.

    Raises PermissionDenied (not the author, or no longer in its space), ValidationError (not named, taken back
    meanwhile, somebody who cannot read it, asked already).
    """
    reader = Reader(by)
    locked = Record.objects.select_for_update().get(pk=record.pk)
    if not may_edit(reader, record):
        raise PermissionDenied("Not its author, or no longer in its space.")
    if not kinds.get(locked.kind).personal:
        raise PermissionDenied("A group's words: whoever is in its space changes them.")
    if not locked.stands or locked.folded_at:
        raise ValidationError(_("Nobody but you can read this now."), code="private")
    if is_kept_from_helpers(locked):
        raise ValidationError(_("Readers are not told who wrote this, and asking somebody would tell them."))
    if helper.pk not in {row.person_id for row in people_to_ask(reader, record)}:
        raise ValidationError(_("That person cannot read this now. Choose somebody else."), code="reader")
    there = record.suggestions.open().filter(helper=helper)
    is_new = Draft.use(author=by, key=key, form=ASKING)
    if there.to_write().standing().exists() or there.to_answer().exists():
        if is_new:
            raise ValidationError(_("%(name)s is asked already.") % {"name": helper.name}, code="asked")
        return there.get()
    for stale in there:
        # Somebody who left, and is back.
        stale.end(Outcome.TAKEN_BACK)
        wipe_drafts(stale.public_id)
    question = Suggestion.objects.create(
        record_id=record.pk, helper=helper, wish=wish, asked_at=timezone.now(), asked_version=locked.version
    )
    notices.tell_of_question(question)
    record_event(
        by=by, action="suggestion.ask", kind="suggestion", public_id=question.public_id, within=record.public_id
    )
    return question


@transaction.atomic
def suggest(*, suggestion: Suggestion, texts: dict[str, str], began: int, note: str, by, key: str) -> Suggestion:
    """Keep what a helper would change: nothing of the record changes by it. A repeated POST keeps it once.

    `texts` are the record's passages as the helper would have them, `began` its version when they began. Raises
    ValidationError where the question is over, or something was suggested before.
    """
    record, row = _locked(suggestion)
    if row.helper_id != by.pk:
        raise PermissionDenied("Not the one who is asked.")
    if row.suggested_at and row.is_open and (row.suggested, row.note) == (texts, note):
        return row
    if row.suggested_at:
        raise ValidationError(_("You have sent your changes already. What you typed here is not in them."), code="sent")
    if not Suggestion.objects.standing().filter(pk=row.pk).exists() or not _can_read(by, record):
        raise ValidationError(_("You are not asked any more. What you typed is still here, for you to copy."))
    if not row.asked_version <= began <= record.version:
        raise ValidationError(_("This page is too old to be sent. Open the question again."), code="began")
    had = {passage.name: passage.text for passage in passages_of(words_at(_whole(record), began))}
    if set(texts) != set(had):
        raise ValidationError(_("This page is too old to be sent. Open the question again."), code="passages")
    if texts == had and not note:
        raise ValidationError(_("You have changed nothing yet. Change a word, or leave a line."), code="nothing")
    Draft.use(author=by, key=key, form=WRITING)
    row.had, row.suggested, row.note, row.suggested_at = had, texts, note, timezone.now()
    row.save(update_fields=["had", "suggested", "note", "suggested_at"])
    wipe_drafts(row.public_id)
    notices.tell_of_suggestion(row)
    record_event(by=by, action="suggestion.send", kind="suggestion", public_id=row.public_id, within=record.public_id)
    return row


@transaction.atomic
def decline_to_help(*, suggestion: Suggestion, by) -> None:
    """Say "not now" to a question; what one has typed on it goes. Saying it twice changes nothing."""
    record, row = _locked(suggestion)
    if row.helper_id != by.pk:
        raise PermissionDenied("Not the one who is asked.")
    if not row.is_open:
        return
    if row.suggested_at:
        raise ValidationError(_("You have sent your changes already."), code="sent")
    _end(row, record, Outcome.DECLINED, action="decline", by=by)


@transaction.atomic
def take_question_back(*, suggestion: Suggestion, by) -> None:
    """Take a question about one's own words back, or put what was suggested away unread."""
    record, row = _locked(suggestion)
    if not record.is_by(by):
        raise PermissionDenied("Not its author.")
    if row.is_open:
        _end(row, record, Outcome.TAKEN_BACK, action="take_back", by=by)


@transaction.atomic
def answer_suggestion(record: Record, *, suggestion: Suggestion, taken: Collection[str], version: int, by) -> None:
    """Take the changes with these keys into one's record by one edit, and leave the others: that closes the suggestion.

    A repeated POST changes nothing. Raises StaleVersion where the record was saved meanwhile, and ValidationError for
    what was taken back, does not fit, or would leave nothing.
    """
    locked, row = _locked(suggestion)
    if not record.is_by(by) or locked.pk != record.pk:
        raise PermissionDenied("Not its author.")
    if row.outcome == Outcome.ANSWERED:
        return
    if row.suggested_at is None or not row.is_open:
        raise ValidationError(_("You have taken this question back."), code="ended")
    if not version == locked.version == record.version:
        # Asked for when nothing is taken as well: something chosen may not fit any more, and would be lost unseen.
        raise StaleVersion
    if taken:
        changes = _taken_into(record, row, taken)
        edit(record, by=by, version=version, changes=changes, key=f"take-{row.public_id}", form=WRITING)
    _end(row, record, Outcome.ANSWERED, action="answer", by=by)


def _taken_into(record: Record, suggestion: Suggestion, taken: Collection[str]) -> dict[str, str]:
    """Return the columns of the record once the changes with these keys are put in."""
    words = words_of(record)
    fitting = {choice.key: choice for choice in choices_of(suggestion, words) if choice.change.fits}
    if not set(taken) <= set(fitting):
        raise ValidationError(_("One of these changes does not fit any more. Look at them once more."), code="gone")
    texts = {}
    for passage in passages_of(words):
        chosen = [fitting[key].change for key in taken if fitting[key].passage == passage.name]
        if chosen:
            texts[passage.name] = with_taken(passage.text, chosen)
    columns = columns_with(record, words, texts)
    if not columns.get("text", record.text).strip():
        raise ValidationError(_("That would leave nothing. Leave one of these as it was."), code="nothing")
    for field in record._meta.fields:
        if field.name in columns:
            field.clean(columns[field.name], record)
            if field.max_length and len(columns[field.name]) > field.max_length:
                # A text column does not ask that by itself.
                raise ValidationError(_("That would be longer than it may be. Leave one of these as it was."))
    return columns


def _end(row: Suggestion, record: Record, outcome: str, *, action: str, by) -> None:
    """End a question, wipe all its words, and what was typed on it."""
    row.end(outcome)
    wipe_drafts(row.public_id)
    name = f"suggestion.{action}"
    record_event(by=by, action=name, kind="suggestion", public_id=row.public_id, within=record.public_id)


def _locked(suggestion: Suggestion) -> tuple[Record, Suggestion]:
    """Return the question and its record, both locked: the record first, as all who change one do."""
    record = Record.objects.select_for_update().get(pk=suggestion.record_id)
    row = Suggestion.objects.select_for_update().filter(pk=suggestion.pk).first()
    if row is None:
        raise ValidationError(_("You are not asked any more."), code="gone")
    return record, row


def _whole(record: Record) -> Record:
    """Return the record with all that its kind holds."""
    return kinds.model_of(record.kind).objects.get(pk=record.pk)


def _can_read(person, record: Record) -> bool:
    reader = Reader(person)
    return Record.objects.visible_to(reader).with_words_for(reader).filter(pk=record.pk).exists()
