"""The demo's help with the words: asked for, and suggested."""

from functools import partial

from records import actions
from records.models import Suggestion
from records.passages import passages_of
from records.versions import words_of
from reflections.models import Reflection

from .story import Story, form_key
from .words import HelpWords, WordsError


def tell(story: Story) -> None:
    """Put on the line who asks whom to help with the words of which note, and what was suggested."""
    for words in story.words.help:
        about = f'help with "{words.note}" by "{words.helper}"'
        asked: list[Suggestion] = []
        story.line.add(words.days_ago, words.hour, about, partial(_ask, story, words, asked))
        if words.changes:
            do = partial(_suggest, story, words, asked)
            story.line.add(words.suggested_days_ago, words.suggested_hour, about, do)


def _ask(story: Story, words: HelpWords, asked: list[Suggestion]) -> None:
    record = _note(story, words)
    key = form_key(f"{words.note}-help")
    helper = story.person(words.helper)
    asked.append(actions.ask_for_help(record, helper=helper, wish=words.wish, by=record.author, key=key))


def _suggest(story: Story, words: HelpWords, asked: list[Suggestion]) -> None:
    record = _note(story, words)
    texts = {passage.name: passage.text for passage in passages_of(words_of(record))}
    for before, after in words.changes:
        if before not in texts["text"]:
            raise WordsError(f"The note does not say “{before}”.")
        texts["text"] = texts["text"].replace(before, after)
    actions.suggest(
        suggestion=asked[0],
        texts=texts,
        began=record.version,
        note=words.note_with_it,
        by=story.person(words.helper),
        key=form_key(f"{words.note}-helped"),
    )


def _note(story: Story, words: HelpWords) -> Reflection:
    """Return the note as it stands at that time."""
    note = story.notes.get(words.note)
    if note is None:
        raise WordsError("The note is not written yet at that time.")
    note.refresh_from_db()
    return note
