"""Faults that were planted by hand: words that come alive are found. A walk that missed one would prove nothing."""

from functools import partial

import pytest
from django.conf import settings
from django.template import defaultfilters
from django.urls import reverse
from django.utils.safestring import mark_safe

from accounts.my_data import exporting
from convening import ics
from desk import mail
from desk.models import Outbox
from learnpartner import forms
from learnpartner.middleware import RequestLog
from records.models import Record
from tests.access.rows import ROWS
from tests.access.worlds.crawl import Question

from . import walk
from .corpus import NOT_ON_A_LINE, marked
from .infested import infested_world
from .reading import Page, faults_of_calendar, turned

pytestmark = pytest.mark.once


def on_page(there, url, name="practitioner"):
    """Give what is wrong with an answer."""
    found = walk.Found()
    found.look(url, there.ask(name, Question("GET", url)))
    return found.faults


def row_of(name):
    return next(row for row in ROWS if row.name == name and row.body)


def sent(there, form, **filled):
    """Give what is wrong when the steward sends that form, with the page that it leads to, and the mail."""
    found = walk.Found()
    walk.sent(there, found, form, row_of(form), "steward", filled)
    return found.faults


def exported(there):
    found = walk.Found()
    walk.export(there, found, "practitioner")
    return found.faults


def raw_words(text, **options):
    return text


def with_a_header_more(row, *args, save=Outbox.save, **options):
    row.message = row.message.replace(b"Subject: ", b"Subject: one\r\nBcc: obeyed1@example.org\r\nX-Rest: ", 1)
    save(row, *args, **options)


def with_an_attendee(session, file_of=ics.file_of):
    return file_of(session).replace(b"SUMMARY:", b"SUMMARY:one\r\nATTENDEE:", 1)


def in_feed(there, url):
    """Give what is wrong with a feed, which holds no words at all."""
    return [*on_page(there, url, "anonymous"), *walk.faults_of_words(there.ask("anonymous", Question("GET", url)))]


def test_each_fault_is_found(cast, mail_server, monkeypatch):
    """In one world, one after the other, since it takes some seconds to fill."""
    with infested_world(cast) as there:
        notes = (there.cast.everyone_note, there.cast.peers_note)
        note = next(note for note in notes if "hx-get" in note.text).get_absolute_url()
        stream = reverse("records:stream", args=[cast.partnership.slug])
        on_note, on_stream = partial(on_page, there, note), partial(on_page, there, stream, "fellow")
        inviting = partial(sent, there, "partnerships:invitation-new")
        file = partial(on_page, there, reverse("convening:session-file", args=[cast["peers_session"].public_id]))
        feed = partial(in_feed, there, reverse("convening:calendar-feed", args=[cast["feed_token"]]))
        naming = partial(sent, there, "partnerships:purpose-edit", name="\u200bx\u202e")
        in_words = exporting._in_words
        plants = (
            ("a filter lets words through as code", defaultfilters, "_urlize", raw_words, on_note, "words in "),
            ("a name is marked as safe", Record, "byline", property(by_raw_name), on_stream, "words in "),
            ("a subject is sent as it is", mail, "one_line", str, inviting, "a subject with what cannot be seen"),
            ("a line more in a subject", Outbox, "save", with_a_header_more, inviting, "words in the header Bcc"),
            (
                "a field of an export is raw",
                exporting,
                "_in_words",
                lambda *about: mark_safe(in_words(*about)),
                partial(exported, there),
                "index.html",
            ),
            (
                "a line of the log holds what was looked for",
                RequestLog,
                "format_request",
                staticmethod(lambda request: request.get_full_path()),
                partial(on_page, there, f"{reverse('records:search')}?q=obeyed1"),
                "words in the log",
            ),
            ("a line more in a calendar file", ics, "file_of", with_an_attendee, file, "a line of a calendar ATTENDEE"),
            ("a feed says more", ics, "feed_of", lambda rows: ics.file_of(rows[0]), feed, "words of the columns"),
            ("a name may stay open", forms, "_turns_what_follows", lambda text: False, naming, "turned round"),
        )
        missed = []
        for name, where, what, planted, look, words in plants:
            assert look() == [], f"before: {name}"
            with monkeypatch.context() as patch:
                patch.setattr(where, what, planted)
                if not any(words in fault for fault in look()):
                    missed.append(name)
        assert not missed


