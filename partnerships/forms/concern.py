"""A worry about how a partnership is run, and whom it goes to."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from desk.forms import KeptForm
from learnpartner.forms import LineField, TextField
from partnerships.concerns import KIND
from partnerships.models import Partnership


class ConcernForm(KeptForm):
    """What somebody wants to tell a person outside, and whether they give their name."""

    draft_form = KIND
    text = TextField(
        label=_("What worries you?"),
        max_length=10_000,
        widget=forms.Textarea({"rows": 10}),
        error_messages={"required": _("Write a few words first.")},
    )
    gives_name = forms.BooleanField(
        label=_("Give my name and e-mail address, so that I can be answered"),
        required=False,
        help_text=_(
            "Without this nothing in the mail says who wrote it. Your words may still tell those who know you."
        ),
    )

    def __init__(self, request: HttpRequest, *, partnership: Partnership):
        super().__init__(request, about=partnership.slug)

    def begin_anew(self) -> None:
        """Take a new key after the words have gone: they stay in their box, and can go once more."""
        self.take_version(1)
        self.add_error(
            None, _("This has been sent a moment ago. If you have changed it since, you can send it as it is now, too.")
        )


class ContactForm(forms.Form):
    """Who outside the partnership a worry goes to."""

    name = LineField(label=_("Name"), required=False, max_length=120, help_text=_("Members see it."))
    email = forms.EmailField(
        label=_("E-mail address"), required=False, help_text=_("Only who looks after settings sees it.")
    )

    def clean(self):
        """Ask for both, or neither."""
        name, email = self.cleaned_data.get("name"), self.cleaned_data.get("email")
        if name and not email and "email" not in self.errors:
            self.add_error("email", _("Give the address as well, or leave both empty."))
        if email and not name and "name" not in self.errors:
            self.add_error("name", _("Say who that is, or leave both empty."))
        return self.cleaned_data
