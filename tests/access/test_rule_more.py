"""What single clauses of the rules are for, asked where each stands (see `mutation`): no page lies between.

From whom words are withheld, who looks after a space, who is in it, and what lists leave out.
"""

import pytest
from django.http import Http404
from django.urls import resolve
from django.utils import timezone

from partnerships import actions as partnership_actions
from partnerships.models import Role
from partnerships.reader import Reader
from records import access, actions, folding, suggestions, withholding
from records.models import Attribution, Record, Suggestion
from reflections.models import Reflection
from tests import factories as make
from tests.cast import CAST, IN_EVERYONE, IN_PEERS, SIGNED_IN


def fresh(record):
    return Record.objects.get(pk=record.pk)


def with_words(cast, record):
    """Give who of the cast gets the words of a record."""
    rows = Record.objects.filter(pk=record.pk)
    return {name for name in CAST if rows.visible_to(Reader(cast[name])).with_words_for(Reader(cast[name])).exists()}


def noted(cast, record):
    """Give the same by what lists are told."""
    rows = Record.objects.filter(pk=record.pk)
    found = {}
    for name in SIGNED_IN:
        row = rows.visible_to(Reader(cast[name])).for_rows(Reader(cast[name])).first()
        if row:
            found[name] = not row.words_withheld
            assert bool(row.excerpt) == found[name], name
    return {name for name, words in found.items() if words}


def by_door(cast, record):
    """Give the same by the question that is asked of one record."""
    return {name for name in SIGNED_IN if not fresh(record).words_withheld_from(cast[name])}


@pytest.mark.parametrize("state", ["stands", "folded", "set aside", "taken back"])
def test_from_whom_words_are_withheld(cast, state):
    note = make.make_shared_note(by=cast.practitioner, space=cast.everyone, title="A title")
    if state == "folded":
        make.fold(record=note, by=cast.fellow)
    elif state == "set aside":
        make.set_aside(record=note, by=cast.steward)
    elif state == "taken back":
        make.withdraw(record=note)
    readers = IN_EVERYONE if state == "stands" else {"practitioner"}
    assert with_words(cast, note) == noted(cast, note) == readers
    if state != "stands":
        assert by_door(cast, note) == readers
    assert not Record.objects.with_words_for(Reader(cast.anonymous)).exists()
    assert Record.objects.standing().filter(pk=note.pk).exists() == (state in {"stands", "folded"})
    assert fresh(note).stands == (state in {"stands", "folded"})


def test_a_fold_is_judged_by_stewards_in_the_space_once_its_author_is_gone(cast):
    note = make.make_shared_note(by=cast.expert, space=cast.everyone)
    make.fold(record=note, by=cast.fellow)
    assert with_words(cast, note) == {"expert"}
    make.end_membership(person=cast.expert, partnership=cast.partnership)
    assert with_words(cast, note) == noted(cast, note) == by_door(cast, note) == {"expert", "steward"}
    make.make_member(partnership=cast.partnership, person=cast.expert, role=Role.EXPERT)
    assert with_words(cast, note) == {"expert"}
    cast.expert.is_active = False
    cast.expert.save()
    assert "steward" in with_words(cast, note)


def test_to_be_somewhere_else_is_not_to_be_here(cast):
    """The author goes on in another partnership: here they are gone all the same."""
    note = make.make_shared_note(by=cast.learning_partner, space=cast.everyone)
    make.fold(record=note, by=cast.fellow)
    make.end_membership(person=cast.learning_partner, partnership=cast.partnership)
    assert with_words(cast, note) == {"learning_partner", "steward"}


def test_a_fold_in_a_space_is_judged_by_its_own_stewards(cast):
    note = make.make_shared_note(by=cast.fellow, space=cast.peers)
    make.fold(record=note, by=cast.academic)
    partnership_actions.change_role(
        membership=make.membership_of(person=cast.consultant, partnership=cast.partnership),
        role=Role.CONSULTANT,
        own_words="",
        organisation=None,
        learning_partner=False,
        steward=True,
        by=cast.steward,
    )
    assert with_words(cast, note) == {"fellow"}
    partnership_actions.leave_space(space=cast.peers, by=cast.fellow)
    assert with_words(cast, note) == {"fellow", "consultant"}, "the author is in everyone, and not here"
    make.admit(space=cast.peers, person=cast.fellow, by=cast.practitioner)
    assert with_words(cast, note) == {"fellow"}
    end = timezone.now()
    cast.fellow.memberships.filter(partnership=cast.partnership).update(ended_at=end)
    assert with_words(cast, note) == {"fellow", "consultant"}, "the place stands open, and the stay is over"


def test_who_looks_after_which_space(cast):
    def after(name):
        return set(withholding.spaces_looked_after(Reader(cast[name])))

    assert after("steward") == {cast.everyone.pk, make.everyone_of(partnership=cast.unopened).pk}
    assert after("outsider") == {cast.sibling_everyone.pk}
    assert not any(after(name) for name in ("learning_partner", "practitioner", "site_admin", "orgadmin"))


