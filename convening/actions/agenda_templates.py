"""A partnership's own agendas: saved, changed, put away. Who looks after the settings does, as with prompts."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from convening.agenda import may_change
from convening.models import AgendaTemplate
from convening.models.agenda import MOST_MINUTES_IN_ALL, MOST_ROWS
from desk.audit import record_event
from desk.models import Draft
from partnerships.models import Partnership
from partnerships.permissions import membership_of
from records.versions import AlreadySent, StaleVersion


@transaction.atomic
def save_agenda(*, partnership: Partnership, words: Mapping[str, Any], by, key: str) -> AgendaTemplate:
    """Add an agenda of the partnership's own: `words` are name, line, source and rows.

    A repeated POST gets the one that the first made. Raises PermissionDenied, ValidationError (no items, too many, more
    than a day), AlreadySent where other words come under a used key.
    """
    _require(partnership, by)
    _check(words)
    if not Draft.use(author=by, key=key, form="agenda"):
        made = AgendaTemplate.objects.filter(partnership=partnership, made_by=by, submission=key).first()
        if made and all(getattr(made, name) == value for name, value in words.items()):
            return made
        raise AlreadySent
    made = AgendaTemplate.objects.create(
        partnership=partnership, made_by=by, made_at=timezone.now(), submission=key, **words
    )
    _record(made, "save", by=by)
    return made


@transaction.atomic
def change_agenda(*, template: AgendaTemplate, version: int, words: Mapping[str, Any], by, key: str) -> None:
    """Change an agenda; what was begun with it stays. Raises StaleVersion where somebody changed it meanwhile."""
    _require(template.partnership, by)
    now = AgendaTemplate.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=template.pk)
    used_before = not Draft.use(author=by, key=key, form="agenda-edit")
    if all(getattr(now, name) == value for name, value in words.items()):
        return
    if used_before or now.version != version:
        raise StaleVersion
    _check(words)
    for name, value in words.items():
        setattr(now, name, value)
    now.version += 1
    now.save()
    _record(now, "change", by=by)


@transaction.atomic
def put_agenda_away(*, template: AgendaTemplate, by) -> None:
    """Put an agenda away: nothing new is begun with it, and it can be taken out again."""
    _require(template.partnership, by)
    rows = AgendaTemplate.objects.filter(pk=template.pk, put_away_at=None)
    if rows.update(put_away_at=timezone.now(), put_away_by=by):
        _record(template, "put_away", by=by)


@transaction.atomic
def use_agenda_again(*, template: AgendaTemplate, by) -> None:
    """Take an agenda out again, as it was."""
    _require(template.partnership, by)
    rows = AgendaTemplate.objects.filter(pk=template.pk).exclude(put_away_at=None)
    if rows.update(put_away_at=None, put_away_by=None):
        _record(template, "use_again", by=by)


def _require(partnership: Partnership, by: Any) -> None:
    if not may_change(membership_of(by, partnership)):
        raise PermissionDenied("May not change agendas.")


def _check(words: Mapping[str, Any]) -> None:
    """Refuse an agenda without items, with more than fit, or longer than a day."""
    if not words["rows"]:
        raise ValidationError({"title_1": _("Give it one item at least.")})
    if len(words["rows"]) > MOST_ROWS:
        raise ValidationError(_("At most %(n)d items, please."), params={"n": MOST_ROWS})
    if sum(row["minutes"] for row in words["rows"]) > MOST_MINUTES_IN_ALL:
        raise ValidationError(_("That is longer than 24 hours in all. Look at the minutes: is one of them a slip?"))


def _record(template: AgendaTemplate, what: str, *, by: Any) -> None:
    record_event(
        by=by,
        action=f"agenda_template.{what}",
        kind="agenda",
        public_id=template.public_id,
        partnership=template.partnership.slug,
    )
