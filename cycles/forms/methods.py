"""A method of a partnership's own."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cycles.models.method import LONGEST_GUIDE, LONGEST_NAME, LONGEST_SOURCE
from desk.forms import KeptForm
from learnpartner.forms import LineField, TextField


class MethodForm(KeptForm):
    """A name and a short guide."""

    draft_form = "method"
    name = LineField(
        label=_("What is it called?"), max_length=LONGEST_NAME, error_messages={"required": _("Give it a name.")}
    )
    guide = TextField(
        label=_("How is it done?"),
        max_length=LONGEST_GUIDE,
        widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "A paragraph for somebody who does it for the first time. It is not changed later, since people will have"
            " worked by it: add it anew if you know better."
        ),
        error_messages={"required": _("Say in a paragraph how it is done.")},
    )
    source = LineField(label=_("Where does it come from?"), max_length=LONGEST_SOURCE, required=False)
