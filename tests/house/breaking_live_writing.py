"""The same for silent writings, and for notes without an account behind them."""

from convening.models import LiveState, SilentWriting, UnsignedNote

from .breaking import NOW


def writing(cast, **columns):
    right = {"session": cast["over_session"], "question": "Who?", "opened_at": NOW, "opened_by": cast.academic}
    return SilentWriting(**right | {"submission": "new"} | columns)


def note(cast, **columns):
    right = {"writing": cast["silent_writing"], "source": "paper", "typed_by": cast.consultant, "text": "words"}
    return UnsignedNote(**right | {"made_at": NOW, "submission": "new"} | columns)


BREAKING = {
    "convening_silentwriting_one_at_a_time": lambda cast: writing(cast, session=cast["silent_session"]),
    "convening_silentwriting_sent_once": lambda cast: writing(
        cast, opened_by=cast.practitioner, submission=cast["silent_writing"].submission
    ),
    "convening_silentwriting_asks_something": lambda cast: writing(cast, question=""),
    "convening_silentwriting_revealed_by_somebody": lambda cast: writing(cast, revealed_at=NOW),
    "convening_unsignednote_says_something": lambda cast: note(cast, text=""),
    "convening_unsignednote_typed_by_somebody_if_from_paper": lambda cast: note(cast, typed_by=None),
    "convening_unsignednote_sent_once": lambda cast: note(cast, submission=cast["unseen_paper"].submission),
    "convening_livestate_step_is_no_longer_than_a_day": lambda cast: LiveState(
        session=cast["running_session"], step_minutes=481
    ),
}
