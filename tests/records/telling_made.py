"""What the tests about somebody else's words begin with: a note that Mo told, and what is done with it."""

from partnerships.asked import asked_of
from partnerships.reader import Reader
from records import actions
from records.models import Attribution, Telling
from records.parts import Parts
from records.telling import Agreement
from reflections.models import Reflection
from tests.scenery.told import tell

# In every word of the note that the second member must not be shown.
CANARY = "heron"


def write_told(cast):
    """Write a private note of the practitioner, told by Mo, for the early peers."""
    return tell(
        by=cast.practitioner,
        space=cast.peers,
        key="told-here",
        title=f"The {CANARY} title",
        text=f"The {CANARY} stood there.",
        tags=[f"{CANARY}-tag"],
        what_changed="double",
        we_assumed=f"No {CANARY} comes.",
        we_now_assume=f"A {CANARY} does.",
        not_going_well=True,
    )


def share(note, space, attribution=Attribution.NAMED):
    """Share the note as it is now, by its author."""
    fresh = Reflection.objects.get(pk=note.pk)
    actions.share(fresh, space=space, attribution=attribution, version=fresh.version, by=fresh.author)
    return Reflection.objects.get(pk=note.pk)


def change(note, *, key="c1", parts=None, **changes):
    """Change the note as it is now, by its author."""
    fresh = Reflection.objects.get(pk=note.pk)
    how = {"version": fresh.version, "key": key, "form": "reflection-edit"}
    actions.edit(fresh, by=fresh.author, changes=changes, parts=parts, **how)


def agreement(note, **columns):
    """Give what the teller agreed to, with something else said of it."""
    now = Telling.objects.get(record_id=note.pk)
    kept = {"how_agreed": now.how_agreed, "agreed_on": now.agreed_on, "agreed_for": now.agreed_for}
    return Parts(telling=Agreement(**kept | columns))


def asks(cast, name):
    """Give what home asks of one of the cast about what others told."""
    return [row.title for row in asked_of(Reader(cast[name])) if "asks you whether" in row.title]
