"""For each of the cast: what search finds is what a scan of all that they may read finds, word by word."""

import pytest
from django.urls import reverse

from partnerships.reader import Reader
from records.models import Record
from records.search.engine import Says
from records.search.query import read
from records.search.results import readable
from records.search.words import texts_of
from tests import factories as make
from tests.access.asking import plain
from tests.cast import CAST, SIGNED_IN

SEARCH = reverse("records:search")
QUERIES = [
    "words",
    "word",
    "WORDS",
    '"words"',
    '"word"',
    "response words",
    '"response words"',
    '"words response"',
    "words -response",
    "-words response",
    "title",
    "titles -private",
    'words -"own response"',
    "withdrawn",
    "what was withdrawn",
    "to was",
    "private",
    "supervising",
    "sibling",
    "former",
    "draft",
    "tag",
    "own-tag",
    "named",
    "not named words",
    "nothing of this",
]


def scan(reader, typed):
    """Look for it as somebody would who reads everything that they may: the slow way, without an index."""
    query = read(typed)
    rows = [row for row in Record.objects.visible_to(reader) if not row.words_withheld_from(reader.person)]
    texts = texts_of(rows)
    return {row.pk for row in rows if query.fits("\n".join(texts[row.pk]))}


@pytest.mark.parametrize("name", CAST)
def test_hits_are_those_of_a_scan(cast, name):
    reader = Reader(cast[name])
    for typed in QUERIES:
        found = set(readable(reader).filter(Says(read(typed))).values_list("pk", flat=True)) if read(typed) else set()
        assert found == (scan(reader, typed) if read(typed) else set()), typed


def test_the_scan_finds_something_for_everybody_and_not_the_same(cast):
    """The comparison can fail."""
    found = {name: frozenset(scan(Reader(cast[name]), "words")) for name in SIGNED_IN}
    assert all(found.values())
    assert len(set(found.values())) > 5


def test_the_page_shows_what_the_scan_finds(cast, client_for):
    for name in ("practitioner", "consultant", "former", "outsider", "site_admin"):
        for typed in ("words", "title -private"):
            page = client_for(cast[name]).get(SEARCH, {"q": typed}).context["page"]
            assert {hit.record.pk for hit in page.hits} == scan(Reader(cast[name]), typed), (name, typed)
            moments = [(hit.record.moment, hit.record.pk) for hit in page.hits]
            assert moments == sorted(moments, reverse=True)


# Each adds something with the word, where the reader may not read it.
HIDDEN = {
    "a note in a notebook": lambda cast: make.make_note(by=cast.practitioner, text="zebra", tags=["zebra"]),
    "a note in another space": lambda cast: make.make_shared_note(
        by=cast.practitioner, space=cast.peers, text="zebra", title="zebra", tags=["zebra"]
    ),
    "a response there": lambda cast: make.make_response(to=cast.peers_note, by=cast.fellow, text="zebra"),
    "a note in another partnership": lambda cast: make.make_shared_note(
        by=cast.outsider, space=cast.sibling_everyone, text="zebra", tags=["zebra"]
    ),
    "a person in another partnership": lambda cast: make.make_member(
        partnership=cast.sibling, person=make.make_person(name="Zebra", wants_to_learn="zebra")
    ),
    "an organisation elsewhere": lambda cast: make.make_organisation(name="Zebra", by=cast.site_admin),
    "a note taken back": lambda cast: make.withdraw(
        record=make.make_shared_note(by=cast.practitioner, space=cast.everyone, text="zebra", tags=["zebra"])
    ),
    "a former member": lambda cast: _join_and_leave(cast, make.make_person(name="Zebra")),
}


def _join_and_leave(cast, person):
    make.make_member(partnership=cast.partnership, person=person)
    make.end_membership(person=person, partnership=cast.partnership)


def test_what_the_reader_may_not_read_changes_no_byte(cast, client_for):
    make.make_shared_note(by=cast.fellow, space=cast.everyone, text="A zebra that everybody reads.", tags=["zebras"])
    asked = [{"q": "zebra"}, {"q": '"zebra" -striped'}, {"tag": "zebra"}, {"q": "zebra", "kind": "response"}]
    # The learning partner and the steward: no office opens anything.
    browsers = [client_for(cast[name]) for name in ("manager", "steward", "learning_partner")]

    for browser in browsers:
        browser.get("/healthz")

    def pages():
        return [plain(browser.get(SEARCH, question)) for browser in browsers for question in asked]

    before = pages()
    for add in HIDDEN.values():
        add(cast)
    assert pages() == before
    # The comparison can fail.
    make.make_shared_note(by=cast.practitioner, space=cast.everyone, text="zebra")
    assert pages() != before
