"""Asking in the infested world: pages, parts of them, forms, mails, exports; and what is wrong with each."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from zipfile import ZipFile

from django.conf import settings
from django.core.files.storage import storages
from django.http import HttpResponse
from django.urls import reverse

from accounts.my_data import tasks
from accounts.my_data.actions import ask_for_export
from desk.models import Outbox
from tests.access.asking import undone
from tests.access.matrix import Row, id_of, key_of, slug_of
from tests.access.rows import ROWS
from tests.access.rows_looking_again import LOOKED, SUPERVISED
from tests.access.worlds.crawl import Answer, Question, World, is_hub, links_on, logged, own_address
from tests.desk import mailers

from . import reading, typed
from .reading import Page, numbers_in

# Hubs gather what many have written: they are asked for by these.
AT_HUBS = ("practitioner", "steward", "orgadmin")
# Of each address, so many of the things that it is about.
AT_MOST = 3
# Each of these is another page with each thing: all are asked for.
OF_MANY_KINDS = {"convening:session-detail"}
# What tells nothing that anybody wrote.
WITHOUT_WORDS = {"convening:calendar-feed"}
# What the hidden half has done already, so that it is not right any more.
NOT_NOW = {"partnerships:space-ask power_line"}
CONCERN = {"has_concern": "yes", "concern": "There is one.", "followed_up": "We rang them."}
CONCERN |= {"followed_up_on_day": "2", "followed_up_on_month": "2", "followed_up_on_year": "2026"}
OWN_TASK = {"new_task": "The van", "new_who": "members", "new_line": "On Mondays."}
# Forms whose boxes are others at another place.
MORE = [
    Row(
        "partnerships:agreement-edit",
        "supervision",
        slug_of("supervision"),
        frozenset({"supervisor"}),
        body=lambda cast: {"text": "new lines", "safety": "Ring somebody.", "version": "", **key_of("supervising")},
    ),
    # New words count where it is changed, what was done about a concern where there is one, a line where who is said.
    Row(
        "convening:intention-review",
        "changed",
        lambda cast: (cast["looking_session"].public_id, cast["looked_intention"].public_id),
        frozenset({"expert"}),
        body=lambda cast: LOOKED | {"verdict": "change", "new_words": "Other", "version": 1} | key_of("changed"),
    ),
    Row(
        "convening:supervision-note",
        "a concern",
        id_of("supervision_session"),
        frozenset({"supervisor"}),
        body=lambda cast: SUPERVISED | CONCERN | {"version": 2} | key_of("concern"),
    ),
    Row(
        "convening:task-edit",
        "one of their own",
        id_of("looking_session"),
        frozenset({"expert"}),
        body=lambda cast: OWN_TASK | {"version": 1} | key_of("own-task"),
    ),
]
EXPORTED = {"index.html", "words.txt", "data.json", "schema.json", "style.css"}
# Addresses whose form has other boxes for each thing that they are about: each of those is sent.
OTHER_BOXES = {"cycles:experiment-step"}


@dataclass
class Found:
    """What is wrong, where; the columns whose words were seen; the boxes that were typed into; the addresses asked."""

    faults: list[str] = field(default_factory=list)
    numbers: set[int] = field(default_factory=set)
    boxes: set[tuple[str, str]] = field(default_factory=set)
    # Those whose payloads a form took.
    taken: set[tuple[str, str]] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    def note(self, where: str, faults: Iterator[str] | list[str]) -> None:
        """Keep what is wrong, with where."""
        self.faults += [f"{where}: {fault}" for fault in faults]

    def look(self, where: str, answer: Answer, *, turns: bool = True) -> None:
        """Look through an answer; without `turns`, marks of direction may stand open on it."""
        self.numbers |= numbers_in(answer.body)
        self.note(where, reading.faults_of_answer(answer, turns=turns))
        if answer.status >= 500:
            self.faults.append(f"{where}: {answer.status}")

    def look_at_mails(self, where: str, mails: list[bytes]) -> None:
        """Look through mails as they go out."""
        for raw in mails:
            self.numbers |= numbers_in(str(reading.email.message_from_bytes(raw, policy=reading.policy.default)))
            self.note(f"{where}, mail", reading.faults_of_mail(raw, home=settings.SITE_URL))


def answer_of(response: HttpResponse, lines: list[str]) -> Answer:
    """Give a response in the form in which answers are looked through."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return Answer(
        response.status_code, tuple(response.headers.items()), response.cookies.output(), content, tuple(lines)
    )


