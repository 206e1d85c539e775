"""Keeping what is typed."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import belongings, drafts
from .forms import LONGEST_KEY
from .middleware import give_words_back
from .models import Draft

LARGEST_DRAFT = 400_000


@require_POST
def draft_save(request: HttpRequest, key: str) -> JsonResponse:
    """Keep what is typed so far, and say so in words for the status line; a script asks every few seconds.

    Answers {"status": "Saved 14:02", "key": …, "address": …}; key and address are others than were asked for where the
    draft was gone on with in another tab. With 409 when the form has been saved already, 422 when the words cannot be
    kept, and 403 when somebody else has signed in.
    """
    problem, status = _problem(request, key)
    draft = None if problem else drafts.keep(request.POST, key=key, author=request.user)
    if draft is None:
        saved_before = _("Not kept: you saved this before. Save again, and what you typed since is kept too.")
        return JsonResponse({"status": problem or saved_before}, status=status or 409)
    address = reverse("desk:draft-save", args=[draft.key])
    return JsonResponse({"status": draft.saved_words, "key": draft.key, "address": address})


@require_POST
def draft_keep(request: HttpRequest, key: str) -> HttpResponse:
    """Keep what is typed so far where there is no script, whatever is wrong with it; its page comes back with it."""
    problem, _status = _problem(request, key)
    if problem:
        return give_words_back(request, problem=problem)
    # Saved before, and typed on since: that is a draft of its own.
    draft = drafts.keep(request.POST, key=key, author=request.user)
    draft = draft or drafts.keep(request.POST, key=drafts.new_key(), author=request.user)
    belongings.keep(request, cast(Draft, draft))
    return HttpResponseRedirect(drafts.address_of(cast(Draft, draft)))


def _problem(request: HttpRequest, key: str) -> tuple[str, int]:
    """Say why the words cannot be kept, and with which status; nothing where they can."""
    # The desk knows people by AUTH_USER_MODEL only, as does its type.
    person = getattr(request.user, "public_id", "")
    if request.POST.get("draft_writer", person) != person:
        return _("Not saved: somebody else is signed in here now."), 403
    size = sum(len(name) + sum(map(len, values)) for name, values in request.POST.lists())
    if not drafts.can_be_about(request.POST.get("draft_form", ""), request.POST.get("draft_about", "")):
        return _("Not saved: this page is too old to keep a draft. Open it anew, and copy your words over."), 422
    if len(key) > LONGEST_KEY or size > LARGEST_DRAFT:
        return _("Not saved: this is too long to keep as a draft."), 422
    return "", 0


@require_safe
def draft_resume(request: HttpRequest) -> HttpResponse:
    """Say that one is signed in again, in the tab where one did; the page that waits for it is in another."""
    return render(request, "desk/draft_resume.html")


@require_safe
def draft_token(request: HttpRequest) -> JsonResponse:
    """Give a waiting page a token that is valid now, and whom it is for: words are saved only for who typed them."""
    return JsonResponse({"writer": getattr(request.user, "public_id", ""), "token": get_token(request)})


@require_safe
def draft_detail(request: HttpRequest, key: str) -> HttpResponse:
    """Show the words of a draft whose page does not open any more for who typed them."""
    draft = get_object_or_404(Draft.objects.of(request.user).open(), key=key)
    return render(request, "desk/draft_detail.html", _context(draft))


@require_http_methods(["GET", "HEAD", "POST"])
def draft_delete(request: HttpRequest, key: str) -> HttpResponse:
    """Throw a draft away, after a page that shows it once more."""
    draft = get_object_or_404(Draft.objects.of(request.user).open(), key=key)
    if request.method == "POST":
        belongings.throw_away(draft)
        draft.delete()
        messages.success(request, _("The draft is thrown away."))
        return HttpResponseRedirect(reverse("home:home"))
    return render(request, "desk/draft_delete.html", _context(draft))


def _context(draft: Draft) -> dict:
    return {
        "draft": draft,
        "label": drafts.form_of(draft).label,
        "boxes": drafts.boxes_of(draft),
        "address": drafts.address_of(draft),
    }
