"""The overview of a partnership, and its shelf: what each reader finds there, and what they do not."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partnerships import actions
from partnerships.models import Membership, Partnership, ShelfItem
from partnerships.reader import Reader
from partnerships.shelf import shelf_of
from tests import factories as make

from .settings_pages import page_of, version_of

MOST_QUERIES = 20


@pytest.fixture
def overview(client_for):
    def read(person, partnership):
        response = client_for(person).get(partnership.get_absolute_url())
        assert response.status_code == 200
        return response.content.decode()

    return read


def put_on_shelf(client_for, cast, address, **words):
    return client_for(cast.steward).post(
        page_of(cast.partnership, "shelf-new"),
        {"title": "Read this", "address": address, "version": version_of(cast.partnership), **words},
    )


# Addresses


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "http://example.org/",
        "ftp://example.org/",
        "https://",
        "https://not a host/",
        "https://[broken/",
        "mailto:a@example.org",
        "help",
        "/no/such/page/",
        "https:/example.org",
        "https://user@",
    ],
)
def test_an_address_that_leads_astray_is_refused(cast, client_for, address):
    response = put_on_shelf(client_for, cast, address, why="typed why")
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["address"]
    assert "typed why" in response.content.decode()


def test_a_page_here_is_kept_as_a_path(cast, client_for):
    path = cast.everyone_note.get_absolute_url()
    for address in (path, f"http://testserver{path}", f"https://testserver{path}#response-1"):
        assert put_on_shelf(client_for, cast, address).status_code == 302
        assert cast.partnership.shelf_items.last().address.startswith(path)
        cast.partnership.shelf_items.last().delete()
    assert put_on_shelf(client_for, cast, "https://example.org/report?year=2026").status_code == 302
    assert cast.partnership.shelf_items.last().address == "https://example.org/report?year=2026"


# What stands on the shelf


def test_who_may_not_open_a_page_does_not_see_it_on_the_shelf(cast, overview):
    """A note among peers stands there for them alone; a one to one's, for nobody else."""
    assert "How it began" in overview(cast.fellow, cast.partnership)
    for name in ("manager", "commissioner", "learning_partner", "steward"):
        assert "How it began" not in overview(cast[name], cast.partnership), name
        assert cast.peers_note.public_id not in overview(cast[name], cast.partnership), name


@pytest.mark.parametrize(
    ("address", "readers"),
    [
        (lambda cast: cast.one_to_one_note.get_absolute_url(), {"practitioner", "learning_partner"}),
        (lambda cast: cast.private_note.get_absolute_url(), {"practitioner"}),
        (lambda cast: cast.withdrawn_note.get_absolute_url(), set()),
        (lambda cast: cast.everyone_note.get_absolute_url(), {"practitioner", "learning_partner", "manager"}),
        (lambda cast: reverse("records:response-detail", args=[cast.response.public_id]), {"practitioner"}),
        (lambda cast: cast.peers.get_absolute_url(), {"practitioner"}),
        (lambda cast: cast.sibling.get_absolute_url(), set()),
        (lambda cast: reverse("records:stream", args=[cast.supervision.slug]), {"learning_partner"}),
        (lambda cast: reverse("reflections:reflection-detail", args=["AAAAAAAAAAAA"]), set()),
        (lambda cast: reverse("home:help"), {"practitioner", "learning_partner", "manager"}),
        (lambda cast: "https://example.org/", {"practitioner", "learning_partner", "manager"}),
    ],
)
def test_the_shelf_leads_only_where_the_reader_may_go(cast, address, readers):
    actions.add_to_shelf(partnership=cast.partnership, title="Item", address=address(cast), by=cast.steward)
    for name in ("practitioner", "learning_partner", "manager"):
        titles = [item.title for item in shelf_of(Reader(cast[name]), cast.partnership)]
        assert ("Item" in titles) == (name in readers), name


def test_five_things_stand_on_the_shelf_at_most(cast, client_for):
    for n in range(4):
        actions.add_to_shelf(partnership=cast.partnership, title=str(n), address="/help/", by=cast.steward)
    with pytest.raises(ValidationError):
        actions.add_to_shelf(partnership=cast.partnership, title="6", address="/help/", by=cast.steward)
    response = put_on_shelf(client_for, cast, "/help/")
    assert response.status_code == 422
    assert "Take one off first" in response.content.decode()


def test_things_on_the_shelf_change_places(cast, client_for):
    for title in ("Second", "Third"):
        actions.add_to_shelf(partnership=cast.partnership, title=title, address="/help/", by=cast.steward)
    url, browser = page_of(cast.partnership, "shelf-list"), client_for(cast.steward)

    def order():
        return list(cast.partnership.shelf_items.values_list("title", flat=True))

    third = ShelfItem.objects.get(title="Third").public_id
    browser.post(url, {"up": third})
    assert order() == ["How it began", "Third", "Second"]
    browser.post(url, {"down": third})
    browser.post(url, {"down": third})
    assert order() == ["How it began", "Second", "Third"], "the last one stays the last"
    foreign = cast["draft_shelf_item"]
    browser.post(url, {"up": foreign.public_id})
    assert order() == ["How it began", "Second", "Third"]


