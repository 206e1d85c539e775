"""What is left of the rules, clause by clause (see `mutation`): words withheld, looking after, help with the words."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from partnerships import actions as partnership_actions
from partnerships.reader import Reader
from records import actions, folding, suggestions
from records.models import Attribution, Record, Suggestion
from tests import factories as make
from tests.cast import IN_EVERYONE, IN_PEERS, SIGNED_IN

from .matrix import MISSING_ID


def fresh(record):
    return Record.objects.get(pk=record.pk)


def make_steward(cast, who, *, steward=True):
    membership = make.membership_of(person=cast[who], partnership=cast.partnership)
    partnership_actions.change_role(
        membership=membership,
        role=membership.held_role.role,
        own_words=f"since {timezone.now()}",
        organisation=None,
        steward=steward,
        by=cast.steward,
    )


# Words withheld


def test_what_stands_is_what_others_are_given(cast):
    """In a notebook nothing stands for others; nor does what was taken back or set aside, for its author either."""
    assert fresh(cast.everyone_note).stands and fresh(cast["folded_note"]).stands
    for name in ("private_note", "withdrawn_note", "aside_note", "ordered_note"):
        assert not fresh(cast[name]).stands, name


def test_words_are_their_authors(cast):
    assert {name for name in SIGNED_IN if cast.everyone_note.is_by(cast[name])} == {"practitioner"}


def test_one_record_is_asked_about_by_itself(cast):
    """That somebody gets the words of another record, or may read in another space, says nothing of this one."""
    assert not cast.everyone_note.words_withheld_from(cast.manager)
    assert cast.withdrawn_note.words_withheld_from(cast.manager)
    folded = fresh(cast["folded_note"])
    assert not folded.words_withheld_from(cast.outsider), "who looks after its space judges"
    assert folded.words_withheld_from(cast.steward), "who looks after another does not"


def test_where_the_answer_is_plain_the_database_is_not_asked(cast, django_assert_num_queries):
    standing, own = fresh(cast.everyone_note), fresh(cast.withdrawn_note)
    with django_assert_num_queries(0):
        assert not standing.words_withheld_from(cast.manager), "nothing became of it"
        assert not own.words_withheld_from(cast.practitioner), "nobody is kept from their own"


# Looking after a space


def test_a_duty_that_was_given_back_looks_after_nothing(cast):
    make_steward(cast, "consultant")
    assert folding.stewards_in(cast.peers) == {cast.consultant.pk}
    make_steward(cast, "consultant", steward=False)
    assert folding.stewards_in(cast.peers) == set()
    assert folding.may_set_aside(Reader(cast.practitioner), fresh(cast.not_named_note)), "so who opened it does"


def test_what_was_asked_already_is_not_asked_again(cast, django_assert_num_queries):
    """A page of many responses asks once who the stewards of their space are."""
    reader, note = Reader(cast.practitioner), fresh(cast.not_named_note)
    assert folding.may_set_aside(reader, note, stewards=set())
    with django_assert_num_queries(0):
        assert folding.may_set_aside(reader, note, stewards=set())
        assert folding.may_set_aside(reader, note, stewards={cast.fellow.pk}), "but its author, there is none"
        assert not folding.may_set_aside(reader, note, stewards={cast.consultant.pk})


def test_what_is_set_aside_is_not_to_be_looked_at_by_its_author_either(cast):
    note = make.make_shared_note(by=cast.practitioner, space=cast.everyone)
    make.fold(record=note, by=cast.fellow)
    assert [row.pk for row in folding.to_look_at(Reader(cast.practitioner))] == [note.pk]
    make.set_aside(record=note, by=cast.steward)
    assert not folding.to_look_at(Reader(cast.practitioner)).exists()
    actions.lift(fresh(note), by=cast.steward)
    assert [row.pk for row in folding.to_look_at(Reader(cast.practitioner))] == [note.pk]


# Help with the words: who can be asked


def test_who_can_be_asked_are_those_who_read_it_now(cast):
    def people(name, who="practitioner"):
        return {row.person for row in suggestions.people_to_ask(Reader(cast[who]), cast[name])}

    peers = {cast[name] for name in IN_PEERS} | set(cast.peers_more)
    everybody = {cast[name] for name in IN_EVERYONE} | set(cast.peers_more)
    assert people("private_note") == set()
    assert people("peers_note") == peers - {cast.practitioner}
    assert people("everyone_note") == everybody - {cast.practitioner}
    assert people("wider_note") == everybody - {cast.practitioner}, "of the wider field, who one knows"
    assert people("wider_response", "outsider") == set(), "alone in their partnership, the outsider knows nobody"
    partnership_actions.leave_space(space=cast.peers, by=cast.academic)
    assert people("peers_note") == peers - {cast.practitioner, cast.academic}


def test_what_is_not_named_or_by_role_is_kept_from_helpers(cast):
    for attribution in Attribution.values:
        cast.peers_note.attribution = attribution
        assert suggestions.is_kept_from_helpers(cast.peers_note) == (attribution != Attribution.NAMED), attribution


# Help with the words: the questions that stand


def stands(question):
    return Suggestion.objects.standing().filter(pk=question.pk).exists()


def asked(cast, *, place, helper):
    """Ask one of the cast about a note that the practitioner shares there."""
    note = make.make_shared_note(by=cast.practitioner, space=cast[place], text=f"New {place}")
    return actions.ask_for_help(note, helper=cast[helper], wish="", by=cast.practitioner, key=f"ask-{place}-{helper}")


def test_a_question_stands_while_it_is_open(cast):
    question = cast["question"]
    assert stands(question) and question in Suggestion.objects.open()
    for name in ("answered_suggestion", "question_taken_back"):
        assert not stands(cast[name]) and cast[name] not in Suggestion.objects.open(), name
    actions.decline_to_help(suggestion=question, by=cast.fellow)
    assert not stands(question) and question not in Suggestion.objects.open()


@pytest.mark.parametrize(
    "change",
    [
        {"withdrawn_at": timezone.now()},
        {"attribution": Attribution.NOT_NAMED},
        {"attribution": Attribution.ROLE},
        {"shared_at": timezone.now() + timedelta(hours=1)},
    ],
    ids=["taken back", "not named", "by role", "shared anew since"],
)
def test_a_question_stands_for_words_as_they_were_shared_when_it_was_asked(cast, change):
    """Taking back and undoing delete it; and where a row stayed behind, it says nothing to anybody."""
    assert stands(cast["question"])
    Record.objects.filter(pk=cast.peers_note.pk).update(**change)
    assert not stands(cast["question"])


@pytest.mark.parametrize("who", ["fellow", "practitioner"])
def test_a_question_stands_while_helper_and_author_are_in_the_space(cast, who):
    question = cast["question"]
    assert stands(question)
    partnership_actions.leave_space(space=cast.peers, by=cast[who])
    assert not stands(question), "still a member, and in the space no more"
    inside = cast.academic if who == "practitioner" else cast.practitioner
    make.admit(space=cast.peers, person=cast[who], by=inside)
    assert not stands(question), "who left and came back is asked anew"


@pytest.mark.parametrize("who", ["manager", "practitioner"])
def test_a_question_in_everyone_stands_while_both_are_members(cast, who):
    make.make_member(partnership=cast.sibling, person=cast[who])
    question = asked(cast, place="everyone", helper="manager")
    assert stands(question)
    make.end_membership(person=cast[who], partnership=cast.partnership)
    assert not stands(question), "a member elsewhere all the time, and here no more"
    make.make_member(partnership=cast.partnership, person=cast[who], by=cast.steward)
    assert not stands(question), "who left and came back is asked anew"


@pytest.mark.parametrize("who", ["fellow", "practitioner"])
def test_a_place_that_stands_open_after_its_stay_is_none(cast, who):
    """The stay is over, though nobody has closed the place: the same as in the rule of reading."""
    assert stands(cast["question"])
    cast[who].memberships.filter(partnership=cast.partnership).update(ended_at=timezone.now())
    assert not stands(cast["question"])


def test_a_place_in_another_space_is_not_one_here(cast):
    """Both are in another space as well; a question about words among peers asks for the place among peers."""
    both = make.make_space(
        partnership=cast.partnership, by=cast.practitioner, name="Two of us", people=(cast.fellow, cast.academic)
    )
    assert {row.person for row in both.members()} == {cast.practitioner, cast.fellow, cast.academic}
    question = asked(cast, place="peers", helper="fellow")
    assert stands(question)
    partnership_actions.leave_space(space=cast.peers, by=cast.fellow)
    assert not stands(question)


def test_in_the_wider_field_a_question_stands_whoever_comes_and_goes(cast):
    question = asked(cast, place="wider", helper="manager")
    assert stands(question)
    make.end_membership(person=cast.manager, partnership=cast.partnership)
    assert stands(question)


# Help with the words: the doors


def through(cast, door, question, **how):
    found = set()
    for name in SIGNED_IN:
        try:
            door(Reader(cast[name]), question.public_id, **how)
        except Http404:
            continue
        found.add(name)
    return found


def test_a_question_is_the_helpers_until_it_is_over(cast):
    door, question = suggestions.question_or_404, cast["question"]
    assert through(cast, door, question) == {"fellow"}
    assert door(Reader(cast.fellow), question.public_id) == question
    actions.take_question_back(suggestion=question, by=cast.practitioner)
    assert through(cast, door, question) == set()
    assert through(cast, door, question, ended_too=True) == {"fellow"}, "what they typed is given back"
    with pytest.raises(Http404):
        door(Reader(cast.fellow), MISSING_ID, ended_too=True)


def test_what_was_sent_is_found_though_the_question_stands_no_more(cast):
    """The author has left since: what the helper sent they find, what they were only asked they do not."""
    door = suggestions.question_or_404
    sent, only_asked = cast["suggestion"], asked(cast, place="everyone", helper="fellow")
    assert through(cast, door, sent) == {"academic"} and through(cast, door, only_asked) == {"fellow"}
    make.end_membership(person=cast.practitioner, partnership=cast.partnership)
    assert through(cast, door, sent) == {"academic"}
    assert through(cast, door, only_asked) == set()


def test_what_was_declined_with_words_sent_is_over(cast):
    """Sent and ended is found only where it was answered."""
    sent = cast["suggestion"]
    assert through(cast, suggestions.question_or_404, sent) == {"academic"}
    fresh_row = Suggestion.objects.get(pk=sent.pk)
    fresh_row.end(Suggestion.Outcome.TAKEN_BACK)
    assert through(cast, suggestions.question_or_404, sent) == set()
    assert through(cast, suggestions.question_or_404, cast["answered_suggestion"]) == {"consultant"}


def test_nobody_helps_with_what_they_cannot_read(cast):
    """Gone from the space, or folded meanwhile: the door is shut, even for what was sent."""
    door, sent = suggestions.question_or_404, cast["suggestion"]
    assert through(cast, door, sent) == {"academic"}
    make.fold(record=cast.everyone_note, by=cast.fellow)
    assert through(cast, door, sent) == set()
    actions.put_back(fresh(cast.everyone_note), reason="It is about nobody.", key="back", by=cast.practitioner)
    assert through(cast, door, sent) == {"academic"}
    make.end_membership(person=cast.academic, partnership=cast.partnership)
    assert through(cast, door, sent) == set()
    assert through(cast, door, sent, ended_too=True) == set()


def test_an_authors_own_question_is_found_by_its_own_id(cast):
    door = suggestions.own_question_or_404
    for name in ("question", "suggestion"):
        assert through(cast, door, cast[name]) == {"practitioner"}
        found, record = door(Reader(cast.practitioner), cast[name].public_id)
        assert (found, record.pk) == (cast[name], cast[name].record_id)
    with pytest.raises(Http404):
        door(Reader(cast.practitioner), MISSING_ID)


def test_what_waits_for_whom(cast):
    def waits():
        found = {name: {row.pk for row in suggestions.to_look_at(Reader(cast[name]))} for name in SIGNED_IN}
        return {name: rows for name, rows in found.items() if rows}

    asks, sent = cast["question"].pk, cast["suggestion"].pk
    assert waits() == {"fellow": {asks}, "practitioner": {sent}}
    make.fold(record=cast.everyone_note, by=cast.manager)
    make.fold(record=cast.peers_note, by=cast.academic)
    # Folded, it waits for its author alone, who reads it still.
    assert waits() == {"practitioner": {sent}}
    partnership_actions.leave_space(space=cast.peers, by=cast.practitioner)
    make.end_membership(person=cast.practitioner, partnership=cast.partnership)
    assert waits() == {}, "and where one is no more, one changes nothing"
