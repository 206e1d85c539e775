"""No form with words in it is lost because its sender was signed out meanwhile, or its page is no longer theirs."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse

from . import drafts
from .models import Draft

GetResponse = Callable[[HttpRequest], HttpResponse]
# A valid one is put in its place.
NOT_SENT_AGAIN = ("csrfmiddlewaretoken",)


def holds_words(request: HttpRequest) -> bool:
    """Say whether somebody sent a form that keeps drafts."""
    return request.method == "POST" and "draft_key" in request.POST


def what_was_sent(request: HttpRequest) -> dict[str, Any]:
    """Return what `desk/_words_sent.html` shows of a form that was sent. Asks nothing of the database."""
    typed = drafts.boxes_in(request.POST.get("draft_form", ""), dict(request.POST.lists()))
    boxes = {box.name for box in typed}
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    return {
        "boxes": typed,
        "others": [(name, value) for name, value in sent if name not in (*boxes, *NOT_SENT_AGAIN)],
        "address": request.get_full_path(),
        "files": bool(request.FILES),
    }


def give_words_back(request: HttpRequest, *, problem: str = "") -> HttpResponse:
    """Show what was sent, in a form that can be sent once more, with a token that is valid now.

    `problem` says what is wrong, where it is something else than the sign-in.
    """
    context = {**what_was_sent(request), "problem": problem}
    return render(request, "desk/words_given_back.html", context, status=422 if problem else 403)


def words_given_back(get_response: GetResponse) -> GetResponse:
    """Answer a form of somebody signed out with its own words, instead of with the sign-in page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        to_sign_in = urlsplit(response.headers.get("Location", "")).path == resolve_url("account_login")
        # Autosave asks as htmx does, and keeps the words in its page.
        if response.status_code == 302 and to_sign_in and holds_words(request) and not request.htmx:  # type: ignore[attr-defined]
            return give_words_back(request)
        return response

    return middleware


def drafts_found_again(get_response: GetResponse) -> GetResponse:
    """Lead whoever opens a draft of their own to its words, also where the page that they were typed on is closed.

    They may have left the partnership, or what they responded to was taken back. The draft page tells them nothing of
    it but their own words.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        key = request.GET.get("draft", "")
        if request.method not in ("GET", "HEAD") or not request.user.is_authenticated:
            return response
        own = Draft.objects.of(request.user).open().filter(key=key).first() if drafts.KEY.fullmatch(key) else None
        if own is None or reverse("desk:draft-save", args=[own.key]).encode() in getattr(response, "content", b""):
            return response
        return HttpResponseRedirect(reverse("desk:draft-detail", args=[own.key]))

    return middleware
