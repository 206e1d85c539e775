"""The doors to sets of prompts: the built-in ones are everybody's, an own one is for the members of its partnership."""

from django.db.models import F, QuerySet
from django.http import Http404
from django.urls import reverse

from partnerships.models import Membership, Partnership
from partnerships.permissions import Permission, may
from partnerships.reader import Reader
from reflections.models import PromptSet, PromptSetVersion, Reflection

from .built_in import BUILT_IN, Prompts, newest


def _versions(reader: Reader) -> QuerySet[PromptSetVersion]:
    """Return all versions of the sets that the reader may see."""
    rows = PromptSetVersion.objects.filter(prompt_set__partnership__in=list(reader.memberships))
    return rows.select_related("prompt_set__partnership", "prompt_set__offered_by", "changed_by")


def _prompts_of(row: PromptSetVersion) -> Prompts:
    return Prompts(
        key=row.prompt_set.public_id,
        version=row.number,
        name=row.name,
        line=row.line,
        questions=tuple(row.questions),
        source=row.source,
        framework=row.framework,
        own=row.prompt_set,
    )


def find(reader: Reader, key: str, version: int | None = None) -> Prompts | None:
    """Return a set that the reader may see, as it is asked now or as a former version did; None for all else."""
    if not key:
        return None
    built_in = [row for row in BUILT_IN if row.key == key and version in (None, row.version)]
    if built_in:
        return built_in[-1]
    rows = _versions(reader).filter(prompt_set__public_id=key)
    row = rows.filter(number=F("prompt_set__version") if version is None else version).first()
    return _prompts_of(row) if row else None


def prompts_or_404(reader: Reader, key: str, version: int | None = None) -> Prompts:
    """Return a set that the reader may see; what others have of their own does not exist for them."""
    prompts = find(reader, key, version)
    if prompts is None:
        raise Http404
    return prompts


def own_prompts_or_404(reader: Reader, key: str) -> tuple[Prompts, PromptSet, Membership]:
    """Return an own set of one of the reader's partnerships, with the reader's membership there."""
    prompts = prompts_or_404(reader, key)
    if prompts.own is None:
        raise Http404
    membership = reader.memberships[prompts.own.partnership_id]
    prompts.own.partnership = membership.partnership
    return prompts, prompts.own, membership


def versions_of(reader: Reader, prompts: Prompts) -> list[PromptSetVersion]:
    """Return all versions of an own set, the newest first; none of a built-in one."""
    return list(_versions(reader).filter(prompt_set=prompts.own)) if prompts.own else []


def own_prompts(reader: Reader, partnership: Partnership | None = None, *, retired: bool = False) -> list[Prompts]:
    """Return the own sets of the reader's partnerships, or of one of them, as they are asked now."""
    rows = _versions(reader).filter(number=F("prompt_set__version"), prompt_set__retired_at__isnull=not retired)
    if partnership:
        rows = rows.filter(prompt_set__partnership=partnership)
    return [_prompts_of(row) for row in rows.order_by("prompt_set__offered_at", "prompt_set_id")]


def offered(reader: Reader, partnership: Partnership | None) -> list[Prompts]:
    """Return what one can write with in a partnership: its own sets first, as they were made for this."""
    return [*(own_prompts(reader, partnership) if partnership else []), *newest()]


def offered_to_writer(reader: Reader, partnership: Partnership | None) -> list[Prompts]:
    """Return what the composer offers: own sets of the partnership one writes for, or of all of one's own."""
    return [*own_prompts(reader, partnership), *newest()]


def address_of(reader: Reader, note: Reflection) -> str:
    """Return the page of the set that a note was written with, where the reader may see it."""
    if not note.prompt_set or find(reader, note.prompt_set) is None:
        return ""
    return reverse("reflections:prompt-detail", args=[note.prompt_set])


def may_change(membership: Membership, prompt_set: PromptSet) -> bool:
    """Say whether a member may change a set, and take it out of use: who looks after settings; a lens also who offers.

    Offering a lens takes no more than being a member (see `may_offer`).
    """
    if membership.partnership_id != prompt_set.partnership_id:
        return False
    if may(membership, Permission.LOOK_AFTER_SETTINGS):
        return True
    return prompt_set.is_lens and membership.is_current and prompt_set.offered_by_id == membership.person_id


def may_offer(membership: Membership, kind: str) -> bool:
    """Say whether a member may add a set of that kind: any member a lens, who looks after settings a plain set too."""
    lens = kind == PromptSet.Kind.LENS
    return may(membership, Permission.WRITE if lens else Permission.LOOK_AFTER_SETTINGS)
