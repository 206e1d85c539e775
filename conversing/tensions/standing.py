"""How a tension stands, and has stood: the five states in their order, each with its day."""

from dataclasses import dataclass

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from conversing.models import Tension, TensionState


@dataclass(frozen=True)
class Step:
    """One state: its name, since when or when it was, and whether it is past, now, or not reached."""

    name: str
    note: str
    state: str


def steps_of(tension: Tension) -> list[Step]:
    """Return the states in their order. One may go back: what was reached once stays marked, with its last day."""
    last = {row.state: row.made_at for row in tension.changes.all()}
    found = []
    for state in TensionState:
        day = formats.date_format(timezone.localtime(last[state]), "j F Y") if state in last else ""
        if state == tension.state:
            found.append(Step(str(state.label), _("since %(day)s") % {"day": day} if day else "", "now"))
        else:
            found.append(Step(str(state.label), day, "past" if day else "next"))
    return found