def by_raw_name(record):
    return mark_safe(record.author.name)


@pytest.mark.parametrize(
    "page",
    [
        '<p onobeyed1="">',
        "<p style=x>",
        "<i class=obeyed1>",
        "<obeyed1>",
        '<a href="javascript:x">',
        '<a href="java\nscript:x">',
        '<img src="https://elsewhere.example/">',
        '<a hx-get="/obeyed1">',
        "<p hx-on:click=x>",
        "<p data-hx-vals=x>",
        "<script>obeyed1</script>",
        "<!-- obeyed1 -->",
        "<iframe>",
        "<p>obeyed1 \u202e</p and then",
        "<li>obeyed1 \u2067, a role</li>",
    ],
)
def test_the_reading_sees(page):
    assert Page(page).faults


def test_the_reading_lets_words_be():
    closed = "<li>\u2067obeyed1\u2069, a role</li><li>obeyed1 \u202e</li><li>after</li>"
    assert (
        Page(f'{closed}<input value="<i id=obeyed1>"><a href="https://obeyed1.example/">&lt;i id=obeyed1&gt;').faults
        == []
    )
    assert not turned("\u202ea\u202c b") and turned("\u202ea b")


CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:x\r\nDTSTAMP:20260102T030405Z\r\n"
    "SUMMARY:{summary}\r\nURL:{home}/sessions/x/\r\n{more}END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def faults_of_file(summary="obeyed1", more="", home=""):
    home = home or settings.SITE_URL.rstrip("/")
    return list(faults_of_calendar(CALENDAR.format(summary=summary, more=more, home=home)))


@pytest.mark.parametrize(
    "file",
    [
        {"summary": "obeyed1; x"},
        {"summary": "obeyed1, x"},
        {"summary": "obeyed1 \\x"},
        {"summary": "x\nobeyed1"},
        {"summary": "x\r\nATTENDEE:mailto:obeyed1@example.org"},
        {"summary": "x\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nEND:VALARM\r\nBEGIN:VEVENT"},
        {"more": "DESCRIPTION:x\r\n"},
        {"more": "UID:obeyed1\r\n"},
        {"more": "DTSTART;TZID=obeyed1:20260102T030405\r\n"},
        {"more": 'LOCATION;ALTREP="https://obeyed1.example/":x\r\n'},
        {"more": "obey\r\n ed1:x\r\n"},
        {"home": "https://obeyed1.example"},
        {"home": "https://elsewhere.example"},
        {"home": "javascript:x"},
    ],
)
def test_the_reading_of_calendars_sees(file):
    assert faults_of_file(**file)


def test_the_reading_of_calendars_lets_words_be():
    words = r"<i id=obeyed1>\; \, \\ \n BEGIN:VALARM"
    assert faults_of_file(summary=words, more=f"LOCATION:obey\r\n ed1 {words}\r\n") == []


@pytest.mark.parametrize("payload", NOT_ON_A_LINE)
def test_one_line_is_one_line(payload):
    field = forms.LineField()
    with pytest.raises(forms.ValidationError):
        field.clean(f"before {marked(payload, 1)} after")


@pytest.mark.parametrize(
    "words", ["\u202ea\u202c", "\u2067a\u2069 b", "a\u200db", "\u200f\u05d0", "a\u200bb", "a\u202c"]
)
def test_what_turns_nothing_else_is_taken_as_it_is(words):
    assert forms.LineField().clean(words) == words
