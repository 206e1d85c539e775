"""One of two worlds, and asking in it: each page, fragment and form that somebody may come to, their mail, the log."""

import copy
import email
import json
import logging
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email import policy
from html import unescape
from itertools import count
from typing import Any, NamedTuple
from unittest import mock

import time_machine
from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.test import Client
from django.test.client import ClientHandler
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from desk.models import Notice, Outbox
from desk.tasks import deliver_due_mail, send_due_notices
from tests import factories as make
from tests.access.asking import ask, undone
from tests.access.matrix import Row
from tests.access.rows import ROWS
from tests.cast import CAST, Cast
from tests.desk import mailers
from tests.house.code import FLOORS

from .shown import before
from .steps import SHOWN, Chance, Secret, no_chance

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
LINK = re.compile(rb'(?:href|src|action|formaction|hx-get|hx-post)="(/[^"#]*)')
# Words of both halves, of one of them, and of neither.
SEARCHES = (
    "q=words",
    "q=quagga",
    "q=%22everyone+words%22+-quagga",
    "q=afterwards",
    "tag=peers-tag",
    "tag=quagga-tag",
)
# They take no GET, and each opened form has its own.
NOT_FOLLOWED = {"desk:draft-save", "desk:draft-keep"}


class Question(NamedTuple):
    """One request: of a row of the matrix, for its status and its body, or of an address found on the way."""

    method: str
    url: str
    fragment: str = ""
    row: int = -1

    def __str__(self) -> str:
        return f"{self.method} {self.url}{' #' + self.fragment if self.fragment else ''}"


class Answer(NamedTuple):
    """All that somebody gets, and what the log says of it."""

    status: int
    headers: tuple
    cookies: str
    body: bytes
    log: tuple


class World:
    """A stage on which steps were played, at a moment that stands still."""

    def __init__(self, cast: Cast, chance: Chance, clock: Any, start: datetime, *, other: bool):
        self.cast, self.chance, self.clock, self.other = cast, chance, clock, other
        self.start, self.now = start, start + timedelta(minutes=20)
        # The ids of all rows, before and after the hidden steps.
        self.had: dict[str, list[str]] = {}
        self.has: dict[str, list[str]] = {}
        self._sessions: dict[str, str] = {}
        # The middleware is put together once, and not anew for each browser.
        self._handler = ClientHandler(enforce_csrf_checks=False)

    def play(self, steps: Iterable[Secret], *, after: timedelta) -> None:
        """Play steps as they go in this world, each at its own second."""
        for at, step in enumerate(steps):
            self.clock.move_to(self.start + after + timedelta(seconds=at))
            self.chance.begin(step.name)
            play = step.there if self.other else step.here
            if play:
                play(self.cast)

    def show(self, steps: Iterable) -> None:
        """Play what is shown. Whoever has no name gets a number that does not depend on who came before."""
        self.clock.move_to(self.start + timedelta(minutes=10))
        for at, (name, play) in enumerate(steps):
            make._number = count(100_000 + 100 * at)
            self.chance.begin(name)
            play(self.cast)
        # The forms of the matrix stand on the versions that there are now.
        for thing in (*vars(self.cast).values(), *self.cast.more.values()):
            if isinstance(thing, Model) and hasattr(thing, "version"):
                thing.refresh_from_db()

    @contextmanager
    def as_for(self, name: str, steps: Iterable[Secret]) -> Iterator[None]:
        """Add for a while what this one of the cast may not know of, though others may."""
        cast, self.cast = self.cast, copy.deepcopy(self.cast)
        with undone():
            self.play([step for step in steps if name not in step.known_to], after=timedelta(minutes=15))
            self.clock.move_to(self.now)
            yield
        self.cast = cast
        self._sessions.clear()

    def browser_of(self, name: str, person: Any = None) -> Client:
        """Give a fresh browser in which somebody is signed in, since a moment ago."""
        person = person or self.cast[name]
        client = self._browser()
        if person.is_authenticated:
            if name not in self._sessions:
                self.chance.begin(f"session of {name}")
                client.force_login(person)
                client.get("/healthz")
                self._sessions[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
                client = self._browser()
            client.cookies[settings.SESSION_COOKIE_NAME] = self._sessions[name]
        elif name == "guest":
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cast["guest_browser"]
        return client

    def _browser(self) -> Client:
        client = Client()
        client.handler = self._handler
        return client

    def ask(self, name: str, question: Question) -> Answer:
        """Send one request; what a form changes is taken back."""
        browser = self.browser_of(name)
        row = ROWS[question.row] if question.row >= 0 else None
        body = row.body(self.cast) if row and row.body and question.method == "POST" else None
        self.chance.begin(f"{name} {question}")
        with logged() as lines:
            if question.method == "POST":
                with undone():
                    response = ask(browser, "POST", question.url, fragment=question.fragment, body=body)
            else:
                response = ask(browser, question.method, question.url, fragment=question.fragment)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        headers = tuple(sorted(response.headers.items()))
        return Answer(response.status_code, headers, response.cookies.output(), content, tuple(lines))

    def mails_to(self, person: Any) -> list[tuple]:
        """Give what goes out to somebody within the next hours and the next morning, as they get it.

        What goes to the others is left out, since it takes its time.
        """
        Notice.objects.exclude(person=person).delete()
        Outbox.objects.exclude(recipients=[person.email]).delete()
        mailers.taken.clear()
        morning = (self.now + timedelta(days=1)).replace(hour=8)
        for moment in (self.now + timedelta(hours=1), morning):
            self.clock.move_to(moment)
            send_due_notices.call()
            deliver_due_mail.call()
        self.clock.move_to(self.now)
        sent = (email.message_from_bytes(raw, policy=policy.default) for raw in mailers.taken)
        return sorted(plain_mail(mail) for mail in sent)


def plain_mail(mail: Any) -> tuple:
    """Give all that one mail may differ in from another, but for its own number and what divides its parts."""
    headers = [(name, value) for name, value in mail.items() if name not in {"Message-ID", "Content-Type"}]
    return tuple(headers), tuple(part.get_content() for part in mail.walk() if not part.is_multipart())


@contextmanager
def logged() -> Iterator[list[str]]:
    """Collect what the log says, in the form in which it is written, but for the number of the request."""
    lines: list[str] = []
    root, django = logging.getLogger(), logging.getLogger("django")
    formatter = logging.getHandlerByName("console").formatter

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            line = json.loads(formatter.format(record))
            line.pop("request_id", None)
            lines.append(json.dumps(line, sort_keys=True))

    level = root.level
    with mock.patch.object(root, "handlers", [Collect()]), mock.patch.object(django, "handlers", root.handlers):
        root.setLevel(logging.INFO)
        try:
            yield lines
        finally:
            root.setLevel(level)


@contextmanager
def world(
    base: Cast, steps: Iterable[Secret], *, other: bool, start: datetime, shown: Iterable = SHOWN
) -> Iterator[World]:
    """Play the steps as they go in the one world or the other, then what is shown in both; take it all back."""
    with (
        undone(),
        no_chance() as chance,
        time_machine.travel(start, tick=False) as clock,
        mock.patch.object(make, "_number", count(1_000)),
    ):
        made = World(copy.deepcopy(base), chance, clock, start, other=other)
        chance.begin("before")
        before(made.cast)
        made.had = ids()
        made.play(steps, after=timedelta(minutes=1))
        made.has = ids()
        made.show(shown)
        clock.move_to(made.now)
        yield made


def ids() -> dict[str, list[str]]:
    """Give what addresses call the rows of our own tables, by the name of the table."""
    found = {}
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields} & {"public_id", "slug", "key"}
        if model._meta.app_label in FLOORS and names and model._meta.pk.name == "id":
            field = "slug" if "slug" in names else "key" if names == {"key"} else "public_id"
            found[model._meta.label] = list(model._base_manager.order_by("-pk").values_list(field, flat=True))
    return found


