"""The demo's prompts: sets and lenses that people offer, and notes written with prompts."""

from functools import partial

from partnerships.reader import Reader
from records import actions as records
from reflections import actions as reflections
from reflections.models import PromptSet
from reflections.prompts import Answered, find

from .notes import respond_to
from .story import Story, form_key
from .words import WordsError
from .words_prompts import AnsweredWords, OfferedWords

COLUMNS = ("name", "line", "framework", "source", "questions")


def tell(story: Story) -> None:
    """Put on the line who offers what to write with, and who writes with it."""
    offered: dict[str, PromptSet] = {}
    for words in story.words.offered:
        about = f'prompts "{words.key}" by "{words.by}"'
        story.line.add(words.days_ago, words.hour, about, partial(_offer, story, words, offered))
        if words.changed_days_ago is not None:
            story.line.add(words.changed_days_ago, words.hour, about, partial(_change, story, words, offered))
    for note in story.words.answered:
        about = f'note "{note.key}" by "{note.author}"'
        story.line.add(note.days_ago, note.hour, about, partial(_write, story, note, offered))
        for place, response in enumerate(note.response):
            do = partial(respond_to, story, note, place, response)
            story.line.add(response.days_ago, response.hour, about, do)


def _offer(story: Story, words: OfferedWords, offered: dict[str, PromptSet]) -> None:
    offered[words.key] = reflections.offer_prompts(
        partnership=story.partnership(words.partnership),
        kind=words.kind,
        words={name: getattr(words, name) for name in COLUMNS} | {"framework": words.framework.strip()},
        key=form_key(words.key),
        by=story.person(words.by),
    )


def _change(story: Story, words: OfferedWords, offered: dict[str, PromptSet]) -> None:
    reflections.change_prompts(
        prompt_set=offered[words.key],
        version=1,
        words={name: getattr(words, name) for name in COLUMNS} | {"questions": words.changed_questions},
        key=form_key(f"{words.key}-changed"),
        by=story.person(words.by),
    )


def _write(story: Story, words: AnsweredWords, offered: dict[str, PromptSet]) -> None:
    by = story.person(words.author)
    key = offered[words.prompts].public_id if words.prompts in offered else words.prompts
    prompts = find(Reader(by), key)
    if prompts is None or len(prompts.questions) != len(words.answers):
        raise WordsError(f'There are not as many answers as "{words.prompts}" asks for.')
    note = reflections.write(
        by=by,
        key=form_key(words.key),
        title=words.title,
        answered=Answered(prompts=prompts, answers=[answer.strip() for answer in words.answers]),
    )
    story.notes[words.key] = note
    if words.space:
        space = story.space(words.space, partnership=words.partnership)
        records.share(note, space=space, attribution=words.attribution, version=note.version, by=by)
