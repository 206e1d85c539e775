"""The pages of the timeline: filters, one day after another, and a story that is begun of it."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from convening.models import Session
from curating.timeline.reading import Timeline, Wanted
from desk import drafts
from partnerships.actions import leave_space
from partnerships.reader import Reader
from records import moments
from records.models import Link, Record
from reflections.models import Reflection
from tests import factories as make
from tests.cast import MEMBERS
from tests.convening import after_made

pytestmark = pytest.mark.once

NEW = reverse("reflections:reflection-new")
MOST = 12


def address(cast, *, story=False):
    return reverse(f"curating:timeline{'-story' if story else ''}", args=[cast.partnership.slug])


def moments_of(person, cast):
    return {row.title: row for row in Timeline(Reader(person), cast.partnership).moments(Wanted())}


def chosen(person, cast, *titles):
    found = moments_of(person, cast)
    return [found[title].key for title in titles]


def begun(browser, cast, keys):
    """Choose these, and go where that leads."""
    return browser.get(address(cast, story=True), {"begin": "timeline", "moment": keys}, follow=True)


def text_of(answer):
    return answer.context["form"]["text"].value()


def test_the_page_names_nobody(cast, client_for):
    for name in ("fellow", "manager"):
        page = client_for(cast[name]).get(address(cast)).content.decode()
        told = page[page.index('<ol class="timeline">') : page.index('<p role="status"')]
        assert not [other for other in MEMBERS if cast[other].name in told]


def test_filters_are_offered_of_what_is_there_and_taken_off_one_by_one(cast, client_for):
    browser = client_for(cast.fellow)
    answer = browser.get(address(cast), {"sort": ["session", "decision"], "level": "2", "order": "oldest"})
    assert {row.source.key for row in answer.context["page"].moments} == {"experiment-closed", "condition-answered"}
    chips = {chip["label"]: dict(parse_qsl(urlsplit(chip["url"]).query)) for chip in answer.context["chips"]}
    assert set(chips) == {"Sessions", "Decisions", "Our inquiry"}
    assert chips["Sessions"] == {"sort": "decision", "level": "2", "order": "oldest"}
    # The outsider's partnership has had a phase, and nothing else.
    alone = client_for(cast.outsider).get(reverse("curating:timeline", args=[cast.sibling.slug]))
    assert alone.status_code == 200 and not alone.context["form"].fields.get("level")


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"sort": "elephant"}, 422),
        ({"level": "7"}, 422),
        ({"level": "\0", "sort": "x" * 5000}, 422),
        ({"year": "nineteen", "order": "sideways"}, 200),
        ({"year": "٢٠٢٦"}, 200),
        ({"year": "0000"}, 200),
        ({"moment": "nothing"}, 200),
    ],
)
def test_what_is_not_understood_narrows_nothing(cast, client_for, asked, status):
    browser = client_for(cast.fellow)
    whole = [row.key for row in browser.get(address(cast)).context["page"].moments]
    answer = browser.get(address(cast), asked)
    assert answer.status_code == status
    assert [row.key for row in answer.context["page"].moments] == whole
    assert ("There is a problem" in answer.content.decode()) is (status == 422)
    assert browser.get(address(cast, story=True), asked, follow=True).status_code == status


def test_with_nothing_to_tell_the_page_says_what_will_be_there(cast, client_for):
    cast.sibling.phase_changes.all().delete()
    cast.sibling.agreements.all().delete()
    for story in (False, True):
        name = f"curating:timeline{'-story' if story else ''}"
        answer = client_for(cast.outsider).get(reverse(name, args=[cast.sibling.slug]))
        assert answer.status_code == 200 and not answer.context["page"].years
    page = client_for(cast.fellow).get(address(cast), {"sort": "session", "level": "3"}).content.decode()
    assert "Nothing here matches" in page


def held(cast, number):
    now = timezone.now()
    first = make.make_session(by=cast.fellow, space=cast.everyone, title="One of many")
    rows = []
    for turn in range(number):
        if turn % 10 == 0:
            after_made.agreed(cast, by=cast.fellow, space=cast.everyone, there=(cast.fellow,), title=f"Agreed {turn}")
        starts_at = now - timedelta(days=turn * 3 + 1)
        record = Record.objects.create(
            kind="session",
            title=f"Held {turn}",
            author=cast.fellow,
            partnership=cast.partnership,
            space=cast.everyone,
            person_level=2,
            created_at=now,
            shared_at=now,
        )
        row = Session(record=record, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), host=cast.fellow)
        row.__dict__.update({name: value for name, value in vars(record).items() if name != "_state"})
        rows.append(row)
    for row in rows:
        row.save_base(raw=True)
    return first


def test_what_the_page_asks_does_not_grow_with_what_happened(cast, client_for):
    browser = client_for(cast.practitioner)
    browser.get("/healthz")
    asked = []
    for _turn in range(2):
        for url in (address(cast), f"{address(cast)}?sort=session&order=oldest", address(cast, story=True)):
            with CaptureQueriesContext(connection) as captured:
                assert browser.get(url).status_code == 200
            asked.append(len(captured))
        held(cast, 300)
    assert max(asked) <= MOST and asked[:3] == asked[3:], asked
    page = browser.get(address(cast)).context["page"]
    assert page.year and page.earlier and len(page.moments) > 50


def test_a_story_holds_what_was_chosen_and_says_what_may_not_travel(cast, client_for):
    browser = client_for(cast.fellow)
    keys = chosen(cast.fellow, cast, "Session under the rule", "Session agreed", "Tried by everyone")
    opened = begun(browser, cast, keys)
    text = text_of(opened)
    assert text.startswith("What happened in Early Shift\n\n")
    assert "Session. Chatham House Rule. Session under the rule\n(Read in: Early peers)" in text
    assert "Session agreed\n(Read in: Early peers)\nWhat came of it: what was learned, agreed" in text
    assert "Tried by everyone" in text and "Tried by peers" not in text
    assert not [name for name in MEMBERS if cast[name].name in text]
    form = opened.context["form"]
    body = {"draft_key": form.key, "text": text + "So.", "person_level": "1", "audience": "me", "marks": ""}
    body["grown_from"] = form["grown_from"].value()
    saved = browser.post(f"{NEW}?partnership={cast.partnership.slug}", body)
    assert saved.status_code == 302
    note = Reflection.objects.get(title="", text__endswith="So.")
    assert note.is_private and note.author == cast.fellow
    assert set(Link.objects.filter(grown=note).values_list("source__title", flat=True)) == {
        "Session under the rule",
        "Session agreed",
        "Tried by everyone",
    }


def test_a_one_to_one_is_named_by_nobody_in_a_story(cast, client_for):
    after_made.held(cast, by=cast.practitioner, space=cast.one_to_one, title="The two of us")
    keys = chosen(cast.practitioner, cast, "The two of us")
    text = text_of(begun(client_for(cast.practitioner), cast, keys))
    assert "(Read in: One to one)" in text and cast.learning_partner.name not in text
    assert moments_of(cast.practitioner, cast)["The two of us"].read_in.startswith(cast.learning_partner.name)


def test_nobody_begins_a_story_with_what_they_do_not_read(cast, client_for):
    keys = chosen(cast.fellow, cast, "Session agreed", "Tried by everyone")
    asked = {"partnership": cast.partnership.slug, "begin": "timeline", "moment": keys}
    text = text_of(client_for(cast.manager).get(NEW, asked))
    assert "Tried by everyone" in text and "Session agreed" not in text and "what was learned" not in text
    browser = client_for(cast.fellow)
    leave_space(space=cast.peers, by=cast.fellow)
    assert browser.get(NEW, asked | {"moment": keys[:1]}).status_code == 404
    for person in (cast.outsider, cast.former, cast.site_admin):
        assert client_for(person).get(NEW, asked).status_code == 404
    for wrong in ({"begin": "elsewhere"}, {"moment": []}, {"moment": "\0"}, {"partnership": "none"}):
        assert browser.get(NEW, asked | wrong).status_code == 404, wrong


def test_what_is_taken_away_while_a_story_is_written_is_linked_no_more(cast, client_for):
    browser = client_for(cast.fellow)
    form = begun(browser, cast, chosen(cast.fellow, cast, "Session agreed", "Tried by everyone")).context["form"]
    leave_space(space=cast.peers, by=cast.fellow)
    body = {"draft_key": form.key, "text": "A story.", "person_level": "1", "audience": "me", "marks": ""}
    answer = browser.post(NEW, body | {"grown_from": form["grown_from"].value()}, follow=True)
    assert "no longer shared with you" in answer.content.decode()
    assert [row.source.title for row in Link.objects.filter(grown__text="A story.")] == ["Tried by everyone"]


def test_a_draft_of_a_story_is_gone_on_with_as_it_was_left(cast, client_for):
    browser = client_for(cast.fellow)
    keys = chosen(cast.fellow, cast, "Tried by everyone")
    form = begun(browser, cast, keys).context["form"]
    source = form["grown_from"].value()
    data = {"text": ["We tried."], "grown_from": [source]}
    drafts.Draft.keep(author=cast.fellow, key=form.key, form="reflection", about=cast.partnership.slug, data=data)
    asked = {"partnership": cast.partnership.slug, "begin": "timeline", "moment": keys, "draft": form.key}
    again = browser.get(NEW, asked)
    assert text_of(again) == "We tried." and [row.public_id for row in again.context["form"].sources] == [source]


def test_all_is_ticked_at_first_and_nothing_ticked_is_asked_about(cast, client_for, monkeypatch):
    browser = client_for(cast.fellow)
    asked = {"sort": "session", "order": "oldest"}
    opened = browser.get(address(cast, story=True), asked)
    page = opened.content.decode()
    assert page.count("checked") == len(opened.context["page"].moments) > 3
    assert '<input type="hidden" name="sort" value="session">' in page
    nothing = browser.get(address(cast, story=True), asked | {"begin": "timeline"})
    assert nothing.status_code == 422 and "Tick what belongs in the story" in nothing.content.decode()
    assert "checked" not in nothing.content.decode()
    monkeypatch.setattr("curating.timeline.views.MOST_TOLD", 2)
    assert "checked" not in browser.get(address(cast, story=True)).content.decode()


def test_every_kind_of_moment_leads_to_where_it_is_read(cast, client_for):
    browser = client_for(cast.fellow)
    seen = set()
    for row in Timeline(Reader(cast.fellow), cast.partnership).moments(Wanted()):
        if row.source.key not in seen:
            seen.add(row.source.key)
            assert browser.get(row.address).status_code == 200, row.source.key
    assert seen == {source.key for source in moments.all_sources()} - {"decision"}
