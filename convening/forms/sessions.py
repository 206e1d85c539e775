"""Convening a session, changing what is said of it, moving it, cancelling it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from convening.agenda import offered
from convening.models import Activity, Confidentiality, Occasion, Session
from convening.models.sessions import LONGEST_LINK, LONGEST_PLACE, LONGEST_QUESTION, LONGEST_REASON
from desk.forms import KeptForm
from learnpartner.forms import LineField, Option, TextField, offer
from partnerships.models import Membership, Partnership
from partnerships.reader import Reader
from records import wholes
from records.models import PersonLevel
from records.models.record import LONGEST_TITLE

from .agenda import choices_of
from .times import WhenForm

LONGEST_PURPOSE = 5_000
CONFIDENTIALITY = [
    (
        Confidentiality.ORDINARY,
        Option(Confidentiality.ORDINARY.label, hint=_("We may use what we learn. We do not repeat who said it.")),
    ),
    (
        Confidentiality.CHATHAM_HOUSE,
        Option(
            Confidentiality.CHATHAM_HOUSE.label,
            hint=_("What is said may be used. No names and no organisations leave, not even who was there."),
        ),
    ),
]
SILENT = [
    ("yes", Option(_("When we reveal it together"), hint=_("Until then nobody sees a word, nor who has written."))),
    ("no", Option(_("At once"), hint=_("The others in the space read it as soon as it is saved."))),
]


class SaidForm(KeptForm):
    """What is said of a session, beside when it is."""

    title = LineField(
        label=_("What is it about?"), max_length=LONGEST_TITLE, error_messages={"required": _("Give it a name.")}
    )
    text = TextField(
        label=_("Why we meet"),
        max_length=LONGEST_PURPOSE,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("A line or two. It may stay empty."),
    )
    place = LineField(label=_("Where"), max_length=LONGEST_PLACE, required=False)
    link = forms.URLField(
        label=_("Link to join from afar"),
        max_length=LONGEST_LINK,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("This is no address of a page. It should begin with https://")},
    )
    occasion = forms.ChoiceField(label=_("What it is for"), widget=forms.RadioSelect, choices=Occasion.choices)
    activity = forms.ChoiceField(
        label=_("How we learn there"), choices=[("", _("No name for it")), *Activity.choices], required=False
    )
    person_level = forms.TypedChoiceField(
        label=_("Whose learning it is"), coerce=int, choices=PersonLevel.choices, widget=forms.RadioSelect
    )
    missing = LineField(
        label=_("Who is missing from the table?"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=_("Who should be there, and is in none of our spaces. No names of people you support."),
    )
    confidentiality = forms.ChoiceField(
        label=_("What leaves the room"), widget=forms.RadioSelect, choices=CONFIDENTIALITY
    )
    question = LineField(
        label=_("Something to write on before it"),
        max_length=LONGEST_QUESTION,
        required=False,
        help_text=_("A question to the others, such as: what would you like the ward to ask us?"),
    )

    def clean_link(self) -> str:
        """Take links that a browser opens as pages, and no others."""
        link = self.cleaned_data["link"]
        if link and not link.lower().startswith(("http://", "https://")):
            raise ValidationError(_("This is no address of a page. It should begin with https://"), code="scheme")
        return link

    def said(self) -> dict[str, Any]:
        """Return the columns of a session that the boxes hold."""
        return {name: self.cleaned_data[name] for name in SaidForm.base_fields if name in SAID}


SAID = (
    "title",
    "text",
    "place",
    "link",
    "occasion",
    "activity",
    "person_level",
    "missing",
    "confidentiality",
    "question",
)


class SessionForm(WhenForm, SaidForm):
    """A new session, in one of the spaces that one is in."""

    draft_form = "session"
    space = forms.ChoiceField(
        label=_("Who is asked"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who is asked."),
            "invalid_choice": _("You are not in that space. Choose one of these."),
        },
    )
    silent = forms.ChoiceField(label=_("When do the others see it?"), widget=forms.RadioSelect, choices=SILENT)
    agenda = forms.ChoiceField(
        label=_("Begin the agenda with"),
        required=False,
        error_messages={"invalid_choice": _("That agenda is not offered here any more. Choose again.")},
    )
    # The session that this one is copied from, so that its agenda comes along.
    like = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)
    # What it is convened within, such as a learning cycle.
    part_of = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)

    def __init__(self, request: HttpRequest, *, reader: Reader, partnership: Partnership, like: Session | None = None):
        self.spaces = {row.public_id: row for row in reader.spaces_of(partnership) if row.is_open}
        first = next(iter(self.spaces), "")
        wanted = request.GET.get("space", "")
        initial: dict[str, Any] = WhenForm.initial_of(None) | {
            "occasion": Occasion.SENSE_MAKING,
            "person_level": PersonLevel.SECOND,
            "confidentiality": Confidentiality.ORDINARY,
            "silent": "yes",
            "space": wanted if wanted in self.spaces else first,
        }
        if like:
            hours = {name: value for name, value in WhenForm.initial_of(like).items() if name != "day"}
            initial |= hours | {name: getattr(like, name) for name in SAID}
            initial |= {"silent": "yes" if like.is_silent else "no"}
            initial |= {"space": like.space.public_id} if like.space and like.space.public_id in self.spaces else {}
            initial["like"] = like.public_id
        initial["part_of"] = request.GET.get("part-of", "")[:12].replace("\0", "")
        agendas = choices_of(offered(reader, partnership))
        wanted = request.GET.get("agenda", "")
        initial["agenda"] = wanted if wanted in dict(agendas) else ""
        super().__init__(request, about=partnership.slug, initial=initial)
        self.whole = wholes.whole_for(reader, self["part_of"].value() or "", slug=partnership.slug)
        none = _("The agenda of the session that this is copied from") if self["like"].value() else _("Nothing yet")
        offer(self, "agenda", [("", none), *agendas])
        offer(
            self,
            "space",
            [(key, Option(reader.who_reads(row), hint=_who(reader, row))) for key, row in self.spaces.items()],
        )

    def columns(self) -> dict[str, Any]:
        """Return the columns of the new session."""
        return self.said() | self.when() | {"is_silent": self.cleaned_data["silent"] == "yes"}


def _who(reader: Reader, space) -> str:
    return ", ".join(reader.names_of_others(space))


class SessionEditForm(SaidForm):
    """A change to what is said of a session. When it is, is changed by moving it."""

    draft_form = "session-edit"

    def __init__(self, request: HttpRequest, *, session: Session):
        self.session = session
        now = {name: getattr(session, name) for name in SAID} | {"version": session.version}
        super().__init__(request, about=session.public_id, initial=now)

    def clean_confidentiality(self) -> str:
        """Keep what was promised: who was asked under the rule came under the rule."""
        chosen = self.cleaned_data["confidentiality"]
        if self.session.is_chatham_house and chosen != Confidentiality.CHATHAM_HOUSE:
            raise ValidationError(
                _("People were asked under the Chatham House Rule, so it stays. Convene another session without it."),
                code="promised",
            )
        return chosen


class MoveForm(WhenForm):
    """Another time for a session."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data, *, session: Session):
        now = WhenForm.initial_of(session) | {"version": session.version}
        super().__init__(data, initial=now, use_required_attribute=False)

    def take_version(self, version: int) -> None:
        """Stand on another version of the session, so that it can be moved after all."""
        self.data = dict(self.data.items()) | {"version": str(version)}


class CancelForm(KeptForm):
    """Why a session does not take place."""

    draft_form = "session-cancel"
    text = TextField(
        label=_("Why it is cancelled"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("All who were asked read it."),
        error_messages={"required": _("Say in a line why it is cancelled.")},
    )


class HostForm(forms.Form):
    """Who runs the session from now on."""

    host = forms.ChoiceField(
        label=_("Who hosts it from now on?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who hosts it."),
            "invalid_choice": _("They are not in this space. Choose somebody who is."),
        },
    )

    def __init__(self, data, *, session: Session):
        super().__init__(data, use_required_attribute=False)
        members = session.space.members().with_roles().exclude(person=session.host_id) if session.space else []
        self.members: dict[str, Membership] = {row.public_id: row for row in members}
        offer(
            self,
            "host",
            [(key, Option(row.person.name, hint=row.held_role.role_in_words)) for key, row in self.members.items()],
        )

    def chosen(self) -> Membership:
        """Return the membership of who hosts from now on."""
        return self.members[self.cleaned_data["host"]]
