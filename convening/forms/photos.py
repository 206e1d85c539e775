"""A photo of what stands on the wall, with a line on what can be seen on it."""

from typing import BinaryIO, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from convening.models import Session
from learnpartner.forms import LineField
from records.attachments.keeping import keep_file
from records.attachments.reasons import TOO_LARGE
from records.attachments.said import Files
from records.forms.attachments import SHOWN, FilesForm
from records.models import Attachment

LONGEST_LINE = 300


class PhotoForm(FilesForm):
    """One photo and a line of words. The photo is kept at once, so that nobody has to take it again.

    While the session goes on a telephone opens its camera; afterwards one looks for the picture that was taken.
    """

    draft_form = "session-photo"
    voice = None  # type: ignore[assignment]
    photos = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_("Up to 20 MB. Where and when it was taken is left out."),
        widget=forms.FileInput({"accept": "image/*"}),
    )
    text = LineField(
        label=_("What can be seen, in a line"),
        max_length=LONGEST_LINE,
        help_text=_("For those who cannot see it, and so that it is found again. Leave out names."),
        error_messages={"required": _("Say in a line what can be seen.")},
    )
    field_order = ("photos", "text")

    # The photo that the form holds by now, and those that it was chosen in place of.
    photo: Attachment | None = None
    let_go: frozenset[str] = frozenset()

    def __init__(self, request: HttpRequest, *, session: Session):
        self.session = session
        super().__init__(request, about=session.public_id)
        if session.is_live:
            self.fields["photos"].widget.attrs["capture"] = "environment"

    def keep_files(self) -> None:
        """Keep the photo that came along, or say beside its box why not; and that there is none, where that is so."""
        if not self.is_bound or self.has_error("draft_writer"):
            return
        problem, kept = None, None
        for file in self.request.FILES.getlist("photos")[:1]:
            try:
                kept = keep_file(cast(BinaryIO, file), kind="photo", files=self.in_short)
            except ValidationError as error:
                problem = error
        if "photos" in getattr(self.request, "files_refused", ()):
            problem = ValidationError(TOO_LARGE, code="unreadable")
        self._look_for_files(kept)
        if problem or not self.photo:
            self.add_error("photos", problem or ValidationError(_("Choose a photo first."), code="required"))

    def said_of_files(self) -> Files:
        """Return the photo with its line, and that it stands in place of those chosen before."""
        words = {self.photo.public_id: self.cleaned_data["text"]} if self.photo else {}
        return Files(self.person, self.key, listed=self._sent(SHOWN), taken_off=self.let_go, descriptions=words)

    def _look_for_files(self, kept: Attachment | None = None) -> None:
        """Find the photo that the form holds: the one just sent, or sent before; once it was saved, on the session."""
        self.shown_files = []
        if not (self.is_bound or self.kept_draft):
            return
        listed = self._sent(SHOWN)
        waiting = Attachment.objects.in_form(self.person, key=self.key, listed=listed).filter(kind="photo")
        rows = list(waiting.order_by("pk"))
        on_session = Attachment.objects.filter(record=self.session.pk, owner=self.person, public_id__in=listed)
        self.photo = kept or (rows[-1] if rows else on_session.first())
        self.let_go = frozenset(row.public_id for row in rows if row != self.photo)
