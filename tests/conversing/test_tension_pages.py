"""The pages of tensions: the picture and its list say the same, nothing is averaged, and words typed come back."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from conversing.models import CheckIn, Tension
from conversing.tensions.picture import MOST_WITH_WORDS, picture_of
from conversing.tensions.suggestions import SUGGESTIONS
from desk import drafts
from desk.models import Draft
from records import actions as record_actions
from tests import factories as make

from . import made

pytestmark = pytest.mark.once


def page_of(browser, tension):
    return browser.get(tension.get_absolute_url()).content.decode()


def posted(name, **words):
    return {"draft_key": drafts.new_key(), **words}


def said(**words):
    return posted("tension", first="Fast", second="Slow", text="Both are right.", **words)


def test_the_picture_and_the_list_hold_the_same_check_ins(cast, client_for):
    made.check_in(cast["tension"], by=cast.academic, lean=88, text="third")
    response = client_for(cast.consultant).get(cast["tension"].get_absolute_url())
    drawn = [point.check_in for point in response.context["picture"].points]
    assert drawn == response.context["check_ins"]
    page = response.content.decode()
    assert page.count("picture__point picture__point--") == page.count('class="check-in"') == 3
    for row in drawn:
        assert f"{row.lean} of 100" in page
    assert "average" in page and not re.search(r"\\b(mean|median)\\b", page)


def test_what_is_folded_or_taken_back_is_in_neither(cast, client_for):
    make.fold(record=cast["check_in"], by=cast.academic)
    record_actions.withdraw(cast["not_named_check_in"], by=cast.practitioner)
    page = page_of(client_for(cast.academic), cast["tension"])
    assert "picture__point picture" not in page and "check-in words" not in page and "70 of 100" not in page
    mine = page_of(client_for(cast.fellow), cast["tension"])
    assert "70 of 100" in mine and mine.count("picture__point picture") == 1


def test_a_shape_tells_no_more_than_the_words_beside_it(cast):
    tension = cast["tension"]
    CheckIn.objects.filter(pk=cast["check_in"].pk).update(attribution="role", role="consultant")
    points = {point.check_in.pk: point for point in picture_of(list(CheckIn.objects.filter(within=tension))).points}
    assert points[cast["check_in"].pk].shape == "diamond"
    assert points[cast["not_named_check_in"].pk].shape == "ring"
    named = picture_of([made.check_in(tension, by=cast.academic)])
    assert named.points[0].shape == "dot"


def test_of_who_is_not_named_nothing_is_told_by_the_page(cast, client_for):
    page = page_of(client_for(cast.academic), cast["tension"])
    row = page[page.index(f'id="check-in-{cast["not_named_check_in"].public_id}"') :].split("</li>")[0]
    assert "Not named" in row and cast.practitioner.name not in row and not re.search(r"\\d\\d?:\\d\\d", row)


def test_every_check_in_is_drawn_however_many_there_are(cast):
    rows = [CheckIn(lean=number, text="w" * 300, public_id=str(number)) for number in range(101)]
    for row in rows:
        row.author = cast.fellow
    many, few = picture_of(rows), picture_of(rows[:MOST_WITH_WORDS])
    assert len(many.points) == 101 and not any(point.lines for point in many.points)
    assert all(point.lines for point in few.points)
    for point in many.points:
        assert many.left < point.x - 10 and point.x + 10 < many.right
    assert picture_of([]) is None


def test_a_tension_is_written_down_from_a_suggestion_and_in_own_words(cast, client_for):
    browser, address = client_for(cast.fellow), reverse("conversing:tension-new", args=[cast.partnership.slug])
    for suggestion in SUGGESTIONS:
        page = browser.get(address, {"from": suggestion.key}).content.decode()
        assert escape(str(suggestion.first)) in page and escape(str(suggestion.text)) in page
    sent = browser.post(address, said(space=cast.peers.public_id, felt_by=["academic", "practitioner"]))
    tension = Tension.objects.latest("created_at")
    assert sent.headers["Location"] == tension.get_absolute_url()
    assert (tension.poles, tension.felt_by) == (("Fast", "Slow"), ["academic", "practitioner"])
    assert "Academic, Practitioner" in page_of(browser, tension)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"first": ""}, "Name the one pole"),
        ({"second": "fast"}, "called the same"),
        ({"first": "A ↔ B"}, "Leave out the sign"),
        ({"second": "x" * 76}, "75"),
        ({"felt_by": ["nobody"]}, "no role here"),
        ({"space": "AAAAAAAAAAAA"}, "not in that space"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_there(cast, client_for, words, told):
    address = reverse("conversing:tension-new", args=[cast.partnership.slug])
    response = client_for(cast.fellow).post(address, said(space=cast.peers.public_id) | words)
    page = response.content.decode()
    assert response.status_code == 422 and told in page and "Both are right." in page


@pytest.mark.parametrize("lean", ["", "101", "-1", "many", "1.5"])
def test_a_place_outside_the_poles_is_refused_and_the_note_kept(cast, client_for, lean):
    address = reverse("conversing:check-in-new", args=[cast["tension"].public_id])
    response = client_for(cast.fellow).post(address, posted("check-in", lean=lean, text="My note.", wish="named"))
    page = response.content.decode()
    assert response.status_code == 422 and "between 0 and 100" in page and "My note." in page


def test_a_floor_is_explained_where_it_is_not_reached(cast, client_for):
    page = page_of(client_for(cast.academic), cast["tension"])
    assert "You are the only one here whose role is" in page and 'value="role"' not in page
    address = reverse("conversing:check-in-new", args=[cast["tension"].public_id])
    refused = client_for(cast.academic).post(address, posted("check-in", lean="5", text="w", wish="role"))
    assert refused.status_code == 422 and not CheckIn.objects.filter(author=cast.academic).exists()


def test_a_stale_change_shows_both_texts(cast, client_for):
    tension = Tension.objects.get(pk=cast["tension"].pk)
    address = reverse("conversing:tension-edit", args=[tension.public_id])
    assert client_for(cast.fellow).post(address, said(version=tension.version)).status_code == 302
    response = client_for(cast.academic).post(address, said(version=tension.version) | {"text": "Mine is other."})
    page = response.content.decode()
    assert response.status_code == 409 and "Mine is other." in page and "Both are right." in page
    assert Draft.objects.filter(author=cast.academic, form="tension-edit").exists()


def test_a_stale_state_is_answered_and_its_reason_kept(cast, client_for):
    address = reverse("conversing:tension-state", args=[cast["tension"].public_id])
    made.state(cast["tension"], to="held", by=cast.fellow)
    words = {"seen": "named", "state": "changed", "reason": "It pulls elsewhere."}
    response = client_for(cast.academic).post(address, posted("tension-state", **words))
    page = response.content.decode()
    assert response.status_code == 409 and "It pulls elsewhere." in page and 'name="seen" value="held"' in page
    without = posted("tension-state", seen="held", state="let_go", reason="")
    assert "Say in a line why it is let go." in client_for(cast.academic).post(address, without).content.decode()


def test_the_room_is_there_for_who_reads_a_tension_and_for_nobody_else(cast, client_for):
    listed = reverse("conversing:tension-list", args=[cast.partnership.slug])
    cast.partnership.opened_rooms = []
    cast.partnership.save(update_fields=["opened_rooms"])
    record_actions.set_aside(cast["everyone_tension"], reason="Not here.", key=drafts.new_key(), by=cast.steward)
    overview = cast.partnership.get_absolute_url()
    assert listed in client_for(cast.academic).get(overview).content.decode()
    assert listed not in client_for(cast.manager).get(overview).content.decode()
    page = client_for(cast.commissioner).get(listed).content.decode()
    assert "No tension is written down yet" in page and cast["tension"].public_id not in page


def test_a_taken_back_check_in_is_still_read_by_its_author(cast, client_for):
    record_actions.withdraw(cast["check_in"], by=cast.fellow)
    address = cast["check_in"].get_absolute_url()
    assert "check-in words" in client_for(cast.fellow).get(address).content.decode()
    others = client_for(cast.academic).get(address).content.decode()
    assert "check-in words" not in others and "70 of 100" not in others


def queries_of(browser, address):
    browser.get("/healthz")
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


def test_queries_grow_neither_with_check_ins_nor_with_tensions(cast, client_for):
    browser, tension = client_for(cast.academic), cast["tension"]
    listed = reverse("conversing:tension-list", args=[cast.partnership.slug])
    made.tension(by=cast.fellow, space=cast.peers, title="One ↔ Other")
    browser.get(listed)
    few = queries_of(browser, tension.get_absolute_url()), queries_of(browser, listed)
    for number in range(12):
        made.check_in(tension, by=cast.fellow, lean=number)
        made.state(tension, to="held", by=cast.fellow, reason="again")
        made.tension(by=cast.fellow, space=cast.peers, title=f"One {number} ↔ Other")
    assert (queries_of(browser, tension.get_absolute_url()), queries_of(browser, listed)) == few
    assert max(few) <= 24, few
