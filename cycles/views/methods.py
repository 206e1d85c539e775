"""The methods that activities are done by: those that everybody has, and a partnership's own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycles import actions
from cycles.access import may_change_method, method_or_404, require_may_change_method
from cycles.forms import MethodEditForm, MethodForm
from cycles.methods import BUILT_IN, own_methods
from cycles.models import Method
from partnerships.access import membership_or_404
from partnerships.http import SignedInRequest
from records.saving import is_saved
from records.versions import StaleVersion


@require_safe
def method_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show all methods with their guides; own ones that were put away last."""
    membership = membership_or_404(request.reader, slug)
    partnership = membership.partnership
    own = own_methods(partnership)
    context = {
        "partnership": partnership,
        "own": own,
        "changeable": {row.key for row in own if row.own and may_change_method(membership, row.own)},
        "put_away": own_methods(partnership, put_away=True),
        "built_in": BUILT_IN,
    }
    return render(request, "cycles/method_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def method_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add a method of the partnership's own."""
    partnership = membership_or_404(request.reader, slug).partnership
    form = MethodForm(request, about=partnership.slug)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["draft_key"]
        if is_saved(form, lambda: actions.add_method(partnership=partnership, by=request.user, key=key, **form.said())):
            messages.success(request, _("Added. All members can choose it for an activity."))
            return redirect("cycles:method-list", partnership.slug)
    context = {"partnership": partnership, "form": form, "draft": form.kept_draft}
    return render(request, "cycles/method_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def method_edit(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Change a method; where somebody changed it meanwhile, both texts are shown."""
    membership = membership_or_404(request.reader, slug)
    opened = method_or_404(membership, public_id)
    method = opened.as_it_is_now()
    require_may_change_method(membership, method)
    form = MethodEditForm(request, method=method)
    if request.method == "POST" and form.is_valid():
        words = form.said() | {"key": form.cleaned_data["draft_key"]}
        try:
            saved = is_saved(form, lambda: actions.change_method(method=opened, by=request.user, **words))
        except StaleVersion:
            form.keep_as_draft()
            return _method_page(request, form, method.as_it_is_now(), status=409)
        if saved:
            messages.success(request, _("Changed. What was done by it keeps the words that it had."))
            return redirect("cycles:method-list", slug)
    elif request.method != "POST" and method != opened:
        return redirect("cycles:method-edit", slug, method.public_id)
    return _method_page(request, form, method, status=422 if form.errors else 200)


def _method_page(request: SignedInRequest, form: MethodEditForm, method: Method, *, status: int) -> HttpResponse:
    """Show the form that changes a method; with 409, what somebody else made of it meanwhile, above the own words."""
    context = {
        "partnership": method.partnership,
        "method": method,
        "form": form,
        "draft": form.kept_draft,
        "is_overtaken": status == 409,
    }
    return render(request, "cycles/method_edit.html", context, status=status)


@require_POST
def method_put_away(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Offer a method no longer."""
    method = method_or_404(membership_or_404(request.reader, slug), public_id)
    actions.put_method_away(method=method, by=request.user)
    messages.success(request, _("Put away. What was done by it keeps its guide."))
    return redirect("cycles:method-list", slug)


@require_POST
def method_use(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Offer a method again."""
    method = method_or_404(membership_or_404(request.reader, slug), public_id)
    actions.use_method_again(method=method, by=request.user)
    messages.success(request, _("In use again."))
    return redirect("cycles:method-list", slug)
