"""Sets of prompts: the list, one with its page and its card, and a partnership's own ones."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from desk.conflicts import overtaken
from partnerships.access import membership_or_404
from partnerships.http import SignedInRequest
from partnerships.models import Membership, Partnership
from records.actions import AlreadySent, StaleVersion
from reflections import actions
from reflections.forms.prompts import LensForm, PromptsEditForm, PromptsForm, PromptsUseForm
from reflections.models import PromptSet
from reflections.prompts import Prompts, newest, own_prompts, prompts_or_404
from reflections.prompts.finding import may_change, may_offer, own_prompts_or_404, versions_of

Kind = PromptSet.Kind


@require_safe
def prompt_list(request: SignedInRequest) -> HttpResponse:
    """Show all sets of prompts that one can write with: built in, and of one's own partnerships."""
    own: dict[int, list[Prompts]] = {pk: [] for pk in request.reader.memberships}
    for prompts in own_prompts(request.reader):
        if prompts.own:
            own[prompts.own.partnership_id].append(prompts)
    places = [(row, own[row.pk]) for row in request.reader.partnerships]
    return render(request, "reflections/prompt_list.html", {"built_in": newest(), "places": places})


@require_safe
def prompt_detail(request: SignedInRequest, key: str) -> HttpResponse:
    """Show one set of prompts: what it is good for, what it asks, where it comes from, and its former versions."""
    return _page(request, prompts_or_404(request.reader, key))


@require_safe
def prompt_version(request: SignedInRequest, key: str, number: int) -> HttpResponse:
    """Show what a set asked before it was changed."""
    now = prompts_or_404(request.reader, key)
    if number == now.version:
        return redirect("reflections:prompt-detail", key)
    return _page(request, prompts_or_404(request.reader, key, number), now=now)


def _page(request: SignedInRequest, prompts: Prompts, *, now: Prompts | None = None) -> HttpResponse:
    """Show one version of a set; `now` is how it is asked now, where that is another."""
    own = prompts.own
    membership = request.reader.membership_in(own.partnership_id if own else None)
    versions = versions_of(request.reader, prompts)
    context = {
        "prompts": prompts,
        "now": now,
        "partnership": membership.partnership if membership else None,
        "versions": versions if len(versions) > 1 else [],
        "changed": next((row for row in versions if row.number == prompts.version), None),
        "may_change": bool(own and membership and may_change(membership, own)),
    }
    return render(request, "reflections/prompt_detail.html", context)


@require_safe
def prompt_card(request: SignedInRequest, key: str) -> HttpResponse:
    """Show a set as a card of A5, to be printed and laid on a table."""
    prompts = prompts_or_404(request.reader, key)
    return render(request, "reflections/prompt_card.html", {"prompts": prompts})


@require_safe
def prompt_settings(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the sets and lenses that a partnership has of its own, those out of use too, to all members."""
    membership = membership_or_404(request.reader, slug)
    partnership = membership.partnership
    rows = [*own_prompts(request.reader, partnership), *own_prompts(request.reader, partnership, retired=True)]
    context = {
        "partnership": partnership,
        "own": [(prompts, bool(prompts.own and may_change(membership, prompts.own))) for prompts in rows],
        "may_add": may_offer(membership, Kind.SET),
    }
    return render(request, "reflections/prompt_settings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def prompt_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add a set of prompts to a partnership, as who looks after its settings."""
    membership = membership_or_404(request.reader, slug)
    return _offer(request, membership, PromptsForm(request, about=slug))


@require_http_methods(["GET", "HEAD", "POST"])
def lens_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Offer a lens to the members of a partnership, as any of them."""
    membership = membership_or_404(request.reader, slug)
    return _offer(request, membership, LensForm(request, about=slug))


def _offer(request: SignedInRequest, membership: Membership, form: PromptsForm) -> HttpResponse:
    if not may_offer(membership, form.kind):
        raise PermissionDenied("May not add a set of prompts.")
    partnership = membership.partnership
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.offer_prompts(
                partnership=partnership,
                kind=form.kind,
                words=form.words(),
                key=form.cleaned_data["draft_key"],
                by=request.user,
            )
        except AlreadySent:
            form.begin_anew()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved. All members can write with it now."))
            return redirect("reflections:prompt-detail", made.public_id)
    return _form_page(request, partnership, form)


def _form_page(
    request: SignedInRequest, partnership: Partnership, form: PromptsForm, page: dict | None = None, status: int = 200
) -> HttpResponse:
    context = (page or {}) | {"partnership": partnership, "form": form, "is_lens": form.kind == Kind.LENS}
    return render(request, "reflections/prompt_edit.html", context, status=422 if form.errors else status)


@require_http_methods(["GET", "HEAD", "POST"])
def prompt_edit(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Change an own set or lens, which makes another version; both are shown where somebody changed it meanwhile."""
    prompts, prompt_set, membership = _own_to_change(request, slug, public_id)
    if prompts.is_retired and request.method != "POST":
        return redirect("reflections:prompt-detail", public_id)
    form = PromptsEditForm(request, prompts=prompts, partnership=membership.partnership)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_prompts(
                prompt_set=prompt_set,
                version=form.cleaned_data["version"] or 0,
                words=form.words(),
                key=form.cleaned_data["draft_key"],
                by=request.user,
            )
        except StaleVersion:
            saved = prompts_or_404(request.reader, public_id)
            anew = PromptsEditForm(request, prompts=saved, partnership=membership.partnership)
            page = {"prompts": saved, **overtaken(anew, version=saved.version)}
            return _form_page(request, membership.partnership, anew, page, status=409)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved. Notes written before keep the questions that they were asked."))
            return redirect("reflections:prompt-detail", public_id)
    return _form_page(request, membership.partnership, form, {"prompts": prompts})


@require_http_methods(["GET", "HEAD", "POST"])
def prompt_retire(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Take an own set or lens out of use, after a page that says what that means; or into use again."""
    prompts, prompt_set, membership = _own_to_change(request, slug, public_id)
    form = PromptsUseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["use"] == "again":
            actions.use_prompts_again(prompt_set=prompt_set, by=request.user)
            messages.success(request, _("In use again. All members can write with it."))
        else:
            actions.retire_prompts(prompt_set=prompt_set, by=request.user)
            messages.success(request, _("Out of use. What was written with it stays as it is."))
        return redirect(reverse("reflections:prompt-settings", args=[slug]))
    context = {"partnership": membership.partnership, "prompts": prompts}
    return render(request, "reflections/prompt_retire.html", context, status=422 if form.errors else 200)


def _own_to_change(request: SignedInRequest, slug: str, public_id: str) -> tuple[Prompts, PromptSet, Membership]:
    """Return an own set of that partnership, for a member who may change it; 403 for other members."""
    prompts, prompt_set, membership = own_prompts_or_404(request.reader, public_id)
    if membership.partnership.slug != slug:
        raise Http404
    if not may_change(membership, prompt_set):
        raise PermissionDenied("May not change this set of prompts.")
    return prompts, prompt_set, membership
