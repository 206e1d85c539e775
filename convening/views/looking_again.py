"""Looking again: what becomes of each intention on the evidence, decisions, and carrying them out."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.step_up import require_step_up
from convening import actions
from convening.access import is_host, open_session_or_404
from convening.around import Around
from convening.forms import (
    CarryOutForm,
    DecisionForm,
    DecisionObjectionForm,
    EvidenceForm,
    LookingAgainForm,
)
from convening.looking.former import former_notes
from convening.looking.notes import words_at
from convening.looking.reading import (
    evidence_to_offer,
    first_of,
    intention_of,
    looked_at,
    shown_decision,
)
from convening.looking.rules import is_looking_again, may_carry_out, reason_for_all
from convening.looking.supervision import is_supervision, supervision_to
from convening.looking.tasks import said_now
from convening.models import Decision, Evidence, Session
from partnerships.http import SignedInRequest
from partnerships.models import Intention
from records.actions import StaleVersion
from records.saving import is_saved

from .noting import address_of, note_page, overtaken_page
from .saving import read_once_more


def shown(request: SignedInRequest, session: Session, near: Around) -> dict[str, Any]:
    """Return what the page of a session shows of looking again, or of supervision; nothing for other sessions."""
    context: dict[str, Any] = {"looking": None, "supervision": None}
    if session.set_aside_at:
        return context
    if is_looking_again(session):
        tasks = {"tasks": near.tasks, "tasks_said": said_now(near.tasks)}
        context["looking"] = looked_at(request.reader, session) | tasks
    if is_supervision(session) and session.has_started:
        context["supervision"] = supervision_to(request.reader, session, near.supervision)
    return context


def looking_session_or_404(request: SignedInRequest, public_id: str) -> Session:
    """Return a session at which one looks again; 404 for other sessions."""
    session = open_session_or_404(request.reader, public_id)
    if not is_looking_again(session):
        raise Http404
    return session


def _intention_or_404(session: Session, public_id: str) -> Intention:
    intention = intention_of(session, public_id)
    if intention is None:
        raise Http404
    return intention


def _decision_or_404(session: Session, public_id: str) -> Decision:
    rows = Decision.objects.filter(session=session, public_id=public_id)
    decision = rows.select_related("intention", "member__person", "written_by").first()
    if decision is None:
        raise Http404
    decision.session = session
    return decision


@require_http_methods(["GET", "HEAD", "POST"])
def intention_review(request: SignedInRequest, public_id: str, intention_id: str) -> HttpResponse:
    """Write what a session says of an intention; both texts are shown where somebody else saved first."""
    session = looking_session_or_404(request, public_id)
    intention = _intention_or_404(session, intention_id)
    decision = Decision.objects.filter(session=session, intention=intention).first()
    form = LookingAgainForm(request, session=session, intention=intention, decision=decision)
    rows = {row.pk: row for row in Intention.objects.filter(partnership=session.partnership_id)}
    context: dict[str, Any] = {
        "intention": intention,
        "first": first_of(intention, rows),
        "decision": decision,
        "template": "convening/intention_review.html",
    }
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            saved = is_saved(
                form,
                lambda: actions.look_again(
                    session=session,
                    intention=intention,
                    version=version,
                    words=form.words(),
                    by=request.user,
                    key=form.cleaned_data["draft_key"],
                ),
            )
        except StaleVersion:
            now = Decision.objects.get(session=session, intention=intention)
            return overtaken_page(
                request,
                session,
                LookingAgainForm(request, session=session, intention=intention, decision=now),
                version=now.version,
                before=words_at(session, now.public_id, version),
                now=now.words,
                **context,
            )
        if saved:
            return redirect(address_of(session))
    return note_page(request, session, form, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_new(request: SignedInRequest, public_id: str, intention_id: str) -> HttpResponse:
    """Link a record that one reads to an intention, chosen or by its address."""
    session = looking_session_or_404(request, public_id)
    intention = _intention_or_404(session, intention_id)
    known = set(
        Evidence.objects.filter(decision__session=session, decision__intention=intention).values_list(
            "record", flat=True
        )
    )
    offered = evidence_to_offer(request.reader, session, but=known)
    form = EvidenceForm(
        request.POST if request.method == "POST" else None, reader=request.reader, session=session, offered=offered
    )
    if request.method == "POST" and form.is_valid() and form.found:
        try:
            actions.add_evidence(session=session, intention=intention, record=form.found, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(address_of(session))
    context = {
        "form": form,
        "session": session,
        "partnership": session.partnership,
        "intention": intention,
        "offered": offered,
    }
    return render(request, "convening/evidence_new.html", context, status=422 if form.errors else 200)


@require_POST
def evidence_delete(request: SignedInRequest, public_id: str, evidence_id: str) -> HttpResponse:
    """Take a record off as evidence."""
    session = looking_session_or_404(request, public_id)
    evidence = (
        Evidence.objects.filter(decision__session=session, public_id=evidence_id)
        .select_related("decision__session")
        .first()
    )
    if evidence is None or (evidence.added_by_id != request.user.pk and not is_host(request.reader, session)):
        raise Http404
    try:
        actions.remove_evidence(evidence=evidence, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Taken off. It stays where it was shared."))
    return redirect(address_of(session))


@require_http_methods(["GET", "HEAD", "POST"])
def decision_new(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Write down a decision on the phase, or on who holds a duty."""
    session = looking_session_or_404(request, public_id)
    form = DecisionForm(request, session=session)
    if request.method == "POST" and form.is_valid():
        saved = is_saved(
            form,
            lambda: actions.decide(
                session=session,
                why=form.cleaned_data["why"],
                by=request.user,
                key=form.cleaned_data["draft_key"],
                **form.chosen(),
            ),
        )
        if saved:
            messages.success(request, _("Written down. Nothing has changed yet: it is to be carried out."))
            return redirect(address_of(session))
    return note_page(request, session, form, template="convening/decision_new.html")


