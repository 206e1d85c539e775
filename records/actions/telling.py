"""Asking a second member whether a teller agreed, withdrawing that, and answering."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.audit import record_event
from desk.models import Draft
from desk.notices import notify
from partnerships.models import Membership
from partnerships.reader import Reader
from records.models import Record, Telling, TellingQuestion
from records.telling import ANSWERED, ASKED, who_can_be_asked
from records.versions import StaleVersion


@transaction.atomic
def ask_about_telling(record: Record, *, membership: Membership, by) -> TellingQuestion:
    """Ask one other member whether the teller agreed as the writer says. Whoever was asked before is asked no more.

    Raises PermissionDenied (not its author, or somebody who cannot be asked), ValidationError where the agreement is
    not whole yet, it is shared already, or a question waits for its answer.
    """
    if not record.is_by(by):
        raise PermissionDenied("Not its author.")
    # Waits for a change or a sharing that is going on; the lock on the row beneath all kinds comes first there too.
    if not Record.objects.select_for_update().get(pk=record.pk).is_private:
        raise ValidationError(_("This is shared already."), code="shared")
    locked = Telling.objects.select_for_update(of=("self",)).select_related("agreed_for")
    telling = locked.filter(record_id=record.pk).first()
    if telling is None or telling.agreed_for is None or not telling.is_complete:
        raise ValidationError(_("Say first how and when they agreed, and for whom."), code="incomplete")
    asked = TellingQuestion.objects.filter(telling=telling).select_related("asked__person", "telling").first()
    if asked and asked.is_waiting:
        raise ValidationError(_("%(name)s is asked already."), params={"name": asked.asked.person.name}, code="waiting")
    reader = Reader(by)
    others = [row.pk for rows in who_can_be_asked(reader, telling.agreed_for).values() for row in rows]
    if membership.pk not in others or telling.agreed_for_id not in reader.spaces:
        raise PermissionDenied("Cannot be asked.")
    if asked:
        asked.delete()
    question = TellingQuestion.objects.create(telling=telling, asked=membership, asked_at=timezone.now())
    notify(people=[membership.person], kind=ASKED, about=question.public_id)
    record_event(by=by, action="telling.ask", kind="telling", public_id=question.public_id, record=record.public_id)
    return question


@transaction.atomic
def withdraw_telling_question(record: Record, *, by) -> None:
    """Take back the question while it waits, without a trace for who was asked."""
    if not record.is_by(by):
        raise PermissionDenied("Not its author.")
    telling = Telling.objects.select_for_update().get(record_id=record.pk)
    question = TellingQuestion.objects.filter(telling=telling).select_related("telling").first()
    if question is None or not question.is_waiting:
        raise ValidationError(_("No question waits for an answer any more."), code="over")
    question.delete()
    record_event(
        by=by, action="telling.withdraw", kind="telling", public_id=question.public_id, record=record.public_id
    )


@transaction.atomic
def answer_telling_question(
    *, question: TellingQuestion, knows: bool, how_known: str, edition: str, key: str, form: str, by
) -> None:
    """Say whether one knows that the teller agreed, and how one knows; `edition` is the one that was looked at.

    Raises PermissionDenied for who is not asked, ValidationError where it is answered or withdrawn meanwhile or it is
    not said how one knows, StaleVersion where what was agreed has changed since the page was opened. A repeated POST
    changes nothing.
    """
    membership = question.asked
    if membership.person_id != by.pk or not membership.is_current:
        raise PermissionDenied("Not asked.")
    telling = Telling.objects.select_for_update().filter(pk=question.telling_id).first()
    now = TellingQuestion.objects.waiting().filter(pk=question.pk).select_related("telling__record").first()
    if not Draft.use(author=by, key=key, form=form) and now is None:
        return
    if telling is None or now is None:
        raise ValidationError(_("This is not asked of you any more."), code="over")
    if telling.edition != edition:
        raise StaleVersion
    if knows and not how_known:
        raise ValidationError({"how_known": _("Say in a sentence how you know.")}, code="required")
    now.knows = knows
    now.how_known = how_known if knows else ""
    now.answered_edition = telling.edition
    now.answered_at = timezone.now()
    now.save(update_fields=["knows", "how_known", "answered_edition", "answered_at"])
    notify(people=[now.telling.record.author], kind=ANSWERED, about=question.public_id)
    record_event(by=by, action="telling.answer", kind="telling", public_id=question.public_id)
