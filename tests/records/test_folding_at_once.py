"""Two at once: readers who fold, an author who changes the words or undoes sharing, stewards who set aside."""

from collections import Counter

import pytest
from django.db import IntegrityError

from desk import drafts
from records import actions
from records.models import Fold, Record, SettingAside
from reflections.models import Reflection
from tests import factories as make

from .test_two_at_once import at_once


@pytest.fixture
def stage(file_database):
    """A note in the space of a partnership: its author, two readers who are stewards."""
    author, reader, other = (make.make_person() for _person in range(3))
    partnership = make.make_partnership(by=reader)
    for person in (author, other):
        make.make_member(partnership=partnership, person=person, steward=person is other)
    note = make.make_shared_note(by=author, space=make.everyone_of(partnership=partnership), text="before")
    return note, author, reader, other


def consistent(note):
    """Say whether the record's own columns agree with the rows, as `manage.py check_data` asks."""
    row = Record.objects.get(pk=note.pk)
    folded = Fold.objects.open().filter(record=row).exists()
    aside = SettingAside.objects.open().filter(record=row).exists()
    return (row.folded_at is not None, row.set_aside_at is not None) == (folded, aside)


def test_two_readers_fold_at_once_and_it_is_folded_once(stage):
    note, _author, *readers = stage

    def fold(n):
        try:
            actions.fold(note, version=2, words="", key=drafts.new_key(), by=readers[n])
        except IntegrityError:
            return "IntegrityError"
        return "folded"

    assert Counter(at_once(2, fold)) == {"folded": 1, "ValidationError": 1}
    assert Fold.objects.filter(record=note).count() == 1
    assert consistent(note)


def test_two_stewards_set_aside_at_once(stage):
    note, _author, *stewards = stage

    def set_aside(n):
        actions.set_aside(note, reason="r", key=drafts.new_key(), by=stewards[n])
        return "set aside"

    assert Counter(at_once(2, set_aside)) == {"set aside": 1, "ValidationError": 1}
    assert consistent(note)


def test_an_author_who_saves_while_a_reader_folds_knows_of_it(stage):
    """Whoever comes second is shown what the first did: no change opens a fold that its author has not seen."""
    note, author, reader, _other = stage

    def do(n):
        if n:
            actions.fold(note, version=2, words="", key=drafts.new_key(), by=reader)
            return "folded"
        mine = Reflection.objects.get(pk=note.pk)
        actions.edit(mine, by=author, version=2, changes={"text": "after"}, key="e", form="reflection-edit")
        return "edited"

    edited, folded = at_once(2, do)
    assert (edited, folded) in {("edited", "StaleVersion"), ("StaleVersion", "folded")}
    row = Record.objects.get(pk=note.pk)
    assert (row.text == "after", row.folded_at is None) in {(True, True), (False, False)}
    assert consistent(note)


def test_sharing_is_undone_while_a_reader_folds(stage):
    note, author, reader, _other = stage

    def do(n):
        if n:
            actions.fold(note, version=2, words="", key=drafts.new_key(), by=reader)
            return "folded"
        actions.undo_share(Reflection.objects.get(pk=note.pk), by=author)
        return "undone"

    undone, folded = at_once(2, do)
    assert undone == "undone"
    assert folded in {"folded", "PermissionDenied"}
    row = Record.objects.get(pk=note.pk)
    assert (row.is_private, row.folded_at) == (True, None)
    assert consistent(note)
