"""Who does the learning work now; and what is kept of a supervision session."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from convening import actions
from convening.access import open_session_or_404
from convening.forms import SupervisionForm, TasksForm
from convening.forms.tasks import said_in_boxes
from convening.looking.notes import words_at
from convening.looking.supervision import in_boxes, is_supervision
from convening.looking.tasks import own_tasks, table
from convening.models import Session, SupervisionNote, TasksNow
from partnerships.http import SignedInRequest
from records.actions import StaleVersion
from records.saving import is_saved

from .looking_again import looking_session_or_404
from .noting import address_of, note_page, overtaken_page


@require_safe
def task_list(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show who did what at the sessions of this space so far, task by session. No totals."""
    session = looking_session_or_404(request, public_id)
    columns, rows = table(request.reader, session)
    context = {"session": session, "partnership": session.partnership, "columns": columns, "rows": rows}
    return render(request, "convening/task_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def task_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Write who does the partnership's learning work now."""
    session = looking_session_or_404(request, public_id)
    tasks = TasksNow.objects.filter(session=session).first()
    own = own_tasks(request.reader, session)
    form = TasksForm(request, session=session, tasks=tasks, own=own)
    template = "convening/task_edit.html"
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            saved = is_saved(
                form,
                lambda: actions.note_tasks(
                    session=session,
                    version=version,
                    answers=form.answers(),
                    by=request.user,
                    key=form.cleaned_data["draft_key"],
                ),
            )
        except StaleVersion:
            now = TasksNow.objects.get(session=session)
            return overtaken_page(
                request,
                session,
                TasksForm(request, session=session, tasks=now, own=own_tasks(request.reader, session)),
                version=now.version,
                before=said_in_boxes(words_at(session, "tasks", version).get("answers", [])),
                now=said_in_boxes(now.answers),
                template=template,
            )
        if saved:
            return redirect(address_of(session))
    return note_page(request, session, form, template=template)


def _supervision_or_404(request: SignedInRequest, public_id: str) -> Session:
    session = open_session_or_404(request.reader, public_id)
    if not is_supervision(session):
        raise Http404
    return session


@require_http_methods(["GET", "HEAD", "POST"])
def supervision_note(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Write what is kept of a supervision session."""
    session = _supervision_or_404(request, public_id)
    note = SupervisionNote.objects.filter(session=session).first()
    form = SupervisionForm(request, session=session, note=note)
    template = "convening/supervision_note.html"
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            saved = is_saved(
                form,
                lambda: actions.note_supervision(
                    session=session,
                    version=version,
                    words=form.words(),
                    by=request.user,
                    key=form.cleaned_data["draft_key"],
                ),
            )
        except StaleVersion:
            now = SupervisionNote.objects.get(session=session)
            return overtaken_page(
                request,
                session,
                SupervisionForm(request, session=session, note=now),
                version=now.version,
                before=in_boxes(words_at(session, "supervision", version)),
                now=in_boxes(now.words),
                template=template,
            )
        if saved:
            return redirect(f"{session.get_absolute_url()}#supervision")
    return note_page(request, session, form, template=template, keep=f"{session.get_absolute_url()}#supervision")


@require_POST
def supervision_acknowledge(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Acknowledge what is kept of a supervision session, as one read it."""
    session = _supervision_or_404(request, public_id)
    sent = request.POST.get("version", "")
    try:
        actions.acknowledge(
            session=session, version=int(sent) if sent.isdecimal() and len(sent) < 9 else 0, by=request.user
        )
    except StaleVersion:
        messages.error(request, _("It was changed after you read it. Read it once more, then acknowledge it."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Acknowledged as it stands. If somebody changes it, you are asked again."))
    return redirect(f"{session.get_absolute_url()}#supervision")
