"""Whom one can share with: the spaces that one is in, or one other person."""

from collections.abc import Iterator
from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learnpartner.forms import Option, offer
from partnerships.admitting import one_to_one_between
from partnerships.models import Membership, Space
from partnerships.reader import Reader

# In place of a space: one other person, whom the field `one` names.
ONE = "one"


class ChoosesReaders(forms.Form):
    """A form with a choice of spaces, and of one other person by their membership's public id."""

    one = forms.ChoiceField(
        label=gettext_lazy("Which person?"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("That person is in no partnership with you now. Choose again.")},
    )

    def offer_readers(self, name: str, reader: Reader, *, first: str = "", before: tuple = ()) -> None:
        """Fill the field `name`: what comes `before`, one person, and the spaces; the partnership `first` leads."""
        self.chooses = name
        self.spaces = {space.public_id: space for space in reader.spaces.values() if space.is_open}
        people = dict(_people(reader, first=first))
        self.people = {row.public_id: row for rows in people.values() for row in rows}
        groups = [(title, [(row.public_id, _named(row)) for row in rows]) for title, rows in people.items()]
        offer(self, "one", [("", _("Choose…")), *groups])
        one_person = Option(
            _("One person: …"),
            hint=_("A one to one, made on the way. They read it once they have said yes, and nobody else ever."),
            button=_("Next: share with 1 person"),
            within=self["one"],
        )
        offer(self, name, [*before, *([(ONE, one_person)] if groups else []), *_spaces(reader, first=first)])

    def clean(self):
        """Ask for the person where one is meant."""
        super().clean()
        asked = self.cleaned_data
        if asked.get(self.chooses) == ONE and not asked.get("one") and not self.has_error("one"):
            self.add_error("one", ValidationError(_("Choose the person who shall read it."), code="required"))
        return asked

    @property
    def chosen_space(self) -> Space | None:
        """Return the chosen space, or None for another choice."""
        return self.spaces.get(self.cleaned_data[self.chooses])

    @property
    def chosen_member(self) -> Membership | None:
        """Return the one person chosen, or None."""
        chosen = self.cleaned_data[self.chooses] == ONE
        return self.people.get(self.cleaned_data["one"]) if chosen else None

    @property
    def chosen(self) -> dict[str, str]:
        """Return what leads to the page that shares with these readers; nothing for only me."""
        if self.chosen_member:
            return {"space": ONE, "one": self.chosen_member.public_id}
        return {"space": self.chosen_space.public_id} if self.chosen_space else {}


def _people(reader: Reader, *, first: str) -> Iterator[tuple[str, list[Membership]]]:
    """Give the other members of the person's partnerships, by partnership."""
    for partnership in _in_order(reader, first):
        if reader.others[partnership.pk]:
            yield partnership.name, reader.others[partnership.pk]


def _in_order(reader: Reader, first: str):
    """Return the person's partnerships, the one with the slug `first` before the others."""
    return sorted(reader.partnerships, key=lambda row: row.slug != first)


def _named(member: Membership) -> str:
    """Name a person in the list of people."""
    return f"{member.person.name}, {member.held_role.role_in_words}"


def _spaces(reader: Reader, *, first: str) -> list[tuple[str, list[tuple[str, Option]]]]:
    """Offer the spaces by partnership, at last the wider field."""
    groups = []
    for partnership in _in_order(reader, first):
        spaces = [space for space in reader.spaces_of(partnership) if space.is_open]
        groups.append((partnership.name, [(space.public_id, _option(reader, space)) for space in spaces]))
    wide = [space for space in reader.spaces.values() if space.kind == Space.Kind.WIDER_FIELD]
    groups.append((_("Beyond your partnerships"), [(space.public_id, _option(reader, space)) for space in wide]))
    return groups


def _option(reader: Reader, space: Space) -> Option:
    """Name a space in the composer: how many read there, its own statement on power, and what the button then says."""
    if space.kind == Space.Kind.WIDER_FIELD:
        return Option(
            _("The wider field"),
            hint=_("Everyone who can sign in here, in every partnership."),
            button=_("Next: share with the wider field"),
        )
    others = reader.others_in(space)
    waits_for = reader.waits_for(space)
    button = ngettext("Next: share with %(n)d person", "Next: share with %(n)d people", max(others, 1))
    button = button % {"n": others or 1}
    if space.kind == Space.Kind.ONE_TO_ONE:
        hint = _("The two of you, and nobody else ever.")
        if waits_for:
            hint += " " + _("%(name)s has not said yes yet, and reads nothing until then.") % {"name": waits_for}
        return Option(reader.name_of(space), hint=hint, button=button)
    if not others:
        return Option(
            reader.name_of(space),
            hint=_("Nobody else yet; whoever joins later reads it."),
            strong=space.power_statement,
            button=_("Next: share with whoever joins later"),
        )
    people = ngettext("%(n)d person, and whoever joins later", "%(n)d people, and whoever joins later", others)
    names = ", ".join(reader.names_of_others(space))
    hint = people % {"n": others} + (f": {names}." if names else ".")
    return Option(reader.name_of(space), hint=hint, strong=space.power_statement, button=button)


def space_with(reader: Reader, member: Membership) -> Space:
    """Return the one to one with this person; where there is none, one that is not opened yet, and may never be."""
    mine = cast(Membership, reader.membership_in(member.partnership_id))
    there = one_to_one_between(mine, member)
    return there or Space(partnership=mine.partnership, kind=Space.Kind.ONE_TO_ONE)


def readers_in(reader: Reader, space: Space, *, member: Membership | None) -> list[Membership]:
    """Return who would read what is shared in the space, who shares included; nobody in the wider field.

    In a one to one that is also the other who has not accepted yet, or will be asked.
    """
    mine = reader.membership_in(space.partnership_id)
    if mine is None:
        return []
    rows = space.members() if space.pk else Membership.objects.filter(pk=mine.pk)
    if member:
        rows = rows | Membership.objects.filter(pk=member.pk)
    elif space.kind == Space.Kind.ONE_TO_ONE:
        rows = rows | Membership.objects.filter(pk__in=space.admissions.pending().values("membership"))
    return list(rows.distinct().with_roles().order_by("person__name"))
