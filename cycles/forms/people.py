"""Who is in a cycle, or takes part in an activity: ticked from those in its space."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learnpartner.forms import Option, offer
from partnerships.reader import Reader
from records.models import Record

GONE = _("Somebody of these is not in this space any more. Tick once more.")


def people_field(label, help_text="") -> forms.MultipleChoiceField:
    """Give a box to tick for each person; `offer_people` says for whom."""
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": GONE},
    )


def offer_people(form: forms.BaseForm, record: Record, *names: str) -> dict[str, Any]:
    """Offer those in the record's space now, and who was named before; return the people by their public ids."""
    rows = record.space.members().with_roles().order_by("person__name") if record.space else []
    hints = {row.person.public_id: Option(row.person.name, hint=row.held_role.role_in_words) for row in rows}
    people = {row.person.public_id: row.person for row in rows}
    for row in record.taking_part.select_related("person").order_by("person__name"):
        people.setdefault(row.person.public_id, row.person)
        hints.setdefault(row.person.public_id, Option(row.person.name, hint=_("Not in this space now.")))
    for name in names:
        offer(form, name, hints.items())
    return people


def offer_spaces(form: forms.BaseForm, reader: Reader, spaces: dict[str, Any]) -> None:
    """Offer the open spaces of a partnership that the reader is in, each with who reads it."""
    offer(
        form,
        "space",
        [
            (key, Option(reader.who_reads(row), hint=", ".join(reader.names_of_others(row))))
            for key, row in spaces.items()
        ],
    )


def space_field() -> forms.ChoiceField:
    """Give the choice of a space, in which something is begun."""
    return forms.ChoiceField(
        label=_("Whose it is"),
        widget=forms.RadioSelect,
        help_text=_("All in this space read it, change it and move it. It stays in this space."),
        error_messages={
            "required": _("Choose whose it is."),
            "invalid_choice": _("You are not in that space. Choose one of these."),
        },
    )
