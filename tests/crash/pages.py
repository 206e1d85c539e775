"""A browser without a window, for whoever writes while the server is killed: it opens a form, fills it in, sends it.

Needs nothing but Python, since it also runs in processes of its own (`writer.py`).
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode

# Longer than a writer waits for the others on SQLite.
PATIENCE_SECONDS = 40


class NoAnswer(Exception):
    """The server was killed before it answered, or is not there."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    location: str
    body: str


class Browser:
    """Somebody's browser, signed in by a cookie. Each request has a connection of its own."""

    def __init__(self, port: int, cookies: dict[str, str]):
        self.port = port
        self.cookies = dict(cookies)

    def ask(self, method: str, address: str, fields: list[tuple[str, str]] | None = None, **headers: str) -> Answer:
        """Send one request. Raises NoAnswer where none comes back whole."""
        sent = {"Host": "localhost", "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if fields is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request(method, address, urlencode(fields or []) if fields is not None else None, sent | headers)
            response = connection.getresponse()
            body = response.read().decode()
        except (OSError, HTTPException) as error:
            raise NoAnswer(type(error).__name__) from error
        finally:
            connection.close()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, given = value.partition(";")[0].partition("=")
                self.cookies[cookie] = given
        return Answer(response.status, response.getheader("Location") or "", body)


@dataclass
class Form:
    """A form as it was opened: where it goes, where its draft goes, and what a browser would send of it."""

    action: str
    autosave: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)

    def with_words(self, **words: Any) -> list[tuple[str, str]]:
        """Give what is sent once these boxes are filled in."""
        others = [(name, value) for name, value in self.fields if name not in words]
        return others + [(name, str(value)) for name, value in words.items()]

    def value_of(self, name: str) -> str:
        """Give what one field holds."""
        return dict(self.fields)[name]


class _Reader(HTMLParser):
    """Finds one form by its id, or the one that goes to an address, and what its fields hold."""

    def __init__(self, of: str) -> None:
        super().__init__()
        self.of = of
        self.form: Form | None = None
        self._inside = False
        self._box = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form" and self.form is None and self.of in (has.get("id"), has.get("action")):
            self.form = Form(action=has.get("action", ""), autosave=has.get("data-autosave", ""))
            self._inside = True
        if not self._inside or self.form is None or not has.get("name"):
            return
        if tag == "textarea":
            self._box = has["name"]
            self.form.fields.append((self._box, ""))
        elif tag == "input" and has.get("type") in ("radio", "checkbox"):
            if "checked" in dict(attrs):
                self.form.fields.append((has["name"], has.get("value", "on")))
        elif tag == "input" and has.get("type") not in ("file", "submit"):
            self.form.fields.append((has["name"], has.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._box and self.form:
            name, value = self.form.fields.pop()
            # A browser leaves the first line break out, and sends two characters for each of the others.
            words = value + data
            self.form.fields.append((name, words.removeprefix("\n") if not value else words))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._box = ""
        if tag == "form":
            self._inside = False


def form_on(page: str, *, of: str, at: str = "") -> Form | None:
    """Give the form of that id, or that goes to that address, as a browser reads it."""
    reader = _Reader(of)
    reader.feed(page)
    if reader.form and not reader.form.action:
        reader.form.action = at
    return reader.form
