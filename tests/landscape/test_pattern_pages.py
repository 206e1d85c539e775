"""The pages of patterns: what fits and what does not beside each other, words typed come back, few queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk import drafts
from desk.models import Draft
from landscape.models import Pattern, PatternSource
from records import actions as record_actions
from tests import factories as make

from . import made

pytestmark = pytest.mark.once


def page_of(browser, row):
    return browser.get(row.get_absolute_url()).content.decode()


def said(**words):
    whole = {"title": "Again", "text": "My memo.", "looked_for": "", "person_level": "3", **words}
    return {"draft_key": drafts.new_key(), **whole}


def add_at(pattern, record):
    return reverse("landscape:source-new", args=[pattern.public_id, record.public_id])


def test_one_is_written_down_from_a_note_and_shows_it_as_a_source(cast, client_for):
    browser = client_for(cast.academic)
    assert reverse("landscape:source-of", args=[cast.peers_note.public_id]) in page_of(browser, cast.peers_note)
    address = reverse("landscape:pattern-new", args=[cast.partnership.slug])
    opened = browser.get(address, {"from": cast.peers_note.public_id})
    form = opened.context["form"]
    assert (form["space"].value(), form["person_level"].value()) == (cast.peers.public_id, 3)
    begun = said(begun_with=cast.peers_note.public_id)
    elsewhere = browser.post(address, begun | {"space": cast.everyone.public_id})
    assert elsewhere.status_code == 422 and "read in another space" in elsewhere.content.decode()
    sent = browser.post(address, begun | {"space": cast.peers.public_id})
    pattern = Pattern.objects.latest("created_at")
    assert sent.headers["Location"] == pattern.get_absolute_url()
    assert "peers words" in page_of(browser, pattern)


def test_whose_learning_it_is_is_proposed_by_role_and_never_the_first(cast, client_for):
    address = reverse("landscape:pattern-new", args=[cast.partnership.slug])
    for name, level in (("practitioner", 2), ("consultant", 2), ("learning_partner", 2), ("academic", 3)):
        assert client_for(cast[name]).get(address).context["form"]["person_level"].value() == level


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"title": ""}, "in a sentence"),
        ({"title": "x" * 201}, "200"),
        ({"text": "My memo." + "x" * 20_000}, "20"),
        ({"person_level": "4"}, "Choose one of these"),
        ({"space": "AAAAAAAAAAAA"}, "not in that space"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_there(cast, client_for, words, told):
    address = reverse("landscape:pattern-new", args=[cast.partnership.slug])
    response = client_for(cast.fellow).post(address, said(space=cast.peers.public_id) | words)
    page = response.content.decode()
    assert response.status_code == 422 and told in page and "My memo." in page


def test_a_pattern_without_what_does_not_fit_says_so_gently(cast, client_for):
    browser, gently = client_for(cast.fellow), "Nobody has looked yet for what does not fit."
    pattern = made.pattern(by=cast.academic, space=cast.peers)
    made.source(pattern, cast.peers_note, by=cast.fellow)
    assert gently in page_of(browser, pattern)
    made.change(pattern, by=cast.fellow, looked_for="In the shelter.")
    assert gently not in page_of(browser, pattern) and "In the shelter." in page_of(browser, pattern)
    made.change(pattern, by=cast.fellow, looked_for="")
    made.source(pattern, cast.not_named_note, by=cast.fellow, stance="disagrees")
    assert gently not in page_of(browser, pattern)


def test_a_source_is_looked_for_by_words_and_kind_and_added_with_a_line(cast, client_for):
    pattern, browser = made.pattern(by=cast.academic, space=cast.peers), client_for(cast.fellow)
    find = reverse("landscape:source-find", args=[pattern.public_id])
    found = browser.get(find, {"stance": "disagrees", "q": '"peers words"'})
    assert [row.public_id for row in found.context["records"]] == [cast.peers_note.public_id]
    address = add_at(pattern, cast.peers_note)
    assert f"{address}?stance=disagrees" in found.content.decode()
    kinds = {row.kind for row in browser.get(find, {"kind": "tension"}).context["records"]}
    assert kinds == {"tension"}
    without = browser.post(address, {"draft_key": drafts.new_key(), "stance": "disagrees", "why": ""})
    assert without.status_code == 422 and "what does not fit" in without.content.decode()
    line = {"draft_key": drafts.new_key(), "stance": "disagrees", "why": "He was asked in."}
    assert browser.post(address, line).status_code == 302
    page = page_of(client_for(cast.consultant), pattern)
    assert page.index("It does not fit") < page.index("He was asked in.") < page.index("peers words")
    assert cast.fellow.name in page and "Take it off" not in page
    assert cast.peers_note.public_id not in [row.public_id for row in browser.get(find).context["records"]]


@pytest.mark.parametrize(
    "asked", [{"q": "x" * 201}, {"kind": "nothing"}, {"q": "\0"}, {"before": "AAAAAAAAAAAA"}, {"stance": "proves"}]
)
def test_what_nobody_could_look_for_is_answered(cast, client_for, asked):
    find = reverse("landscape:source-find", args=[cast["pattern"].public_id])
    response = client_for(cast.fellow).get(find, asked)
    assert response.status_code in (200, 422) and response.context["records"]


def test_who_added_what_is_not_named_is_told_to_nobody(cast, client_for):
    """Its author could have. The page is the same for readers, whoever of the two added it."""
    pages = []
    for by in (cast.fellow, cast.consultant):
        pattern = made.pattern(by=cast.academic, space=cast.peers)
        made.source(pattern, cast.not_named_note, by=by, stance="disagrees", why="It says otherwise.")
        page = page_of(client_for(cast.practitioner), pattern)
        part = page[page.index('id="sources"') : page.index('id="standing"')]
        assert "It says otherwise." in part and by.name not in part
        pages.append(part.replace(pattern.public_id, ""))
    assert pages[0] == pages[1]


def test_a_stale_change_shows_both_texts(cast, client_for):
    pattern = Pattern.objects.get(pk=cast["pattern"].pk)
    address = reverse("landscape:pattern-edit", args=[pattern.public_id])
    assert client_for(cast.fellow).post(address, said(version=pattern.version)).status_code == 302
    response = client_for(cast.academic).post(address, said(version=pattern.version) | {"text": "Mine is other."})
    page = response.content.decode()
    assert response.status_code == 409 and "Mine is other." in page and "My memo." in page
    assert Draft.objects.filter(author=cast.academic, form="pattern-edit").exists()


def test_a_stale_state_is_answered_and_its_reason_kept(cast, client_for):
    address = reverse("landscape:pattern-state", args=[cast["pattern"].public_id])
    stale = {"draft_key": drafts.new_key(), "seen": "emerging", "state": "let_go", "reason": "It was the rota."}
    response = client_for(cast.academic).post(address, stale)
    page = response.content.decode()
    assert response.status_code == 409 and "It was the rota." in page and 'name="seen" value="tested"' in page
    without = {"draft_key": drafts.new_key(), "seen": "tested", "state": "let_go", "reason": ""}
    assert "Say in a line why it is let go." in client_for(cast.academic).post(address, without).content.decode()


def test_what_was_added_meanwhile_is_said_and_the_line_kept(cast, client_for):
    pattern = made.pattern(by=cast.academic, space=cast.peers)
    made.source(pattern, cast.peers_note, by=cast.consultant)
    line = {"draft_key": drafts.new_key(), "stance": "disagrees", "why": "I read it otherwise."}
    response = client_for(cast.fellow).post(add_at(pattern, cast.peers_note), line)
    page = response.content.decode()
    assert response.status_code == 422 and "a source meanwhile" in page and "I read it otherwise." in page


def test_a_source_is_taken_off_after_a_page_that_shows_its_line(cast, client_for):
    pattern = made.pattern(by=cast.academic, space=cast.peers)
    row = made.source(pattern, cast.peers_note, by=cast.consultant, why="The same there.")
    address = reverse("landscape:source-delete", args=[pattern.public_id, row.public_id])
    assert address not in page_of(client_for(cast.fellow), pattern)
    theirs = client_for(cast.practitioner)
    assert address in page_of(theirs, pattern) and "The same there." in theirs.get(address).content.decode()
    assert theirs.post(address).status_code == 302
    assert not PatternSource.objects.filter(pk=row.pk).exists()


def test_a_folded_pattern_shows_its_words_to_nobody_but_who_wrote_it(cast, client_for):
    make.fold(record=cast["pattern"], by=cast.fellow)
    page = page_of(client_for(cast.consultant), cast["pattern"])
    assert "looked-for words" not in page and "line on a source" not in page
    edit = reverse("landscape:pattern-edit", args=[cast["pattern"].public_id])
    assert client_for(cast.consultant).get(edit).status_code == 403
    assert client_for(cast.academic).get(edit).status_code == 200


def test_the_room_is_there_for_who_reads_a_pattern_and_for_nobody_else(cast, client_for):
    listed = reverse("landscape:pattern-list", args=[cast.partnership.slug])
    cast.partnership.opened_rooms = []
    cast.partnership.save(update_fields=["opened_rooms"])
    record_actions.set_aside(cast["everyone_pattern"], reason="Not here.", key=drafts.new_key(), by=cast.steward)
    overview = cast.partnership.get_absolute_url()
    assert listed in client_for(cast.academic).get(overview).content.decode()
    assert listed not in client_for(cast.manager).get(overview).content.decode()
    assert "Make it a source" not in page_of(client_for(cast.manager), cast.everyone_note)
    page = client_for(cast.commissioner).get(listed).content.decode()
    assert "No pattern is written down yet" in page and cast["pattern"].public_id not in page


def queries_of(browser, address):
    browser.get("/healthz")
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


def test_queries_grow_neither_with_sources_nor_with_patterns(cast, client_for):
    browser, pattern = client_for(cast.practitioner), cast["pattern"]
    addresses = (
        pattern.get_absolute_url(),
        reverse("landscape:pattern-list", args=[cast.partnership.slug]),
        reverse("landscape:source-find", args=[pattern.public_id]),
        reverse("landscape:source-of", args=[cast.peers_note.public_id]),
        reverse("landscape:pattern-new", args=[cast.partnership.slug]),
    )
    for address in addresses:
        browser.get(address)
    few = [queries_of(browser, address) for address in addresses]
    for number in range(12):
        note = make.make_shared_note(by=cast.fellow, space=cast.peers)
        made.source(pattern, note, by=cast.fellow, stance="disagrees" if number % 2 else "agrees")
        make.make_shared_note(by=cast.consultant, space=cast.peers)
        made.pattern(by=cast.fellow, space=cast.peers)
        made.state(pattern, to=("emerging", "tested")[number % 2], by=cast.fellow, reason="again")
    assert [queries_of(browser, address) for address in addresses] == few
    assert max(few) <= 13, few
