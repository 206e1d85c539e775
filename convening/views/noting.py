"""What pages on which notes of a session are written share."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from convening.forms.noted import take_what_others_wrote
from convening.looking.rules import takes_notes
from convening.models import Session
from desk.conflicts import overtaken
from desk.forms import KeptForm
from desk.models import Draft
from partnerships.http import SignedInRequest


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
    """Show both texts where somebody saved first; `form` is made anew of what is saved, `before` is what it was.

    Where this note-taker has nothing else to say than what is saved, there is nothing to choose.
    """
    take_what_others_wrote(form, before=before, now=now)
    page = overtaken(form, version=version)
    if not page["differences"]:
        Draft.use(author=request.user, key=form.key, form=form.draft_form)
        return redirect(address_of(session))
    page["boxes"] = [row.field for row in page["differences"]]
    return note_page(request, session, status=409, **page, **context)
