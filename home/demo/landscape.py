"""The demo's patterns: written down, given sources that fit and do not, and how they stand, each at its own moment."""

from functools import partial
from typing import Any

from landscape import actions
from landscape.models import Pattern
from records.actions import respond

from .story import Story, form_key
from .words_landscape import PatternWords, ReadWords, SourceWords, StandsWords

MORNING, NOON, EVENING, NIGHT = 9.9, 12.9, 18.9, 21.6


def tell(story: Story) -> None:
    """Put each pattern on the line, with its sources, what was said to it, and how it stands."""
    for words in story.words.patterns:
        about = f'pattern "{words.key}"'
        story.line.add(words.days_ago, MORNING, about, partial(_write, story, words))
        for source in words.source:
            # In the evening, when the note is there in any case.
            story.line.add(source.days_ago, NIGHT, about, partial(_cite, story, words, source))
        for state in words.state:
            story.line.add(state.days_ago, NOON, about, partial(_say_how, story, words, state))
        for read in words.said:
            story.line.add(read.days_ago, EVENING, about, partial(_respond, story, words, read))


def _write(story: Story, words: PatternWords) -> None:
    said: dict[str, Any] = {"title": words.title, "text": words.text.strip(), "looked_for": words.looked_for}
    space = story.space(words.space, partnership=words.partnership)
    by, key = story.person(words.by), form_key(f"pattern-{words.key}")
    actions.write_pattern(space=space, by=by, key=key, person_level=words.level, **said)


def _pattern(words: PatternWords) -> Pattern:
    return Pattern.objects.select_related("space__partnership").get(submission=form_key(f"pattern-{words.key}"))


def _cite(story: Story, words: PatternWords, source: SourceWords) -> None:
    note, by = story.notes[source.note], story.person(source.by)
    key = form_key(f"source-{words.key}-{source.note}")
    actions.add_source(pattern=_pattern(words), record=note, stance=source.stance, why=source.why, by=by, key=key)


def _say_how(story: Story, words: PatternWords, state: StandsWords) -> None:
    now, by = _pattern(words), story.person(state.by)
    key = form_key(f"stands-{words.key}-{state.days_ago}")
    actions.change_state(pattern=now, seen=now.state, to=state.to, reason=state.reason, by=by, key=key)


def _respond(story: Story, words: PatternWords, read: ReadWords) -> None:
    key = form_key(f"read-{words.key}-{read.days_ago}")
    respond(to=_pattern(words), verb=read.verb, text=read.text, by=story.person(read.by), key=key)
