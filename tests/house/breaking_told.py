"""The same for what a record says beside its words, for links, and for what somebody else told."""

from django.utils import timezone

from records.models import Link, Telling, TellingQuestion

from .breaking import membership, reflection


def question(cast, **columns):
    """Give a row that would be right but for these columns."""
    telling = Telling.objects.create(record_id=cast.private_note.pk)
    right = {"telling": telling, "asked": membership(cast), "asked_at": timezone.now()}
    return TellingQuestion(**right | columns)


BREAKING = {
    "records_record_before_and_now_say_what_changed": lambda cast: reflection(cast, we_assumed="That it was the bed."),
    "records_record_teller_is_named_or_stays_outside": lambda cast: reflection(
        cast, told_by="Mo", told_from_outside=True
    ),
    "records_link_once": lambda cast: Link(source_id=cast["link"].source_id, grown_id=cast["link"].grown_id),
    "records_link_not_to_itself": lambda cast: Link(source_id=cast.private_note.pk, grown_id=cast.private_note.pk),
    "records_tellingquestion_answered_whole_or_not": lambda cast: question(cast, knows=False),
    "records_tellingquestion_who_knows_says_how": lambda cast: question(
        cast, knows=True, answered_at=timezone.now(), answered_edition="e"
    ),
}
