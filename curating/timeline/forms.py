"""What a reader asks of the timeline, and chooses of it for a story."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from learnpartner.forms import Option
from records.models import PersonLevel

from .reading import Moment, Timeline, Wanted

OLDEST = "oldest"


class TimelineFilter(forms.Form):
    """What of the timeline is shown. It offers what the reader finds there, so that no box tells more."""

    sort = forms.MultipleChoiceField(label=_("What happened"), required=False, widget=forms.CheckboxSelectMultiple)
    level = forms.MultipleChoiceField(label=_("Whose learning"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, asked: QueryDict, *, timeline: Timeline):
        super().__init__(asked)
        self.asked = asked
        self._offer("sort", [(sort.key, str(sort.label)) for sort in timeline.sorts])
        levels = PersonLevel if timeline.has_levels else ()
        self._offer("level", [(str(row.value), Option(row.label, level=row.value)) for row in levels])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Offer these, or nothing where there is no choice."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        if len(choices) < 2 and name not in self.asked:
            del self.fields[name]

    @property
    def wanted(self) -> Wanted:
        """Return what is asked for; what was not understood narrows nothing."""
        self.is_valid()
        year = self.asked.get("year", "")
        return Wanted(
            sorts=self.cleaned_data.get("sort", []),
            levels=[int(level) for level in self.cleaned_data.get("level", [])],
            year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
            oldest_first=self.asked.get("order") == OLDEST,
        )

    def chips(self, path: str) -> list[dict[str, str]]:
        """Return each filter in force: its words, and the address without it."""
        self.is_valid()
        found = []
        for name in self.fields:
            words = dict(self.fields[name].choices)  # type: ignore[attr-defined]
            for value in self.cleaned_data.get(name, []):
                found.append({"label": str(words[value]), "url": path + self._asking(without=(name, value))})
        return found

    def asking(self, **changed: Any) -> str:
        """Return the query of an address that asks for the same, but for what is changed; None leaves a part out."""
        return self._asking(changed=changed)

    def hidden(self) -> list[tuple[str, str]]:
        """Return what is asked for as pairs, for a form that asks for the same and more."""
        return self._pairs()

    def _asking(self, *, without: tuple[str, str] = ("", ""), changed: dict[str, Any] | None = None) -> str:
        pairs = [pair for pair in self._pairs() if pair != without and pair[0] not in (changed or {})]
        # Another choice may leave a year in which nothing is.
        pairs = [pair for pair in pairs if not (without[0] and pair[0] == "year")]
        pairs += [(name, str(value)) for name, value in (changed or {}).items() if value is not None]
        return f"?{urlencode(pairs)}" if pairs else ""

    def _pairs(self) -> list[tuple[str, str]]:
        wanted = self.wanted
        pairs = [("sort", key) for key in wanted.sorts] + [("level", str(level)) for level in wanted.levels]
        pairs += [("year", str(wanted.year))] if wanted.year else []
        return pairs + ([("order", OLDEST)] if wanted.oldest_first else [])


class StoryForm(forms.Form):
    """Which of the moments that are shown a story is begun with."""

    moment = forms.MultipleChoiceField(
        label=_("What belongs in it"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick what belongs in the story: one thing is enough.")},
    )

    def __init__(self, asked: QueryDict | None, *, moments: list[Moment]):
        super().__init__(asked)
        # Once each: two of one day may have the same key.
        choices = {moment.key: moment.title or moment.what for moment in moments}
        self.fields["moment"].choices = list(choices.items())  # type: ignore[attr-defined]
