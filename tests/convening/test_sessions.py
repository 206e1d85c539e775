"""Convening: any member does, the host runs it, all in its space read it, and nobody else."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from convening import actions
from convening.models import Session
from convening.views import sessions as views
from desk.models import Draft, Notice
from partnerships import actions as partnership_actions
from partnerships.reader import Reader
from records.models import Record, Version
from records.versions import AlreadySent, StaleVersion
from tests import factories as make


def page(name, thing):
    return reverse(f"convening:{name}", args=[thing.public_id])


def member(cast, name):
    return make.membership_of(person=cast[name], partnership=cast.partnership)


def filled(cast, **changed):
    """Give the body of a POST that convenes a session in the peers' space."""
    day = timezone.localdate() + timedelta(days=10)
    return {
        "title": "Leaving hospital",
        "day_day": day.day,
        "day_month": day.month,
        "day_year": day.year,
        "starts": "10am",
        "ends": "noon",
        "zone": "Europe/London",
        "space": cast.peers.public_id,
        "occasion": "sense_making",
        "person_level": "2",
        "confidentiality": "ordinary",
        "silent": "yes",
        "draft_key": "a-key-of-ours",
    } | changed


@pytest.fixture
def new(cast):
    return reverse("convening:session-new", args=[cast.partnership.slug])


def test_any_member_convenes_in_a_space_they_are_in_and_is_its_host(cast, client_for, new):
    answer = client_for(cast.fellow).post(new, filled(cast))
    made = Session.objects.get(title="Leaving hospital")
    assert answer.headers["Location"] == made.get_absolute_url()
    assert (made.host, made.space, made.minutes, made.starts.hour) == (cast.fellow, cast.peers, 120, 10)
    told = set(Notice.objects.filter(kind="session", about=made.public_id).values_list("person", flat=True))
    assert told == {row.person_id for row in cast.peers.members()} - {cast.fellow.pk}


def test_sent_twice_is_convened_once_and_other_words_are_not_dropped(cast, client_for, new):
    browser = client_for(cast.fellow)
    for _time in range(2):
        assert browser.post(new, filled(cast)).status_code == 302
    assert Session.objects.filter(title="Leaving hospital").count() == 1
    answer = browser.post(new, filled(cast, title="Leaving prison"))
    assert answer.status_code == 422
    assert "Leaving prison" in answer.content.decode()


@pytest.mark.parametrize("space", ["power_line", "one_to_one", "sibling_everyone", "wider"])
def test_nobody_convenes_where_they_are_not(cast, client_for, new, space):
    answer = client_for(cast.fellow).post(new, filled(cast, space=cast[space].public_id))
    assert answer.status_code == 422
    assert "You are not in that space." in answer.content.decode()
    if space != "wider":
        with pytest.raises(PermissionDenied):
            make.make_session(by=cast.fellow, space=cast[space])
    assert client_for(cast.outsider).get(new).status_code == 404


def test_in_the_wider_field_there_are_no_sessions(cast):
    with pytest.raises(PermissionDenied):
        make.make_session(by=cast.fellow, space=cast.wider)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"ends": "9am"}, "It ends before it starts."),
        ({"ends": "10am"}, "It ends before it starts."),
        ({"starts": "soon"}, "This is no hour."),
        ({"zone": "Mars/Olympus"}, "No time zone is called that."),
        ({"zone": ""}, "Write a time zone"),
        ({"day_day": "31", "day_month": "2"}, "There is no such day."),
        ({"day_year": "1999"}, "That has gone by."),
        ({"day_year": "2999"}, "That is too far ahead."),
        ({"day_day": "28", "day_month": "3", "day_year": "2027", "starts": "1:30am"}, "does not strike"),
        ({"day_day": "31", "day_month": "10", "day_year": "2027", "starts": "1:30am"}, "strikes twice"),
        ({"starts": "1pm", "ends": "2pm", "overnight": "on"}, "longer than a day"),
        ({"link": "javascript:alert(1)"}, "no address of a page"),
        ({"link": "ftp://files.example.org"}, "no address of a page"),
        ({"title": ""}, "Give it a name."),
        ({"title": "two\nlines"}, "line break"),
        ({"occasion": "party"}, "Select a valid choice"),
        ({"confidentiality": ""}, "Needs an answer"),
    ],
)
def test_what_is_wrong_is_said_beside_the_box_with_all_that_was_typed(cast, client_for, new, typed, words):
    answer = client_for(cast.fellow).post(new, filled(cast, place="Saltby Library", **typed))
    body = answer.content.decode()
    assert answer.status_code == 422
    assert words in body
    assert "Saltby Library" in body
    assert not Session.objects.filter(place="Saltby Library").exists()


