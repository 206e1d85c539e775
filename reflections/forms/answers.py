"""The boxes of a set of prompts, in place of the one box; and what becomes of words typed in the others."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from desk.forms import KeptForm
from desk.models import Draft
from learnpartner.forms import TextField
from partnerships.reader import Reader
from records.models.record import LONGEST_TEXT
from reflections.models import Reflection
from reflections.prompts import ANSWER, Answered, Prompts, answered, carried, find, newest, text_of

# What one presses to take other prompts; with this for a value, to see which there are.
SWITCH = "switch"
CHOOSE = "choose"


class QuestionBox(forms.Textarea):
    """A box under a question that somebody asks."""

    label_class = "asked"


class AnswersForm(KeptForm):
    """A note's words: in the one box `text`, or with prompts in `answer_0`, `answer_1` …, a box for each question.

    With prompts, `text` holds words that answer none of the questions, and stands there only where there are some.
    """

    text: forms.Field
    questions: tuple[str, ...] = ()

    def ask(self, questions: Sequence[str | Promise]) -> None:
        """Add a box for each question. Any may stay empty, but not all."""
        self.questions = tuple(str(question) for question in questions)
        box = self.fields["text"]
        box.required = False
        box.widget.attrs.pop("autofocus", None)
        for number, question in enumerate(self.questions):
            widget = QuestionBox({"rows": 4, **({"autofocus": True} if number == 0 else {})})
            name = f"answer_{number}"
            self.fields[name] = TextField(label=question, required=False, max_length=LONGEST_TEXT, widget=widget)

    @property
    def boxes(self) -> list[forms.BoundField]:
        """Return the boxes under the questions, in their order."""
        return [self[f"answer_{number}"] for number in range(len(self.questions))]

    def clean(self):
        """Ask for one answer at least, and for no more together than a note takes."""
        super().clean()
        if self.questions:
            names = ["text", *(f"answer_{number}" for number in range(len(self.questions)))]
            answers = [self.cleaned_data.get(name, "") for name in names]
            if not any(answers) and not any(self.has_error(name) for name in names):
                words = _("Write a few words first. One answer is enough.")
                self.add_error("answer_0", ValidationError(words, code="required"))
            length = len(text_of({"answer": answer} for answer in answers))
            if length > LONGEST_TEXT and not any(self.has_error(name) for name in names):
                words = _(
                    "Together this is %(n)d characters long. The limit is %(limit)d: nothing is lost, but please"
                    " shorten it or save it as two."
                )
                limit = {"n": length, "limit": LONGEST_TEXT}
                self.add_error("answer_0", ValidationError(words, code="max_length", params=limit))
        return self.cleaned_data

    @property
    def answers(self) -> list[str]:
        """Return the answers as typed, the empty ones too."""
        return [self.cleaned_data[f"answer_{number}"] for number in range(len(self.questions))]


class PromptedForm(AnswersForm):
    """A new note: in one box, or with the prompts that its author takes, and may change while writing."""

    prompts = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)
    prompts_version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    with_prompts: Prompts | None = None
    # Whether the sets that there are stand on the page.
    is_choosing = False
    # Whether there are answers to questions that their author may see no more.
    lost = False

    def take_prompts(self, reader: Reader) -> None:
        """Ask the questions that go with what was typed, or those that its author turns to."""
        if self.is_bound and SWITCH in self.data:
            self._open_again()
        typed: Any = self.data if self.is_bound else self.initial
        key, version = str(typed.get("prompts") or ""), str(typed.get("prompts_version") or "")
        now = find(reader, key, int(version)) if version.isdecimal() and len(version) < 9 else None
        turn_to = self._turn_to(typed, key)
        self.is_choosing = turn_to == CHOOSE
        wanted = now
        if turn_to not in (None, CHOOSE):
            found = find(reader, turn_to)
            wanted = now if turn_to and (found is None or found.is_retired) else found
        self.lost = bool(key) and now is None
        if self.lost or now != wanted:
            self._hold(carried(_words_in(typed), before=now, to=wanted))
        self._hold({"prompts": wanted.key if wanted else "", "prompts_version": str(wanted.version) if wanted else ""})
        self.with_prompts = wanted
        if wanted:
            self.ask(wanted.questions)
        if self.is_choosing:
            for box in self.fields.values():
                box.widget.attrs.pop("autofocus", None)

    def _turn_to(self, typed: Any, key: str) -> str | None:
        """Return the key of the prompts that are asked for, "" for the one box, None where nothing is."""
        asked = typed.get(SWITCH)
        if asked is None and not self.is_bound and not key and self.kept_draft is None:
            asked = self.request.GET.get("prompts") or None
        return asked[:24].replace("\0", "") if asked is not None else None

    def _open_again(self) -> None:
        """Hold what was sent as if it had just been typed: to turn to other prompts is not to save."""
        sent = dict(cast(QueryDict, self.data).lists())
        self.initial["draft_key"] = self.data.get("draft_key")
        self.is_bound, self.data = False, QueryDict()
        self._fill(Draft(data=sent))

    def _hold(self, words: Mapping[str, str]) -> None:
        """Put words into the boxes, in place of what stood in them."""
        if not self.is_bound:
            self.initial.update(words)
            return
        data = cast(QueryDict, self.data).copy()
        for name, value in words.items():
            data[name] = value
        self.data = data

    def clean(self):
        """Say it where the questions are gone: the words are there, and stand in one box now."""
        typed = super().clean()
        if self.lost:
            self.add_error(None, _("These questions are no longer there for you. What you wrote is in one box now."))
        return typed

    @classmethod
    def label_of(cls, name, data):
        """Return the question over a box; of a partnership's own sets, which are for its members, the number."""
        number = ANSWER.fullmatch(name)
        if number is None:
            return super().label_of(name, data)
        keys = data.get("prompts") or [""]
        built_in = next((row for row in newest() if row.key == keys[-1]), None)
        place = int(number[1])
        if built_in and place < len(built_in.questions):
            return built_in.questions[place]
        return _("Answer %(n)d") % {"n": place + 1}

    @property
    def answered(self) -> Answered | None:
        """Return what was answered, or None where it was written in one box."""
        if self.with_prompts is None:
            return None
        return Answered(prompts=self.with_prompts, answers=self.answers, before=self.cleaned_data["text"])


class AnsweredForm(AnswersForm):
    """A change to a note: with the questions as they were asked, whatever became of their set."""

    def ask_again(self, note: Reflection) -> None:
        """Ask what was asked; of a note in one box, nothing."""
        asked = [row["question"] for row in note.answers if row["question"]]
        if asked:
            self.ask(asked)

    @property
    def changes(self) -> dict[str, Any]:
        """Return the columns of the words as typed: with prompts the answers, and the text that they make."""
        before = self.cleaned_data["text"]
        if not self.questions:
            return {"text": before}
        rows = [
            {"question": question, "answer": answer}
            for question, answer in zip(self.questions, self.answers, strict=True)
        ]
        return answered([*([{"question": "", "answer": before}] if before else []), *rows])


def boxes_of(note: Reflection) -> dict[str, str]:
    """Return what stands in the boxes of a note that is about to be changed."""
    if not note.answers:
        return {"text": note.text}
    asked = [row["answer"] for row in note.answers if row["question"]]
    before = text_of(row for row in note.answers if not row["question"])
    return {"text": before, **{f"answer_{number}": answer for number, answer in enumerate(asked)}}


def _words_in(typed: Any) -> dict[str, str]:
    """Return what stands in the one box, and in the boxes under questions."""
    return {name: str(typed.get(name) or "") for name in typed if name == "text" or ANSWER.fullmatch(name)}
