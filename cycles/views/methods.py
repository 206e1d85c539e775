"""The methods that activities are done by: those that everybody has, and a partnership's own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycles import actions
from cycles.access import method_or_404
from cycles.forms import MethodForm
from cycles.methods import BUILT_IN, own_methods
from partnerships.access import membership_or_404
from partnerships.http import SignedInRequest
from records.saving import is_saved


@require_safe
def method_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show all methods with their guides; own ones that were put away last."""
    partnership = membership_or_404(request.reader, slug).partnership
    context = {
        "partnership": partnership,
        "own": own_methods(partnership),
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
        typed = form.cleaned_data
        saved = is_saved(
            form,
            lambda: actions.add_method(
                partnership=partnership,
                name=typed["name"],
                guide=typed["guide"],
                source=typed["source"],
                by=request.user,
                key=typed["draft_key"],
            ),
        )
        if saved:
            messages.success(request, _("Added. All members can choose it for an activity."))
            return redirect("cycles:method-list", partnership.slug)
    context = {"partnership": partnership, "form": form, "draft": form.kept_draft}
    return render(request, "cycles/method_new.html", context, status=422 if form.errors else 200)


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
