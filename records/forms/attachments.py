"""Photos and a voice note, in any form that keeps drafts."""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from desk.forms import KeptForm
from learnpartner.forms import TextField
from records.attachments.keeping import FIELDS, keep_all
from records.attachments.limits import MOST_DOCUMENTS, MOST_PHOTOS, MOST_VOICE_NOTES
from records.attachments.said import Files
from records.models import Attachment, Record
from records.models.attachment import LONGEST_DESCRIPTION

# Hidden beside each file that the form shows, and the box to take it off as the form is saved.
SHOWN, TAKE_OFF = "shown_file", "take_off"
DESCRIPTION = "description_"
LABELS = {
    Attachment.Kind.PHOTO: _("What can be seen, for those who cannot see it"),
    Attachment.Kind.VOICE: _("What is said, for those who cannot hear it"),
    Attachment.Kind.DOCUMENT: _("What it is"),
}
HINTS = {
    Attachment.Kind.PHOTO: _("A line is enough. Leave out names."),
    Attachment.Kind.VOICE: _("A line, or all of it."),
    Attachment.Kind.DOCUMENT: _("It is called by its first line. Leave out names."),
}
PICTURE_TYPES = "image/jpeg,image/png,image/webp"
SOUND_TYPES = "audio/*,.m4a,.mp3,.wav,.ogg,.oga,.opus,.weba,.webm"


@dataclass(frozen=True)
class FileInForm:
    """A file as a form shows it: with the box for its description, and whether it is to be taken off."""

    file: Attachment
    description: forms.BoundField
    is_marked: bool = False


class FilesInput(forms.FileInput):
    """A box to choose several files in."""

    allow_multiple_selected = True


def describe(form: forms.Form, file: Attachment) -> forms.BoundField:
    """Add the box for the description of a file to a form, and return it."""
    kind = Attachment.Kind(file.kind)
    name = f"{DESCRIPTION}{file.public_id}"
    widget = forms.Textarea({"rows": 2})
    form.fields[name] = TextField(
        label=LABELS[kind], help_text=HINTS[kind], required=False, max_length=LONGEST_DESCRIPTION, widget=widget
    )
    form.initial.setdefault(name, file.description)
    return form[name]


class FilesForm(KeptForm):
    """A form that may bring files along. They are kept at once under its key, whatever else is wrong with it.

    `changes_record` is the record that the form changes, if there is one.
    """

    changes_record: Record | None = None
    photos = forms.FileField(
        label=_("Photos"),
        required=False,
        help_text=_("Up to four: JPEG, PNG or WebP, 20 MB each. Where and when they were taken is left out."),
        widget=FilesInput({"accept": PICTURE_TYPES}),
    )
    voice = forms.FileField(
        label=_("Voice note"),
        required=False,
        help_text=_("Up to ten minutes: M4A, MP3, WAV, Ogg or WebM, 20 MB."),
        widget=forms.FileInput({"accept": SOUND_TYPES, "capture": True}),
    )

    def __init__(self, request: HttpRequest, **kwargs: Any):
        super().__init__(request, **kwargs)
        self.request = request
        self._look_for_files()

    def _look_for_files(self) -> None:
        """Find the files that the form shows: those on its record, and those sent with it so far."""
        rows = self.files_before()
        if self.is_bound or self.kept_draft:
            rows += Attachment.objects.in_form(self.person, key=self.key, listed=self._sent(SHOWN))
        marked = self._sent(TAKE_OFF)
        rows.sort(key=lambda row: (row.kind, row.pk))
        self.shown_files = [FileInForm(row, describe(self, row), row.public_id in marked) for row in rows]

    def files_before(self) -> list[Attachment]:
        """Return the files that hang on the record which the form changes."""
        record = self.changes_record
        return list(record.attachments.all()) if record and (record.photo_count or record.has_voice_note) else []

    def _sent(self, name: str) -> frozenset[str]:
        """Return the public ids that the form sent, or that its draft kept, under a name."""
        if self.is_bound:
            values = self.data.getlist(name)  # type: ignore[attr-defined]
        else:
            values = self.kept_draft.data.get(name, []) if self.kept_draft else []
        most = 2 * (MOST_PHOTOS + MOST_VOICE_NOTES + MOST_DOCUMENTS)
        return frozenset(value[:12].replace("\0", "") for value in values[:most])

    @property
    def in_short(self) -> Files:
        """Return which files the form shows, and which of them it takes off."""
        return Files(self.person, self.key, listed=self._sent(SHOWN), taken_off=self._sent(TAKE_OFF))

    def keep_files(self) -> None:
        """Keep what came along with the form, or say beside the box why not. On a GET there is nothing to keep."""
        if not self.is_bound or self.has_error("draft_writer"):
            return
        fields = {kind: name for kind, name in FIELDS.items() if name in self.fields}
        for name, error in keep_all(self.request, files=self.in_short, record=self.changes_record, fields=fields):
            self.add_error(name, error)
        self._look_for_files()

    def said_of_files(self) -> Files:
        """Return what the form says of its files, as typed."""
        typed = {
            name.removeprefix(DESCRIPTION): words
            for name, words in self.cleaned_data.items()
            if name.startswith(DESCRIPTION)
        }
        return replace(self.in_short, descriptions=typed)

    def begin_anew(self) -> None:
        """Take a new key, and the files along that came after the form was saved."""
        before = self.key
        super().begin_anew()
        Attachment.objects.waiting(self.person).filter(draft_key=before).update(draft_key=self.key)

    def take_version(self, version: int | str) -> None:
        """Stand on another version of the record, and take the files along where that takes another key."""
        before = self.key
        super().take_version(version)
        if self.key != before:
            Attachment.objects.waiting(self.person).filter(draft_key=before).update(draft_key=self.key)

    @property
    def boxes_of_files(self) -> set[str]:
        """Return the names of the boxes that stand with the files: to choose them in, and what can be seen on each."""
        return {*FIELDS.values(), *(item.description.name for item in self.shown_files)}

    @property
    def has_files(self) -> bool:
        """Say whether the place for files stands open: it holds some, or something is wrong there."""
        return bool(self.shown_files or any(self.has_error(name) for name in FIELDS.values()))
