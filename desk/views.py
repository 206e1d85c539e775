"""Keeping what is typed."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from . import drafts
from .forms import LONGEST_KEY
from .models import Draft

# Fields that belong to the page and not to the person's words.
NOT_WORDS = {"csrfmiddlewaretoken", "draft_key", "draft_form", "draft_about", "draft_writer", "version"}
LARGEST_DRAFT = 400_000


@require_POST
def draft_save(request: HttpRequest, key: str) -> JsonResponse:
    """Keep what is typed so far, and say so in words for the status line.

    Answers {"status": "Saved 14:02"} with 200, with 409 when the form has been saved already, and with 422 when the
    words cannot be kept.
    """
    form = request.POST.get("draft_form", "")
    about = request.POST.get("draft_about", "")
    # PostgreSQL keeps no NUL in JSON. It shows up as a broken character, which the form then speaks about.
    data = {
        name.replace("\0", "\ufffd"): [value.replace("\0", "\ufffd") for value in values]
        for name, values in request.POST.lists()
        if name not in NOT_WORDS
    }
    size = sum(len(name) + sum(map(len, values)) for name, values in data.items())
    # The desk knows people by AUTH_USER_MODEL only, as does its type.
    person = getattr(request.user, "public_id", "")
    if request.POST.get("draft_writer", person) != person:
        return JsonResponse({"status": _("Not saved: somebody else is signed in here now.")}, status=422)
    if not drafts.can_be_about(form, about) or len(key) > LONGEST_KEY or size > LARGEST_DRAFT:
        return JsonResponse({"status": _("Not saved: this is too long to keep as a draft.")}, status=422)
    draft = Draft.keep(author=request.user, key=key, form=form, about=about, data=data)
    if draft is None:
        return JsonResponse(
            {"status": _("Not kept: you saved this before. Save again, and what you typed since is kept too.")},
            status=409,
        )
    return JsonResponse(
        {"status": _("Saved %(time)s") % {"time": date_format(timezone.localtime(draft.saved_at), "H:i")}}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def draft_delete(request: HttpRequest, key: str) -> HttpResponse:
    """Throw a draft away, after a page that shows it once more."""
    draft = get_object_or_404(Draft.objects.of(request.user).open(), key=key)
    if request.method == "POST":
        draft.delete()
        return HttpResponseRedirect(reverse("home:home"))
    context = {"draft": draft, "words": drafts.words_of(draft), "address": drafts.address_of(draft)}
    return render(request, "desk/draft_delete.html", context)
