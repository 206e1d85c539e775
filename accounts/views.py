"""One's own account: what others see of it, how it looks, and how one signs in."""

from typing import Any, cast

from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from desk.conflicts import differences_in, overtaken
from desk.models import Draft

from . import actions
from .forms import AppearanceForm, ProfileForm, profile_version
from .models import User


def _me(request: HttpRequest) -> User:
    """Give the person; LoginRequiredMiddleware has let nobody else through."""
    return cast(User, request.user)


@require_http_methods(["GET"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show what others see of me, and how I sign in."""
    kinds = list(Authenticator.objects.filter(user=_me(request)).values_list("type", flat=True))
    context = {
        "has_app": Authenticator.Type.TOTP in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "addresses": EmailAddress.objects.filter(user=_me(request)).order_by("-primary", "email"),
    }
    return render(request, "accounts/profile.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def profile_edit(request: HttpRequest) -> HttpResponse:
    """Change what others see of me."""
    form = ProfileForm(request)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        # Typed on what has been changed since, in another window or on another day.
        is_old = form.cleaned_data["version"] not in (None, profile_version(_me(request)))
        if is_old and differences_in(form):
            context = overtaken(form, version=profile_version(_me(request)))
        else:
            with transaction.atomic():
                actions.change_profile(person=_me(request), by=_me(request), **form.words())
                Draft.use(author=_me(request), key=form.cleaned_data["draft_key"], form=form.draft_form)
            messages.success(request, _("Your profile is saved."))
            return HttpResponseRedirect(reverse("accounts:profile"))
    status = 422 if form.errors else 409 if "differences" in context else 200
    return render(request, "accounts/profile_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def profile_appearance(request: HttpRequest) -> HttpResponse:
    """Choose light or dark, and whether a key alone leads to the search box."""
    now = {"appearance": _me(request).appearance, "slash_searches": _me(request).slash_searches}
    form = AppearanceForm(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "POST" and form.is_valid():
        actions.change_profile(person=_me(request), by=_me(request), **form.cleaned_data)
        return HttpResponseRedirect(reverse("accounts:profile"))
    return render(request, "accounts/profile_appearance.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET"])
@never_cache
def totp_qr(request: HttpRequest) -> HttpResponse:
    """Show the picture that an authenticator app reads, while one is being set up.

    It has an address of its own, since the content policy lets no picture stand inside a page.
    """
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    adapter = get_mfa_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(_me(request), secret))
    return HttpResponse(picture, content_type="image/svg+xml")
