"""Sessions that go on: one at which all write in silence, and one at which it was revealed and is sorted."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from convening import actions
from convening.models import Cluster, Contribution, SilentWriting, UnsignedNote
from desk import drafts
from tests import factories as make


def running(*, by: Any, space: Any, **words: Any):
    """Convene a session that began ten minutes ago and goes on for half a day."""
    ends_at = timezone.now() + timedelta(hours=12)
    return make.make_session(by=by, space=space, begins_in=timedelta(minutes=-10), **{"ends_at": ends_at} | words)


def open_writing(session, *, by: Any, question: str = "What do we notice?", wish: str = "not_named") -> SilentWriting:
    """Have all write on something in silence."""
    return actions.open_writing(session=session, question=question, wish=wish, by=by, key=drafts.new_key())


def write(
    writing: SilentWriting, *, by: Any, text: str = "A line.", wish: str = "not_named", **more: Any
) -> Contribution:
    """Write a note in a silent writing."""
    key = more.pop("key", None) or drafts.new_key()
    return actions.contribute(to=writing.session, text=text, wish=wish, by=by, key=key, writing=writing, **more)


def paper(writing: SilentWriting, *lines: str, by: Any) -> list[UnsignedNote]:
    """Type in notes from paper."""
    key = drafts.new_key()
    actions.add_paper_notes(writing=writing, lines=lines or ("From paper.",), by=by, key=key)
    return list(UnsignedNote.objects.filter(submission=key).order_by("line"))


def put_together(writing: SilentWriting, *notes: Any, by: Any, cluster: str = "") -> Cluster:
    """Put notes together."""
    ids = [note.public_id for note in notes]
    made = actions.put_together(writing=writing, notes=ids, cluster=cluster, by=by)
    assert made
    return made


def add(cast) -> None:
    """Have two sessions go on, in one of which nothing is revealed yet."""
    silent = running(by=cast.practitioner, space=cast.peers, title="Writing in silence", question="")
    cast.more["silent_session"] = silent
    cast.more["silent_writing"] = writing = open_writing(silent, by=cast.practitioner)
    cast.more["unseen_note"] = write(writing, by=cast.fellow, text="an unseen note")
    cast.more["unseen_paper"] = paper(writing, "unseen from paper", by=cast.consultant)[0]
    done = running(by=cast.academic, space=cast.peers, title="Sorting", question="")
    cast.more["sorted_session"] = done
    cast.more["revealed_writing"] = writing = open_writing(done, by=cast.academic, question="What did we see?")
    notes = [write(writing, by=cast.fellow, text=f"revealed note {n}", wish="named") for n in (1, 2, 3)]
    cast.more["revealed_paper"] = paper(writing, "revealed from paper", by=cast.consultant)[0]
    actions.reveal_writing(writing=writing, by=cast.academic)
    cast.more["cluster"] = put_together(writing, *notes[:2], by=cast.fellow)
    cast.more["other_cluster"] = put_together(writing, notes[2], by=cast.fellow)
    cast.more["live_notes"] = notes
    cast.more |= {f"revealed_note_{n}": note for n, note in enumerate(notes, 1)}
    for name in ("silent_writing", "revealed_writing", "revealed_paper"):
        cast[name].refresh_from_db()
