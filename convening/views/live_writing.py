"""Writing in silence at a running session, its reveal, and sorting what was revealed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from convening import actions, live
from convening.access import hosted_session_or_404, is_host, open_session_or_404
from convening.around import who_is_asked
from convening.forms.live_writing import ClusterNameForm, LiveNoteForm, OpenWritingForm, PaperNotesForm
from convening.models import Cluster, Session, SilentWriting, UnsignedNote
from learnpartner.htmx import render_page, wanted_partial
from partnerships.http import SignedInRequest
from records.actions import AlreadySent

from .live import answered, live_address

# More than anybody ticks; what is sent beyond it is no form of ours.
MOST_TICKED = 400


def _writing_or_404(session: Session, public_id: str) -> SilentWriting:
    """Return a silent writing of that session, which the reader may read."""
    writing = SilentWriting.objects.filter(session=session, public_id=public_id).first()
    if writing is None:
        raise Http404
    return writing


def _cluster_or_404(session: Session, public_id: str) -> Cluster:
    rows = Cluster.objects.filter(writing__session=session, writing__revealed_at__isnull=False)
    cluster = rows.select_related("writing").filter(public_id=public_id).first()
    if cluster is None:
        raise Http404
    return cluster


def _shown_again(request: SignedInRequest, session: Session, put: Callable[[dict[str, Any]], None]) -> HttpResponse:
    """Show the live page with a form in it that is not right yet."""
    context = live.shown(request, session)
    put(context)
    return render_page(request, "convening/live.html", context, partials={"live"}, status=422)


def _done(request: SignedInRequest, session: Session, act: Callable[[], Any]) -> HttpResponse:
    try:
        act()
    except ValidationError as error:
        return answered(request, session, " ".join(error.messages))
    return answered(request, session)


@require_POST
def writing_open(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Have all who are present write on a question in silence."""
    session = hosted_session_or_404(request.reader, public_id)
    form = OpenWritingForm(request.POST)
    if not form.is_valid():
        return _shown_again(request, session, lambda context: context.update(open_form=form))
    words = {name: form.cleaned_data[name] for name in ("question", "wish", "key")}
    try:
        actions.open_writing(session=session, by=request.user, **words)
    except ValidationError as error:
        form.add_error(None, error)
        return _shown_again(request, session, lambda context: context.update(open_form=form))
    return answered(request, session)


