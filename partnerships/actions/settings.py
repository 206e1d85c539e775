"""What a partnership sets out to do, what that takes, where it is, and its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.audit import record_event
from partnerships import rooms
from partnerships.models import Intention, Partnership, Phase, PhaseChange, Resource
from partnerships.models.intentions import MOST_INTENTIONS, intentions_of
from partnerships.permissions import membership_of
from partnerships.versions import begin_change


@transaction.atomic
def set_intentions(*, partnership: Partnership, texts: Sequence[str], version: int | None, by) -> None:
    """Say what the members set out to do. What was said before is kept.

    `texts` stand in the order of the present ones: another text follows the one in its place, an empty one ends it, and
    those beyond are new.
    """
    begin_change(partnership, version=version, by=by)
    now = timezone.now()
    present, _ended = intentions_of(partnership)
    texts = [*texts, *[""] * (len(present) - len(texts))]
    if sum(bool(text) for text in texts) > MOST_INTENTIONS:
        raise ValidationError(_("At most %(n)d, please: what matters most."), params={"n": MOST_INTENTIONS})
    for place, text in enumerate(texts):
        old = present[place] if place < len(present) else None
        if old and old.text == text:
            continue
        if old:
            Intention.objects.filter(pk=old.pk).update(ended_at=now)
        if text:
            Intention.objects.create(partnership=partnership, text=text, follows=old, started_at=now, recorded_by=by)
    record_event(by=by, action="partnership.set_intentions", kind="partnership", public_id=partnership.slug)


@transaction.atomic
def change_intention(*, intention: Intention, text: str, decided_in: str = "", by) -> Intention | None:
    """Have one intention followed by other words, or end where there are none. Returns the one that follows.

    `decided_in` is the public id of a session's decision, which lets others than those who look after settings do it.
    Raises ValidationError where it has been changed or has ended meanwhile.
    """
    begin_change(intention.partnership, version=None, by=by, decided_in=decided_in)
    now = timezone.now()
    if not Intention.objects.filter(pk=intention.pk, ended_at=None).update(ended_at=now):
        raise ValidationError(_("This was changed or ended in the settings meanwhile."), code="ended")
    follows = None
    if text:
        follows = Intention.objects.create(
            partnership=intention.partnership, text=text, follows=intention, started_at=now, recorded_by=by
        )
    record_event(by=by, action="partnership.set_intentions", kind="partnership", public_id=intention.partnership.slug)
    return follows


@transaction.atomic
def add_resource(*, partnership: Partnership, line: dict[str, Any], version: int | None, by) -> Resource:
    """Add a line to what this takes. `line` maps names of Resource's fields to what they hold."""
    begin_change(partnership, version=version, by=by)
    resource = Resource.objects.create(partnership=partnership, recorded_by=by, recorded_at=timezone.now(), **line)
    record_event(
        by=by, action="resource.add", kind="resource", public_id=resource.public_id, partnership=partnership.slug
    )
    return resource


@transaction.atomic
def change_resource(*, resource: Resource, line: dict[str, Any], version: int | None, by) -> None:
    """Change a line of what this takes."""
    begin_change(resource.partnership, version=version, by=by)
    Resource.objects.filter(pk=resource.pk).update(recorded_by=by, recorded_at=timezone.now(), **line)
    record_event(by=by, action="resource.change", kind="resource", public_id=resource.public_id)


@transaction.atomic
def remove_resource(*, resource: Resource, version: int | None, by) -> None:
    """Take a line off what this takes."""
    begin_change(resource.partnership, version=version, by=by)
    record_event(by=by, action="resource.remove", kind="resource", public_id=resource.public_id)
    resource.delete()