def test_a_night_shift_ends_on_the_day_after(cast, client_for, new):
    client_for(cast.fellow).post(new, filled(cast, starts="10pm", ends="6am", overnight="on"))
    assert Session.objects.get(title="Leaving hospital").minutes == 8 * 60


def test_only_the_host_changes_moves_and_cancels(cast, client_for):
    session = cast["peers_session"]
    for name in ("session-edit", "session-move", "session-cancel", "session-host"):
        assert client_for(cast.practitioner).get(page(name, session)).status_code == 200
        assert client_for(cast.fellow).get(page(name, session)).status_code == 403
        assert client_for(cast.manager).get(page(name, session)).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.cancel_session(session=session, because="x", by=cast.fellow, key="k")
    with pytest.raises(PermissionDenied):
        actions.change_session(session=session, version=1, changes={"title": "x"}, by=cast.fellow, key="k")


def test_what_it_said_before_is_kept_and_of_two_who_save_one_sees_both(cast):
    session = cast["peers_session"]
    other = Session.objects.get(pk=session.pk)
    actions.change_session(session=session, version=1, changes={"title": "First"}, by=cast.practitioner, key="one")
    assert Version.objects.get(record=session.record).words["title"] == "Session in peers"
    with pytest.raises(StaleVersion):
        actions.change_session(session=other, version=1, changes={"title": "Second"}, by=cast.practitioner, key="two")
    assert Session.objects.get(pk=session.pk).title == "First"


def test_a_change_on_a_page_that_was_overtaken_shows_both_texts(cast, client_for):
    session = cast["peers_session"]
    actions.change_session(
        session=session, version=1, changes={"title": "Saved first"}, by=cast.practitioner, key="one"
    )
    typed = filled(cast, title="Typed second", question="Who?", version=1, draft_key="two")
    answer = client_for(cast.practitioner).post(page("session-edit", session), typed)
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "Saved first" in body
    assert "Typed second" in body
    assert Draft.objects.of(cast.practitioner).open().filter(form="session-edit").exists()


def test_the_chatham_house_rule_is_not_taken_back(cast, client_for):
    session = cast["peers_session"]
    under = {"confidentiality": "chatham_house"}
    actions.change_session(session=session, version=1, changes=under, by=cast.practitioner, key="one")
    typed = filled(cast, confidentiality="ordinary", version=2, draft_key="two")
    answer = client_for(cast.practitioner).post(page("session-edit", session), typed)
    assert answer.status_code == 422
    assert "so it stays" in answer.content.decode()


def test_it_is_moved_while_it_is_ahead_and_all_are_told(cast, client_for):
    session = cast["peers_session"]
    before = session.starts_at
    answer = client_for(cast.practitioner).post(page("session-move", session), filled(cast) | {"version": 1})
    assert answer.status_code == 302
    session.refresh_from_db()
    assert session.was_to_start_at == before
    assert Notice.objects.filter(kind="session_moved", about=session.public_id).count() == 7
    running = cast["running_session"]
    with pytest.raises(ValidationError, match="has begun"):
        actions.move_session(
            session=running,
            version=running.version,
            starts_at=timezone.now() + timedelta(days=1),
            ends_at=timezone.now() + timedelta(days=2),
            zone="Europe/London",
            by=cast.academic,
        )


def test_moving_a_session_that_was_changed_meanwhile_keeps_what_was_typed(cast, client_for):
    session = cast["peers_session"]
    actions.change_session(session=session, version=1, changes={"title": "Other"}, by=cast.practitioner, key="one")
    browser = client_for(cast.practitioner)
    answer = browser.post(page("session-move", session), filled(cast, starts="9:45am") | {"version": 1})
    assert answer.status_code == 409
    assert "9:45am" in answer.content.decode()
    assert 'name="version" value="2"' in answer.content.decode()


def test_a_cancelled_one_stays_in_the_list_with_its_reason_and_takes_nothing_more(cast, client_for):
    session, browser = cast["cancelled_session"], client_for(cast.fellow)
    lists = browser.get(reverse("convening:session-list", args=[cast.partnership.slug])).content.decode()
    assert "Nobody can." in lists
    assert "Nobody can." in browser.get(page("session-detail", session)).content.decode()
    with pytest.raises(ValidationError, match="cancelled"):
        actions.answer_session(session=session, answer="yes", by=cast.fellow)
    with pytest.raises(ValidationError, match="cancelled"):
        make.make_contribution(to=session, by=cast.fellow)
    told = browser.post(page("session-answer", session), {"answer": "yes"}, follow=True)
    assert "This session was cancelled" in told.content.decode()


