"""Worlds that hypothesis makes up: a few hidden steps, with words and tags that stand in what can be read as well."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk import drafts
from partnerships.models import Space
from records.models import Response
from tests import factories as make
from tests.access.asking import undone
from tests.cast import CAST

from .comparing import differences
from .crawl import LONG, Question
from .steps import SHOWN, Secret
from .test_planted import pages

# Words of what is shown, of what is hidden, of both, and what pages are written in.
WORDS = st.sampled_from(
    [
        "words",
        "peers words",
        "Title in everyone",
        "quagga",
        "afterwards",
        "Early peers",
        "<b>",
        "İ",
        "words " * 80,
        "'\"",
    ]
)
TAGS = st.lists(st.sampled_from(["peers-tag", "own-tag", "afterwards", "Peers-Tag", "quagga"]), max_size=2, unique=True)
SOME = [step for step in SHOWN if step[0] in {"notes", "responses"}]


@st.composite
def steps(draw):
    """Draw one hidden step: who of the two others writes what, where, and what becomes of it."""
    writer, other = draw(st.permutations([0, 1]))
    where = draw(st.sampled_from(["notebook", "others", "pair", "elsewhere"]))
    text, title, tags = draw(WORDS), draw(st.one_of(st.just(""), WORDS)), draw(TAGS)
    then = draw(st.sampled_from(["stays", "answered", "taken back", "folded", "set aside", "drafted"]))

    def play(cast):
        by, reader = cast.peers_more[writer], cast.peers_more[other]
        note = make.make_note(by=by, text=text, title=title[:150], tags=tags)
        if where == "notebook":
            return
        note = make.share(note=note, space=space_for(cast, where, by, reader))
        if then == "answered":
            make.make_response(to=note, by=reader, text=text, verb=Response.Verb.ASK)
        elif then == "taken back":
            make.withdraw(record=note)
        elif then == "folded":
            make.fold(record=note, by=reader, words=text)
        elif then == "set aside" and where in {"others", "elsewhere"}:
            set_aside_if_one_may(note, by, reader)
        elif then == "drafted":
            make.make_draft(by=reader, text=text, form="response", about=note.public_id, key=drafts.new_key())

    return Secret(f"{where} {then} {text[:9]} {title[:9]} {tags} {writer}", play)


def space_for(cast, where, by, reader):
    """Give a place that the two of them read, and nobody of the cast."""
    if where == "others":
        return cast["space_of_others"]
    if where == "pair":
        found = Space.objects.filter(kind=Space.Kind.ONE_TO_ONE, partnership=cast.partnership)
        mine = found.filter(places__membership__person=by).filter(places__membership__person=reader).first()
        return mine or make.make_space(
            partnership=cast.partnership, by=by, kind=Space.Kind.ONE_TO_ONE, people=(reader,)
        )
    place = make.make_partnership(by=by, name="Early Shift")
    make.make_member(partnership=place, person=reader)
    return make.everyone_of(partnership=place)


def set_aside_if_one_may(note, by, reader):
    """Set it aside by who looks after the space, who is not its author."""
    space = note.space
    if space.opened_by == reader:
        make.set_aside(record=note, by=reader, reason="No.")


@pytest.mark.slow
@settings(
    max_examples=200 if LONG else 6,
    derandomize=not LONG,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(drawn=st.lists(steps(), min_size=1, max_size=4), name=st.sampled_from(CAST))
def test_drawn_worlds_look_alike(cast, drawn, name):
    with undone():
        asked = [
            *pages(cast),
            *(Question("GET", url) for url in ("/", "/partnerships/", "/landscape/", "/search/?q=words", "/notebook/")),
        ]
        found, _there = differences(cast, [name], drawn, asked=asked, shown=SOME)
    assert not found, "\n".join(map(str, found))
