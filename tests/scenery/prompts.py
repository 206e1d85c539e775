"""What the stage holds about prompts: sets and lenses of Early Shift, a lens next door, a note written with prompts."""

from typing import Any

from desk import drafts
from partnerships.reader import Reader
from reflections import actions
from reflections.prompts import Answered, find

SET = {
    "name": "Before the van leaves",
    "line": "Two questions, on your feet.",
    "framework": "",
    "source": "The early shift",
    "questions": ["Who did you not see today?", "What will you say to them on Thursday?"],
}
LENS = {
    "name": "From where they sit",
    "line": "One thing, looked at from the other side of it.",
    "framework": "Choose a form, a door or a rule that you handle often. Go round it.",
    "source": "",
    "questions": ["What does it ask of them?", "What does it never ask?"],
}


def offer(*, partnership: Any, by: Any, kind: str = "set", **words: Any) -> Any:
    """Add a set or a lens to a partnership."""
    return actions.offer_prompts(
        partnership=partnership,
        kind=kind,
        words=(SET if kind == "set" else LENS) | words,
        key=drafts.new_key(),
        by=by,
    )


def change(*, prompt_set: Any, by: Any, **words: Any) -> None:
    """Save another version of a set."""
    prompt_set.refresh_from_db()
    now = prompt_set.versions.get(number=prompt_set.version)
    columns = {name: getattr(now, name) for name in SET}
    actions.change_prompts(
        prompt_set=prompt_set, version=prompt_set.version, words=columns | words, key=drafts.new_key(), by=by
    )


def write_with(*, by: Any, key: str, answers: list[str], before: str = "", **words: Any) -> Any:
    """Write a note with prompts that the person may see."""
    prompts = find(Reader(by), key)
    answers = [*answers, *[""] * (len(prompts.questions) - len(answers))]
    answered = Answered(prompts=prompts, answers=answers, before=before)
    return actions.write(by=by, key=drafts.new_key(), answered=answered, **words)


def add(cast: Any) -> None:
    """Put it on stage, by the actions that the app has."""
    cast.more["prompt_set"] = offer(partnership=cast.partnership, by=cast.steward)
    cast.more["lens"] = offer(partnership=cast.partnership, by=cast.academic, kind="lens")
    cast.more["changed_lens"] = offer(partnership=cast.partnership, by=cast.academic, kind="lens", name="Changed since")
    change(prompt_set=cast.more["changed_lens"], by=cast.academic, questions=["What else?"])
    cast.more["sibling_lens"] = offer(partnership=cast.sibling, by=cast.outsider, kind="lens", name="Next door")
    cast.more["prompted_note"] = write_with(by=cast.expert, key="gibbs", answers=["It rained.", "Wet."])
