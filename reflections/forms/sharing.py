"""The page that shares."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learnpartner.forms import Option, offer
from partnerships.reader import Reader
from records.attribution import Choice
from reflections.audiences import ChoosesReaders


class SpaceForm(ChoosesReaders):
    """Choosing the space to share with, or the one person."""

    space = forms.ChoiceField(label=_("Who shall read it?"), widget=forms.RadioSelect)

    def __init__(self, data, *, reader: Reader):
        super().__init__(data, use_required_attribute=False)
        self.offer_readers("space", reader)
        self.fields["space"].error_messages = {
            "required": _("Choose who shall read it."),
            "invalid_choice": _("You are not in that space. Choose one of these."),
        }


class ShareForm(forms.Form):
    """The last step: how one is named, and the version that was looked at. The readers come from the form before."""

    attribution = forms.ChoiceField(label=_("How are you named?"), widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data, *, choices: list[Choice]):
        super().__init__(data, use_required_attribute=False)
        offered = [choice for choice in choices if choice.is_offered]
        offer(self, "attribution", [(choice.value, Option(choice.label, hint=choice.shown_as)) for choice in offered])
        self.fields["attribution"].error_messages = {
            "required": _("Choose how you are named."),
            "invalid_choice": _("That is not offered here. Choose again how you are named."),
        }
