"""How something in the library stands, and who looks after it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from curating import actions
from curating.access import is_curator, may_take_on, object_or_404, open_object_or_404
from curating.forms import CuratorForm, StateForm
from partnerships.http import SignedInRequest
from records.actions import AlreadySent


@require_http_methods(["GET", "HEAD", "POST"])
def object_state(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say that it is live, superseded by something else, or retired."""
    found = open_object_or_404(request.reader, public_id)
    form = StateForm(request, reader=request.reader, boundary_object=found)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("seen", "by_which", "reason")}
        key, to = form.cleaned_data["draft_key"], form.cleaned_data["state"]
        try:
            actions.change_state(boundary_object=found, to=to, by=request.user, key=key, **typed)
        except AlreadySent:
            form.begin_anew()
            status = 422
        except ValidationError as error:
            form.add_error(None, error)
            form.see_anew(object_or_404(request.reader, public_id).state)
            form.keep_as_draft()
            status = 409
        else:
            return redirect(f"{found.get_absolute_url()}#standing")
    context = {"object": found, "partnership": found.partnership, "form": form, "draft": form.kept_draft}
    return render(request, "curating/object_state.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def object_curator(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Hand over who looks after it; where who did has left its space, anybody in it can take that on."""
    found = open_object_or_404(request.reader, public_id)
    takes_on = may_take_on(request.reader, found)
    if not takes_on and not is_curator(request.reader, found):
        raise PermissionDenied("Not its curator.")
    only = request.user if takes_on else None
    form = CuratorForm(request.POST if request.method == "POST" else None, boundary_object=found, only=only)
    if request.method == "POST" and form.is_valid():
        curator = form.chosen()
        try:
            actions.hand_over_curating(boundary_object=found, to=curator, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(name)s looks after it from now on.") % {"name": curator.person.name})
            return redirect(found)
    context = {"object": found, "partnership": found.partnership, "form": form, "takes_on": takes_on}
    return render(request, "curating/object_curator.html", context, status=422 if form.errors else 200)
