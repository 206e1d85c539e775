"""What is wrong with something that came out: where a word from the corpus is more than text."""

import email
import json
import re
from collections.abc import Iterable, Iterator
from email import policy
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar

from records.attachments.limits import DOCUMENTS

from .corpus import MARK, TURNS, open_turns

# Where the words of people may stand in a tag.
TEXT_ATTRIBUTES = {"value", "alt", "title", "aria-label", "data-label"}
TEXT_IN = {("a", "download"), ("optgroup", "label"), ("option", "label")}
ADDRESSES = {"href", "src", "action", "formaction", "hx-get", "hx-post", "poster", "cite", "data", "srcset"}
SLUG = re.compile(r"^/partnerships/[a-z0-9-]+/")
SCHEMES = {"", "http", "https", "mailto"}
NEVER = re.compile(r"on\w+|style|srcdoc|(data-)?hx-(on|vals|vars|headers|eval|ext)\b.*|nonce|is")
LIVE = {"base", "embed", "frame", "iframe", "object", "applet", "hx-partial", "dialog", "marquee", "math", "style"}
# What flows in a line; all else begins a line of its own, and text is turned round in its own line only.
INLINE = {"a", "abbr", "audio", "b", "bdi", "bdo", "cite", "code", "em", "i", "img", "kbd", "mark", "q", "s", "small"}
INLINE |= {"span", "strong", "sub", "sup", "svg", "time", "use"}
RAW = {"script", "style"}
MAIL_HEADERS = {
    "Auto-Submitted",
    "Content-Type",
    "Date",
    "From",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "MIME-Version",
    "Message-ID",
    "Reply-To",
    "Subject",
    "To",
    "Content-Transfer-Encoding",
}
# What the people who run the app, and those who set words, may have put into a header.
HEADERS_WITH_WORDS = {"Subject", "To", "Reply-To"}
RESPONSE_HEADERS_WITH_ADDRESSES = {"Location", "HX-Location", "HX-Redirect", "HX-Push-Url", "HX-Replace-Url"}
MEDIA_TYPES = {
    *DOCUMENTS,
    "",
    "text/html",
    "text/plain",
    "application/json",
    "image/jpeg",
    "image/svg+xml",
    "audio/webm",
    "text/javascript",
    "text/calendar",
}
# The lines of a calendar file, zones left aside; and those of them that hold words.
CALENDAR_LINES = {"BEGIN", "END", "VERSION", "PRODID", "X-WR-CALNAME", "UID", "SEQUENCE", "DTSTART", "DTEND"}
CALENDAR_LINES |= {"SUMMARY", "LOCATION", "STATUS", "URL", "CLASS", "DTSTAMP"}
CALENDAR_LINES_WITH_WORDS = {"SUMMARY", "LOCATION"}
CALENDAR_PARTS = {"VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"}
CALENDAR_ZONE = re.compile(r"^BEGIN:VTIMEZONE$.*?^END:VTIMEZONE$\n", re.M | re.S)
# RFC 5545, 3.3.11: what parts values is escaped in a text.
CALENDAR_TEXT = re.compile(r"([^\\;,\x00-\x08\x0a-\x1f\x7f]|\\[\\;,nN])*")


