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

from . import kinds
from .links import came_of_what_they_shared
from .models import Link, Record, Response, Suggestion


def tell_of_sharing(record: Record, *, readers: Iterable[Any], by) -> None:
    """Have everybody in the space told that there is something new, but its author.

    Of what is not named, pages show the day and no hour, so nobody is told before the next morning.
    """
    due_at: datetime | None = None if record.is_named else next_morning()
    people = [person for person in readers if person != by]
    notices.notify(people=people, kind="shared", about=record.public_id, due_at=due_at)


def tell_of_what_grew(record: Record, *, by) -> None:
    """Have the authors of what a record grew from told that something came of it, as soon as it is shared."""
    links = Link.objects.filter(grown_id=record.pk).exclude(source__author=by).select_related("source__author")
    due_at: datetime | None = None if record.is_named else next_morning()
    notices.notify(people=[row.source.author for row in links], kind="grown", about=record.public_id, due_at=due_at)


def tell_of_response(response: Response, *, by) -> None:
    """Have the author of a record told that somebody else has responded; of some kinds, whom the kind says."""
    tell = kinds.get(response.within.kind).tell_of_response if response.within else None
    if tell:
        tell(response, by=by)
        return
    author = response.within.author if response.within else None
    if author and author != by:
        notices.notify(people=[author], kind="response", about=response.public_id)


def tell_of_question(question: Suggestion) -> None:
    """Have somebody told that they are asked to help with the words of a record."""
    notices.notify(people=[question.helper], kind="help_asked", about=question.public_id)


def tell_of_suggestion(suggestion: Suggestion) -> None:
    """Have the author of a record told that changes to its words were suggested."""
    notices.notify(people=[suggestion.record.author], kind="help_given", about=suggestion.public_id)


def tell_of_folding(record: Record) -> None:
    """Have the author of a record told that a reader has folded it: who, is told to nobody."""
    notices.notify(people=[record.author], kind="folded", about=record.public_id)


def tell_of_setting_aside(record: Record) -> None:
    """Have the author of a record told that it was set aside."""
    notices.notify(people=[record.author], kind="set_aside", about=record.public_id)


def shared_line(person, about: str) -> notices.Line | None:
    """Say in which space there is something new, while the person may read it."""
    reader = Reader(person)
    readable = Record.objects.visible_to(reader).with_words_for(reader).standing()
    record = readable.filter(public_id=about).exclude(author=person).first()
    space = space_to_tell_of(reader, record)
    if space is None or space.partnership is None:
        return None
    return notices.Line(
        place=space.partnership.name,
        words=_("Something new in %(space)s") % {"space": name_of(space)},
        address=f"{reverse('records:stream', args=[space.partnership.slug])}?{urlencode({'space': space.public_id})}",
    )


def response_line(person, about: str) -> notices.Line | None:
    """Say where somebody has responded to the person, while both stand and the person may read it."""
    reader = Reader(person)
    responses = Response.objects.visible_to(reader).with_words_for(reader).standing().filter(within__author=person)
    response = responses.select_related("within").filter(public_id=about).exclude(author=person).first()
    space = space_to_tell_of(reader, response)
    if response is None or response.within is None or not response.within.stands or space is None:
        return None
    return notices.Line(
        place=space.partnership.name if space.partnership else str(space.get_kind_display()),
        words=_("Somebody responded to your note in %(space)s") % {"space": name_of(space)},
        address=response.within.get_absolute_url(),
    )


def folded_line(person, about: str) -> notices.Line | None:
    """Say in which space something of the person's own was folded, while it is."""
    own = Record.objects.visible_to(Reader(person)).written_by(person).standing().exclude(folded_at=None)
    return _own_line(person, own.filter(public_id=about).first(), _("A reader folded something of yours in %(space)s"))


def set_aside_line(person, about: str) -> notices.Line | None:
    """Say in which space something of the person's own was set aside, while it is."""
    own = Record.objects.visible_to(Reader(person)).written_by(person).filter(withdrawn_at=None)
    aside = own.exclude(set_aside_at=None).filter(public_id=about).first()
    return _own_line(person, aside, _("Something of yours was set aside in %(space)s"))


def _own_line(person, record: Record | None, words: str) -> notices.Line | None:
    space = space_to_tell_of(Reader(person), record)
    if record is None or space is None:
        return None
    return notices.Line(
        place=space.partnership.name if space.partnership else str(space.get_kind_display()),
        words=words % {"space": name_of(space)},
        address=record.get_absolute_url(),
    )


def grown_line(person, about: str) -> notices.Line | None:
    """Say where something came of what the person shared, while they may read it and what it came of stands."""
    reader = Reader(person)
    records = Record.objects.visible_to(reader).with_words_for(reader).standing().exclude(author=person)
    grown = records.filter(came_of_what_they_shared(reader), public_id=about).first()
    space = space_to_tell_of(reader, grown)
    if grown is None or space is None:
        return None
    return notices.Line(
        place=space.partnership.name if space.partnership else str(space.get_kind_display()),
        words=_("Something came of what you shared, in %(space)s") % {"space": name_of(space)},
        address=grown.get_absolute_url(),
    )


def help_asked_line(person, about: str) -> notices.Line | None:
    """Say in which space the person is asked for help with the words, while the question stands and is not answered."""
    reader = Reader(person)
    readable = Record.objects.visible_to(reader).with_words_for(reader)
    asked = Suggestion.objects.standing().to_write().filter(helper=person, record__in=readable, public_id=about)
    return _help_line(reader, asked.first(), _("You are asked to help with a note in %(space)s"), "detail")


def help_given_line(person, about: str) -> notices.Line | None:
    """Say in which space changes were suggested to the person's words, while they are to be taken or left."""
    reader = Reader(person)
    given = Suggestion.objects.to_answer().filter(record__in=Record.objects.visible_to(reader).written_by(person))
    words = _("Changes were suggested to your note in %(space)s")
    return _help_line(reader, given.filter(public_id=about).first(), words, "answer")


def _help_line(reader: Reader, suggestion: Suggestion | None, words: str, page: str) -> notices.Line | None:
    space = space_to_tell_of(reader, suggestion.record) if suggestion else None
    if suggestion is None or space is None:
        return None
    return notices.Line(
        place=space.partnership.name if space.partnership else str(space.get_kind_display()),
        words=words % {"space": name_of(space)},
        address=reverse(f"records:suggestion-{page}", args=[suggestion.public_id]),
    )


def space_to_tell_of(reader: Reader, record: Record | None) -> Space | None:
    """Return the record's space, where the reader is in it now and wants mail about it."""
    space = reader.spaces.get(record.space_id or 0) if record else None
    if space is None or Mute.objects.filter(person=reader.person, space=space).exists():
        return None
    return space


def name_of(space: Space) -> str:
    """Name a space in a mail, which others may see: a one to one without the other's name."""
    if space.kind == Space.Kind.ONE_TO_ONE:
        return _("a one to one")
    if space.kind == Space.Kind.EVERYONE and space.partnership:
        return space.partnership.name
    return space.name or _("the wider field")
