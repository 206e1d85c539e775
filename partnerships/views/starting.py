"""Starting a partnership, throwing a draft away, the first steps, and rooms that open when they are needed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from desk.models import Draft
from partnerships import actions, rooms
from partnerships.access import membership_or_404
from partnerships.forms.starting import StartForm
from partnerships.http import SignedInRequest
from partnerships.models import Partnership
from partnerships.permissions import may_start

from .saving import settings_membership


@require_http_methods(["GET", "HEAD", "POST"])
def partnership_new(request: SignedInRequest) -> HttpResponse:
    """Start a partnership: a draft, which nobody but its starter sees until somebody is invited."""
    if not may_start(request.user):
        raise PermissionDenied("May not start a partnership.")
    form = StartForm(request)
    if request.method == "POST" and form.is_valid():
        try:
            partnership = _start_once(request, form)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if partnership:
                return redirect(partnership)
            form.begin_anew()
    status = 422 if form.errors else 200
    return render(request, "partnerships/partnership_new.html", {"form": form}, status=status)


@transaction.atomic
def _start_once(request: SignedInRequest, form: StartForm) -> Partnership | None:
    """Start it, once per opened form: a repeated POST gets the one that the first made, other words None."""
    if Draft.use(author=request.user, key=form.cleaned_data["draft_key"], form=form.draft_form):
        return actions.start_partnership(by=request.user, **form.chosen)
    words = {name: form.cleaned_data[name] for name in ("name", "purpose")}
    return Partnership.objects.filter(started_by=request.user, **words).order_by("-pk").first()


@require_http_methods(["GET", "HEAD", "POST"])
def partnership_delete(request: SignedInRequest, slug: str) -> HttpResponse:
    """Throw one's own draft away for good, after a page that says what goes."""
    partnership = settings_membership(request, slug).partnership
    if not partnership.is_draft:
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            actions.throw_away(partnership=partnership, by=request.user)
        except ValidationError as error:
            problem = " ".join(error.messages)
        else:
            messages.success(request, _("The draft is gone."))
            return redirect("partnerships:partnership-list")
    context = {"partnership": partnership, "problem": problem}
    return render(request, "partnerships/partnership_delete.html", context, status=409 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def steps_close(request: SignedInRequest, slug: str) -> HttpResponse:
    """Put the first steps away, done or not."""
    partnership = settings_membership(request, slug).partnership
    if request.method == "POST":
        actions.put_steps_away(partnership=partnership, by=request.user)
        return redirect(partnership)
    return render(request, "partnerships/steps_close.html", {"partnership": partnership})


@require_http_methods(["GET", "HEAD", "POST"])
def room_open(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the rooms that nobody has needed yet, and open one for all members."""
    partnership = membership_or_404(request.reader, slug).partnership
    offered = {room.key: room for room in rooms.rooms_to_open(request.reader, partnership)}
    if request.method == "POST":
        key = request.POST.get("room", "")
        room = offered.get(key) or next((row for row in rooms.all_rooms() if row.key == key and not row.always), None)
        if room is None:
            return redirect("partnerships:room-open", slug)
        actions.open_room(partnership=partnership, key=key, by=request.user)
        return redirect(reverse(room.url_name, args=[slug]))
    context = {
        "partnership": partnership,
        "rooms": [
            {"key": room.key, "name": rooms.word_of(room, partnership), "line": room.line} for room in offered.values()
        ],
    }
    return render(request, "partnerships/room_open.html", context)
