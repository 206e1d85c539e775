"""Offering prompts of a partnership's own: a plain set, or a lens that explains a way of looking first."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from desk.forms import KeptForm
from learnpartner.forms import LineField, TextField
from partnerships.models import Partnership
from reflections.models.prompts import (
    LONGEST_FRAMEWORK,
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_QUESTION,
    LONGEST_SOURCE,
    MOST_QUESTIONS,
    MOST_QUESTIONS_OF_A_LENS,
    PromptSet,
)
from reflections.prompts import Prompts

WORDS = ("name", "line", "framework", "source")
LENS = PromptSet.Kind.LENS


class PromptsForm(KeptForm):
    """A set of prompts: what it is called, what it asks, and where it comes from. A lens has a page on it as well."""

    draft_form = "prompts"
    name = LineField(label=_("What it is called"), max_length=LONGEST_NAME)
    line = LineField(
        label=_("What it is good for"),
        required=False,
        max_length=LONGEST_LINE,
        help_text=_("One line, for somebody who chooses after a long shift."),
    )
    framework = TextField(label=_("What to know first"), required=False, max_length=LONGEST_FRAMEWORK)
    source = LineField(
        label=_("Where it comes from"),
        required=False,
        max_length=LONGEST_SOURCE,
        help_text=_("A book, a person, a talk you had. It stands on the printed card."),
    )

    kind: str = PromptSet.Kind.SET

    def __init__(
        self, request: HttpRequest, *, about: str, kind: str | None = None, initial: dict[str, Any] | None = None
    ):
        self.kind = kind or self.kind
        super().__init__(request, about=about, initial=initial)
        is_lens = self.kind == LENS
        self.most = MOST_QUESTIONS_OF_A_LENS if is_lens else MOST_QUESTIONS
        for number in range(1, self.most + 1):
            self.fields[f"question_{number}"] = LineField(
                label=self.label_of(f"question_{number}", {}),
                required=False,
                max_length=LONGEST_QUESTION,
                help_text=_("Short, and such as one likes to be asked.") if number == 1 else "",
            )
        self.fields["name"].error_messages["required"] = _("Please give it a name.")
        self.fields["framework"].widget.attrs["rows"] = 12 if is_lens else 4
        if is_lens:
            self.fields["framework"].label = _("The way of looking, on one page")
            self.fields["framework"].help_text = _("What it lets one see, and when to try it. A page at most.")
        self.order_fields(["name", "line", "framework", *(f"question_{n}" for n in range(1, self.most + 1)), "source"])

    @classmethod
    def label_of(cls, name, data):
        """Return how a box is called; the boxes for questions are added as the form is opened."""
        number = name.removeprefix("question_")
        if number != name:
            return _("Question %(n)s") % {"n": number}
        return super().label_of(name, data)

    def clean(self):
        """Ask for one question at least, and for the page of a lens."""
        typed = super().clean() or self.cleaned_data
        questions = [f"question_{number}" for number in range(1, self.most + 1)]
        if not any(typed.get(name) or self.has_error(name) for name in questions):
            self.add_error("question_1", ValidationError(_("Ask one question at least."), code="required"))
        if self.kind == LENS and not typed.get("framework") and not self.has_error("framework"):
            self.add_error("framework", ValidationError(_("Say what this way of looking is."), code="required"))
        return typed

    def words(self) -> dict[str, Any]:
        """Return the columns of a version as typed; boxes without a question are left out."""
        typed = self.cleaned_data
        questions = [typed[f"question_{number}"] for number in range(1, self.most + 1)]
        return {name: typed[name] for name in WORDS} | {"questions": [question for question in questions if question]}


class LensForm(PromptsForm):
    """A lens: a page on a way of looking, with up to five questions to try it with."""

    draft_form = "lens"
    kind = LENS


class PromptsEditForm(PromptsForm):
    """A change to a set or a lens, which makes another version of it."""

    draft_form = "prompts-edit"

    def __init__(self, request: HttpRequest, *, prompts: Prompts, partnership: Partnership):
        own = prompts.own
        initial = {name: getattr(prompts, name) for name in WORDS} | {"version": prompts.version}
        initial |= {f"question_{number}": question for number, question in enumerate(prompts.questions, 1)}
        about = f"{partnership.slug}/{prompts.key}"
        super().__init__(request, about=about, kind=own.kind if own else None, initial=initial)


class PromptsUseForm(forms.Form):
    """Whether a set is taken out of use, or into use again: said by the page that asked, so that twice is once."""

    use = forms.ChoiceField(choices=[("no", _("Out of use")), ("again", _("In use again"))])
