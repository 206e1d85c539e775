"""Looking again: what becomes of an intention, its evidence, decisions, and objections to them."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from convening.models import Decision, Session
from convening.models.looking_again import (
    LONGEST_DECISION_OBJECTION,
    LONGEST_NEW_WORDS,
    LONGEST_UNINTENDED,
    LONGEST_WHY,
)
from desk.forms import KeptForm
from learnpartner.forms import LineField, Option, TextField, offer
from partnerships.models import Intention
from partnerships.models.memberships import current_members
from partnerships.reader import Reader
from records.models import Record

SHORT = forms.Textarea({"rows": 3})
NOTED = ("verdict", "new_words", "unintended", "why")


class LookingAgainForm(KeptForm):
    """What a session says of one intention."""

    draft_form = "looking-again"
    unintended = TextField(
        label=_("What came that nobody intended?"), max_length=LONGEST_UNINTENDED, required=False, widget=SHORT
    )
    verdict = forms.ChoiceField(
        label=_("What becomes of it?"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of these, or leave it open.")},
    )
    new_words = LineField(
        label=_("How it reads from now on"),
        max_length=LONGEST_NEW_WORDS,
        required=False,
        help_text=_("All members of the partnership read it once this is carried out."),
    )
    why = LineField(label=_("Why?"), max_length=LONGEST_WHY, required=False)

    def __init__(self, request: HttpRequest, *, session: Session, intention: Intention, decision: Decision | None):
        now: dict[str, Any] = {}
        if decision and decision.is_written:
            now = {**decision.words, "version": decision.version}
        super().__init__(request, about=f"{session.public_id}/{intention.public_id}", initial=now)
        self.intention = intention
        verdict = Decision.Verdict
        choices = [
            (verdict.KEEP, Option(verdict.KEEP.label)),
            (verdict.CHANGE, Option(verdict.CHANGE.label, hint=_("Write its new words below."))),
            (verdict.LET_GO, Option(verdict.LET_GO.label)),
            ("", Option(_("Not decided yet"))),
        ]
        offer(self, "verdict", choices)

    def clean(self) -> dict[str, Any]:
        """Ask for new words where it changes, and for why; for a word in one box at least."""
        typed = super().clean() or self.cleaned_data
        if self.errors:
            return typed
        verdict, words = typed["verdict"], typed["new_words"]
        if verdict == Decision.Verdict.CHANGE and not words:
            self.add_error("new_words", _("Write how it reads from now on."))
        elif verdict == Decision.Verdict.CHANGE and words == self.intention.text:
            self.add_error("new_words", _("These are the words that it has. Change them, or choose to keep it."))
        elif verdict != Decision.Verdict.CHANGE and words:
            self.add_error("verdict", _("You wrote new words. Choose to change it, or take them out."))
        if verdict and not typed["why"]:
            self.add_error("why", _("Say why, in a line."))
        if not self.errors and not any(typed[name] for name in NOTED):
            self.add_error("unintended", _("Write a few words in one of the boxes first. A line is enough."))
        return typed

    def words(self) -> dict[str, str]:
        """Return the words of the boxes."""
        return {name: self.cleaned_data[name] for name in NOTED}


class EvidenceForm(forms.Form):
    """A record that speaks to an intention: chosen, or by its address."""

    record = forms.ChoiceField(
        label=_("Shared lately"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("You cannot read this any more. Choose another one.")},
    )
    address = LineField(
        label=_("Or its address"),
        max_length=500,
        required=False,
        help_text=_("From the top of the page where you read it."),
    )

    def __init__(self, data, *, reader: Reader, session: Session, offered: list[Record]):
        super().__init__(data)
        self.reader, self.session = reader, session
        self.found: Record | None = None
        offer(self, "record", [(row.public_id, Option(row.first_words, hint=row.kind_label)) for row in offered])

    def clean(self) -> dict[str, Any]:
        """Find the record among those that one reads. What one may not know is not told from what is not there."""
        typed = super().clean() or self.cleaned_data
        if self.errors:
            return typed
        public_id = typed["record"] or _record_at(typed["address"])
        if typed["record"] and typed["address"]:
            self.add_error("address", _("Choose one of the list, or write an address: one at a time."))
        elif not public_id:
            self.add_error(
                "address",
                _("There is nothing here that you can read at that address.")
                if typed["address"]
                else _("Choose one of the list, or write an address."),
            )
        else:
            readable = Record.objects.visible_to(self.reader).with_words_for(self.reader).shared().in_stream()
            self.found = readable.filter(public_id=public_id).exclude(pk=self.session.pk).first()
            if self.found is None:
                self.add_error("address", _("There is nothing here that you can read at that address."))
        return typed


def _record_at(address: str) -> str:
    """Return the public id in the address of a page; nothing where it is no page of ours."""
    try:
        match = resolve(urlsplit(address).path)
    except (Resolver404, ValueError):
        return ""
    return str(match.kwargs.get("public_id", ""))


class DecisionForm(KeptForm):
    """A decision on the phase, or on who holds a duty."""

    draft_form = "decision"
    what = forms.ChoiceField(
        label=_("What did you decide?"),
        error_messages={
            "required": _("Choose what you decided."),
            "invalid_choice": _("This cannot be chosen any more. Choose once more."),
        },
    )
    why = LineField(label=_("Why?"), max_length=LONGEST_WHY, error_messages={"required": _("Say why, in a line.")})

    def __init__(self, request: HttpRequest, *, session: Session):
        super().__init__(request, about=session.public_id)
        partnership = session.partnership
        self.phases = {row.key: row for row in partnership.phases.all()} if partnership else {}
        rows = current_members(partnership).with_roles().order_by("person__name") if partnership else []
        self.members = {row.public_id: row for row in rows}
        duties = ("learning_partner", _("Becomes learning partner")), ("steward", _("Becomes steward"))
        offer(
            self,
            "what",
            [
                ("", _("Choose")),
                (_("The phase from now on"), [(f"phase/{key}", row.word) for key, row in self.phases.items()]),
                *[
                    (
                        label,
                        [
                            (f"{duty}/{key}", row.person.name)
                            for key, row in self.members.items()
                            if not getattr(row.held_role, f"is_{duty}")
                        ],
                    )
                    for duty, label in duties
                ],
            ],
        )

    def chosen(self) -> dict[str, Any]:
        """Return what the decision is about."""
        about, _slash, key = self.cleaned_data["what"].partition("/")
        return (
            {"about": about, "phase": self.phases[key]}
            if about == "phase"
            else {"about": about, "member": self.members[key]}
        )


class DecisionObjectionForm(KeptForm):
    """Why a decision is not to be carried out as it stands."""

    draft_form = "decision-objection"
    changes_something = False
    text = TextField(
        label=_("What do you object to?"),
        max_length=LONGEST_DECISION_OBJECTION,
        widget=SHORT,
        help_text=_("A line is enough. All in this space read it, with your name."),
        error_messages={"required": _("Say in a line what you object to.")},
    )

    def __init__(self, request: HttpRequest, *, decision: Decision):
        about = f"{decision.session.public_id}/{decision.public_id}"
        super().__init__(request, about=about, initial={"version": decision.version})


class CarryOutForm(forms.Form):
    """That what the page shows is carried out."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
