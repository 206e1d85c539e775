"""Whatever somebody types is a question: words, stems, phrases, what is left out, and a great deal that is no word."""

import re

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerships.reader import Reader
from records.search.engine import Says
from records.search.query import LONGEST_QUERY, Term, read
from records.search.results import readable
from records.search.snippets import PIECE, Passage, around, marked
from records.search.stems import stem
from records.search.texts import words_in
from tests import factories as make

SEARCH = reverse("records:search")

# What Porter's own paper and its list of words say.
STEMS = {
    "caresses": "caress",
    "ponies": "poni",
    "cats": "cat",
    "feed": "feed",
    "agreed": "agre",
    "plastered": "plaster",
    "motoring": "motor",
    "conflated": "conflat",
    "troubling": "troubl",
    "hopping": "hop",
    "falling": "fall",
    "filing": "file",
    "happy": "happi",
    "relational": "relat",
    "conditional": "condit",
    "hopefulness": "hope",
    "electricity": "electr",
    "adjustable": "adjust",
    "adoption": "adopt",
    "controlling": "control",
    "probate": "probat",
    "rate": "rate",
}
# As people here write, one form for the other.
ALIKE = [
    ("organisation", "organisations"),
    ("organisation", "organising"),
    ("programme", "programmes"),
    ("practise", "practised"),
    ("practice", "practices"),
    ("colour", "coloured"),
    ("centre", "centres"),
    ("travelled", "travelling"),
    ("rota", "rotas"),
    ("learn", "learning"),
    ("reflect", "reflections"),
    ("commission", "commissioned"),
    ("use", "used"),
    ("Joe", "Joe’s"),
    ("Rhŷs", "Rhys"),
    ("Ŵyn", "wyn"),
    ("café", "CAFÉ"),
    ("Søren", "Soren"),
    ("don't", "don’t"),
    ("co-operate", "co‑operate"),
    ("hand\u00adover", "handover"),
    ("e\u0301lan", "élan"),
    ("straße", "STRASSE"),
]
APART = [("Ines", "in"), ("used", "us"), ("Wes", "we"), ("rota", "rotate"), ("beds", "bad")]


@pytest.mark.parametrize("word", STEMS)
def test_words_are_brought_to_their_stem(word):
    assert stem(word) == STEMS[word]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_one_form_finds_the_other(one, other):
    assert read(one).fits(f"It says {other}.")
    assert read(other).fits(f"It says {one}.")


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_only_looks_alike_stays_apart(one, other):
    assert not read(one).fits(f"It says {other}.")


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("rota beds", [("rota",), ("beds",)], []),
        ("rota rota Rota", [("rota",)], []),
        ('"going well" rota', [("going", "well"), ("rota",)], []),
        ("“going well”", [("going", "well")], []),
        ("rota -beds", [("rota",)], [("beds",)]),
        ('rota -"no beds"', [("rota",)], [("no", "beds")]),
        ("rota – beds", [("rota",), ("beds",)], []),
        ("one-to-one", [("one", "to", "one")], []),
        ("rota-beds -x-y", [("rota", "beds")], [("x", "y")]),
        ('"unbalanced words', [("unbalanced",), ("words",)], []),
        ("-beds", [], [("beds",)]),
        ("NEAR(a b) OR title:x* ^y", [("near", "a"), ("b",), ("or",), ("title", "x"), ("y",)], []),
        ('"" "   " - -- * : () \0 \u202e', [], []),
    ],
)
def test_what_was_typed_is_understood(typed, wanted, unwanted):
    query = read(typed)
    assert [term.words for term in query.wanted] == wanted
    assert [term.words for term in query.unwanted] == unwanted


def test_quotation_marks_ask_for_the_words_as_they_are():
    assert read("rota").fits("Two rotas")
    assert not read('"rota"').fits("Two rotas")
    assert read('"two rotas"').fits("Two, rotas!")
    assert not read('"rotas two"').fits("Two rotas")
    assert read('"going well"').wanted == (Term(("going", "well"), exact=True),)


