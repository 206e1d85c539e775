"""The one rule of reading (3-access, 3.1): your own words, and the words in the spaces that you are in now.

`visible_to` against a table of records by people, and against time: leaving, ending, changing role, coming back.
"""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from partnerships import actions as partnership_actions
from partnerships.models import Role, Space
from partnerships.reader import Reader
from records import actions, kinds
from records.models import Attribution, Record, Response
from tests import factories as make
from tests.cast import (
    CAST,
    IN_EVERYONE,
    IN_ONE_TO_ONE,
    IN_PEERS,
    IN_POWER_LINE,
    IN_SUPERVISION,
    SIGNED_IN,
)

SESSIONS_OF_PEERS = (
    *("peers_session", "running_session", "over_session", "cancelled_session", "series_session", "narrow_looking"),
    *("noted_session", "proposed_session", "objected_session", "agreed_session", "house_session"),
)
SESSIONS_THAT_GO_ON = ("silent_session", "sorted_session", "stepping_session")
# Of people who are none of the cast: their guests are no readers.
SESSIONS_WITH_GUESTS = (
    *("guest_session", "other_guest_session", "shut_session", "early_guest_session", "over_guest_session"),
)
# Who reads what: everybody not named here gets nothing.
READERS = {
    "private_note": {"practitioner"},
    "prompted_note": {"expert"},
    "everyone_note": IN_EVERYONE,
    "peers_note": IN_PEERS,
    "power_line_note": IN_POWER_LINE,
    "one_to_one_note": IN_ONE_TO_ONE,
    "not_named_note": IN_PEERS,
    "withdrawn_note": IN_EVERYONE,
    "wider_note": SIGNED_IN,
    "former_note": IN_PEERS | {"former"},
    "sibling_note": {"outsider"},
    "supervision_note": IN_SUPERVISION,
    "response": IN_PEERS,
    "own_response": IN_PEERS,
    "former_response": IN_PEERS | {"former"},
    "withdrawn_response": IN_PEERS,
    "wider_response": SIGNED_IN,
    # By somebody who has left the sibling partnership since.
    "folded_note": {"outsider"},
    "aside_note": {"outsider"},
    "ordered_note": {"outsider"},
    # Written down by the commissioner, for nobody else yet; and what came of a note in supervision.
    "told": {"commissioner"},
    "told_waiting": {"commissioner"},
    "told_confirmed": {"commissioner"},
    "grown": IN_SUPERVISION,
    # What belongs to a space is read by those in it, whoever convened it or wrote it down.
    "everyone_session": IN_EVERYONE,
    "looking_session": IN_EVERYONE,
    "power_line_session": IN_POWER_LINE,
    "supervision_session": IN_SUPERVISION,
    **dict.fromkeys(SESSIONS_OF_PEERS, IN_PEERS),
    **dict.fromkeys(SESSIONS_THAT_GO_ON, IN_PEERS),
    **dict.fromkeys(SESSIONS_WITH_GUESTS, ()),
    "pattern": IN_PEERS,
    "everyone_pattern": IN_EVERYONE,
    "tension": IN_PEERS,
    "everyone_tension": IN_EVERYONE,
    **dict.fromkeys(("library_object", "reading", "role_reading"), IN_PEERS),
    "relationship_note": {"learning_partner"},
    **dict.fromkeys(("conversation", "said_to_conversation"), IN_PEERS),
    **dict.fromkeys(("everyone_conversation", "closed_conversation"), IN_EVERYONE),
    **dict.fromkeys(("check_in", "not_named_check_in"), IN_PEERS),
    "commitment": IN_PEERS,
    "done_commitment": IN_PEERS,
    "everyone_experiment": IN_EVERYONE,
    "answered_condition": IN_EVERYONE,
    **dict.fromkeys(("experiment", "due_experiment", "closed_experiment", "condition"), IN_PEERS),
    # Written for a session: its author's alone until the reveal, and where it was kept back then.
    "unseen_words": {"fellow"},
    "kept_back_words": {"fellow"},
    "seen_words": IN_PEERS,
    "unseen_note": {"fellow"},
    "everyone_cycle": IN_EVERYONE,
    "everyone_activity": IN_EVERYONE,
    "peers_cycle": IN_PEERS,
    "peers_activity": IN_PEERS,
    "power_line_cycle": IN_POWER_LINE,
    **dict.fromkeys(("revealed_note_1", "revealed_note_2", "revealed_note_3"), IN_PEERS),
}


def reads(person, record):
    """Ask afresh, as the next request does."""
    return Record.objects.visible_to(Reader(person)).filter(pk=record.pk).exists()


@pytest.mark.parametrize("name", READERS)
def test_each_record_is_read_by_these_and_by_nobody_else(cast, name):
    assert {person for person in CAST if reads(cast[person], cast[name])} == set(READERS[name])


