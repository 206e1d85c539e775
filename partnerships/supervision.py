"""Reflective supervision: who stands apart from whom, and the little that the partnerships talked of are told."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User

from .models import Agreement, BroughtPartnership, Membership, Partnership, SupervisionMeeting
from .models.memberships import current_members
from .models.stays import current_stay

# What ValidationError carries where a supervisor would stand too near.
TOO_NEAR = "too_near"


def learning_partners(partnership: Partnership):
    """Return the memberships with the duty of learning partner; in a supervision these are its supervisors."""
    return current_members(partnership).filter(current_stay("held_roles__"), held_roles__is_learning_partner=True)


def is_supervisor(membership: Membership) -> bool:
    """Say whether the membership supervises: it holds the learning partner's duty in a supervision."""
    kind = membership.partnership.kind
    return kind == Partnership.Kind.SUPERVISION and membership.held_role.is_learning_partner


def keep_apart(membership: Membership, *, words: str = "") -> None:
    """Raise ValidationError where a supervisor takes part in a partnership that somebody brings to them.

    Called within every change that could bring it about, after its rows are written: naming what one brings, giving
    the duty in a supervision, becoming a member. Says nothing of a supervision to people of the other partnership.
    """
    partnership = membership.partnership
    in_supervision = partnership.kind == Partnership.Kind.SUPERVISION
    # The supervision's row is locked by then, and now its supervisors', so that no two such changes pass each other.
    people = {membership.person_id}
    if in_supervision:
        people |= set(learning_partners(partnership).values_list("person", flat=True))
    list(User.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))
    found = _too_near()
    found = (
        found.filter(membership__partnership=partnership) if in_supervision else found.filter(partnership=partnership)
    )
    row = found.select_related("partnership").first()
    if row is None:
        return
    if words:
        raise ValidationError(words, code=TOO_NEAR, params={"partnership": row.partnership.name})
    if in_supervision:
        words = _("Who supervises stands outside every partnership that is brought here. Ask them whether they do.")
    else:
        words = _("They cannot take part here at present.")
    raise ValidationError(words, code=TOO_NEAR)


def why_not_you() -> str:
    """Say to a supervisor, and to nobody else, why they cannot join a partnership."""
    return _("You supervise somebody who brings this partnership to you, so you cannot take part in it yourself.")


def _too_near() -> QuerySet[BroughtPartnership]:
    """Return what is brought to a supervisor who is a member of it."""
    supervisors = (
        Membership.objects.current()
        .filter(
            current_stay("held_roles__"),
            held_roles__is_learning_partner=True,
            partnership=OuterRef("membership__partnership"),
            person__in=Membership.objects.current()
            .filter(partnership=OuterRef(OuterRef("partnership")))
            .values("person"),
        )
        .exclude(person=OuterRef("membership__person"))
    )
    return BroughtPartnership.objects.standing().filter(Exists(supervisors))


def let_go(membership: Membership) -> None:
    """End what hangs on a stay that ends: what it brings to a supervision, and what is brought of its partnership."""
    brings = BroughtPartnership.objects.filter(ended_at=None)
    mine = brings.filter(membership=membership)
    of_here = brings.filter(membership__person=membership.person_id, partnership=membership.partnership_id)
    (mine | of_here).update(ended_at=timezone.now())


@dataclass(frozen=True)
class Supervised:
    """What all members of a partnership may know of a learning partner's reflective supervision, and nothing more."""

    name: str
    is_supervised: bool
    # The first of the month in which it last was.
    last_month: date | None = None
    looked_at_again_on: date | None = None


def shown_to(partnership: Partnership) -> list[Supervised]:
    """Say for each learning partner of the partnership whether there is supervision, and when it last was.

    No names of supervisor or supervision. It counts while the stay there and what it brings last, and only where
    somebody else supervises. Two queries, whoever many there are.
    """
    if partnership.kind == Partnership.Kind.SUPERVISION:
        return []
    found: dict[int, list] = {}
    for row in _brought(partnership):
        before = found.get(row.membership.person_id, [])
        found[row.membership.person_id] = [*before, row]
    shown = []
    for member in learning_partners(partnership).select_related("person").order_by("person__name"):
        rows = found.get(member.person_id, [])
        met = max((row.last_met_on for row in rows if row.last_met_on), default=None)
        again = min((row.looked_at_again_on for row in rows if row.looked_at_again_on), default=None)
        shown.append(
            Supervised(
                name=member.person.name,
                is_supervised=bool(rows),
                last_month=met.replace(day=1) if met else None,
                looked_at_again_on=again,
            )
        )
    return shown


def _brought(partnership: Partnership):
    """Return where the partnership is brought to somebody who supervises, with the day it last met."""
    here = OuterRef("membership__partnership")
    supervisors = Membership.objects.current().filter(
        current_stay("held_roles__"), held_roles__is_learning_partner=True, partnership=here
    )
    # Who joined later was not there before.
    meetings = SupervisionMeeting.objects.filter(
        partnership=here, met_on__gte=OuterRef("membership__started_at__date")
    ).order_by("-met_on")
    agreements = Agreement.objects.adopted().filter(partnership=here)
    return (
        BroughtPartnership.objects.standing()
        .filter(Exists(supervisors.exclude(person=OuterRef("membership__person"))), partnership=partnership)
        .exclude(Exists(supervisors.filter(person=OuterRef("membership__person"))))
        .annotate(
            last_met_on=Subquery(meetings.values("met_on")[:1]),
            looked_at_again_on=Subquery(agreements.values("review_on")[:1]),
        )
        .select_related("membership")
    )


def may_be_brought(person) -> list[Partnership]:
    """Return what the person may name as brought to a supervision: where they are a member now, but no supervision."""
    mine = Membership.objects.of(person).current().values("partnership")
    found = Partnership.objects.opened().filter(pk__in=mine).exclude(kind=Partnership.Kind.SUPERVISION)
    return list(found.order_by("name"))


@dataclass(frozen=True)
class Bringing:
    """One member of a supervision, and the names of what they bring: labels, and never a way in."""

    membership: Membership
    supervises: bool
    names: list[str]


def brought_to(supervision: Partnership) -> list[Bringing]:
    """Return the members of a supervision with what each brings, for these members themselves; supervisors first."""
    names: dict[int, list[str]] = {}
    for row in (
        BroughtPartnership.objects.standing()
        .filter(membership__partnership=supervision)
        .order_by("partnership__name")
        .values_list("membership", "partnership__name")
    ):
        names.setdefault(row[0], []).append(row[1])
    members = list(current_members(supervision).with_roles().order_by("person__name"))
    rows = [Bringing(row, row.held_role.is_learning_partner, names.get(row.pk, [])) for row in members]
    return sorted(rows, key=lambda row: not row.supervises)
