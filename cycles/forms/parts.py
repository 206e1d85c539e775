"""Of what something is part."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from learnpartner.forms import Option, offer
from records.models import Record


class PartForm(forms.Form):
    """The choice of a cycle or an activity."""

    whole = forms.ChoiceField(
        label=_("What is it part of?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what it is part of."),
            "invalid_choice": _("That is not to be chosen here any more. Choose again."),
        },
    )

    def __init__(self, data, *, wholes: Iterable[Record]):
        super().__init__(data, use_required_attribute=False)
        self.wholes = {row.public_id: row for row in wholes}
        offer(self, "whole", [(key, Option(row.title, hint=row.kind_label)) for key, row in self.wholes.items()])

    def chosen(self) -> Record:
        """Return the cycle or activity."""
        return self.wholes[self.cleaned_data["whole"]]
