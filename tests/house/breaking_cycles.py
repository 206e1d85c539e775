"""The same for learning cycles, activities and methods."""

from datetime import timedelta

from cycles.models import Activity, LearningCycle, Method, Part, TakingPart

from .breaking import NOW


def activity(cast, **columns):
    """Give an activity that is on stage, with other columns."""
    row = Activity.objects.get(pk=cast["peers_activity"].pk)
    for name, value in columns.items():
        setattr(row, name, value)
    return row


def method(cast, **columns):
    right = {"partnership": cast.partnership, "name": "n", "guide": "g", "made_by": cast.fellow, "made_at": NOW}
    return Method(**right | {"submission": "another"} | columns)


def within_itself(cast):
    row = LearningCycle.objects.get(pk=cast["peers_cycle"].pk)
    row.parent = row
    return row


def part(cast, record, whole):
    return Part(record=cast[record].record, whole=cast[whole].record, put_by=cast.fellow, put_at=NOW)


BREAKING = {
    "cycles_learningcycle_not_within_itself": within_itself,
    "cycles_activity_ends_after_it_begins": lambda cast: activity(
        cast, ended_on=cast["peers_activity"].began_on - timedelta(days=1)
    ),
    "cycles_activity_is_of_one_type": lambda cast: activity(cast, activity_type="workshop"),
    "cycles_activity_has_one_method": lambda cast: activity(cast, method="cynefin"),
    "cycles_method_sent_once": lambda cast: method(cast, submission=cast["own_method"].submission),
    "cycles_method_has_a_name_and_a_guide": lambda cast: method(cast, guide=""),
    "cycles_method_put_away_by_somebody": lambda cast: method(cast, put_away_at=NOW),
    "cycles_part_once_each": lambda cast: part(cast, "peers_session", "peers_cycle"),
    "cycles_part_not_of_itself": lambda cast: part(cast, "peers_cycle", "peers_cycle"),
    "cycles_takingpart_once_each": lambda cast: TakingPart(whole=cast["peers_cycle"].record, person=cast.practitioner),
}
