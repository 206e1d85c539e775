"""What a site admin sets aside by order of law: by its address, and without seeing a word of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.http import SignedInRequest
from records import actions
from records.folding import orders, standing_order
from records.forms import OrderForm


@require_safe
def order_list(request: SignedInRequest) -> HttpResponse:
    """Show a site admin what is set aside by order now: addresses and orders, and nothing of what stands there."""
    if not request.user.is_staff:
        raise Http404
    return render(request, "records/order_list.html", {"orders": orders(), "menu": "profile"})


@require_http_methods(["GET", "HEAD", "POST"])
def order_new(request: SignedInRequest) -> HttpResponse:
    """Set something aside by order of law, by its address."""
    if not request.user.is_staff:
        raise Http404
    form = OrderForm(request)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            actions.set_aside_by_order(
                address=asked["address"], reason=asked["text"], key=asked["draft_key"], by=request.user
            )
        except actions.AlreadySent:
            form.begin_anew()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Set aside. Nobody but its author reads it now."))
            return redirect("records:order-list")
    context = {"form": form, "menu": "profile"}
    return render(request, "records/order_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def order_lift(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Lift what was set aside by order of law, after a page that confirms."""
    if not request.user.is_staff:
        raise Http404
    order = standing_order(public_id)
    if order is None:
        raise Http404
    if request.method == "POST":
        try:
            actions.lift_order(public_id=public_id, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Lifted. It stands as it did before."))
        return redirect("records:order-list")
    return render(request, "records/order_lift.html", {"order": order, "menu": "profile"})
