"""What the timeline tells: of what the reader reads and of nothing else, of what happened and of nobody."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from convening import actions as convening_actions
from convening.models import Decision, Session
from curating.timeline.reading import Month, Timeline, Wanted
from cycles.models import CycleMove
from desk import drafts
from partnerships.actions import enter_phase, leave_space
from partnerships.reader import Reader
from records import moments
from records.models import Record
from tests import factories as make
from tests.cast import IN_PEERS, MEMBERS
from tests.convening import after_made

NOW = Wanted()


def told_to(person, partnership, wanted=NOW):
    return Timeline(Reader(person), partnership).page(wanted).moments


def titles(person, cast, **wanted):
    return [row.title for row in told_to(person, cast.partnership, Wanted(**wanted))]


@pytest.mark.parametrize("source", moments.all_sources(), ids=lambda source: source.key)
def test_no_room_tells_of_what_its_reader_does_not_read(cast, source):
    """For whatever a room registers: its records are read by the one rule, stand, and are of that partnership."""
    for name in (*MEMBERS, "former", "outsider", "orgadmin", "site_admin"):
        reader = Reader(cast[name])
        for partnership in (cast.partnership, cast.sibling, cast.supervision):
            told = set(source.moments(reader, partnership).values_list("of_record", flat=True))
            if source.kind:
                read = Record.objects.visible_to(reader).standing().with_words_for(reader)
                read = read.filter(partnership=partnership, kind=source.kind)
                assert told <= set(read.values_list("public_id", flat=True)), (name, source.key)


@pytest.mark.parametrize("column", ["folded_at", "set_aside_at", "withdrawn_at"])
def test_what_is_withheld_is_not_told(cast, column):
    reader = Reader(cast.academic)
    before = {source.key for source in moments.all_sources() if source.moments(reader, cast.partnership).exists()}
    assert before >= {"session", "experiment", "experiment-closed", "condition", "condition-answered", "cycle"}
    assert before >= {"activity", "tension", "phase", "agreement"}
    Record.objects.exclude(author=cast.academic).filter(space__isnull=False).update(**{column: timezone.now()})
    told = told_to(cast.academic, cast.partnership)
    by_others = Record.objects.exclude(author=cast.academic).values_list("public_id", flat=True)
    assert not {row.of_record for row in told} & set(by_others)
    assert {row.source.key for row in told if not row.level} == {"phase", "agreement"}


@pytest.mark.parametrize("name", sorted(MEMBERS))
def test_what_is_read_in_a_narrow_space_is_told_there_only(cast, name):
    told = told_to(cast[name], cast.partnership)
    assert ("Tried by peers" in {row.title for row in told}) is (name in IN_PEERS)
    assert "Tried by everyone" in {row.title for row in told}
    for row in told:
        assert bool(row.read_in) is (row.space is not None and row.space != cast.everyone), row.title


def test_who_left_a_space_is_told_of_it_no_more(cast):
    """Of what they convened there as well: it is the space's."""
    after_made.held(cast, title="Held by peers")
    assert "Held by peers" in titles(cast.practitioner, cast)
    leave_space(space=cast.peers, by=cast.practitioner)
    assert "Held by peers" not in titles(cast.practitioner, cast)
    assert "Held by peers" in titles(cast.fellow, cast)


def test_sessions_are_told_once_they_were_held_and_their_outcomes_once_agreed(cast):
    told = {row.title: row for row in told_to(cast.fellow, cast.partnership)}
    assert told["Session agreed"].told == "what was learned, agreed"
    for name in ("noted", "proposed", "objected"):
        assert told[f"Session {name}"].told == "", name
    assert told["Session under the rule"].said == "Chatham House Rule"
    assert not {"Session in everyone", "Session in peers"} & set(told)
    session = make.make_session(by=cast.fellow, space=cast.everyone, title="Called off")
    convening_actions.cancel_session(session=session, because="Rain.", by=cast.fellow, key=drafts.new_key())
    assert "Called off" not in titles(cast.fellow, cast)
    now = timezone.now()
    Session.objects.filter(pk=session.pk).update(starts_at=now - timedelta(hours=3), ends_at=now - timedelta(hours=2))
    row = next(row for row in told_to(cast.manager, cast.partnership) if row.title == "Called off")
    assert (row.said, row.told) == ("Cancelled", "")