class Page(HTMLParser):
    """Reads a page as a browser does, and notes what is no text and holds a word from the corpus."""

    def __init__(self, html: str, *, home: str = "", turns: bool = True):
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.numbers = {int(number) for number in MARK.findall(html)}
        self._home, self._turns = home, turns
        self._raw = ""
        # What stands in the present line after marks of direction that nothing has closed.
        self._line = ""
        self.feed(html)
        self.close()
        self._end_line()

    def _fault(self, what: str) -> None:
        self.faults.append(f"line {self.getpos()[0]}: {what[:200]}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag: its name, the names of its attributes, and those of their values that are no text."""
        if MARK.search(tag) or tag in LIVE:
            self._fault(f"an element <{tag}>: {self.get_starttag_text()}")
        for name, value in attrs:
            if fault := self._fault_of(tag, name, value or ""):
                self._fault(f"{fault}: {self.get_starttag_text()}")
        if tag not in INLINE:
            self._end_line()
        if tag in RAW and "src" not in dict(attrs):
            self._raw = "data" if dict(attrs).get("type") == "application/json" else tag

    def _fault_of(self, tag: str, name: str, value: str) -> str:
        if MARK.search(name) or NEVER.fullmatch(name):
            return f"an attribute {name}"
        if name in ADDRESSES:
            return self._fault_of_address(tag, name, value)
        if MARK.search(value) and name not in TEXT_ATTRIBUTES and (tag, name) not in TEXT_IN:
            return f"words in {name}"
        return ""

    def _fault_of_address(self, tag: str, name: str, value: str) -> str:
        try:
            parts = urlsplit(value.strip())
        except ValueError:
            return "an address that is none"
        if parts.scheme not in SCHEMES or any(ord(character) < 32 for character in value):
            return "an address that a browser would run"
        elsewhere = bool(parts.scheme or parts.netloc) and not (self._home and value.startswith(self._home))
        if elsewhere and (tag, name) != ("a", "href"):
            return "something from another host"
        # The slug of a partnership is made of its name, of letters, figures and dashes.
        path = SLUG.sub("", parts.path)
        if MARK.search(f"{path}#{parts.fragment}") and not (elsewhere and (tag, name) == ("a", "href")):
            return f"words in {name}"
        return ""

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a line."""
        if MARK.search(tag):
            self._fault(f"an element </{tag}>")
        if tag not in INLINE:
            self._end_line()
        if tag in RAW:
            self._raw = ""

    def handle_data(self, data: str) -> None:
        """Look at text."""
        if self._raw in RAW and MARK.search(data):
            self._fault(f"words in <{self._raw}>: {data}")
        if self._raw == "data" and "<" in data:
            self._fault(f"data that may close its element: {data}")
        self._line += data

    def _end_line(self) -> None:
        if self._turns and (fault := turned(self._line)):
            self._fault(fault)
        self._line = ""

    def handle_comment(self, data: str) -> None:
        """Refuse words in a comment."""
        if MARK.search(data):
            self._fault(f"words in a comment: {data}")

    def handle_pi(self, data: str) -> None:
        """Refuse what no page of ours has."""
        self._fault(f"an instruction: {data}")

    def unknown_decl(self, data: str) -> None:
        """Refuse what no page of ours has."""
        self._fault(f"a declaration: {data}")


def turned(line: str) -> str:
    """Say whether a mark of direction that somebody typed turns round words that stand after it in the same line."""
    if not open_turns(line):
        return ""
    last = list(TURNS.finditer(line))[-1].end()
    found = re.search(r"\w", line[last:])
    return f"turned round by what stands before it: {line[last : last + 40]!r} in {line[-80:last]!r}" if found else ""


def faults_of_answer(answer: Any, *, turns: bool = True) -> Iterator[str]:
    """Say what is wrong with an answer of the worlds: its type, headers, cookies, body, and lines of the log."""
    headers = dict(answer.headers)
    kind = headers.get("Content-Type", "").partition(";")[0]
    if kind not in MEDIA_TYPES:
        yield f"an answer of the type {kind}: tests/access/payloads looks through none such"
    yield from faults_of_headers(headers.items(), RESPONSE_HEADERS_WITH_ADDRESSES)
    yield from (f"words in the log: {line[:300]}" for line in answer.log if MARK.search(line))
    if MARK.search(answer.cookies):
        yield f"words in a cookie: {answer.cookies}"
    if kind == "text/html":
        yield from Page(answer.body.decode(), turns=turns).faults
    elif kind == "application/json":
        yield from faults_of_json(answer.body.decode())
    elif kind == "text/calendar":
        yield from faults_of_calendar(answer.body.decode())
    elif kind in {"image/svg+xml", "text/javascript"} and MARK.search(answer.body.decode()):
        yield f"words in {kind}"


def faults_of_headers(headers: Iterable[tuple[str, str]], with_words: set[str]) -> Iterator[str]:
    """Say which headers hold words that may not, or more than one line."""
    for name, value in headers:
        if MARK.search(name) or (MARK.search(value) and name not in with_words):
            yield f"words in the header {name}: {value[:200]}"
        if re.search(r"[\r\n\0]", value):
            yield f"a header {name} over several lines: {value[:200]!r}"


def faults_of_json(text: str) -> Iterator[str]:
    """Say whether words stand in a piece of JSON otherwise than as values."""

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        names.extend(name for name, _value in found)
        return dict(found)

    names: list[str] = []
    json.loads(text, object_pairs_hook=pairs)
    yield from (f"words in a name of JSON: {name}" for name in names if MARK.search(name))


def faults_of_calendar(text: str) -> Iterator[str]:
    """Say where words stand in a calendar file otherwise than as what a session is called, or where it is.

    Line by line, and as a calendar takes it in: words that end their line would be a line of their own.
    """
    if re.search(r"(?<!\r)\n|\r(?!\n)", text):
        yield "a line of a calendar that ends otherwise than in CRLF"
    unfolded = text.replace("\r\n ", "").replace("\r\n\t", "").replace("\r\n", "\n")
    for line in CALENDAR_ZONE.sub("", unfolded).rstrip("\n").split("\n"):
        head, _colon, value = line.partition(":")
        name = head.partition(";")[0]
        if name not in CALENDAR_LINES:
            yield f"a line of a calendar {line[:200]}"
        if MARK.search(line) and (head not in CALENDAR_LINES_WITH_WORDS or not CALENDAR_TEXT.fullmatch(value)):
            yield f"words in a line of a calendar {line[:200]}"
        if name == "URL" and not value.startswith(f"{settings.SITE_URL.rstrip('/')}/"):
            yield f"an address elsewhere in a calendar {line[:200]}"
    for part in Calendar.from_ical(text).walk():
        if part.name not in CALENDAR_PARTS or part.errors:
            yield f"a part of a calendar {part.name} {part.errors}"
        for name, value in part.property_items(recursive=False):
            with_words = part.name == "VEVENT" and name in CALENDAR_LINES_WITH_WORDS
            if MARK.search(f"{name} {getattr(value, 'params', '')}") or (MARK.search(str(value)) and not with_words):
                yield f"words in {name} of a {part.name}"


def faults_of_mail(raw: bytes, *, home: str) -> Iterator[str]:
    """Say what is wrong with a mail: its headers, how many parts it has, and what they hold."""
    mail = email.message_from_bytes(raw, policy=policy.default)
    yield from faults_of_headers(mail.items(), HEADERS_WITH_WORDS)
    names = [name for name, _value in mail.items()]
    yield from (f"a header {name}" for name in names if name not in MAIL_HEADERS)
    yield from (f"a second header {name}" for name in set(names) if names.count(name) > 1)
    if mail.defects:
        yield f"a mail that is broken: {mail.defects}"
    subject = str(mail["Subject"])
    if not subject.isprintable():
        yield f"a subject with what cannot be seen: {subject!r}"
    if mail["To"] is None or len(mail["To"].addresses) != 1:
        yield f"a mail to several: {mail['To']}"
    parts = [part for part in mail.walk() if not part.is_multipart()]
    if [part.get_content_type() for part in parts] not in (["text/plain"], ["text/plain", "text/html"]):
        yield f"a mail in other parts: {[part.get_content_type() for part in parts]}"
    for part in parts:
        text = part.get_content()
        if part.get_content_type() == "text/html":
            yield from (f"in the HTML part: {fault}" for fault in Page(text, home=home).faults)
        else:
            yield from (f"in the text part: {fault}" for fault in map(turned, text.splitlines()) if fault)


def numbers_in(*texts: str | bytes) -> set[int]:
    """Give the numbers of the columns whose words stand in these texts."""
    found = (text.decode(errors="replace") if isinstance(text, bytes) else text for text in texts)
    return {int(number) for text in found for number in MARK.findall(text)}
