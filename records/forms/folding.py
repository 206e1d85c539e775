"""Folding words, putting them back, and setting them aside."""

from django import forms
from django.utils.translation import gettext_lazy as _

from desk.forms import KeptForm
from learnpartner.forms import LineField, TextField
from records.models.folding import LONGEST_REASON, LONGEST_WORDS
from records.versions import LONGEST_TOKEN


class FoldForm(KeptForm):
    """A word to the author of what could identify somebody, if its reader wants to give one."""

    draft_form = "fold"
    # That of somebody else's words (`records.versions.token_of`).
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST_TOKEN)
    changes_something = False
    text = TextField(
        label=_("A word to its author, if you like"),
        required=False,
        max_length=LONGEST_WORDS,
        help_text=_("Which detail it is, for example. They are not told who you are; your way of writing may tell."),
    )


class PutBackForm(KeptForm):
    """The reason why folded words are put back unchanged."""

    draft_form = "put-back"
    text = TextField(
        label=_("Why can it be read again?"),
        max_length=LONGEST_REASON,
        help_text=_("Its readers see this below the words."),
        error_messages={"required": _("Give its readers a reason, in a line.")},
    )


class SetAsideForm(KeptForm):
    """The reason why words are set aside."""

    draft_form = "set-aside"
    text = TextField(
        label=_("Why is it set aside?"),
        max_length=LONGEST_REASON,
        help_text=_("Its author and its readers see this in place of the words. Repeat nothing of them here."),
        error_messages={"required": _("Give its author and readers a reason, in a line.")},
    )


class OrderForm(KeptForm):
    """What is set aside by order of law: its address, and the reason that its readers are given."""

    draft_form = "order"
    address = LineField(
        label=_("Address"),
        max_length=300,
        help_text=_("As it stands in the order, or in the browser of who can read it: …/reflections/x7Yq2mB4kLpZ/"),
        error_messages={"required": _("Give the address of what is to be set aside.")},
    )
    text = TextField(
        label=_("The order"),
        max_length=LONGEST_REASON,
        help_text=_("Which court or authority ordered it, and when. Its author and its readers see this."),
        error_messages={"required": _("Say which order it is.")},
    )
