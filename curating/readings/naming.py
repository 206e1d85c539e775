"""For whom somebody may say how something reads, and how they are named: the floors hold for both together.

A reading stands under a role or an organisation. So it is not by name only where five could have written it who share
that very role, or come from that very organisation; otherwise the heading of its column would name its author.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from curating.models import Whose
from partnerships.models import Membership, Space
from records.attribution import FEWEST_OF_ROLE, choices_in
from records.models import Attribution


@dataclass(frozen=True)
class Way:
    """One way to say it: for whom, how readers see who said it, and why it is not offered where it is not."""

    whose: str
    attribution: str
    label: str
    shown_as: str
    reason: str = ""

    @property
    def value(self) -> str:
        """Return what a form sends for it."""
        return f"{self.whose}:{self.attribution}"

    @property
    def is_offered(self) -> bool:
        """Say whether it can be chosen."""
        return not self.reason


def ways_in(space: Space, author: Membership, readers: list[Membership]) -> list[Way]:
    """Return the ways that there are for this author in the space: for their own role, and their own organisation.

    `readers` are the memberships whose people read there now, the author's among them.
    """
    choices = {row.value: row for row in choices_in(space, author, readers)}
    held = author.held_role
    role = held.role_word
    found = [
        Way(
            Whose.ROLE,
            Attribution.NAMED,
            _("For my role, %(role)s, with my name") % {"role": role},
            f"{role}: {author.person.name}",
        ),
        Way(
            Whose.ROLE,
            Attribution.ROLE,
            _("For my role, %(role)s, without my name") % {"role": role},
            role,
            choices[Attribution.ROLE].reason,
        ),
    ]
    if held.organisation is None:
        return found
    name = held.organisation.name
    same = sum(row.held_role.organisation_id == held.organisation_id for row in readers)
    too_few = _("It takes five people here from %(organisation)s for one of them not to be named.")
    return [
        *found,
        Way(
            Whose.ORGANISATION,
            Attribution.NAMED,
            _("For my organisation, %(organisation)s, with my name") % {"organisation": name},
            f"{name}: {author.person.name}",
        ),
        Way(
            Whose.ORGANISATION,
            Attribution.NOT_NAMED,
            _("For my organisation, %(organisation)s, without my name") % {"organisation": name},
            name,
            choices[Attribution.NOT_NAMED].reason
            or (too_few % {"organisation": name} if same < FEWEST_OF_ROLE else ""),
        ),
    ]
