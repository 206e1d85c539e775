"""The same for photos and voice notes."""

from records.models import Attachment

from .breaking import NOW


def attachment(cast, **columns):
    """Give a row that would be right but for these columns."""
    right = {"owner": cast.practitioner, "draft_key": "k", "kind": "photo", "width": 4, "height": 3, "size": 9}
    right |= {"digest": "d" * 64, "media_type": "image/jpeg", "created_at": NOW, "kept_at": NOW, "next_try_at": NOW}
    return Attachment(**right | columns)


def sent_twice(cast):
    """Keep one row, and give a second one of the same file in the same form."""
    attachment(cast).save()
    return attachment(cast)


BREAKING = {
    "records_attachment_on_a_record_or_in_a_form": lambda cast: attachment(cast, record=cast.private_note.record),
    "records_attachment_on_a_record_once_kept": lambda cast: attachment(
        cast, record=cast.private_note.record, draft_key="", kept_at=None
    ),
    "records_attachment_has_the_measures_of_its_kind": lambda cast: attachment(cast, kind="voice"),
    "records_attachment_once_per_form": sent_twice,
}