@require_http_methods(["GET", "HEAD", "POST"])
def decision_object(request: SignedInRequest, public_id: str, decision_id: str) -> HttpResponse:
    """Object to a decision as it stands, with a line."""
    session = looking_session_or_404(request, public_id)
    decision = _decision_or_404(session, decision_id)
    form = DecisionObjectionForm(request, decision=decision)
    status = 0
    if request.method == "POST" and form.is_valid():
        try:
            saved = is_saved(
                form,
                lambda: actions.object_to_decision(
                    decision=decision,
                    version=form.cleaned_data["version"] or 0,
                    text=form.cleaned_data["text"],
                    by=request.user,
                    key=form.cleaned_data["draft_key"],
                ),
            )
        except StaleVersion:
            words = _("It was changed after you opened this page. Read it once more: your words are kept.")
            read_once_more(form, version=decision.version, words=words)
            saved, status = False, 409
        if saved:
            messages.success(request, _("Your objection stands. It is not carried out as it is."))
            return redirect(address_of(session))
    return note_page(
        request, session, form, template="convening/decision_object.html", decision=decision, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decision_carry_out(request: SignedInRequest, public_id: str, decision_id: str) -> HttpResponse:
    """Carry out what was decided, after a page that shows it; giving a duty asks who it is once more."""
    session = looking_session_or_404(request, public_id)
    decision = _decision_or_404(session, decision_id)
    if not may_carry_out(request.reader, decision):
        raise PermissionDenied("Neither its host nor who may do it anyway.")
    form = CarryOutForm(request.POST if request.method == "POST" else None, initial={"version": decision.version})
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        if decision.gives_a_duty:
            require_step_up(request)
        try:
            actions.carry_out(decision=decision, version=form.cleaned_data["version"], by=request.user)
        except StaleVersion:
            form = CarryOutForm(None, initial={"version": decision.version})
            messages.error(request, _("Somebody changed this meanwhile. Read it once more, then carry it out."))
            status = 409
        except ValidationError as error:
            form.add_error(None, error)
            status = 422
        else:
            messages.success(request, _("Carried out. All members see it from now on."))
            return redirect(address_of(session))
    context = {
        "form": form,
        "session": session,
        "partnership": session.partnership,
        "shown": shown_decision(request.reader, decision),
        "reason": reason_for_all(decision),
    }
    return render(request, "convening/decision_carry_out.html", context, status=status)


@require_safe
def note_list(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show what the notes of a session said before they were changed."""
    session = open_session_or_404(request.reader, public_id)
    rows = former_notes(session)
    if not rows:
        raise Http404
    context = {"session": session, "partnership": session.partnership, "rows": rows}
    return render(request, "convening/note_list.html", context)
