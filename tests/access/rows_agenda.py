"""The rows of the matrix about agendas: the host plans, the others offer, a partnership's own are its members'."""

from collections.abc import Callable
from typing import Any

from tests.cast import IN_EVERYONE, IN_PEERS, Cast
from tests.scenery.agenda import OFFER

from .matrix import AUTHOR, FELLOW, MEMBERS_OF, WITH_DUTY, WITHOUT_DUTY, Row, id_of, key_of, nothing, slug_of

ACADEMIC = frozenset({"academic"})
PARTNER = frozenset({"learning_partner"})
ITEM = {"kind": "free", "title": "Cake", "text": "", "minutes": "5", "lead": ""}
AGENDA = {"name": "Another", "line": "", "source": "", "kind_1": "free", "title_1": "Tea", "minutes_1": "5"}


def _of(session: str, thing: str) -> Callable[[Cast], tuple]:
    return lambda cast: (cast[session].public_id, cast[thing].public_id)


def _own(name: str) -> Callable[[Cast], tuple]:
    return lambda cast: (cast.partnership.slug, cast[name].public_id)


def _item(key: str, **words: Any) -> Callable[[Cast], dict[str, Any]]:
    return lambda cast: ITEM | key_of(key) | words


def _hosts(name: str, args: Any, body: Any = None, **more: Any) -> Row:
    return Row(f"convening:{name}", "peers", args, AUTHOR, refused=IN_PEERS - AUTHOR, body=body, **more)


PEERS, PEERS_ITEM = id_of("peers_session"), _of("peers_session", "agenda_item")
PLANNING = [
    _hosts("agenda-edit", PEERS, fragments=("agenda",)),
    Row(
        "convening:agenda-edit",
        "everyone",
        id_of("everyone_session"),
        PARTNER,
        refused=IN_EVERYONE - PARTNER,
    ),
    # There is an agenda already.
    _hosts("agenda-begin", PEERS, lambda cast: {"agenda": "mirror"}, posted=422, takes_get=False),
    Row(
        "convening:agenda-begin",
        "an empty one",
        id_of("power_line_session"),
        frozenset({"manager"}),
        refused=frozenset({"practitioner"}),
        body=lambda cast: {"agenda": "mirror"},
        takes_get=False,
    ),
    _hosts("agenda-item-new", PEERS, _item("agenda-item")),
    _hosts("agenda-item-edit", PEERS_ITEM, _item("agenda-edit", version="1")),
    _hosts("agenda-item-move", PEERS_ITEM, lambda cast: {"way": "down"}, takes_get=False),
    _hosts("agenda-item-remove", PEERS_ITEM, nothing),
]
OFFERS = [
    Row(
        "convening:agenda-offer-new",
        "peers",
        PEERS,
        IN_PEERS,
        body=lambda cast: OFFER | {"minutes": "20"} | key_of("agenda-offer"),
    ),
    _hosts("agenda-offer-accept", _of("peers_session", "offer"), nothing, takes_get=False),
    _hosts("agenda-offer-decline", _of("peers_session", "offer"), lambda cast: {"answer": "Next time."}),
    Row(
        "convening:agenda-offer-take-back",
        "one's own",
        _of("peers_session", "offer"),
        FELLOW,
        body=nothing,
        takes_get=False,
    ),
    Row(
        "convening:agenda-offer-take-back",
        "another's own",
        _of("peers_session", "own_offer"),
        ACADEMIC,
        body=nothing,
        takes_get=False,
    ),
]
OWN = [
    *[
        Row("convening:agenda-settings", partnership, slug_of(partnership), readers)
        for partnership, readers in MEMBERS_OF.items()
    ],
    Row(
        "convening:agenda-new",
        "partnership",
        slug_of("partnership"),
        WITH_DUTY,
        refused=WITHOUT_DUTY,
        body=lambda cast: AGENDA | key_of("agenda"),
    ),
    Row(
        "convening:agenda-change",
        "own",
        _own("own_agenda"),
        WITH_DUTY,
        refused=WITHOUT_DUTY,
        body=lambda cast: AGENDA | key_of("agenda-change") | {"version": "1"},
    ),
    Row(
        "convening:agenda-put-away",
        "own",
        _own("own_agenda"),
        WITH_DUTY,
        refused=WITHOUT_DUTY,
        body=lambda cast: {"use": "no"},
    ),
    # What belongs to another partnership is not found through one's own.
    *[Row(f"convening:agenda-{verb}", "of another", _own("sibling_agenda")) for verb in ("change", "put-away")],
]
ROWS = [*PLANNING, *OFFERS, *OWN]
