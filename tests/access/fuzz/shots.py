"""One request, and what is wrong with what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from time import perf_counter
from urllib.parse import quote_from_bytes

from django.http import HttpResponse
from django.urls import reverse

from tests.access.asking import Browsers, undone, watched
from tests.access.matrix import EVERYBODY, Row
from tests.cast import Cast

from .hostile import Ids
from .inputs import Page, parameters_in_code
from .rows import Rows, others_changed

# Served, led on, refused; 206 and 416 for a part of a file, 410 for an invitation that is over.
ALLOWED = {200, 204, 206, 301, 302, 400, 403, 404, 405, 409, 410, 413, 416, 422, 429}
LONGEST = 2.0
# A slow moment of the machine is told from a slow page by asking again.
TRIES = 3
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=BOUNDARY"
Fields = tuple[tuple[str, bytes], ...]
# Whose owner acts by a secret that was sent to them, or who is not told apart by partnership: what it may change.
BY_TOKEN = {"partnerships:invitation-accept", "partnerships:invitation-decline"}
BY_ORDER = {"records:order-new", "records:order-lift"}
FOR_ANOTHER = {"partnerships:unsubscribe"}
# A guest writes where the address of a session leads; its host reveals what others wrote, and takes their photos off.
AS_GUEST = {"convening:guest-join", "convening:guest-write", "convening:guest-note"}
AS_HOST = {"convening:writing-reveal": "another's words", "convening:photo-remove": "another's file"}
# What belongs to a space is changed by whoever is in it (decisions 21, 23 and 25).
OF_A_SPACE = (
    "cycles:cycle-edit",
    "cycles:activity-edit",
    "cycles:experiment-step",
    "conversing:tension-edit",
    "curating:object-edit",
    "landscape:pattern-edit",
)
AS_GROUP = dict.fromkeys(OF_A_SPACE, "another's words")


def encoded(fields: Fields) -> bytes:
    """Give the fields as a browser sends a form, or a query; any bytes can stand in them."""
    pairs = [f"{quote_from_bytes(name.encode())}={quote_from_bytes(value)}" for name, value in fields]
    return "&".join(pairs).encode()


def in_parts(fields: Fields, file: tuple[str, bytes] | None = None) -> bytes:
    """Give the fields as a browser sends a form with files."""
    parts = [
        b'--BOUNDARY\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value)
        for name, value in fields
    ]
    if file:
        about = b'--BOUNDARY\r\nContent-Disposition: form-data; name="%s"; filename="x.jpg"\r\n' % file[0].encode()
        parts.append(about + b"Content-Type: image/jpeg\r\n\r\n" + file[1] + b"\r\n")
    return b"".join(parts) + b"--BOUNDARY--\r\n"


@dataclass(frozen=True)
class Shot:
    """One request of somebody's."""

    name: str
    who: str
    path: str
    query: Fields = ()
    body: Fields | None = None
    # Sent as it is, in place of the fields.
    raw: bytes | None = None
    content_type: str = FORM
    headers: tuple[tuple[str, str], ...] = ()
    # A file that comes along, under the name of its field.
    file: tuple[str, bytes] | None = None

    def __str__(self) -> str:
        """Say it so short that it can be read, and so long that it can be sent again."""
        sent = {name: value for name, value in self.body or ()}
        words = f"{self.name}: {self.who} {'GET' if self.body is None else 'POST'} {self.path[:120]!r}"
        return f"{words} ?{cut(dict(self.query))} {cut(sent)} {cut(self.raw or b'')} {self.content_type} {self.headers}"


def cut(thing: object) -> str:
    """Give the beginning of what it looks like."""
    if isinstance(thing, dict):
        return "{" + ", ".join(f"{name[:60]}: {cut(value)}" for name, value in thing.items()) + "}"
    return repr(thing)[:70] if thing else ""


def why(response: HttpResponse) -> str:
    """Give what was raised, where something was."""
    kind, error, _trace = getattr(response, "exc_info", None) or (None, None, None)
    return f"{kind.__name__}: {str(error)[:300]}" if kind else ""