def test_the_table_knows_every_record(cast):
    named = {cast[name].pk for name in READERS}
    named |= set(cast["series"].sessions.values_list("pk", flat=True))
    others = Record.objects.exclude(pk__in=named)
    # One more response lies under the withdrawn note; nothing else is unaccounted for.
    assert [(row.kind, row.within_id) for row in others] == [("response", cast.withdrawn_note.pk)]


def test_the_rule_holds_through_the_kinds_models_too(cast):
    seen = Response.objects.visible_to(Reader(cast.manager))
    assert set(seen.values_list("space", flat=True)) == {cast.everyone.pk, cast.wider.pk}


def test_office_opens_nothing(cast):
    """Staff and superuser, organisation admin, steward, commissioner, the parent's steward, the supervisor."""
    for name in ("site_admin", "orgadmin", "parent_member", "supervisor"):
        visible = Record.objects.visible_to(Reader(cast[name])).exclude(space=cast.wider)
        of_supervision = {cast[own].pk for own in ("supervision_note", "grown", "supervision_session")}
        expected = of_supervision if name == "supervisor" else set()
        assert set(visible.values_list("pk", flat=True)) == expected, name
    cast.orgadmin.is_staff = cast.orgadmin.is_superuser = True
    cast.orgadmin.save()
    assert not Record.objects.visible_to(Reader(cast.orgadmin)).exclude(space=cast.wider).exists()


def test_leaving_a_space_leaves_only_ones_own_words(cast):
    partnership_actions.leave_space(space=cast.peers, by=cast.fellow)
    assert not reads(cast.fellow, cast.peers_note)
    assert not reads(cast.fellow, cast.former_response)
    assert reads(cast.fellow, cast.not_named_note)
    assert reads(cast.fellow, cast.response)
    assert reads(cast.fellow, cast.everyone_note)


def test_what_is_written_after_one_left_stays_dark(cast):
    partnership_actions.leave_space(space=cast.peers, by=cast.fellow)
    later = make.make_response(to=cast.not_named_note, by=cast.practitioner)
    assert not reads(cast.fellow, later)


def test_a_former_member_reads_only_their_own_words(cast):
    visible = Record.objects.visible_to(Reader(cast.former)).exclude(space=cast.wider)
    assert {row.pk for row in visible} == {cast.former_note.pk, cast.former_response.pk}


def test_an_end_that_is_set_for_later_takes_effect_by_the_clock(cast):
    """No job runs: the end is a date, and it is compared."""
    tomorrow = timezone.now() + timedelta(days=1)
    membership = make.membership_of(person=cast.fellow, partnership=cast.partnership)
    membership.ended_at = tomorrow
    membership.save()
    assert reads(cast.fellow, cast.everyone_note)
    assert reads(cast.fellow, cast.peers_note)
    with time_machine.travel(tomorrow + timedelta(seconds=1)):
        assert not reads(cast.fellow, cast.everyone_note)
        assert not reads(cast.fellow, cast.peers_note)
        assert reads(cast.fellow, cast.not_named_note)


def test_a_place_in_a_space_ends_by_the_clock(cast):
    tomorrow = timezone.now() + timedelta(days=1)
    cast.peers.places.filter(membership__person=cast.fellow).update(ended_at=tomorrow)
    assert reads(cast.fellow, cast.peers_note)
    with time_machine.travel(tomorrow):
        assert not reads(cast.fellow, cast.peers_note)
        assert reads(cast.fellow, cast.everyone_note)


def test_nobody_reads_before_their_stay_begins(cast):
    tomorrow = timezone.now() + timedelta(days=1)
    membership = make.make_member(partnership=cast.partnership, person=cast.outsider)
    membership.started_at = tomorrow
    membership.save()
    assert not reads(cast.outsider, cast.everyone_note)
    with time_machine.travel(tomorrow + timedelta(seconds=1)):
        assert reads(cast.outsider, cast.everyone_note)


def test_nobody_reads_in_a_space_before_their_place_begins(cast):
    make.admit(space=cast.peers, person=cast.expert, by=cast.practitioner)
    tomorrow = timezone.now() + timedelta(days=1)
    cast.peers.places.filter(membership__person=cast.expert).update(started_at=tomorrow)
    assert not reads(cast.expert, cast.peers_note)
    with time_machine.travel(tomorrow + timedelta(seconds=1)):
        assert reads(cast.expert, cast.peers_note)


def test_a_change_of_role_leaves_the_spaces(cast):
    membership = make.membership_of(person=cast.practitioner, partnership=cast.partnership)
    before = {row.pk for row in Record.objects.visible_to(Reader(cast.practitioner))}
    partnership_actions.change_role(
        membership=membership,
        role=Role.MANAGER,
        own_words="team lead",
        organisation=cast.provider,
        learning_partner=False,
        steward=False,
        by=cast.steward,
    )
    assert {row.pk for row in Record.objects.visible_to(Reader(cast.practitioner))} == before