def test_a_decision_is_told_once_it_is_carried_out_and_never_whom_a_duty_was_given_to(cast):
    assert not [row for row in told_to(cast.steward, cast.partnership) if row.source.key == "decision"]
    now = {"carried_out_at": timezone.now(), "carried_out_by": cast.steward}
    Decision.objects.filter(pk__in=[cast["looked_decision"].pk, cast["looked_duty"].pk]).update(**now)
    told = [row for row in told_to(cast.steward, cast.partnership) if row.source.key == "decision"]
    assert {row.said for row in told} == {"Something we set out to do is let go", "Who is a steward"}
    words = " ".join(f"{row.title} {row.said} {row.told}" for row in told)
    assert not any(cast[name].name in words for name in MEMBERS)
    assert {sort.key for row in told for sort in row.source.sorts} == {"decision"}


def test_phases_that_were_corrected_are_not_told(cast):
    phase = cast.partnership.phases.get(key="working")
    for days, reason in ((10, "A slip."), (20, "This is how it was.")):
        began_on = timezone.localdate() - timedelta(days=days)
        enter_phase(partnership=cast.partnership, phase=phase, began_on=began_on, reason=reason, by=cast.steward)
    told = [row.told for row in told_to(cast.manager, cast.partnership) if row.source.key == "phase"]
    assert told == ["This is how it was."]


def test_cycles_are_told_move_by_move_in_the_order_of_the_days(cast):
    told = told_to(cast.manager, cast.partnership, Wanted(sorts=["cycle"], oldest_first=True))
    moves = [row for row in told if row.title == "Cycle in everyone"]
    assert [row.said for row in moves] == ["Began with: Understand", "On to: Co-design", "Back to: Understand"]
    assert told == sorted(told, key=lambda row: row.day)
    assert told_to(cast.manager, cast.partnership, Wanted(sorts=["cycle"])) == told[::-1]


def test_only_what_is_asked_for_is_shown(cast):
    decided = told_to(cast.fellow, cast.partnership, Wanted(sorts=["decision"]))
    assert {row.source.key for row in decided} == {"experiment-closed", "condition-answered"}
    first = told_to(cast.fellow, cast.partnership, Wanted(levels=[1]))
    assert first and {row.level for row in first} == {1}
    both = told_to(cast.fellow, cast.partnership, Wanted(sorts=["session"], levels=[2]))
    assert not both


def on_days(cast, *days):
    """Have nothing but so many sessions, on these days."""
    Record.objects.filter(partnership=cast.partnership, kind__in=[row.kind for row in moments.all_sources()]).update(
        set_aside_at=timezone.now()
    )
    CycleMove.objects.all().delete()
    cast.partnership.phase_changes.update(began_on=days[0])
    cast.partnership.agreements.all().delete()
    for day in days:
        noon = timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 12))
        session = make.make_session(by=cast.fellow, space=cast.everyone, title=f"On {day}")
        Session.objects.filter(pk=session.pk).update(starts_at=noon, ends_at=noon + timedelta(hours=1))


def shape(page):
    def month(row):
        return (row.first.month, row.until.month if row.until else None, len(row.moments))

    return [(year.number, [month(row) for row in year.months]) for year in page.years]


def test_months_in_which_nothing_was_are_gaps_and_stand_in_their_year(cast):
    on_days(cast, date(2025, 6, 3), date(2025, 6, 30), date(2025, 10, 1), date(2026, 2, 1))
    timeline = Timeline(Reader(cast.manager), cast.partnership)
    quiet = [(6, None, 3), (7, 9, 0), (10, None, 1), (11, 12, 0)]
    page = timeline.page(Wanted(oldest_first=True))
    assert shape(page) == [(2025, quiet), (2026, [(1, 1, 0), (2, None, 1)])]
    assert shape(timeline.page(NOW)) == [(2026, [(2, None, 1), (1, 1, 0)]), (2025, quiet[::-1])]
    # Where something is left out, a month without it is no gap.
    assert not any(month.is_quiet for year in timeline.page(Wanted(sorts=["session"])).years for month in year.months)
    assert Month(date(2025, 7, 1)).is_quiet


def test_much_is_shown_a_year_at_a_time(cast, monkeypatch):
    monkeypatch.setattr("curating.timeline.reading.MOST_AT_ONCE", 3)
    on_days(cast, date(2023, 11, 3), date(2025, 6, 30), date(2025, 10, 1), date(2026, 2, 1))
    timeline = Timeline(Reader(cast.manager), cast.partnership)
    page = timeline.page(NOW)
    assert (page.year, page.earlier, page.later) == (2026, 2025, None)
    assert shape(page) == [(2026, [(2, None, 1), (1, 1, 0)])]
    page = timeline.page(Wanted(year=2025))
    assert (page.year, page.earlier, page.later) == (2025, 2023, 2026)
    assert shape(page) == [(2025, [(11, 12, 0), (10, None, 1), (7, 9, 0), (6, None, 1), (1, 5, 0)])]
    assert timeline.page(Wanted(year=1999)).year == 2026
    assert timeline.page(Wanted(oldest_first=True)).year == 2023
