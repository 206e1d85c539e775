"""Writing in silence on the live page: asking, one's words, paper notes, and the name of a cluster."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from convening.models import Session, SilentWriting
from convening.models.live import LONGEST_CLUSTER_NAME
from convening.models.sessions import LONGEST_QUESTION
from desk import drafts
from desk.forms import KeptForm
from desk.models import Draft
from learnpartner.forms import LineField, TextField
from partnerships.reader import Reader
from records.models import Attribution

from .contributions import ContributionForm, without_unseen

MOST_PAPER_NOTES = 60
LONGEST_PAPER_NOTE = 500


def about(writing: SilentWriting, session: Session) -> str:
    """Return what drafts for a silent writing are about: its session and itself, as in the address of its form."""
    return f"{session.public_id}/{writing.public_id}"


class OpenWritingForm(forms.Form):
    """The question on which all write in silence, and how people are usually named."""

    question = LineField(
        label=gettext_lazy("Write on this in silence"),
        max_length=LONGEST_QUESTION,
        error_messages={"required": gettext_lazy("Write the question first. A few words are enough.")},
    )
    wish = forms.ChoiceField(
        label=gettext_lazy("How are people named?"),
        widget=forms.RadioSelect,
        choices=[
            (Attribution.NOT_NAMED, gettext_lazy("Not named")),
            (Attribution.ROLE, gettext_lazy("By role only")),
            (Attribution.NAMED, gettext_lazy("By name")),
        ],
        initial=Attribution.NOT_NAMED,
        help_text=gettext_lazy("Offered first. Each can choose another way."),
        error_messages={
            "required": gettext_lazy("Choose how people are named."),
            "invalid_choice": gettext_lazy("Choose how people are named."),
        },
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=drafts.LONGEST_KEY)

    def __init__(self, data: Any = None, *, question: str = ""):
        initial = {"question": question[:LONGEST_QUESTION], "key": drafts.new_key()}
        super().__init__(data, initial=initial, auto_id="open_%s", use_required_attribute=False)

    def clean_key(self) -> str:
        """Refuse what is no key of ours; the question stays in its box."""
        key = self.cleaned_data["key"]
        if not drafts.KEY.fullmatch(key):
            raise ValidationError(_("Open the page anew, and press once more."))
        return key


class LiveNoteForm(ContributionForm):
    """Words on the question of a silent writing, and how one is named at its reveal.

    It says as `unseen` whether it was opened before the reveal: what was written for nobody's eyes yet is not shown
    without asking. Without a `draft` in the address it goes on with the latest one, `waiting`.
    """

    draft_form = "live-note"

    def __init__(
        self,
        request: HttpRequest,
        *,
        reader: Reader,
        session: Session,
        writing: SilentWriting,
        waiting: Draft | None = None,
    ):
        self.waiting = waiting
        initial = {"wish": writing.wish, "unseen": not writing.is_revealed}
        super().__init__(request, reader=reader, session=session, initial=initial, about=about(writing, session))
        self.auto_id = "note_%s"
        offered = [value for value, _label in self.fields["wish"].choices]  # type: ignore[attr-defined]
        if offered and self.initial["wish"] not in offered:
            self.initial["wish"] = offered[0]

    @property
    def shown_as(self) -> str:
        """Say how one is named as the form stands, which is folded away."""
        return str(dict(Attribution.choices).get(self["wish"].value(), ""))

    def _find_draft(self, request: HttpRequest, about: str) -> Draft | None:
        return super()._find_draft(request, about) or self.waiting


class PaperNotesForm(KeptForm):
    """Notes from paper, one a line."""

    draft_form = "paper-notes"
    text = TextField(
        label=gettext_lazy("Notes from paper, one a line"),
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": gettext_lazy("Type the notes first, each on a line of its own.")},
    )
    unseen = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, request: HttpRequest, *, session: Session, writing: SilentWriting):
        super().__init__(request, about=about(writing, session), initial={"unseen": not writing.is_revealed})
        self.auto_id = "paper_%s"

    def clean_text(self) -> str:
        """Take what stands on some line; say how many are too many, and which one is too long."""
        self.lines = [line.strip() for line in self.cleaned_data["text"].splitlines() if line.strip()]
        if not self.lines:
            raise ValidationError(self.fields["text"].error_messages["required"], code="required")
        if len(self.lines) > MOST_PAPER_NOTES:
            many = _("These are %(n)d notes. Sixty at once are the most: add the others after them.")
            raise ValidationError(many, code="many", params={"n": len(self.lines)})
        for number, line in enumerate(self.lines, 1):
            if len(line) > LONGEST_PAPER_NOTE:
                long = _("Note %(number)d is %(n)d characters long. A note has 500 at most: make it two.")
                raise ValidationError(long, code="long", params={"number": number, "n": len(line)})
        return self.cleaned_data["text"]

    def ask_once_more(self) -> None:
        """Have the form stand as one whose notes are shown at once, after it was told that all is revealed."""
        self.data = without_unseen(self.data)


class ClusterNameForm(forms.Form):
    """The name that the group gives a cluster."""

    name = LineField(label=gettext_lazy("What is it about?"), max_length=LONGEST_CLUSTER_NAME, required=False)

    def __init__(self, data: Any = None, *, cluster):
        super().__init__(
            data,
            initial={"name": cluster.name},
            auto_id=f"cluster_{cluster.public_id}_%s",
            use_required_attribute=False,
        )
