"""The four first steps of a new partnership, each done as soon as what it asks for is there.

Source of the words: 6-voices, 6.2.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from .models import Partnership, Resource

FIRST_PEOPLE = 3


@dataclass(frozen=True)
class Step:
    """One step: what to do, a line on it, where it is done, and whether it is."""

    title: str
    line: str
    address: str
    is_done: bool


def steps_of(
    partnership: Partnership, *, resources: Collection[Resource], others: int, has_agreement: bool
) -> list[Step]:
    """Return the four steps with their state; nobody is invited before there is an agreement to read.

    `others` is how many people are members beside the reader.
    """

    def page(name: str) -> str:
        return reverse(f"partnerships:{name}", args=[partnership.slug])

    invited = others + partnership.invitations.unanswered().count()
    return [
        Step(
            title=_("Say why, in two sentences"),
            line=_("People read it before they join."),
            address=page("purpose-edit"),
            is_done=bool(partnership.purpose),
        ),
        Step(
            title=_("Say what it takes and who pays"),
            line=_("Days, pounds, protected time: all members read every line."),
            address=page("resource-new"),
            is_done=bool(resources),
        ),
        Step(
            title=_("Invite the first three people"),
            line=_("They see the purpose, the agreement and who will read what, before they decide.")
            if has_agreement
            else _("The group agreement comes first: it says what happens if somebody may come to harm."),
            address=page("invitation-new") if has_agreement else page("agreement-detail"),
            is_done=invited >= FIRST_PEOPLE,
        ),
        Step(
            title=_("Set a time to talk"),
            line=_("A day and a place are enough."),
            address=page("talk-edit"),
            is_done=partnership.talk_on is not None,
        ),
    ]