def last_mail() -> int:
    """Give the number of the last mail that was written."""
    return Outbox.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def mails_since(last: int) -> list[bytes]:
    """Give the mails that were written after that one, as they go out."""
    return [bytes(message) for message in Outbox.objects.filter(pk__gt=last).values_list("message", flat=True)]


def questions(there: World) -> Iterator[tuple[str, Question]]:
    """Give each address of the matrix with who gets it, page and parts; what gathers things with several people."""
    asked: Counter[str] = Counter()
    for number, row in enumerate(ROWS):
        is_enough = asked[row.name] == AT_MOST and row.name not in OF_MANY_KINDS
        if not row.takes_get or not row.readers or is_enough:
            continue
        asked[row.name] += 1
        one = sorted(row.readers)[number % len(row.readers)]
        names = {one, *(name for name in AT_HUBS if name in row.readers)} if is_hub(row) else {one}
        url = reverse(row.name, args=row.args(there.cast)) + row.query(there.cast)
        for name in sorted(names):
            yield from ((name, Question("GET", url, fragment, number)) for fragment in ("", *row.fragments))


def pages(there: World, found: Found) -> None:
    """Ask for every page and part, and send each form on it that only asks, with payloads in its boxes."""
    sent: set[str] = set()
    for name, question in questions(there):
        answer = there.ask(name, question)
        row = ROWS[question.row]
        found.names.add(row.name)
        if answer.status != row.get:
            found.faults.append(f"{name} {question}: {answer.status}, and not {row.get}")
        found.look(f"{name} {question}", answer)
        if row.name in WITHOUT_WORDS:
            found.note(f"{name} {question}", faults_of_words(answer))
        if row.name not in sent and not question.fragment and b'method="get"' in answer.body:
            sent.add(row.name)
            for action, asked in typed.Boxes(answer.body.decode()).filled("get", 900):
                url = f"{action.partition('?')[0] or question.url.partition('?')[0]}?{urlencode(asked, doseq=True)}"
                for fragment in ("", *row.fragments):
                    with typed.asked_forms() as forms:
                        found.look(f"{name} GET {url}", there.ask(name, Question("GET", url, fragment)))
                    found.boxes |= {(form, box) for form, box, _field in typed.boxes_of(forms).values()}


def faults_of_words(answer: Answer) -> Iterator[str]:
    """Say that there are words where none may be; or nothing that could have held any."""
    if numbers := numbers_in(answer.body):
        yield f"words of the columns {sorted(numbers)}"
    if b"BEGIN:VEVENT" not in answer.body:
        yield "nothing in it, so that it proves nothing"


def follow(there: World, found: Found, name: str) -> None:
    """Go from home, and from some notes, to wherever links lead, as somebody who has written everything."""
    waiting = [reverse("home:home"), *there.cast["looked_at"]]
    for url in waiting:
        answer = there.ask(name, Question("GET", url))
        found.look(f"{name} GET {url}", answer)
        known = {own_address(url) for url in waiting}
        waiting += [link for link in links_on(answer.body) if own_address(link) not in known and "?" not in link]


