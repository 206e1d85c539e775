"""What pages on which notes of a session are written share."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from convening.looking.rules import takes_notes
from convening.models import Session
from desk.forms import KeptForm
from partnerships.http import SignedInRequest

from .saving import both_texts


def address_of(session: Session) -> str:
    """Return where on a session's page its notes stand."""
    return f"{session.get_absolute_url()}#looking-again"


def note_page(
    request: SignedInRequest, session: Session, form: KeptForm, *, template: str, status: int = 0, **context: Any
) -> HttpResponse:
    """Show the page on which a note is written."""
    context = {
        "form": form,
        "session": session,
        "partnership": session.partnership,
        "draft": form.kept_draft,
        "is_waiting": not takes_notes(request.reader, session),
        "keep": address_of(session),
    } | context
    return render(request, template, context, status=status or (422 if form.errors else 200))


def overtaken_page(
    request: SignedInRequest, session: Session, form: KeptForm, *, version: int, before: Any, now: Any, **context: Any
) -> HttpResponse:
    """Show both texts where somebody saved first, as `both_texts` takes them; or the session, where they are one."""
    page = both_texts(form, version=version, before=before, now=now, by=request.user)
    if page is None:
        return redirect(address_of(session))
    return note_page(request, session, status=409, **page, **context)
