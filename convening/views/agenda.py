"""Planning an agenda, as the host: what to begin with, items, their order."""

from contextlib import suppress

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from convening import actions
from convening.access import hosted_session_or_404
from convening.agenda.finding import find, offered
from convening.agenda.looked_at import record_on
from convening.agenda.reading import agenda_of, may_keep, offers_shown
from convening.forms import AgendaBeginForm, AgendaItemEditForm, AgendaItemForm, SessionForm
from convening.models import AgendaItem, Session
from desk.conflicts import overtaken
from learnpartner.htmx import render_page, wanted_partial
from partnerships.http import SignedInRequest
from partnerships.models import Partnership
from records import agenda as registry
from records.actions import StaleVersion
from records.saving import is_saved


@require_safe
def agenda_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show the agenda with all that its host does with it: order, items, offers, what to begin with."""
    return agenda_page(request, hosted_session_or_404(request.reader, public_id))


def agenda_page(
    request: SignedInRequest, session: Session, *, problem: str = "", moved: str = "", status: int = 200
) -> HttpResponse:
    """Show the page on which an agenda is planned, or its list alone where htmx asks for that.

    `moved` is the public id of an item that was moved just now.
    """
    context = {
        "session": session,
        "partnership": session.partnership,
        "agenda": agenda_of(session),
        "agendas": offered(request.reader, partnership_of(session)),
        "may_keep": may_keep(request.reader, session),
        "problem": problem,
        "moved": moved,
        "waiting": registry.waiting(request.reader, session.space) if session.space and session.takes_words else [],
        **offers_shown(request.reader, session),
    }
    return render_page(request, "convening/agenda_edit.html", context, partials={"agenda"}, status=status)


def partnership_of(session: Session) -> Partnership:
    """Return the partnership in which a session stands; each is in one of its spaces."""
    if session.partnership is None:
        raise Http404
    return session.partnership


def address_of(session: Session) -> str:
    """Return the page on which the agenda is planned."""
    return reverse("convening:agenda-edit", args=[session.public_id])


@require_POST
def agenda_begin(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Begin an empty agenda with one of those that are there."""
    session = hosted_session_or_404(request.reader, public_id)
    form = AgendaBeginForm(request.POST, agendas=offered(request.reader, partnership_of(session)))
    if not form.is_valid():
        return agenda_page(request, session, problem=" ".join(map(str, form.errors["agenda"])), status=422)
    try:
        actions.begin_agenda(session=session, agenda=form.chosen(), by=request.user)
    except ValidationError as error:
        return agenda_page(request, session, problem=" ".join(error.messages), status=422)
    return redirect(address_of(session))


