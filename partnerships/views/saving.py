"""What all pages of the settings do: ask who may, save once, and lose no word where two people save at once."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from desk.conflicts import differences_in
from desk.forms import KeptForm
from desk.models import Draft
from partnerships.access import membership_or_404
from partnerships.http import SignedInRequest
from partnerships.models import Membership, Partnership
from partnerships.permissions import Permission, require
from partnerships.versions import StaleVersion

# Makes the page's form of the partnership as it is saved.
MakeForm = Callable[[Partnership], Any]
Lines = list[tuple[str, str]]


def settings_membership(request: SignedInRequest, slug: str) -> Membership:
    """Return the membership of one who looks after the settings; 404 for who is no member, 403 for other members."""
    membership = membership_or_404(request.reader, slug)
    require(membership, Permission.LOOK_AFTER_SETTINGS)
    return membership


def settings_page(
    request: SignedInRequest,
    partnership: Partnership,
    *,
    template: str,
    heading: str,
    make_form: MakeForm,
    save: Callable[[Any], object],
    saved: str,
    present: Callable[[Partnership], Lines] | None = None,
    done: str = "",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show one form of the settings, and save it.

    `save` calls the action with the form. Where somebody else saved meanwhile, the answer is 409 with what is saved now
    (`present`, or the fields that differ, with the differences marked) over the form as it was typed, and saving it
    once more goes through.
    """
    back = done or reverse("partnerships:settings-detail", args=[partnership.slug])
    # Who starts a partnership goes on with its first steps, which stand on the overview.
    done = done or (partnership.get_absolute_url() if partnership.is_draft else back)
    form = make_form(partnership)
    status, lines, differences = 200, None, None
    if request.method == "POST" and form.is_valid():
        try:
            _save(form, save)
        except StaleVersion:
            partnership = Partnership.objects.get(pk=partnership.pk)
            form = make_form(partnership)
            if form.is_valid() and not _differs(form):
                # Sent twice, or the same was typed elsewhere: it is saved, and no draft of it is left.
                _use_up_draft(form)
            else:
                form.take_version(partnership.version)
                lines = present(partnership) if present else None
                differences = None if present else differences_in(form)
                status = 409
                if isinstance(form, KeptForm):
                    form.keep_as_draft()
        except ValidationError as error:
            form.add_error(None, error)
        if status == 200 and not form.errors:
            messages.success(request, saved)
            return redirect(done)
    if form.errors and status == 200:
        status = 422
    page = {"partnership": partnership, "form": form, "heading": heading, "back": back}
    page |= {"is_stale": status == 409, "lines": lines, "differences": differences}
    return render(request, template, page | (context or {}), status=status)


@transaction.atomic
def _save(form: forms.Form, save: Callable[[Any], object]) -> None:
    save(form)
    _use_up_draft(form)


def _use_up_draft(form: forms.Form) -> None:
    if isinstance(form, KeptForm):
        Draft.use(author=form.person, key=form.cleaned_data["draft_key"], form=form.draft_form)


def _differs(form: forms.Form) -> bool:
    """Say whether what was typed is something else than what is saved: a form sent twice is not.

    A page that only asks to be sure has nothing typed in it, and is asked again.
    """
    fields = form.visible_fields()
    return not fields or any(field.name in form.changed_data for field in fields)
