"""A partnership's own sets of prompts and lenses: offered, changed, taken out of use."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.audit import record_event
from desk.models import Draft
from partnerships.models import Partnership
from partnerships.permissions import membership_of
from records.actions import AlreadySent, StaleVersion
from reflections.models import PromptSet, PromptSetVersion
from reflections.models.prompts import MOST_QUESTIONS, MOST_QUESTIONS_OF_A_LENS
from reflections.prompts.finding import may_change, may_offer


@transaction.atomic
def offer_prompts(*, partnership: Partnership, kind: str, words: Mapping[str, Any], key: str, by) -> PromptSet:
    """Add a set of prompts, or a lens, for the members of a partnership. `words` are the columns of its first version.

    Any member may offer a lens; plain sets are added by who looks after the settings. A repeated POST gets the set that
    the first one made. Raises PermissionDenied, ValidationError for too many questions or none, AlreadySent where other
    words come under a used key.
    """
    if not may_offer(membership_of(by, partnership), kind):
        raise PermissionDenied("May not add a set of prompts.")
    _check(kind, words)
    if not Draft.use(author=by, key=key, form="lens" if kind == PromptSet.Kind.LENS else "prompts"):
        made = PromptSet.objects.filter(partnership=partnership, kind=kind, offered_by=by)
        found = made.filter(versions__number=1, **{f"versions__{name}": value for name, value in words.items()}).last()
        if found is None:
            raise AlreadySent
        return found
    now = timezone.now()
    prompt_set = PromptSet.objects.create(partnership=partnership, kind=kind, offered_by=by, offered_at=now)
    PromptSetVersion.objects.create(prompt_set=prompt_set, number=1, changed_by=by, changed_at=now, **words)
    _record(prompt_set, "offer", by=by)
    return prompt_set


@transaction.atomic
def change_prompts(*, prompt_set: PromptSet, version: int, words: Mapping[str, Any], key: str, by) -> None:
    """Save another version of a set. The former ones stay, and so does what notes were asked.

    Raises PermissionDenied, ValidationError (too many questions or none, out of use), StaleVersion where somebody
    changed it meanwhile; a repeated POST changes nothing.
    """
    _require(prompt_set, by)
    now = PromptSet.objects.select_for_update().get(pk=prompt_set.pk)
    current = now.versions.get(number=now.version)
    same = all(getattr(current, name) == value for name, value in words.items())
    used_before = not Draft.use(author=by, key=key, form="prompts-edit")
    if same:
        return
    if used_before or now.version != version:
        raise StaleVersion
    if now.retired_at:
        raise ValidationError(_("This is out of use. Take it into use again first."))
    _check(now.kind, words)
    now.version += 1
    now.save(update_fields=["version"])
    PromptSetVersion.objects.create(
        prompt_set=now, number=now.version, changed_by=by, changed_at=timezone.now(), **words
    )
    _record(now, "change", by=by)


@transaction.atomic
def retire_prompts(*, prompt_set: PromptSet, by) -> None:
    """Take a set out of use: nothing new is begun with it, and what was written with it stays as it is."""
    _require(prompt_set, by)
    rows = PromptSet.objects.filter(pk=prompt_set.pk, retired_at=None)
    if rows.update(retired_at=timezone.now(), retired_by=by):
        _record(prompt_set, "retire", by=by)


@transaction.atomic
def use_prompts_again(*, prompt_set: PromptSet, by) -> None:
    """Take a set into use again, as it was when it went out of use."""
    _require(prompt_set, by)
    rows = PromptSet.objects.filter(pk=prompt_set.pk).exclude(retired_at=None)
    if rows.update(retired_at=None, retired_by=None):
        _record(prompt_set, "use_again", by=by)


def _require(prompt_set: PromptSet, by) -> None:
    if not may_change(membership_of(by, prompt_set.partnership), prompt_set):
        raise PermissionDenied("May not change this set of prompts.")


def _check(kind: str, words: Mapping[str, Any]) -> None:
    """Refuse a set without a question, or with more than fit on a page; and a lens that explains nothing."""
    most = MOST_QUESTIONS_OF_A_LENS if kind == PromptSet.Kind.LENS else MOST_QUESTIONS
    if not words["questions"]:
        raise ValidationError({"question_1": _("Ask one question at least.")})
    if len(words["questions"]) > most:
        raise ValidationError(_("At most %(n)d questions, please."), params={"n": most})
    if kind == PromptSet.Kind.LENS and not words["framework"]:
        raise ValidationError({"framework": _("Say what this way of looking is.")})


def _record(prompt_set: PromptSet, what: str, *, by) -> None:
    record_event(
        by=by,
        action=f"prompts.{what}",
        kind=prompt_set.kind,
        public_id=prompt_set.public_id,
        partnership=prompt_set.partnership.slug,
    )
