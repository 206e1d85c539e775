"""The machinery beneath the actions about spaces: when a place begins, and what ends with somebody's going.

Nothing else writes a place in a space. Who calls holds the lock on the partnership's row: everything about who is where
in a partnership, membership and role included, happens one after the other.
"""

from typing import cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from desk.notices import notify

from .models import Admission, Membership, Partnership, Space, SpaceMembership
from .power import Standing, question_about, standing_in

OF_EVERYBODY = (Space.Kind.EVERYONE, Space.Kind.WIDER_FIELD)
# Spaces that members know of without being in them, and that somebody can be asked into.
NAMED = (Space.Kind.PEERS, Space.Kind.POWER_LINE)


def lock(space: Space) -> Space:
    """Lock the partnership's row, and return the space as it is then; PermissionDenied where everybody is in it."""
    if space.kind in OF_EVERYBODY:
        raise PermissionDenied("Everybody is in it.")
    Partnership.objects.select_for_update().get(pk=partnership_of(space).pk)
    return Space.objects.select_related("partnership").get(pk=space.pk)


def partnership_of(space: Space) -> Partnership:
    """Return the partnership that the space lies in, as all do but the wider field."""
    return cast(Partnership, space.partnership)


def inside(space: Space, person) -> Membership:
    """Return the person's membership behind their place; PermissionDenied for who is not in the space."""
    membership = space.members().filter(person=person).first()
    if membership is None:
        raise PermissionDenied("Not in this space.")
    return membership


def require_open(space: Space) -> None:
    """Raise ValidationError where nobody can come in any more."""
    if not space.is_open:
        raise ValidationError(_("This space is closed."))


def require_outside(space: Space, membership: Membership) -> None:
    """Raise ValidationError unless the membership lasts, is of the same partnership, and has no place there."""
    fresh = Membership.objects.current().filter(pk=membership.pk, partnership=space.partnership_id)
    if not fresh.exists():
        raise ValidationError(_("Only members of this partnership can come in."))
    if space.members().filter(pk=membership.pk).exists():
        raise ValidationError(_("%(name)s is in this space already."), params={"name": membership.person.name})


def not_yet(refused: Admission) -> ValidationError:
    """Say from when the same may be asked again, and nothing of who said no."""
    return ValidationError(
        _("Not now: %(name)s. This can be asked again from %(day)s."),
        code="not_yet",
        params={
            "name": refused.membership.person.name,
            "day": date_format(timezone.localtime(refused.can_be_asked_again_on), "j F"),
        },
    )


def require_no_refusal(space: Space, membership: Membership, *outcomes: str) -> None:
    """Raise ValidationError where the last question about the person ended in one of these ways, and lately."""
    refused = space.admissions.filter(membership=membership).refused(*outcomes).last()
    if refused:
        raise not_yet(refused)


def one_to_one_between(mine: Membership, theirs: Membership) -> Space | None:
    """Return the open one to one of these two, though one may not have answered yet. There is at most one."""
    found = Space.objects.filter(kind=Space.Kind.ONE_TO_ONE, partnership=mine.partnership_id, closed_at=None)
    for member in (mine, theirs):
        places = SpaceMembership.objects.current().filter(membership=member)
        asked = Admission.objects.pending().filter(membership=member)
        found = found.filter(Q(pk__in=places.values("space")) | Q(pk__in=asked.values("space")))
    return found.select_related("partnership").first()


def question_in(space: Space, membership: Membership) -> str:
    """Put the question of 6-voices where the person holds power over people in this space of peers, or about to be."""
    if space.kind != Space.Kind.PEERS:
        return ""
    return question_about(membership, standing_in(partnership_of(space)), _inside_or_coming(space))


def settle(admission: Admission) -> None:
    """Write the place as soon as the person has accepted: from now on, or from when silence counts as yes."""
    if admission.accepted_at is None or not admission.is_taken_up:
        return
    space, now = admission.space, timezone.now()
    yes = admission.answers.filter(says_yes=True).values_list("membership", flat=True)
    others = space.members().exclude(pk=admission.membership_id)
    everybody = not others.exclude(pk__in=yes).exists()
    if admission.kind == Admission.Kind.FOUNDING or everybody:
        begins = now
    elif admission.needs_every_yes:
        return
    else:
        begins = max(now, admission.silence_is_yes_at)
    if admission.kind != Admission.Kind.NEW_POWER:
        SpaceMembership.objects.update_or_create(
            space=space, membership=admission.membership, ended_at=None, defaults={"started_at": begins}
        )
    admission.closed_at, admission.outcome = begins, Admission.Outcome.ADMITTED
    admission.save(update_fields=["closed_at", "outcome"])
    _look_again_at(space)


def stop(admission: Admission, outcome: str) -> None:
    """End the question without anybody's coming in; who holds new power and is not wanted loses their place."""
    now = timezone.now()
    space = admission.space
    places = SpaceMembership.objects.filter(space=space, membership=admission.membership)
    places.filter(started_at__gt=now).delete()
    admission.closed_at, admission.outcome = now, outcome
    admission.save(update_fields=["closed_at", "outcome"])
    if admission.kind == Admission.Kind.NEW_POWER and outcome == Admission.Outcome.STOPPED:
        places.filter(ended_at=None).update(ended_at=now)
    after_going(space)


