"""Nothing that can be sent breaks a page, keeps it for two seconds, or changes what is another partnership's.

Each place-holder of each address, each field of each form and each parameter in turn, by somebody who may and by
somebody of another partnership; then anything at once, as hypothesis makes it up. `FUZZ=long` sends everything.
"""

import os
from collections.abc import Iterator
from functools import cache
from time import sleep

import pytest
from django.db import connection
from django.http import HttpResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerships.models import Partnership
from records.models import Record
from tests.access.asking import Browsers
from tests.access.rows import ROWS
from tests.cast import CAST

from . import shots
from .hostile import PATHS, TEXTS, some
from .shots import FORM, MULTIPART, Range, Shot, Target, encoded, in_parts, target_of, with_all, with_field

LONG = os.environ.get("FUZZ") == "long"
# PostgreSQL, by its connection, takes longer over each, and what is about the web was asked on SQLite.
QUICK = connection.vendor == "postgresql" and not LONG
# Beside the right request and the ids of others: so many requests for each address, others for each.
MOST = int(os.environ.get("FUZZ_MOST", "100000" if LONG else "2" if QUICK else "3"))
# Of each list of hostile values, so many for each field.
MANY = int(os.environ.get("FUZZ_MANY", "10000" if LONG else "1"))
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "10000" if LONG else "100" if QUICK else "300"))
# One of each partnership, and of none.
OTHERS = ("outsider", "supervisor", "parent_member", "former", "orgadmin", "practitioner")
NAMES = sorted({row.name for row in ROWS})


@pytest.fixture(scope="module")
def browsers(_gathered):
    return Browsers(_gathered)


@pytest.fixture(scope="module")
def _first(_gathered, browsers):
    """Read the rows once for all tests: each of them takes back what it did."""
    return []


@pytest.fixture
def range_(cast, browsers, _first):
    if not _first:
        _first.append(Range(cast, browsers))
    return _first[0]


def rows_of(name):
    """Give the rows of an address that are shot at: one that is right, and in the long form all."""
    rows = [row for row in ROWS if row.name == name]
    best = [row for row in rows if row.body and row.who_posts] or [row for row in rows if row.readers] or rows
    return rows if LONG else best[:1]


def foreigner(row) -> str:
    """Give somebody who may do nothing of it, or the one who may."""
    strangers = [name for name in OTHERS if name not in row.readers | row.who_posts | row.refused]
    return strangers[0] if strangers else sorted(row.readers | row.who_posts)[0]


def planted(target: Target, range_: Range) -> Iterator[Shot]:
    """Put the id of somebody else's thing of the same kind in each place-holder, field and parameter that holds one."""
    about, mine = target.row.name, range_.mine(target.who)
    shot, ids = target.shot(), range_.ids
    for at, arg in enumerate(target.args):
        for value in some(ids.foreign(mine, like=arg), MANY, about):
            yield with_all(shot, path=target.path_with(at, value))
    for name, known in target.fields().items():
        if like := next((value for value in known if value in ids.kinds), ""):
            for value in some(ids.foreign(mine, like=like), MANY, about, name):
                yield with_all(shot, body=with_field(shot.body or (), name, value))
    for name, known in target.asked.items():
        if like := next((value for value in known if value in ids.kinds), ""):
            for value in some(ids.foreign(mine, like=like), MANY, about, name):
                yield with_all(shot, query=with_field(shot.query, name, value))


def in_the_address(target: Target, range_: Range) -> Iterator[Shot]:
    """Put what is no id in each place-holder, and the ids of things of every kind."""
    foreign = range_.ids.foreign(range_.mine(target.who))
    for at in range(len(target.args)):
        for value in (*some(PATHS, MANY, target.row.name, str(at)), *some(foreign, MANY, target.row.name)):
            yield with_all(target.shot(), path=target.path_with(at, value))


def in_the_query(target: Target, range_: Range) -> Iterator[Shot]:
    """Put something else in each parameter that a page links with, that a view asks for, or that nobody does."""
    about, foreign = target.row.name, range_.ids.foreign(range_.mine(target.who))
    shot = target.shot(posts=False if target.row.takes_get else None)
    for name in target.asked:
        for value in (*some(TEXTS, MANY, about, name), *some(foreign, MANY, about, name)):
            yield with_all(shot, query=with_field(shot.query, name, value))
    for values in (TEXTS, foreign):
        yield with_all(shot, query=tuple((name, some(values, 1, about, name)[0]) for name in target.asked))


def in_the_form(target: Target, range_: Range) -> Iterator[Shot]:
    """Put something else in each field of the form: text, others' ids, nothing, several."""
    if target.body is None:
        return
    about, shot = target.row.name, target.shot()
    foreign = range_.ids.foreign(range_.mine(target.who))
    for name in target.fields():
        for value in (*some(TEXTS, MANY, about, name), *some(foreign, MANY, about, name)):
            yield with_all(shot, body=with_field(target.body, name, value))
        yield with_all(shot, body=with_field(target.body, name))
        yield with_all(shot, body=with_field(target.body, name, *some(foreign, 2, name), b"", b"\0"))
    yield with_all(shot, body=tuple((name, some(TEXTS, 1, about, name)[0]) for name, _value in target.body))


