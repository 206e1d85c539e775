"""Starting a partnership, and saying what it is."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from desk.forms import KeptForm
from learnpartner.forms import LineField, Option, TextField, offer
from partnerships.http import SignedInRequest
from partnerships.models import Affiliation, Organisation, Partnership, Role

LONGEST_PURPOSE = 500

KIND_HINTS: dict[str, str | Promise] = {
    Partnership.Kind.LEARNING: _("People of one or several organisations learn together about one piece of work."),
    Partnership.Kind.COMMUNITY: _("People who do the same work in different places learn from each other."),
    Partnership.Kind.SUPERVISION: _("Learning partners talk about their own work with a supervisor."),
}


def kind_choices() -> list[tuple[str, Option]]:
    """Return the kinds of partnership, each with what it is for."""
    return [(kind.value, Option(kind.label, hint=KIND_HINTS[kind])) for kind in Partnership.Kind]


class WhatItIs(KeptForm):
    """Name, purpose and kind: the same when a partnership is started, and when they are changed."""

    name = LineField(
        label=_("What it is called"), max_length=120, error_messages={"required": _("Please give it a name.")}
    )
    purpose = TextField(
        label=_("What it is for, in two sentences"),
        required=False,
        max_length=LONGEST_PURPOSE,
        help_text=_("Say why you come together, as you would say it to somebody at the door. It can be changed."),
        widget=forms.Textarea({"rows": 4}),
    )
    kind = forms.ChoiceField(label=_("What kind it is"), choices=kind_choices, widget=forms.RadioSelect)


class StartForm(WhatItIs):
    """A new partnership, and who starts it."""

    draft_form = "partnership"
    role = forms.ChoiceField(
        label=_("Your role in it"),
        choices=[("", _("Choose one")), *Role.choices],
        error_messages={"required": _("Please choose the role in which you take part.")},
    )
    own_words = LineField(
        label=_("Your role in your own words"),
        required=False,
        max_length=120,
        help_text=_("Such as “policy lead, national programme”."),
    )
    organisation = forms.ChoiceField(label=_("Your organisation in it"), required=False)
    parent = forms.ChoiceField(
        label=_("It lies within"),
        required=False,
        help_text=_("Its members are told where it lies. Nobody reads there by it, nor here."),
    )

    def __init__(self, request: SignedInRequest):
        mine = Affiliation.objects.of(request.user).current().select_related("organisation")
        self.organisations: dict[str, Organisation] = {
            row.organisation.public_id: row.organisation for row in mine.order_by("organisation__name")
        }
        # Who works for one organisation takes part from there, unless they say otherwise.
        only = next(iter(self.organisations), "") if len(self.organisations) == 1 else ""
        super().__init__(request, initial={"kind": Partnership.Kind.LEARNING, "organisation": only})
        self.parents = {row.slug: row for row in request.reader.partnerships}
        named = [(key, row.name) for key, row in self.organisations.items()]
        offer(self, "organisation", [("", _("None: I take part for myself")), *named])
        offer(self, "parent", [("", _("None")), *[(slug, row.name) for slug, row in self.parents.items()]])
        for name, choices in (("organisation", self.organisations), ("parent", self.parents)):
            if not choices:
                del self.fields[name]

    @property
    def chosen(self) -> dict:
        """Return what `start_partnership` takes."""
        words = self.cleaned_data
        return {
            **{name: words[name] for name in ("name", "purpose", "kind", "role", "own_words")},
            "organisation": self.organisations.get(words.get("organisation", "")),
            "parent": self.parents.get(words.get("parent", "")),
        }


class PurposeForm(WhatItIs):
    """A change of name, purpose or kind."""

    draft_form = "purpose-edit"

    def __init__(self, request: SignedInRequest, partnership: Partnership):
        initial = {name: getattr(partnership, name) for name in ("name", "purpose", "kind", "version")}
        super().__init__(request, about=partnership.slug, initial=initial)