@dataclass
class Range:
    """Where shots are fired: the cast and their browsers, and what the database holds before each."""

    cast: Cast
    browsers: Browsers
    before: Rows = field(default_factory=Rows)
    fired: int = 0
    slowest: float = 0
    status: int = 0

    def __post_init__(self) -> None:
        self.ids = Ids(self.before)

    def person(self, who: str) -> int | None:
        """Give the primary key of one of the cast."""
        return self.cast[who].pk

    def mine(self, who: str) -> frozenset[int]:
        """Give the partnerships that one of the cast is in."""
        return self.before.partnerships_of(self.person(who))

    def send(self, shot: Shot) -> HttpResponse:
        """Send the request as it is."""
        browser = self.browsers.of(shot.who, raise_request_exception=False)
        query = encoded(shot.query).decode()
        extra = {"headers": dict(shot.headers), "query_params": None, "QUERY_STRING": query}
        if shot.body is None and shot.raw is None:
            return browser.generic("GET", shot.path, **extra)
        data, content_type = encoded(shot.body or ()), shot.content_type
        if shot.raw is not None:
            data = shot.raw
        elif shot.file:
            data, content_type = in_parts(shot.body or (), shot.file), MULTIPART
        return browser.generic("POST", shot.path, data, content_type=content_type, **extra)

    def fire(self, shot: Shot) -> list[str]:
        """Send the request, take back what it did, and say what was wrong with it."""
        faults: list[str] = []
        took = LONGEST + 1
        for _try in range(TRIES):
            if took <= LONGEST:
                break
            self.fired += 1
            with undone(), watched() as written:
                began = perf_counter()
                response = self.send(shot)
                took = min(took, perf_counter() - began)
                self.status = response.status_code
                if response.status_code not in ALLOWED:
                    return [f"{shot}: {response.status_code} {why(response)}"]
                if written:
                    faults = self.changed(shot)
        self.slowest = max(self.slowest, took)
        if took > LONGEST:
            faults.append(f"took {took:.2f} s")
        return [f"{shot}: {response.status_code} {fault}" for fault in dict.fromkeys(faults)]

    def changed(self, shot: Shot) -> list[str]:
        """Say what the request has changed of others'."""
        if shot.name in FOR_ANOTHER or (shot.name in BY_ORDER and shot.who == "site_admin"):
            return []
        invited = self.cast.partnership.pk if shot.name in BY_TOKEN | AS_GUEST else 0
        faults = others_changed(self.before, Rows(), person=self.person(shot.who), allowed=frozenset({invited}))
        by_right = (AS_HOST | AS_GROUP).get(shot.name)
        return [fault for fault in faults if by_right is None or not fault.endswith(by_right)]


@dataclass(frozen=True)
class Target:
    """What one row of the matrix takes, when it is right: the address in pieces, the query and the body."""

    row: Row
    args: tuple[str, ...]
    who: str
    query: Fields
    body: Fields | None
    # What else its pages know of: fields of forms and parameters, each with the values that are offered.
    offered: dict[str, tuple[str, ...]]
    asked: dict[str, tuple[str, ...]]
    file: tuple[str, bytes] | None

    @property
    def path(self) -> str:
        """Give the right address."""
        return reverse(self.row.name, args=self.args)

    def path_with(self, at: int, value: bytes) -> str:
        """Give the address with something else in one of its place-holders."""
        pieces = self.path.split("/")
        # The first word of a record's address is that of its kind, which the row names by its key.
        found = [number for number, piece in enumerate(pieces) if piece == self.args[at]] or [1]
        pieces[found[0]] = quote_from_bytes(value, safe="")
        return "/".join(pieces)

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Give the fields of its form, each with the right value and those that the page offers."""
        right = {name: value.decode(errors="replace") for name, value in self.body or ()}
        names = dict.fromkeys((*right, *self.offered))
        return {name: (right.get(name, ""), *self.offered.get(name, ())) for name in names}

    def shot(self, *, who: str = "", posts: bool | None = None) -> Shot:
        """Give the right request."""
        posts = self.body is not None if posts is None else posts
        return Shot(self.row.name, who or self.who, self.path, self.query, self.body if posts else None, file=self.file)


def target_of(row: Row, field_of_fire: Range) -> Target:
    """Find what an address takes: by the row, by its page's forms, and by the links and filters on it."""
    cast = field_of_fire.cast
    who = sorted((row.who_posts & row.readers) or row.who_posts | row.readers or EVERYBODY)[0]
    args = tuple(row.args(cast))
    query = tuple(pair for pair in _pairs(row.query(cast)))
    shot = Shot(row.name, who, reverse(row.name, args=args), query)
    offered: dict[str, tuple[str, ...]] = {}
    asked: dict[str, set[str]] = {name: set() for name in parameters_in_code()}
    body: dict[str, list[bytes]] = {}
    if row.takes_get:
        with undone():
            response = field_of_fire.send(shot)
        page = Page(response.content.decode(errors="replace") if not response.streaming else "")
        for form in page.posted_to(shot.path):
            for name, values in form.fields.items():
                offered[name] = tuple(dict.fromkeys((*offered.get(name, ()), *values)))
            body |= {name: [value.encode() for value in values] for name, values in form.sent.items()}
        for name, values in page.asked().items():
            asked.setdefault(name, set()).update(values)
    file = None
    for name, value in (row.body(cast) if row.body else {}).items():
        if hasattr(value, "read"):
            file = (name, value.read())
        else:
            body[name] = [str(value).encode()]
    fields = tuple((name, value) for name, values in body.items() for value in values)
    known = {name: tuple(sorted(values)) for name, values in asked.items()}
    return Target(row, args, who, query, fields if row.body or offered else None, offered, known, file)


def _pairs(query: str) -> Iterator[tuple[str, bytes]]:
    for part in filter(None, query.removeprefix("?").split("&")):
        name, _, value = part.partition("=")
        yield name, value.encode()


def with_field(fields: Fields, name: str, *values: bytes) -> Fields:
    """Give the fields with others under that name: one, several, or none."""
    kept = tuple((other, value) for other, value in fields if other != name)
    return (*kept, *((name, value) for value in values))


def with_all(shot: Shot, **changes: object) -> Shot:
    """Give the same request with something else in it."""
    return replace(shot, **changes)  # type: ignore[arg-type]
