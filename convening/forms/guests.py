"""What guests of a session fill in. They have no account, so nothing is kept as a draft."""

import secrets

from django import forms
from django.utils.translation import gettext_lazy as _

from convening.models import SilentWriting
from convening.models.live import LONGEST_FIRST_NAME, LONGEST_UNSIGNED
from learnpartner.forms import LineField, TextField


class NoteBox(forms.Textarea):
    """A box under its question, which stands where a label would."""

    label_class = "visually-hidden"


class ComeInForm(forms.Form):
    """A first name, or nothing."""

    first_name = LineField(
        label=_("Your first name"),
        required=False,
        max_length=LONGEST_FIRST_NAME,
        help_text=_(
            "Or leave it empty. Those in the session see it while you are there, and never beside what you write."
        ),
        widget=forms.TextInput({"class": "input--middle", "autocomplete": "given-name"}),
    )


class GuestNoteForm(forms.Form):
    """A note on a question, written in silence. `knows`: who writes was told that all see it at once."""

    text = TextField(
        label=_("Your note"),
        max_length=LONGEST_UNSIGNED,
        # Empty to the eye: by it the stylesheet knows whether something is typed.
        widget=NoteBox({"rows": 4, "placeholder": " "}),
        error_messages={"required": _("Write a few words first. A line is enough.")},
    )
    writing = forms.Field(widget=forms.HiddenInput)
    # Of the key a hash is kept, so it may be anything.
    key = forms.Field(widget=forms.HiddenInput)
    knows = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, writing: SilentWriting | None = None):
        fresh = {"writing": writing.public_id, "key": secrets.token_urlsafe(9)} if writing else {}
        super().__init__(data, initial=fresh, use_required_attribute=False)

    def take_that_it_is_shown(self) -> None:
        """Have the form say from now on that who sends it knows that all see it at once."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["knows"] = "yes"  # type: ignore[index]


class GuestChangeForm(forms.Form):
    """Other words in place of a note that nobody else has seen."""

    text = TextField(
        label=_("Your note"),
        max_length=LONGEST_UNSIGNED,
        widget=NoteBox({"rows": 4}),
        error_messages={"required": _("Write a few words, or delete the note.")},
    )
