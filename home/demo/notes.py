"""The demo's notes: written, shared, responded to, put right, taken back."""

from functools import partial

from records import actions as records
from records.parts import Parts
from reflections import actions as reflections

from .attachments import files_of
from .story import EDITS, WITHDRAWS, Story, form_key
from .words import NoteWords, ResponseWords, WordsError
from .words_prompts import AnsweredWords


def tell(story: Story) -> None:
    """Put the notes and their responses on the line."""
    for note in story.words.notes:
        about = f'note "{note.key}" by "{note.author}"'
        story.line.add(note.days_ago, note.hour, about, partial(_write, story, note))
        if note.edited is not None:
            story.line.add(note.edited, EDITS, about, partial(_edit, story, note))
        if note.withdrawn_days_ago is not None:
            story.line.add(note.withdrawn_days_ago, WITHDRAWS, about, partial(_withdraw, story, note))
        for place, response in enumerate(note.response):
            about = f'note "{note.key}", response {place} by "{response.author}"'
            do = partial(respond_to, story, note, place, response)
            story.line.add(response.days_ago, response.hour, about, do)


def _write(story: Story, words: NoteWords) -> None:
    by = story.person(words.author)
    note = reflections.write(
        by=by,
        text=words.text.strip(),
        key=form_key(words.key),
        title=words.title,
        person_level=words.level,
        happened_on=None if words.happened_days_ago is None else story.line.day(words.happened_days_ago),
        partnership=story.partnership(words.partnership) if words.partnership else None,
        parts=Parts(tags=words.tags, files=files_of(story, words.key, by=by)),
    )
    story.notes[words.key] = note
    if words.space:
        space = story.space(words.space, partnership=words.partnership)
        records.share(note, space=space, attribution=words.attribution, version=note.version, by=by)


def _edit(story: Story, words: NoteWords) -> None:
    """Put a slip of the pen right: how the words stand is how they stood after that."""
    note = _written(story, words)
    records.edit(
        note,
        by=story.person(words.author),
        version=note.version,
        changes={"text": note.text},
        key=form_key(f"{words.key}-edit"),
        form="reflection-edit",
    )


def _withdraw(story: Story, words: NoteWords) -> None:
    records.withdraw(_written(story, words), by=story.person(words.author))


def respond_to(story: Story, note: NoteWords | AnsweredWords, place: int, words: ResponseWords) -> None:
    """Respond to a note, with the response in that place of the list beneath it."""
    answers = None
    if words.answers is not None:
        answers = story.responses.get((note.key, words.answers))
        if answers is None:
            raise WordsError(f"There is no response {words.answers} before it to answer.")
    story.responses[note.key, place] = records.respond(
        to=_written(story, note),
        verb=words.kind,
        text=words.text.strip(),
        by=story.person(words.author),
        key=form_key(f"{note.key}-{place}"),
        answers=answers,
    )


def _written(story: Story, words: NoteWords | AnsweredWords):
    if words.key not in story.notes:
        raise WordsError("The note is not written yet at that time.")
    return story.notes[words.key]
