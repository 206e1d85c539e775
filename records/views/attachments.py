"""Photos, voice notes and documents: sending one, taking it off again, and getting it."""

from typing import BinaryIO, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from desk.drafts import KEY
from partnerships.http import SignedInRequest
from records.access import attachment_or_404, may_edit, own_record_or_404
from records.actions.attachments import let_go_of_file
from records.attachments import serving
from records.attachments.keeping import keep_file
from records.attachments.reasons import TOO_LARGE
from records.attachments.said import Files
from records.forms.attachments import SHOWN, TAKE_OFF, FileInForm, describe
from records.models import Attachment, Record

# Documents come along with their form.
SENT_BY_SCRIPT = (Attachment.Kind.PHOTO, Attachment.Kind.VOICE)


@require_POST
def attachment_new(request: SignedInRequest) -> HttpResponse:
    """Take one file in, sent by the script of a form: the answer is how the form shows it, or what is wrong with it.

    Without the script files come along with the form itself (`records.forms.FilesForm`).
    """
    key, kind = request.POST.get("key", ""), request.POST.get("kind", "")
    file = request.FILES.get("file")
    if getattr(request, "files_refused", ()):
        return _in_words(TOO_LARGE)
    if file is None or not KEY.fullmatch(key) or kind not in SENT_BY_SCRIPT:
        return _in_words(_("No file arrived. Choose it again."))
    if request.POST.get("writer", request.user.public_id) != request.user.public_id:
        return _in_words(_("Not kept: somebody else is signed in here now."), status=403)
    record = None
    if request.POST.get("about"):
        record = own_record_or_404(request.reader, Record, request.POST["about"][:12].replace("\0", ""))
        if not may_edit(request.reader, record):
            raise Http404
    shown, taken_off = (frozenset(request.POST.getlist(name)[:20]) for name in (SHOWN, TAKE_OFF))
    files = Files(request.user, key, listed=shown, taken_off=taken_off)
    try:
        kept = keep_file(cast(BinaryIO, file), kind=kind, files=files, record=record)
    except ValidationError as error:
        return _in_words(" ".join(error.messages))
    item = FileInForm(kept, describe(forms.Form(), kept))
    return render(request, "records/_file_in_form.html", {"item": item, "just_sent": True})


def _in_words(words: object, *, status: int = 422) -> HttpResponse:
    return HttpResponse(str(words), content_type="text/plain; charset=utf-8", status=status)


@require_POST
def attachment_delete(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take one's own file off a form that is not saved yet, sent by the form's script; it is gone for good."""
    attachment = attachment_or_404(request.reader, public_id)
    if not let_go_of_file(attachment=attachment, by=request.user):
        raise Http404
    return HttpResponse(_("Taken off."), content_type="text/plain; charset=utf-8")


@require_safe
def attachment_large(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show one photo as large as the page, with what can be seen on it in words, and the way back."""
    attachment = attachment_or_404(request.reader, public_id)
    if not attachment.is_photo:
        raise Http404
    return render(request, "records/attachment_large.html", {"file": attachment, "record": attachment.record})


@require_safe
def attachment_file(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Answer with a file, whole or in part. A document is never shown: whoever gets it keeps it."""
    return _file(request, attachment_or_404(request.reader, public_id))


@require_safe
def attachment_small(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Answer with the small picture of a photo; with the photo itself until that is made."""
    attachment = attachment_or_404(request.reader, public_id)
    if not attachment.is_photo:
        raise Http404
    return _file(request, attachment, small=attachment.small_made_at is not None)


def _file(request: SignedInRequest, attachment: Attachment, *, small: bool = False) -> HttpResponse:
    """Answer with the file of an attachment that came through the door."""
    tag = f'"{attachment.public_id}{"-small" if small else ""}"'
    name, size = (attachment.small_name, attachment.small_size) if small else (attachment.name, attachment.size)
    media_type = "image/jpeg" if small else attachment.media_type
    try:
        return serving.answer(request, name=name, tag=tag, size=size, media_type=media_type)
    except FileNotFoundError:
        # A database that was restored without its files.
        raise Http404
    except OSError:
        return _in_words(_("This file cannot be read just now. Try again in a moment."), status=503)
