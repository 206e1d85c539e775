"""Streams: newest first, a page at a time, and filters that tell nobody more than they may read (3-access, 3.1)."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from records import actions
from records.models import Record
from records.stream import PAGE
from tests import factories as make
from tests.access.asking import plain

# What stands in the space of all, the newest first.
CONVERSED_IN_EVERYONE = ["Is it over?", "Why Mondays?", "Open ↔ Safe"]
TRIED_IN_EVERYONE = ["In the way of everyone", "Tried by everyone"]
CYCLES_IN_EVERYONE = ["Activity in everyone", "Cycle in everyone"]
OF_LEVEL_2_IN_EVERYONE = [*CONVERSED_IN_EVERYONE, *TRIED_IN_EVERYONE, *CYCLES_IN_EVERYONE]
NOTED_IN_EVERYONE = ["Looking session", "Session in everyone", "Title in everyone"]
IN_EVERYONE = ["Pattern in everyone", *OF_LEVEL_2_IN_EVERYONE, *NOTED_IN_EVERYONE]


@pytest.fixture
def stream(cast):
    return reverse("records:stream", args=[cast.partnership.slug])


def titles(browser, url, asked=None):
    return [record.shown_title or record.excerpt for record in browser.get(url, asked).context["records"]]


def walk(browser, url):
    """Follow "older" to the end."""
    seen, address = [], url
    for _page in range(20):
        page = browser.get(address)
        seen += [record.shown_title or record.excerpt for record in page.context["records"]]
        if not page.context["older"]:
            return seen
        address = url.partition("?")[0] + page.context["older"]
    raise AssertionError("no end")


def test_it_shows_what_one_may_read_newest_first(cast, client_for, stream):
    everyones, title = IN_EVERYONE[:-1], IN_EVERYONE[-1]
    assert titles(client_for(cast.manager), stream) == [
        "Pattern in everyone",
        *CONVERSED_IN_EVERYONE,
        *TRIED_IN_EVERYONE,
        "Activity in everyone",
        "Cycle in power_line",
        "Cycle in everyone",
        "Looking session",
        "Session in power_line",
        "Session in everyone",
        "Title in power_line",
        "Title in everyone",
    ]
    assert titles(client_for(cast.learning_partner), stream) == [*everyones, "Title in one_to_one", title]
    assert titles(client_for(cast.steward), stream) == IN_EVERYONE


def test_it_shows_the_notes_among_the_sessions(cast, client_for, stream):
    """What the peers have in other rooms is much; what one reads of it is told apart by the matrix."""
    seen = walk(client_for(cast.practitioner), stream)
    others = set(Record.objects.exclude(kind="reflection").values_list("title", flat=True))
    assert [title for title in seen if title not in others] == [
        "former words",
        "not named words",
        "peers words",
        "Title in one_to_one",
        "Title in power_line",
        "Title in everyone",
    ]
    assert "Session noted" in seen
    assert "Supervision session" not in seen


def test_the_wider_field_is_the_same_for_everybody(cast, client_for):
    for name in ("practitioner", "outsider", "orgadmin", "former", "site_admin"):
        assert titles(client_for(cast[name]), reverse("records:landscape")) == ["Title in wider"]


def test_a_page_follows_a_page_without_gap_or_repeat(cast, client_for, stream):
    for number in range(PAGE * 2 + 3):
        make.make_shared_note(by=cast.practitioner, space=cast.everyone, title=f"Number {number:03}")
    browser = client_for(cast.steward)
    assert walk(browser, stream) == [*(f"Number {n:03}" for n in reversed(range(PAGE * 2 + 3))), *IN_EVERYONE]


def test_so_it_does_across_equal_moments(cast, client_for, stream):
    """An import shares many at one moment; the key breaks the tie."""
    for number in range(PAGE * 2 + 3):
        make.make_shared_note(by=cast.practitioner, space=cast.everyone, title=f"Number {number:03}")
    Record.objects.filter(space=cast.everyone).update(shared_at=timezone.now())
    seen = walk(client_for(cast.steward), stream)
    assert len(seen) == len(set(seen)) == PAGE * 2 + 3 + len(IN_EVERYONE)


def test_exactly_one_page_has_no_older_one(cast, client_for, stream):
    for _number in range(PAGE - len(IN_EVERYONE)):
        make.make_shared_note(by=cast.practitioner, space=cast.everyone)
    assert client_for(cast.steward).get(stream).context["older"] == ""


def test_a_new_one_moves_no_page(cast, client_for, stream):
    for number in range(PAGE + 5):
        make.make_shared_note(by=cast.practitioner, space=cast.everyone, title=f"Number {number:03}")
    browser = client_for(cast.steward)
    older = browser.get(stream).context["older"]
    second = titles(browser, stream + older)
    make.make_shared_note(by=cast.fellow, space=cast.everyone, title="New")
    assert titles(browser, stream + older) == second


def test_a_cursor_that_is_hidden_is_as_one_that_is_missing(cast, client_for, stream):
    """Otherwise the address would tell when something hidden was shared."""
    browser = client_for(cast.manager)
    browser.get(stream)
    missing = plain(browser.get(stream, {"before": "AAAAAAAAAAAA"}))
    hidden = (
        cast.peers_note,
        cast.one_to_one_note,
        cast.sibling_note,
        cast.private_note,
        cast.withdrawn_note,
        cast.response,
    )
    for record in hidden:
        assert plain(browser.get(stream, {"before": record.public_id})) == missing
    for odd in ("x\0", "x" * 500, "<b>", "'"):
        assert browser.get(stream, {"before": odd}).status_code == 200


# Filters --------------------------------------------------------------------------------------------------------


@pytest.fixture
def day(cast):
    """One note more, three days ago, in everyone."""
    moment = timezone.now() + timedelta(days=3)
    with time_machine.travel(moment):
        make.make_shared_note(
            by=cast.consultant, space=cast.everyone, title="Later note", person_level=2, tags=["rota"]
        )
        yield timezone.localdate()


def boxes(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def test_each_filter_narrows_by_itself(cast, client_for, stream, day):
    browser = client_for(cast.practitioner)
    assert titles(browser, stream, {"level": "2"}) == [
        "Later note",
        "The bus map",
        "Is it over?",
        "Why Mondays?",
        "Who decides about dogs?",
        "Open ↔ Safe",
        "Building capacity ↔ Being needed",
        "In the way of everyone",
        "In the way of peers",
        "Tried and closed",
        "Tried and due",
        "Tried by peers",
        "Tried by everyone",
        "Activity in peers",
        "Activity in everyone",
        "Cycle in power_line",
        "Cycle in peers",
        "Cycle in everyone",
    ]
    assert titles(browser, stream, {"author": cast.consultant.public_id}) == [
        "Later note",
        "Tried and due",
        "Step by step",
        "Cancelled session",
    ]
    assert titles(browser, stream, {"tag": "ROTA"}) == ["Later note"]
    assert titles(browser, stream, {"space": cast.everyone.public_id}) == ["Later note", *IN_EVERYONE]
    assert titles(browser, stream, boxes("since", day)) == ["Later note"]
    here = {"space": cast.everyone.public_id}
    before = titles(browser, stream, boxes("until", day - timedelta(days=1)) | here)
    assert "Later note" not in before
    assert "Title in everyone" in before
    assert titles(browser, stream, {"level": ["1", "2"]})[0] == "Later note"
    assert titles(browser, stream, {"level": "2", "author": cast.practitioner.public_id}) == [
        "The bus map",
        "Who decides about dogs?",
        "Building capacity ↔ Being needed",
        "In the way of everyone",
        "In the way of peers",
        "Tried and closed",
        "Tried by peers",
        "Cycle in peers",
    ]


def test_the_day_is_that_of_the_place_and_not_of_the_server(cast, client_for, stream):
    """Shared at a quarter past midnight in London in summer, which is the day before in UTC."""
    note = make.make_shared_note(by=cast.practitioner, space=cast.everyone, title="After midnight")
    moment = timezone.make_aware(timezone.datetime(2026, 7, 2, 0, 15))
    Record.objects.filter(pk=note.pk).update(shared_at=moment)
    browser = client_for(cast.practitioner)
    assert titles(browser, stream, boxes("until", moment.date())) == ["After midnight"]
    assert titles(browser, stream, boxes("until", moment.date() - timedelta(days=1))) == []


@pytest.mark.parametrize(
    "asked",
    [
        {"level": "9"},
        {"level": "x"},
        {"author": "nobody"},
        {"space": "nowhere"},
        {"tag": "t\0"},
        {"tag": "t" * 100},
        {"since_day": "1", "since_month": "1", "since_year": "99999999999"},
        {"since_day": "31", "since_month": "2", "since_year": "2026"},
        {
            "since_day": "2",
            "since_month": "2",
            "since_year": "2026",
            "until_day": "1",
            "until_month": "2",
            "until_year": "2026",
        },
    ],
)
def test_a_filter_that_cannot_be_is_said_and_breaks_nothing(cast, client_for, stream, asked):
    browser = client_for(cast.practitioner)
    for headers in ({}, {"HX-Request": "true", "HX-Target": "div#stream"}):
        assert browser.get(stream, asked, headers=headers).status_code == 422


def test_the_pickers_offer_what_one_may_read(cast, client_for, stream):
    body = client_for(cast.manager).get(stream).content.decode()
    assert cast.everyone.public_id in body
    assert cast.power_line.public_id in body
    for hidden in (cast.peers, cast.one_to_one, cast.sibling_everyone):
        assert hidden.public_id not in body
    for name in ("former", "outsider", "orgadmin"):
        assert cast[name].public_id not in body


def test_a_hidden_space_and_person_are_as_made_up_ones(cast, client_for, stream):
    browser = client_for(cast.manager)
    for name, hidden in (("space", cast.peers.public_id), ("author", cast.outsider.public_id)):
        answers = []
        for value in (hidden, "AAAAAAAAAAAA"):
            status, _headers, _cookies, body = plain(browser.get(stream, {name: value}))
            answers.append((status, body.replace(value.encode(), b"ID")))
        assert answers[0] == answers[1]


def test_a_tag_of_what_one_may_not_read_finds_nothing(cast, client_for, stream):
    browser = client_for(cast.manager)
    for tag in ("peers-tag", "own-tag", "withdrawn-tag", "no-such-tag"):
        assert titles(browser, stream, {"tag": tag}) == []


def test_each_chip_leads_to_the_same_page_without_it(cast, client_for, stream, day):
    browser = client_for(cast.practitioner)
    asked = {
        "level": ["1", "2"],
        "author": cast.consultant.public_id,
        "tag": "rota",
        **boxes("since", day),
        "before": "x",
    }
    chips = {
        chip["label"]: parse_qs(urlsplit(chip["url"]).query) for chip in browser.get(stream, asked).context["chips"]
    }
    assert set(chips) >= {"My practice", "Our inquiry", cast.consultant.name, "rota"}
    assert chips["My practice"]["level"] == ["2"]
    assert "author" not in chips[cast.consultant.name]
    assert chips[cast.consultant.name]["tag"] == ["rota"]
    assert "tag" not in chips["rota"]
    assert all("before" not in query for query in chips.values())
    since = next(query for label, query in chips.items() if label.startswith("since"))
    assert not [name for name in since if name.startswith("since")]
    assert all(urlsplit(chip["url"]).path == stream for chip in browser.get(stream, asked).context["chips"])


def test_the_last_chip_leads_to_the_whole_stream(cast, client_for, stream):
    [chip] = client_for(cast.practitioner).get(stream, {"level": "1"}).context["chips"]
    assert chip["url"] == stream


def test_older_ones_keep_the_filters(cast, client_for, stream):
    for number in range(PAGE + 2):
        make.make_shared_note(by=cast.consultant, space=cast.everyone, title=f"Number {number:03}", person_level=2)
    browser = client_for(cast.steward)
    assert walk(browser, f"{stream}?level=2") == [
        *(f"Number {n:03}" for n in reversed(range(PAGE + 2))),
        *OF_LEVEL_2_IN_EVERYONE,
    ]


def test_a_fragment_is_the_same_list(cast, client_for, stream):
    browser, here = client_for(cast.practitioner), {"level": "1", "space": cast.everyone.public_id}
    for target in ("div#stream", "stream"):
        part = browser.get(stream, here, headers={"HX-Request": "true", "HX-Target": target}).content.decode()
        assert "<html" not in part
        assert "Title in everyone" in part
    whole = browser.get(stream, {"level": "1"}, headers={"HX-Request": "true", "HX-Target": "div#no-such-part"})
    assert b"<html" in whole.content


def test_a_line_stands_between_new_and_seen(cast, client_for, stream):
    browser = client_for(cast.steward)
    browser.get("/")
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        make.make_shared_note(by=cast.practitioner, space=cast.everyone, title="New since")
        page = client_for(cast.steward).get(stream)
        assert page.context["last_new"] == Record.objects.get(title="New since").pk


def test_what_was_taken_back_or_undone_leaves_the_stream_at_once(cast, client_for, stream):
    note = make.make_shared_note(by=cast.practitioner, space=cast.everyone, title="Short-lived")
    browser = client_for(cast.steward)
    assert "Short-lived" in titles(browser, stream)
    actions.withdraw(note, by=cast.practitioner)
    assert "Short-lived" not in titles(browser, stream)
