"""The demo's folded notes: by whom, and what their authors did about it."""

from functools import partial

from records import actions
from reflections.models import Reflection

from .story import Story, form_key
from .words import WordsError
from .words_folding import FoldWords


def tell(story: Story) -> None:
    """Put on the line what is folded, changed and put back."""
    for words in story.words.folds:
        about = f'fold of "{words.note}" by "{words.by}"'
        story.line.add(words.days_ago, words.hour, about, partial(_fold, story, words))
        if words.changes:
            story.line.add(words.mended_days_ago, words.mended_hour, about, partial(_mend, story, words))
        if words.reason:
            story.line.add(words.put_back_days_ago, words.put_back_hour, about, partial(_put_back, story, words))


def _fold(story: Story, words: FoldWords) -> None:
    note, by = _note(story, words), story.person(words.by)
    actions.fold(note, version=note.version, words=words.words, key=form_key(f"{words.note}-fold"), by=by)


def _mend(story: Story, words: FoldWords) -> None:
    note = _note(story, words)
    text = note.text
    for before, after in words.changes:
        if before not in text:
            raise WordsError(f"The note does not say “{before}”.")
        text = text.replace(before, after)
    key = form_key(f"{words.note}-mended")
    actions.edit(note, version=note.version, changes={"text": text}, key=key, form="reflection-edit", by=note.author)


def _put_back(story: Story, words: FoldWords) -> None:
    note = _note(story, words)
    actions.put_back(note, reason=words.reason, key=form_key(f"{words.note}-put-back"), by=note.author)


def _note(story: Story, words: FoldWords) -> Reflection:
    """Return the note as it stands at that time."""
    note = story.notes.get(words.note)
    if note is None:
        raise WordsError("The note is not written yet at that time.")
    note.refresh_from_db()
    return note
