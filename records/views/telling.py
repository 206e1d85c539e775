"""Somebody else's words: asking a second member whether they agreed, and answering that."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnerships.http import SignedInRequest
from partnerships.models import Space
from records import actions
from records.access import own_record_or_404, telling_question_or_404
from records.forms.telling import AskForm, TellingAnswerForm
from records.models import Record, Telling
from records.telling import agreement_of, who_can_be_asked
from records.telling_news import audience_for, teller_of


def way_to_share(request: SignedInRequest, record: Record) -> HttpResponse | None:
    """Lead on from the page that shares where somebody else's words are not free to go there; None where they are.

    Only what was agreed and confirmed goes, and only to the audience that was agreed to.
    """
    telling = agreement_of(record)
    if telling is None or request.method == "POST":
        return None
    space = telling.agreed_for
    if space is None or not telling.is_confirmed or space.pk not in request.reader.spaces:
        return redirect("records:telling-ask", record.public_id)
    if request.GET.get("space") != space.public_id:
        return redirect(f"{request.path}?space={space.public_id}")
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def telling_ask(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show how it stands with the agreement of whose words one wrote down, and ask a second member about it."""
    record = own_record_or_404(request.reader, Record, public_id)
    telling = agreement_of(record)
    if telling is None:
        raise Http404
    if not record.is_private:
        return redirect(record)
    space = telling.agreed_for if telling.agreed_for_id in request.reader.spaces else None
    form = AskForm(
        request.POST if request.method == "POST" else None,
        groups=who_can_be_asked(request.reader, space) if space and telling.is_complete else {},
    )
    if form.is_valid():
        member = form.people[form.cleaned_data["member"]]
        try:
            actions.ask_about_telling(record, membership=member, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(name)s is asked.") % {"name": member.person.name})
            return redirect("records:telling-ask", public_id)
    context = {"record": record, "form": form, **_standing(request, telling, space)}
    return render(request, "records/telling_ask.html", context, status=422 if form.errors else 200)


def _standing(request: SignedInRequest, telling: Telling, space: Space | None) -> dict[str, object]:
    """Say how it stands (to be said, to be asked, waiting, refused, free to be shared), for whom, and who is asked."""
    asked = telling.asked
    state = "unsaid"
    if space and telling.is_complete:
        state = "ask"
        if telling.is_confirmed:
            state = "confirmed"
        elif asked:
            state = "waiting" if asked.is_waiting else "cannot"
    return {
        "telling": telling,
        "state": state,
        "asked": asked,
        "space": space,
        "audience": request.reader.name_of(space) if space else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
def telling_withdraw(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Withdraw the question to a second member, after a page that says what happens."""
    record = own_record_or_404(request.reader, Record, public_id)
    telling = agreement_of(record)
    if telling is None or telling.asked is None or not record.is_private or not telling.asked.is_waiting:
        raise Http404
    if request.method == "POST":
        try:
            actions.withdraw_telling_question(record, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Withdrawn. Nobody is asked now."))
        return redirect("records:telling-ask", public_id)
    return render(request, "records/telling_withdraw.html", {"record": record, "asked": telling.asked})


@require_http_methods(["GET", "HEAD", "POST"])
def telling_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say whether one knows that somebody agreed to have their words shared, without being shown them."""
    question = telling_question_or_404(request.reader, public_id)
    form = TellingAnswerForm(request, question=question)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_telling_question(
                question=question,
                knows=form.says_yes,
                how_known=form.cleaned_data["how_known"],
                edition=form.cleaned_data["edition"],
                key=form.cleaned_data["draft_key"],
                form=form.draft_form,
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
            status = 409
        except actions.StaleVersion:
            question = telling_question_or_404(request.reader, public_id)
            form.show_anew(question)
            status = 409
        else:
            messages.success(request, _("Thank you. Your answer is kept."))
            return redirect("home:home")
    elif form.errors:
        status = 422
    space = question.telling.agreed_for
    context = {
        "form": form,
        "question": question,
        "teller": teller_of(question),
        "audience": audience_for(request.reader, space) if space else "",
        "is_open": question.is_waiting and not getattr(question, "is_shared", False),
        "partnership": question.asked.partnership,
    }
    return render(request, "records/telling_detail.html", context, status=status)
