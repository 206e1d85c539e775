"""What the demo's people try, and what is in their way."""

from functools import partial

from cycles.models import Condition, Experiment
from cycles.trying import actions

from .story import Story, form_key
from .words_trying import AnswerWords, ConditionWords, ExperimentWords, LoggedWords, StepWords

# Hours of the day; a note is put into a log in the evening, when it is there in any case.
BEGUN, FILLED, LOGGED, CLOSED, RAISED, ANSWERED = 15.5, 17.25, 21.75, 16.25, 8.75, 17.5


def tell(story: Story) -> None:
    """Put on the line what is tried and what is in the way."""
    for words in story.words.experiments:
        _try(story, words)
    for condition in story.words.conditions:
        about = f'condition "{condition.key}"'
        story.line.add(condition.days_ago, RAISED, about, partial(_raise, story, condition))
        for number, answer in enumerate(condition.answer):
            story.line.add(answer.days_ago, ANSWERED, about, partial(_answer, story, condition, number, answer))


def _try(story: Story, words: ExperimentWords) -> None:
    about = f'experiment "{words.key}"'
    story.line.add(words.days_ago, BEGUN, about, partial(_begin, story, words))
    for number, step in enumerate(words.step):
        story.line.add(step.days_ago, FILLED, about, partial(_fill, story, words, number, step))
    for logged in words.logged:
        story.line.add(logged.days_ago, LOGGED, about, partial(_log, story, words, logged))
    if words.belief:
        story.line.add(words.closed_days_ago, CLOSED, about, partial(_close, story, words))


def _begin(story: Story, words: ExperimentWords) -> None:
    actions.begin_experiment(
        space=story.space(words.space, partnership=words.partnership),
        title=words.title,
        look_again_on=story.line.day(words.again_days_ago),
        by=story.person(words.author),
        key=form_key(words.key),
    )


def _experiment(words: ExperimentWords) -> Experiment:
    return Experiment.objects.select_related("space__partnership").get(submission=form_key(words.key))


def _fill(story: Story, words: ExperimentWords, number: int, step: StepWords) -> None:
    experiment, key = _experiment(words), form_key(f"{words.key}-{number}")
    by, version = story.person(step.by), experiment.version
    actions.change_experiment(experiment=experiment, version=version, changes=step.said, by=by, key=key)


def _log(story: Story, words: ExperimentWords, logged: LoggedWords) -> None:
    note = story.notes[logged.note]
    actions.log_note(experiment=_experiment(words), note=note, sign=logged.sign, by=story.person(logged.by))


def _close(story: Story, words: ExperimentWords) -> None:
    experiment = _experiment(words)
    actions.close_experiment(
        experiment=experiment,
        version=experiment.version,
        surprised=words.surprised,
        belief=words.belief,
        decision=words.decision,
        by=story.person(words.closed_by),
        key=form_key(f"{words.key}-closed"),
    )


def _raise(story: Story, words: ConditionWords) -> None:
    actions.raise_condition(
        space=story.space(words.space, partnership=words.partnership),
        title=words.title,
        text=words.text,
        asked=story.person(words.asked),
        by=story.person(words.author),
        key=form_key(words.key),
    )


def _answer(story: Story, words: ConditionWords, number: int, answer: AnswerWords) -> None:
    actions.answer_condition(
        condition=Condition.objects.get(submission=form_key(words.key)),
        answer=answer.answer,
        text=answer.text,
        by=story.person(words.asked),
        key=form_key(f"{words.key}-{number}"),
    )
