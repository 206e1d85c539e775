"""Sorting what was revealed by hand: putting notes together, naming what they make, and merging it.

Everybody present sorts. Two at once lose nothing: the last one says where a note lies, and no note is ever deleted.
"""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from convening.changing import require_live
from convening.models import Cluster, Contribution, LiveState, Session, SilentWriting, UnsignedNote
from desk.audit import record_event
from partnerships.reader import Reader


@transaction.atomic
def put_together(*, writing: SilentWriting, notes: Collection[str], cluster: str, by) -> Cluster | None:
    """Put notes, by their public ids, into a cluster by its public id; into a new one where that is empty.

    Where just these lie together already, nothing changes: pressed twice, one cluster is made. Raises ValidationError
    where the cluster was merged away meanwhile, or no note was chosen.
    """
    locked = _sorting(writing, by)
    signed, unsigned = _chosen(writing, notes, by)
    if cluster:
        into = Cluster.objects.filter(writing=writing, public_id=cluster).first()
        if into is None:
            raise ValidationError(_("That one is gone: somebody has just merged or emptied it."), code="gone")
    else:
        into = _where_they_lie(signed, unsigned) or Cluster.objects.create(
            writing=writing, made_at=timezone.now(), made_by=by
        )
    _move(signed, unsigned, into)
    _changed(locked, writing, by, "session.put_together")
    return into


@transaction.atomic
def take_out(*, writing: SilentWriting, notes: Collection[str], by) -> None:
    """Let notes, by their public ids, lie on their own again."""
    locked = _sorting(writing, by)
    signed, unsigned = _chosen(writing, notes, by)
    _move(signed, unsigned, None)
    _changed(locked, writing, by, "session.take_out")


@transaction.atomic
def name_cluster(*, cluster: Cluster, name: str, by) -> None:
    """Give a cluster the name that the group gives it; an empty one takes it away."""
    locked = _sorting(cluster.writing, by)
    if not Cluster.objects.filter(pk=cluster.pk).exclude(name=name).update(name=name):
        return
    LiveState.changed(locked)
    record_event(by=by, action="session.name_cluster", kind="session", public_id=locked.public_id)


@transaction.atomic
def merge_clusters(*, cluster: Cluster, into: str, by) -> None:
    """Put all of a cluster into another one, by its public id; named as that one, or as the first where it has no name.

    Raises ValidationError where the other one is gone.
    """
    locked = _sorting(cluster.writing, by)
    one = Cluster.objects.filter(pk=cluster.pk).first()
    other = Cluster.objects.filter(writing=cluster.writing_id, public_id=into).first()
    if other is None:
        raise ValidationError(_("That one is gone: somebody has just merged or emptied it."), code="gone")
    if one is None or one == other:
        return
    Contribution.objects.filter(cluster=one).update(cluster=other)
    UnsignedNote.objects.filter(cluster=one).update(cluster=other)
    if not other.name and one.name:
        Cluster.objects.filter(pk=other.pk).update(name=one.name)
    _changed(locked, cluster.writing, by, "session.merge_clusters")


def _sorting(writing: SilentWriting, by) -> Session:
    """Return the session, locked, for somebody in its space while it is live and the notes are revealed."""
    locked = Session.objects.held(writing.session_id)
    if locked.space_id not in Reader(by).spaces:
        raise PermissionDenied("Not in its space.")
    require_live(locked)
    if not SilentWriting.objects.filter(pk=writing.pk, revealed_at__isnull=False).exists():
        raise ValidationError(_("These are sorted once they are revealed."), code="unseen")
    return locked


def _chosen(writing: SilentWriting, notes: Collection[str], by) -> tuple[list[Contribution], list[UnsignedNote]]:
    """Return the notes of those public ids that this person reads there."""
    reader = Reader(by)
    readable = Contribution.objects.visible_to(reader).standing().with_words_for(reader)  # type: ignore[attr-defined]
    signed = list(readable.filter(writing=writing, space__isnull=False, public_id__in=notes))
    unsigned = list(UnsignedNote.objects.filter(writing=writing, public_id__in=notes))
    if not signed and not unsigned:
        raise ValidationError(_("Tick the notes first."), code="none")
    return signed, unsigned


def _where_they_lie(signed: list[Contribution], unsigned: list[UnsignedNote]) -> Cluster | None:
    """Return the cluster that holds just these notes, where there is one."""
    found = {row.cluster_id for row in signed} | {row.cluster_id for row in unsigned}
    pk = found.pop()
    if found or pk is None:
        return None
    lie_there = Contribution.objects.filter(cluster=pk).count() + UnsignedNote.objects.filter(cluster=pk).count()
    return Cluster.objects.get(pk=pk) if lie_there == len(signed) + len(unsigned) else None


def _move(signed: list[Contribution], unsigned: list[UnsignedNote], cluster: Cluster | None) -> None:
    Contribution.objects.filter(pk__in=[row.pk for row in signed]).update(cluster=cluster)
    UnsignedNote.objects.filter(pk__in=[row.pk for row in unsigned]).update(cluster=cluster)


def _changed(session: Session, writing: SilentWriting, by, action: str) -> None:
    """Clear away clusters in which nothing lies any more, and have all see what is new."""
    signed = Contribution.objects.filter(writing=writing, cluster__isnull=False).values("cluster")
    unsigned = UnsignedNote.objects.filter(writing=writing, cluster__isnull=False).values("cluster")
    Cluster.objects.filter(writing=writing).exclude(pk__in=signed).exclude(pk__in=unsigned).delete()
    LiveState.changed(session)
    record_event(by=by, action=action, kind="session", public_id=session.public_id)
