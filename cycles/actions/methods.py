"""A partnership's own methods: added, changed, put away, taken into use again."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cycles.access import require_may_change_method
from cycles.models import Method
from desk.audit import record_event
from desk.models import Draft
from partnerships.models import Partnership
from partnerships.reader import Reader
from records.versions import AlreadySent, StaleVersion


@transaction.atomic
def add_method(*, partnership: Partnership, name: str, guide: str, source: str, by, key: str) -> Method:
    """Add a method of the partnership's own; any member does. A repeated POST gets what the first one made.

    Raises AlreadySent where other words come under a used key.
    """
    _require_member(partnership.pk, by)
    if not Draft.use(author=by, key=key, form="method"):
        made = Method.objects.filter(made_by=by, submission=key, name=name, guide=guide, source=source).first()
        if made:
            return made
        raise AlreadySent
    method = Method.objects.create(
        partnership=partnership,
        name=name,
        guide=guide,
        source=source,
        made_by=by,
        made_at=timezone.now(),
        submission=key,
    )
    record_event(by=by, action="method.add", kind="method", public_id=method.public_id, partnership=partnership.slug)
    return method


@transaction.atomic
def change_method(*, method: Method, name: str, guide: str, source: str, by, key: str) -> Method:
    """Change a method: by who offered it, or who looks after settings. What was done by it keeps the words it had.

    A repeated POST gets what the first one made. Raises StaleVersion where somebody changed it meanwhile, AlreadySent
    where other words come under a used key.
    """
    require_may_change_method(Reader(by).membership_in(method.partnership_id), method)
    former = Method.objects.select_for_update().get(pk=method.pk)
    said = {"name": name, "guide": guide, "source": source}
    if not Draft.use(author=by, key=key, form="method-edit"):
        made = Method.objects.filter(follows=former, made_by=by, submission=key, **said).first()
        if made:
            return made
        raise AlreadySent
    if Method.objects.filter(follows=former).exists():
        raise StaleVersion
    if all(getattr(former, name) == words for name, words in said.items()):
        return former
    now = timezone.now()
    changed = Method.objects.create(
        partnership_id=former.partnership_id,
        follows=former,
        made_by=by,
        made_at=now,
        submission=key,
        put_away_at=former.put_away_at,
        put_away_by_id=former.put_away_by_id,
        **said,
    )
    Method.objects.filter(pk=former.pk, put_away_at=None).update(put_away_at=now, put_away_by=by)
    record_event(by=by, action="method.change", kind="method", public_id=changed.public_id)
    return changed


@transaction.atomic
def put_method_away(*, method: Method, by) -> None:
    """Offer a method no longer; what was done by it keeps its guide. Any member does."""
    _require_member(method.partnership_id, by)
    if Method.objects.filter(pk=method.pk, put_away_at=None).update(put_away_at=timezone.now(), put_away_by=by):
        record_event(by=by, action="method.put_away", kind="method", public_id=method.public_id)


@transaction.atomic
def use_method_again(*, method: Method, by) -> None:
    """Offer a method again that was put away."""
    _require_member(method.partnership_id, by)
    stands = Method.objects.filter(pk=method.pk, followed_by=None)
    if stands.exclude(put_away_at=None).update(put_away_at=None, put_away_by=None):
        record_event(by=by, action="method.use_again", kind="method", public_id=method.public_id)


def _require_member(partnership: int, by) -> None:
    if Reader(by).membership_in(partnership) is None:
        raise PermissionDenied("Not a member.")
