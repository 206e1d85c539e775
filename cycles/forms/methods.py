"""A method of a partnership's own."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cycles.models import Method
from cycles.models.method import LONGEST_GUIDE, LONGEST_NAME, LONGEST_SOURCE
from desk.forms import KeptForm
from learnpartner.forms import LineField, TextField


class MethodBoxes(KeptForm):
    """A name and a short guide."""

    name = LineField(
        label=_("What is it called?"), max_length=LONGEST_NAME, error_messages={"required": _("Give it a name.")}
    )
    guide = TextField(
        label=_("How is it done?"),
        max_length=LONGEST_GUIDE,
        widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "A paragraph for somebody who does it for the first time. You can change it later; what was done by it"
            " keeps the words that it had then."
        ),
        error_messages={"required": _("Say in a paragraph how it is done.")},
    )
    source = LineField(label=_("Where does it come from?"), max_length=LONGEST_SOURCE, required=False)

    def said(self) -> dict[str, str]:
        """Return the columns of a method that the boxes hold."""
        return {name: self.cleaned_data[name] for name in ("name", "guide", "source")}


class MethodForm(MethodBoxes):
    """A new method."""

    draft_form = "method"


class MethodEditForm(MethodBoxes):
    """A change to a method."""

    draft_form = "method-edit"

    def __init__(self, request: HttpRequest, *, method: Method):
        now = {name: getattr(method, name) for name in ("name", "guide", "source")}
        super().__init__(request, about=f"{method.partnership.slug}/{method.public_id}", initial=now)