@transaction.atomic
def enter_phase(
    *,
    partnership: Partnership,
    phase: Phase,
    began_on: date,
    reason: str = "",
    version: int | None = None,
    decided_in: str = "",
    by,
) -> PhaseChange:
    """Say in which phase the partnership is, from which day, and why. The day may be past, and not to come.

    `decided_in` is the public id of a session's decision, which lets others than those who look after settings do it.
    """
    begin_change(partnership, version=version, by=by, decided_in=decided_in)
    if began_on > timezone.localdate():
        raise ValidationError({"began_on": _("That day has not come yet. Please look at the date.")})
    if phase.partnership_id != partnership.pk:
        raise ValidationError({"phase": _("This partnership has no such phase.")})
    change = PhaseChange.objects.create(
        partnership=partnership,
        phase=phase,
        began_on=began_on,
        reason=reason,
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    record_event(
        by=by, action="partnership.enter_phase", kind="partnership", public_id=partnership.slug, phase=phase.key
    )
    return change


@dataclass
class PhaseWord:
    """What is to become of a phase: its word and its place, or that it is left out. Without a key it is a new one."""

    key: str
    name: str
    position: int
    leave_out: bool = False


@transaction.atomic
def set_words(
    *, partnership: Partnership, words: dict[str, str], phases: Sequence[PhaseWord], version: int | None, by
) -> None:
    """Change the words that people see here, and the set of phases. Keys stay, so nothing recorded changes.

    A phase that was ever entered is never left out: ValidationError.
    """
    begin_change(partnership, version=version, by=by)
    kept = {key: word for key, word in words.items() if word}
    Partnership.objects.filter(pk=partnership.pk).update(words=kept)
    present = {phase.key: phase for phase in Phase.objects.filter(partnership=partnership)}
    used = set(PhaseChange.objects.filter(partnership=partnership).values_list("phase__key", flat=True))
    for row in sorted(phases, key=lambda row: row.position):
        if row.leave_out:
            if row.key in used:
                raise ValidationError(_("A phase that you have been in stays in the list."))
            present.pop(row.key).delete()
        elif row.key:
            Phase.objects.filter(partnership=partnership, key=row.key).update(name=row.name, position=row.position)
        else:
            key = next(key for key in (f"own_{n}" for n in count(1)) if key not in present)
            present[key] = Phase.objects.create(partnership=partnership, key=key, name=row.name, position=row.position)
    record_event(by=by, action="partnership.set_words", kind="partnership", public_id=partnership.slug)


@transaction.atomic
def set_talk(*, partnership: Partnership, talk_on: date | None, talk_words: str, version: int | None, by) -> None:
    """Say when the members talk next, and where; or that no day is set."""
    begin_change(partnership, version=version, by=by)
    if talk_on and talk_on < timezone.localdate():
        raise ValidationError({"talk_on": _("That day is over. Please look at the date.")})
    Partnership.objects.filter(pk=partnership.pk).update(talk_on=talk_on, talk_words=talk_words if talk_on else "")
    record_event(by=by, action="partnership.set_talk", kind="partnership", public_id=partnership.slug)


@transaction.atomic
def put_steps_away(*, partnership: Partnership, by) -> None:
    """Take the first steps off the overview, done or not."""
    begin_change(partnership, version=None, by=by)
    Partnership.objects.filter(pk=partnership.pk).update(steps_put_away_at=timezone.now())
    record_event(by=by, action="partnership.put_steps_away", kind="partnership", public_id=partnership.slug)


@transaction.atomic
def open_room(*, partnership: Partnership, key: str, by) -> None:
    """Open a room for all members, when it is first needed. Any member may; it stays open.

    Raises ValidationError where there is no such room to open.
    """
    membership_of(by, partnership)
    if key not in {room.key for room in rooms.all_rooms() if not room.always}:
        raise ValidationError(_("There is no such room."))
    opened = Partnership.objects.select_for_update().get(pk=partnership.pk).opened_rooms
    if key in opened:
        return
    partnership.opened_rooms = [*opened, key]
    partnership.save(update_fields=["opened_rooms"])
    record_event(by=by, action="partnership.open_room", kind="partnership", public_id=partnership.slug, room=key)
