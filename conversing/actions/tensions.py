"""Writing a tension down, changing what is said of it, saying how it stands, and checking in."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conversing.models import CheckIn, Tension, TensionChange, TensionState
from desk.audit import record_event
from desk.models import Draft
from partnerships.models import Space
from partnerships.reader import Reader
from records import attribution as naming
from records import notices
from records.folding import unfold
from records.models import Attribution, Fold, PersonLevel
from records.placing import place, require_part, require_place
from records.rooms import open_room_of
from records.search import index
from records.versions import AlreadySent, keep_version, saved_words, swap_version


@transaction.atomic
def open_tension(*, space: Space, by, key: str, **words: Any) -> Tension:
    """Write a tension down in a space that one is in, and have its people told that there is something new.

    `words` are the columns of a tension: title, text, felt_by and so on. A repeated POST gets the tension that the
    first one made. Raises PermissionDenied outside the space, ValidationError where the space is closed, AlreadySent
    where other words come under a used key.
    """
    membership = require_place(Reader(by), space)
    if membership is None:
        raise PermissionDenied("Tensions are a partnership's.")
    if not Draft.use(author=by, key=key, form="tension"):
        made = Tension.objects.filter(author=by, submission=key, space=space).first()
        if made and all(getattr(made, name) == value for name, value in words.items()):
            return made
        raise AlreadySent
    now = timezone.now()
    tension = Tension(kind="tension", author=by, created_at=now, submission=key, **words)
    tension.person_level = PersonLevel.SECOND
    place(tension, space=space, attribution=Attribution.NAMED, membership=membership)
    tension.save()
    open_room_of("tensions", space=space, by=by)
    TensionChange.objects.create(tension=tension, state=TensionState.NOTICED, by=by, made_at=now)
    index.write(tension)
    notices.tell_of_sharing(tension, readers=[row.person for row in space.members().select_related("person")], by=by)
    record_event(by=by, action="tension.open", kind="tension", public_id=tension.public_id, space=space.public_id)
    return tension


@transaction.atomic
def change_tension(*, tension: Tension, version: int, changes: dict[str, Any], by, key: str) -> None:
    """Change what is said of a tension, by anybody in its space; what it said before is kept. Raises StaleVersion."""
    require_part(tension, by)
    if not Draft.use(author=by, key=key, form="tension-edit"):
        now = Tension.objects.get(pk=tension.pk)
        if all(getattr(now, name) == value for name, value in changes.items()):
            return
        raise AlreadySent
    swap_version(tension, version)
    before = keep_version(tension, number=version, by=by)
    for name, value in (changes | {"edited_at": timezone.now()}).items():
        setattr(tension, name, value)
    tension.save(update_fields=[*changes, "edited_at"])
    if saved_words(tension) != before:
        unfold(tension, end=Fold.End.EDITED, by=by)
    index.write(tension)
    record_event(by=by, action="tension.edit", kind="tension", public_id=tension.public_id)


@transaction.atomic
def change_state(*, tension: Tension, seen: str, to: str, reason: str, by, key: str) -> None:
    """Say how a tension stands from today on; to let it go takes a reason. Any way is open, also back.

    `seen` is how it stood on the page that was opened. Raises ValidationError where somebody changed it meanwhile.
    """
    require_part(tension, by)
    if not Draft.use(author=by, key=key, form="tension-state"):
        if tension.changes.filter(by=by, state=to, reason=reason).exists():
            return
        raise AlreadySent
    # Two at once: one is first, and the other is shown what the first has made of it.
    now = Tension.objects.select_for_update(of=("self",)).get(pk=tension.pk)
    if now.state == to and not reason:
        return
    if now.state != seen:
        words = _("Somebody said meanwhile that it stands like this: %(state)s. Read that first, then say it again.")
        raise ValidationError(words % {"state": now.get_state_display()}, code="changed")
    if to == TensionState.LET_GO and not reason:
        raise ValidationError(_("Say in a line why it is let go."), code="reason")
    Tension.objects.filter(pk=now.pk).update(state=to)
    tension.state = to
    TensionChange.objects.create(tension=now, state=to, reason=reason, by=by, made_at=timezone.now())
    record_event(by=by, action="tension.state", kind="tension", public_id=now.public_id)


@transaction.atomic
def check_in(*, on: Tension, lean: int, text: str, wish: str, by, key: str) -> CheckIn:
    """Say where between the poles it feels today, and why. `wish` is how one is named to those in the space.

    Raises PermissionDenied outside the space, ValidationError where too few are there to be named as wished,
    AlreadySent for other words under a used key.
    """
    require_part(on, by)
    space = on.space
    if space is None:
        raise PermissionDenied("Not in a space.")
    membership = require_place(Reader(by), space)
    if not Draft.use(author=by, key=key, form="check-in"):
        made = CheckIn.objects.filter(author=by, submission=key, text=text, lean=lean, attribution=wish).first()
        if made:
            return made
        raise AlreadySent
    choices = naming.choices_in(space, membership, list(space.members().with_roles()))
    if not naming.is_offered(wish, choices):
        raise ValidationError(_("Too few people are here now for that. Choose again how you are named."), code="floor")
    row = CheckIn(
        kind="check_in",
        author=by,
        lean=lean,
        text=text,
        within=on,
        person_level=on.person_level,
        created_at=timezone.now(),
        submission=key,
    )
    place(row, space=space, attribution=wish, membership=membership)
    row.save()
    index.write(row)
    record_event(by=by, action="check_in.write", kind="check_in", public_id=row.public_id, within=on.public_id)
    return row
