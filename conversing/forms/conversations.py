"""Starting a conversation, changing its question, closing it, summing it up, and asking somebody to step in."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from conversing.models import Conversation, ConversationSummary
from conversing.models.conversations import (
    LONGEST_CALL,
    LONGEST_CLOSING,
    LONGEST_QUIET,
    LONGEST_SUMMARY,
    QUIET_AFTER,
)
from desk.forms import KeptForm
from learnpartner.forms import LineField, Option, TextField, offer
from partnerships.models import Partnership
from partnerships.reader import Reader
from records.models.record import LONGEST_TITLE

LONGEST_BEHIND = 10_000


class AskedForm(KeptForm):
    """The question of a conversation, and what lies behind it."""

    title = LineField(
        label=_("What do you want to ask?"),
        max_length=LONGEST_TITLE,
        help_text=_("One question that you do not know the answer to."),
        error_messages={"required": _("Ask something, in one line.")},
    )
    text = TextField(
        label=_("What lies behind it"),
        max_length=LONGEST_BEHIND,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("It may stay empty. Leave out what would identify somebody you support."),
    )

    def said(self) -> dict[str, Any]:
        """Return the columns that the boxes hold."""
        return {name: self.cleaned_data[name] for name in ("title", "text")}


class ConversationForm(AskedForm):
    """A new conversation, in one of the spaces that one is in."""

    draft_form = "conversation"
    space = forms.ChoiceField(
        label=_("Whom do you ask?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose whom you ask."),
            "invalid_choice": _("You are not in that space. Choose one of these."),
        },
    )

    def __init__(self, request: HttpRequest, *, reader: Reader, partnership: Partnership):
        self.spaces = {row.public_id: row for row in reader.spaces_of(partnership) if row.is_open}
        super().__init__(request, about=partnership.slug, initial={"space": next(iter(self.spaces), "")})
        options = [
            (key, Option(reader.who_reads(row), hint=", ".join(reader.names_of_others(row))))
            for key, row in self.spaces.items()
        ]
        offer(self, "space", options)


class ConversationEditForm(AskedForm):
    """A change to the question, by who asked it."""

    draft_form = "conversation-edit"

    def __init__(self, request: HttpRequest, *, conversation: Conversation):
        now = {name: getattr(conversation, name) for name in ("title", "text", "version")}
        super().__init__(request, about=conversation.public_id, initial=now)


class CloseForm(KeptForm):
    """Why a conversation is closed, if one likes."""

    draft_form = "conversation-close"
    closing = LineField(
        label=_("Why it is closed, in a line"),
        max_length=LONGEST_CLOSING,
        required=False,
        help_text=_("It may stay empty. All in the space read it."),
    )


class SummaryForm(KeptForm):
    """What a conversation has come to. `version` is the number of the summary that one has read."""

    draft_form = "conversation-summary"
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    text = TextField(
        label=_("What it has come to so far"),
        max_length=LONGEST_SUMMARY,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Also where you do not agree. Anybody here can go on with it, and every version is kept."),
        error_messages={"required": _("Write a few words first. A line is enough.")},
    )

    def __init__(self, request: HttpRequest, *, conversation: Conversation, summary: ConversationSummary | None):
        now = {"text": summary.text, "version": summary.number} if summary else {"version": 0}
        super().__init__(request, about=conversation.public_id, initial=now)


class StepInForm(KeptForm):
    """What one asks of the learning partner."""

    draft_form = "step-in"
    text = TextField(
        label=_("What would help"),
        max_length=LONGEST_CALL,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("It may stay empty. The learning partner reads it, with your name, and nobody else does."),
    )


class QuietForm(forms.Form):
    """After how many weeks a conversation counts as quiet."""

    weeks = forms.IntegerField(
        label=_("After how many weeks without a word is a conversation quiet?"),
        min_value=1,
        max_value=LONGEST_QUIET,
        widget=forms.TextInput({"class": "input--short", "inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Nobody is told. It only stands there, so that somebody may ask on, or close it."),
        error_messages={
            "required": _("Write a number of weeks, such as 4."),
            "invalid": _("Write a number of weeks, such as 4."),
            "min_value": _("One week is the least."),
            "max_value": _("A year, which is 52 weeks, is the most."),
        },
    )

    def __init__(self, data, *, weeks: int = QUIET_AFTER):
        super().__init__(data, initial={"weeks": weeks}, use_required_attribute=False)
