"""The writing box."""

from dataclasses import replace

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learnpartner.forms import LineField, Option, TextField
from partnerships.reader import Reader
from records import beginnings, wholes
from records.forms.attachments import FilesForm
from records.links import words_to_keep
from records.models import PersonLevel
from records.models.record import LONGEST_TEXT, LONGEST_TITLE
from records.parts import Parts
from reflections.audiences import ONE, ChoosesReaders
from reflections.models import Reflection

from .answers import AnsweredForm, AnswersForm, PromptedForm, boxes_of
from .more import MoreForm, initial_of

ONLY_ME = "me"


class NoteForm(MoreForm, FilesForm, AnswersForm):
    """The words of a note, and what may be added to them."""

    field_order = ("text", "title")
    text = TextField(
        label=_("Your words"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"autofocus": True}),
        error_messages={"required": _("Write a few words first. A line is enough.")},
    )
    title = LineField(label=_("Title"), required=False, max_length=LONGEST_TITLE)

    def parts(self) -> Parts:
        """Return what hangs on the note, its files too."""
        return replace(super().parts(), files=self.said_of_files())

    def words(self) -> dict:
        """Return the record's columns as typed."""
        return {"text": self.cleaned_data["text"], "title": self.cleaned_data["title"], **self.columns()}


class AudienceWidget(forms.RadioSelect):
    """Radios that tell the page's script what the button says once they are chosen."""

    def create_option(self, name, value, label, *args, **kwargs):
        """Put the button's words beside the radio."""
        option = super().create_option(name, value, label, *args, **kwargs)
        option["attrs"]["data-button"] = label.button
        return option


class ReflectionForm(ChoosesReaders, PromptedForm, NoteForm):
    """A new note. It is always saved for oneself; choosing readers leads on to the page that shares."""

    draft_form = "reflection"
    audience = forms.ChoiceField(
        label=_("Who can read this?"),
        widget=AudienceWidget,
        initial=ONLY_ME,
        error_messages={"invalid_choice": _("You are not in that space. Choose again who can read this.")},
    )

    # What it is written within, such as a learning cycle.
    part_of = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)
    # What to do with the words that it begins with, where it begins with any.
    begun_hint: str | Promise = ""

    def __init__(self, request: HttpRequest, *, reader: Reader, about: str = "", one: str = "", space: str = ""):
        chosen = {"audience": ONE, "one": one} if one else {"audience": ONLY_ME}
        chosen["part_of"] = request.GET.get("part-of", "")[:12].replace("\0", "")
        super().__init__(request, about=about, initial={"person_level": PersonLevel.FIRST, **chosen})
        self.whole = wholes.whole_for(reader, self["part_of"].value() or "", slug=about)
        only_me = Option(
            _("Only me"), hint=_("Nobody else: no learning partner, no manager, no admin."), button=_("Save for me")
        )
        self.take_prompts(reader)
        self.take_more(reader, grown_from=request.GET.get("from", ""))
        self.offer_readers("audience", reader, first=about, before=((ONLY_ME, only_me),))
        if space in self.spaces and not self.kept_draft:
            self.initial["audience"] = space
        if one not in self.people and self.initial["audience"] == ONE and self.initial.get("one") == one:
            self.initial["audience"] = ONLY_ME

    def begin_with(self, quote: str) -> bool:
        """Begin with words from what the note grows from, by their public id; say whether its writer reads them.

        Their own words come below. One that is sent, or goes on as a draft, has begun already.
        """
        if self.is_bound or self.kept_draft:
            return True
        words = words_to_keep(self.reader, self.source, quote[:12].replace("\0", ""))
        if words is None:
            return False
        self._begin(words, hint=_("Your own words go below the quotation. Leave out who said it."))
        return True

    def begin_as(self, name: str, asked: QueryDict) -> bool:
        """Begin with the words and the sources that a room gives under that name; say whether there are any."""
        if self.is_bound or self.kept_draft:
            return True
        beginning = beginnings.find(name, self.reader, asked)
        if beginning is None:
            return False
        self.take_sources(beginning.sources)
        self._begin(beginning.words, hint=beginning.hint)
        return True

    def _begin(self, words: str, *, hint: str | Promise) -> None:
        self.begun_hint = hint
        self.initial["text"] = f"{words}\n\n"
        # The caret would stand before the words.
        self.fields["text"].widget.attrs["autofocus"] = False

    def words(self) -> dict:
        """Return what `write` takes: the words in one box, or what was answered to prompts."""
        words = super().words()
        return words if self.answered is None else words | {"text": "", "answered": self.answered}


class ReflectionEditForm(AnsweredForm, NoteForm):
    """A change to one's own note."""

    draft_form = "reflection-edit"

    def __init__(self, request: HttpRequest, *, reflection: Reflection):
        self.changes_record = reflection
        super().__init__(
            request,
            about=reflection.public_id,
            initial={
                **boxes_of(reflection),
                **initial_of(reflection),
                "title": reflection.title,
                "version": reflection.version,
            },
        )
        self.ask_again(reflection)
        self.take_more(request.reader, record=reflection)  # type: ignore[attr-defined]

    def words(self) -> dict:
        """Return the record's columns as typed; with prompts the text is made of the answers."""
        return super().words() | self.changes
