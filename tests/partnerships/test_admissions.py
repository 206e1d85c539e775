"""How somebody comes to read a space, at each moment (3-access, "Joining a space"): asked, accepted, all have said yes
or three days of silence have passed; one no stops it; and whatever happens meanwhile.
"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from desk.models import AuditEvent
from partnerships import actions
from partnerships.models import Admission, Role, SpaceMembership
from partnerships.reader import Reader
from records.models import Record
from tests import factories as make

from .coming_in import accept, asked, reads, say, space_has

DAYS = timedelta(days=3)
Outcome = Admission.Outcome


# Asked in: the person's yes, and that of all inside or three days -------------------------------------------------


def test_being_asked_opens_nothing(cast, small, now):
    asked(cast, small)
    assert not reads(cast.expert, small)
    now.shift(DAYS * 10)
    assert not reads(cast.expert, small)


def test_everybodys_yes_opens_nothing_without_the_persons_own(cast, small, now):
    admission = asked(cast, small)
    say(cast, admission, True, "fellow", "academic")
    assert admission.is_pending
    now.shift(DAYS * 2)
    assert not reads(cast.expert, small)


def test_accepted_and_all_say_yes_and_it_takes_effect_at_once(cast, small):
    admission = asked(cast, small)
    accept(cast, admission)
    say(cast, admission, True, "fellow")
    assert not reads(cast.expert, small)
    say(cast, admission, True, "academic")
    assert reads(cast.expert, small)
    assert admission.outcome == Outcome.ADMITTED


def test_the_order_does_not_matter(cast, small):
    admission = asked(cast, small)
    say(cast, admission, True, "fellow", "academic")
    accept(cast, admission)
    assert reads(cast.expert, small)


def test_silence_is_yes_after_three_days_to_the_second(cast, small, now):
    admission = asked(cast, small)
    now.shift(timedelta(hours=5))
    accept(cast, admission)
    now.shift(DAYS - timedelta(hours=5, seconds=1))
    assert not reads(cast.expert, small)
    assert admission.is_pending
    now.shift(timedelta(seconds=1))
    assert reads(cast.expert, small)
    assert not admission.is_pending


def test_accepting_after_three_days_takes_effect_at_once(cast, small, now):
    admission = asked(cast, small)
    now.shift(DAYS * 3)
    accept(cast, admission)
    assert reads(cast.expert, small)


def test_a_yes_that_completes_the_circle_comes_before_the_days_are_over(cast, small, now):
    admission = asked(cast, small)
    accept(cast, admission)
    now.shift(timedelta(days=1))
    say(cast, admission, True, "fellow", "academic")
    assert reads(cast.expert, small)
    assert SpaceMembership.objects.get(space=small, membership__person=cast.expert).started_at == timezone.now()


def test_who_is_alone_inside_has_said_yes_by_asking(cast):
    space = make.make_space(partnership=cast.partnership, by=cast.practitioner)
    admission = asked(cast, space)
    assert not space.members().filter(person=cast.expert).exists()
    accept(cast, admission)
    assert space.members().filter(person=cast.expert).exists()


def test_one_reads_what_was_there_before(cast, small):
    make.admit(space=small, person=cast.expert, by=cast.practitioner)
    assert "what is there already" in Record.objects.visible_to(Reader(cast.expert)).values_list("text", flat=True)


# One no -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("accepted", [True, False])
def test_one_no_from_inside_stops_it_for_good(cast, small, now, accepted):
    admission = asked(cast, small)
    if accepted:
        accept(cast, admission)
    say(cast, admission, True, "academic")
    say(cast, admission, False, "fellow")
    assert admission.outcome == Outcome.STOPPED
    now.shift(DAYS * 2)
    assert not reads(cast.expert, small)
    with pytest.raises(ValidationError):
        actions.accept_admission(admission=Admission.objects.get(pk=admission.pk), by=cast.expert)
    with pytest.raises(ValidationError):
        say(cast, admission, True, "fellow")
    assert not reads(cast.expert, small)
    assert not SpaceMembership.objects.filter(space=small, membership__person=cast.expert).exists()


def test_a_yes_may_become_a_no_until_it_is_decided(cast, small, now):
    admission = asked(cast, small)
    accept(cast, admission)
    say(cast, admission, True, "fellow")
    now.shift(DAYS - timedelta(seconds=1))
    say(cast, admission, False, "fellow")
    now.shift(DAYS)
    assert not reads(cast.expert, small)


def test_who_asked_may_think_again_too(cast, small):
    admission = asked(cast, small)
    accept(cast, admission)
    say(cast, admission, False, "practitioner")
    assert admission.outcome == Outcome.STOPPED


def test_a_no_comes_too_late_once_the_place_has_begun(cast, small, now):
    admission = asked(cast, small)
    accept(cast, admission)
    now.shift(DAYS)
    with pytest.raises(ValidationError):
        say(cast, admission, False, "fellow")
    assert reads(cast.expert, small)


def test_after_a_no_nobody_is_asked_the_same_for_thirty_days(cast, small, now):
    admission = asked(cast, small)
    say(cast, admission, False, "academic")
    for _ask in (
        lambda: asked(cast, small),
        lambda: asked(cast, small, by="fellow"),
        lambda: actions.ask_to_join(space=small, by=cast.expert),
    ):
        with pytest.raises(ValidationError):
            _ask()
    now.shift(timedelta(days=30))
    asked(cast, small)


def test_the_person_may_say_no_and_think_again_until_the_place_begins(cast, small, now):
    admission = asked(cast, small)
    accept(cast, admission)
    now.shift(DAYS / 2)
    actions.decline_admission(admission=admission, by=cast.expert)
    now.shift(DAYS)
    assert not reads(cast.expert, small)
    with pytest.raises(ValidationError):
        asked(cast, small)
    # Who declined may still come of their own accord.
    actions.ask_to_join(space=small, by=cast.expert)


def test_nobody_answers_for_anybody_else(cast, small):
    admission = asked(cast, small)
    for name in ("expert", "manager", "steward", "learning_partner", "former", "outsider", "site_admin", "orgadmin"):
        with pytest.raises(PermissionDenied):
            say(cast, admission, True, name)
    for name in ("practitioner", "fellow", "manager", "steward", "former", "site_admin"):
        with pytest.raises(PermissionDenied):
            actions.accept_admission(admission=admission, by=cast[name])
        with pytest.raises(PermissionDenied):
            actions.decline_admission(admission=admission, by=cast[name])
    assert not reads(cast.expert, small)


def test_the_audit_does_not_say_who_said_no(cast, small):
    admission = asked(cast, small)
    say(cast, admission, True, "academic")
    say(cast, admission, False, "fellow")
    said = AuditEvent.objects.filter(public_id=admission.public_id, action__startswith="admission.answer")
    assert {(event.action, str(event.facts)) for event in said} == {("admission.answer", "{}")}


# What changes meanwhile -------------------------------------------------------------------------------------------


def test_the_space_was_closed_meanwhile(cast, small, now):
    accepted, waiting = asked(cast, small), asked(cast, small, "consultant")
    accept(cast, accepted)
    actions.close_space(space=small, by=cast.academic)
    now.shift(DAYS)
    assert not reads(cast.expert, small)
    with pytest.raises(ValidationError):
        accept(cast, waiting, "consultant")
    assert set(Admission.objects.filter(space=small, kind="asked_in").values_list("outcome", flat=True)) == {"lapsed"}
    assert reads(cast.fellow, small)


def test_the_person_left_the_partnership_meanwhile_and_came_back(cast, small, now):
    admission = asked(cast, small)
    accept(cast, admission)
    make.end_membership(person=cast.expert, partnership=cast.partnership)
    make.make_member(partnership=cast.partnership, person=cast.expert, role=Role.EXPERT)
    now.shift(DAYS)
    assert not reads(cast.expert, small)
    admission.refresh_from_db()
    assert admission.outcome == Outcome.LAPSED
    with pytest.raises(PermissionDenied):
        actions.accept_admission(admission=admission, by=cast.expert)


def test_who_asked_left_meanwhile_and_the_question_stands(cast, small, now):
    admission = asked(cast, small)
    actions.leave_space(space=small, by=cast.practitioner)
    accept(cast, admission)
    say(cast, admission, True, "fellow")
    assert not space_has(small, cast.expert)
    say(cast, admission, True, "academic")
    assert space_has(small, cast.expert)


def test_when_the_last_silent_one_leaves_all_have_said_yes(cast, small):
    admission = asked(cast, small)
    accept(cast, admission)
    say(cast, admission, True, "fellow")
    actions.leave_space(space=small, by=cast.academic)
    assert space_has(small, cast.expert)


def test_the_same_when_the_last_silent_one_leaves_the_partnership(cast, small):
    admission = asked(cast, small)
    accept(cast, admission)
    say(cast, admission, True, "fellow")
    make.end_membership(person=cast.academic, partnership=cast.partnership)
    assert space_has(small, cast.expert)


def test_who_came_inside_meanwhile_is_asked_as_well(cast, small, now):
    admission = asked(cast, small)
    accept(cast, admission)
    make.admit(space=small, person=cast.consultant, by=cast.practitioner)
    say(cast, admission, True, "fellow", "academic")
    assert not reads(cast.expert, small)
    say(cast, admission, False, "consultant")
    now.shift(DAYS)
    assert not reads(cast.expert, small)


def test_two_who_are_asked_at_once_come_each_at_their_time(cast, small, now):
    first = asked(cast, small)
    accept(cast, first)
    now.shift(timedelta(days=1))
    second = asked(cast, small, "consultant")
    accept(cast, second, "consultant")
    now.shift(timedelta(days=2))
    assert reads(cast.expert, small)
    assert not reads(cast.consultant, small)
    say(cast, second, False, "expert")
    now.shift(DAYS)
    assert not reads(cast.consultant, small)


def test_the_last_one_leaves_before_the_place_begins(cast, now):
    space = make.make_space(partnership=cast.partnership, by=cast.practitioner, people=(cast.fellow,))
    make.make_shared_note(by=cast.practitioner, space=space)
    accept(cast, asked(cast, space))
    actions.leave_space(space=space, by=cast.fellow)
    # The asker alone is left, and has said yes.
    assert reads(cast.expert, space)
    again = asked(cast, space, "consultant")
    for name in ("practitioner", "expert"):
        actions.leave_space(space=space, by=cast[name])
    again.refresh_from_db()
    assert again.outcome == Outcome.LAPSED
    with pytest.raises(ValidationError):
        accept(cast, again, "consultant")


def test_nobody_is_asked_twice_at_a_time(cast, small, now):
    accept(cast, asked(cast, small))
    with pytest.raises(ValidationError):
        asked(cast, small, by="fellow")
    now.shift(DAYS)
    with pytest.raises(ValidationError):
        asked(cast, small, by="fellow")


def test_a_second_yes_changes_nothing(cast, small, now):
    admission = asked(cast, small)
    accept(cast, admission)
    before = SpaceMembership.objects.get(space=small, membership__person=cast.expert).started_at
    now.shift(timedelta(hours=1))
    accept(cast, admission)
    say(cast, admission, True, "fellow", "fellow")
    assert SpaceMembership.objects.get(space=small, membership__person=cast.expert).started_at == before


def test_who_left_may_be_asked_in_again(cast, small):
    make.admit(space=small, person=cast.expert, by=cast.practitioner)
    actions.leave_space(space=small, by=cast.expert)
    assert not reads(cast.expert, small)
    make.admit(space=small, person=cast.expert, by=cast.practitioner)
    assert reads(cast.expert, small)


def test_a_place_to_come_is_declined_and_not_left(cast, small, now):
    admission = asked(cast, small)
    accept(cast, admission)
    for verb in (actions.leave_space, actions.close_space):
        with pytest.raises(PermissionDenied):
            verb(space=small, by=cast.expert)
    with pytest.raises(PermissionDenied):
        asked(cast, small, "consultant", by="expert")
    actions.leave_space(space=small, by=cast.academic)
    now.shift(DAYS)
    assert reads(cast.expert, small)
