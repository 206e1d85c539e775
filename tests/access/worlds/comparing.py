"""The comparison of two worlds, as one of the cast sees them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

from django.urls import reverse
from django.utils import timezone

from tests.access.rows import ROWS
from tests.cast import CAST, NOT_SIGNED_IN, Cast

from .crawl import (
    LONG,
    SEARCHES,
    Answer,
    Question,
    World,
    addresses_of_hidden,
    links_on,
    own_address,
    questions_of_rows,
    world,
)
from .releases import releases_for
from .steps import HIDDEN, SHOWN, SWAPPED, Secret


@dataclass(frozen=True)
class Difference:
    """Where two worlds part for somebody."""

    name: str
    where: str
    words: str

    def __str__(self) -> str:
        return f"{self.name}: {self.where}: {self.words}"


@dataclass
class Seen:
    """What one of the cast gets in one of the worlds."""

    answers: dict[Question, Answer]
    mails: list[tuple]


def questions_of(name: str, there: World, hidden: Sequence[str]) -> list[Question]:
    """Give what somebody asks before they follow links."""
    searches = [Question("GET", f"{reverse('records:search')}?{query}") for query in SEARCHES]
    turn = [url for at, url in enumerate(hidden) if LONG or (at + CAST.index(name)) % 20 == 0]
    return [*questions_of_rows(name, there.cast), *searches, *(Question("GET", url) for url in turn)]


def crawl(there: World, name: str, questions: Iterable[Question], *, follow: bool = True) -> dict[Question, Answer]:
    """Ask all that, and of what the answers lead to all in the long profile, and a share in a short one."""
    answers: dict[Question, Answer] = {}
    waiting = list(questions)
    known = {question.url for question in waiting}
    for question in waiting:
        if question in answers:
            continue
        answers[question] = answer = there.ask(name, question)
        if not follow or question.method != "GET":
            continue
        for url in links_on(answer.body):
            if url in known:
                continue
            known.add(url)
            if LONG or (crc32(url.encode()) + CAST.index(name)) % 10 == 0:
                waiting.append(Question("GET", url))
    return answers


def differences(
    base: Cast,
    names: Collection[str],
    steps: Collection[Secret] = (),
    *,
    asked: Collection[Question] | None = None,
    with_mail: bool = True,
    shown: Iterable = SHOWN,
) -> tuple[list[Difference], dict[str, Seen]]:
    """Give where the two worlds part for these of the cast, and what they get in the other world.

    Without `asked` everything is crawled; with it, that is asked and nothing else.
    """
    steps = steps or [*HIDDEN, *SWAPPED]
    of_nobody = [step for step in steps if not step.known_to]
    of_some = [step for step in steps if step.known_to]
    start = timezone.now().replace(microsecond=0)
    there: dict[str, Seen] = {}
    with world(base, of_nobody, other=True, start=start, shown=shown) as other:
        hidden = addresses_of_hidden(other) if asked is None else []
        for name in names:
            with other.as_for(name, of_some):
                questions = questions_of(name, other, hidden) if asked is None else asked
                answers = crawl(other, name, questions, follow=asked is None)
                there[name] = Seen(answers, mails(other, name) if with_mail else [])
    found: list[Difference] = []
    with world(base, of_nobody, other=False, start=start, shown=shown) as one:
        for name in names:
            with one.as_for(name, of_some):
                found += compared(one, name, there[name], with_mail=with_mail)
    return found, there


def mails(there: World, name: str) -> list[tuple]:
    """Give what goes out to one of the cast; nothing to who is nobody."""
    return [] if name in NOT_SIGNED_IN else there.mails_to(there.cast[name])


def compared(one: World, name: str, there: Seen, *, with_mail: bool) -> list[Difference]:
    """Ask the same in this world, and give where the answers part."""
    found = []
    for question, answer in there.answers.items():
        page = own_address(question.url)
        here, other = without_released(one.ask(name, question), name, page), without_released(answer, name, page)
        if here != other:
            found.append(Difference(name, str(question), how(here, other)))
    here_mails = mails(one, name) if with_mail else []
    if here_mails != there.mails:
        found.append(Difference(name, "mail", apart(repr(here_mails), repr(there.mails))))
    return found


def without_released(answer: Answer, name: str, page: str) -> Answer:
    """Leave out of an answer what it may tell this one of the cast, and with that its length."""
    releases = releases_for(name, page)
    if not releases:
        return answer
    body = answer.body
    for release in releases:
        body = release.what.sub(b"", body)
    headers = tuple((key, value) for key, value in answer.headers if key != "Content-Length")
    return answer._replace(body=body, headers=headers)


def how(one: Answer, other: Answer) -> str:
    """Say where two answers part, in a few words: first what people would see."""
    for what in ("status", "body", "log", "cookies", "headers"):
        here, there = getattr(one, what), getattr(other, what)
        if here != there:
            return f"{what}: {apart(str(here), str(there))}"
    return ""


def apart(one: str, other: str) -> str:
    """Give the place at which two texts part."""
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"{one[max(0, at - 80) : at + 60]!r} and {other[max(0, at - 80) : at + 60]!r}"


def misses(name: str, answers: dict[Question, Answer]) -> list[str]:
    """Give the rows whose answer is not what the matrix declares: a crawl that is shown the door proves nothing."""
    found = []
    for question, answer in answers.items():
        row = ROWS[question.row] if question.row >= 0 else None
        if row is None or question.fragment:
            continue
        allowed = name in (row.readers if question.method == "GET" else row.who_posts)
        declared = row.get if question.method == "GET" else row.posted
        if allowed and answer.status != declared:
            found.append(f"{name} {question}: {answer.status}, and not {declared}")
    return found
