"""When the learning partner changes: who hands over to whom, what goes along, and what is written down."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.step_up import require_step_up
from partnerships import actions
from partnerships.access import membership_or_404
from partnerships.engaged import engagements, in_words
from partnerships.forms.people import HandOverForm
from partnerships.handing_over import Time, lines_that_name, times_of
from partnerships.http import SignedInRequest
from partnerships.models import Membership, Partnership, Space, SpaceMembership
from partnerships.models.memberships import current_members
from partnerships.models.spaces import names_in
from partnerships.permissions import Permission, may, require
from partnerships.supervision import shown_to

from .people import may_prepare_hand_over


@require_safe
def hand_over(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what goes along when the learning partner changes; it serves before the duty has changed, and afterwards."""
    mine = membership_or_404(request.reader, slug)
    if not may_prepare_hand_over(mine):
        raise PermissionDenied("Neither steward nor learning partner.")
    partnership = mine.partnership
    times = times_of(partnership)
    form = _form(request.GET, partnership, times)
    context: dict[str, Any] = {"partnership": partnership, "form": form, "times": times}
    if form.is_valid():
        giving, taking = form.pair()
        pair = urlencode({"giving": giving.public_id, "taking": taking.public_id})
        context |= {
            "giving": giving,
            "taking": taking,
            "is_taking": taking == mine,
            "has_changed": can_change(taking, giving),
            "can_change": can_change(giving, taking),
            "gives_duties": may(mine, Permission.GIVE_DUTIES),
            "confirm": f"{reverse('partnerships:hand-over-confirm', args=[slug])}?{pair}",
            "spaces": spaces_to_ask_into(request, giving, taking),
            "engagements": [{"line": line, "words": in_words(line)} for line in engagements(partnership)],
            "supervised": shown_to(partnership),
            "agreed": lines_that_name(partnership, giving.person.name),
            "looks_after_settings": may(mine, Permission.LOOK_AFTER_SETTINGS),
            "write": f"{reverse('reflections:reflection-new')}?"
            + urlencode({"partnership": slug, "one": taking.public_id}),
        }
    return render(request, "partnerships/hand_over.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_confirm(request: SignedInRequest, slug: str) -> HttpResponse:
    """Take the duty from one and give it to the other, after a page that says what changes."""
    mine = membership_or_404(request.reader, slug)
    require(mine, Permission.GIVE_DUTIES)
    posted = request.POST if request.method == "POST" else request.GET
    form = _form(posted, mine.partnership, times_of(mine.partnership))
    if not form.is_valid() or not can_change(*form.pair()):
        return redirect("partnerships:hand-over", slug)
    giving, taking = form.pair()
    if request.method == "POST":
        require_step_up(request)
        try:
            actions.hand_over(giving=giving, taking=taking, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            names = {"taking": taking.person.name, "giving": giving.person.name}
            messages.success(request, _("%(taking)s is learning partner from now on, %(giving)s no longer.") % names)
        pair = urlencode({"giving": giving.public_id, "taking": taking.public_id})
        return redirect(f"{reverse('partnerships:hand-over', args=[slug])}?{pair}")
    context = {"partnership": mine.partnership, "giving": giving, "taking": taking}
    return render(request, "partnerships/hand_over_confirm.html", context)


def can_change(giving: Membership, taking: Membership) -> bool:
    """Say whether the one is learning partner now and the other is not."""
    return giving.held_role.is_learning_partner and not taking.held_role.is_learning_partner


def _form(asked, partnership: Partnership, times: list[Time]) -> HandOverForm:
    """Offer those who are or were learning partner as givers, and every member as taker.

    Where nobody has chosen yet it holds the last change; before there was one, the only person who can give.
    """
    members = list(current_members(partnership).with_roles().order_by("person__name", "pk"))
    former = [time.membership for time in times if time.until]
    now = [time.membership for time in times if not time.until]
    partners = [member for member in members if member in former or member in now]
    data, initial = None, {}
    if "giving" in asked or "taking" in asked:
        data = asked
    elif former and now and former[0] in members:
        data = {"giving": former[0].public_id, "taking": now[0].public_id}
    elif len(partners) == 1:
        initial = {"giving": partners[0].public_id}
    return HandOverForm(data, members=members, partners=partners, initial=initial)


def spaces_to_ask_into(request: SignedInRequest, giving: Membership, taking: Membership) -> list[dict[str, Any]]:
    """Return the named spaces that the one is in and the other is not, as all members may know them."""
    named = giving.partnership.spaces.filter(kind__in=[Space.Kind.PEERS, Space.Kind.POWER_LINE], closed_at=None)
    places = SpaceMembership.objects.current()
    spaces = list(
        named.filter(pk__in=places.filter(membership=giving).values("space"))
        .exclude(pk__in=places.filter(membership=taking).values("space"))
        .in_order()
    )
    names = names_in(spaces)
    # That somebody is being asked in is known to those inside.
    asked = set(taking.admissions.pending().values_list("space", flat=True))
    inside = request.reader.spaces
    return [
        {
            "space": space,
            "am_in": space.pk in inside,
            "is_asked": space.pk in inside and space.pk in asked,
            "names": names[space.pk],
        }
        for space in spaces
    ]
