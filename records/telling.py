"""Told by one, written down by another: what the teller agreed to, and what must be so before it is shared.

Beneath the actions about it; who calls is in a transaction. The teller has no account here, or does not write. So a
second member, who is shown no word of it, says how they know that the teller agreed; and it goes to the audience that
the teller agreed to, and to no other.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from desk import notices
from learnpartner.fields import new_public_id
from partnerships.models import Membership, Space
from partnerships.reader import Reader

from .models import Record, Telling

# The kinds of notice: that one is asked, and that there is an answer.
ASKED, ANSWERED = "telling_asked", "telling_answered"


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """How a teller agreed: in a sentence, on which day, and for which audience; none is only the writer, so far."""

    how_agreed: str = ""
    agreed_on: date | None = None
    agreed_for: Space | None = None

    def put_on(self, record: Record) -> None:
        """Keep it with a record that somebody told; nothing is kept where the words are the writer's own."""
        if not record.is_told:
            Telling.objects.filter(record_id=record.pk).delete()
            return
        columns = {"how_agreed": self.how_agreed, "agreed_on": self.agreed_on, "agreed_for": self.agreed_for}
        Telling.objects.update_or_create(record_id=record.pk, defaults=columns)

    def is_on(self, record: Record) -> bool:
        """Say whether this is what is kept with the record already."""
        kept = Telling.objects.filter(record_id=record.pk).first()
        columns = (self.how_agreed, self.agreed_on, self.agreed_for)
        return columns == ((kept.how_agreed, kept.agreed_on, kept.agreed_for) if kept else ("", None, None))


def look_again(record: Record, *, before: dict[str, Any], after: dict[str, Any], other_files: bool = False) -> None:
    """See, after a change of what a record said, whether what a second member confirmed is still so.

    Other words, other files, or another agreement are another edition: it must be confirmed anew, and who had confirmed
    is asked. Who was asked is asked no more where the audience is not theirs to know of. Raises ValidationError where
    it is shared and the agreement is touched: readers read it under that one.
    """
    if not (record.is_told or "telling" in before):
        return
    if after == before and not other_files:
        return
    if not record.is_private and before.get("telling") != after.get("telling"):
        raise ValidationError(
            _("This is shared as the one who told it agreed, so that stays as it is. Undo sharing first."), code="told"
        )
    telling = (
        Telling.objects.select_related("agreed_for", "question__asked__person").filter(record_id=record.pk).first()
    )
    if telling is None:
        return
    telling.edition = new_public_id()
    telling.save(update_fields=["edition"])
    there = telling.agreed_for.partnership_id if telling.agreed_for else None
    if telling.asked and there not in (None, telling.asked.asked.partnership_id):
        telling.asked.delete()
        return
    if telling.was_confirmed and record.is_private:
        notices.notify(people=[telling.question.asked.person], kind=ASKED, about=telling.question.public_id)


def require_agreed(record: Record, space: Space) -> None:
    """Let a record that somebody told go to nobody but the audience that they agreed to, and confirmed at that.

    Raises ValidationError. Asked inside the action that shares, so whatever page leads there.
    """
    # Locked, so that no answer and no change comes in between.
    telling = Telling.objects.select_for_update().filter(record_id=record.pk).first()
    if telling is None:
        return
    if not telling.is_complete:
        raise ValidationError(
            _("These are somebody else's words. Say first how and when they agreed, and for whom."), code="told"
        )
    if telling.agreed_for_id != space.pk:
        raise ValidationError(
            _("Whose words these are agreed to other readers, so this cannot be shared here."), code="told"
        )
    if not telling.is_confirmed:
        raise ValidationError(
            _("No second member has confirmed yet that whose words these are agreed to this."), code="told"
        )


def agreement_of(record: Record) -> Telling | None:
    """Return what is kept with a record about its teller; a record from the door has it already."""
    return getattr(record, "telling", None)


def line_on(reader: Reader, record: Record) -> str:
    """Say in one line, to who reads it in its space, when the teller agreed, for whom, and who confirmed it.

    Of what is not named the second member stays unnamed too: nobody asks themselves, so their name would leave one
    person less who could have written it.
    """
    telling = agreement_of(record)
    if telling is None or record.is_private or telling.agreed_on is None or not telling.was_confirmed:
        return ""
    facts = {"day": date_format(telling.agreed_on, "j F Y"), "name": telling.question.asked.person.name}
    space = reader.spaces.get(telling.agreed_for_id or 0)
    facts["space"] = reader.name_of(space) if space else ""
    if not record.is_named:
        words = _("Agreed on %(day)s, for %(space)s; confirmed by a second member.")
        without = _("Agreed on %(day)s; confirmed by a second member.")
    else:
        words = _("Agreed on %(day)s, for %(space)s; confirmed by %(name)s.")
        without = _("Agreed on %(day)s; confirmed by %(name)s.")
    return (words if space else without) % facts


def changed_since(record: Record) -> str:
    """Say to readers that the words have changed since the teller agreed; nothing where they have not."""
    telling = agreement_of(record)
    if telling is None or record.is_private or telling.agreed_on is None or telling.is_confirmed:
        return ""
    return _("Changed since they agreed on %(day)s.") % {"day": date_format(telling.agreed_on, "j F Y")}


def who_can_be_asked(reader: Reader, space: Space) -> dict[str, list[Membership]]:
    """Return the members whom a writer can ask to confirm, by partnership: others in it, or in any for the wider field.

    They need not be in the space: they are shown nothing of what it is about.
    """
    found: dict[str, list[Membership]] = {}
    for partnership in reader.partnerships:
        if space.partnership_id in (None, partnership.pk):
            rows = [row for row in reader.others[partnership.pk] if row.person.is_active]
            found |= {partnership.name: rows} if rows else {}
    return found
