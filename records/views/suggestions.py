"""Help with the words: asking somebody, helping, and taking what one likes of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from desk.models import Draft
from partnerships.http import SignedInRequest
from records import actions, kinds
from records.access import may_edit, own_record_or_404, record_or_404
from records.forms.suggestions import AnswerForm, AskForm, SuggestForm
from records.models import Record, Suggestion
from records.pages import entered, where_read
from records.suggestions import (
    WRITING,
    choices_of,
    is_kept_from_helpers,
    marked,
    own_question_or_404,
    people_to_ask,
    question_or_404,
)
from records.versions import words_of


@require_http_methods(["GET", "HEAD", "POST"])
def suggestion_ask(request: SignedInRequest, kind: str, public_id: str) -> HttpResponse:
    """Ask somebody who can read one's record to help with its words; and see whom one has asked."""
    record = own_record_or_404(request.reader, kinds.model_of(kind), public_id)
    if not record.stands or record.folded_at:
        raise Http404
    if not may_edit(request.reader, record) or not kinds.get(record.kind).personal:
        raise PermissionDenied("No longer in its space, or not one person's words.")
    kept = is_kept_from_helpers(record)
    questions = record.suggestions.select_related("helper")
    asked = [*questions.to_answer(), *questions.standing().to_write()]
    # A repeated POST names somebody who is asked by now.
    left_out = {question.helper for question in asked} if request.method != "POST" else set()
    people = [] if kept else [row for row in people_to_ask(request.reader, record) if row.person not in left_out]
    form = AskForm(request, record=record, people=people) if people else None
    if request.method == "POST" and form is None:
        raise PermissionDenied("Nobody can be asked.")
    if request.method == "POST" and form and form.is_valid():
        helper = form.people[form.cleaned_data["helper"]]
        wish, key = form.cleaned_data["wish"], form.cleaned_data["draft_key"]
        try:
            actions.ask_for_help(record, helper=helper, wish=wish, by=request.user, key=key)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(name)s is asked to help with the words.") % {"name": helper.name})
            return redirect(where_read(request.reader, record))
    context = {
        "record": record,
        "partnership": entered(request.reader, record),
        "back": where_read(request.reader, record),
        "form": form,
        "kept": kept,
        "asked": asked,
        "declined": [] if kept else questions.filter(outcome=Suggestion.Outcome.DECLINED)[:5],
    }
    return render(request, "records/suggestion_ask.html", context, status=422 if form and form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def suggestion_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Help with the words of somebody's record: change them in a box of one's own, and send what one has changed."""
    question = question_or_404(request.reader, public_id, ended_too=request.method == "POST")
    if request.method != "POST" and (question.suggested_at or not question.is_open):
        return _sent(request, question)
    record = record_or_404(request.reader, kinds.model_of(question.record.kind), question.record.public_id)
    form = SuggestForm(request, question=question, record=record)
    if request.method == "POST" and form.is_valid():
        try:
            actions.suggest(
                suggestion=question,
                texts=form.texts(),
                began=form.began,
                note=form.cleaned_data["note"],
                by=request.user,
                key=form.cleaned_data["draft_key"],
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("records:suggestion-detail", question.public_id)
    context = {
        "question": question,
        "record": record,
        "partnership": entered(request.reader, record),
        "form": form,
        "begun": None if form.is_bound or form.kept_draft else _begun(request, question),
    }
    return render(request, "records/suggestion_detail.html", context, status=422 if form.errors else 200)


def _begun(request: SignedInRequest, question: Suggestion) -> Draft | None:
    """Return what the helper has begun to type before. Home shows nothing of it, for it holds the author's words."""
    return Draft.objects.of(request.user).open().filter(form=WRITING, about=question.public_id).first()


def _sent(request: SignedInRequest, question: Suggestion) -> HttpResponse:
    """Show a helper what they have sent; once it is answered, only that."""
    record = record_or_404(request.reader, kinds.model_of(question.record.kind), question.record.public_id)
    context = {
        "question": question,
        "record": record,
        "partnership": entered(request.reader, record),
        "passages": marked(question, words_of(record), to_helper=True),
    }
    return render(request, "records/suggestion_sent.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def suggestion_decline(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say "not now" to somebody who asks for help with the words, after a page that says what happens."""
    question = question_or_404(request.reader, public_id)
    if question.suggested_at:
        return redirect("records:suggestion-detail", question.public_id)
    if request.method == "POST":
        try:
            actions.decline_to_help(suggestion=question, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("%(name)s knows that it is not now.") % {"name": question.record.author.name})
        return redirect("home:home")
    context = {"question": question, "begun": _begun(request, question)}
    return render(request, "records/suggestion_decline.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def suggestion_answer(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Look at each change that a helper suggests, and take it or leave one's own; the taken ones are one edit."""
    question, record = own_question_or_404(request.reader, public_id)
    if question.outcome == Suggestion.Outcome.ANSWERED:
        return redirect(where_read(request.reader, record))
    if question.suggested_at is None or not question.is_open:
        raise Http404
    if not may_edit(request.reader, record):
        raise PermissionDenied("No longer in its space.")
    choices = choices_of(question, words_of(record))
    form = AnswerForm(request.POST if request.method == "POST" else None, choices=choices, version=record.version)
    status = 200
    if request.method == "POST":
        status = _answer(request, question, record, form)
        if not status:
            return redirect(where_read(request.reader, record))
    context = {
        "question": question,
        "record": record,
        "partnership": entered(request.reader, record),
        "form": form,
        "passages": marked(question, words_of(record)),
    }
    return render(request, "records/suggestion_answer.html", context, status=status)


def _answer(request: SignedInRequest, question: Suggestion, record: Record, form: AnswerForm) -> int:
    """Take what was chosen; say with which status it is shown once more, or 0 where it is done."""
    if not form.is_valid():
        return 422
    taken = form.taken()
    version = form.cleaned_data["version"]
    try:
        actions.answer_suggestion(record, suggestion=question, taken=taken, version=version, by=request.user)
    except actions.StaleVersion:
        form.take_version(record.version)
        form.add_error(None, _("You changed this elsewhere meanwhile. Here is what still fits. Look once more."))
        return 409
    except ValidationError as error:
        form.add_error(None, error)
        return 422
    messages.success(request, _("Saved with what you took.") if taken else _("All is left as you wrote it."))
    return 0


@require_http_methods(["GET", "HEAD", "POST"])
def suggestion_take_back(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take a question for help with one's words back, after a page that says what happens."""
    question, record = own_question_or_404(request.reader, public_id)
    if not question.is_open:
        raise Http404
    if request.method == "POST":
        try:
            actions.take_question_back(suggestion=question, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Taken back: %(name)s is not asked any more.") % {"name": question.helper.name})
        return redirect(where_read(request.reader, record))
    return render(request, "records/suggestion_take_back.html", {"question": question, "record": record})
