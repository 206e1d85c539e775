"""A partnership without an agreement, for the tests about agreeing."""

import time
from collections.abc import Callable
from typing import Any

from django.urls import reverse

from partnerships.actions.agreements import accept_agreement
from partnerships.agreements import current_agreement
from tests import factories as make

DETAIL, EDIT, ADOPT, ACCEPT = (f"partnerships:agreement-{name}" for name in ("detail", "edit", "adopt", "accept"))
VERSION = "partnerships:agreement-version"


def make_kerbside() -> Any:
    """Give the partnership with its steward, a learning partner and a member, as `steward`, `partner`, `member`."""
    steward = make.make_person(name="Sam Steward", email="sam@example.org")
    partnership: Any = make.make_partnership(by=steward, name="Kerbside")
    partner = make.make_person(name="Lea Partner", email="lea@example.org")
    member = make.make_person(name="Mo Member", email="mo@example.org")
    make.make_member(partnership=partnership, person=partner, learning_partner=True)
    make.make_member(partnership=partnership, person=member)
    partnership.steward, partnership.partner, partnership.member = steward, partner, member
    return partnership


def mine(place, person):
    return make.membership_of(person=person, partnership=place)


def accept(place, person, agreement=None):
    return accept_agreement(partnership=place, read=(agreement or current_agreement(place)).public_id, by=person)


def url(name, place, *args):
    return reverse(name, args=[place.slug, *args])


def slowly(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give the function with a pause before it, for two at once to meet in the middle."""

    def paused(*args, **kwargs):
        time.sleep(0.5)
        return function(*args, **kwargs)

    return paused
