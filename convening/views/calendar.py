"""When sessions are: a calendar of one's own, that of a partnership, and files for calendars elsewhere."""

from datetime import date, timedelta
from typing import Any

from allauth.decorators import rate_limit
from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from convening import actions, ics
from convening.access import feed_or_404, session_or_404
from convening.calendar import between, days_of, month_of, month_with, sessions_of, this_month
from convening.models import CalendarFeed, Session
from partnerships.access import membership_or_404
from partnerships.http import SignedInRequest
from partnerships.reader import Reader
from records.attachments.serving import POLICY

from .sessions import with_places

FEED_BACK, FEED_AHEAD = timedelta(days=60), relativedelta(years=2)


@require_safe
def calendar(request: SignedInRequest) -> HttpResponse:
    """Show the sessions of all spaces that one is in: those ahead, or those of a month (`?month=2026-12`)."""
    return _page(request, sessions_of(request.reader), {})


@require_safe
def partnership_calendar(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show a partnership's sessions, in the spaces that one is in, as `calendar` does."""
    partnership = membership_or_404(request.reader, slug).partnership
    sessions = sessions_of(request.reader).filter(partnership=partnership)
    return _page(request, sessions, {"partnership": partnership})


def _page(request: SignedInRequest, sessions: QuerySet[Session], context: dict[str, Any]) -> HttpResponse:
    chosen = _month_asked_for(request)
    first = chosen or this_month()
    month = month_with(sessions, first)
    # Without a month asked for, the last days of one are no empty page.
    began = first if chosen else timezone.localdate()
    rows = between(sessions, began, first + relativedelta(months=1 if chosen else 2))
    context |= {"month": month, "chosen": chosen, "days": days_of(with_places(request, rows))}
    return render(request, "convening/calendar.html", context | {"today": timezone.localdate()})


def _month_asked_for(request: SignedInRequest) -> date | None:
    text = request.GET.get("month", "")
    try:
        return month_of(text) if text else None
    except ValueError:
        raise Http404


@require_safe
def session_file(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Give a session as a file that a calendar takes in."""
    session = session_or_404(request.reader, public_id)
    if session.words_withheld or session.set_aside_at:
        raise Http404
    response = HttpResponse(ics.file_of(session), content_type=ics.MEDIA_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="session.ics"'
    response.headers["Content-Security-Policy"] = POLICY
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def feed_edit(request: SignedInRequest) -> HttpResponse:
    """Have a secret address for one's calendar made, made anew, or switched off. It is shown once."""
    address = ""
    if request.method == "POST":
        if request.POST.get("do") == "off":
            actions.switch_feed_off(by=request.user)
            messages.success(request, _("Switched off. Nothing is at that address any more."))
            return redirect("convening:feed-edit")
        address = _address_of(actions.make_feed(by=request.user))
    feed = CalendarFeed.objects.filter(person=request.user).first()
    context = {"feed": feed, "address": address, "menu": "account"}
    return render(request, "convening/feed_edit.html", context)


def _address_of(token: str) -> str:
    return settings.SITE_URL.rstrip("/") + reverse("convening:calendar-feed", args=[token])


@login_not_required
@rate_limit(action="calendar_feed", config={"calendar_feed": "600/m/ip"}, limit_get=True)
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give somebody's calendar program when they have sessions: no names, no titles, no places."""
    reader = Reader(feed_or_404(token).person)
    now = timezone.now()
    rows = sessions_of(reader).filter(cancelled_at=None, starts_at__gt=now - FEED_BACK, starts_at__lt=now + FEED_AHEAD)
    return HttpResponse(ics.feed_of(rows.order_by("starts_at", "pk")), content_type=ics.MEDIA_TYPE)