def test_a_duty_opens_no_space(cast):
    membership = make.membership_of(person=cast.expert, partnership=cast.partnership)
    partnership_actions.change_role(
        membership=membership,
        role=Role.EXPERT,
        own_words="",
        organisation=None,
        learning_partner=True,
        steward=True,
        by=cast.steward,
    )
    assert not reads(cast.expert, cast.peers_note)
    assert not reads(cast.expert, cast.power_line_note)


def test_who_returns_has_a_new_stay_without_the_old_spaces(cast):
    again = make.make_member(partnership=cast.partnership, person=cast.former, by=cast.steward)
    assert again.pk != cast.former.memberships.order_by("pk").first().pk
    assert reads(cast.former, cast.everyone_note)
    assert not reads(cast.former, cast.peers_note)
    assert reads(cast.former, cast.former_note)


def test_a_place_of_an_ended_stay_opens_nothing_after_coming_back(cast):
    """Even where the old place was never closed, it hangs on the old stay."""
    membership = make.membership_of(person=cast.fellow, partnership=cast.partnership)
    membership.ended_at = timezone.now()
    membership.save()
    make.make_member(partnership=cast.partnership, person=cast.fellow, by=cast.steward)
    assert cast.peers.places.get(membership=membership).ended_at is None
    assert not reads(cast.fellow, cast.peers_note)


def test_a_new_member_reads_what_is_in_everyone_and_nothing_more(cast):
    newcomer = make.make_person()
    make.make_member(partnership=cast.partnership, person=newcomer)
    assert reads(newcomer, cast.everyone_note)
    for name in ("peers_note", "power_line_note", "one_to_one_note", "private_note"):
        assert not reads(newcomer, cast[name]), name


def test_a_closed_space_stays_readable_to_those_in_it(cast):
    partnership_actions.close_space(space=cast.peers, by=cast.practitioner)
    assert reads(cast.fellow, cast.peers_note)
    assert not reads(cast.manager, cast.peers_note)


def test_a_closed_account_reads_nothing_but_keeps_its_words_for_the_others(cast):
    make.end_membership(person=cast.fellow, partnership=cast.partnership)
    assert reads(cast.practitioner, cast.not_named_note)


def test_withdrawn_words_are_withheld_from_all_but_their_author(cast):
    for name in sorted(IN_EVERYONE - {"practitioner"}):
        assert cast.withdrawn_note.words_withheld_from(cast[name]), name
    assert not cast.withdrawn_note.words_withheld_from(cast.practitioner)


def test_undoing_takes_the_record_out_of_every_sight_at_once(cast):
    note = make.make_shared_note(by=cast.practitioner, space=cast.everyone)
    assert reads(cast.manager, note)
    actions.undo_share(note, by=cast.practitioner)
    assert [name for name in CAST if reads(cast[name], note)] == ["practitioner"]


@pytest.fixture
def of_the_space(monkeypatch):
    """A kind as sessions, tensions and objects will be: what it holds belongs to its space (2-architecture, 2.4)."""
    kind = kinds.Kind(key="object", label="O", plural="O", url_name="reflections:reflection-detail", personal=False)
    monkeypatch.setitem(kinds._kinds, "object", kind)
    return lambda note: Record.objects.filter(pk=note.pk).update(kind="object")


def test_a_kind_that_is_not_personal_goes_dark_for_its_author_too(cast, of_the_space):
    note = make.make_shared_note(by=cast.fellow, space=cast.peers)
    of_the_space(note)
    assert reads(cast.fellow, note)
    partnership_actions.leave_space(space=cast.peers, by=cast.fellow)
    assert not reads(cast.fellow, note)
    assert reads(cast.practitioner, note)


def test_while_it_lies_in_the_notebook_it_is_its_authors_whatever_its_kind(cast, of_the_space):
    note = make.make_note(by=cast.fellow)
    of_the_space(note)
    assert [name for name in CAST if reads(cast[name], note)] == ["fellow"]


def test_a_draft_partnership_is_its_starters_alone(cast):
    draft = make.make_partnership(by=cast.practitioner, opened=False, organisation=cast.provider)
    note = make.make_shared_note(by=cast.practitioner, space=make.everyone_of(partnership=draft))
    assert [name for name in CAST if reads(cast[name], note)] == ["practitioner"]
    assert [name for name in SIGNED_IN if draft in Reader(cast[name]).partnerships] == ["practitioner"]


def test_the_reader_never_gets_a_space_of_another_partnership(cast):
    kinds = {space.kind for space in Reader(cast.outsider).spaces.values()}
    assert kinds == {Space.Kind.EVERYONE, Space.Kind.WIDER_FIELD}
    assert set(Reader(cast.outsider).spaces) == {cast.sibling_everyone.pk, cast.wider.pk}
    assert Reader(cast.anonymous).spaces == {}
    assert Reader(cast.anonymous).memberships == {}


def test_not_named_changes_nothing_about_who_reads(cast):
    named = make.make_shared_note(by=cast.fellow, space=cast.peers, attribution=Attribution.NAMED)
    assert {name for name in CAST if reads(cast[name], named)} == {
        name for name in CAST if reads(cast[name], cast.not_named_note)
    }