def posts(there: World, found: Found) -> None:
    """Send every form of the matrix: right, then with payloads in every box, then with what no box takes."""
    asked: Counter[str] = Counter()
    for number, row in enumerate([*MORE, *ROWS], 100):
        address = str(row) if row.name in OTHER_BOXES else row.name
        if not row.body or not row.who_posts or row.posted not in {200, 302} or asked[address] == 2:
            continue
        asked[address] += 1
        name = "anonymous" if "anonymous" in row.who_posts else sorted(row.who_posts)[number % len(row.who_posts)]
        where = f"{name} POST {row}"
        with typed.asked_forms() as forms:
            response = sent(there, found, where, row, name, {})
        if response.status_code != row.posted and str(row) not in NOT_NOW:
            found.faults.append(f"{where}: {response.status_code}, and not {row.posted}")
        boxes = typed.boxes_of(forms)
        names = {(form, box) for form, box, _field in boxes.values()}
        if not names - found.taken:
            continue
        found.boxes |= names
        refused = {
            name: value
            for box, (*_form, of) in boxes.items()
            for name, value in typed.refused_in(box, of, number).items()
        }
        if refused:
            sent(there, found, f"{where} refused", row, name, refused)
        found.taken |= taken(there, found, where, row, name, boxes, number)


def taken(
    there: World, found: Found, where: str, row: Row, name: str, boxes: dict[str, typed.Box], number: int
) -> set[tuple[str, str]]:
    """Send a form with payloads in all its boxes; what it refuses is left out, once. Give the boxes that it took."""
    for _try in range(2):
        filled = {
            key: value for box, (*_form, of) in boxes.items() for key, value in typed.sent_in(box, of, number).items()
        }
        if not filled:
            break
        with typed.asked_forms() as forms:
            response = sent(there, found, f"{where} filled", row, name, filled)
        if response.status_code < 400:
            return {(form, box) for form, box, _field in boxes.values()}
        wrong = {form.add_prefix(box) for form in forms for box in form.errors}
        boxes = {box: about for box, about in boxes.items() if box not in wrong}
    return set()


def sent(there: World, found: Found, where: str, row: Row, name: str, filled: dict[str, Any]) -> HttpResponse:
    """Send a form, look at the answer, where it leads, and the mails; take back what it did."""
    url = reverse(row.name, args=row.args(there.cast)) + row.query(there.cast)
    browser = there.browser_of(name)
    with undone(), logged() as lines:
        last = last_mail()
        response = browser.post(url, row.body(there.cast) | filled)
        # What is refused is read by who has just typed it, and turns round nobody else's words.
        found.look(where, answer_of(response, lines), turns=response.status_code < 400)
        location = response.headers.get("Location", "")
        if filled and location.startswith("/"):
            found.look(f"{where}, then {location}", answer_of(browser.get(location), lines))
        found.look_at_mails(where, mails_since(last))
    return response


def mails(there: World, found: Found, names: list[str]) -> None:
    """Have all mails go that are due to these people, as they get them."""
    for name in names:
        with undone():
            there.mails_to(there.cast[name])
            found.look_at_mails(f"to {name}", list(mailers.taken))


def export(there: World, found: Found, name: str) -> dict[str, bytes]:
    """Have somebody's export made, look through its files, and give them."""
    with undone():
        last = last_mail()
        asked = ask_for_export(by=there.cast[name])
        tasks.make_due_exports.call()
        asked.refresh_from_db()
        with storages["default"].open(asked.name) as file, ZipFile(BytesIO(file.read())) as archive:
            files = {entry: archive.read(entry) for entry in archive.namelist()}
        storages["default"].delete(asked.name)
        found.look_at_mails(f"export of {name}", mails_since(last))
    found.note(f"export of {name}", faults_of_export(files))
    found.numbers |= numbers_in(*(files[entry] for entry in EXPORTED))
    return files


def faults_of_export(files: dict[str, bytes]) -> Iterator[str]:
    """Say what is wrong with the files of an export."""
    page = Page(files["index.html"].decode())
    # It opens from a folder, where another host would be told who reads it.
    yield from (f"index.html: {fault}" for fault in page.faults)
    for entry in ("data.json", "schema.json"):
        yield from (f"{entry}: {fault}" for fault in reading.faults_of_json(files[entry].decode()))
    lines = files["words.txt"].decode().splitlines()
    yield from (f"words.txt: {fault}" for fault in map(reading.turned, lines) if fault)
    for entry in files:
        if reading.MARK.search(entry) or entry.startswith("/") or ".." in entry or entry.endswith((".csv", ".tsv")):
            yield f"a file called {entry}"
    if numbers_in(files["style.css"], files["schema.json"]):
        yield "words in what is the same for everybody"
