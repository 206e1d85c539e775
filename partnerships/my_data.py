"""What this room does when somebody is erased, and what places are called in their export."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.my_data import erasing, exporting

from .actions.erasing import leave_everything
from .models import Affiliation, Invitation, Membership, Partnership, Space
from .reader import Reader


def erase(leaving: erasing.Leaving) -> None:
    """End all stays, and forget invitations, name and address."""
    leave_everything(name=leaving.name, addresses=leaving.addresses, again=leaving.again, by=leaving.person)


def effects(leaving: erasing.Leaving) -> list[str]:
    """Say which memberships and offices end."""
    person = leaving.person
    said = []
    places = [row.partnership.name for row in _stays(person) if not row.partnership.is_draft]
    if places:
        said.append(_("You leave: %(places)s.") % {"places": ", ".join(places)})
    drafts = Partnership.objects.filter(opened_at=None, started_by=person).count()
    if drafts:
        words = ngettext(
            "%(n)d partnership that you have not opened yet is deleted.",
            "%(n)d partnerships that you have not opened yet are deleted.",
            drafts,
        )
        said.append(words % {"n": drafts})
    offices = Affiliation.objects.of(person).current().filter(is_admin=True).select_related("organisation")
    said += [
        _("You no longer look after %(organisation)s. Whoever runs this site can name somebody else.")
        % {"organisation": row.organisation.name}
        for row in offices
    ]
    if Invitation.objects.filter(invited_by=person).open().exists():
        said.append(_("The invitations that you sent, and nobody has answered, are withdrawn."))
    said.append(
        _(
            "What you wrote for a partnership as a whole (its agreement, its intentions, sets of prompts, studies) is "
            "the group's and stays, without your name."
        )
    )
    return said


def obstacles(person: Any) -> list[erasing.Obstacle]:
    """Say where nobody would be left to look after people who are there."""
    found = []
    for row in _stays(person):
        others = Membership.objects.current().filter(partnership=row.partnership_id, person__is_active=True)
        alone = not others.exclude(pk=row.pk).exists()
        if row.held_role.is_steward and not alone and not row.other_stewards().exists():
            words = _(
                "You are the only steward of %(partnership)s. Leave it first, and name another steward as you go."
            )
            address = reverse("partnerships:membership-end", args=[row.partnership.slug, row.public_id])
            found.append(erasing.Obstacle(words % {"partnership": row.partnership.name}, address))
    return found


def _stays(person: Any) -> list[Membership]:
    rows = Membership.objects.of(person).current().select_related("partnership")
    return list(rows.order_by("partnership__name"))


def names(person: Any) -> dict[str, str]:
    """Say what the places that the person is in now are called; of a one to one, not who the other is."""
    reader = Reader(person)
    places = {row.slug: row.name for row in reader.partnerships}
    for space in reader.spaces.values():
        is_pair = space.kind == Space.Kind.ONE_TO_ONE
        name = str(space.get_kind_display()) if is_pair else reader.name_of(space)
        where = f"{name}, {space.partnership.name}" if space.partnership else name
        places[space.public_id] = where
    places |= {row.public_id: row.partnership.name for row in reader.memberships.values()}
    affiliations = Affiliation.objects.of(person).select_related("organisation")
    return places | {row.organisation.public_id: row.organisation.name for row in affiliations}


ERASING = erasing.Part(erase=erase, effects=effects, obstacles=obstacles)
EXPORTING = exporting.Part(names=names)
