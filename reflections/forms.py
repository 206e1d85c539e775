"""The writing box, and the page that shares."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from desk.forms import KeptForm
from learnpartner.forms import DateField, LineField, Option, TextField, offer
from partnerships.reader import Reader
from records.attribution import Choice
from records.forms import TagsField
from records.models import PersonLevel
from records.models.record import LONGEST_TEXT, LONGEST_TITLE

from .audiences import ONE, ChoosesReaders
from .models import Reflection

ONLY_ME = "me"


def level_choices() -> list[tuple[int, Option]]:
    """Return the person levels with a line on each."""
    hints = {
        PersonLevel.FIRST: _("What I did, saw or thought."),
        PersonLevel.SECOND: _("What we are finding out together."),
        PersonLevel.THIRD: _("What may matter to people we have not met."),
    }
    choices = []
    for level in PersonLevel:
        choices.append((level.value, Option(level.label, hint=hints[level], level=level.value)))
    return choices


class NoteForm(KeptForm):
    """The words of a note, and what may be added to them."""

    text = TextField(
        label=_("Your words"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"autofocus": True}),
        error_messages={"required": _("Write a few words first. A line is enough.")},
    )
    title = LineField(label=_("Title"), required=False, max_length=LONGEST_TITLE)
    person_level = forms.TypedChoiceField(
        label=_("Whose learning is this?"), coerce=int, widget=forms.RadioSelect, choices=level_choices
    )
    happened_on = DateField(label=_("When did it happen?"), required=False)
    tags = TagsField(
        label=_("Tags"),
        required=False,
        max_length=1000,
        help_text=_("Words to find it by, with commas between them."),
    )

    def words(self) -> dict:
        """Return the record's columns as typed."""
        return {name: self.cleaned_data[name] for name in ("text", "title", "person_level", "happened_on")}

    @property
    def has_more(self) -> bool:
        """Say whether something in the folded section is wrong or filled, so that it stands open."""
        return any(self.errors.get(name) or self[name].value() for name in ("tags", "happened_on")) or bool(
            self.errors.get("person_level")
        )


class AudienceWidget(forms.RadioSelect):
    """Radios that tell the page's script what the button says once they are chosen."""

    def create_option(self, name, value, label, *args, **kwargs):
        """Put the button's words beside the radio."""
        option = super().create_option(name, value, label, *args, **kwargs)
        option["attrs"]["data-button"] = label.button
        return option


class ReflectionForm(ChoosesReaders, NoteForm):
    """A new note. It is always saved for oneself; choosing readers leads on to the page that shares."""

    draft_form = "reflection"
    audience = forms.ChoiceField(
        label=_("Who can read this?"),
        widget=AudienceWidget,
        initial=ONLY_ME,
        error_messages={"invalid_choice": _("You are not in that space. Choose again who can read this.")},
    )

    def __init__(self, request: HttpRequest, *, reader: Reader, about: str = "", one: str = ""):
        chosen = {"audience": ONE, "one": one} if one else {"audience": ONLY_ME}
        super().__init__(request, about=about, initial={"person_level": PersonLevel.FIRST, **chosen})
        only_me = Option(
            _("Only me"), hint=_("Nobody else: no learning partner, no manager, no admin."), button=_("Save for me")
        )
        self.offer_readers("audience", reader, first=about, before=((ONLY_ME, only_me),))
        if one not in self.people and self.initial["audience"] == ONE and self.initial.get("one") == one:
            self.initial["audience"] = ONLY_ME


class ReflectionEditForm(NoteForm):
    """A change to one's own note."""

    draft_form = "reflection-edit"

    def __init__(self, request: HttpRequest, *, reflection: Reflection):
        super().__init__(
            request,
            about=reflection.public_id,
            initial={
                "text": reflection.text,
                "title": reflection.title,
                "person_level": reflection.person_level,
                "happened_on": reflection.happened_on,
                "tags": ", ".join(reflection.tags.order_by("name").values_list("name", flat=True)),
                "version": reflection.version,
            },
        )


class SpaceForm(ChoosesReaders):
    """Choosing the space to share with, or the one person."""

    space = forms.ChoiceField(label=_("Who shall read it?"), widget=forms.RadioSelect)

    def __init__(self, data, *, reader: Reader):
        super().__init__(data, use_required_attribute=False)
        self.offer_readers("space", reader)
        self.fields["space"].error_messages = {
            "required": _("Choose who shall read it."),
            "invalid_choice": _("You are not in that space. Choose one of these."),
        }


class ShareForm(forms.Form):
    """The last step: how one is named, and the version that was looked at. The readers come from the form before."""

    attribution = forms.ChoiceField(label=_("How are you named?"), widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data, *, choices: list[Choice]):
        super().__init__(data, use_required_attribute=False)
        offered = [choice for choice in choices if choice.is_offered]
        offer(self, "attribution", [(choice.value, Option(choice.label, hint=choice.shown_as)) for choice in offered])
        self.fields["attribution"].error_messages = {
            "required": _("Choose how you are named."),
            "invalid_choice": _("That is not offered here. Choose again how you are named."),
        }
