"""The demo's notes that say more than their words: what changed, what came of what, and what somebody told."""

from functools import partial

from records import actions as records
from records.parts import Parts
from records.telling import Agreement
from reflections import actions as reflections
from reflections.models import Reflection

from .story import Story, form_key
from .words_told import ToldWords

# A question is asked, and answered, on the day after the words were written; then they are shared.
ASKED_AT, ANSWERED_AT, SHARED_AT = 9.0, 13.25, 18.5


def tell(story: Story) -> None:
    """Put the notes on the line, what they grew from before them."""
    for words in story.words.told:
        about = f'note "{words.key}" by "{words.author}"'
        story.line.add(words.days_ago, words.hour, about, partial(_write, story, words))
        after = max(words.days_ago - 1, 0)
        if words.asks:
            story.line.add(after, ASKED_AT, about, partial(_ask, story, words))
        if words.how_known:
            story.line.add(after, ANSWERED_AT, about, partial(_confirm, story, words))
            story.line.add(after, SHARED_AT, about, partial(_share, story, words))


def _write(story: Story, words: ToldWords) -> None:
    note = reflections.write(
        by=story.person(words.author),
        text=words.text.strip(),
        key=form_key(words.key),
        title=words.title,
        person_level=words.level,
        partnership=story.partnership(words.partnership),
        parts=Parts(
            tags=words.tags,
            grown_from=[story.notes[words.grown_from]] if words.grown_from else (),
            telling=_agreement(story, words) if words.told_by else None,
        ),
        **words.columns,
    )
    story.notes[words.key] = note
    if words.space and not words.told_by:
        _share(story, words)


def _agreement(story: Story, words: ToldWords) -> Agreement:
    agreed_for = story.space(words.agreed_for, partnership=words.partnership) if words.agreed_for else None
    day = None if words.agreed_days_ago is None else story.line.day(words.agreed_days_ago)
    return Agreement(how_agreed=words.how_agreed, agreed_on=day, agreed_for=agreed_for)


def _note(story: Story, words: ToldWords) -> Reflection:
    return Reflection.objects.get(pk=story.notes[words.key].pk)


def _ask(story: Story, words: ToldWords) -> None:
    member = story.membership(words.partnership, words.asks)
    records.ask_about_telling(_note(story, words), membership=member, by=story.person(words.author))


def _confirm(story: Story, words: ToldWords) -> None:
    telling = _note(story, words).telling
    records.answer_telling_question(
        question=telling.question,
        knows=True,
        how_known=words.how_known,
        edition=telling.edition,
        key=form_key(f"{words.key}-known"),
        form="telling",
        by=story.person(words.asks),
    )


def _share(story: Story, words: ToldWords) -> None:
    note = _note(story, words)
    space = story.space(words.space, partnership=words.partnership)
    records.share(note, space=space, attribution=words.attribution, version=note.version, by=story.person(words.author))
