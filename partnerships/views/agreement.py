"""What the group has agreed on: reading, drafting, adopting, accepting."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from desk.conflicts import overtaken
from partnerships.access import membership_or_404
from partnerships.actions.agreements import NewerVersion, accept_agreement, adopt_agreement, draft_agreement
from partnerships.agreements import (
    acceptances_of,
    current_agreement,
    differences,
    draft_of,
    missing_in,
    standing_of,
    version_now,
)
from partnerships.forms.agreement import AdoptForm, AgreementForm
from partnerships.http import SignedInRequest
from partnerships.models import Agreement, Membership
from partnerships.permissions import Permission, may, require
from partnerships.supervision import learning_partners
from partnerships.versions import StaleVersion


@require_safe
def agreement_detail(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what holds, whether one has accepted it, and what is said on research; to stewards who has accepted."""
    membership = membership_or_404(request.reader, slug)
    partnership = membership.partnership
    drafts = may(membership, Permission.LOOK_AFTER_SETTINGS)
    context = {
        **_reading(request, membership, current_agreement(partnership)),
        "older": list(partnership.agreements.adopted().defer("text")[1:]),
        "may_draft": drafts,
        "may_adopt": may(membership, Permission.ADOPT_AGREEMENT),
        "draft": draft_of(partnership) if drafts else None,
        "acceptances": acceptances_of(partnership) if may(membership, Permission.SEE_ACCEPTANCES) else None,
        "research": membership.research_answers.current().first(),
    }
    return render(request, "partnerships/agreement_detail.html", context)


@require_safe
def agreement_version(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Show one version, which holds or has held, and what changed with it."""
    membership = membership_or_404(request.reader, slug)
    versions = membership.partnership.agreements.adopted()
    agreement = versions.filter(public_id=public_id).first()
    if agreement is None:
        raise Http404
    before = versions.filter(number__lt=agreement.number).first()
    context = {
        "partnership": membership.partnership,
        "agreement": agreement,
        "changes": differences(before.lines, agreement.lines) if before else [],
        "holds": agreement.number == versions.values_list("number", flat=True).first(),
    }
    return render(request, "partnerships/agreement_version.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change the draft of the next version; when it was saved elsewhere meanwhile, both texts are shown."""
    membership = membership_or_404(request.reader, slug)
    require(membership, Permission.LOOK_AFTER_SETTINGS)
    partnership = membership.partnership
    form = AgreementForm(request, partnership=partnership)
    context = {"partnership": partnership, "form": form, "draft": draft_of(partnership)}
    if request.method == "POST" and form.is_valid():
        try:
            draft_agreement(
                partnership=partnership,
                version=form.cleaned_data["version"] or 0,
                words=form.words(),
                key=form.cleaned_data["draft_key"],
                by=request.user,
            )
        except StaleVersion:
            form = AgreementForm(request, partnership=partnership)
            context |= overtaken(form, version=version_now(partnership))
            return render(request, "partnerships/agreement_edit.html", context, status=409)
        messages.success(request, _("The draft is saved. It holds for nobody until a steward adopts it."))
        return redirect("partnerships:agreement-detail", slug)
    return render(request, "partnerships/agreement_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_adopt(request: SignedInRequest, slug: str) -> HttpResponse:
    """Look at what the draft changes, and let it hold from now on."""
    membership = membership_or_404(request.reader, slug)
    require(membership, Permission.ADOPT_AGREEMENT)
    partnership = membership.partnership
    draft, before = draft_of(partnership), current_agreement(partnership)
    if draft is None:
        return redirect("partnerships:agreement-detail", slug)
    form = AdoptForm(request.POST or None, version=draft.version, is_first=before is None)
    stale = False
    if request.method == "POST" and form.is_valid():
        try:
            adopted = adopt_agreement(
                partnership=partnership, version=form.cleaned_data["version"], by=request.user, **form.words()
            )
        except StaleVersion:
            stale, draft = True, draft_of(partnership) or draft
            form.look_again(draft.version)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Adopted: version %(number)d holds from now on.") % {"number": adopted.number})
            return redirect("partnerships:agreement-detail", slug)
    context = {
        "partnership": partnership,
        "form": form,
        "agreement": draft,
        "before": before,
        "changes": differences(before.lines, draft.lines) if before else [],
        "missing": missing_in(draft, before),
    }
    status = 422 if form.errors else 200
    return render(request, "partnerships/agreement_adopt.html", context, status=409 if stale else status)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_accept(request: SignedInRequest, slug: str) -> HttpResponse:
    """Read what holds and accept it. Where a newer version came meanwhile it is shown, and nothing is accepted."""
    membership = membership_or_404(request.reader, slug)
    partnership = membership.partnership
    read = request.POST.get("read", "")[:12].replace("\0", "")
    overtaken = False
    if request.method == "POST":
        try:
            accept_agreement(partnership=partnership, read=read, by=request.user)
        except NewerVersion:
            overtaken = True
        else:
            messages.success(request, _("Accepted."))
            return redirect(_onward(request) or reverse("partnerships:agreement-detail", args=[slug]))
    agreement = current_agreement(partnership)
    if agreement is None:
        return redirect("partnerships:agreement-detail", slug)
    context = _reading(request, membership, agreement)
    if overtaken:
        seen = partnership.agreements.adopted().filter(public_id=read).first()
        context |= {"newer": True, "changes": differences(seen.lines, agreement.lines) if seen else []}
    return render(request, "partnerships/agreement_accept.html", context, status=409 if overtaken else 200)


def _reading(request: SignedInRequest, membership: Membership, agreement: Agreement | None) -> dict[str, Any]:
    """Return what a page shows beside the text: whether one has accepted it, and whom one can ask about it."""
    others = learning_partners(membership.partnership).exclude(person=request.user)
    partner = others.select_related("person").order_by("person__name").first()
    ask = ""
    if partner:
        query = urlencode({"partnership": membership.partnership.slug, "one": partner.public_id})
        ask = f"{reverse('reflections:reflection-new')}?{query}"
    return {
        "partnership": membership.partnership,
        "agreement": agreement,
        "standing": standing_of(membership),
        "partner": partner,
        "ask": ask,
        "next": _onward(request),
    }


def _onward(request: SignedInRequest) -> str:
    """Return where to go on to afterwards: an address of this site, or nothing."""
    address = request.POST.get("next", request.GET.get("next", ""))
    allowed = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts=allowed, require_https=request.is_secure())
    return address if safe else ""
