"""The rows of the matrix about help with the words: the author, the one helper, and nobody else."""

from collections.abc import Callable
from typing import Any

from records.versions import token_of
from tests.cast import Cast

from .matrix import AUTHOR, FELLOW, NOBODY, Row, id_of, key_of, nothing

ACADEMIC = frozenset({"academic"})
CONSULTANT = frozenset({"consultant"})


def _record(name: str) -> Callable[[Cast], tuple]:
    """Give what fills an address of a kind's own."""
    return lambda cast: (cast[name].kind, cast[name].public_id)


def _asking(cast: Cast) -> dict[str, Any]:
    return {"helper": cast.consultant.public_id, "wish": "Commas.", **key_of("ask")}


def _helping(cast: Cast) -> dict[str, Any]:
    return {"text": "helped words", "note": "", "version": token_of(cast.peers_note), **key_of("help")}


def _answer(cast: Cast) -> dict[str, Any]:
    return {"all": "take", "version": cast.everyone_note.version}


ROWS = [
    Row("records:suggestion-ask", "peers_note", _record("peers_note"), AUTHOR, body=_asking),
    # Nobody can be asked about what is not named: its author reads why.
    Row("records:suggestion-ask", "not_named_note", _record("not_named_note"), FELLOW, body=_asking, posted=403),
    Row("records:suggestion-ask", "private_note", _record("private_note")),
    Row("records:suggestion-ask", "withdrawn_note", _record("withdrawn_note")),
    Row("records:suggestion-detail", "question", id_of("question"), FELLOW, body=_helping),
    Row("records:suggestion-detail", "suggestion", id_of("suggestion"), ACADEMIC),
    Row("records:suggestion-detail", "answered_suggestion", id_of("answered_suggestion"), CONSULTANT),
    Row("records:suggestion-detail", "question_taken_back", id_of("question_taken_back"), NOBODY),
    Row("records:suggestion-decline", "question", id_of("question"), FELLOW, body=nothing),
    Row("records:suggestion-decline", "question_taken_back", id_of("question_taken_back"), NOBODY, body=nothing),
    Row("records:suggestion-answer", "suggestion", id_of("suggestion"), AUTHOR, body=_answer),
    Row("records:suggestion-answer", "question", id_of("question"), NOBODY, body=_answer),
    Row("records:suggestion-take-back", "question", id_of("question"), AUTHOR, body=nothing),
    Row("records:suggestion-take-back", "suggestion", id_of("suggestion"), AUTHOR, body=nothing),
]
