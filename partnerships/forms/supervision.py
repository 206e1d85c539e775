"""Reflective supervision: what one brings, and the days on which people met."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learnpartner.forms import DateField, offer
from partnerships.models import Membership, Partnership
from partnerships.supervision import may_be_brought


class BringForm(forms.Form):
    """The partnerships that one talks of in supervision."""

    brings = forms.MultipleChoiceField(
        label=_("Which partnerships do you bring?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("You are no longer a member of one of these. Choose again.")},
    )

    def __init__(self, data=None, *, membership: Membership):
        named = membership.brings.current().values_list("partnership__slug", flat=True)
        super().__init__(data, initial={"brings": list(named)}, use_required_attribute=False)
        self.offered = {row.slug: row for row in may_be_brought(membership.person)}
        offer(self, "brings", [(slug, row.name) for slug, row in self.offered.items()])

    def partnerships(self) -> list[Partnership]:
        """Return the chosen ones."""
        return [self.offered[slug] for slug in self.cleaned_data["brings"]]


class MeetingForm(forms.Form):
    """A day on which a supervision met."""

    met_on = DateField(label=_("When did you meet?"), error_messages={"required": _("Say on which day you met.")})