def in_the_envelope(target: Target, range_: Range) -> Iterator[Shot]:
    """Send a form as something else than a form, cut short, and with headers that lie."""
    shot = target.shot()
    hx = (("HX-Request", "true"), ("HX-Target", "\u202e\xff#" * 20), ("HX-Current-URL", "http://[bad\\%00"))
    yield with_all(shot, headers=hx, body=None)
    yield with_all(shot, body=None, headers=(("Range", "bytes=" + "9" * 12 + "-"), ("If-Range", "\xff")))
    if target.body is None:
        return
    whole = in_parts(target.body, ("photos", b"\xff\xd8\xff\xe0 no picture"))
    envelopes = [
        (encoded(target.body), "application/json"),
        (b'{"a": [', "application/json"),
        (whole, MULTIPART),
        (whole[: len(whole) // 2], MULTIPART),
        (whole, "multipart/form-data"),
        (whole, "multipart/form-data; boundary=" + "x" * 300),
        (whole.replace(b"x.jpg", b"..\\..\0/" + b"x" * 500), MULTIPART),
        (in_parts((("a" * 3_000, b"1"),), ("file", b"")), MULTIPART),
        (b"a=1&" * 3_000, FORM),
        (encoded(target.body), FORM + "; charset=utf-7"),
        (encoded(target.body), FORM + "; charset=no-such-charset"),
        (encoded(target.body), ""),
        (encoded(target.body) + b"&%ff%00=%00&;&=&&==", FORM),
    ]
    for raw, content_type in some(tuple(envelopes), MANY, target.row.name):
        yield with_all(shot, raw=raw, content_type=content_type)
    yield with_all(shot, headers=hx)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_one_thing_at_a_time(range_, name):
    faults: list[str] = []
    for row in rows_of(name):
        target = target_of(row, range_)
        right = target.shot()
        faults += range_.fire(right)
        # What is changed one at a time goes through as it is: otherwise no field of it would be looked at.
        if row.body and row.who_posts and row.posted in {200, 302} and range_.status not in {200, 204, 302}:
            faults.append(f"{right}: {range_.status}, and it should be right")
        fired = [with_all(right, who=foreigner(row)), *planted(target, range_)]
        kinds = (in_the_address, in_the_query, in_the_form, in_the_envelope)
        fired += some(tuple(shot for kind in kinds for shot in kind(target, range_)), MOST, name)
        for shot in fired:
            faults += range_.fire(shot)
    assert not faults, f"{len(faults)}:\n" + "\n".join(dict.fromkeys(faults))


BYTES = st.one_of(st.sampled_from(TEXTS), st.binary(max_size=60), st.text(max_size=200).map(lambda text: text.encode()))


@st.composite
def anything(draw, targets, range_):
    """Make up a request: an address of somebody's, by anybody, with several things in it that do not belong there."""
    target = targets(draw(st.sampled_from(NAMES)))
    who = draw(st.sampled_from((target.who, *CAST)))
    ids = st.sampled_from(range_.ids.foreign(range_.mine(who)))
    shot = target.shot(who=who, posts=target.body is not None and draw(st.booleans()))
    if target.args and draw(st.booleans()):
        at = draw(st.integers(0, len(target.args) - 1))
        shot = with_all(shot, path=target.path_with(at, draw(ids | st.sampled_from(PATHS[:-1]))))
    for name in draw(st.lists(st.sampled_from(sorted(target.asked)), max_size=3)):
        shot = with_all(shot, query=with_field(shot.query, name, *draw(st.lists(BYTES | ids, max_size=3))))
    for name in draw(st.lists(st.sampled_from(sorted(target.fields())), max_size=4)) if shot.body else []:
        shot = with_all(shot, body=with_field(shot.body or (), name, *draw(st.lists(BYTES | ids, max_size=3))))
    if draw(st.booleans()):
        shot = with_all(shot, headers=(("HX-Request", "true"), ("HX-Target", draw(st.text("abc#\xff", max_size=9)))))
    return shot


@pytest.mark.slow
def test_anything_at_once(range_):
    @cache
    def targets(name):
        return target_of(rows_of(name)[0], range_)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=not LONG,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(anything(targets, range_))
    def send(shot):
        assert not range_.fire(shot)

    send()


def test_a_fault_would_be_found(range_, monkeypatch):
    """The range itself: it sees what breaks, what takes long, and what changes another's row."""
    shot = target_of(rows_of("home:home")[0], range_).shot(who="manager")

    def breaks(shot):
        return HttpResponse(status=500)

    def dawdles(shot):
        sleep(0.02)
        return HttpResponse()

    def meddles(shot):
        Partnership.objects.filter(pk=range_.cast.supervision.pk).update(name="Another name")
        return HttpResponse()

    def rewrites(shot):
        Record.objects.filter(pk=range_.cast.everyone_note.pk).update(text="Other words")
        return HttpResponse()

    monkeypatch.setattr(shots, "LONGEST", 0.01)
    for send, words in (
        (breaks, "500"),
        (dawdles, "took 0.0"),
        (meddles, "changed partnerships.Partnership of partnership"),
        (rewrites, "changed records.Record: another's words"),
    ):
        monkeypatch.setattr(range_, "send", send)
        faults = range_.fire(shot)
        assert faults and words in faults[0], words
    monkeypatch.setattr(shots, "LONGEST", 9)
    assert not range_.fire(with_all(shot, who="practitioner")), "they are their own words"
