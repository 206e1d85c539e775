"""Asking a second member about an agreement, and answering."""

from typing import Any, cast

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from desk.forms import KeptForm
from learnpartner.forms import Option, TextField, offer
from partnerships.models import Membership
from records.models import TellingQuestion
from records.models.telling import LONGEST_SENTENCE

KNOWS, CANNOT_SAY = "yes", "no"


class AskForm(forms.Form):
    """Whom to ask: one other member, by partnership."""

    member = forms.ChoiceField(
        label=_("Who knows that they agreed?"),
        help_text=_("They are told how, when and for whom, and whose words these are. They do not see what was said."),
        error_messages={
            "required": _("Choose whom to ask."),
            "invalid_choice": _("That person is in no partnership with you now. Choose again."),
        },
    )

    def __init__(self, data, *, groups: dict[str, list[Membership]]):
        super().__init__(data, use_required_attribute=False)
        self.people = {row.public_id: row for rows in groups.values() for row in rows}
        named = {name: [(row.public_id, _named(row)) for row in rows] for name, rows in groups.items()}
        # One partnership needs no heading.
        choices = list(named.items()) if len(named) > 1 else [row for rows in named.values() for row in rows]
        offer(self, "member", [("", _("Choose…")), *choices])


def _named(member: Membership) -> str:
    return f"{member.person.name}, {member.held_role.role_in_words}"


class TellingAnswerForm(KeptForm):
    """Whether one knows that the teller agreed, and how one knows."""

    draft_form = "telling"
    knows = forms.ChoiceField(
        label=_("Did they agree to this?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    how_known = TextField(
        label=_("How do you know?"),
        required=False,
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("In a sentence, such as “I sat with them when they said so.” Only whoever asks you reads it."),
    )
    # Which agreement stood on the page: another one is looked at anew.
    edition = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)

    def __init__(self, request: HttpRequest, *, question: TellingQuestion):
        super().__init__(request, about=question.public_id, initial={"edition": question.telling.edition})
        knows = Option(_("Yes, I know this"), within=self["how_known"])
        cannot = Option(_("I cannot say so"), hint=_("That needs no reason, and blames nobody."))
        offer(self, "knows", [(KNOWS, knows), (CANNOT_SAY, cannot)])

    def clean_how_known(self) -> str:
        """Ask who knows how they know."""
        how_known = self.cleaned_data["how_known"]
        if self.cleaned_data.get("knows") == KNOWS and not how_known:
            raise forms.ValidationError(_("Say in a sentence how you know."), code="required")
        return how_known

    @property
    def says_yes(self) -> bool:
        """Say whether the answer is that one knows."""
        return self.cleaned_data["knows"] == KNOWS

    def show_anew(self, question: TellingQuestion) -> None:
        """Stand on the agreement as it is now, with the answer kept, to be looked at once more."""
        data = QueryDict(mutable=True)
        data.update(cast(Any, self.data))
        data["edition"] = question.telling.edition
        self.data = data
        self.add_error(None, _("What was agreed, or said, has changed since you opened this page. Look once more."))
