"""Writing a response, and changing it."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from desk.forms import KeptForm
from learnpartner.forms import Option, TextField, offer
from records import kinds
from records.models import Record, Response


class VerbsWidget(forms.RadioSelect):
    """Radios drawn as words with icons, in one line."""

    template_name = "forms/verbs.html"
    label_class = "visually-hidden"


def verb_choices(to: Record) -> list[tuple[str, Option]]:
    """Return what a response to that record may do, each with its icon; "differently" only where it interprets."""
    verbs = [*Response.Verb]
    if not kinds.get(to.kind).is_interpretive:
        verbs.remove(Response.Verb.DIFFERENTLY)
    return [(verb.value, Option(verb.label, icon=Response.ICONS[verb])) for verb in verbs]


class ResponseForm(KeptForm):
    """A response: what it does, and its words."""

    draft_form = "response"
    verb = forms.ChoiceField(
        label=_("What your response does"),
        widget=VerbsWidget,
        initial=Response.Verb.SAY,
    )
    text = TextField(label=_("Your response"), error_messages={"required": _("Write a few words first.")})
    answers = forms.CharField(required=False, widget=forms.HiddenInput, max_length=12)

    def __init__(self, request: HttpRequest, *, to: Record, responses: list[Response], initial=None):
        super().__init__(request, about=to.public_id, initial=initial)
        offer(self, "verb", verb_choices(to))
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