@require_POST
def writing_reveal(request: SignedInRequest, public_id: str, writing_id: str) -> HttpResponse:
    """Show to all what was written in silence."""
    session = hosted_session_or_404(request.reader, public_id)
    writing = _writing_or_404(session, writing_id)
    return _done(request, session, lambda: actions.reveal_writing(writing=writing, by=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def live_note(request: SignedInRequest, public_id: str, writing_id: str) -> HttpResponse:
    """Write in silence; the page of its own is for drafts, and for browsers without a script."""
    session = open_session_or_404(request.reader, public_id)
    writing = _writing_or_404(session, writing_id)
    form = LiveNoteForm(request, reader=request.reader, session=session, writing=writing)
    if request.method == "POST" and form.is_valid():
        try:
            actions.contribute(
                to=session,
                text=form.cleaned_data["text"],
                wish=form.cleaned_data["wish"],
                by=request.user,
                key=form.cleaned_data["draft_key"],
                writing=writing,
                as_unseen=form.cleaned_data["unseen"],
            )
        except AlreadySent:
            form.begin_anew()
        except ValidationError as error:
            _keep(form, error)
        else:
            return _kept(request, session, writing)
    if form.errors and wanted_partial(request, ["live"]):
        return _shown_again(request, session, lambda context: _put_in_box(context, writing, form=form))
    return _page_of(request, "convening/live_note.html", session, writing, form)


@require_http_methods(["GET", "HEAD", "POST"])
def paper_notes(request: SignedInRequest, public_id: str, writing_id: str) -> HttpResponse:
    """Add what stands on paper notes, one a line."""
    session = open_session_or_404(request.reader, public_id)
    writing = _writing_or_404(session, writing_id)
    form = PaperNotesForm(request, session=session, writing=writing)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_paper_notes(
                writing=writing,
                lines=form.lines,
                by=request.user,
                key=form.cleaned_data["draft_key"],
                as_unseen=form.cleaned_data["unseen"],
            )
        except AlreadySent:
            form.begin_anew()
        except ValidationError as error:
            _keep(form, error)
        else:
            return _kept(request, session, writing)
    if form.errors and wanted_partial(request, ["live"]):
        return _shown_again(request, session, lambda context: _put_in_box(context, writing, paper_form=form))
    return _page_of(request, "convening/live_paper.html", session, writing, form)


def _keep(form: LiveNoteForm | PaperNotesForm, error: ValidationError) -> None:
    """Keep what was typed as a draft; where all was revealed meanwhile, ask whether to show this as well."""
    form.add_error(None, error)
    form.keep_as_draft()
    if getattr(error, "code", "") == "revealed":
        form.ask_once_more()


def _put_in_box(context: dict[str, Any], writing: SilentWriting, **forms: Any) -> None:
    """Put the form back into the box; where another question was opened meanwhile, the draft is linked to there."""
    box = context["box"]
    if box is None or box.writing != writing:
        context["problem"] = _("It is kept as a draft: another question is being written on by now.")
        return
    for name, form in forms.items():
        setattr(box, name, form)


def _kept(request: SignedInRequest, session: Session, writing: SilentWriting) -> HttpResponse:
    if not wanted_partial(request, ["live"]):
        seen = SilentWriting.objects.filter(pk=writing.pk, revealed_at__isnull=False).exists()
        unseen = _("Kept. Nobody else sees it before the reveal.")
        messages.success(request, _("Saved. All here can read it.") if seen else unseen)
    return answered(request, session)


def _page_of(request: SignedInRequest, template: str, session: Session, writing: SilentWriting, form) -> HttpResponse:
    context = {
        "form": form,
        "session": session,
        "partnership": session.partnership,
        "writing": writing,
        "readers": who_is_asked(request.reader, session),
        "address": live_address(session) if session.is_live else session.get_absolute_url(),
        "draft": form.kept_draft,
    }
    return render(request, template, context, status=422 if form.errors else 200)


@require_POST
def notes_sort(request: SignedInRequest, public_id: str, writing_id: str) -> HttpResponse:
    """Put the ticked notes together, with a cluster that is there or in a new one, or let them lie on their own."""
    session = open_session_or_404(request.reader, public_id)
    writing = _writing_or_404(session, writing_id)
    notes = [row[:12].replace("\0", "") for row in request.POST.getlist("note")[:MOST_TICKED]]
    cluster = request.POST.get("cluster", "")[:12].replace("\0", "")

    def sort() -> None:
        if cluster == "none":
            actions.take_out(writing=writing, notes=notes, by=request.user)
        else:
            actions.put_together(writing=writing, notes=notes, cluster=cluster, by=request.user)

    return _done(request, session, sort)


@require_POST
def cluster_name(request: SignedInRequest, public_id: str, cluster_id: str) -> HttpResponse:
    """Name what lies together."""
    session = open_session_or_404(request.reader, public_id)
    cluster = _cluster_or_404(session, cluster_id)
    form = ClusterNameForm(request.POST, cluster=cluster)
    if form.is_valid():
        name = form.cleaned_data["name"]
        return _done(request, session, lambda: actions.name_cluster(cluster=cluster, name=name, by=request.user))

    def put(context: dict[str, Any]) -> None:
        for group in (group for row in context["revealed"] for group in row.groups):
            if group.cluster == cluster:
                group.form = form

    return _shown_again(request, session, put)


@require_POST
def cluster_merge(request: SignedInRequest, public_id: str, cluster_id: str) -> HttpResponse:
    """Put all of a cluster into another one."""
    session = open_session_or_404(request.reader, public_id)
    cluster = _cluster_or_404(session, cluster_id)
    into = request.POST.get("into", "")[:12].replace("\0", "")
    return _done(request, session, lambda: actions.merge_clusters(cluster=cluster, into=into, by=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def unsigned_note_remove(request: SignedInRequest, public_id: str, note_id: str) -> HttpResponse:
    """Take a note off that has no account behind it, after a page that shows it once more."""
    session = open_session_or_404(request.reader, public_id)
    rows = UnsignedNote.objects.filter(writing__session=session, public_id=note_id)
    note = rows.select_related("writing").first()
    is_own = note is not None and note.typed_by_id == request.user.pk
    if note is None or not (note.writing.is_revealed or is_own):
        raise Http404
    if not (is_own or is_host(request.reader, session)):
        raise PermissionDenied("Neither who typed it nor the host.")
    if request.method == "POST":
        actions.remove_unsigned_note(note=note, by=request.user)
        messages.success(request, _("The note is taken off."))
        return redirect(live_address(session))
    context = {
        "note": note,
        "session": session,
        "partnership": session.partnership,
        "address": live_address(session) if session.is_live else session.get_absolute_url(),
    }
    return render(request, "convening/live_note_remove.html", context)
