"""Taking something on while the session goes on, in one line of its live page."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from convening import actions, live
from convening.access import open_session_or_404
from convening.forms import CommitmentForm
from convening.live import will_do
from convening.models import Session
from learnpartner.htmx import render_page, wanted_partial
from partnerships.http import SignedInRequest
from records.actions import AlreadySent

from .live import live_address

# The part of the page that is answered with, so that nothing else of it is touched: somebody may type there.
PART = "will-do"


@require_http_methods(["GET", "HEAD", "POST"])
def live_will_do(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Write down who does what, perhaps by when; who is asked first is oneself. Asked for, it is the form."""
    session = open_session_or_404(request.reader, public_id)
    if session.space is None:
        raise PermissionDenied("Not in a space.")
    form = will_do.form_for(request, session)
    if request.method != "POST":
        return _page(request, session, form=form if will_do.takes_more(session) else None)
    if form.is_valid():
        try:
            actions.commit(
                session=session,
                what=form.cleaned_data["what"],
                doer=form.chosen(),
                due_on=form.cleaned_data["due_on"],
                by=request.user,
                key=form.cleaned_data["draft_key"],
            )
        except AlreadySent:
            form.begin_anew()
        except ValidationError as error:
            form.add_error(None, error)
            form.keep_as_draft()
        else:
            return _page(request, session, form=None, is_made=True)
    return _page(request, session, form=form, status=422)


def _page(
    request: SignedInRequest, session: Session, *, form: CommitmentForm | None, is_made: bool = False, status: int = 200
) -> HttpResponse:
    """Answer with this part alone where htmx asks for it; else with the live page around it, while there is one."""
    if wanted_partial(request, [PART]):
        context = {"session": session, "is_made": is_made, **will_do.shown(request, session, form=form)}
        return render_page(request, "convening/live/_will_do.html", context, partials={PART}, status=status)
    if form is None or (status == 200 and not session.is_live):
        return redirect(f"{live_address(session)}#{PART}")
    context = live.shown(request, session) | {"address": live_address(session)}
    context |= will_do.shown(request, session, form=form)
    return render_page(request, "convening/live.html", context, status=status)
