"""What the stage holds about help with the words: asked, suggested, answered, and taken back."""

from typing import Any

from desk import drafts
from records import actions


def add(cast: Any) -> None:
    """Put it on stage, by the actions that the app has."""
    cast.more["question"] = _ask(cast, cast.peers_note, cast.fellow)
    cast.more["suggestion"] = _ask(cast, cast.everyone_note, cast.academic)
    _suggest(cast, "suggestion", "suggested words")
    cast.more["answered_suggestion"] = _ask(cast, cast.peers_note, cast.consultant)
    _suggest(cast, "answered_suggestion", "peers words, answered")
    note = cast.peers_note
    actions.answer_suggestion(
        note, suggestion=cast["answered_suggestion"], taken=[], version=note.version, by=note.author
    )
    cast.more["question_taken_back"] = _ask(cast, cast.peers_note, cast.academic)
    actions.take_question_back(suggestion=cast["question_taken_back"], by=note.author)


def _ask(cast: Any, record: Any, helper: Any) -> Any:
    return actions.ask_for_help(
        record, helper=helper, wish="Spelling only, please.", by=record.author, key=drafts.new_key()
    )


def _suggest(cast: Any, name: str, words: str) -> None:
    question = cast[name]
    texts = {"text": words} | ({"title": question.record.title} if question.record.title else {})
    actions.suggest(
        suggestion=question,
        texts=texts,
        began=question.record.version,
        note="Only one word.",
        by=question.helper,
        key=drafts.new_key(),
    )
