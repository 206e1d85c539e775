"""No form with words in it is lost because its sender was signed out meanwhile."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url

GetResponse = Callable[[HttpRequest], HttpResponse]
# Fields that people write in; the others go along unseen.
WORDS = (
    "title",
    "text",
    "purpose",
    "power_statement",
    "safety",
    "hopes_to_learn",
    "brings",
    "cannot_promise",
    "approach",
    "information",
    "people",
)
NOT_SENT_AGAIN = ("csrfmiddlewaretoken",)


def holds_words(request: HttpRequest) -> bool:
    """Say whether somebody sent a form that keeps drafts."""
    return request.method == "POST" and "draft_key" in request.POST


def give_words_back(request: HttpRequest) -> HttpResponse:
    """Show what was sent, in a form that can be sent once more, with a token that is valid now."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_SENT_AGAIN]
    context = {
        "words": [(name, value) for name, value in sent if name in WORDS and value],
        "others": [(name, value) for name, value in sent if name not in WORDS],
        "address": request.get_full_path(),
    }
    return render(request, "desk/words_given_back.html", context, status=403)


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
