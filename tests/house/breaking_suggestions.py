"""The same for help with the words."""

from records.models import Suggestion

from .breaking import NOW


def question(cast, **columns):
    """Give a question that would be right but for these columns."""
    right = {"record": cast.wider_note.record, "helper": cast.manager, "asked_at": NOW, "asked_version": 1}
    return Suggestion(**right | columns)


BREAKING = {
    "records_suggestion_one_open_per_helper": lambda cast: question(
        cast, record=cast.peers_note.record, helper=cast.fellow
    ),
    "records_suggestion_ends_with_an_outcome": lambda cast: question(cast, ended_at=NOW),
    "records_suggestion_words_come_with_their_moment": lambda cast: question(cast, suggested={"text": "t"}),
    "records_suggestion_holds_no_words_once_ended": lambda cast: question(
        cast, ended_at=NOW, outcome="declined", wish="Commas."
    ),
}