def test_who_may_set_aside_and_put_back(cast):
    def may(question, record):
        found = set()
        for name in SIGNED_IN:
            reader = Reader(cast[name])
            row = Record.objects.visible_to(reader).noting_withheld(reader).filter(pk=record.pk).first()
            if row and question(reader, row):
                found.add(name)
        return found

    assert may(folding.may_set_aside, cast.everyone_note) == {"steward"}
    # Opened by the practitioner, and no steward in it; not about one's own words.
    assert may(folding.may_set_aside, cast.not_named_note) == {"practitioner"}
    assert may(folding.may_set_aside, cast.peers_note) == set()
    assert may(folding.may_set_aside, cast.power_line_note) == set()
    assert may(folding.may_set_aside, cast.wider_note) == set()
    assert may(folding.may_put_back, cast.everyone_note) == set()
    assert may(folding.may_put_back, cast["folded_note"]) == {"outsider"}
    note = make.make_shared_note(by=cast.fellow, space=cast.peers)
    make.fold(record=note, by=cast.academic)
    assert may(folding.may_put_back, note) == {"fellow"}
    partnership_actions.leave_space(space=cast.peers, by=cast.fellow)
    assert may(folding.may_put_back, note) == set()


def test_a_steward_who_comes_into_a_space_looks_after_it_alone(cast):
    partnership_actions.change_role(
        membership=make.membership_of(person=cast.consultant, partnership=cast.partnership),
        role=Role.CONSULTANT,
        own_words="",
        organisation=None,
        learning_partner=False,
        steward=True,
        by=cast.steward,
    )
    assert folding.stewards_in(cast.peers) == {cast.consultant.pk}
    assert folding.stewards_in(cast.everyone) == {cast.steward.pk, cast.consultant.pk}
    assert not folding.may_set_aside(Reader(cast.practitioner), fresh(cast.not_named_note))
    assert folding.may_set_aside(Reader(cast.consultant), fresh(cast.not_named_note))


def test_why_words_are_not_folded_or_set_aside(cast):
    note = make.make_shared_note(by=cast.practitioner, space=cast.everyone)
    assert folding.why_not_fold(note, by=cast.practitioner)
    assert not folding.why_not_fold(note, by=cast.fellow)
    assert not folding.why_not_set_aside(note)
    make.fold(record=note, by=cast.fellow)
    assert folding.why_not_fold(fresh(note), by=cast.academic)
    assert not folding.why_not_set_aside(fresh(note))
    make.set_aside(record=note, by=cast.steward)
    assert folding.why_not_set_aside(fresh(note))
    for name in ("withdrawn_note", "aside_note"):
        assert folding.why_not_fold(cast[name], by=cast.outsider), name
        assert folding.why_not_set_aside(cast[name]), name
    assert not folding.why_not_set_aside(cast["ordered_note"]), "the space may still say so itself"


def test_who_has_not_folded_may_after_another_s_fold_was_put_back(cast):
    note = make.make_shared_note(by=cast.practitioner, space=cast.everyone)
    make.fold(record=note, by=cast.fellow)
    actions.put_back(fresh(note), reason="It is about nobody.", key="back", by=cast.practitioner)
    assert folding.why_not_fold(fresh(note), by=cast.fellow)
    assert not folding.why_not_fold(fresh(note), by=cast.academic)


def test_what_is_set_aside_is_not_put_back_meanwhile(cast):
    note = make.make_shared_note(by=cast.practitioner, space=cast.everyone)
    make.fold(record=note, by=cast.fellow)
    assert folding.may_put_back(Reader(cast.practitioner), fresh(note))
    make.set_aside(record=note, by=cast.steward)
    assert not folding.may_put_back(Reader(cast.practitioner), fresh(note))


def test_who_folded_folds_again_once_the_words_are_others(cast):
    note = make.make_shared_note(by=cast.practitioner, space=cast.everyone)
    make.fold(record=note, by=cast.fellow)
    changes = {"text": "Other words."}
    record = Reflection.objects.get(pk=note.pk)
    actions.edit(
        record, version=record.version, changes=changes, key="again", form="reflection-edit", by=cast.practitioner
    )
    assert not folding.why_not_fold(fresh(note), by=cast.fellow)


def test_what_was_folded_is_to_be_looked_at_by_its_author_or_who_judges(cast):
    def rows(name):
        return {row.pk for row in folding.to_look_at(Reader(cast[name]))}

    assert rows("outsider") == {cast["folded_note"].pk}
    note = make.make_shared_note(by=cast.fellow, space=cast.peers)
    make.fold(record=note, by=cast.academic)
    assert rows("fellow") == {note.pk}
    assert not rows("academic") and not rows("practitioner") and not rows("steward")
    partnership_actions.leave_space(space=cast.peers, by=cast.fellow)
    assert not rows("fellow")
    make.set_aside(record=cast["folded_note"], by=cast.outsider)
    assert not rows("outsider")


