"""What stands around a session's words on its page: who convened and who is asked, its series, and what is one each."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects
from django.utils.translation import ngettext

from partnerships.models import HeldRole, Membership, Space
from partnerships.reader import Reader

from .models import GuestLink, Series, Session, SilentWriting, SupervisionNote, TasksNow


@dataclass(frozen=True)
class Around:
    """The series of a session with its neighbours there, what it has at most one each of, and a word on the rest."""

    series: Series | None
    before: Session | None
    after: Session | None
    tasks: TasksNow | None
    supervision: SupervisionNote | None
    guest_link: GuestLink | None
    was_written_at: bool


def around(reader: Reader, session: Session) -> Around:
    """Return what there is one each of, and set the session's host: one query for all.

    Neighbours are those that the reader reads, and that take place.
    """
    readable = Session.objects.visible_to(reader).with_words_for(reader).standing().taking_place()
    beside = readable.filter(series=session.series_id) if session.series_id else Session.objects.none()
    before = beside.filter(starts_at__lt=session.starts_at).order_by("-starts_at", "-pk")
    after = beside.filter(starts_at__gt=session.starts_at).order_by("starts_at", "pk")
    wanted = Q(pk=session.pk)
    if session.series_id:
        wanted |= Q(pk=_first(before)) | Q(pk=_first(after))
    rows = Session.objects.filter(wanted).without_texts()
    rows = rows.select_related("host", "series", "tasks_now__written_by", "supervision_note__written_by", "guest_link")
    rows = rows.annotate(was_written_at=Exists(SilentWriting.objects.filter(session=OuterRef("pk"))))
    found = {row.pk: row for row in rows}
    itself = found.pop(session.pk)
    session.host = itself.host
    return Around(
        series=itself.series,
        before=next((row for row in found.values() if row.starts_at < session.starts_at), None),
        after=next((row for row in found.values() if row.starts_at > session.starts_at), None),
        tasks=getattr(itself, "tasks_now", None),
        supervision=getattr(itself, "supervision_note", None),
        guest_link=getattr(itself, "guest_link", None),
        was_written_at=itself.was_written_at,
    )


def who_is_asked(reader: Reader, session: Session) -> str:
    """Say in words who is asked, such as "Early shift peers: 7 people"; nothing to who has left the space.

    As `Reader.who_reads`, which asks for all spaces of the reader; who is in this one the page knows already.
    """
    space = session.space
    if space is None or space.pk not in reader.spaces:
        return ""
    if space.kind in (Space.Kind.ONE_TO_ONE, Space.Kind.WIDER_FIELD):
        return reader.who_reads(space)
    others = others_asked(session)
    words = ngettext("%(space)s: %(n)d person", "%(space)s: %(n)d people", others)
    return words % {"space": reader.name_of(space), "n": others}


def others_asked(session: Session) -> int:
    """Count those who are asked beside the one who looks, who is in the space."""
    return max(len(session.members_now) - 1, 0)


def members_with_roles(session: Session) -> list[Membership]:
    """Return those in its space now, each with the role held now: one query beside that for `members_now`."""
    held = HeldRole.objects.current().select_related("organisation")
    prefetch_related_objects(session.members_now, Prefetch("held_roles", held, to_attr="current_roles"))
    return session.members_now


def _first(sessions: QuerySet) -> Subquery:
    return Subquery(sessions.values("pk")[:1])
