"""Bringing something into the library, adding a version of it, and noting where it was used."""

from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from curating.access import origin_for, spaces_to_keep_in
from curating.models import BoundaryObject, ObjectVersion, Sort
from curating.models.objects import LONGEST_WHY
from curating.models.versions import LONGEST_CHANGE, LONGEST_USE
from desk.forms import KeptForm
from learnpartner.forms import DateField, LineField, Option, TextField, offer
from partnerships.models import Partnership
from partnerships.reader import Reader
from records.forms.attachments import PICTURE_TYPES, FilesForm, FilesInput
from records.models import Attachment
from records.models.record import LONGEST_TEXT, LONGEST_TITLE

DOCUMENT_TYPES = ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.csv"
HINTS = {
    Sort.PICTURE: _("What somebody drew, or took a picture of."),
    Sort.STORY: _("What happened, told so that others can find themselves in it."),
    Sort.FIGURES: _("What was counted, measured or found out, and how."),
    Sort.PLAN: _("How something is meant to be, or to work."),
    Sort.MAP: _("Who and what is in it, and what hangs on what."),
}


class SaidForm(FilesForm):
    """What something in the library is, why it matters, and the words, pictures or documents that it is made of."""

    voice = None  # type: ignore[assignment]
    title = LineField(
        label=_("What is it called?"),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Give it a name, in a few words.")},
    )
    sort = forms.ChoiceField(
        label=_("What is it?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose which of these comes nearest."),
            "invalid_choice": _("Choose one of these."),
        },
    )
    why = LineField(
        label=_("Why does it matter?"),
        max_length=LONGEST_WHY,
        help_text=_("One sentence, for somebody who sees it for the first time."),
        error_messages={"required": _("Say in one sentence why it matters.")},
    )
    text = TextField(
        label=_("In words"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=_(
            "The story itself, or what one needs to know to read it. Leave out names, and what would identify"
            " somebody you support."
        ),
    )
    photos = forms.FileField(
        label=_("Pictures"),
        required=False,
        help_text=_("Up to four: JPEG, PNG or WebP, 20 MB each. Where and when they were taken is left out."),
        widget=FilesInput({"accept": PICTURE_TYPES}),
    )
    documents = forms.FileField(
        label=_("Documents"),
        required=False,
        help_text=_(
            "Up to four: PDF, Word, Excel, PowerPoint, LibreOffice or CSV, without macros; 20 MB each, and 100 MB in"
            " one go with the pictures. They are kept as they are: a document may carry the name of who wrote it, and"
            " comments that were deleted."
        ),
        widget=FilesInput({"accept": DOCUMENT_TYPES}),
    )

    def __init__(self, request: HttpRequest, **kwargs: Any):
        super().__init__(request, **kwargs)
        offer(self, "sort", [(sort.value, Option(sort.label, hint=hint)) for sort, hint in HINTS.items()])

    def keep_files(self) -> None:
        """Keep what came along; what a document was called stands in its box, and is not sent back empty."""
        super().keep_files()
        boxes = {item.description.html_name: item.file.description for item in self.shown_files}
        self._say_again({name: words for name, words in boxes.items() if self.is_bound and name not in self.data})

    def _say_again(self, words: dict[str, str]) -> None:
        """Have the boxes hold these words, as if they had been sent."""
        if words:
            sent = QueryDict(mutable=True)
            sent.update(self.data)
            for name, value in words.items():
                sent[name] = value
            self.data = sent

    def clean(self) -> dict[str, Any]:
        """Ask for words or a file: a name alone is nothing to gather round."""
        typed = super().clean() or self.cleaned_data
        marked = [item for item in self.shown_files if not item.is_marked]
        wrong_files = self.has_error("photos") or self.has_error("documents")
        if "text" in typed and not (typed["text"] or marked or wrong_files):
            self.add_error("text", _("Say it in words, or add a picture or a document."))
        return typed

    def said(self) -> dict[str, Any]:
        """Return the columns of an object that the boxes hold."""
        return {name: self.cleaned_data[name] for name in ("title", "sort", "why", "text")}


class ObjectForm(SaidForm):
    """Something new for the library, in one of the spaces that one is in; where it is kept from words, in theirs."""

    draft_form = "boundary-object"
    space = forms.ChoiceField(
        label=_("Who can read it, and say how it reads to them"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who can read it."),
            "invalid_choice": _("You are not in that space. Choose one of these."),
        },
    )
    # What it is kept from: a response, or what was written for a session.
    origin_id = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)
    # What it is brought in within, such as a learning cycle.
    part_of = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)

    def __init__(self, request: HttpRequest, *, reader: Reader, partnership: Partnership):
        asked = origin_for(reader, partnership, request.GET.get("from", ""))
        begun = {"origin_id": asked.public_id if asked else ""}
        begun["part_of"] = request.GET.get("part-of", "")[:12].replace("\0", "")
        self.spaces = spaces_to_keep_in(reader, partnership)
        begun["space"] = next(iter(self.spaces), "")
        super().__init__(request, about=partnership.slug, initial=begun)
        # What was sent, or kept as a draft, may have been taken back since.
        is_older = self.is_bound or self.kept_draft
        self.origin = origin_for(reader, partnership, self["origin_id"].value() or "") if is_older else asked
        if self.origin and self.origin.space:
            # It stays where those are who could read what it is kept from.
            self.spaces = {key: row for key, row in self.spaces.items() if row.pk == self.origin.space_id}
            self.initial["space"] = self.origin.space.public_id
        options = [
            (key, Option(reader.who_reads(row), hint=", ".join(reader.names_of_others(row))))
            for key, row in self.spaces.items()
        ]
        offer(self, "space", options)

    def clean_origin_id(self) -> str:
        """Say so where what it is kept from was taken back meanwhile; saved once more, it stands by itself."""
        origin_id = self.cleaned_data["origin_id"]
        if origin_id and not self.origin:
            self._say_again({"origin_id": ""})
            raise forms.ValidationError(
                _("What you wanted to keep was taken back meanwhile. Save again, and this stands without it.")
            )
        return origin_id


class ObjectEditForm(SaidForm):
    """A new version, by anybody in its space, with a line on what changed."""

    draft_form = "boundary-object-edit"
    change = LineField(
        label=_("What changed, and why?"),
        max_length=LONGEST_CHANGE,
        help_text=_("In a line. It stands with this version."),
        error_messages={"required": _("Say in a line what changed, and why.")},
    )

    def __init__(self, request: HttpRequest, *, boundary_object: BoundaryObject, last: ObjectVersion | None):
        self.before = last.kept_files if last else []
        now = {name: getattr(boundary_object, name) for name in ("title", "sort", "why", "text", "version")}
        super().__init__(request, about=boundary_object.public_id, initial=now)

    def files_before(self) -> list[Attachment]:
        """Return the files that its last version shows; those of former ones stay there."""
        return list(self.before)


class UseForm(KeptForm):
    """Where it was used, in a line, and on which day."""

    draft_form = "boundary-object-use"
    line = LineField(
        label=_("Where was it used, and for what?"),
        max_length=LONGEST_USE,
        help_text=_("In a line, such as “On the wall at the commissioners’ away day”."),
        error_messages={"required": _("Say in a line where it was used.")},
    )
    used_on = DateField(label=_("On which day?"), error_messages={"required": _("Say on which day.")})

    def __init__(self, request: HttpRequest, *, boundary_object: BoundaryObject):
        super().__init__(request, about=boundary_object.public_id, initial={"used_on": timezone.localdate()})