def test_who_joined_lately_finds_the_shelf_first_and_unfolded(cast, overview):
    actions.add_to_shelf(partnership=cast.partnership, title="The map", address="/help/", by=cast.steward)
    body = overview(cast.expert, cast.partnership)
    assert body.index("The map") < body.index("What is going on")
    long_ago = timezone.now() - timedelta(days=61)
    Membership.objects.filter(person=cast.expert).update(started_at=long_ago)
    body = overview(cast.expert, cast.partnership)
    assert body.index("The map") > body.index("What is going on")
    assert "<details" in body[: body.index("The map")][-400:]


# The overview


def test_it_says_where_the_partnership_is(cast, overview):
    day = timezone.localdate() - timedelta(days=3)
    actions.enter_phase(
        partnership=cast.partnership,
        phase=cast.partnership.phases.get(key="working"),
        began_on=day,
        reason="We began.",
        by=cast.steward,
    )
    body = overview(cast.expert, cast.partnership)
    assert 'step--now" aria-current="step"><span class="step__name">Working</span>' in body
    for words in ("Listen longer.", "The council", "24 days", "10am, the library", "Worried about how this is run?"):
        assert words in body, words


def test_earlier_intentions_are_folded_as_first_written(cast, overview):
    assert "As first written" not in overview(cast.expert, cast.partnership)
    actions.set_intentions(partnership=cast.partnership, texts=["Listen, and then act."], version=None, by=cast.steward)
    body = overview(cast.expert, cast.partnership)
    assert body.index("Listen, and then act.") < body.index("As first written") < body.index("Listen longer.")


def test_settings_stand_in_the_bar_for_those_who_may(cast, overview):
    url = page_of(cast.partnership, "settings-detail")
    for name in ("steward", "learning_partner"):
        assert url in overview(cast[name], cast.partnership)
    for name in ("practitioner", "manager", "commissioner"):
        assert url not in overview(cast[name], cast.partnership)


def test_a_partnership_of_one_organisation_and_four_people_is_whole(cast, overview):
    partnership = make.make_partnership(by=cast.fellow, organisation=cast.provider, purpose="Four of us.")
    for person in (cast.manager, cast.expert, cast.academic):
        make.make_member(partnership=partnership, person=person, organisation=cast.provider)
    actions.take_part(
        partnership=partnership,
        organisation=cast.provider,
        ways=["hosts", "provides"],
        brings="All we have.",
        by=cast.fellow,
    )
    body = overview(cast.expert, partnership)
    assert "You and 3 other members." in body
    assert "Hosts, provides" in body
    before = body[: body.index("All we have.")]
    assert before[before.rindex("<details") :].startswith('<details class="fold" open>'), "one is not folded away"


def test_an_empty_draft_promises_nothing(cast, overview):
    partnership = make.make_partnership(by=cast.fellow, opened=False)
    body = overview(cast.fellow, partnership)
    assert "Nobody but you sees it, until you invite somebody." in body
    for words in ("Where we talk", "Who takes part", "What this takes", "Worried about", "As first written"):
        assert words not in body


def test_it_takes_no_more_than_twenty_queries_whatever_it_holds(cast, client_for):
    def fill(number):
        partnership = Partnership.objects.get(pk=cast.partnership.pk)
        for n in range(number):
            organisation = make.make_organisation(by=cast.site_admin)
            actions.take_part(partnership=partnership, organisation=organisation, ways=["funds"], by=cast.steward)
            line = {"kind": "time", "who": f"Team {n}", "days": 1}
            actions.add_resource(partnership=partnership, line=line, version=None, by=cast.steward)
            actions.set_intentions(partnership=partnership, texts=[f"Text {n}"], version=None, by=cast.steward)
            friend = make.make_partnership(by=cast.steward)
            beside = [*partnership.alongside.all(), friend]
            actions.nest(partnership=partnership, parent=cast.parent, alongside=beside, version=None, by=cast.steward)
            make.make_member(partnership=partnership, learning_partner=True, by=cast.steward)

    def queries():
        browser = client_for(cast.steward)
        browser.get("/healthz")
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(cast.partnership.get_absolute_url()).status_code == 200
        return [query["sql"] for query in captured]

    for address in ("/help/", cast.everyone_note.get_absolute_url(), cast.wider_note.get_absolute_url()):
        actions.add_to_shelf(partnership=cast.partnership, title="Item", address=address, by=cast.steward)
    fill(2)
    few = queries()
    fill(8)
    many = queries()
    assert len(many) <= len(few)
    assert len(many) <= MOST_QUERIES, "\n".join(f"{n} {sql[:160]}" for n, sql in enumerate(many, 1))