def begin_with(request: SignedInRequest, form: SessionForm, session: Session) -> None:
    """Give a session that was just convened the agenda that was chosen, or that of the session it was copied from.

    Sent twice, it has one by then.
    """
    if session.host_id != request.user.pk or agenda_of(session).rows:
        return
    chosen = find(request.reader, partnership_of(session), form.cleaned_data["agenda"])
    readable = Session.objects.visible_to(request.reader).with_words_for(request.reader).standing()
    source = readable.filter(public_id=form.cleaned_data["like"]).first()
    # Cancelled by now, or begun in another window.
    with suppress(ValidationError):
        if chosen:
            actions.begin_agenda(session=session, agenda=chosen, by=request.user)
        elif source:
            actions.copy_agenda(source=source, target=session, by=request.user)


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_item_new(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Add an item. It stands where its kind belongs, and can be moved from there.

    `?about=` begins with something that waits to be looked at together.
    """
    session = hosted_session_or_404(request.reader, public_id)
    wanted = request.GET.get("about", "")
    found = registry.find_waiting(request.reader, session.space, wanted) if wanted and session.space else None
    begun = {"kind": found.kind, "title": found.title, "of_record": found.public_id} if found else None
    form = AgendaItemForm(request, reader=request.reader, session=session, initial=begun)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["draft_key"]
        words = form.words() | {"about": record_on(request.reader, session, form.cleaned_data["of_record"])}
        if is_saved(form, lambda: actions.add_item(session=session, words=words, by=request.user, key=key)):
            return redirect(address_of(session))
    return _item_page(request, session, form, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_item_edit(request: SignedInRequest, public_id: str, item_id: str) -> HttpResponse:
    """Change an item; both are shown where somebody saved it meanwhile, and where it was removed it can be added."""
    session = hosted_session_or_404(request.reader, public_id)
    item = AgendaItem.objects.filter(session=session, public_id=item_id).first()
    if item is None:
        return _gone_page(request, session)
    form = AgendaItemEditForm(request, reader=request.reader, session=session, item=item)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_item(
                session=session,
                item=item,
                version=form.cleaned_data["version"] or 0,
                words=form.words(),
                by=request.user,
                key=form.cleaned_data["draft_key"],
            )
        except StaleVersion:
            item.refresh_from_db()
            anew = AgendaItemEditForm(request, reader=request.reader, session=session, item=item)
            stale = overtaken(anew, version=item.version) | {"item": item}
            return _item_page(request, session, anew, stale, status=409)
        except actions.ItemGone:
            return _gone_page(request, session)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(address_of(session))
    return _item_page(request, session, form, {"item": item}, status=422 if form.errors else 200)


def _gone_page(request: SignedInRequest, session: Session) -> HttpResponse:
    """Give the words back that were typed for an item which somebody removed meanwhile: it can be added anew."""
    if request.method != "POST":
        raise Http404
    form = AgendaItemForm(request, reader=request.reader, session=session)
    form.is_valid()
    form.add_error(None, _("This was taken off the agenda meanwhile. Save it, and it is added anew; or leave it."))
    form.keep_as_draft()
    return _item_page(request, session, form, status=409)


def _item_page(
    request: SignedInRequest, session: Session, form: AgendaItemForm, page: dict | None = None, *, status: int
) -> HttpResponse:
    context = {"session": session, "partnership": session.partnership, "form": form, "draft": form.kept_draft}
    return render(request, "convening/agenda_item.html", context | (page or {}), status=status)


@require_POST
def agenda_item_move(request: SignedInRequest, public_id: str, item_id: str) -> HttpResponse:
    """Move an item up or down by one place; where it was removed meanwhile, show the agenda as it is."""
    session = hosted_session_or_404(request.reader, public_id)
    try:
        actions.move_item(session=session, item=item_id, up=request.POST.get("way") == "up", by=request.user)
    except actions.ItemGone:
        problem = _("That was taken off the agenda meanwhile. This is how the agenda is now.")
        return agenda_page(request, session, problem=problem, status=409)
    except ValidationError as error:
        return agenda_page(request, session, problem=" ".join(error.messages), status=422)
    if wanted_partial(request, ["agenda"]):
        return agenda_page(request, session, moved=item_id)
    return redirect(f"{address_of(session)}#item-{item_id}")


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_item_remove(request: SignedInRequest, public_id: str, item_id: str) -> HttpResponse:
    """Take an item off the agenda, after a page that shows it."""
    session = hosted_session_or_404(request.reader, public_id)
    item = AgendaItem.objects.filter(session=session, public_id=item_id).first()
    if item is None and request.method != "POST":
        raise Http404
    if request.method == "POST":
        try:
            if item:
                actions.remove_item(session=session, item=item, by=request.user)
        except ValidationError as error:
            return agenda_page(request, session, problem=" ".join(error.messages), status=422)
        messages.success(request, _("Taken off the agenda."))
        return redirect(address_of(session))
    timed = next((row for row in agenda_of(session).rows if item and row.item.pk == item.pk), None)
    context = {"session": session, "partnership": session.partnership, "row": timed}
    return render(request, "convening/agenda_item_remove.html", context)
