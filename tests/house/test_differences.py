"""Two texts, passage by passage: nothing is lost between them, and only what changed is marked."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnpartner.differences import Change, changes_between

pytestmark = pytest.mark.once


def test_one_changed_word_is_one_change():
    assert changes_between("I was back Thursday.", "I was late Thursday.") == [
        Change("I was ", "I was "),
        Change("back", "late"),
        Change(" Thursday.", " Thursday."),
    ]


def test_neighbouring_words_are_one_change():
    changed = [change for change in changes_between("a big dog ran", "a small cat ran") if not change.is_same]
    assert changed == [Change("big dog", "small cat")]


@given(st.text(alphabet="ab \n.", max_size=60), st.text(alphabet="ab \n.", max_size=60))
def test_joined_again_they_are_the_texts(before, after):
    changes = changes_between(before, after)
    assert "".join(change.before for change in changes) == before
    assert "".join(change.after for change in changes) == after


def test_two_long_texts_do_not_take_long():
    began = time.monotonic()
    changes_between("word " * 20_000, "other " * 16_000)
    changes_between("a line\n" * 14_000, "b line\n" * 14_000)
    assert time.monotonic() - began < 1
