"""Pages that records of every kind share; their views call them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from desk.conflicts import overtaken
from desk.forms import KeptForm
from desk.models import Draft
from partnerships.http import SignedInRequest
from records import actions
from records.forms.attachments import FilesForm
from records.models import Record
from records.pages import where_read


def conflict(request: SignedInRequest, saved: Record, form: KeptForm) -> HttpResponse:
    """Show both texts when somebody saved first: what is saved now, and what was typed, to be mended and saved.

    `form` is made anew of the record as it is saved now. Where it says nothing else than that, there is nothing to
    choose: it is saved.
    """
    context = {"record": saved, **overtaken(form, version=saved.version)}
    files = form if isinstance(form, FilesForm) else None
    if not context["differences"] and (files is None or files.in_short.are_on(saved)):
        Draft.use(author=request.user, key=form.key, form=form.draft_form)
        return redirect(where_read(request.reader, saved))
    # Boxes about files stand with the files.
    beside = files.boxes_of_files if files else set()
    differing = [row.field for row in context["differences"]]
    context["boxes"] = [field for field in differing if field.name not in beside]
    context["same"] = [field for field in context["same"] if field.name not in beside]
    context["has_files"] = files is not None
    return render(request, "records/conflict.html", context, status=409)


def withdraw_page(request: SignedInRequest, record: Record, *, back: str) -> HttpResponse:
    """Confirm that a shared record is taken back, and do it."""
    problem = ""
    if request.method == "POST":
        try:
            actions.withdraw(record, by=request.user)
        except ValidationError as error:
            problem = " ".join(error.messages)
        else:
            messages.success(request, _("Taken back. Nobody but you reads it now."))
            return redirect(back)
    elif record.is_private or record.withdrawn_at:
        raise Http404
    context = {"record": record, "back": back, "problem": problem}
    return render(request, "records/withdraw.html", context, status=409 if problem else 200)
