"""Offering something for an agenda, and answering what was offered."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from convening import actions
from convening.access import hosted_session_or_404, open_session_or_404
from convening.forms import AgendaDeclineForm, AgendaOfferForm
from convening.models import AgendaOffer, Session
from partnerships.http import SignedInRequest
from records.saving import is_saved

from .agenda import address_of


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_offer_new(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Offer something for the agenda of a session of a space that one is in."""
    session = open_session_or_404(request.reader, public_id)
    form = AgendaOfferForm(request, reader=request.reader, session=session)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["draft_key"]
        if is_saved(form, lambda: actions.offer_item(session=session, words=form.words(), by=request.user, key=key)):
            messages.success(request, _("Offered. The host says what becomes of it, and you see it here."))
            return redirect(f"{session.get_absolute_url()}#agenda-part")
    context = {"session": session, "partnership": session.partnership, "form": form, "draft": form.kept_draft}
    return render(request, "convening/agenda_offer_new.html", context, status=422 if form.errors else 200)


@require_POST
def agenda_offer_accept(request: SignedInRequest, public_id: str, offer_id: str) -> HttpResponse:
    """Put an offer on the agenda, before the close."""
    session = hosted_session_or_404(request.reader, public_id)
    try:
        actions.accept_offer(offer=_offer_or_404(session, offer_id), by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("It is on the agenda now, and all in the space read it."))
    return redirect(address_of(session))


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_offer_decline(request: SignedInRequest, public_id: str, offer_id: str) -> HttpResponse:
    """Decline an offer, with a line to who offered it."""
    session = hosted_session_or_404(request.reader, public_id)
    offer = _offer_or_404(session, offer_id)
    form = AgendaDeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decline_offer(offer=offer, answer=form.cleaned_data["answer"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Declined. They see your line where they see their offer."))
            return redirect(address_of(session))
    context = {"session": session, "partnership": session.partnership, "form": form, "offer": offer}
    return render(request, "convening/agenda_offer_decline.html", context, status=422 if form.errors else 200)


@require_POST
def agenda_offer_take_back(request: SignedInRequest, public_id: str, offer_id: str) -> HttpResponse:
    """Take one's own offer back while it waits."""
    session = open_session_or_404(request.reader, public_id)
    offer = AgendaOffer.objects.filter(session=session, public_id=offer_id, offered_by=request.user).first()
    if offer is None:
        raise Http404
    try:
        actions.take_offer_back(offer=offer, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Taken back. Nobody reads it any more."))
    return redirect(f"{session.get_absolute_url()}#agenda-part")


def _offer_or_404(session: Session, public_id: str) -> AgendaOffer:
    """Return an offer that the host of its session may know of: not one that was taken back, or of who has left."""
    if session.space is None:
        raise PermissionDenied("Not in a space.")
    here = session.space.members().values("person")
    known = AgendaOffer.objects.filter(session=session, offered_by__in=here)
    offer = known.exclude(state=AgendaOffer.State.TAKEN_BACK).select_related("offered_by").filter(public_id=public_id)
    found = offer.first()
    if found is None:
        raise Http404
    return found
