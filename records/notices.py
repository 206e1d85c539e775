"""What people are told about words by mail: that there are some, and where. Never whose, and never which."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from desk import notices
from desk.models.notices import next_morning
from partnerships.models import Mute, Space
from partnerships.reader import Reader

from .models import Record, Response


def tell_of_sharing(record: Record, *, readers: Iterable[Any], by) -> None:
    """Have everybody in the space told that there is something new, but its author.

    Of what is not named, pages show the day and no hour, so nobody is told before the next morning.
    """
    due_at: datetime | None = None if record.is_named else next_morning()
    people = [person for person in readers if person != by]
    notices.notify(people=people, kind="shared", about=record.public_id, due_at=due_at)


def tell_of_response(response: Response, *, by) -> None:
    """Have the author of a record told that somebody else has responded."""
    author = response.within.author if response.within else None
    if author and author != by:
        notices.notify(people=[author], kind="response", about=response.public_id)


def shared_line(person, about: str) -> notices.Line | None:
    """Say in which space there is something new, while the person may read it."""
    reader = Reader(person)
    record = Record.objects.visible_to(reader).standing().filter(public_id=about).exclude(author=person).first()
    space = _space_to_tell_of(reader, record)
    if space is None or space.partnership is None:
        return None
    return notices.Line(
        place=space.partnership.name,
        words=_("Something new in %(space)s") % {"space": _name_of(space)},
        address=f"{reverse('records:stream', args=[space.partnership.slug])}?{urlencode({'space': space.public_id})}",
    )


def response_line(person, about: str) -> notices.Line | None:
    """Say where somebody has responded to the person, while both stand and the person may read it."""
    reader = Reader(person)
    responses = Response.objects.visible_to(reader).standing().filter(within__author=person, within__withdrawn_at=None)
    response = responses.select_related("within").filter(public_id=about).exclude(author=person).first()
    space = _space_to_tell_of(reader, response)
    if response is None or response.within is None or space is None:
        return None
    return notices.Line(
        place=space.partnership.name if space.partnership else str(space.get_kind_display()),
        words=_("Somebody responded to your note in %(space)s") % {"space": _name_of(space)},
        address=response.within.get_absolute_url(),
    )


def _space_to_tell_of(reader: Reader, record: Record | None) -> Space | None:
    """Return the record's space, where the reader is in it now and wants mail about it."""
    space = reader.spaces.get(record.space_id or 0) if record else None
    if space is None or Mute.objects.filter(person=reader.person, space=space).exists():
        return None
    return space


def _name_of(space: Space) -> str:
    """Name a space in a mail, which others may see: a one to one without the other's name."""
    if space.kind == Space.Kind.ONE_TO_ONE:
        return _("a one to one")
    if space.kind == Space.Kind.EVERYONE and space.partnership:
        return space.partnership.name
    return space.name or _("the wider field")
