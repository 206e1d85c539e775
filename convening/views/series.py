"""Repeating a session, what its page says of the others, and whether a change is for those that follow."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from convening import actions
from convening.access import following, hosted_session_or_404
from convening.around import Around
from convening.forms.series import ReachForm, RepeatForm
from convening.models import Session
from convening.repeating import months_left_out, rhythms_of
from partnerships.http import SignedInRequest


def shown(session: Session, near: Around) -> dict[str, Any]:
    """Return what the page of a session says of its series: its rhythm, the one before and the one after."""
    if near.series is None:
        return {}
    # What was moved may not be on such a weekday of its month any more.
    precise = {} if session.was_to_start_at else dict(rhythms_of(session.day))
    return {
        "series": near.series,
        "series_words": precise.get(near.series.rhythm, near.series.get_rhythm_display()),
        "series_before": near.before,
        "series_after": near.after,
    }


def reach_of(request: SignedInRequest, session: Session, *, moving: bool = False) -> ReachForm:
    """Return the question whether what is changed here is changed in what follows as well."""
    later = following(request.reader, session)
    if moving:
        later = later.filter(moved_alone=False) if not session.moved_alone else later.none()
    rows = list(later.select_related("series")[:1])
    data = request.POST if request.method == "POST" else None
    hint = _("Those that were moved by themselves keep their time.") if moving else ""
    mine = bool(rows and rows[0].series and rows[0].series.made_by_id == request.user.pk)
    return ReachForm(data, number=len(rows), is_host_of_all=mine, hint=hint)


@require_http_methods(["GET", "HEAD", "POST"])
def session_repeat(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Make a series of a session: choose how often, look at the days, make them."""
    session = hosted_session_or_404(request.reader, public_id)
    form = RepeatForm(request.POST if request.method == "POST" else None, session=session)
    context = {"form": form, "session": session, "partnership": session.partnership}
    if request.method != "POST" or "change" in request.POST:
        return render(request, "convening/session_repeat.html", context)
    if not form.is_valid():
        return render(request, "convening/session_repeat.html", context, status=422)
    is_as_shown = form.cleaned_data["version"] == session.version
    if "sure" in request.POST and is_as_shown:
        try:
            actions.repeat_session(
                session=session,
                rhythm=form.cleaned_data["rhythm"],
                days=form.cleaned_data["days"],
                hosts=form.hosts(),
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
            return render(request, "convening/session_repeat.html", context, status=422)
        messages.success(request, _("Made. Those who are asked get one mail about all of them in a few minutes."))
        return redirect(session)
    days = form.cleaned_data["days"]
    context |= {"rows": form.shown(), "left_out": months_left_out(days), "again": "sure" in request.POST}
    return render(request, "convening/session_repeat_sure.html", context, status=200 if is_as_shown else 409)
