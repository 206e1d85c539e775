"""Telling somebody outside a worry about how a partnership is run."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnerships.access import membership_or_404
from partnerships.actions.concerns import AlreadySent, name_contact, send_concern
from partnerships.concerns import contact_of, letter_of, preview_of
from partnerships.forms.concern import ConcernForm, ContactForm
from partnerships.http import SignedInRequest
from partnerships.models import HeldRole, Partnership
from partnerships.models.memberships import current_members
from partnerships.permissions import Permission, may, require


@require_http_methods(["GET", "HEAD", "POST"])
def concern_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write to the person outside: first the words, then the mail as it will arrive, and only then is it sent."""
    membership = membership_or_404(request.reader, slug)
    partnership = membership.partnership
    contact = contact_of(partnership)
    form = ConcernForm(request, partnership=partnership)
    context: dict[str, Any] = {"partnership": partnership, "form": form, "contact": contact}
    if contact is None:
        context |= {"stewards": _stewards(partnership), "may_name": may(membership, Permission.LOOK_AFTER_SETTINGS)}
        return render(request, "partnerships/concern_nobody.html", context, status=422 if form.is_bound else 200)
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        words = {"text": form.cleaned_data["text"], "gives_name": form.cleaned_data["gives_name"]}
        writer = request.user if words["gives_name"] else None
        letter = preview_of(letter_of(partnership, contact=contact, text=words["text"], writer=writer))
        if not constant_time_compare(request.POST.get("seen", ""), letter["mark"]):
            return render(request, "partnerships/concern_preview.html", context | {"letter": letter})
        try:
            send_concern(
                partnership=partnership, contact=contact, key=form.cleaned_data["draft_key"], by=request.user, **words
            )
        except AlreadySent:
            form.begin_anew()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("It is on its way to %(name)s.") % {"name": contact.name})
            return redirect(partnership)
    return render(request, "partnerships/concern_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def concern_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Name the person outside whom members can tell a worry."""
    membership = membership_or_404(request.reader, slug)
    require(membership, Permission.LOOK_AFTER_SETTINGS)
    partnership = membership.partnership
    initial = {"name": partnership.concern_name, "email": partnership.concern_email}
    form = ContactForm(
        request.POST if request.method == "POST" else None, initial=initial, use_required_attribute=False
    )
    if request.method == "POST" and form.is_valid():
        try:
            name_contact(partnership=partnership, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("partnerships:concern-new", slug)
    context = {"partnership": partnership, "form": form, "contact": contact_of(partnership)}
    return render(request, "partnerships/concern_edit.html", context, status=422 if form.errors else 200)


def _stewards(partnership: Partnership) -> list[str]:
    """Name the stewards, whom one can ask to name somebody."""
    held = HeldRole.objects.current().filter(is_steward=True, membership__in=current_members(partnership))
    return list(held.order_by("membership__person__name").values_list("membership__person__name", flat=True))
