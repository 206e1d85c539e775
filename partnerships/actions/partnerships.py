"""Starting a partnership, what it is, where it lies, and which organisations take part in it."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.audit import record_event
from partnerships.admitting import ask_again
from partnerships.models import (
    BroughtPartnership,
    Intention,
    Membership,
    Organisation,
    Participation,
    Partnership,
    Space,
    SpaceMembership,
)
from partnerships.models.phases import begin_phases
from partnerships.permissions import Permission, may_start, membership_of, require
from partnerships.power import standing_in
from partnerships.versions import begin_change


@transaction.atomic
def start_partnership(
    *,
    name: str,
    by,
    role: str,
    own_words: str = "",
    organisation: Organisation | None = None,
    kind: str = Partnership.Kind.LEARNING,
    purpose: str = "",
    parent: Partnership | None = None,
) -> Partnership:
    """Start a draft that only its starter sees. They are its first steward, and it has its everyone space at once.

    It lies within another one only where its starter is a member there. Raises PermissionDenied for who may not start.
    """
    if not may_start(by):
        raise PermissionDenied("May not start a partnership.")
    if parent is not None:
        membership_of(by, parent)
    partnership = Partnership(name=name, kind=kind, purpose=purpose, started_by=by)
    _place(partnership, parent)
    partnership.save()
    now = timezone.now()
    Space.objects.create(partnership=partnership, kind=Space.Kind.EVERYONE, opened_by=by, opened_at=now)
    membership = Membership.objects.create(person=by, partnership=partnership, started_at=now)
    membership.begin_role(role=role, own_words=own_words, organisation=organisation, steward=True)
    begin_phases(partnership, by=by)
    record_event(by=by, action="partnership.start", kind="partnership", public_id=partnership.slug)
    return partnership


@transaction.atomic
def open_partnership(*, partnership: Partnership, by) -> None:
    """Make a draft visible to those who are, and will be, its members."""
    require(membership_of(by, partnership), Permission.LOOK_AFTER_SETTINGS)
    partnership.opened_at = timezone.now()
    partnership.save(update_fields=["opened_at"])
    record_event(by=by, action="partnership.open", kind="partnership", public_id=partnership.slug)


@transaction.atomic
def throw_away(*, partnership: Partnership, by) -> None:
    """Delete one's own draft for good, with all that was set up for it.

    Raises PermissionDenied for anybody else, and ValidationError once others were members, or something was written or
    begun in it: words never go along with their place.
    """
    draft = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if draft.started_by != by:
        raise PermissionDenied("Not the one who started it.")
    if not draft.is_draft or draft.memberships.exclude(person=by).exists():
        raise ValidationError(_("Others know of it already, so it can no longer be thrown away."))
    try:
        with transaction.atomic():
            SpaceMembership.objects.filter(space__partnership=draft).delete()
            draft.spaces.all().delete()
            draft.memberships.all().delete()
            draft.phase_changes.all().delete()
            Intention.objects.filter(partnership=draft).update(follows=None)
            draft.delete()
    except ProtectedError:
        raise ValidationError(
            _("There are notes about it, or another partnership lies within it. Delete or move those first.")
        )
    record_event(by=by, action="partnership.throw_away", kind="partnership", public_id=partnership.slug)


@transaction.atomic
def describe(*, partnership: Partnership, name: str, purpose: str, kind: str, version: int | None, by) -> None:
    """Change the name, the purpose and the kind. The address stays, so that links hold."""
    begin_change(partnership, version=version, by=by)
    brought = BroughtPartnership.objects.current().filter(membership__partnership=partnership)
    if kind != Partnership.Kind.SUPERVISION and brought.exists():
        raise ValidationError(
            {"kind": _("Partnerships are talked of here. While that lasts, this stays reflective supervision.")}
        )
    Partnership.objects.filter(pk=partnership.pk).update(name=name, purpose=purpose, kind=kind)
    record_event(by=by, action="partnership.describe", kind="partnership", public_id=partnership.slug)


@transaction.atomic
def nest(
    *,
    partnership: Partnership,
    parent: Partnership | None,
    alongside: Collection[Partnership],
    version: int | None,
    by,
) -> None:
    """Say within which partnership this one lies, and alongside which it learns. Neither lets anybody read there.

    One joins it only to partnerships that one is a member of oneself; what was there before may stay. Raises
    PermissionDenied, and ValidationError for a circle or too deep a nesting.
    """
    # All that lies above is locked, so that two moves at once cannot make a circle together.
    above = [parent, *parent.path()] if parent else []
    rows = [row.pk for row in (partnership, *above)]
    list(Partnership.objects.select_for_update().filter(pk__in=rows).order_by("pk"))
    begin_change(partnership, version=version, by=by)
    present = Partnership.objects.get(pk=partnership.pk)
    if parent is not None and parent.pk != present.parent_id:
        membership_of(by, parent)
    before = set(present.alongside.values_list("pk", flat=True))
    for other in alongside:
        if other.pk == present.pk:
            raise ValidationError({"alongside": _("A partnership does not learn alongside itself.")})
        if other.pk not in before:
            membership_of(by, other)
    _place(present, Partnership.objects.get(pk=parent.pk) if parent else None)
    present.save(update_fields=["parent"])
    present.alongside.set(alongside)
    record_event(by=by, action="partnership.nest", kind="partnership", public_id=partnership.slug)


def _place(partnership: Partnership, parent: Partnership | None) -> None:
    """Put it inside the other one; what stands in the way is said beside the field."""
    try:
        partnership.place_within(parent)
    except ValidationError as error:
        raise ValidationError({"parent": error})


@transaction.atomic
def take_part(
    *,
    partnership: Partnership,
    organisation: Organisation,
    ways: Collection[str],
    in_words: str = "",
    hopes_to_learn: str = "",
    brings: str = "",
    cannot_promise: str = "",
    approach: str = "",
    version: int | None = None,
    by,
) -> Participation:
    """Say how an organisation takes part, and what it hopes for. `ways` are names of fields, such as "hosts"."""
    begin_change(partnership, version=version, by=by)
    words = {
        "in_words": in_words,
        "hopes_to_learn": hopes_to_learn,
        "brings": brings,
        "cannot_promise": cannot_promise,
        "approach": approach,
    }
    flags = {way: way in ways for way in Participation.WORDS}
    before = standing_in(partnership)
    participation, _made = Participation.objects.update_or_create(
        partnership=partnership, organisation=organisation, defaults={**flags, **words}
    )
    ask_again(partnership, before=before)
    record_event(
        by=by,
        action="partnership.take_part",
        kind="partnership",
        public_id=partnership.slug,
        organisation=organisation.public_id,
    )
    return participation


@transaction.atomic
def end_participation(*, participation: Participation, version: int | None, by) -> None:
    """Take an organisation off the list of those who take part. Its people stay members."""
    begin_change(participation.partnership, version=version, by=by)
    organisation, partnership = participation.organisation, participation.partnership
    before = standing_in(partnership)
    participation.delete()
    ask_again(partnership, before=before)
    record_event(
        by=by,
        action="partnership.end_participation",
        kind="partnership",
        public_id=partnership.slug,
        organisation=organisation.public_id,
    )
