"""Writing a relationship note."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from conversing.models import RelationshipNote
from partnerships.models import Partnership
from partnerships.permissions import membership_of
from records import actions
from records.models import PersonLevel
from records.versions import AlreadySent


@transaction.atomic
def write_relationship_note(
    *, partnership: Partnership, work: str, title: str, text: str, by, key: str
) -> RelationshipNote:
    """Write a note on a relationship in the notebook: as learning partner of the partnership that it is about.

    A repeated POST gets the note that the first one made; raises AlreadySent for other words under a used key.
    """
    if not membership_of(by, partnership).held_role.is_learning_partner:
        raise PermissionDenied("Not its learning partner.")
    note = RelationshipNote(kind="relationship_note", work=work, title=title, text=text, partnership=partnership)
    note.person_level = PersonLevel.FIRST
    saved = actions.save_new(note, by=by, key=key, form="relationship-note")
    made = RelationshipNote.objects.get(pk=saved.pk)
    if made.work != work:
        raise AlreadySent
    return made
