"""Something that is tried in two spaces, with a log; something closed; and what is in the way, answered or not."""

from tests.cycles import trying_made as made


def add(cast) -> None:
    """Begin, fill in, log, close; say what is in the way, and answer some of it."""
    cast.more["everyone_experiment"] = made.begin(by=cast.manager, space=cast.everyone, title="Tried by everyone")
    tried = made.begin(by=cast.practitioner, space=cast.peers, title="Tried by peers")
    tried = made.fill(tried, by=cast.fellow, text="hunch words", hope="hope words", worry="worry words")
    cast.more["experiment"] = made.fill(tried, by=cast.fellow, affected="affected words", agreed="some")
    cast.more["logged"] = made.log(tried, cast.peers_note, by=cast.fellow, sign="worry")
    made.log(tried, cast.power_line_note, by=cast.practitioner, sign="hope")
    cast.more["due_experiment"] = made.begin(by=cast.consultant, space=cast.peers, title="Tried and due", days=-1)
    closed = made.begin(by=cast.practitioner, space=cast.peers, title="Tried and closed")
    closed = made.fill(closed, by=cast.fellow, text="old hunch words", smallest="smallest words")
    cast.more["closed_experiment"] = made.close(
        closed, by=cast.fellow, surprised="surprising words", belief="belief words"
    )
    cast.more["condition"] = made.say(
        by=cast.practitioner, space=cast.peers, asked=cast.academic, title="In the way of peers", text="what it does"
    )
    cast.more["answered_condition"] = made.say(
        by=cast.practitioner, space=cast.everyone, asked=cast.manager, title="In the way of everyone"
    )
    made.answer(cast["answered_condition"], by=cast.manager, answer="cannot", text="because words")
