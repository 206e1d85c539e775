"""The writing box."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from desk.forms import KeptForm
from learnpartner.forms import LineField, Option, TextField
from partnerships.reader import Reader
from records.models import PersonLevel
from records.models.record import LONGEST_TEXT, LONGEST_TITLE
from reflections.audiences import ONE, ChoosesReaders
from reflections.models import Reflection

from .more import MoreForm

ONLY_ME = "me"


class NoteForm(MoreForm, KeptForm):
    """The words of a note, and what may be added to them."""

    field_order = ("text", "title")
    text = TextField(
        label=_("Your words"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"autofocus": True}),
        error_messages={"required": _("Write a few words first. A line is enough.")},
    )
    title = LineField(label=_("Title"), required=False, max_length=LONGEST_TITLE)

    def words(self) -> dict:
        """Return the record's columns as typed."""
        return {name: self.cleaned_data[name] for name in ("text", "title", "person_level", "happened_on")}


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