STRANGE = [
    "",
    " ",
    '"',
    '""',
    '"unbalanced',
    'a" b',
    "NEAR(",
    "NEAR(a, b)",
    "a AND",
    "NOT a",
    "OR OR OR",
    "*",
    "a*",
    "^a",
    ":",
    "words:a",
    "stems : a",
    "a:*B",
    "{words stems}: a",
    "-",
    "--",
    "-a",
    "- a",
    "a -a",
    "!a",
    "a & !b | (c <-> d)",
    "'",
    "''a'' \\' \\",
    "%s %d %(x)s",
    "{} {0}",
    "a\0b",
    "\u202etxet\u202c",
    "\ufeffa",
    "\ufffd",
    "½ ² ㎏ ①",
    "漢字かな",
    "ਪੰਜਾਬੀ عربي",
    "👩\u200d🚒 fire",
    "the of and",
    "not",
    "1e5 0x1f 12ab 3.14 2026-11-22",
    "http://example.org/a?b=c a@b.org /etc/passwd",
    "a" * LONGEST_QUERY,
    "a " * (LONGEST_QUERY // 2),
    "-a " * (LONGEST_QUERY // 3),
    '"a" ' * (LONGEST_QUERY // 4),
    "<script>alert(1)</script>",
    "; DROP TABLE records_record; --",
]


@pytest.fixture
def browser(cast, client_for):
    return client_for(cast.practitioner)


@pytest.mark.parametrize("typed", STRANGE)
def test_nothing_typed_is_an_error(browser, typed):
    response = browser.get(SEARCH, {"q": typed})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_too_much_is_said_and_stays_in_the_box(browser):
    typed = "much " * 2000
    response = browser.get(SEARCH, {"q": typed})
    assert response.status_code == 422
    assert "At most 200 characters" in response.content.decode()
    assert typed.strip() in response.content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {"before": "x" * 5000},
        {"before": "\0"},
        {"kind": "nonsense"},
        {"level": "9"},
        {"space": "x"},
        {"author": "x"},
        {"partnership": "x"},
        {"since_day": "45"},
        {"since_day": "1", "since_month": "5", "since_year": "2026", "until_day": "1", "until_year": "1"},
        {"mine": "x"},
        {"tag": "x" * 300},
        {"tag": "\0"},
    ],
)
def test_strange_filters_are_no_error_of_ours(browser, asked):
    assert browser.get(SEARCH, {"q": "words", **asked}).status_code in (200, 422)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_no_text_is_an_error_and_every_text_finds_its_own_words(cast, typed):
    query = read(typed)
    found = readable(Reader(cast.practitioner))
    assert not query or list(found.filter(Says(query)).values_list("pk")[:2]) is not None
    words = " ".join(word.folded for word in words_in(typed))
    assert all(read(f'"{words}"').fits(typed) for _once in [1] if words)


ODD_WORDS = ["1e5", "0x1f", "12ab", "漢字かな", "ਪੰਜਾਬੀ", "عربي", "½", "3.14", "a@b.org", "Ines", "the"]


@pytest.mark.parametrize("typed", ODD_WORDS)
def test_the_database_takes_words_as_we_do(cast, typed):
    """No parser of its own takes them apart otherwise, or leaves them out."""
    note = make.make_note(by=cast.practitioner, text=f"Before {typed} after.")
    for asked in (typed, f'"{typed}"', f'"before {typed} after"'):
        found = readable(Reader(cast.practitioner)).filter(Says(read(asked)))
        assert note.pk in set(found.values_list("pk", flat=True)), asked


def test_marks_are_what_was_asked_for():
    passages = marked("Rotas & <b>beds</b>, no rota.", read('rota "beds"'))
    assert [p.text for p in passages if p.is_marked] == ["Rotas", "beds", "rota"]
    assert "".join(p.text for p in passages) == "Rotas & <b>beds</b>, no rota."
    assert [p.text for p in marked("a going well b", read('"going well" going')) if p.is_marked] == ["going well"]
    assert marked("", read("a")) == []


def test_the_words_around_the_first_place_are_shown():
    text = "word " * 200 + "the needle here " + "word " * 200
    shown = "".join(passage.text for passage in around([text], read("needles")))
    assert "the needle here" in shown
    assert re.fullmatch(r"… word .* word …", shown)
    assert len(shown) < 320
    assert around(["", "no", "a needle"], read("needle"))[1] == Passage("a ")
    assert "".join(p.text for p in around(["How it begins", "x"], read("nothing"))) == "How it begins"
    assert "".join(p.text for p in around([], read("nothing"))) == ""


def test_the_end_of_a_long_text_is_found_too():
    text = "wörd " * 20_000 + "needle"
    assert len(text) > 10 * PIECE
    assert around([text], read("needle"))[-2] == Passage("needle", is_marked=True)
