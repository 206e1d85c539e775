"""Beginning an activity, and changing what is said of it, what came of it among that."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from cycles.access import require_change
from cycles.changing import begin_record, change_columns, name_people, named_as
from cycles.models import Activity
from desk.audit import record_event
from desk.models import Draft
from partnerships.models import Space
from partnerships.reader import Reader
from records.versions import AlreadySent, StaleVersion


@transaction.atomic
def begin_activity(
    *, space: Space, facilitators: Collection[Any], participants: Collection[Any], by, key: str, **words: Any
) -> Activity:
    """Begin an activity in a space that one is in. Any member does; it belongs to the space from then on.

    `words` are columns of an activity: title, activity_type, began_on and so on. A repeated POST gets the activity that
    the first one made. Raises PermissionDenied outside the space, ValidationError where it is closed or somebody is not
    in it, AlreadySent where other words come under a used key.
    """
    if not Draft.use(author=by, key=key, form="activity"):
        made = Activity.objects.filter(author=by, submission=key, space=space).first()
        if made and all(getattr(made, name) == value for name, value in words.items()):
            return made
        raise AlreadySent
    activity = Activity(kind="activity", **words)
    begin_record(activity, space=space, by=by, key=key)
    name_people(activity, facilitators=facilitators, participants=participants)
    record_event(by=by, action="activity.begin", kind="activity", public_id=activity.public_id, space=space.public_id)
    return activity


@transaction.atomic
def change_activity(
    *,
    activity: Activity,
    version: int,
    changes: dict[str, Any],
    facilitators: Collection[Any],
    participants: Collection[Any],
    by,
    key: str,
) -> None:
    """Change what is said of an activity, and who takes part; by anybody in its space.

    Raises StaleVersion where somebody saved it meanwhile; a repeated POST changes nothing.
    """
    require_change(Reader(by), activity)
    if not Draft.use(author=by, key=key, form="activity-edit"):
        same_people = named_as(activity, facilitators=facilitators, participants=participants)
        if same_people and all(getattr(activity, name) == value for name, value in changes.items()):
            return
        raise StaleVersion
    change_columns(activity, version=version, changes=changes, by=by)
    name_people(activity, facilitators=facilitators, participants=participants)
    record_event(by=by, action="activity.edit", kind="activity", public_id=activity.public_id)
