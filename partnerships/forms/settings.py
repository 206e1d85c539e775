"""What is set in a partnership. Each form carries the version that it was opened with."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desk.forms import KeptForm
from learnpartner.forms import DateField, LineField, TextField, offer
from partnerships.actions import PhaseWord
from partnerships.bar import known
from partnerships.http import SignedInRequest
from partnerships.models import Partnership, Phase, PhaseChange
from partnerships.models.intentions import MOST_INTENTIONS, intentions_of
from partnerships.models.phases import DEFAULT_PHASES, phase_of
from partnerships.words import LONGEST_WORD, groups

# Where it lies now, above a partnership that one is no member of.
KEEP = "keep"
MOST_NEW_PHASES = 3


class SettingsForm(forms.Form):
    """A form of the settings with its version, so that nobody saves over what somebody else saved meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, request: SignedInRequest, partnership: Partnership, initial: dict[str, Any] | None = None):
        self.partnership = partnership
        initial = {**(initial or {}), "version": partnership.version}
        super().__init__(request.POST if request.method == "POST" else None, initial=initial)
        self.use_required_attribute = False

    def take_version(self, version: int) -> None:
        """Stand on what is saved now, so that the words typed can be saved after all."""
        data = cast(QueryDict, self.data).copy()
        data["version"] = str(version)
        self.data = data


