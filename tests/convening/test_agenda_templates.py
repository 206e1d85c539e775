"""A partnership's own agendas: who sees them, who changes them, and that they carry no words from one space on."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from convening import actions
from convening.agenda import find
from convening.models import AgendaTemplate
from desk import drafts
from partnerships.reader import Reader
from records import agenda as registry
from records.versions import AlreadySent, StaleVersion
from tests import factories as make
from tests.scenery.agenda import ROWS, add_item, headings, offer, save_agenda

WORDS = {"name": "Ours", "line": "", "source": "", "rows": ROWS}


@pytest.fixture
def own(cast):
    return save_agenda(partnership=cast.partnership, by=cast.steward)


def url(name, cast, own=None):
    return reverse(f"convening:agenda-{name}", args=[cast.partnership.slug, *([own.public_id] if own else [])])


def body(rows=((1, "free", "Tea", "10"),), **words):
    typed = {}
    for number, kind, title, minutes in rows:
        typed |= {f"kind_{number}": kind, f"title_{number}": title, f"minutes_{number}": minutes}
    right = {"name": "Ours", "line": "", "source": "", "draft_key": drafts.new_key(), "draft_form": "agenda"}
    return right | typed | words


def test_who_looks_after_settings_adds_one_and_all_members_begin_with_it(cast, client_for):
    rows = [(1, "check_in", "", ""), (2, "free", "", ""), (5, "free", "Tea", "10"), (16, "close", "", "5")]
    sent = body(rows, text_5="With cake.")
    assert client_for(cast.learning_partner).post(url("new", cast), sent).status_code == 302
    made = AgendaTemplate.objects.get(name="Ours")
    assert [(row["kind"], row["title"], row["minutes"], row["text"]) for row in made.rows] == [
        ("check_in", "", 0, ""),
        ("free", "Tea", 10, "With cake."),
        ("close", "", 5, ""),
    ]
    page = client_for(cast.expert).get(url("settings", cast)).content.decode()
    assert "With cake." in page
    session = make.make_session(by=cast.practitioner, space=cast.peers)
    actions.begin_agenda(
        session=session, agenda=find(Reader(cast.practitioner), cast.partnership, made.public_id), by=cast.practitioner
    )
    assert headings(session) == ["Check-in", "Tea", "Close"]


@pytest.mark.parametrize("who", ["practitioner", "manager", "expert"])
def test_others_do_not(cast, client_for, own, who):
    browser = client_for(cast[who])
    for address in (url("new", cast), url("change", cast, own), url("put-away", cast, own)):
        assert browser.get(address).status_code == 403
        assert browser.post(address, body() | {"use": "no", "version": 1}).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.save_agenda(partnership=cast.partnership, words=WORDS, by=cast[who], key="k")
    assert url("change", cast, own) not in browser.get(url("settings", cast)).content.decode()


def test_next_door_knows_nothing_of_it(cast, client_for, own):
    browser = client_for(cast.outsider)
    for name in ("settings", "new"):
        assert browser.get(url(name, cast)).status_code == 404
    elsewhere = reverse("convening:agenda-change", args=[cast.sibling.slug, own.public_id])
    assert browser.get(elsewhere).status_code == 404
    assert find(Reader(cast.outsider), cast.sibling, own.public_id) is None


def test_a_built_in_one_is_made_ones_own(cast, client_for):
    page = client_for(cast.steward).get(f"{url('new', cast)}?like=after-action").content.decode()
    assert 'value="After-action review, our way"' in page
    assert 'value="What was meant to happen?"' in page
    assert len(re.findall(r'name="title_\d+"', page)) == 16


def test_kept_from_a_session_it_has_no_words_of_what_somebody_brought(cast, client_for):
    session = make.make_session(by=cast.learning_partner, space=cast.everyone)
    add_item(session=session, by=cast.learning_partner, title="Tea for all")
    brought = offer(session=session, by=cast.expert, title="what the expert brought")
    actions.accept_offer(offer=brought, by=cast.learning_partner)
    browser = client_for(cast.learning_partner)
    address = f"{url('new', cast)}?session={session.public_id}"
    assert address in browser.get(reverse("convening:agenda-edit", args=[session.public_id])).content.decode()
    page = browser.get(address).content.decode()
    assert "Tea for all" in page
    assert "what the expert brought" not in page
    assert "All members will read this." in page


def test_a_session_of_a_space_that_one_is_not_in_gives_nothing(cast, client_for):
    session = make.make_session(by=cast.practitioner, space=cast.peers)
    add_item(session=session, by=cast.practitioner, title="Peers only")
    page = client_for(cast.steward).get(f"{url('new', cast)}?session={session.public_id}")
    assert page.status_code == 200
    assert "Peers only" not in page.content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (body(()), "one item at least"),
        (body(name=""), "give it a name"),
        (body([(1, "free", "", "10")]), "Say in a word or two"),
        (body([(1, "free", "Tea", "ten")]), "as a number"),
        (body([(1, "free", "Tea", "-1")]), "Fewer than none"),
        (body([(1, "unheard-of", "Tea", "1")]), "not offered here"),
        (body([(1, "knitting", "Tea", "1")]), "not offered here"),
        (body([(n, "free", f"Part {n}", "480") for n in range(1, 5)]), "longer than 24 hours"),
    ],
)
def test_what_is_wrong_is_said_beside_the_box(cast, client_for, monkeypatch, sent, said):
    monkeypatch.setitem(registry._kinds, "knitting", registry.AgendaKind("knitting", "Knitting", "", room="not open"))
    answer = client_for(cast.steward).post(url("new", cast), sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not AgendaTemplate.objects.filter(name="Ours").exists()


def test_the_action_refuses_too_many_and_too_long(cast):
    for rows in ([], ROWS * 9, [ROWS[0] | {"minutes": 480}] * 4):
        with pytest.raises(ValidationError):
            actions.save_agenda(partnership=cast.partnership, words=WORDS | {"rows": rows}, by=cast.steward, key="k")


def test_two_who_change_it_see_both(cast, client_for, own):
    theirs = WORDS | {"name": "Theirs"}
    actions.change_agenda(template=own, version=1, words=theirs, by=cast.learning_partner, key="a")
    with pytest.raises(StaleVersion):
        actions.change_agenda(template=own, version=1, words=WORDS, by=cast.steward, key="b")
    browser = client_for(cast.steward)
    answer = browser.post(url("change", cast, own), body(name="Mine", version="1"))
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "Mine" in said
    assert "Theirs" in said
    assert AgendaTemplate.objects.get(pk=own.pk).name == "Theirs"


def test_sent_twice_is_saved_once(cast):
    made = actions.save_agenda(partnership=cast.partnership, words=WORDS, by=cast.steward, key="k")
    assert actions.save_agenda(partnership=cast.partnership, words=WORDS, by=cast.steward, key="k") == made
    with pytest.raises(AlreadySent):
        actions.save_agenda(partnership=cast.partnership, words=WORDS | {"line": "x"}, by=cast.steward, key="k")


def test_put_away_it_is_read_and_not_begun_with(cast, client_for, own):
    browser = client_for(cast.steward)
    assert "What happens" in browser.get(url("put-away", cast, own)).content.decode()
    for use, is_offered in (("no", False), ("no", False), ("again", True)):
        assert browser.post(url("put-away", cast, own), {"use": use}).status_code == 302
        assert (find(Reader(cast.expert), cast.partnership, own.public_id) is not None) == is_offered
        assert own.name in client_for(cast.expert).get(url("settings", cast)).content.decode()
    assert browser.post(url("put-away", cast, own), {"use": "burn"}).status_code == 422
