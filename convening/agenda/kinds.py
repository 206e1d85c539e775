"""The kinds of items that every agenda may hold. What needs a room of its own comes with that room."""

from django.utils.translation import gettext_lazy as _

from records import agenda
from records.agenda import AgendaKind

FREE, CHECK_IN, COMMITMENTS, SITUATION, CLOSE = "free", "check_in", "commitments", "situation", "close"
# These belong to every session, so nobody needs to offer them.
OF_THE_HOST = (CHECK_IN, COMMITMENTS, CLOSE)
KINDS = (
    AgendaKind(CHECK_IN, _("Check-in"), _("One word each, and who is missing.")),
    AgendaKind(
        COMMITMENTS, _("What we said we would do"), _("What is open comes first: done, or let go with a reason.")
    ),
    AgendaKind(
        SITUATION, _("A situation"), _("Something that somebody brings. Open questions first; nobody fixes it.")
    ),
    AgendaKind("looking_again", _("Looking again"), _("What we set out to do, beside what came.")),
    AgendaKind(FREE, _("Something else"), _("Whatever you need time for.")),
    AgendaKind(CLOSE, _("Close"), _("What will each of us do, and by when?")),
)


def register() -> None:
    """Make them known; called once, when the app is ready."""
    for kind in KINDS:
        agenda.register(kind)


def known(key: str) -> str:
    """Return the key, or that of a free item where nothing of that key is registered."""
    return key if agenda.is_known(key) else FREE


def label_of(key: str) -> str:
    """Return what an item of that kind is called where it has no title of its own."""
    return str(agenda.get(known(key)).label)
