"""Writing a pattern down, changing it, saying how it stands, and its sources."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desk import notices as desk_notices
from desk.audit import record_event
from desk.models import Draft
from partnerships.models import Space
from partnerships.reader import Reader
from records import notices
from records.folding import unfold
from records.models import Attribution, Fold, Record
from records.placing import place, require_part, require_place
from records.rooms import open_room_of
from records.search import index
from records.versions import AlreadySent, keep_version, saved_words, swap_version

from .access import citable, may_take_off
from .models import Pattern, PatternChange, PatternSource, PatternState, Stance


@transaction.atomic
def write_pattern(*, space: Space, begun_with: Record | None = None, by, key: str, **words: Any) -> Pattern:
    """Write a pattern down in a space that one is in, and have its people told that there is something new.

    `words` are the columns of a pattern: title, text, looked_for, person_level. `begun_with` becomes its first source,
    one that agrees, where it is read in that space still. A repeated POST gets the pattern that the first one made.
    Raises PermissionDenied outside the space, ValidationError where the space is closed, AlreadySent where other words
    come under a used key.
    """
    membership = require_place(Reader(by), space)
    if membership is None:
        raise PermissionDenied("Patterns are a partnership's.")
    if not Draft.use(author=by, key=key, form="pattern"):
        made = Pattern.objects.filter(author=by, submission=key, space=space).first()
        if made and all(getattr(made, name) == value for name, value in words.items()):
            return made
        raise AlreadySent
    now = timezone.now()
    pattern = Pattern(kind="pattern", author=by, created_at=now, submission=key, **words)
    place(pattern, space=space, attribution=Attribution.NAMED, membership=membership)
    pattern.save()
    open_room_of("patterns", space=space, by=by)
    PatternChange.objects.create(pattern=pattern, state=PatternState.EMERGING, by=by, made_at=now)
    index.write(pattern)
    notices.tell_of_sharing(pattern, readers=[row.person for row in space.members().select_related("person")], by=by)
    record_event(by=by, action="pattern.write", kind="pattern", public_id=pattern.public_id, space=space.public_id)
    if begun_with and citable(Reader(by), space.pk).filter(pk=begun_with.pk).exists():
        _cite(pattern, begun_with, stance=Stance.AGREES, why="", by=by)
    return pattern


@transaction.atomic
def change_pattern(*, pattern: Pattern, version: int, changes: dict[str, Any], by, key: str) -> None:
    """Change what a pattern says, by anybody in its space; what it said before is kept. Raises StaleVersion."""
    require_part(pattern, by)
    if not Draft.use(author=by, key=key, form="pattern-edit"):
        now = Pattern.objects.get(pk=pattern.pk)
        if all(getattr(now, name) == value for name, value in changes.items()):
            return
        raise AlreadySent
    swap_version(pattern, version)
    before = keep_version(pattern, number=version, by=by)
    for name, value in (changes | {"edited_at": timezone.now()}).items():
        setattr(pattern, name, value)
    pattern.save(update_fields=[*changes, "edited_at"])
    if saved_words(pattern) != before:
        unfold(pattern, end=Fold.End.EDITED, by=by)
    index.write(pattern)
    record_event(by=by, action="pattern.edit", kind="pattern", public_id=pattern.public_id)


@transaction.atomic
def change_state(*, pattern: Pattern, seen: str, to: str, reason: str, by, key: str) -> None:
    """Say how a pattern stands from today on; to let it go takes a reason. Any way is open, also back.

    `seen` is how it stood on the page that was opened. Raises ValidationError where somebody changed it meanwhile.
    """
    require_part(pattern, by)
    if not Draft.use(author=by, key=key, form="pattern-state"):
        if pattern.changes.filter(by=by, state=to, reason=reason).exists():
            return
        raise AlreadySent
    # Two at once: one is first, and the other is shown what the first has made of it.
    now = Pattern.objects.select_for_update(of=("self",)).get(pk=pattern.pk)
    if now.state == to and not reason:
        return
    if now.state != seen:
        words = _("Somebody said meanwhile that it stands like this: %(state)s. Read that first, then say it again.")
        raise ValidationError(words % {"state": now.get_state_display()}, code="changed")
    if to == PatternState.LET_GO and not reason:
        raise ValidationError(_("Say in a line why it is let go."), code="reason")
    Pattern.objects.filter(pk=now.pk).update(state=to)
    pattern.state = to
    PatternChange.objects.create(pattern=now, state=to, reason=reason, by=by, made_at=timezone.now())
    record_event(by=by, action="pattern.state", kind="pattern", public_id=now.public_id)


@transaction.atomic
def add_source(*, pattern: Pattern, record: Record, stance: str, why: str, by, key: str) -> PatternSource:
    """Add a record of the same space as a source that agrees or disagrees, and have its author told.

    It opens nothing, and changes nothing of the record. Raises PermissionDenied outside the space, or for what cannot
    be a source there; ValidationError where it disagrees without a line, or is a source already; AlreadySent for other
    words under a used key.
    """
    require_part(pattern, by)
    if not Draft.use(author=by, key=key, form="pattern-source"):
        said = {"grown": pattern.pk, "source": record.pk, "stance": stance, "why": why, "added_by": by}
        made = PatternSource.objects.filter(**said).first()
        if made:
            return made
        raise AlreadySent
    if stance == Stance.DISAGREES and not why:
        raise ValidationError(_("Say in a line what does not fit: that is what others read first."), code="why")
    if record.pk == pattern.pk or not citable(Reader(by), pattern.space_id).filter(pk=record.pk).exists():
        raise PermissionDenied("Not in its space, or not with its words.")
    row = _cite(pattern, record, stance=stance, why=why, by=by)
    if (row.stance, row.why, row.added_by_id) != (stance, why, by.pk):
        words = _("Somebody made this a source meanwhile: %(stance)s. Do you read it otherwise? Say so in a response.")
        raise ValidationError(words % {"stance": row.get_stance_display()}, code="there")
    return row


def _cite(pattern: Pattern, record: Record, *, stance: str, why: str, by) -> PatternSource:
    """Link a record to a pattern; where it is a source already, return that as it is."""
    of_both = PatternSource.objects.filter(grown=pattern.pk, source=record.pk)
    # What was a source before it went back into its author's notebook is none any more.
    of_both.exclude(pk__in=of_both.in_force()).delete()  # type: ignore[attr-defined]
    new = {"stance": stance, "why": why, "added_by": by}
    row, is_new = PatternSource.objects.get_or_create(grown_id=pattern.pk, source_id=record.pk, defaults=new)
    if is_new:
        if record.author_id != by.pk:
            desk_notices.notify(people=[record.author], kind="grown", about=pattern.public_id)
        record_event(by=by, action="pattern.add_source", kind="pattern", public_id=pattern.public_id)
    return row


@transaction.atomic
def take_off_source(*, source: PatternSource, by) -> None:
    """Take a source off a pattern, with its line: by who added it, or who wrote the record. The record stays."""
    if not may_take_off(source, by):
        raise PermissionDenied("Neither who added it, nor its author.")
    if PatternSource.objects.filter(pk=source.pk).delete()[0]:
        record_event(by=by, action="pattern.take_off_source", kind="pattern", public_id=source.grown.public_id)
