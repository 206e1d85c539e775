"""The number of queries of a page does not grow with its data (5-promises, 5.6): no more for 30 rows than for 3.

And at most twelve for a list or a record, the sign-in and the reader included. (It may shrink: what a page of many rows
does not show, it does not ask for.)
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from records.models import Record, Response
from reflections.models import Reflection
from tests import factories as make
from tests.scenery.prompts import change, offer, write_with

# How many queries there are is the same on both databases.
pytestmark = pytest.mark.once

MOST = 12
# The last page before sharing looks at everybody who would read, at the power among them, and at all that hangs on it.
MOST_BEFORE_SHARING = 18
# Home asks each room what it asks of the person.
MOST_ON_HOME = 18
# The overview gathers all that a partnership is.
MOST_ON_OVERVIEW = 20
FEW, MANY = 3, 30


@pytest.fixture
def browser(cast, client_for):
    """Somebody who is signed in, and whose visit is noted already."""
    browser = client_for(cast.practitioner)
    browser.get("/healthz")
    return browser


def queries_of(browser, url):
    with CaptureQueriesContext(connection) as captured:
        response = browser.get(url)
    assert response.status_code == 200
    return [query["sql"] for query in captured]


def notes(cast, number):
    """Add so many notes by as many authors, each with a title, tags and an attribution that is shown."""
    for _note in range(number):
        author = make.make_person()
        make.make_member(partnership=cast.partnership, person=author, organisation=cast.provider)
        make.make_shared_note(by=author, space=cast.everyone, title="Title", tags=["rota", "beds"])
    for _note in range(number):
        make.make_shared_note(by=cast.fellow, space=cast.wider, tags=["rota"])


def people(cast, number):
    for _person in range(number):
        organisation = make.make_organisation(by=cast.site_admin)
        make.make_member(partnership=cast.partnership, organisation=organisation, learning_partner=True)


def spaces(cast, number):
    """Add so many spaces that one is in, and so many that others are in."""
    for _space in range(number):
        make.make_space(partnership=cast.partnership, by=cast.practitioner, people=(cast.fellow, cast.manager))
        make.make_space(partnership=cast.partnership, by=cast.manager, people=(cast.fellow, cast.expert))
        other = make.make_member(partnership=cast.partnership)
        make.make_space(partnership=cast.partnership, by=cast.practitioner, kind="one_to_one", people=(other.person,))


def partnerships(cast, number):
    """Add so many partnerships of one's own, each nested in another of another."""
    for _partnership in range(number):
        above = make.make_partnership(by=cast.parent_member)
        parent = make.make_partnership(by=cast.parent_member, parent=above)
        mine = make.make_partnership(by=cast.steward, parent=parent)
        make.make_member(partnership=mine, person=cast.practitioner)
        make.make_partnership(by=cast.parent_member, parent=cast.partnership)


def private_notes(cast, number):
    for _note in range(number):
        make.make_note(by=cast.practitioner, tags=["rota"])
        make.make_shared_note(by=cast.practitioner, space=cast.peers, tags=["beds"])


def responses(cast, number):
    """Add so many responses by as many people, and as many answers to them."""
    for _response in range(number):
        author = make.make_person()
        make.make_member(partnership=cast.partnership, person=author, organisation=cast.provider)
        asked = make.make_response(to=cast.everyone_note, by=author, verb="ask")
        make.make_response(to=cast.everyone_note, by=cast.practitioner, answers=asked)
        make.make_response(to=cast.everyone_note, by=author, answers=asked, verb="ask")


def drafts(cast, number):
    for _draft in range(number):
        make.make_draft(by=cast.practitioner)


def prompts(cast, number):
    """Add so many lenses, each changed as often, and notes written with them."""
    for _lens in range(number):
        lens = offer(partnership=cast.partnership, by=cast.academic, kind="lens")
        change(prompt_set=lens, by=cast.academic, line=f"{_lens}")
        change(prompt_set=cast["lens"], by=cast.academic, line=f"{_lens}")
        note = write_with(by=cast.fellow, key="gibbs", answers=["It rained.", "Wet."])
        make.share(note=note, space=cast.everyone)


def questions(cast, number):
    responses(cast, number)
    notes(cast, number)
    drafts(cast, number)


def in_partnership(name):
    return lambda cast: reverse(name, args=[cast.partnership.slug])


def of_note(name, note):
    return lambda cast: reverse(name, args=[cast[note].public_id])


def on(url_name):
    return lambda cast: reverse(url_name)


