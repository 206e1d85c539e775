"""The settings of the whole site."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnerships import actions
from partnerships.forms.organisations import SiteSettingsForm
from partnerships.http import SignedInRequest
from partnerships.models.site import site_settings


@require_http_methods(["GET", "HEAD", "POST"])
def site_settings_edit(request: SignedInRequest) -> HttpResponse:
    """Say who runs the site, who may start partnerships, and whom to tell a worry; only a site admin does."""
    if not request.user.is_staff:
        raise Http404
    form = SiteSettingsForm(request.POST if request.method == "POST" else None, settings=site_settings())
    if request.method == "POST" and form.is_valid():
        actions.change_site_settings(by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("partnerships:site-settings-edit")
    context = {"form": form, "menu": "profile"}
    return render(request, "partnerships/site_settings_edit.html", context, status=422 if form.errors else 200)
