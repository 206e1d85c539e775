"""How an author may be named in a space, and the floors beneath which a choice would hide nobody."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.models import Membership, Space

from .models import Attribution

# Other people who could have written it; holders of the role, its author among them.
FEWEST_OTHERS = 5
FEWEST_OF_ROLE = 5


@dataclass(frozen=True)
class Choice:
    """One way to be named: how readers would see it, and why it is not offered where it is not."""

    value: str
    label: str
    shown_as: str
    reason: str = ""

    @property
    def is_offered(self) -> bool:
        """Say whether it can be chosen."""
        return not self.reason


def choices_in(space: Space, author: Membership | None, readers: list[Membership]) -> list[Choice]:
    """Return the ways in which this author can be named in the space.

    `readers` are the memberships whose people read there now, the author's among them. In the wider field everybody
    signs: the other ways exist there on carried copies only.
    """
    if author is None or space.kind == Space.Kind.WIDER_FIELD:
        return [Choice(Attribution.NAMED, str(Attribution.NAMED.label), _("Your name."))]
    held = author.held_role
    role = held.role_word
    same_role = sum(reader.held_role.role == held.role for reader in readers)
    others = sum(reader.person_id != author.person_id for reader in readers)
    by_role, not_named = "", ""
    if same_role == 1:
        by_role = _("You are the only one here whose role is “%(role)s”, so “by role” tells everybody that it is you.")
    elif same_role < FEWEST_OF_ROLE:
        by_role = _("Too few people here have the role “%(role)s”: it takes five for a role to hide anybody.")
    if others < FEWEST_OTHERS:
        not_named = ngettext(
            "Only %(n)d other person could have written it here: it takes five for “not named” to hide anybody.",
            "Only %(n)d other people could have written it here: it takes five for “not named” to hide anybody.",
            others,
        )
    return [
        Choice(Attribution.NAMED, str(Attribution.NAMED.label), f"{author.person.name}, {held.role_in_words}"),
        Choice(Attribution.ROLE, str(Attribution.ROLE.label), role, by_role and by_role % {"role": role}),
        Choice(
            Attribution.NOT_NAMED,
            str(Attribution.NOT_NAMED.label),
            _("No name, no role, and only the day. Those who know your stories may still recognise you."),
            not_named and not_named % {"n": others},
        ),
    ]


def is_offered(attribution: str, choices: list[Choice]) -> bool:
    """Say whether that way is among the choices offered."""
    return any(choice.value == attribution and choice.is_offered for choice in choices)


def shown_choice(choices: list[Choice], wanted: str) -> Choice:
    """Return the wanted choice where it is offered, otherwise the first one: by name."""
    return next((choice for choice in choices if choice.value == wanted and choice.is_offered), choices[0])