LISTS = {
    "home": (on("home:home"), questions),
    "notebook": (on("reflections:notebook"), private_notes),
    "notebook, shared": (lambda cast: reverse("reflections:notebook") + "?show=shared", private_notes),
    "landscape": (on("records:landscape"), notes),
    "stream": (in_partnership("records:stream"), notes),
    "stream by author": (
        lambda cast: f"{reverse('records:stream', args=[cast.partnership.slug])}?author={cast.fellow.public_id}",
        notes,
    ),
    "stream by tag": (lambda cast: reverse("records:stream", args=[cast.partnership.slug]) + "?tag=rota", notes),
    "people": (in_partnership("partnerships:people-list"), people),
    "spaces": (in_partnership("partnerships:space-list"), spaces),
    "a space": (
        lambda cast: reverse("partnerships:space-detail", args=[cast.partnership.slug, cast.everyone.public_id]),
        people,
    ),
    "overview with notes": (in_partnership("partnerships:partnership-detail"), notes),
    "overview with spaces": (in_partnership("partnerships:partnership-detail"), spaces),
    "overview with partnerships": (in_partnership("partnerships:partnership-detail"), partnerships),
    "partnerships": (on("partnerships:partnership-list"), partnerships),
    "a note with responses": (of_note("reflections:reflection-detail", "everyone_note"), responses),
    "a note that was taken back": (of_note("reflections:reflection-detail", "withdrawn_note"), responses),
    "writing": (on("reflections:reflection-new"), spaces),
    "sharing": (of_note("reflections:reflection-share", "private_note"), spaces),
    "sharing with everyone": (
        lambda cast: (
            f"{reverse('reflections:reflection-share', args=[cast.private_note.public_id])}"
            f"?space={cast.everyone.public_id}"
        ),
        people,
    ),
    "writing with prompts": (lambda cast: f"{reverse('reflections:reflection-new')}?prompts=gibbs", spaces),
    "prompts": (on("reflections:prompt-list"), prompts),
    "prompts of one's own": (in_partnership("reflections:prompt-settings"), prompts),
    "a lens": (lambda cast: reverse("reflections:prompt-detail", args=[cast["lens"].public_id]), prompts),
    "stream by prompts": (
        lambda cast: f"{reverse('records:stream', args=[cast.partnership.slug])}?prompts=gibbs",
        prompts,
    ),
    "responding": (of_note("records:response-new", "everyone_note"), responses),
}


def most_for(name):
    """Give how many queries a page may take; the overview, home and the last page before sharing have their reasons."""
    if name.startswith("overview"):
        return MOST_ON_OVERVIEW
    return {"sharing with everyone": MOST_BEFORE_SHARING, "home": MOST_ON_HOME}.get(name, MOST)


# To fill takes most of the time, so each filling is made once, and all its pages are opened in between and after.
@pytest.mark.slow
@pytest.mark.parametrize(
    "fill", dict.fromkeys(fill for _address, fill in LISTS.values()), ids=lambda fill: fill.__name__
)
def test_no_page_takes_more_than_twelve_and_thirty_rows_take_no_more_than_three(cast, browser, fill):
    pages = {name: address(cast) for name, (address, filling) in LISTS.items() if filling is fill}
    fill(cast, FEW)
    few = {name: queries_of(browser, url) for name, url in pages.items()}
    fill(cast, MANY - FEW)
    many = {name: queries_of(browser, url) for name, url in pages.items()}
    wrong = []
    for name in pages:
        if len(few[name]) > most_for(name):
            wrong += [f"{name}:", *(f"{number} {sql[:230]}" for number, sql in enumerate(few[name], 1))]
        if len(many[name]) > len(few[name]):
            again = [sql[:120] for sql in many[name]]
            more = [sql[:400] for sql in many[name] if again.count(sql[:120]) > 3]
            wrong += [f"{name}: {len(few[name])} and {len(many[name])}", *more[:3]]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", ["response", "own_response", "former_response"])
def test_a_response_by_itself_takes_no_more_either(cast, browser, name):
    url = reverse("records:response-detail", args=[cast[name].public_id])
    assert len(queries_of(browser, url)) <= MOST


def test_no_list_counts_or_skips_rows(cast, browser):
    """No OFFSET, and no COUNT over what grows: a page costs the same at the end of a long list."""
    notes(cast, FEW)
    for name in ("home", "notebook", "landscape", "stream"):
        for sql in queries_of(browser, LISTS[name][0](cast)):
            assert " OFFSET " not in sql.upper(), sql
            if "COUNT(" in sql.upper():
                assert "records_record" not in sql, sql


def test_lists_fetch_no_whole_texts(cast, browser):
    """A hundred thousand characters are not read to show three lines."""
    for name in ("home", "notebook", "landscape", "stream"):
        for sql in queries_of(browser, LISTS[name][0](cast)):
            if "records_record" in sql and "records_response" not in sql:
                assert ', "records_record"."text",' not in sql, (name, sql[:300])


def test_the_numbers_that_the_tests_fill_in_are_there(cast):
    """The fillings fill: otherwise equal numbers would prove nothing."""
    before = Record.objects.count(), Response.objects.count()
    responses(cast, FEW)
    notes(cast, FEW)
    assert (Record.objects.count() - before[0], Response.objects.count() - before[1]) == (5 * FEW, 3 * FEW)
    private_notes(cast, FEW)
    assert Reflection.objects.filter(author=cast.practitioner, space=None).count() == FEW + 1
