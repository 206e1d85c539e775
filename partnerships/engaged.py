"""By whom the learning partner is engaged, and until when: from the lines under "What this takes"."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .models import HeldRole, Membership, Partnership, Resource


def engagements(partnership: Partnership) -> list[Resource]:
    """Return the lines on the learning partner that are not over."""
    over = Q(ends_on__lt=timezone.localdate())
    return list(partnership.resources.filter(kind=Resource.Kind.LEARNING_PARTNER).exclude(over))


def in_words(line: Resource) -> str:
    """Say a line as a fact, such as "engaged by Larch Foundation until 31 March 2027"."""
    facts = {"by": line.paid_by, "day": date_format(line.ends_on, "j F Y") if line.ends_on else ""}
    if line.paid_by and line.ends_on:
        return _("engaged by %(by)s until %(day)s") % facts
    if line.paid_by:
        return _("engaged by %(by)s") % facts
    return _("engaged until %(day)s") % facts if line.ends_on else _("engaged")


def is_about(line: Resource, membership: Membership) -> bool:
    """Say whether the line names the member, or the organisation that they come from."""
    held: HeldRole = membership.held_role
    names = [membership.person.name, held.organisation.name if held.organisation else ""]
    return any(name and name.casefold() in line.who.casefold() for name in names)


def by_member(lines: Iterable[Resource], members: Iterable[Membership]) -> dict[Membership, str]:
    """Say for each learning partner among the members by whom they are engaged, where a line tells."""
    partners = [member for member in members if member.held_role.is_learning_partner]
    told = {member: "; ".join(in_words(line) for line in lines if is_about(line, member)) for member in partners}
    return {member: words for member, words in told.items() if words}
