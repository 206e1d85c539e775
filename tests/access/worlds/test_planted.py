"""Leaks that were planted by hand: the comparison finds each, and says where. One that it missed would prove nothing.

Each is one that somebody might write in good faith; none of the pages changes otherwise.
"""

import importlib

import pytest
from django.urls import reverse

from desk import notices
from learnpartner.middleware import RequestLog
from partnerships.reader import Reader
from records import stream
from records.attachments import serving
from records.models import Attachment, Record, RecordTag

from .comparing import differences
from .crawl import Question
from .steps import HIDDEN, SHOWN

pytestmark = pytest.mark.once

NAMES = {"a_note_in_a_notebook", "a_note_in_a_space_of_others", "one_to_ones"}
FEW = [step for step in HIDDEN if step.name in NAMES]
SOME = [step for step in SHOWN if step[0] == "notes"]


def pages(cast):
    stream = reverse("records:stream", args=[cast.partnership.slug])
    return [
        Question("GET", stream),
        Question("GET", stream, "stream"),
        Question("GET", reverse("reflections:reflection-detail", args=[cast.peers_note.public_id])),
        Question("GET", reverse("records:search") + "?q=quagga"),
        Question("GET", reverse("records:attachment-file", args=[cast["photo_on_peers_note"].public_id])),
        Question("GET", reverse("home:help")),
    ]


@pytest.fixture
def where(cast):
    """Give the addresses at which somebody of the peers' space sees that something is hidden, by part of the answer."""

    def look(name="fellow"):
        found, _there = differences(cast, [name], FEW, asked=pages(cast), shown=SOME)
        asked = {str(question): at for at, question in enumerate(pages(cast))}
        places = ("stream", "stream fragment", "note", "search", "file", "help")
        return {places[asked[one.where]] if one.where in asked else one.where: one.words for one in found}

    return look


def test_nothing_is_found_where_nothing_is_planted(where):
    assert where() == {}


def test_a_count_is_found(where, monkeypatch):
    """How much somebody has written, beside their name."""
    written = property(lambda record: f"{record.author.name} ({record.author.records.count()})")
    monkeypatch.setattr(Record, "byline", written)
    assert {"stream", "stream fragment"} <= where().keys()


def test_an_option_of_a_picker_is_found(where, monkeypatch):
    """All spaces of the partnership, in place of one's own."""
    monkeypatch.setattr(Reader, "spaces_of", lambda reader, partnership: list(partnership.spaces.in_order()))
    assert {"stream"} <= where().keys()


def test_the_subject_of_a_mail_is_found(where, monkeypatch):
    subject = lambda lines, weekly: f"{Record.objects.shared().count()} new notes"  # noqa: E731
    monkeypatch.setattr(notices, "_subject", subject)
    assert set(where()) == {"mail"}


def test_the_name_of_a_file_is_found(where, monkeypatch):
    """Files that are called by how many there are."""

    class Called(dict):
        def __getitem__(self, media_type):
            return f"photo-{Attachment.objects.count()}.jpg"

    monkeypatch.setattr(serving, "CALLED", Called())
    found = where()
    assert set(found) == {"file"}
    assert "headers" in found["file"]


def test_a_gap_between_ids_is_found(where, monkeypatch):
    """The number of a row in its address: hidden ones came before it."""
    address = Record.get_absolute_url
    monkeypatch.setattr(Record, "get_absolute_url", lambda record: f"{address(record)}?n={record.pk}")
    assert {"stream", "stream fragment"} <= where().keys()


def test_a_line_of_the_log_is_found(where, monkeypatch):
    """Of my own: nothing on any page, and whoever reads the log learns when others write."""
    monkeypatch.setattr(
        RequestLog, "format_request", staticmethod(lambda request: f"GET with {Record.objects.count()} records")
    )
    found = where()
    assert {"stream", "note", "help"} <= found.keys()
    assert all(words.startswith("log") for words in found.values())


def test_a_suggestion_of_search_is_found(where, monkeypatch):
    """Tags out of all records, in place of those of what the reader may read."""
    view = importlib.import_module("records.views.search")
    every = lambda query, reader: sorted({row.tag.name for row in RecordTag.objects.all()})  # noqa: E731
    monkeypatch.setattr(view, "tags_like", every)
    assert set(where()) == {"search"}


def test_an_order_is_found(where, monkeypatch):
    """Notes of who has written most stand first, with what they wrote where one may not read."""
    view = importlib.import_module("records.views.streams")
    page_of = view.page_of

    def most_first(*args, **options):
        page = page_of(*args, **options)
        page.records.sort(key=lambda record: -record.author.records.filter(kind="reflection").count())
        return page

    monkeypatch.setattr(view, "page_of", most_first)
    # All of the stream on one page: on the first of several there may be nobody who changes places.
    monkeypatch.setattr(stream, "PAGE", 1_000)
    assert set(where()) == {"stream", "stream fragment"}
