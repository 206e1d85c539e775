"""Patterns: their space reads and changes them, sources are of the same space, and a hidden source tells nothing."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.my_data import erasing
from desk import drafts
from desk.models import Notice
from landscape import actions
from landscape.models import Pattern, PatternChange, PatternSource
from landscape.my_data import erase
from landscape.reading import sources_of
from partnerships.actions import leave_space
from partnerships.reader import Reader
from records import actions as record_actions
from records import links
from records.access import record_or_404
from records.actions import AlreadySent, StaleVersion
from records.models import Link, Record, Response, Version
from tests import factories as make

from . import made

OUTSIDE = ("manager", "outsider", "former", "site_admin", "learning_partner", "steward")


def reads(person, record):
    return Record.objects.visible_to(Reader(person)).filter(pk=record.pk).exists()


def shown(pattern, person):
    """Give what this person is shown of its sources: the records that fit, and those that do not."""
    reader = Reader(person)
    read = record_or_404(reader, Pattern, pattern.public_id)
    found = sources_of(reader, read, links.around(reader, read))
    return [row.record.public_id for row in found.agreeing], [row.record.public_id for row in found.disagreeing]


@pytest.mark.parametrize("name", OUTSIDE)
def test_who_is_not_in_its_space_neither_reads_nor_does_anything(cast, name):
    pattern, person = cast["pattern"], cast[name]
    assert not reads(person, pattern)
    before = (PatternSource.objects.count(), PatternChange.objects.count(), Pattern.objects.get(pk=pattern.pk).text)
    for attempt in (
        lambda: made.pattern(by=person, space=cast.peers),
        lambda: made.source(pattern, cast.peers_note, by=person),
        lambda: made.state(pattern, to="tested", by=person),
        lambda: made.change(pattern, by=person, text="theirs"),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    now = (PatternSource.objects.count(), PatternChange.objects.count(), Pattern.objects.get(pk=pattern.pk).text)
    assert now == before


def test_every_member_of_a_space_writes_patterns_whatever_their_role(cast):
    for name in ("practitioner", "consultant", "academic"):
        assert made.pattern(by=cast[name], space=cast.peers).author == cast[name]


def test_a_pattern_is_its_spaces_and_goes_dark_for_who_left(cast):
    pattern = made.pattern(by=cast.practitioner, space=cast.peers)
    leave_space(space=cast.peers, by=cast.practitioner)
    assert not reads(cast.practitioner, pattern) and reads(cast.fellow, pattern)


def test_patterns_are_a_partnerships_and_not_the_wider_fields(cast):
    with pytest.raises(PermissionDenied):
        made.pattern(by=cast.practitioner, space=cast.wider)


def test_sent_twice_there_is_one(cast):
    key = drafts.new_key()
    first = made.pattern(by=cast.fellow, space=cast.peers, key=key)
    assert made.pattern(by=cast.fellow, space=cast.peers, key=key) == first
    with pytest.raises(AlreadySent):
        made.pattern(by=cast.fellow, space=cast.peers, key=key, text="Other words.")
    key = drafts.new_key()
    row = made.source(first, cast.peers_note, by=cast.fellow, key=key)
    assert made.source(first, cast.peers_note, by=cast.fellow, key=key) == row
    with pytest.raises(AlreadySent):
        made.source(first, cast.peers_note, by=cast.fellow, key=key, why="other")
    key = drafts.new_key()
    for _turn in range(2):
        made.state(first, to="tested", seen="emerging", reason="On Monday.", by=cast.fellow, key=key)
    assert list(first.changes.values_list("state", flat=True)) == ["emerging", "tested"]


def test_two_who_change_it_do_not_write_over_each_other(cast):
    pattern = cast["pattern"]
    version = Pattern.objects.get(pk=pattern.pk).version
    made.change(pattern, by=cast.fellow, version=version, looked_for="the fellow's")
    with pytest.raises(StaleVersion):
        made.change(pattern, by=cast.academic, version=version, looked_for="the academic's")
    assert Pattern.objects.get(pk=pattern.pk).looked_for == "the fellow's"
    kept = Version.objects.filter(record=pattern.pk).latest("number")
    assert (kept.words["looked_for"], kept.replaced_by) == ("looked-for words", cast.fellow)


def test_how_it_stands_goes_any_way_and_letting_go_takes_a_reason(cast):
    pattern = made.pattern(by=cast.fellow, space=cast.peers)
    with pytest.raises(ValidationError, match="why it is let go"):
        made.state(pattern, to="let_go", by=cast.fellow)
    for to in ("tested", "let_go", "emerging"):
        made.state(pattern, to=to, by=cast.academic, reason=f"for {to}")
    assert list(pattern.changes.values_list("state", flat=True)) == ["emerging", "tested", "let_go", "emerging"]
    with pytest.raises(ValidationError, match="Emerging"):
        made.state(pattern, seen="tested", to="let_go", by=cast.fellow, reason="It does not hold.")


@pytest.mark.parametrize("record", ["everyone_note", "power_line_note", "wider_note", "private_note", "sibling_note"])
def test_a_source_is_of_the_patterns_own_space(cast, record):
    with pytest.raises(PermissionDenied):
        made.source(cast["pattern"], cast[record], by=cast.practitioner)
    assert cast[record].public_id not in str(shown(cast["pattern"], cast.practitioner))


def test_a_source_agrees_or_disagrees_and_only_the_first_goes_without_a_line(cast):
    pattern = made.pattern(by=cast.academic, space=cast.peers, begun_with=cast.peers_note)
    made.source(pattern, cast.not_named_note, by=cast.academic, stance="disagrees", why="A shelter, and no rule there.")
    expected = [cast.peers_note.public_id], [cast.not_named_note.public_id]
    for name in ("practitioner", "fellow", "consultant"):
        assert shown(pattern, cast[name]) == expected
    with pytest.raises(ValidationError, match="what does not fit"):
        actions.add_source(
            pattern=pattern, record=cast["tension"], stance="disagrees", why="", by=cast.fellow, key=drafts.new_key()
        )
    with pytest.raises(ValidationError, match="source meanwhile"):
        made.source(pattern, cast.peers_note, by=cast.fellow, stance="disagrees", why="I read it otherwise.")


def test_it_begins_with_nothing_that_is_read_elsewhere(cast):
    pattern = made.pattern(by=cast.practitioner, space=cast.peers, begun_with=cast.everyone_note)
    assert shown(pattern, cast.fellow) == ([], [])


@pytest.mark.parametrize("what", ["folded", "aside", "withdrawn", "undone"])
def test_a_source_that_is_not_read_any_more_tells_nothing(cast, what):
    note = make.make_shared_note(by=cast.fellow, space=cast.peers, text="once read")
    pattern = made.pattern(by=cast.academic, space=cast.peers, begun_with=note)
    assert shown(pattern, cast.consultant) == ([note.public_id], [])
    if what == "folded":
        make.fold(record=note, by=cast.practitioner)
    elif what == "aside":
        Record.objects.filter(pk=note.pk).update(set_aside_at=note.created_at)
    elif what == "withdrawn":
        record_actions.withdraw(note, by=cast.fellow)
    else:
        record_actions.undo_share(note, by=cast.fellow)
    assert shown(pattern, cast.consultant) == ([], [])


def test_what_was_shared_anew_is_no_source_until_somebody_says_so_again(cast, client_for):
    """Shared again without a name, a note must not be known by what it was a source of before, from neither page."""
    note = make.make_shared_note(by=cast.fellow, space=cast.peers)
    pattern = made.pattern(by=cast.academic, space=cast.peers, title="Came of it", begun_with=note)

    def page():
        return client_for(cast.consultant).get(note.get_absolute_url()).content.decode()

    assert "Came of it" in page()
    record_actions.undo_share(note, by=cast.fellow)
    note.refresh_from_db()
    make.share(note=note, space=cast.peers, attribution="not_named")
    assert shown(pattern, cast.consultant) == ([], []) and "Came of it" not in page()
    made.source(pattern, note, by=cast.consultant, stance="disagrees")
    assert shown(pattern, cast.consultant) == ([], [note.public_id])
    assert PatternSource.objects.filter(grown=pattern.pk).count() == 1


def test_who_added_a_source_or_wrote_it_takes_it_off_and_nobody_else(cast):
    pattern = made.pattern(by=cast.academic, space=cast.peers)
    for by in (cast.consultant, cast.practitioner):
        row = made.source(pattern, cast.peers_note, by=cast.consultant)
        for other in (cast.fellow, cast.academic):
            with pytest.raises(PermissionDenied):
                actions.take_off_source(source=row, by=other)
        actions.take_off_source(source=row, by=by)
        assert shown(pattern, cast.fellow) == ([], [])
    assert not Link.objects.filter(grown=pattern.pk).exists()


def test_the_pattern_is_no_link_that_its_writer_alone_could_take_off(cast, client_for):
    pattern = made.pattern(by=cast.academic, space=cast.peers)
    row = made.source(pattern, cast.peers_note, by=cast.consultant)
    address = reverse("records:link-delete", args=[row.public_id])
    assert client_for(cast.academic).post(address).status_code == 404
    with pytest.raises(PermissionDenied):
        record_actions.remove_link(link=row.link, by=cast.academic)


def test_whoever_wrote_a_source_is_told_once_that_something_came_of_it(cast):
    pattern = made.pattern(by=cast.academic, space=cast.peers)
    made.source(pattern, cast.peers_note, by=cast.consultant)
    made.source(pattern, cast["tension"], by=cast.consultant)
    told = Notice.objects.filter(kind="grown", about=pattern.public_id)
    assert list(told.values_list("person", flat=True)) == [cast.practitioner.pk]


@pytest.mark.parametrize("name", ["peers_note", "not_named_note", "tension", "experiment", "conversation"])
def test_its_page_tells_what_came_of_it_to_who_reads_both(cast, client_for, name):
    pattern = made.pattern(by=cast.academic, space=cast.peers, title="Came of it")
    made.source(pattern, cast[name], by=cast.consultant)
    assert "Came of it" in client_for(cast.fellow).get(cast[name].get_absolute_url()).content.decode()


def test_erased_with_all_taken_back_the_lines_go_and_the_sources_stay(cast):
    pattern = made.pattern(by=cast.academic, space=cast.peers)
    made.source(pattern, cast.peers_note, by=cast.consultant, stance="disagrees", why="my words")
    made.state(pattern, to="tested", by=cast.consultant, reason="my reason")
    erase(erasing.Leaving(cast.consultant, erasing.Choice.TAKEN_BACK, "C", frozenset()))
    row = PatternSource.objects.get(grown=pattern.pk)
    assert (row.stance, row.why) == ("disagrees", "")
    assert not PatternChange.objects.filter(pattern=pattern).exclude(reason="").exists()


def test_only_what_says_how_something_is_read_can_be_read_differently(cast, client_for):
    offered = 'value="differently"'
    assert offered in client_for(cast.fellow).get(cast["pattern"].get_absolute_url()).content.decode()
    assert offered not in client_for(cast.fellow).get(cast.peers_note.get_absolute_url()).content.decode()
    said = {"text": "I was in that doorway.", "verb": "differently"}
    for to, status in ((cast["pattern"], 302), (cast.peers_note, 422)):
        address = reverse("records:response-new", args=[to.public_id])
        answer = client_for(cast.fellow).post(address, said | {"draft_key": drafts.new_key()})
        assert answer.status_code == status
    assert Response.objects.get(verb="differently").does == "reads this differently"


def test_it_is_found_by_what_was_looked_for(cast, client_for):
    address = cast["pattern"].get_absolute_url()
    assert address in client_for(cast.academic).get("/search/", {"q": "looked-for"}).content.decode()
    assert address not in client_for(cast.manager).get("/search/", {"q": "looked-for"}).content.decode()