def test_what_somebody_changed_a_moment_ago_is_not_cancelled_unread(cast, client_for, monkeypatch):
    session, reach_of = cast["peers_session"], views.reach_of

    def changed_meanwhile(request, row):
        Record.objects.filter(pk=row.pk).update(version=F("version") + 1)
        return reach_of(request, row)

    monkeypatch.setattr(views, "reach_of", changed_meanwhile)
    sent = {"draft_key": "k", "text": "Nobody can come"}
    answer = client_for(cast.practitioner).post(page("session-cancel", session), sent)
    assert answer.status_code == 409
    assert "Somebody changed this session meanwhile" in answer.content.decode()
    assert "Nobody can come" in answer.content.decode()
    assert not Session.objects.get(pk=session.pk).is_cancelled


def test_a_reason_is_needed_to_cancel_and_what_is_over_is_not_cancelled(cast, client_for):
    answer = client_for(cast.practitioner).post(page("session-cancel", cast["peers_session"]), {"draft_key": "k"})
    assert answer.status_code == 422
    with pytest.raises(ValidationError, match="over"):
        actions.cancel_session(session=cast["over_session"], because="x", by=cast.academic, key="k")


def test_hosting_is_handed_to_somebody_in_the_space(cast, client_for):
    session, browser = cast["peers_session"], client_for(cast.practitioner)
    outside = browser.post(page("session-host", session), {"host": member(cast, "manager").public_id})
    assert outside.status_code == 422
    assert browser.post(page("session-host", session), {"host": member(cast, "fellow").public_id}).status_code == 302
    session.refresh_from_db()
    assert session.host == cast.fellow
    assert browser.get(page("session-edit", session)).status_code == 403


def test_whoever_is_there_takes_over_once_its_time_has_come_or_the_host_has_left(cast):
    session, running = cast["peers_session"], cast["running_session"]
    with pytest.raises(PermissionDenied):
        actions.hand_over_hosting(session=session, to=member(cast, "fellow"), by=cast.fellow)
    stale = Session.objects.get(pk=running.pk)
    actions.hand_over_hosting(session=running, to=member(cast, "fellow"), by=cast.fellow)
    with pytest.raises(ValidationError, match="took over"):
        actions.hand_over_hosting(session=stale, to=member(cast, "consultant"), by=cast.consultant)
    partnership_actions.leave_space(space=cast.peers, by=cast.practitioner)
    actions.hand_over_hosting(session=session, to=member(cast, "fellow"), by=cast.fellow)
    assert Session.objects.get(pk=session.pk).host == cast.fellow


def test_it_goes_dark_for_who_convened_it_and_left(cast, client_for):
    session = cast["peers_session"]
    partnership_actions.leave_space(space=cast.peers, by=cast.practitioner)
    assert client_for(cast.practitioner).get(page("session-detail", session)).status_code == 404
    assert not Session.objects.visible_to(Reader(cast.practitioner)).filter(pk=session.pk).exists()


def test_a_copy_begins_with_everything_but_the_day(cast, client_for, new):
    body = client_for(cast.fellow).get(f"{new}?like={cast['peers_session'].public_id}")
    form = body.context["form"]
    assert form["title"].value() == "Session in peers"
    assert form["day"].value() is None
    # Of what one may not read nothing is copied.
    elsewhere = client_for(cast.fellow).get(f"{new}?like={cast['power_line_session'].public_id}")
    assert elsewhere.context["form"]["title"].value() is None


def test_a_session_that_is_folded_shows_nothing_of_itself(cast, client_for):
    session = cast["peers_session"]
    make.fold(record=session, by=cast.fellow)
    body = client_for(cast.consultant).get(page("session-detail", session)).content.decode()
    for words in ("Session in peers", "make sense of it", "What would you like to ask?"):
        assert words not in body
    assert client_for(cast.consultant).get(page("contribution-new", session)).status_code == 403
    lists = client_for(cast.consultant).get(reverse("convening:session-list", args=[cast.partnership.slug]))
    assert "Session in peers" not in lists.content.decode()


def test_sent_again_in_other_words_says_so(cast):
    session = cast["peers_session"]
    actions.change_session(session=session, version=1, changes={"title": "One"}, by=cast.practitioner, key="k")
    with pytest.raises(AlreadySent):
        actions.change_session(session=session, version=2, changes={"title": "Two"}, by=cast.practitioner, key="k")