def test_the_shelf_leads_to_what_stands_and_can_be_read(cast):
    notes = ("everyone_note", "peers_note", "private_note", "withdrawn_note")
    pages = {name: resolve(cast[name].get_absolute_url()) for name in notes} | {
        "home": resolve("/"),
        "notebook": resolve("/notebook/"),
    }
    assert access.pages_of_records(Reader(cast.manager), pages) == {
        "everyone_note": True,
        "peers_note": False,
        "private_note": False,
        "withdrawn_note": False,
    }
    # For its author too: what they took back is on no shelf.
    mine = access.pages_of_records(Reader(cast.practitioner), pages)
    assert mine == {"everyone_note": True, "peers_note": True, "private_note": True, "withdrawn_note": False}
    make.fold(record=cast.everyone_note, by=cast.fellow)
    assert not access.pages_of_records(Reader(cast.manager), pages)["everyone_note"]
    assert access.pages_of_records(Reader(cast.manager), {"home": pages["home"]}) == {}
    space = f"/partnerships/{cast.partnership.slug}/spaces/{cast.peers.public_id}/"
    assert access.pages_of_records(Reader(cast.manager), {"space": resolve(space)}) == {}


def test_what_is_not_named_is_found_by_neither_author_nor_tag(cast):
    signed = Record.objects.named_author(cast.fellow)
    assert signed and not signed.exclude(author=cast.fellow) and not signed.exclude(attribution=Attribution.NAMED)
    assert list(Record.objects.tagged("peers-tag").values_list("pk", flat=True)) == [cast.peers_note.pk]
    assert not Record.objects.tagged("fellow-tag")


def test_who_is_in_a_space(cast):
    def people(space):
        return set(space.members().values_list("person", flat=True))

    peers = {cast[name].pk for name in IN_PEERS} | {person.pk for person in cast.peers_more}
    assert people(cast.peers) == peers
    assert people(cast.everyone) == {cast[name].pk for name in IN_EVERYONE} | {person.pk for person in cast.peers_more}
    now = timezone.now()
    cast.peers.places.filter(membership__person=cast.academic).update(ended_at=now)
    cast.consultant.memberships.filter(partnership=cast.partnership).update(ended_at=now)
    assert people(cast.peers) == peers - {cast.academic.pk, cast.consultant.pk}
    assert cast.consultant.pk not in people(cast.everyone)


def test_who_can_be_asked_to_help(cast):
    def people(name):
        found = suggestions.people_to_ask(Reader(cast.practitioner), cast[name])
        return {row.person for row in found}

    assert people("private_note") == set()
    assert people("peers_note") == {cast.fellow, cast.consultant, cast.academic, *cast.peers_more}
    assert cast.manager in people("wider_note") and cast.outsider not in people("wider_note")
    for name in ("fellow", "manager"):
        cast[name].is_active = False
        cast[name].save()
    assert cast.fellow not in people("peers_note") and cast.manager not in people("wider_note")
    assert suggestions.is_kept_from_helpers(cast.not_named_note)
    assert not suggestions.is_kept_from_helpers(cast.peers_note)


def test_help_that_is_asked_for_stands_while_both_are_there(cast):
    def waits(name):
        return {row.pk for row in suggestions.to_look_at(Reader(cast[name]))}

    assert waits("fellow") == {cast["question"].pk}
    assert waits("practitioner") == {cast["suggestion"].pk}
    assert not waits("academic") and not waits("consultant") and not waits("steward")
    assert cast["question"] in Suggestion.objects.standing()
    partnership_actions.leave_space(space=cast.peers, by=cast.fellow)
    assert not waits("fellow") and cast["question"] not in Suggestion.objects.standing()
    make.admit(space=cast.peers, person=cast.fellow, by=cast.practitioner)
    assert not waits("fellow"), "who left and came back is asked anew"


def test_nobody_helps_with_what_is_withheld_or_gone(cast):
    door, question = suggestions.question_or_404, cast["question"]
    assert door(Reader(cast.fellow), question.public_id) == question
    make.fold(record=cast.peers_note, by=cast.academic)
    assert not {row.pk for row in suggestions.to_look_at(Reader(cast.fellow))}
    with pytest.raises(Http404):
        door(Reader(cast.fellow), question.public_id)
    record = fresh(cast.peers_note)
    assert record.folded_at
    actions.withdraw(record, by=cast.practitioner)
    assert not Suggestion.objects.standing().filter(record=record).exists()


def test_a_link_of_what_belongs_to_its_space_is_taken_off_in_its_room_alone(cast):
    """Whoever opened it has no more say in it than others there; of patterns, see tests/landscape."""
    assert access.link_or_404(Reader(cast.supervisor), cast["link"].public_id) == cast["link"]
    Record.objects.filter(pk=cast["grown"].pk).update(kind="pattern")
    with pytest.raises(Http404):
        access.link_or_404(Reader(cast.supervisor), cast["link"].public_id)
