"""Tensions on agendas: a kind of item, and offered where nobody has looked for three months."""

import pytest
from django.urls import reverse

from partnerships.reader import Reader
from records import agenda
from tests import factories as make

from . import made

pytestmark = pytest.mark.once


def offered(reader, space):
    return [row.public_id for _kind, rows in agenda.waiting(Reader(reader), space) for row in rows]


def test_what_nobody_has_looked_at_for_three_months_is_offered(cast):
    tension = made.tension(by=cast.fellow, space=cast.peers)
    made.let_time_pass(tension, days=90)
    assert offered(cast.academic, cast.peers) == []
    made.let_time_pass(tension, days=2)
    assert offered(cast.academic, cast.peers) == [tension.public_id]
    made.check_in(tension, by=cast.fellow)
    assert offered(cast.academic, cast.peers) == []
    made.let_time_pass(tension, days=100)
    made.state(tension, to="held", by=cast.fellow)
    assert offered(cast.academic, cast.peers) == []


def test_neither_what_was_let_go_nor_what_others_in_the_session_cannot_read(cast):
    gone = made.tension(by=cast.fellow, space=cast.peers)
    made.state(gone, to="let_go", by=cast.fellow, reason="It does not pull any more.")
    standing = made.tension(by=cast.fellow, space=cast.peers)
    for row in (gone, standing):
        made.let_time_pass(row, days=120)
    assert offered(cast.practitioner, cast.everyone) == []
    assert offered(cast.manager, cast.peers) == []
    assert offered(cast.practitioner, cast.peers) == [standing.public_id]
    make.fold(record=standing, by=cast.academic)
    assert offered(cast.practitioner, cast.peers) == []


def test_its_host_puts_it_on_the_agenda_with_its_name(cast, client_for):
    session = make.make_session(by=cast.academic, space=cast.peers)
    tension = made.tension(by=cast.fellow, space=cast.peers, title="Near ↔ Far")
    made.let_time_pass(tension, days=100)
    browser = client_for(cast.academic)
    plan = browser.get(reverse("convening:agenda-edit", args=[session.public_id])).content.decode()
    address = reverse("convening:agenda-item-new", args=[session.public_id])
    assert "Near ↔ Far" in plan and f"{address}?about={tension.public_id}" in plan
    page = browser.get(address, {"about": tension.public_id}).content.decode()
    assert 'value="Near ↔ Far"' in page and 'value="tension" selected' in page
    # Of a space that the session is not in, nothing comes along.
    other = browser.get(address, {"about": cast["everyone_tension"].public_id}).content.decode()
    assert "Open ↔ Safe" not in other


def test_the_kind_is_offered_where_the_room_is_open(cast):
    keys = {kind.key for kind in agenda.offered(Reader(cast.academic), cast.partnership)}
    assert "tension" in keys
    assert "tension" not in {kind.key for kind in agenda.offered(Reader(cast.outsider), cast.sibling)}
