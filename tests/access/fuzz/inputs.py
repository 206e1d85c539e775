"""What an address takes, found on its own pages: fields of forms, parameters of links, and what views ask for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings

from tests.house.code import FLOORS

ASKED_FOR = re.compile(r"""GET(?:\.get(?:list)?\(|\[)\s*["'](\w+)["']""")
# What no page of ours asks for: a parameter that is nobody's.
UNKNOWN = ("no_such_parameter", "next", "id", "page")
TYPED = {"input", "textarea", "select", "button"}


@dataclass
class FormOnPage:
    """One form of a page: where it goes, and its fields by name, each with the values that the page offers."""

    method: str
    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    # What a browser would send if nobody touched anything.
    sent: dict[str, list[str]] = field(default_factory=dict)


class Page(HTMLParser):
    """What stands on a page that can be sent back: its forms, and the parameters of its links."""

    def __init__(self, html: str):
        super().__init__()
        self.forms: list[FormOnPage] = []
        self.parameters: dict[str, set[str]] = {}
        self._by_id: dict[str, FormOnPage] = {}
        self._open: FormOnPage | None = None
        self._typing: tuple[FormOnPage, str] | None = None
        self._choosing: tuple[FormOnPage, str] | None = None
        # A form may stand after a button that belongs to it.
        self._loose: list[tuple[str, str, str]] = []
        self.feed(html)
        for of, name, value in self._loose:
            if of in self._by_id:
                self._by_id[of].fields.setdefault(name, []).append(value)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form, a field of one, or a link."""
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = FormOnPage(has.get("method", "get").lower(), has.get("action", ""))
            self.forms.append(self._open)
            self._by_id[has.get("id", "")] = self._open
        elif tag == "option" and self._choosing:
            self._note(*self._choosing, has.get("value", ""), sent="selected" in has)
        elif tag in {"a", "link"}:
            for name, value in parse_qsl(urlsplit(has.get("href", "")).query):
                self.parameters.setdefault(name, set()).add(value)
        elif tag in TYPED and has.get("name"):
            self._field(tag, has)

    def _field(self, tag: str, has: dict[str, str]) -> None:
        name, value = has["name"], has.get("value", "")
        if (of := has.get("form")) is not None and of not in self._by_id:
            self._loose.append((of, name, value))
        elif form := self._by_id.get(of) if of is not None else self._open:
            if tag == "textarea":
                self._typing = (form, name)
            elif tag == "select":
                self._choosing = (form, name)
            kind = has.get("type", "text")
            touched = tag == "input" and (kind not in {"radio", "checkbox", "submit", "file"} or "checked" in has)
            self._note(form, name, value, sent=touched)

    @staticmethod
    def _note(form: FormOnPage, name: str, value: str, *, sent: bool) -> None:
        form.fields.setdefault(name, []).append(value)
        if sent:
            form.sent.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        """Note what stands in a box over several lines."""
        if self._typing:
            form, name = self._typing
            form.sent[name] = ["".join(form.sent.get(name, [])) + data]

    def handle_endtag(self, tag: str) -> None:
        """Note that a form, a box or a choice is over."""
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._typing = None
        elif tag == "select":
            self._choosing = None

    def posted_to(self, path: str) -> Iterator[FormOnPage]:
        """Give the forms that are sent to this address."""
        for form in self.forms:
            if form.method == "post" and urlsplit(form.action).path in {"", path}:
                yield form

    def asked(self) -> dict[str, set[str]]:
        """Give the parameters that the page's links and filters ask with, each with the values that it knows."""
        found = {name: set(values) for name, values in self.parameters.items()}
        for form in self.forms:
            if form.method == "get":
                for name, values in form.fields.items():
                    found.setdefault(name, set()).update(values)
        return found


@cache
def parameters_in_code() -> tuple[str, ...]:
    """Give the parameters that any view of ours asks for, whether a page links to them or not."""
    root = Path(settings.BASE_DIR)
    files = [path for app in (*FLOORS, "learnpartner") for path in (root / app).rglob("*.py")]
    return tuple(sorted({name for path in files for name in ASKED_FOR.findall(path.read_text())} | set(UNKNOWN)))
