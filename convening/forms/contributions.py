"""Answering whether one comes, and writing for a session before it."""

from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from convening.around import members_with_roles
from convening.models import Answer, Contribution, Session
from desk.forms import KeptForm
from learnpartner.forms import Option, TextField, offer
from partnerships.reader import Reader
from records.attribution import choices_in
from records.models import Attribution

LONGEST_CONTRIBUTION = 10_000


class AnswerWidget(forms.RadioSelect):
    """Three buttons side by side."""

    template_name = "forms/choice.html"


class AnswerForm(forms.Form):
    """Are you coming?"""

    answer = forms.ChoiceField(
        label=_("Are you coming?"),
        choices=Answer.choices,
        widget=AnswerWidget,
        error_messages={"required": _("Choose one of the three."), "invalid_choice": _("Choose one of the three.")},
    )


def without_unseen(posted: Any) -> QueryDict:
    """Return what was sent as a form would send it whose words are shown at once."""
    data = QueryDict(mutable=True)
    data.update(posted)
    data["unseen"] = ""
    return data


class ContributionForm(KeptForm):
    """Words for a session, and how one wants to be named to those who read them.

    It says as `unseen` whether it was opened before the reveal: what was written for nobody's eyes yet is not shown
    without asking.
    """

    draft_form = "contribution"
    unseen = forms.BooleanField(widget=forms.HiddenInput, required=False)
    text = TextField(
        label=_("Your words"),
        max_length=LONGEST_CONTRIBUTION,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("Write a few words first. A line is enough.")},
    )
    wish = forms.ChoiceField(
        label=_("How are you named?"),
        widget=forms.RadioSelect,
        initial=Attribution.NAMED,
        error_messages={"invalid_choice": _("That is not offered here. Choose again how you are named.")},
    )

    def __init__(
        self, request: HttpRequest, *, reader: Reader, session: Session, initial: dict | None = None, about=""
    ):
        initial = {"unseen": session.hides_contributions} | (initial or {})
        super().__init__(request, about=about or session.public_id, initial=initial)
        membership = reader.membership_in(session.partnership_id)
        choices = choices_in(session.space, membership, members_with_roles(session)) if session.space else []
        offered = [(row.value, Option(row.label, hint=row.shown_as)) for row in choices if row.is_offered]
        offer(self, "wish", offered)
        self.is_named_only = len(offered) == 1

    def ask_once_more(self) -> None:
        """Have the form stand as one whose words are shown at once, after it was told that all is revealed."""
        self.data = without_unseen(self.data)


class ContributionEditForm(ContributionForm):
    """A change to what one wrote for a session."""

    draft_form = "contribution-edit"

    def __init__(self, request: HttpRequest, *, reader: Reader, session: Session, contribution: Contribution):
        now = {"text": contribution.text, "wish": contribution.wish, "version": contribution.version}
        now["unseen"] = contribution.is_private
        super().__init__(request, reader=reader, session=session, initial=now, about=contribution.public_id)
