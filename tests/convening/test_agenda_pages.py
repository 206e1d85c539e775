"""The pages of an agenda: without JavaScript from beginning it to its order, and what is wrong said beside its box."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from convening import actions
from convening.agenda import agenda_of
from convening.models import AgendaItem, Session
from desk import drafts
from desk.models import Draft
from records import agenda as registry
from tests import factories as make
from tests.scenery.agenda import add_item, begin, headings, offer, save_agenda

# What pages say, and files hold, is the same on both databases.
pytestmark = pytest.mark.once


@pytest.fixture
def session(cast):
    return make.make_session(by=cast.practitioner, space=cast.peers, title="With an agenda")


def url(name, session, item=None):
    return reverse(f"convening:{name}", args=[session.public_id, *([item.public_id] if item else [])])


def body(**words):
    right = {"kind": "free", "title": "Tea", "text": "", "minutes": "10", "lead": "", "draft_form": "agenda-item"}
    return right | {"draft_key": drafts.new_key()} | words


def hidden_of(page):
    form = re.search(r"<form[^>]*data-autosave.*?</form>", page.content.decode(), re.S)[0]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def test_a_host_plans_without_a_script(cast, client_for, session):
    browser = client_for(cast.practitioner)
    assert "Begin with" in browser.get(session.get_absolute_url()).content.decode()
    assert browser.post(url("agenda-begin", session), {"agenda": "after-action"}).status_code == 302
    plan = url("agenda-edit", session)
    new = browser.get(url("agenda-item-new", session))
    lead = cast.peers.members().get(person=cast.fellow).public_id
    sent = hidden_of(new) | {"kind": "check_in", "title": "", "text": "", "minutes": "5", "lead": lead}
    assert browser.post(url("agenda-item-new", session), sent).headers["Location"] == plan
    assert headings(session)[0] == "Check-in"
    item = agenda_of(session).rows[0].item
    answer = browser.post(url("agenda-item-move", session, item), {"way": "down"})
    assert answer.headers["Location"] == f"{plan}#item-{item.public_id}"
    assert headings(session)[1] == "Check-in"
    edit = browser.get(url("agenda-item-edit", session, item))
    sent = hidden_of(edit) | {"kind": "check_in", "title": "How are you here?", "text": "", "minutes": "5", "lead": ""}
    assert browser.post(url("agenda-item-edit", session, item), sent).status_code == 302
    page = browser.get(plan).content.decode()
    assert "How are you here?" in page
    assert "In all 45 minutes, of 60" in page
    assert "How are you here?" in browser.get(url("agenda-item-remove", session, item)).content.decode()
    assert browser.post(url("agenda-item-remove", session, item)).status_code == 302
    assert "How are you here?" not in headings(session)
    shown = client_for(cast.fellow).get(session.get_absolute_url()).content.decode()
    assert "What did happen?" in shown
    assert plan not in shown


def test_the_page_of_a_session_says_when_each_begins_and_when_all_is_longer(cast, client_for, session):
    begin(session=session, by=cast.practitioner)
    page = client_for(cast.practitioner).get(session.get_absolute_url()).content.decode()
    for row in agenda_of(session).rows:
        assert f">{row.starts:%H:%M}</time>" in page
    assert "This is 60 minutes more than the session has." in page


def test_htmx_swaps_the_list(cast, client_for, session):
    begin(session=session, by=cast.practitioner)
    first = agenda_of(session).rows[0].item
    asked = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "div#agenda"}
    answer = client_for(cast.practitioner).post(url("agenda-item-move", session, first), {"way": "down"}, **asked)
    assert answer.status_code == 200
    assert answer.content.decode().lstrip().startswith('<div id="agenda" data-announce="Moved">')
    assert f'id="item-{first.public_id}" data-new' in answer.content.decode()
    assert headings(session)[1] == "Check-in"


@pytest.mark.parametrize("script", [{}, {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "div#agenda"}])
def test_moving_what_was_removed_shows_the_agenda_as_it_is(cast, client_for, session, script):
    gone, other = (add_item(session=session, by=cast.practitioner, title=title) for title in ("gone", "other"))
    actions.remove_item(session=session, item=gone, by=cast.practitioner)
    answer = client_for(cast.practitioner).post(url("agenda-item-move", session, gone), {"way": "up"}, **script)
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "taken off the agenda meanwhile" in said
    assert other.title in said


def test_what_was_typed_for_an_item_that_was_removed_is_given_back_and_can_be_added(cast, client_for, session):
    item = add_item(session=session, by=cast.practitioner)
    browser = client_for(cast.practitioner)
    opened = hidden_of(browser.get(url("agenda-item-edit", session, item)))
    actions.remove_item(session=session, item=item, by=cast.practitioner)
    sent = opened | body(title="What I typed", draft_key=opened["draft_key"])
    answer = browser.post(url("agenda-item-edit", session, item), sent)
    assert answer.status_code == 409
    assert "What I typed" in answer.content.decode()
    assert f'action="{url("agenda-item-new", session)}"' in answer.content.decode()
    assert browser.post(url("agenda-item-new", session), sent | hidden_of(answer)).status_code == 302
    assert headings(session) == ["What I typed"]
    assert not Draft.objects.open().filter(author=cast.practitioner, form__startswith="agenda").exists()


def test_both_texts_are_shown_where_somebody_saved_first(cast, client_for, session):
    item = add_item(session=session, by=cast.practitioner)
    sent = body(title="My title", version="1")
    words = {"kind": "free", "title": "Their title", "text": "", "minutes": 10, "lead": None}
    actions.change_item(session=session, item=item, version=1, words=words, by=cast.practitioner, key="other")
    browser = client_for(cast.practitioner)
    answer = browser.post(url("agenda-item-edit", session, item), sent)
    assert answer.status_code == 409
    assert "My title" in answer.content.decode()
    assert "Their title" in answer.content.decode()
    assert headings(session) == ["Their title"]
    again = sent | hidden_of(answer)
    assert browser.post(url("agenda-item-edit", session, item), again).status_code == 302
    assert headings(session) == ["My title"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"minutes": "-1"}, "Fewer than none"),
        ({"minutes": "half an hour"}, "as a number, such as 15"),
        ({"minutes": "26 hours"}, "as a number, such as 15"),
        ({"minutes": "1560"}, "eight hours at most"),
        ({"minutes": "9" * 400}, "eight hours at most"),
        ({"title": ""}, "Say in a word or two"),
        ({"title": "x" * 161}, "at most 160 characters"),
        ({"title": "two\nlines"}, "line break"),
        ({"text": "x" * 2001}, "2001 characters long"),
        ({"kind": "unheard-of"}, "not offered here"),
        ({"kind": "knitting"}, "not offered here"),
        ({"lead": "AAAAAAAAAAAA"}, "not in this space"),
    ],
)
def test_what_is_wrong_is_said_beside_the_box(cast, client_for, session, monkeypatch, words, said):
    monkeypatch.setitem(registry._kinds, "knitting", registry.AgendaKind("knitting", "Knitting", "", room="not open"))
    answer = client_for(cast.practitioner).post(url("agenda-item-new", session), body(**words))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert headings(session) == []


def test_an_agenda_of_26_hours_is_refused_beside_the_minutes(cast, client_for, session):
    for _number in range(3):
        add_item(session=session, by=cast.practitioner, minutes=480)
    answer = client_for(cast.practitioner).post(url("agenda-item-new", session), body(minutes="120"))
    assert answer.status_code == 422
    assert re.search(r'href="#id_minutes">[^<]*longer than 24 hours', answer.content.decode())
    assert agenda_of(session).minutes == 24 * 60


def test_a_lead_who_has_left_since_the_form_was_opened_is_refused(cast, client_for, session):
    browser = client_for(cast.practitioner)
    lead = cast.peers.members().get(person=cast.fellow).public_id
    opened = browser.get(url("agenda-item-new", session))
    assert cast.fellow.name in opened.content.decode()
    make.end_membership(person=cast.fellow, partnership=cast.partnership)
    answer = browser.post(url("agenda-item-new", session), hidden_of(opened) | body(lead=lead))
    assert answer.status_code == 422
    assert "They are not in this space." in answer.content.decode()
    item = add_item(session=session, by=cast.practitioner, lead=cast.fellow)
    assert "selected>Nobody yet" in browser.get(url("agenda-item-edit", session, item)).content.decode()


def test_an_agenda_that_is_not_offered_is_refused(cast, client_for, session):
    next_door = save_agenda(partnership=cast.sibling, by=cast.outsider)
    for key in ("", "nothing", next_door.public_id, "\0"):
        answer = client_for(cast.practitioner).post(url("agenda-begin", session), {"agenda": key})
        assert answer.status_code == 422
    assert headings(session) == []


def convene(cast, client_for, **words):
    day = timezone.localdate() + timedelta(days=9)
    when = {"day_day": day.day, "day_month": day.month, "day_year": day.year, "starts": "2pm", "ends": "3pm"}
    chosen = {"occasion": "reflection", "person_level": "2", "confidentiality": "ordinary", "silent": "yes"}
    who = {"title": "A session", "zone": "Europe/London", "space": cast.peers.public_id}
    sent = when | chosen | who | {"draft_key": drafts.new_key()} | words
    browser = client_for(cast.practitioner)
    answer = browser.post(reverse("convening:session-new", args=[cast.partnership.slug]), sent)
    assert answer.status_code == 302, answer.content.decode()
    again = browser.post(reverse("convening:session-new", args=[cast.partnership.slug]), sent)
    assert again.headers["Location"] == answer.headers["Location"]
    return Session.objects.get(public_id=answer.headers["Location"].rstrip("/").rpartition("/")[2])


def test_one_convenes_with_an_agenda(cast, client_for):
    own = save_agenda(partnership=cast.partnership, by=cast.steward)
    new = reverse("convening:session-new", args=[cast.partnership.slug])
    page = client_for(cast.practitioner).get(f"{new}?agenda={own.public_id}").content.decode()
    assert re.search(rf'value="{own.public_id}"[^>]* selected', page)
    made = convene(cast, client_for, agenda=own.public_id)
    assert headings(made) == ["Check-in", "Who did we not see?"]
    assert AgendaItem.objects.filter(session=made).count() == 2


def test_a_copied_session_has_the_agenda_also_from_a_draft(cast, client_for, session):
    begin(session=session, by=cast.practitioner)
    browser = client_for(cast.practitioner)
    new = reverse("convening:session-new", args=[cast.partnership.slug])
    opened = hidden_of(browser.get(f"{new}?like={session.public_id}"))
    assert opened["like"] == session.public_id
    kept = browser.post(
        reverse("desk:draft-keep", args=[opened["draft_key"]]), opened | {"title": "Begun", "agenda": ""}
    )
    opened = hidden_of(browser.get(kept.headers["Location"]))
    assert opened["like"] == session.public_id
    assert headings(convene(cast, client_for, like=opened["like"], draft_key=opened["draft_key"])) == headings(session)


def test_nothing_is_copied_from_a_session_that_one_may_not_read(cast, client_for):
    hidden = make.make_session(by=cast.learning_partner, space=cast.everyone)
    begin(session=hidden, by=cast.learning_partner)
    other = make.make_session(by=cast.outsider, space=cast.sibling_everyone)
    begin(session=other, by=cast.outsider)
    make.set_aside(record=hidden, by=cast.steward)
    for like in (other.public_id, hidden.public_id, "AAAAAAAAAAAA"):
        assert headings(convene(cast, client_for, like=like)) == []


def test_the_page_asks_no_more_for_more_items_and_offers(cast, client_for, session):
    browser = client_for(cast.practitioner)

    def asked():
        browser.get(session.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            browser.get(session.get_absolute_url())
        return len(queries)

    add_item(session=session, by=cast.practitioner)
    before = asked()
    for person in (cast.fellow, cast.academic, cast.consultant):
        add_item(session=session, by=cast.practitioner, lead=person)
        offer(session=session, by=person)
    assert asked() == before


def test_what_is_open_comes_first_by_itself(cast, client_for, session):
    """Where an agenda has an item for it, there; else before all others."""
    before = make.make_session(by=cast.fellow, space=cast.peers, begins_in=timedelta(minutes=-5))
    words = {"what": "ring the ward clerk", "due_on": timezone.localdate() + timedelta(days=7), "doer": cast.fellow}
    actions.commit(session=before, **words, by=cast.fellow, key=drafts.new_key())
    add_item(session=session, by=cast.practitioner, title="Tea")
    browser = client_for(cast.fellow)

    def order(*words):
        page = browser.get(session.get_absolute_url()).content.decode()
        places = [page.index(word) for word in words]
        assert page.count("ring the ward clerk") == 1
        return places == sorted(places)

    assert order("ring the ward clerk", ">Tea<")
    add_item(session=session, by=cast.practitioner, kind="check_in", title="")
    add_item(session=session, by=cast.practitioner, kind="commitments", title="")
    assert order(">Check-in<", "ring the ward clerk", ">Tea<")