def after_going(space: Space) -> None:
    """Close a space that is over, with all that was asked about it; otherwise count those who are left anew."""
    space.close_if_over()
    pending = list(space.admissions.pending().select_related("space__partnership", "membership__person"))
    if not space.is_open:
        lapse(pending)
        return
    for admission in pending:
        settle(admission)


def lapse(admissions: list[Admission]) -> None:
    """Let questions come to nothing, with the places that were to begin because of them."""
    now = timezone.now()
    for admission in admissions:
        upcoming = SpaceMembership.objects.filter(space=admission.space_id, membership=admission.membership_id)
        upcoming.filter(started_at__gt=now).delete()
    pks = [admission.pk for admission in admissions]
    Admission.objects.filter(pk__in=pks).update(closed_at=now, outcome=Admission.Outcome.LAPSED)


def end_places(membership: Membership) -> None:
    """End a member's time in all spaces, the places and questions to come included, as their stay has ended."""
    now = timezone.now()
    lapsing = list(membership.admissions.pending())
    lapse(lapsing)
    SpaceMembership.objects.filter(membership=membership, started_at__gt=now).delete()
    places = SpaceMembership.objects.filter(membership=membership, ended_at=None)
    left = {place.space_id for place in places} | {admission.space_id for admission in lapsing}
    places.update(ended_at=now)
    for space in Space.objects.filter(pk__in=left).select_related("partnership"):
        after_going(space)


def ask_again(partnership: Partnership, *, before: Standing) -> None:
    """Ask the question of peers anew, wherever a change of roles or of who pays has given somebody power over others.

    `before` is how people stood before the change (`standing_in`). Who is inside stays until somebody says no; who is
    being asked in is asked anew, and silence counts as yes no longer. Where the power is gone, so is the question.
    """
    now = standing_in(partnership)
    if now == before:
        return
    for space in partnership.spaces.filter(kind=Space.Kind.PEERS, closed_at=None).select_related("partnership"):
        members = _inside_or_coming(space)
        pending = list(space.admissions.pending().select_related("space__partnership", "membership__person"))
        about = {admission.membership_id: admission for admission in pending}
        for pk in space.members().values_list("pk", flat=True):
            if _over(now, pk, members) - _over(before, pk, members):
                admission = about.get(pk) or Admission(
                    space=space, membership_id=pk, kind=Admission.Kind.NEW_POWER, accepted_at=timezone.now()
                )
                _ask_anew(admission, holds_power=True)
            elif pk in about and not _over(now, pk, members):
                lapse([about[pk]])
        for admission in pending:
            if admission.kind != Admission.Kind.NEW_POWER:
                _compare(admission, _over(now, admission.membership_id, members), before)


def tell_inside(admission: Admission) -> None:
    """Have those inside told of the question, but for who asks and who is asked."""
    told = admission.space.members().exclude(pk__in=[admission.membership_id, admission.asked_by_id or 0])
    notify(people=[row.person for row in told.select_related("person")], kind="admission", about=admission.public_id)


def _inside_or_coming(space: Space) -> set[int]:
    """Return the memberships with a place in the space now, or on a day to come."""
    places = SpaceMembership.objects.filter(space=space, ended_at=None)
    return set(places.filter(membership__in=Membership.objects.current()).values_list("membership", flat=True))


def _over(standing: Standing, member: int, others: set[int]) -> set[int]:
    """Return those over whom the member held power, as far as they were here."""
    return standing.over(member, others & set(standing.held)) if member in standing.held else set()


def _look_again_at(space: Space) -> None:
    """Ask anew about those who are being asked in, where somebody over whom they hold power came before them."""
    if space.kind != Space.Kind.PEERS:
        return
    pending = space.admissions.pending().exclude(kind=Admission.Kind.NEW_POWER)
    for admission in pending.select_related("space__partnership", "membership__person"):
        if admission.is_taken_up and not admission.holds_power and question_in(space, admission.membership):
            _ask_anew(admission, holds_power=True)


def _compare(admission: Admission, over: set[int], before: Standing) -> None:
    """Ask anew about somebody who is being asked in, where the power that they would hold is another one now."""
    gained = over - _over(before, admission.membership_id, over)
    if not gained and admission.kind == Admission.Kind.FOUNDING:
        # Nobody else was asked about it.
        admission.holds_power = bool(over)
        admission.save(update_fields=["holds_power"])
    elif admission.is_taken_up and (gained or bool(over) != admission.holds_power):
        _ask_anew(admission, holds_power=bool(over))


def _ask_anew(admission: Admission, *, holds_power: bool) -> None:
    """Begin the question from now: no answer given before counts, nor does a place that was to begin."""
    now = timezone.now()
    if admission.kind == Admission.Kind.FOUNDING:
        admission.kind = Admission.Kind.ASKED_IN
    admission.asked_at, admission.holds_power = now, holds_power
    admission.closed_at, admission.outcome = None, ""
    admission.save()
    admission.answers.all().delete()
    SpaceMembership.objects.filter(
        space=admission.space, membership=admission.membership_id, started_at__gt=now
    ).delete()
    tell_inside(admission)
    settle(admission)