class NestingForm(SettingsForm):
    """Within which partnership this one lies, and alongside which it learns."""

    parent = forms.ChoiceField(
        label=_("It lies within"),
        required=False,
        help_text=_("Choose among the partnerships that you are in. Lying within another lets nobody read anything."),
    )
    alongside = forms.MultipleChoiceField(
        label=_("It also learns alongside"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each is named on the other’s page. Nobody reads anything by it."),
    )

    def __init__(self, request: SignedInRequest, partnership: Partnership):
        mine = request.reader.memberships
        self.others = {row.slug: row for row in request.reader.partnerships if row.pk != partnership.pk}
        beside = list(partnership.alongside.all())
        # One knows of those alongside whose members one is not; drafts of others stay unseen, and where they are.
        self.unseen = [row for row in beside if row not in known(beside, mine)]
        initial = {
            "parent": _value_of(partnership, self.others),
            "alongside": [row.slug for row in beside if row not in self.unseen],
        }
        super().__init__(request, partnership, initial)
        parents = [(slug, row.name) for slug, row in self.others.items()]
        if initial["parent"] == KEEP:
            named = known([partnership.parent] if partnership.parent else [], mine)
            parents = [(KEEP, named[0].name if named else str(_("Where it lies now"))), *parents]
        offer(self, "parent", [("", _("None: it stands by itself")), *parents])
        self.others |= {row.slug: row for row in known(beside, mine)}
        offer(self, "alongside", [(slug, row.name) for slug, row in self.others.items()])
        if not self.others:
            del self.fields["alongside"]

    @property
    def chosen_parent(self) -> Partnership | None:
        """Return the partnership that was chosen to lie within."""
        chosen = self.cleaned_data["parent"]
        return self.partnership.parent if chosen == KEEP else self.others.get(chosen)

    @property
    def chosen_alongside(self) -> list[Partnership]:
        """Return those that were chosen to learn alongside, and those that one cannot see."""
        return [*[self.others[slug] for slug in self.cleaned_data.get("alongside", [])], *self.unseen]


def _value_of(partnership: Partnership, others: dict[str, Partnership]) -> str:
    """Return how the form names the partnership that this one lies within."""
    if partnership.parent is None:
        return ""
    return partnership.parent.slug if partnership.parent.slug in others else KEEP


def _box(label) -> TextField:
    return TextField(label=label, required=False, max_length=300, widget=forms.Textarea({"rows": 2}))


class IntentionsForm(KeptForm):
    """Up to five things that the members set out to do, a box for each."""

    draft_form = "intentions-edit"
    intention_1 = _box(_("One thing that we set out to do"))
    intention_2 = _box(_("A second"))
    intention_3 = _box(_("A third"))
    intention_4 = _box(_("A fourth"))
    intention_5 = _box(_("A fifth, and no more"))

    def __init__(self, request: SignedInRequest, partnership: Partnership):
        present, _ended = intentions_of(partnership)
        initial: dict[str, Any] = {f"intention_{n}": row.text for n, row in enumerate(present, 1)}
        super().__init__(request, about=partnership.slug, initial=initial | {"version": partnership.version})

    @property
    def texts(self) -> list[str]:
        """Return what stands in the boxes, in their order."""
        return [self.cleaned_data[f"intention_{n}"] for n in range(1, MOST_INTENTIONS + 1)]


class PhaseForm(SettingsForm):
    """In which phase the partnership is, from which day, and why."""

    phase = forms.ChoiceField(label=_("We are in"), widget=forms.RadioSelect)
    began_on = DateField(
        label=_("Since"), error_messages={"required": _("Please say from which day: today, or a day that is past.")}
    )
    reason = LineField(
        label=_("Why"),
        required=False,
        max_length=300,
        help_text=_("All members read it. A line is enough."),
    )

    def __init__(self, request: SignedInRequest, partnership: Partnership):
        self.phases = {phase.key: phase for phase in partnership.phases.all()}
        now = phase_of(partnership)
        initial = {"phase": now.key if now else "", "began_on": timezone.localdate()}
        super().__init__(request, partnership, initial)
        offer(self, "phase", [(phase.key, phase.word) for phase in self.phases.values()])

    @property
    def chosen(self) -> Phase:
        """Return the phase that was chosen."""
        return self.phases[self.cleaned_data["phase"]]


class TalkForm(SettingsForm):
    """The day of the next talk, and its time and place in a line."""

    talk_on = DateField(label=_("Day"), required=False, not_in_future=False)
    talk_words = LineField(
        label=_("Time and place"),
        required=False,
        max_length=120,
        help_text=_("Such as “10am, the library, upstairs”."),
    )

    def __init__(self, request: SignedInRequest, partnership: Partnership):
        super().__init__(request, partnership, {"talk_on": partnership.talk_on, "talk_words": partnership.talk_words})

    def clean(self):
        """Ask for the day where only a place was given."""
        if (
            self.cleaned_data.get("talk_words")
            and not self.cleaned_data.get("talk_on")
            and "talk_on" not in self.errors
        ):
            self.add_error("talk_on", _("Please say on which day."))


class WordsForm(SettingsForm):
    """The words that people see here: one box for each, and the set of phases."""

    def __init__(self, request: SignedInRequest, partnership: Partnership):
        self.phases = list(partnership.phases.all())
        self.used = set(PhaseChange.objects.filter(partnership=partnership).values_list("phase__key", flat=True))
        super().__init__(request, partnership)
        self.groups: list[tuple[str, str, list[str]]] = []
        for heading, hint, words in groups(partnership):
            for word in words:
                self.fields[word.key] = LineField(label=str(word.default), required=False, max_length=LONGEST_WORD)
                self.initial[word.key] = partnership.words.get(word.key, "")
            self.groups.append((str(heading), str(hint), [word.key for word in words]))
        for place, phase in enumerate(self.phases, 1):
            self._add_phase(f"phase:{phase.key}", str(DEFAULT_PHASES.get(phase.key, phase.name)), place)
            self.initial[f"phase:{phase.key}:name"] = phase.name
            if phase.key not in self.used:
                self.fields[f"phase:{phase.key}:out"] = forms.BooleanField(
                    label=_("Leave out “%(phase)s”") % {"phase": phase.word}, required=False
                )
        for n in range(1, MOST_NEW_PHASES + 1):
            self._add_phase(f"new:{n}", str(_("A new phase")), None)

    def _add_phase(self, key: str, label: str, place: int | None) -> None:
        self.fields[f"{key}:name"] = LineField(label=label, required=False, max_length=60)
        self.fields[f"{key}:place"] = forms.IntegerField(
            label=_("Place of “%(phase)s”") % {"phase": label},
            required=False,
            min_value=1,
            max_value=99,
            widget=forms.TextInput({"inputmode": "numeric", "class": "input--short"}),
        )
        self.initial[f"{key}:place"] = place

    def clean(self):
        """Ask for a word where a phase of the partnership's own would have none."""
        for phase in self.phases:
            name = f"phase:{phase.key}:name"
            left_out = self.cleaned_data.get(f"phase:{phase.key}:out")
            if phase.key not in DEFAULT_PHASES and not self.cleaned_data.get(name) and not left_out:
                self.add_error(name, _("A phase needs a word. To take it off the list, leave it out."))

    @property
    def words(self) -> dict[str, str]:
        """Return the words of the partnership's own, by their keys."""
        return {key: self.cleaned_data[key] for _heading, _hint, keys in self.groups for key in keys}

    @property
    def phase_words(self) -> list[PhaseWord]:
        """Return what is to become of each phase; new ones without a place come last."""
        typed, last = self.cleaned_data, len(self.phases) + 1
        rows = [
            PhaseWord(
                key=phase.key,
                name=typed[f"phase:{phase.key}:name"],
                position=typed[f"phase:{phase.key}:place"] or place,
                leave_out=typed.get(f"phase:{phase.key}:out", False),
            )
            for place, phase in enumerate(self.phases, 1)
        ]
        new = [(typed[f"new:{n}:name"], typed[f"new:{n}:place"]) for n in range(1, MOST_NEW_PHASES + 1)]
        return rows + [PhaseWord(key="", name=name, position=place or last) for name, place in new if name]

    def fieldsets(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """Return the boxes of the words, in groups with their headings and a line on each."""
        return [(heading, hint, [self[key] for key in keys]) for heading, hint, keys in self.groups]

    def phase_rows(self) -> list[dict[str, forms.BoundField | None]]:
        """Return the boxes of each phase, the new ones last."""
        keys = [f"phase:{phase.key}" for phase in self.phases] + [f"new:{n}" for n in range(1, MOST_NEW_PHASES + 1)]
        return [
            {
                "name": self[f"{key}:name"],
                "place": self[f"{key}:place"],
                "out": self[f"{key}:out"] if f"{key}:out" in self.fields else None,
            }
            for key in keys
        ]
