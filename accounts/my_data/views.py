"""What is held about me: having all of it as a file, and having it erased."""

from collections.abc import Iterator
from typing import cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Export, User
from learnpartner.htmx import render_page, wanted_partial

from . import actions, erasing
from .forms import SureForm, WordsForm
from .writing import PART

# A file for one person: no script, no form, no frame, nothing fetched.
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


@require_safe
def data_detail(request: HttpRequest) -> HttpResponse:
    """Show what one can do with all that is held of oneself, and how far an export is."""
    exports = list(Export.objects.of(_me(request)))
    # So that a page which asks again and again gets something only where something is new.
    seen = "-".join(f"{row.public_id}.{row.percent}.{row.is_ready:d}" for row in exports)
    if wanted_partial(request, ["exports"]) and request.GET.get("seen") == seen:
        return HttpResponse(status=204)
    context = {
        "exports": exports,
        "seen": seen,
        "is_waiting": any(row.made_at is None and row.failed_at is None for row in exports),
    }
    return render_page(request, "accounts/data_detail.html", context, partials=["exports"])


@require_POST
@reauthentication_required
def export_new(request: HttpRequest) -> HttpResponse:
    """Ask for a file of everything that is held of me. Asked twice is once, as long as it is being made."""
    actions.ask_for_export(by=_me(request))
    messages.success(request, _("Your file is being made. We send a mail when it is there."))
    return HttpResponseRedirect(reverse("accounts:data-detail"))


@require_safe
def export_file(request: HttpRequest, public_id: str) -> HttpResponse | StreamingHttpResponse:
    """Give one's own file, in parts; nobody else learns that there is one."""
    export = Export.objects.of(_me(request)).filter(public_id=public_id).first()
    if export is None or not export.is_ready:
        raise Http404
    return _send(request, export)


@reauthentication_required
def _send(request: HttpRequest, export: Export) -> StreamingHttpResponse:
    if not storages["default"].exists(export.name):
        # A database that was restored without its files.
        raise Http404
    response = StreamingHttpResponse(_parts(export), content_type="application/zip")
    response.headers["Content-Length"] = str(export.size)
    response.headers["Content-Disposition"] = 'attachment; filename="learnpartner-everything-of-mine.zip"'
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _parts(export: Export) -> Iterator[bytes]:
    for start in range(0, export.size, PART):
        yield storages["default"].read_part(export.name, start, min(PART, export.size - start))  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def erasure_new(request: HttpRequest) -> HttpResponse:
    """Choose what becomes of my words, see what will happen, and have myself erased. It is not undone."""
    person = _me(request)
    obstacles = erasing.obstacles_of(person)
    if request.method == "POST" and not obstacles:
        return _erase(request, person)
    form = WordsForm(request.GET if "words" in request.GET else None)
    if obstacles or not form.is_valid():
        context = {"form": form, "obstacles": obstacles}
        return render(request, "accounts/erasure_new.html", context, status=422 if form.errors else 200)
    return _confirm(request, person, SureForm(initial=form.cleaned_data))


def _erase(request: HttpRequest, person: User) -> HttpResponse:
    form = SureForm(request.POST)
    if not form.is_valid():
        if "words" in form.errors:
            return HttpResponseRedirect(request.path)
        return _confirm(request, person, form, status=422)
    try:
        erasing.erase(person=person, choice=form.cleaned_data["words"], by=person)
    except OSError:
        form.add_error(None, _("This cannot be done just now: nothing can be written. Nothing of yours was erased."))
        return _confirm(request, person, form, status=503)
    logout(request)
    messages.success(request, _("You are erased here. Thank you for what you brought."))
    return HttpResponseRedirect(reverse("account_login"))


def _confirm(request: HttpRequest, person: User, form: SureForm, *, status: int = 200) -> HttpResponse:
    choice = erasing.Choice(form.data.get("words") or form.initial["words"])
    context = {"form": form, "choice": choice, "effects": erasing.effects_of(person, choice)}
    return render(request, "accounts/erasure_confirm.html", context, status=status)


def _me(request: HttpRequest) -> User:
    """Give the person; LoginRequiredMiddleware has let nobody else through."""
    return cast(User, request.user)
