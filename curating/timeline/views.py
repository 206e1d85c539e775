"""The timeline of a partnership, and choosing of it for a story."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships.access import membership_or_404
from partnerships.http import SignedInRequest
from partnerships.models import Partnership

from .forms import OLDEST, StoryForm, TimelineFilter
from .reading import Timeline
from .story import MOST_TOLD, NAME


@require_safe
def timeline(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what happened in a partnership as far as the reader reads it, by year and month."""
    partnership = membership_or_404(request.reader, slug).partnership
    context = _shown(request, partnership)
    status = 422 if context["form"].errors else 200
    return render(request, "curating/timeline/timeline.html", context, status=status)


@require_safe
def timeline_story(request: SignedInRequest, slug: str) -> HttpResponse:
    """Have the reader choose what belongs in a story, all of it being chosen at first; then Write begins with it."""
    partnership = membership_or_404(request.reader, slug).partnership
    context = _shown(request, partnership)
    if context["form"].errors:
        # The page with the filters says what is wrong with them.
        return redirect(f"{context['here']}?{request.GET.urlencode()}")
    moments = context["page"].moments
    is_sent = "begin" in request.GET
    form = StoryForm(request.GET if is_sent else None, moments=moments)
    if is_sent and form.is_valid():
        chosen = [("moment", key) for key in form.cleaned_data["moment"]]
        asked = urlencode([("partnership", partnership.slug), ("begin", NAME), *chosen])
        return redirect(f"{reverse('reflections:reflection-new')}?{asked}")
    keys = {moment.key for moment in moments}
    context |= {
        "choosing": form,
        "chosen": set(request.GET.getlist("moment")) if is_sent else keys if len(keys) <= MOST_TOLD else set(),
        "begin": NAME,
    }
    status = 422 if form.errors else 200
    return render(request, "curating/timeline/story.html", context, status=status)


def _shown(request: SignedInRequest, partnership: Partnership) -> dict[str, Any]:
    """Return what both pages show: the moments that are asked for, the filters, and the ways round them."""
    whole = Timeline(request.reader, partnership)
    form = TimelineFilter(request.GET, timeline=whole)
    wanted = form.wanted
    page = whole.page(wanted)
    here = reverse("curating:timeline", args=[partnership.slug])
    return {
        "partnership": partnership,
        "form": form,
        "page": page,
        "here": here,
        "chips": form.chips(request.path),
        "is_narrowed": wanted.is_narrowed,
        "oldest_first": wanted.oldest_first,
        "turned": form.asking(order=None if wanted.oldest_first else OLDEST, year=None),
        "earlier": form.asking(year=page.earlier) if page.earlier else "",
        "later": form.asking(year=page.later) if page.later else "",
        "asking": form.asking(),
        "story": reverse("curating:timeline-story", args=[partnership.slug]) + form.asking(),
        "today": timezone.localdate(),
    }
