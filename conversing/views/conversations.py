"""Conversations of a partnership: a question, what people say to it, its summary, and its end for now."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conversing import actions
from conversing.access import conversation_or_404, open_conversation_or_404
from conversing.conversations.news import calls_to
from conversing.conversations.reading import is_learning_partner, shown
from conversing.forms import CloseForm, ConversationEditForm, ConversationForm, QuietForm, StepInForm, SummaryForm
from conversing.models import Conversation, QuietAfter
from conversing.models.conversations import QUIET_AFTER
from desk.conflicts import overtaken
from partnerships.access import membership_or_404
from partnerships.http import SignedInRequest
from partnerships.permissions import Permission, require
from records import actions as record_actions
from records.access import may_edit
from records.actions import StaleVersion
from records.pages import context_of, frame_of
from records.saving import saved_by
from records.stream import page_of, with_readers
from records.views import conflict


@require_safe
def conversation_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show a partnership's conversations, the newest first, each with where it is in its life."""
    membership = membership_or_404(request.reader, slug)
    partnership = membership.partnership
    rows = Conversation.objects.visible_to(request.reader).filter(partnership=partnership).standing()
    rows = rows.with_words_for(request.reader).with_what_was_said()  # type: ignore[attr-defined]
    page = page_of(rows, reader=request.reader, before=request.GET.get("before", "")[:12].replace("\0", ""))
    context = {
        "partnership": partnership,
        "conversations": with_readers(request.reader, page.records),
        "older": f"?before={page.older}" if page.older else "",
        "is_learning_partner": membership.held_role.is_learning_partner,
    }
    return render(request, "conversing/conversation_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def conversation_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask a question in one of the spaces that one is in."""
    partnership = membership_or_404(request.reader, slug).partnership
    form = ConversationForm(request, reader=request.reader, partnership=partnership)
    if request.method == "POST" and form.is_valid():
        typed = {
            "space": form.spaces[form.cleaned_data["space"]],
            "question": form.cleaned_data["title"],
            "text": form.cleaned_data["text"],
            "key": form.cleaned_data["draft_key"],
        }
        made = saved_by(form, lambda: actions.start_conversation(by=request.user, **typed))
        if made:
            messages.success(request, _("Asked. Those in the space get a mail in a few minutes."))
            return redirect(made)
    context = {"partnership": partnership, "form": form, "draft": form.kept_draft}
    return render(request, "conversing/conversation_new.html", context, status=422 if form.errors else 200)


@require_safe
def conversation_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show a conversation: its question, what it has come to, and what people say to it."""
    conversation = conversation_or_404(request.reader, public_id)
    if conversation.words_withheld:
        return render(request, "records/withheld.html", frame_of(request, conversation))
    context = context_of(request, conversation) | {"conversation": conversation}
    context |= shown(request.reader, conversation)
    return render(request, "conversing/conversation_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def conversation_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Change the question: who asked it does."""
    conversation = conversation_or_404(request.reader, public_id)
    if not may_edit(request.reader, conversation):
        raise PermissionDenied("Not who asked it.")
    form = ConversationEditForm(request, conversation=conversation)
    if request.method == "POST" and form.is_valid():
        try:
            record_actions.edit(
                conversation,
                by=request.user,
                version=form.cleaned_data["version"] or 0,
                changes=form.said(),
                key=form.cleaned_data["draft_key"],
                form="conversation-edit",
            )
        except StaleVersion:
            now = conversation_or_404(request.reader, public_id)
            return conflict(request, now, ConversationEditForm(request, conversation=now))
        return redirect(conversation)
    context = {"heading": _("Change the question"), "form": form, "conversation": conversation}
    context |= {"record": conversation, "button": _("Save the change")}
    return _form_page(request, context)


def _form_page(request: SignedInRequest, context: dict, *, status: int = 0) -> HttpResponse:
    form = context["form"]
    context |= {"partnership": context["conversation"].partnership, "draft": form.kept_draft}
    status = status or (422 if form.errors else 200)
    return render(request, "conversing/conversation_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def conversation_close(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Close a conversation, for now or for good."""
    conversation = open_conversation_or_404(request.reader, public_id)
    form = CloseForm(request, about=public_id)
    if request.method == "POST" and form.is_valid():
        key, closing = form.cleaned_data["draft_key"], form.cleaned_data["closing"]

        def close() -> bool:
            actions.close_conversation(conversation=conversation, closing=closing, by=request.user, key=key)
            return True

        if saved_by(form, close):
            return redirect(conversation)
    context = {
        "heading": _("Close this conversation?"),
        "under": _("It stays to be read, and can be taken up again."),
        "form": form,
        "conversation": conversation,
        "button": _("Close it"),
    }
    return _form_page(request, context)


@require_POST
def conversation_reopen(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take a conversation up again."""
    conversation = open_conversation_or_404(request.reader, public_id)
    actions.reopen_conversation(conversation=conversation, by=request.user)
    messages.success(request, _("Taken up again."))
    return redirect(conversation)


@require_POST
def conversation_mute(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say whether one wants mail about a conversation."""
    conversation = open_conversation_or_404(request.reader, public_id)
    muted = request.POST.get("mail") == "no"
    actions.mute_conversation(conversation=conversation, muted=muted, by=request.user)
    told = _("You get no mail about this conversation any more.") if muted else _("You get mail about it again.")
    messages.success(request, told)
    return redirect(conversation)


@require_http_methods(["GET", "HEAD", "POST"])
def summary_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Write what a conversation has come to, or go on with what somebody wrote; every version is kept."""
    conversation = open_conversation_or_404(request.reader, public_id)
    form = SummaryForm(request, conversation=conversation, summary=conversation.summaries.first())
    context = {
        "heading": _("What has it come to?"),
        "form": form,
        "conversation": conversation,
        "button": _("Save the summary"),
    }
    if request.method == "POST" and form.is_valid():
        typed = {"number": form.cleaned_data["version"] or 0, "text": form.cleaned_data["text"]}
        key = form.cleaned_data["draft_key"]

        def write() -> bool:
            actions.sum_up(conversation=conversation, by=request.user, key=key, **typed)
            return True

        try:
            if saved_by(form, write):
                return redirect(f"{conversation.get_absolute_url()}#summary")
        except StaleVersion:
            last = conversation.summaries.first()
            anew = SummaryForm(request, conversation=conversation, summary=last)
            context |= overtaken(anew, version=last.number if last else 0)
            return _form_page(request, context, status=409)
    return _form_page(request, context)


@require_safe
def summary_versions(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show all that was written of what a conversation had come to, the latest first."""
    conversation = open_conversation_or_404(request.reader, public_id)
    context = {
        "conversation": conversation,
        "partnership": conversation.partnership,
        "summaries": list(conversation.summaries.select_related("written_by")),
    }
    return render(request, "conversing/summary_versions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def step_in_ask(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Ask the learning partner to step in; nobody else learns of it."""
    conversation = open_conversation_or_404(request.reader, public_id)
    if is_learning_partner(request.reader, conversation):
        raise PermissionDenied("They are whom others ask.")
    form = StepInForm(request, about=public_id)
    if request.method == "POST" and form.is_valid():
        key, text = form.cleaned_data["draft_key"], form.cleaned_data["text"]

        def ask() -> bool:
            actions.ask_to_step_in(conversation=conversation, text=text, by=request.user, key=key)
            return True

        if saved_by(form, ask):
            messages.success(request, _("The learning partner finds it on their home page. Nobody else is told."))
            return redirect(conversation)
    context = {
        "heading": _("Ask the learning partner to step in"),
        "under": _("Where a conversation hurts, or does not get on, somebody whose work that is can help."),
        "form": form,
        "conversation": conversation,
        "button": _("Ask them"),
    }
    return _form_page(request, context)


@require_POST
def step_in_done(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say, as learning partner, that one has seen to what was asked."""
    conversation = open_conversation_or_404(request.reader, public_id)
    if not calls_to(request.reader).filter(conversation=conversation).exists():
        raise PermissionDenied("Nobody has asked.")
    actions.step_in(conversation=conversation, by=request.user)
    messages.success(request, _("It is off your home page."))
    return redirect(conversation)


@require_http_methods(["GET", "HEAD", "POST"])
def quiet_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Set after how many weeks without a word a conversation counts as quiet."""
    membership = membership_or_404(request.reader, slug)
    require(membership, Permission.LOOK_AFTER_SETTINGS)
    partnership = membership.partnership
    now = QuietAfter.objects.filter(partnership=partnership).values_list("weeks", flat=True).first()
    form = QuietForm(request.POST if request.method == "POST" else None, weeks=now or QUIET_AFTER)
    if request.method == "POST" and form.is_valid():
        actions.set_quiet_after(partnership=partnership, weeks=form.cleaned_data["weeks"], by=request.user)
        messages.success(request, _("Saved."))
        return redirect("partnerships:settings-detail", slug)
    back = reverse("partnerships:settings-detail", args=[slug])
    context = {"partnership": partnership, "form": form, "heading": _("Conversations"), "back": back}
    return render(request, "partnerships/settings_form.html", context, status=422 if form.errors else 200)
