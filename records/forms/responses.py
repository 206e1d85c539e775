"""Writing a response, and changing it."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from desk.forms import KeptForm
from learnpartner.forms import Option, TextField
from records.models import Response


class VerbsWidget(forms.RadioSelect):
    """Radios drawn as words with icons, in one line."""

    template_name = "forms/verbs.html"
    label_class = "visually-hidden"


def verb_choices() -> list[tuple[str, Option]]:
    """Return what a response may do, each with its icon."""
    return [(verb.value, Option(verb.label, icon=Response.ICONS[verb])) for verb in Response.Verb]


class ResponseForm(KeptForm):
    """A response: what it does, and its words."""

    draft_form = "response"
    verb = forms.ChoiceField(
        label=_("What your response does"),
        choices=verb_choices,
        widget=VerbsWidget,
        initial=Response.Verb.SAY,
    )
    text = TextField(label=_("Your response"), error_messages={"required": _("Write a few words first.")})
    answers = forms.CharField(required=False, widget=forms.HiddenInput, max_length=12)

    def __init__(self, request: HttpRequest, *, about: str, responses: list[Response], initial=None):
        super().__init__(request, about=about, initial=initial)
        self.answerable = {row.public_id: row for row in responses}

    def clean_answers(self) -> Response | None:
        """Return the response that this one answers."""
        return self.answerable.get(self.cleaned_data["answers"])


class ResponseEditForm(KeptForm):
    """A change to the words of one's own response."""

    draft_form = "response-edit"
    text = TextField(label=_("Your response"), error_messages={"required": _("Write a few words first.")})

    def __init__(self, request: HttpRequest, *, response: Response):
        initial = {"text": response.text, "version": response.version}
        super().__init__(request, about=response.public_id, initial=initial)
