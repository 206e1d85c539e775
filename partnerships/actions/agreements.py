"""The group agreement, what each says on research, and the studies that it is about."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from desk import notices
from desk.audit import record_event
from desk.models import Draft
from partnerships.agreements import NOTICE, current_agreement, draft_of, missing_in, version_now
from partnerships.models import Acceptance, Agreement, Membership, Partnership, ResearchAnswer, Study
from partnerships.models.memberships import current_members
from partnerships.permissions import Permission, membership_of, require
from partnerships.versions import StaleVersion


class NewerVersion(Exception):
    """Another version was adopted after this one was read. Nothing was accepted."""


def _locked(partnership: Partnership) -> Partnership:
    """Lock the partnership's row: versions are numbered, and accepted, one after the other."""
    return Partnership.objects.select_for_update().get(pk=partnership.pk)


@transaction.atomic
def draft_agreement(*, partnership: Partnership, version: int, words: dict, key: str, by) -> Agreement:
    """Save the draft of the next version; make it where there is none yet. `words` maps its columns to what was typed.

    `version` is what the form stood on. Raises StaleVersion where somebody saved, or adopted, another text meanwhile.
    A repeated POST changes nothing.
    """
    require(membership_of(by, partnership), Permission.LOOK_AFTER_SETTINGS)
    _locked(partnership)
    draft = draft_of(partnership)
    if not Draft.use(author=by, key=key, form="agreement"):
        if draft and all(getattr(draft, name) == value for name, value in words.items()):
            return draft
        raise StaleVersion
    if version != version_now(partnership):
        raise StaleVersion
    draft = draft or Agreement(partnership=partnership)
    for name, value in words.items():
        setattr(draft, name, value)
    draft.version, draft.drafted_by, draft.drafted_at = version + 1, by, timezone.now()
    draft.save()
    record_event(
        by=by, action="agreement.draft", kind="agreement", public_id=draft.public_id, partnership=partnership.slug
    )
    return draft


@transaction.atomic
def adopt_agreement(
    *, partnership: Partnership, version: int, what_changed: str = "", is_small_change: bool = False, by
) -> Agreement:
    """Let the draft hold from now on, under the next number. Unless it is a small change each member is asked.

    Raises StaleVersion where the draft is not the one that was looked at, ValidationError for what is missing in it.
    """
    require(membership_of(by, partnership), Permission.ADOPT_AGREEMENT)
    _locked(partnership)
    draft, before = draft_of(partnership), current_agreement(partnership)
    if draft is None or draft.version != version:
        raise StaleVersion
    missing = missing_in(draft, before)
    if before and not what_changed:
        missing.append(_("Say in one sentence what changed."))
    if missing:
        raise ValidationError(missing)
    draft.number = (before.number or 0) + 1 if before else 1
    draft.what_changed = what_changed if before else ""
    draft.is_small_change = bool(before) and is_small_change
    draft.adopted_by, draft.adopted_at = by, timezone.now()
    draft.save()
    if not draft.is_small_change:
        others = current_members(partnership).exclude(person=by).select_related("person")
        notices.notify(people=[row.person for row in others], kind=NOTICE, about=draft.public_id)
    record_event(
        by=by,
        action="agreement.adopt",
        kind="agreement",
        public_id=draft.public_id,
        partnership=partnership.slug,
        number=draft.number,
        small=draft.is_small_change,
    )
    return draft


@transaction.atomic
def accept_agreement(*, partnership: Partnership, read: str, by) -> Acceptance:
    """Accept the version that holds, which the member has read: `read` is its public id.

    Raises NewerVersion where another one was adopted meanwhile. Accepting twice is accepting once.
    """
    membership = membership_of(by, partnership)
    _locked(partnership)
    agreement = current_agreement(partnership)
    if agreement is None or agreement.public_id != read:
        raise NewerVersion
    acceptance, made = Acceptance.objects.get_or_create(
        agreement=agreement, membership=membership, defaults={"accepted_at": timezone.now()}
    )
    if made:
        record_event(by=by, action="agreement.accept", kind="agreement", public_id=agreement.public_id)
    return acceptance


@transaction.atomic
def answer_research(*, partnership: Partnership, answer: str, by) -> None:
    """Say whether what one shares here may be used in research. Nobody else sees it; earlier answers are kept."""
    membership = membership_of(by, partnership)
    Membership.objects.select_for_update().get(pk=membership.pk)
    before = membership.research_answers.filter(ended_at=None).first()
    if before and before.answer == answer:
        return
    now = timezone.now()
    membership.research_answers.filter(ended_at=None).update(ended_at=now)
    ResearchAnswer.objects.create(membership=membership, answer=answer, started_at=now)
    record_event(by=by, action="research.answer", kind="membership", public_id=membership.public_id)


@transaction.atomic
def add_study(*, partnership: Partnership, words: dict, key: str, by) -> Study:
    """Name a study that draws on the partnership, so that a yes is a yes to something known.

    A repeated POST gets the study that the first one made. Raises StaleVersion where it came with other words.
    """
    require(membership_of(by, partnership), Permission.LOOK_AFTER_SETTINGS)
    if not Draft.use(author=by, key=key, form="study"):
        made = partnership.studies.filter(added_by=by, **words).first()
        if made is None:
            raise StaleVersion
        return made
    _require_day_to_come(words["last_day_on"])
    study = Study.objects.create(partnership=partnership, added_by=by, added_at=timezone.now(), **words)
    record_event(by=by, action="study.add", kind="study", public_id=study.public_id, partnership=partnership.slug)
    return study


@transaction.atomic
def change_study(*, study: Study, version: int, words: dict, key: str, by) -> None:
    """Change what is said of a study; everybody sees the day on which it changed.

    Raises StaleVersion where somebody changed it meanwhile, ValidationError where it has ended.
    """
    require(membership_of(by, study.partnership), Permission.LOOK_AFTER_SETTINGS)
    now = Study.objects.select_for_update().get(pk=study.pk)
    same = all(getattr(now, name) == value for name, value in words.items())
    if not Draft.use(author=by, key=key, form="study-edit"):
        if same:
            return
        raise StaleVersion
    if now.ended_at:
        raise ValidationError(_("This study has ended."))
    if now.version != version:
        raise StaleVersion
    if same:
        return
    if words["last_day_on"] != now.last_day_on:
        _require_day_to_come(words["last_day_on"])
    Study.objects.filter(pk=study.pk).update(**words, changed_at=timezone.now(), version=F("version") + 1)
    record_event(by=by, action="study.change", kind="study", public_id=study.public_id)


@transaction.atomic
def end_study(*, study: Study, by) -> None:
    """Say that a study has ended. It stays readable to those who said yes to it."""
    require(membership_of(by, study.partnership), Permission.LOOK_AFTER_SETTINGS)
    if Study.objects.filter(pk=study.pk, ended_at=None).update(ended_at=timezone.now()):
        record_event(by=by, action="study.end", kind="study", public_id=study.public_id)


def _require_day_to_come(day: date) -> None:
    if day < timezone.localdate():
        raise ValidationError(
            {"last_day_on": _("That day is past, so nobody could withdraw any more. Please look at the date.")}
        )
