"""What is part of what is said by who may say it, and told to who reads both ends."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cycles import actions
from cycles.models import Part
from cycles.parts import part_of
from partnerships import actions as partnership_actions
from partnerships.reader import Reader
from tests import factories as make
from tests.scenery.cycles import begin_activity, begin_cycle, put


def wholes(person, record):
    return [row.title for row in part_of(Reader(person), record).wholes]


def test_of_a_note_only_its_author_says_it(cast):
    with pytest.raises(PermissionDenied):
        put(cast.peers_note, whole=cast["peers_cycle"], by=cast.academic)
    put(cast.peers_note, whole=cast["peers_cycle"], by=cast.peers_note.author)
    assert wholes(cast.academic, cast.peers_note) == ["Cycle in peers"]


def test_of_a_session_anybody_in_its_space_does_and_takes_it_back(cast):
    session = make.make_session(by=cast.fellow, space=cast.peers)
    part = put(session, whole=cast["peers_cycle"], by=cast.academic)
    put(session, whole=cast["peers_cycle"], by=cast.consultant)
    assert session.part_of.count() == 1
    with pytest.raises(PermissionDenied):
        actions.remove_part(part=part, by=cast.manager)
    actions.remove_part(part=part, by=cast.consultant)
    assert not session.part_of.exists()


def test_a_note_in_everyone_does_not_tell_of_a_cycle_among_peers(cast):
    """Both ends are read, or nothing is told: not even that there is something."""
    put(cast.everyone_note, whole=cast["peers_cycle"], by=cast.practitioner)
    assert wholes(cast.fellow, cast.everyone_note) == ["Activity in everyone", "Cycle in peers"]
    assert wholes(cast.manager, cast.everyone_note) == ["Activity in everyone"]


def test_a_private_note_is_part_for_its_author_alone(cast):
    note = make.make_note(by=cast.fellow, partnership=cast.partnership)
    put(note, whole=cast["peers_cycle"], by=cast.fellow)
    assert wholes(cast.fellow, note) == ["Cycle in peers"]
    assert not Part.objects.filter(record=note).exclude(put_by=cast.fellow).exists()


def test_a_note_that_is_not_named_does_not_tell_its_author_by_a_narrower_cycle(cast, client_for):
    """Whoever put it there reads the whole: among peers that would be one of few."""
    words = {"text": "It was me who slept in", "title": "Not named in everyone"}
    note = make.make_note(by=cast.practitioner, **words)
    note = make.share(note=note, space=cast.everyone, attribution="not_named")
    put(note, whole=cast["power_line_cycle"], by=cast.practitioner)
    assert wholes(cast.practitioner, note) == ["Cycle in power_line"]
    assert wholes(cast.manager, note) == []
    body = client_for(cast.manager).get(cast["power_line_cycle"].get_absolute_url()).content.decode()
    assert "Not named in everyone" not in body


def test_nothing_is_part_of_what_is_part_of_it(cast):
    activity = begin_activity(space=cast.peers, by=cast.fellow)
    cycle = begin_cycle(space=cast.peers, by=cast.fellow)
    put(activity, whole=cycle, by=cast.fellow)
    with pytest.raises(ValidationError):
        put(cycle, whole=activity, by=cast.fellow)
    with pytest.raises(ValidationError):
        put(cycle, whole=cycle, by=cast.fellow)


@pytest.mark.parametrize("name", ["power_line_cycle"])
def test_of_what_one_does_not_read_nothing_is_part(cast, name):
    session = cast["peers_session"]
    with pytest.raises(ValidationError):
        put(session, whole=cast[name], by=cast.fellow)


def test_nothing_is_part_of_a_cycle_next_door(cast):
    make.make_member(partnership=cast.sibling, person=cast.fellow)
    next_door = begin_cycle(space=cast.sibling_everyone, by=cast.fellow)
    with pytest.raises(ValidationError):
        put(cast["peers_session"], whole=next_door, by=cast.fellow)


def test_what_is_folded_or_left_is_not_shown_on_the_cycle(cast, client_for):
    session = make.make_session(by=cast.fellow, space=cast.peers, title="Soon folded")
    put(session, whole=cast["peers_cycle"], by=cast.fellow)
    address = cast["peers_cycle"].get_absolute_url()
    assert "Soon folded" in client_for(cast.academic).get(address).content.decode()
    make.fold(record=session, by=cast.consultant)
    assert "Soon folded" not in client_for(cast.academic).get(address).content.decode()
    partnership_actions.leave_space(space=cast.peers, by=cast.academic)
    assert client_for(cast.academic).get(address).status_code == 404


def test_the_page_of_a_note_says_what_it_is_part_of_once(cast, client_for):
    """A cycle or activity, and what is tried, stand under one heading."""
    put(cast["peers_note"], whole=cast["peers_cycle"], by=cast["peers_note"].author)
    page = client_for(cast.academic).get(cast["peers_note"].get_absolute_url()).content.decode()
    assert page.count("Part of") == page.count("<h2>Part of</h2>") == 1
    aside = page[page.index("<h2>Part of</h2>") :].partition("</div>")[0]
    assert cast["peers_cycle"].get_absolute_url() in aside and cast["experiment"].get_absolute_url() in aside
