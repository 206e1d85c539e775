"""Tensions: their space reads them, checks in and says how they stand; nothing that is said is lost."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from conversing import actions
from conversing.models import CheckIn, Tension, TensionChange
from desk import drafts
from partnerships.actions import leave_space
from partnerships.models import Role
from partnerships.reader import Reader
from records import actions as record_actions
from records.actions import AlreadySent, StaleVersion
from records.models import Record, Version
from tests import factories as make

from . import made

OUTSIDE = ("manager", "outsider", "former", "site_admin", "learning_partner", "steward")


def reads(person, record):
    return Record.objects.visible_to(Reader(person)).filter(pk=record.pk).exists()


def change(tension, *, by, version=None, key="", **changes):
    version = version or Tension.objects.get(pk=tension.pk).version
    actions.change_tension(tension=tension, version=version, changes=changes, by=by, key=key or drafts.new_key())


@pytest.mark.parametrize("name", OUTSIDE)
def test_who_is_not_in_its_space_neither_reads_nor_does_anything(cast, name):
    tension, person = cast["tension"], cast[name]
    assert not reads(person, tension) and not reads(person, cast["check_in"])
    before = (CheckIn.objects.count(), TensionChange.objects.count(), Tension.objects.get(pk=tension.pk).text)
    for attempt in (
        lambda: made.tension(by=person, space=cast.peers),
        lambda: made.check_in(tension, by=person),
        lambda: made.state(tension, to="held", by=person),
        lambda: change(tension, by=person, text="theirs"),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert before == (CheckIn.objects.count(), TensionChange.objects.count(), Tension.objects.get(pk=tension.pk).text)


def test_a_tension_is_its_spaces_and_a_check_in_its_authors(cast):
    check_in = made.check_in(cast["tension"], by=cast.practitioner)
    leave_space(space=cast.peers, by=cast.practitioner)
    assert not reads(cast.practitioner, cast["tension"])
    assert reads(cast.practitioner, check_in)
    with pytest.raises(PermissionDenied):
        made.check_in(cast["tension"], by=cast.practitioner)


def test_tensions_are_a_partnerships_and_not_the_wider_fields(cast):
    with pytest.raises(PermissionDenied):
        made.tension(by=cast.practitioner, space=cast.wider)


def test_sent_twice_there_is_one(cast):
    key = drafts.new_key()
    first = made.tension(by=cast.fellow, space=cast.peers, key=key)
    assert made.tension(by=cast.fellow, space=cast.peers, key=key) == first
    with pytest.raises(AlreadySent):
        made.tension(by=cast.fellow, space=cast.peers, key=key, text="Other words.")
    key = drafts.new_key()
    row = made.check_in(first, by=cast.fellow, key=key)
    assert made.check_in(first, by=cast.fellow, key=key) == row
    with pytest.raises(AlreadySent):
        made.check_in(first, by=cast.fellow, key=key, lean=10)
    key = drafts.new_key()
    for _turn in range(2):
        made.state(first, to="named", seen="noticed", reason="On Monday.", by=cast.fellow, key=key)
    assert list(first.changes.values_list("state", flat=True)) == ["noticed", "named"]


def test_two_who_change_it_do_not_write_over_each_other(cast):
    tension = cast["tension"]
    version = Tension.objects.get(pk=tension.pk).version
    change(tension, by=cast.fellow, version=version, text="the fellow's")
    with pytest.raises(StaleVersion):
        change(tension, by=cast.academic, version=version, text="the academic's")
    assert Tension.objects.get(pk=tension.pk).text == "the fellow's"
    kept = Version.objects.filter(record=tension.pk).latest("number")
    assert kept.words["what_helps"] == "two names a month" and kept.replaced_by == cast.fellow


def test_how_it_stands_goes_any_way_and_every_day_of_it_is_kept(cast):
    tension = made.tension(by=cast.fellow, space=cast.peers)
    for to in ("held", "named", "let_go", "noticed"):
        made.state(tension, to=to, by=cast.academic, reason=f"for {to}")
    states = ["noticed", "held", "named", "let_go", "noticed"]
    assert list(tension.changes.values_list("state", flat=True)) == states
    assert Tension.objects.get(pk=tension.pk).state == "noticed"


def test_letting_go_takes_a_reason(cast):
    with pytest.raises(ValidationError, match="why it is let go"):
        made.state(cast["tension"], to="let_go", by=cast.fellow)


def test_who_saw_it_stand_otherwise_is_told_before_anything_is_said(cast):
    made.state(cast["tension"], to="held", by=cast.fellow)
    with pytest.raises(ValidationError, match="Held"):
        made.state(cast["tension"], seen="named", to="changed", by=cast.academic, reason="It pulls elsewhere.")
    assert Tension.objects.get(pk=cast["tension"].pk).state == "held"


def test_there_is_no_such_state_as_resolved():
    from conversing.models import TensionState

    assert [str(label) for label in TensionState.labels] == [
        "Noticed",
        "Named together",
        "Held",
        "Changed shape",
        "Let go",
    ]


@pytest.mark.parametrize("what", ["folded", "aside"])
def test_what_is_folded_or_set_aside_takes_nothing_more(cast, what):
    tension = cast["everyone_tension"]
    if what == "folded":
        make.fold(record=tension, by=cast.fellow)
    else:
        make.set_aside(record=tension, by=cast.steward)
    with pytest.raises(PermissionDenied):
        made.check_in(tension, by=cast.fellow)
    with pytest.raises(PermissionDenied):
        change(tension, by=cast.fellow, text="other")


def test_a_change_by_who_wrote_it_down_ends_the_fold(cast):
    make.fold(record=cast["everyone_tension"], by=cast.fellow)
    change(cast["everyone_tension"], by=cast.manager, text="Without him in it.")
    assert Record.objects.get(pk=cast["everyone_tension"].pk).folded_at is None


def test_a_role_is_told_only_with_its_floor(cast):
    tension = made.tension(by=cast.academic, space=cast.peers)
    with pytest.raises(ValidationError, match="Too few people"):
        made.check_in(tension, by=cast.academic, wish="role")
    for number in range(5):
        person = make.make_person(name=f"Another {number}")
        make.make_member(partnership=cast.partnership, person=person, role=Role.PRACTITIONER)
    wide = made.tension(by=cast.academic, space=cast.everyone)
    row = made.check_in(wide, by=cast.fellow, wish="role")
    assert row.byline == "Practitioner"


def test_a_check_in_is_changed_and_taken_back_by_its_author_alone(cast):
    row = cast["check_in"]
    with pytest.raises(PermissionDenied):
        record_actions.withdraw(row, by=cast.practitioner)
    key = drafts.new_key()
    record_actions.edit(
        row, by=cast.fellow, version=row.version, changes={"lean": 12, "text": "Less."}, key=key, form="check-in-edit"
    )
    assert (CheckIn.objects.get(pk=row.pk).lean, Version.objects.get(record=row.pk).words["lean"]) == (12, 70)
    record_actions.withdraw(row, by=cast.fellow)
    assert not Record.objects.visible_to(Reader(cast.academic)).with_words_for(Reader(cast.academic)).filter(pk=row.pk)


def test_it_is_found_by_what_is_said_of_its_poles(cast, client_for):
    address = cast["tension"].get_absolute_url()
    assert address in client_for(cast.academic).get("/search/", {"q": "two names a month"}).content.decode()
    assert address not in client_for(cast.manager).get("/search/", {"q": "two names a month"}).content.decode()
