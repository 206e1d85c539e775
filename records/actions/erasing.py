"""What becomes of somebody's words when they are erased. It is not undone."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from taggit.models import Tag

from records import kinds
from records.attachments.tasks import delete_due_files
from records.models import Attachment, Fold, Link, Record, RecordTag, Telling, TellingQuestion
from records.search import index
from records.suggestions import forget

from .sharing import withdraw
from .writing import delete

EMPTY = {
    "title": "",
    "text": "",
    "we_assumed": "",
    "we_now_assume": "",
    "what_changed": "",
    "told_by": "",
    "told_from_outside": False,
    "not_going_well": False,
    "of_trust": False,
    "of_autonomy": False,
    "of_adaptation": False,
    "happened_on": None,
    "photo_count": 0,
    "has_voice_note": False,
}


@transaction.atomic
def erase_words(*, all_shared: bool, by) -> None:
    """Delete the notebook of `by`, and empty what they have taken back; with `all_shared` they take all back now.

    What stays shared keeps its words and files. Of a record that was taken back an empty row stays, for the notice in
    its place and the responses of others below it.
    """
    tags = list(RecordTag.objects.filter(content_object__author=by).values_list("tag", flat=True))
    for record in Record.objects.filter(author=by):
        forget(record)
    own = Record.objects.filter(author=by)
    for record in [*own.private().filter(within=None), *own.private().exclude(within=None)]:
        if Record.objects.filter(pk=record.pk).exists():
            delete(record, by=by)
    if all_shared:
        # What somebody opened for a group is the group's, and stays.
        for record in own.shared().filter(withdrawn_at=None, kind__in=kinds.personal_keys()):
            withdraw(record, by=by)
    taken_back = own.exclude(withdrawn_at=None)
    _let_go_of_files(by)
    RecordTag.objects.filter(content_object__in=taken_back).delete()
    Link.objects.filter(grown__in=taken_back).delete()
    Telling.objects.filter(record__in=taken_back).delete()
    Telling.objects.filter(record__author=by).update(how_agreed="")
    Fold.objects.filter(ended_by=by, record__in=taken_back).exclude(reason="").update(reason=_("Its author has left."))
    taken_back.update(**EMPTY)
    index.write(*taken_back)
    _erase_what_was_confirmed(by)
    Tag.objects.filter(pk__in=tags, records_recordtag_items=None).delete()


def _let_go_of_files(by) -> None:
    """Leave all files to be deleted but those of what stays shared, and those that were added to what is a group's."""
    of_a_group = ~Q(kind__in=kinds.personal_keys())
    stays = Record.objects.shared().filter(Q(author=by, withdrawn_at=None) | of_a_group)
    if Attachment.objects.filter(owner=by).exclude(record__in=stays).let_go():
        transaction.on_commit(delete_due_files.enqueue, robust=True)


def _erase_what_was_confirmed(by) -> None:
    """Keep that something was confirmed, which its readers rely on, and not how it was known; drop all other questions.

    Whoever asked can then ask somebody else.
    """
    asked = TellingQuestion.objects.filter(asked__person=by)
    asked.exclude(knows=True, telling__record__space__isnull=False).delete()
    asked.update(how_known=_("Somebody who has left"))
