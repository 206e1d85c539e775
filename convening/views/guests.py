"""What a guest of a session sees and does: coming in, reading along, writing in silence. Nobody is signed in.

Whoever reads the session anyway is led to the members' page. Everybody else gets the same answer for an address that
never was, one that was turned off, and one that is not open yet.
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from convening import actions
from convening.forms.guests import ComeInForm, GuestChangeForm, GuestNoteForm
from convening.guests import (
    guest_link_or_404,
    guest_of,
    guest_or_404,
    key_of,
    lets_in,
    own_note_or_404,
    reads_it_anyway,
)
from convening.live.guest_page import agreed_in_short, box_of, own_unseen, shown_to, writings_for_guests
from convening.models import Guest, GuestLink
from learnpartner.htmx import render_page, wanted_partial
from partnerships.http import SignedInRequest


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def guest_join(request: SignedInRequest, token: str) -> HttpResponse:
    """Show what one is invited to and who reads what one writes there; a POST comes in. Looking changes nothing."""
    guest = guest_of(request, token)
    if guest and request.method != "POST":
        return redirect("convening:guest-live", guest.session.guest_link.token)
    link = (
        guest.session.guest_link if guest and lets_in(guest.session.guest_link) else guest_link_or_404(request, token)
    )
    return _door(request, link)


def _door(request: SignedInRequest, link: GuestLink) -> HttpResponse:
    session = link.session
    if reads_it_anyway(request.reader, session):
        return redirect("convening:session-live", session.public_id)
    form = ComeInForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.come_in(session=session, key=key_of(request), first_name=form.cleaned_data["first_name"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("convening:guest-live", link.token)
    context = {"session": session, "token": link.token, "form": form, "agreed": agreed_in_short(session)}
    return render(request, "convening/guest_join.html", context, status=422 if form.errors else 200)


@login_not_required
@require_safe
def guest_live(request: SignedInRequest, token: str) -> HttpResponse:
    """Show the session to a guest while it goes on; afterwards, that it is over; at the door, who has not come in.

    Asked with `?seen=` it answers 204 while nothing is new (`convening.live.polling`).
    """
    guest = guest_of(request, token)
    if guest and reads_it_anyway(request.reader, guest.session):
        return redirect("convening:session-live", guest.session.public_id)
    if guest:
        return _page(request, guest)
    if wanted_partial(request, ["live"]):
        # The page that asks is of a guest whom nobody knows any more: it is loaded anew, and shows no more than this.
        return HttpResponse(headers={"HX-Refresh": "true"})
    return _door(request, guest_link_or_404(request, token))


def _page(
    request: SignedInRequest, guest: Guest, *, form: GuestNoteForm | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    """Show the page as it is now, or that it is over; with what was sent, where something is wrong with it."""
    link = guest.session.guest_link
    context: dict[str, Any] = {"token": link.token, "problem": problem}
    if lets_in(link):
        context |= shown_to(request, guest, form=form)
        return render_page(request, "convening/guest_live.html", context, partials={"live"}, status=status)
    # What somebody was typing stays with them, and nothing else does.
    context |= {
        "is_over": guest.session.is_over,
        "unsent": form["text"].value() if form else "",
        "writings": [row.public_id for row in writings_for_guests(guest.session)],
    }
    return render_page(request, "convening/guest_over.html", context, partials={"live"}, status=status)


@login_not_required
@require_http_methods(["POST"])
def guest_write(request: SignedInRequest, token: str) -> HttpResponse:
    """Keep a note for the silent writing that goes on. Asked by htmx it answers with the box alone."""
    guest = guest_of(request, token)
    form = GuestNoteForm(request.POST)
    form.is_valid()
    asked = (
        [row for row in writings_for_guests(guest.session) if row.public_id == form["writing"].value()] if guest else []
    )
    if guest is None or not asked or "key" in form.errors:
        return _nothing_here(request)
    problem, said = "", form.cleaned_data
    if not form.errors:
        try:
            actions.write_as_guest(
                guest=guest, writing=said["writing"], text=said["text"], key=said["key"], knows=said["knows"]
            )
        except ValidationError as error:
            problem = " ".join(error.messages)
            if error.code == "shown":
                form.take_that_it_is_shown()
    wrong = form if form.errors or problem else None
    status = 422 if wrong else 200
    writing = asked[0]
    if wanted_partial(request, [f"box-{writing.public_id}"]):
        context = {"box": box_of(writing, wrong), "own": own_unseen(guest, writing), "problem": problem, "oob": True}
        context |= {"token": guest.session.guest_link.token, "kept": "" if wrong else _("Kept.")}
        return render(request, "convening/guest_box.html", context, status=status)
    if wrong:
        return _page(request, guest, form=wrong, problem=problem, status=status)
    return redirect("convening:guest-live", guest.session.guest_link.token)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def guest_note(request: SignedInRequest, token: str, public_id: str) -> HttpResponse:
    """Change a note of one's own that nobody else has seen, or delete it."""
    guest = guest_or_404(request, token)
    note = own_note_or_404(guest, public_id)
    form = GuestChangeForm(request.POST or None, initial={"text": note.text}, use_required_attribute=False)
    deletes = request.POST.get("do") == "delete"
    if request.method == "POST" and (deletes or form.is_valid()):
        try:
            if deletes:
                actions.delete_as_guest(note=note, guest=guest)
            else:
                actions.change_as_guest(note=note, guest=guest, text=form.cleaned_data["text"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("convening:guest-live", guest.session.guest_link.token)
    context = {"token": guest.session.guest_link.token, "note": note, "form": form}
    return render(request, "convening/guest_note.html", context, status=422 if form.errors else 200)


def _nothing_here(request: SignedInRequest) -> HttpResponse:
    """Answer as for every address that is not there, and give back what was typed: it stands nowhere else."""
    words = request.POST.get("text", "").strip()
    boxes = [{"label": _("Your words"), "words": words}] if words else []
    return render(request, "404.html", {"boxes": boxes}, status=404)
