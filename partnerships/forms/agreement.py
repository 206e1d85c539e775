"""The draft of a group agreement, and its adoption."""

from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desk.forms import KeptForm
from learnpartner.forms import DateField, LineField, Option, TextField
from partnerships.agreements import current_agreement, draft_of, starter_lines, version_now
from partnerships.models import Partnership

SUPERVISION_FIELDS = ("frequency", "record_kept", "confidentiality_limits")


class AgreementForm(KeptForm):
    """The draft of the next version: what is agreed, one thing a line. In reflective supervision it says more."""

    draft_form = "agreement"
    text = TextField(
        label=_("What we agree on"),
        max_length=6000,
        widget=forms.Textarea({"rows": 14}),
        help_text=_("One line for each thing. They are numbered by themselves."),
        error_messages={"required": _("Write at least one line.")},
    )
    frequency = LineField(
        label=_("How often we meet"), required=False, max_length=300, help_text=_("And for how long, and where.")
    )
    record_kept = LineField(
        label=_("What record is kept"),
        required=False,
        max_length=300,
        help_text=_("Who writes it, where it lies, and who can read it."),
    )
    confidentiality_limits = TextField(
        label=_("Where confidentiality ends"),
        required=False,
        max_length=600,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What would have to be told to somebody else, and to whom."),
    )
    safety = TextField(
        label=_("If somebody may come to harm we act outside this place:"),
        required=False,
        max_length=600,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Whom to ring, day and night. Wanted before it is adopted, and so before anybody is invited."),
    )
    review_on = DateField(
        label=_("When do we look at it again?"),
        required=False,
        not_in_future=False,
        help_text=_("Such as in half a year."),
    )

    def __init__(self, request: HttpRequest, *, partnership: Partnership):
        super().__init__(request, about=partnership.slug, initial=_as_it_stands(partnership))
        if partnership.kind != Partnership.Kind.SUPERVISION:
            for name in SUPERVISION_FIELDS:
                del self.fields[name]

    def clean_review_on(self):
        """Ask for a day to come."""
        day = self.cleaned_data["review_on"]
        if day and day < timezone.localdate() and day != self.initial.get("review_on"):
            raise forms.ValidationError(_("That day is past. When will you look at it again?"))
        return day

    def words(self) -> dict[str, Any]:
        """Return the agreement's columns as typed."""
        names = ("text", "safety", "review_on", *SUPERVISION_FIELDS)
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


def _as_it_stands(partnership: Partnership) -> dict[str, Any]:
    """Return what the form opens with: the draft, else what holds, else the starter text."""
    latest = draft_of(partnership) or current_agreement(partnership)
    if latest is None:
        return {"text": "\n".join(starter_lines())}
    names = ("text", "safety", "review_on", *SUPERVISION_FIELDS)
    return {"version": version_now(partnership)} | {name: getattr(latest, name) for name in names}


class AdoptForm(forms.Form):
    """Adopting the draft that was looked at. From the second version on it says what changed, and whom that asks."""

    AGAIN, SMALL = "again", "small"

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    what_changed = LineField(
        label=_("What changed, in one sentence"),
        max_length=300,
        error_messages={"required": _("Say in one sentence what changed.")},
    )
    asks = forms.ChoiceField(
        label=_("Is anybody asked again?"),
        widget=forms.RadioSelect,
        choices=[
            (AGAIN, Option(_("Each member is asked again"), hint=_("For whatever somebody might not want to accept."))),
            (SMALL, Option(_("It is a small change: nobody is asked"), hint=_("A word put right, another day."))),
        ],
        initial=AGAIN,
    )

    def __init__(self, data=None, *, version: int, is_first: bool):
        super().__init__(data, initial={"version": version}, use_required_attribute=False)
        if is_first:
            del self.fields["what_changed"], self.fields["asks"]

    def look_again(self, version: int) -> None:
        """Stand on another version of the draft, which is to be looked at before it is adopted. The words stay."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["version"] = str(version)
        self.data = data
        self.add_error(None, _("The draft was changed meanwhile. Please look at it once more, and adopt it then."))

    def words(self) -> dict[str, Any]:
        """Return what adopting takes beside the version."""
        return {
            "what_changed": self.cleaned_data.get("what_changed", ""),
            "is_small_change": self.cleaned_data.get("asks") == self.SMALL,
        }
