"""The log of an experiment: who marks what, and that it tells nobody of a note that they do not read."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cycles.models import LoggedNote
from cycles.trying import actions
from cycles.trying.reading import log_of
from partnerships.reader import Reader
from records.models import Attribution
from tests import factories as make

from . import trying_made as made

CANARY = "a bag moved to where one could sit"


@pytest.fixture
def tried(cast):
    return made.begin(by=cast.practitioner, space=cast.everyone)


@pytest.fixture
def note(cast):
    return make.make_shared_note(by=cast.practitioner, space=cast.peers, text=CANARY)


def page(client_for, person, experiment):
    response = client_for(person).get(experiment.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_it_shows_to_who_reads_the_note_and_tells_the_others_nothing(cast, client_for, tried, note):
    before = page(client_for, cast.manager, tried)
    made.log(tried, note, by=cast.fellow, sign="worry")
    assert CANARY in page(client_for, cast.academic, tried)
    after = page(client_for, cast.manager, tried)
    assert CANARY not in after and len(after) == len(before)


def test_a_note_is_marked_by_who_reads_it_and_is_in_the_experiments_space(cast, tried, note):
    narrow = made.begin(by=cast.practitioner, space=cast.peers)
    for experiment, thing, person in (
        (tried, note, cast.manager),
        (tried, note, cast.outsider),
        (narrow, cast.everyone_note, cast.manager),
        (tried, cast.private_note, cast.practitioner),
        (tried, tried, cast.practitioner),
    ):
        with pytest.raises(PermissionDenied):
            made.log(experiment, thing, by=person)
    assert not LoggedNote.objects.filter(experiment__in=[tried.pk, narrow.pk]).exists()


def test_marking_it_once_more_changes_the_sign_and_makes_no_second_line(cast, tried, note):
    for sign in ("log", "hope", "hope"):
        made.log(tried, note, by=cast.fellow, sign=sign)
    assert [(row.sign, row.marked_by) for row in tried.log.all()] == [("hope", cast.fellow)]


def test_the_marker_and_the_author_take_it_out_and_nobody_else_finds_the_way(cast, client_for, tried, note):
    logged = made.log(tried, note, by=cast.fellow)
    away = reverse("cycles:experiment-unlog", args=[tried.public_id, logged.public_id])
    for person in (cast.academic, cast.manager, cast.steward):
        assert away not in page(client_for, person, tried)
        assert client_for(person).post(away).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.take_out(logged=logged, by=cast.academic)
    assert away in page(client_for, cast.practitioner, tried)
    client_for(cast.fellow).post(away)
    assert not tried.log.exists()


def test_what_is_not_named_stays_so(cast, client_for, tried):
    hidden = make.make_shared_note(
        by=cast.practitioner, space=cast.peers, text=CANARY, attribution=Attribution.NOT_NAMED
    )
    made.log(tried, hidden, by=cast.practitioner)
    seen = page(client_for, cast.academic, tried)
    row = seen[seen.index(CANARY) : seen.index("Put a note into the log")]
    assert "Not named" in row and cast.practitioner.name not in row and "Take it out" not in row


def test_a_note_that_was_taken_back_or_folded_leaves_the_log(cast, tried, note):
    other = make.make_shared_note(by=cast.practitioner, space=cast.peers, text="other")
    for row in (note, other):
        made.log(tried, row, by=cast.fellow)
    make.fold(record=note, by=cast.academic)
    assert [line.note.pk for line in log_of(Reader(cast.fellow), tried)] == [other.pk]


def test_the_note_says_where_it_stands_to_who_reads_both(cast, client_for, note):
    narrow = made.begin(by=cast.practitioner, space=cast.power_line, title="Tried across the line")
    made.log(narrow, note, by=cast.practitioner, sign="worry")
    shown = client_for(cast.practitioner).get(note.get_absolute_url()).content.decode()
    hidden = client_for(cast.academic).get(note.get_absolute_url()).content.decode()
    assert "A sign of worry" in shown and narrow.title in shown
    assert "A sign of worry" not in hidden and narrow.title not in hidden


def test_what_is_in_the_wider_field_goes_into_no_log(cast, client_for):
    """It is of no partnership, so there is nothing tried beside it."""
    answer = client_for(cast.practitioner).get(reverse("cycles:note-log", args=[cast.wider_note.public_id]))
    assert answer.status_code == 404


def test_it_is_logged_from_the_note_and_from_the_experiment(cast, client_for, tried, note):
    browser = client_for(cast.academic)
    link = reverse("cycles:note-log", args=[note.public_id])
    assert link in browser.get(note.get_absolute_url()).content.decode()
    body = {"experiment": tried.public_id, "sign": "hope"}
    assert browser.post(link, body).url == f"{tried.get_absolute_url()}#log"
    other = make.make_shared_note(by=cast.fellow, space=cast.everyone, text="other")
    path = reverse("cycles:experiment-log", args=[tried.public_id])
    assert browser.post(path, {"note": note.public_id, "sign": "log"}).status_code == 422
    assert browser.post(path, {"note": other.public_id, "sign": "log"}).status_code == 302
    assert dict(tried.log.values_list("note", "sign")) == {note.pk: "hope", other.pk: "log"}


def test_what_was_chosen_is_taken_also_where_others_shared_a_dozen_meanwhile(cast, client_for, tried, note):
    for _n in range(13):
        make.make_shared_note(by=cast.fellow, space=cast.everyone, text="meanwhile")
    path = reverse("cycles:experiment-log", args=[tried.public_id])
    assert note.public_id not in client_for(cast.academic).get(path).content.decode()
    assert client_for(cast.academic).post(path, {"note": note.public_id, "sign": "log"}).status_code == 302
    assert tried.log.get().note_id == note.pk


@pytest.mark.once
def test_queries_of_pages_do_not_grow_with_the_log_nor_with_what_is_tried(cast, client_for, tried):
    browser = client_for(cast.academic)
    listed = reverse("cycles:experiment-list", args=[cast.partnership.slug])
    in_the_way = reverse("cycles:condition-list", args=[cast.partnership.slug])

    def number_of(path):
        browser.get("/healthz")
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(path).status_code == 200
        return len(captured)

    def add():
        note = make.make_shared_note(by=cast.fellow, space=cast.peers, text="one more")
        made.log(tried, note, by=cast.fellow)
        made.close(made.begin(by=cast.fellow, space=cast.peers), by=cast.fellow)
        made.begin(by=cast.manager, space=cast.everyone)
        made.say(by=cast.fellow, space=cast.peers, asked=cast.practitioner)
        made.answer(made.say(by=cast.fellow, space=cast.everyone, asked=cast.manager), by=cast.manager)

    add()
    paths = (listed, in_the_way, tried.get_absolute_url())
    before = [number_of(path) for path in paths]
    for _n in range(4):
        add()
    assert [number_of(path) for path in paths] == before
    assert max(before) <= 20
