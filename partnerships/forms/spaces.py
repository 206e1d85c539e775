"""Opening a space, and choosing whom to ask in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from learnpartner.forms import LineField, Option, offer
from partnerships.models import Membership, Space
from partnerships.power import questions_among, standing_of

YES, NO = "yes", "no"


def member_options(members: list[Membership]) -> list[tuple[str, Option]]:
    """Offer members by name, each with role and organisation. They come `with_roles()`."""
    options = []
    for member in members:
        held = member.held_role
        about = f"{held.role_in_words}, {held.organisation.name}" if held.organisation else held.role_in_words
        options.append((member.public_id, Option(member.person.name, hint=about[:1].upper() + about[1:])))
    return options


class StillPeersField(forms.ChoiceField):
    """The question of 6-voices about somebody who holds power over peers: put only where it applies."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs):
        super().__init__(choices=[(YES, _("Yes, it is")), (NO, _("No"))], required=False, **kwargs)


class SpaceForm(forms.Form):
    """A new space of one kind, and who is asked in as it opens."""

    name = LineField(
        label=_("Name"),
        max_length=80,
        help_text=_("All members of the partnership can see it, as they see the purpose and who is in it."),
        error_messages={"required": _("Give it a name.")},
    )
    purpose = LineField(
        label=_("What it is for"), max_length=300, required=False, help_text=_("One sentence. It may stay empty.")
    )
    power_statement = LineField(
        label=_("Who holds power over whom?"),
        max_length=300,
        help_text=_("One sentence, by name. Everybody reads it here before they share anything."),
        error_messages={"required": _("Say in one sentence who holds power over whom.")},
    )
    people = forms.MultipleChoiceField(
        label=_("Ask in at once"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each of them accepts for themselves, and reads nothing before. More people can be asked later."),
        error_messages={"invalid_choice": _("Somebody is no longer a member here. Choose again.")},
    )
    person = forms.ChoiceField(
        label=_("With whom?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the other person."),
            "invalid_choice": _("That person is no longer a member here. Choose again."),
        },
    )
    still_peers = StillPeersField(label=_("Is this still a space of peers?"))

    def __init__(self, data, *, kind: str, mine: Membership, others: list[Membership]):
        super().__init__(data, use_required_attribute=False)
        self.kind, self.mine = kind, mine
        self.others = {member.public_id: member for member in others}
        self.questions: list[str] = []
        away = {
            Space.Kind.PEERS: ["power_statement", "person"],
            Space.Kind.POWER_LINE: ["person", "still_peers"],
            Space.Kind.ONE_TO_ONE: ["name", "purpose", "power_statement", "people", "still_peers"],
        }
        for name in away[Space.Kind(kind)]:
            del self.fields[name]
        offer(self, "person" if kind == Space.Kind.ONE_TO_ONE else "people", member_options(others))

    def clean(self) -> dict[str, Any]:
        """Put the question about power where it applies, and take only a yes for an answer."""
        if self.kind == Space.Kind.PEERS:
            asked = [self.mine, *self.asking]
            standing = standing_of(asked, self.mine.partnership_id)
            self.questions = list(questions_among(asked, standing).values())
            answer = self.cleaned_data.get("still_peers")
            if self.questions and not answer:
                self.add_error("still_peers", ValidationError(self.questions))
            elif self.questions and answer == NO:
                self.add_error(
                    "people",
                    _("Then leave out who holds power, or have a space across the power line opened, which says it."),
                )
        return self.cleaned_data

    @property
    def asking(self) -> list[Membership]:
        """Return those who were chosen."""
        chosen = self.cleaned_data.get("people") or [self.cleaned_data.get("person")]
        return [self.others[public_id] for public_id in chosen if public_id in self.others]

    def words(self) -> dict[str, str]:
        """Return the space's columns as typed."""
        return {name: self.cleaned_data[name] for name in ("name", "purpose", "power_statement") if name in self.fields}


class AskForm(forms.Form):
    """Choosing the member to ask in."""

    member = forms.ChoiceField(label=_("Whom do you ask in?"), widget=forms.RadioSelect)

    def __init__(self, data, *, others: list[Membership]):
        super().__init__(data, use_required_attribute=False)
        self.others = {member.public_id: member for member in others}
        offer(self, "member", member_options(others))
        self.fields["member"].error_messages = {
            "required": _("Choose whom you ask in."),
            "invalid_choice": _("That person cannot be asked. Choose one of these."),
        }


class AskConfirmForm(forms.Form):
    """The last step of asking in: the member, and the question where they hold power over people inside."""

    member = forms.CharField(widget=forms.HiddenInput)
    still_peers = StillPeersField()

    def __init__(self, data, *, member: Membership, question: str):
        super().__init__(data, initial={"member": member.public_id}, use_required_attribute=False)
        self.fields["still_peers"].label = question
        if not question:
            del self.fields["still_peers"]

    @property
    def is_question_answered_no(self) -> bool:
        """Say whether it would be no space of peers any more, so that nobody is asked."""
        return self.cleaned_data.get("still_peers") == NO

    @property
    def still_peers_is_yes(self) -> bool:
        """Say whether the question was put, and answered with yes."""
        return self.cleaned_data.get("still_peers") == YES


class AnswerForm(forms.Form):
    """Yes or no; `still_peers` comes with it where the question about power was put on the page."""

    answer = forms.ChoiceField(choices=[(YES, YES), (NO, NO)], error_messages={"required": _("Say yes or no.")})
    still_peers = forms.CharField(required=False, max_length=3)
