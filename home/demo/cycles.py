"""The demo's learning cycles: begun, gone back, paused, ended; and the activities in them."""

from functools import partial
from typing import Any

from cycles import actions
from cycles.methods import columns_of, methods_of
from cycles.models import Activity, LearningCycle
from partnerships.actions import open_room
from records.models import Record

from .story import Story, form_key
from .words import EVERYONE, WordsError
from .words_cycles import ActivityWords, CycleWords, MethodWords, MoveWords

# Hours, and for what is part of something the day before loading: by then all of it is there.
METHODS, BEGINS, MOVES, ACTS, PUT = 8.5, 10.5, 17.25, 11.5, 20.5
LAST = 1


def tell(story: Story) -> None:
    """Put the cycles, methods and activities on the line."""
    for method in story.words.methods:
        story.line.add(method.days_ago, METHODS, f'method "{method.key}"', partial(_add, story, method))
    for cycle in story.words.cycles:
        about = f'cycle "{cycle.key}"'
        story.line.add(cycle.days_ago, BEGINS, about, partial(_begin, story, cycle))
        for move in cycle.move:
            story.line.add(move.days_ago, MOVES, about, partial(_move, story, cycle, move))
        story.line.add(LAST, PUT, about, partial(_put, story, cycle.parts, cycle.key))
    for activity in story.words.activities:
        about = f'activity "{activity.key}"'
        story.line.add(activity.days_ago, ACTS, about, partial(_act, story, activity))
        if activity.what_came:
            story.line.add(activity.ended_days_ago or LAST, MOVES, about, partial(_say, story, activity))
        story.line.add(LAST, PUT, about, partial(_put, story, activity.parts, activity.key))


def _add(story: Story, words: MethodWords) -> None:
    actions.add_method(
        partnership=story.partnership(words.partnership),
        name=words.name,
        guide=words.guide.strip(),
        source=words.source,
        by=story.person(words.by),
        key=form_key(words.key),
    )


def _begin(story: Story, words: CycleWords) -> None:
    if words.space == EVERYONE:
        open_room(partnership=story.partnership(words.partnership), key="cycles", by=story.person(words.by))
    ahead = words.look_again_days_ago
    story.wholes[words.key] = actions.begin_cycle(
        space=story.space(words.space, partnership=words.partnership),
        title=words.title,
        text=words.text.strip(),
        stage=words.stage,
        scale=words.scale,
        pace=words.pace,
        missing=words.missing,
        look_again_on=None if ahead is None else story.line.day(ahead),
        parent=story.wholes[words.parent] if words.parent else None,
        began_on=story.line.day(words.days_ago),
        people=[story.person(key) for key in words.people],
        by=story.person(words.by),
        key=form_key(words.key),
    )


def _move(story: Story, words: CycleWords, move: MoveWords) -> None:
    cycle = LearningCycle.objects.select_related("space").get(pk=story.wholes[words.key].pk)
    actions.move_cycle(
        cycle=cycle,
        seen=cycle.moves.count(),
        stage=move.stage,
        state=move.state,
        moved_on=story.line.day(move.days_ago),
        note=move.note,
        by=story.person(move.by),
        key=form_key(f"{words.key}-{move.days_ago}"),
    )


def _act(story: Story, words: ActivityWords) -> None:
    ended = words.ended_days_ago
    activity = actions.begin_activity(
        space=story.space(words.space, partnership=words.partnership),
        title=words.title,
        text=words.text.strip(),
        person_level=words.level,
        activity_type=words.activity_type,
        own_type=words.own_type,
        work=words.work,
        began_on=story.line.day(words.days_ago),
        ended_on=None if ended is None else story.line.day(ended),
        facilitators=[story.person(words.by)],
        participants=[story.person(key) for key in words.participants],
        by=story.person(words.by),
        key=form_key(words.key),
        **_method(story, words),
    )
    story.wholes[words.key] = activity
    if words.cycle:
        actions.put_part(record=activity, whole=story.wholes[words.cycle], by=story.person(words.by))


def _method(story: Story, words: ActivityWords) -> dict[str, Any]:
    found = {str(row.name): row for row in methods_of(story.partnership(words.partnership))}
    if words.method and words.method not in found:
        raise WordsError(f"There is no method {words.method!r}.")
    return columns_of(found.get(words.method))


def _say(story: Story, words: ActivityWords) -> None:
    activity = Activity.objects.select_related("space").get(pk=story.wholes[words.key].pk)
    actions.change_activity(
        activity=activity,
        version=activity.version,
        changes={"what_came": words.what_came.strip()},
        facilitators=[story.person(words.by)],
        participants=[story.person(key) for key in words.participants],
        by=story.person(words.by),
        key=form_key(f"{words.key}-came"),
    )


def _put(story: Story, keys: list[str], whole: str) -> None:
    for key in keys:
        found: Record = story.sessions[key] if key in story.sessions else story.notes[key]
        record = Record.objects.select_related("space", "partnership").get(pk=found.pk)
        by = story.sessions[key].host if key in story.sessions else record.author
        actions.put_part(record=record, whole=story.wholes[whole], by=by)
