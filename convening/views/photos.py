"""Photos of what stood on the wall: adding one, and taking it off."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from convening import actions
from convening.access import open_session_or_404
from convening.forms import PhotoForm
from convening.models import Session
from convening.photos import may_take_off
from partnerships.http import SignedInRequest
from records.actions import AlreadySent

from .live import live_address


@require_http_methods(["GET", "HEAD", "POST"])
def photo_new(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Add a photo to a session: one file, and a line on what can be seen."""
    session = open_session_or_404(request.reader, public_id)
    if session.space is None:
        raise PermissionDenied("Not in a space.")
    form = PhotoForm(request, session=session)
    form.keep_files()
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_photo(
                session=session, files=form.said_of_files(), by=request.user, key=form.cleaned_data["draft_key"]
            )
        except AlreadySent:
            form.begin_anew()
        except ValidationError as error:
            form.add_error(None, error)
            form.keep_as_draft()
        else:
            return redirect(_back(session))
    context = {"form": form, "session": session, "partnership": session.partnership, "draft": form.kept_draft}
    context |= {"back": _back(session)}
    return render(request, "convening/photo_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def photo_remove(request: SignedInRequest, public_id: str, photo_id: str) -> HttpResponse:
    """Take a photo off for good, after a page that shows it once more."""
    session = open_session_or_404(request.reader, public_id)
    photo = session.attachments.filter(public_id=photo_id, kind="photo").first()
    if photo is None:
        raise Http404
    if not may_take_off(request.reader, session, photo):
        raise PermissionDenied("Neither who added it, nor the host.")
    if request.method == "POST":
        actions.take_photo_off(session=session, photo=photo, by=request.user)
        messages.success(request, _("Taken off, and deleted for good."))
        return redirect(_back(session))
    context = {"photo": photo, "session": session, "partnership": session.partnership, "back": _back(session)}
    return render(request, "convening/photo_remove.html", context)


def _back(session: Session) -> str:
    """Return where the photos are seen: on the live page while that is open, then on the session's."""
    page = live_address(session) if session.is_live else session.get_absolute_url()
    return f"{page}#photos"
