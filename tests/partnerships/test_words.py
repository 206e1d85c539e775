"""Phases, the words of a partnership's own, and the next talk."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from partnerships import actions
from partnerships.models.phases import phase_of, standing
from partnerships.reader import Reader
from records.attribution import choices_in
from records.models import Attribution, Record
from tests import factories as make

from .settings_pages import boxes, page_of, reread, version_of


@pytest.fixture
def browser(cast, client_for):
    return client_for(cast.steward)


# Phases


def phase(cast, key):
    return cast.partnership.phases.get(key=key)


def test_a_partnership_that_is_older_than_its_place_here_can_say_so(cast):
    """What was recorded last is how it is, from a day before the first row."""
    day = timezone.localdate() - timedelta(days=200)
    actions.enter_phase(partnership=cast.partnership, phase=phase(cast, "working"), began_on=day, by=cast.steward)
    assert phase_of(cast.partnership).key == "working"
    assert [row.phase.key for row in standing(cast.partnership.phase_changes.all())] == ["working"]
    assert cast.partnership.phase_changes.count() == 2, "what was corrected is kept"
    assert Reader(cast.expert).phase_in(cast.partnership) == "Working"


def test_a_phase_begins_on_no_day_that_is_to_come(cast, browser):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError):
        actions.enter_phase(
            partnership=cast.partnership, phase=phase(cast, "working"), began_on=tomorrow, by=cast.steward
        )
    sent = {"phase": "working", "reason": "typed why", **boxes("began_on", tomorrow)}
    response = browser.post(page_of(cast.partnership, "phase-edit"), {**sent, "version": version_of(cast.partnership)})
    assert response.status_code == 422
    assert "typed why" in response.content.decode()


def test_a_phase_of_another_partnership_is_none_of_this_one(cast):
    foreign = cast.sibling.phases.get(key="working")
    with pytest.raises(ValidationError):
        actions.enter_phase(partnership=cast.partnership, phase=foreign, began_on=timezone.localdate(), by=cast.steward)


# Words


def test_words_of_ones_own_stand_everywhere(cast, browser, client_for):
    sent = {"kind": "Team of teams", "role:practitioner": "front-line worker", "room:notes": "Stories"}
    sent |= {"one:reflection": "Story", "phase:discovery:name": "Getting to know us"}
    response = browser.post(page_of(cast.partnership, "words-edit"), {**sent, "version": version_of(cast.partnership)})
    assert response.status_code == 302
    make.make_shared_note(by=cast.practitioner, space=cast.everyone)
    reader = client_for(cast.fellow)
    overview = reader.get(cast.partnership.get_absolute_url()).content.decode()
    for words in ("Team of teams", "Stories", "Story by Practitioner Q", "Getting to know us"):
        assert words in overview, words
    assert "front-line worker" in reader.get(page_of(cast.partnership, "people-list")).content.decode().lower()
    stream = reader.get(reverse("records:stream", args=[cast.partnership.slug])).content.decode()
    assert ">Stories</h1>" in stream
    assert "Phase: Getting to know us" in stream
    membership = make.membership_of(person=cast.fellow, partnership=reread(cast.partnership))
    readers = list(cast.peers.members().with_roles())
    assert choices_in(cast.peers, membership, readers)[1].shown_as == "front-line worker"
    note = make.make_shared_note(by=cast.fellow, space=cast.peers, attribution=Attribution.ROLE, text="by role")
    seen = Record.objects.visible_to(Reader(cast.academic)).get(pk=note.pk)
    assert seen.byline == "front-line worker"
    # In another partnership nothing has changed.
    assert "Stories" not in client_for(cast.outsider).get(cast.sibling.get_absolute_url()).content.decode()


def test_an_empty_box_gives_the_apps_word_back(cast, browser):
    for word in ("Boss", ""):
        sent = {"role:manager": word, "version": version_of(cast.partnership)}
        browser.post(page_of(cast.partnership, "words-edit"), sent)
    assert reread(cast.partnership).words == {}


def test_phases_are_added_moved_and_left_out_but_for_those_one_has_been_in(cast, browser):
    url = page_of(cast.partnership, "words-edit")
    page = browser.get(url).content.decode()
    assert 'name="phase:working:out"' in page
    assert 'name="phase:discovery:out"' not in page, "the present one stays"
    sent = {"new:1:name": "Resting", "new:1:place": "1", "new:2:name": "Feasting", "phase:afterlife:out": "on"}
    browser.post(url, {**sent, "version": version_of(cast.partnership)})
    words = [row.word for row in reread(cast.partnership).phases.all()]
    assert "Resting" in words[:2]
    assert words[-1] == "Feasting"
    assert "Afterlife" not in words
    assert {row.key for row in cast.partnership.phases.all()} >= {"own_1", "own_2", "discovery"}
    with pytest.raises(ValidationError):
        actions.set_words(
            partnership=cast.partnership,
            words={},
            phases=[actions.PhaseWord(key="discovery", name="", position=1, leave_out=True)],
            version=None,
            by=cast.steward,
        )


def test_a_phase_of_ones_own_needs_a_word(cast, browser):
    url = page_of(cast.partnership, "words-edit")
    browser.post(url, {"new:1:name": "Resting", "version": version_of(cast.partnership)})
    response = browser.post(url, {"phase:own_1:name": "", "version": version_of(cast.partnership)})
    assert response.status_code == 422


def test_a_changed_word_of_a_role_takes_no_query_more(cast, client_for, django_assert_max_num_queries):
    actions.set_words(
        partnership=cast.partnership, words={"role:practitioner": "x"}, phases=[], version=None, by=cast.steward
    )
    for _n in range(5):
        make.make_shared_note(by=cast.fellow, space=cast.peers, attribution=Attribution.ROLE)
    browser = client_for(cast.practitioner)
    browser.get("/healthz")
    with django_assert_max_num_queries(12):
        browser.get(reverse("records:stream", args=[cast.partnership.slug]))


# The next talk


def test_a_talk_is_shown_until_its_day_is_over(cast, client_for, monkeypatch):
    url = cast.partnership.get_absolute_url()
    assert "10am, the library" in client_for(cast.expert).get(url).content.decode()
    later = timezone.now() + timedelta(days=1)
    browser = client_for(cast.expert)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "10am, the library" not in browser.get(url).content.decode()


def test_a_talk_on_a_day_that_is_over_is_refused(cast, browser):
    sent = {"talk_words": "typed place", **boxes("talk_on", timezone.localdate() - timedelta(days=1))}
    response = browser.post(page_of(cast.partnership, "talk-edit"), {**sent, "version": version_of(cast.partnership)})
    assert response.status_code == 422
    assert "That day is over." in response.content.decode()
    assert "typed place" in response.content.decode()
