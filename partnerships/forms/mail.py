"""The form that says what reaches somebody by mail."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.models import MailChoice
from learnpartner.forms import Option, offer
from partnerships.models import Space
from partnerships.reader import Reader


def choices_of_mail() -> list[tuple[str, Option]]:
    """Return the ways of being told, with a line on each."""
    hints = {
        MailChoice.STRAIGHT_AWAY: _("Within minutes. What is not named comes the next morning."),
        MailChoice.WEEKLY: _("One mail on Monday morning, when there is something."),
        MailChoice.NEVER: _("You see what is new when you come here."),
    }
    return [(choice.value, Option(choice.label, hint=hints[choice])) for choice in MailChoice]


class MailForm(forms.Form):
    """How one is told of what is new, and the spaces of which one wants no mail."""

    mail_choice = forms.ChoiceField(
        label=gettext_lazy("Mail about what is new"), widget=forms.RadioSelect, choices=choices_of_mail
    )
    muted = forms.MultipleChoiceField(
        label=gettext_lazy("No mail about these spaces"),
        help_text=gettext_lazy("A tick counts whatever you have chosen above."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data, *, reader: Reader, muted: Iterable[Space]):
        initial = {"mail_choice": reader.person.mail_choice, "muted": [space.public_id for space in muted]}
        super().__init__(data, initial=initial, use_required_attribute=False)
        self.spaces = {space.public_id: space for space in reader.spaces.values() if space.is_open}
        groups: dict[str, list[tuple[str, str]]] = {}
        for partnership in reader.partnerships:
            spaces = [space for space in reader.spaces_of(partnership) if space.is_open]
            groups.setdefault(partnership.name, []).extend((row.public_id, _name_of(row, reader)) for row in spaces)
        wider = [
            (space.public_id, Option(reader.name_of(space), hint=_("When somebody responds to you there.")))
            for space in self.spaces.values()
            if space.partnership is None
        ]
        offer(self, "muted", [*groups.items(), (_("Beyond your partnerships"), wider)])

    def muted_spaces(self) -> list[Space]:
        """Return the spaces that were ticked."""
        return [self.spaces[public_id] for public_id in self.cleaned_data["muted"]]


def _name_of(space: Space, reader: Reader) -> str:
    """Name a space so that no two boxes are called the same."""
    if space.kind == Space.Kind.EVERYONE and space.partnership:
        return _("Everyone in %(partnership)s") % {"partnership": space.partnership.name}
    return reader.name_of(space)
