"""Planning an agenda: an item, an offer, declining one, and what to begin with."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from convening.agenda import Agenda, kinds
from convening.models import AgendaItem, AgendaOffer, Session
from convening.models.agenda import LONGEST_ANSWER, LONGEST_GUIDANCE, LONGEST_ITEM, LONGEST_OFFER, MOST_MINUTES
from desk.forms import KeptForm
from learnpartner.forms import LineField, Option, TextField, offer
from partnerships.reader import Reader
from records import agenda as registry

NO_LENGTH = _("Write the minutes as a number, such as 15.")
ANOTHER_KIND = _("That kind is not offered here. Choose one of these.")


class MinutesField(forms.IntegerField):
    """How long something takes, in minutes; empty is none."""

    default_error_messages = {
        "invalid": NO_LENGTH,
        "min_value": _("Fewer than none is not possible. Write a number such as 15, or leave it empty."),
        "max_value": _("One item takes eight hours at most, which is 480 minutes. Make two of it."),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Minutes"))
        box = forms.TextInput({"class": "input--short", "inputmode": "numeric", "autocomplete": "off"})
        super().__init__(min_value=0, max_value=MOST_MINUTES, required=False, widget=box, **kwargs)
        # Words would be asked for by a browser that knows no number with a unit; the server says what is wrong.
        self.widget.is_required = False

    def clean(self, value) -> int:
        """Return the minutes; 0 where the box is empty."""
        return super().clean(value) or 0


class AgendaItemForm(KeptForm):
    """A new item of an agenda."""

    draft_form = "agenda-item"
    kind = forms.ChoiceField(
        label=_("What kind of item is it?"),
        initial=kinds.FREE,
        error_messages={"required": _("Choose what kind of item it is."), "invalid_choice": ANOTHER_KIND},
    )
    title = LineField(
        label=_("What it is called"),
        max_length=LONGEST_ITEM,
        required=False,
        help_text=_("Left empty, it is called as its kind."),
    )
    text = TextField(
        label=_("How it is done"),
        max_length=LONGEST_GUIDANCE,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("A line for those who come, or notes for who leads it. All in the space read it."),
    )
    minutes = MinutesField(help_text=_("Left empty, it takes no time of its own."))
    lead = forms.ChoiceField(
        label=_("Who leads it"),
        required=False,
        error_messages={"invalid_choice": _("They are not in this space. Choose somebody who is, or nobody.")},
    )

    # What waits to be looked at together, where the item was begun with that.
    of_record = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)

    def __init__(
        self, request: HttpRequest, *, reader: Reader, session: Session, initial: dict | None = None, about: str = ""
    ):
        super().__init__(request, about=about or session.public_id, initial=initial)
        members = session.space.members().select_related("person").order_by("person__name") if session.space else []
        self.people = {row.public_id: row.person for row in members}
        offer(self, "lead", [("", _("Nobody yet")), *((key, row.name) for key, row in self.people.items())])
        partnership = session.partnership
        offered = registry.offered(reader, partnership) if partnership else []
        now = (initial or {}).get("kind", "")
        # An item keeps its kind, also where the room of that is closed to who changes it.
        further = [] if not now or now in {kind.key for kind in offered} else [(now, kinds.label_of(now))]
        offer(self, "kind", [*((kind.key, kind.label) for kind in offered), *further])

    def clean(self):
        """Ask for a name of what has no kind to be called by."""
        typed = super().clean() or self.cleaned_data
        if typed.get("kind") == kinds.FREE and not typed.get("title") and not self.has_error("title"):
            self.add_error("title", ValidationError(_("Say in a word or two what it is."), code="required"))
        return typed

    def words(self) -> dict[str, Any]:
        """Return the columns of an item."""
        typed = {name: self.cleaned_data[name] for name in ("kind", "title", "text", "minutes")}
        return typed | {"lead": self.people.get(self.cleaned_data["lead"])}


class AgendaItemEditForm(AgendaItemForm):
    """A change to an item."""

    draft_form = "agenda-item-edit"

    def __init__(self, request: HttpRequest, *, reader: Reader, session: Session, item: AgendaItem):
        now = {name: getattr(item, name) for name in ("kind", "title", "text", "version")}
        now |= {"minutes": item.minutes or ""}
        leads = session.space.members().filter(person=item.lead_id) if session.space and item.lead_id else None
        lead = leads.first() if leads is not None else None
        super().__init__(
            request,
            reader=reader,
            session=session,
            initial=now | {"lead": lead.public_id if lead else ""},
            about=f"{session.public_id}/{item.public_id}",
        )


class AgendaOfferForm(KeptForm):
    """Something that somebody brings: in one sentence, and what they want from the others."""

    draft_form = "agenda-offer"
    title = LineField(
        label=_("What is it, in one sentence?"),
        max_length=LONGEST_OFFER,
        help_text=_("Such as: a man was sent from the ward to our door, and I let him go."),
        error_messages={"required": _("Say in one sentence what it is.")},
    )
    text = TextField(
        label=_("What matters to you about it"),
        max_length=LONGEST_GUIDANCE,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It may stay empty. Leave out what would identify somebody you support."),
    )
    wants = forms.ChoiceField(
        label=_("What do you want from the others?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("", Option(_("Whatever helps"))),
            *((choice.value, Option(choice.label)) for choice in AgendaOffer.Wants),
        ],
        error_messages={"invalid_choice": _("That is not offered. Choose one of these.")},
    )
    minutes = MinutesField(help_text=_("As long as you think it needs. The host can say otherwise."))
    kind = forms.ChoiceField(
        label=_("What kind of item is it?"),
        initial=kinds.SITUATION,
        error_messages={"required": _("Choose what kind of item it is."), "invalid_choice": ANOTHER_KIND},
    )

    def __init__(self, request: HttpRequest, *, reader: Reader, session: Session):
        super().__init__(request, about=session.public_id)
        partnership = session.partnership
        offered = registry.offered(reader, partnership) if partnership else []
        offer(self, "kind", [(row.key, row.label) for row in offered if row.key not in kinds.OF_THE_HOST])

    def words(self) -> dict[str, Any]:
        """Return the columns of an offer."""
        return {name: self.cleaned_data[name] for name in ("kind", "title", "text", "wants", "minutes")}


class AgendaDeclineForm(forms.Form):
    """The line with which the host declines an offer."""

    answer = LineField(
        label=_("A line to them"),
        max_length=LONGEST_ANSWER,
        help_text=_("Only they read it. When would there be room for it?"),
        error_messages={"required": _("Say in a line why not this time.")},
    )

    def __init__(self, data):
        super().__init__(data, use_required_attribute=False)


class AgendaBeginForm(forms.Form):
    """What to begin an agenda with."""

    agenda = forms.ChoiceField(
        label=_("Begin with"),
        error_messages={
            "required": _("Choose what to begin with."),
            "invalid_choice": _("That is not offered here any more. Choose one of these."),
        },
    )

    def __init__(self, data, *, agendas: list[Agenda]):
        super().__init__(data, use_required_attribute=False)
        self.agendas = {row.key: row for row in agendas}
        offer(self, "agenda", choices_of(agendas))

    def chosen(self) -> Agenda:
        """Return what was chosen."""
        return self.agendas[self.cleaned_data["agenda"]]


def choices_of(agendas: list[Agenda]) -> list[tuple[str, str]]:
    """Return what one can choose from, with how long each takes."""
    return [(row.key, _("%(name)s, %(n)d minutes") % {"name": row.name, "n": row.minutes}) for row in agendas]
