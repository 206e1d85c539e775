"""Asking for help with the words, helping, and taking what one likes of it."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.forms import KeptForm
from learnpartner.forms import LineField, TextField, offer
from partnerships.models import Membership
from records.models import Record, Suggestion
from records.models.marked import LONGEST_ASSUMPTION
from records.models.record import LONGEST_TEXT, LONGEST_TITLE
from records.models.suggestion import LONGEST_LINE
from records.passages import passages_of
from records.suggestions import ASKING, WRITING, Choice
from records.versions import LONGEST_TOKEN, token_of, version_of, words_at

TAKE, LEAVE = "take", "leave"
LONGEST = {"title": LONGEST_TITLE, "we_assumed": LONGEST_ASSUMPTION, "we_now_assume": LONGEST_ASSUMPTION}


class AskForm(KeptForm):
    """Whom one asks to help with the words of a record, and for what."""

    draft_form = ASKING
    helper = forms.ChoiceField(
        label=gettext_lazy("Who?"),
        help_text=gettext_lazy("Only people who can read it now."),
        error_messages={
            "required": gettext_lazy("Choose who shall help."),
            "invalid_choice": gettext_lazy("That person cannot read this now. Choose somebody else."),
        },
    )
    wish = LineField(
        label=gettext_lazy("What would you like?"),
        required=False,
        max_length=LONGEST_LINE,
        help_text=gettext_lazy("If you want to say it: “spelling only, please”, for instance."),
    )

    def __init__(self, request: HttpRequest, *, record: Record, people: Iterable[Membership]):
        super().__init__(request, about=f"{record.kind}/{record.public_id}")
        self.people = {row.person.public_id: row.person for row in people}
        named = [(row.person.public_id, f"{row.person.name}, {row.held_role.role_in_words}") for row in people]
        offer(self, "helper", [("", _("Choose…")), *named])


class SuggestForm(KeptForm):
    """The words of somebody else's record, to be changed as one would have them: nothing of the record changes by it.

    Each passage is a box of its own. `version` is the token of the version on which one began: none but those that a
    helper was shown.
    """

    draft_form = WRITING
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST_TOKEN)
    note = LineField(
        label=gettext_lazy("A line with it"),
        required=False,
        max_length=LONGEST_LINE,
        help_text=gettext_lazy("If you want to say why you changed something."),
    )

    def __init__(self, request: HttpRequest, *, question: Suggestion, record: Record):
        super().__init__(request, about=question.public_id, initial={"version": token_of(record)})
        self.began = version_of(record, str(self["version"].value() or ""), since=question.asked_version)
        self.passages = passages_of(words_at(record, self.began or record.version))
        for passage in self.passages:
            longest = LONGEST.get(passage.name, LONGEST_TEXT)
            if passage.is_line:
                field: forms.Field = LineField(label=passage.label, required=False, max_length=longest)
            else:
                field = TextField(label=passage.label, required=passage.name == "text", max_length=longest)
            self.fields[passage.name] = field
            self.initial.setdefault(passage.name, passage.text)
        self.order_fields([*[passage.name for passage in self.passages], "note"])

    def texts(self) -> dict[str, str]:
        """Return each passage as the helper would have it."""
        return {passage.name: self.cleaned_data[passage.name] for passage in self.passages}

    @property
    def boxes(self) -> list[forms.BoundField]:
        """Return the passages' boxes, in the order in which the record is read."""
        return [self[passage.name] for passage in self.passages]


class TakeWidget(forms.RadioSelect):
    """Take or leave, as two joined buttons."""

    template_name = "forms/choice.html"


class AnswerForm(forms.Form):
    """What one takes of the suggested changes. Nothing is chosen beforehand; a button takes all, another none."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data: QueryDict | None, *, choices: list[Choice], version: int):
        self.at_once = data.get("all", "") if data is not None else ""
        self.choices = choices
        super().__init__(data, initial={"version": version}, use_required_attribute=False)
        for choice in choices:
            if choice.change.fits:
                words = choice.change.before.strip() or choice.change.after.strip()
                required = _("Take it, or leave yours: “%(words)s”") % {"words": words[:40]}
                self.fields[choice.key] = forms.ChoiceField(
                    label=choice.label,
                    choices=[(TAKE, _("Take it")), (LEAVE, _("Leave mine"))],
                    widget=TakeWidget,
                    required=self.at_once not in (TAKE, LEAVE),
                    error_messages={"required": required},
                )

    def rows(self) -> Iterator[tuple[Choice, forms.BoundField | None]]:
        """Give each change with its two buttons, or with none where it does not fit any more."""
        for choice in self.choices:
            yield choice, self[choice.key] if choice.key in self.fields else None

    @property
    def fits_any(self) -> bool:
        """Say whether there is a change to be taken."""
        return any(choice.change.fits for choice in self.choices)

    @property
    def fits_several(self) -> bool:
        """Say whether there is more than one."""
        return sum(choice.change.fits for choice in self.choices) > 1

    def taken(self) -> list[str]:
        """Return the keys of the changes that are taken."""
        if self.at_once == LEAVE:
            return []
        fitting = [choice.key for choice in self.choices if choice.change.fits]
        return [key for key in fitting if self.at_once == TAKE or self.cleaned_data[key] == TAKE]

    def take_version(self, version: int) -> None:
        """Stand on the record as it is saved now; what was chosen stays."""
        data = QueryDict(mutable=True)
        data.update(cast(Any, self.data))
        data["version"] = str(version)
        self.data = data