def addresses_of_hidden(made: World) -> list[str]:
    """Give the addresses of hidden things: each of the matrix, with something hidden of the same sort in its place."""
    hidden = {label: [one for one in now if one not in made.had[label]] for label, now in made.has.items()}
    sort = {one: label for label, values in made.has.items() for one in values}
    found = {}
    for row in ROWS:
        args = row.args(made.cast)
        for at, arg in enumerate(args):
            for one in hidden.get(sort.get(arg, ""), [])[:2]:
                try:
                    found[reverse(row.name, args=[*args[:at], one, *args[at + 1 :]])] = True
                except NoReverseMatch:
                    continue
    return list(found)


def own_address(url: str) -> str:
    """Return the name of one of our own pages; empty for everything else."""
    try:
        match = resolve(url.partition("?")[0])
    except Resolver404:
        return ""
    return match.view_name if match.namespace in FLOORS and match.view_name not in NOT_FOLLOWED else ""


def links_on(body: bytes) -> list[str]:
    """Give the addresses of our own pages, files and forms that an answer leads to."""
    found = dict.fromkeys(unescape(link.decode()) for link in LINK.findall(body))
    return [url for url in found if own_address(url)]


def questions_of_rows(name: str, cast: Cast) -> list[Question]:
    """Give what somebody asks by the matrix: what gathers things, and of the rest a share that leaves out no address.

    That what they may not get is as what is not there, the matrix itself shows; a share of it stays, since what is
    hidden must not change even that. The long profile asks all of it.
    """
    found = []
    for number, row in enumerate(ROWS):
        url = reverse(row.name, args=row.args(cast)) + row.query(cast)
        if row.takes_get and (
            is_turn(name, row.readers, number, hub=is_hub(row)) or (number + CAST.index(name)) % 40 == 0 or LONG
        ):
            found += [Question("GET", url, fragment, number) for fragment in ("", *row.fragments)]
        if row.body and (LONG or is_turn(name, row.who_posts, number)):
            found.append(Question("POST", url, "", number))
    return found


def is_hub(row: Row) -> bool:
    """Say whether the page gathers what many have written or done: such a one is asked for by all who get it."""
    pages = (":home", "-list", ":notebook", ":landscape", ":stream", ":search", ":timeline", "partnership-detail")
    return row.name.endswith(pages)


def is_turn(name: str, among: frozenset[str], number: int, *, hub: bool = False) -> bool:
    """Say whether it is somebody's turn to ask: in the long profile, and for a hub, all have it; otherwise one has."""
    if LONG or hub or name not in among:
        return name in among
    return sorted(among)[number % len(among)] == name
