"""The same for agendas: their items, what is offered for them, and a partnership's own."""

from convening.models import AgendaItem, AgendaOffer, AgendaTemplate

from .breaking import NOW


def item(cast, **columns):
    return AgendaItem(**{"session": cast["peers_session"], "position": 90, "kind": "free"} | columns)


def offer(cast, **columns):
    right = {"session": cast["peers_session"], "offered_by": cast.fellow, "offered_at": NOW, "submission": "another"}
    return AgendaOffer(**right | {"kind": "situation", "title": "t"} | columns)


def template(cast, **columns):
    right = {"partnership": cast.partnership, "name": "n", "rows": [], "made_by": cast.steward, "made_at": NOW}
    return AgendaTemplate(**right | {"submission": "another"} | columns)


BREAKING = {
    "convening_agendaitem_is_no_longer_than_a_day": lambda cast: item(cast, minutes=481),
    "convening_agendaitem_is_of_a_kind": lambda cast: item(cast, kind=""),
    "convening_agendaoffer_sent_once": lambda cast: offer(cast, submission=cast["offer"].submission),
    "convening_agendaoffer_is_no_longer_than_a_day": lambda cast: offer(cast, minutes=481),
    "convening_agendaoffer_answered_by_somebody": lambda cast: offer(cast, state="declined"),
    "convening_agendaoffer_became_an_item_if_accepted": lambda cast: offer(cast, item=cast["agenda_item"]),
    "convening_agendatemplate_sent_once": lambda cast: template(cast, submission=cast["own_agenda"].submission),
    "convening_agendatemplate_has_a_name": lambda cast: template(cast, name=""),
    "convening_agendatemplate_put_away_by_somebody": lambda cast: template(cast, put_away_at=NOW),
}
