"""What a record says beside its words: what changed, before and now, marks; and where filters find it."""

import pytest
from django.urls import reverse

from desk.models import Draft
from records import actions
from records.marks import MARKS, WhatChanged
from records.models import Attribution, Version
from reflections.models import Reflection
from tests import factories as make

LINES = {
    "not_going_well": "Not going well",
    "of_trust": "A moment of trust",
    "of_autonomy": "A moment of autonomy",
    "of_adaptation": "A moment of adaptation",
    "single": "We changed what we do",
    "double": "We changed what we assumed",
    "triple": "We changed how we decide what is right",
}


@pytest.fixture
def browser(cast, client_for):
    return client_for(cast.practitioner)


def write(browser, **fields):
    """Send the writing form, and give the note that it made."""
    body = {"draft_key": "k1", "text": "Half past five.", "person_level": "1", "audience": "me", **fields}
    answer = browser.post(reverse("reflections:reflection-new"), body)
    assert answer.status_code == 302, answer.context["form"].errors
    return Reflection.objects.get(submission=body["draft_key"])


def page_of(browser, note):
    return browser.get(note.get_absolute_url()).content.decode()


def stream_of(cast):
    return reverse("records:stream", args=[cast.partnership.slug])


def marked(cast, key, **words):
    columns = {key: True} if key in {mark.column for mark in MARKS} else {"what_changed": key}
    return make.make_shared_note(by=cast.fellow, space=cast.peers, text=f"said with {key}", **columns | words)


def test_all_of_it_is_written_and_shown(browser):
    note = write(
        browser,
        what_changed="double",
        we_assumed="The ward puts people out because it needs the bed.",
        we_now_assume="The ward does not know who to ring.",
        looking_at="system",
        marks=["", "not_going_well", "of_trust"],
        tags="discharge",
    )
    assert (note.what_changed, note.looking_at, note.not_going_well, note.of_trust) == ("double", "system", True, True)
    assert not (note.of_autonomy or note.of_adaptation)
    body = page_of(browser, note)
    for words in (
        "Before, I assumed",
        "The ward puts people out",
        "Now I think",
        "does not know who to ring",
        "We changed what we assumed",
        "Not going well",
        "A moment of trust",
        "Looking at: The system",
        "discharge",
    ):
        assert words in body, words
    assert "A moment of autonomy" not in body


@pytest.mark.parametrize("change", WhatChanged)
@pytest.mark.parametrize("level", [1, 2, 3])
def test_the_headings_fit_the_change_and_whose_learning_it_is(browser, change, level):
    note = write(browser, what_changed=change.value, we_assumed="a", we_now_assume="b", person_level=str(level))
    before, now = change.before_and_now(first_person=level == 1)
    assert [row["heading"] for row in note.before_and_now] == [before, now]
    assert ("I " in f"{before} {now}") == (level == 1)
    assert before in page_of(browser, note)


def test_one_of_the_two_boxes_is_enough_and_stands_alone(browser):
    note = write(browser, we_assumed="That nobody asks.")
    assert note.what_changed == WhatChanged.DOUBLE, "who fills the boxes and chooses nothing says what was assumed"
    assert [row["text"] for row in note.before_and_now] == ["That nobody asks."]
    assert "Now I think" not in page_of(browser, note)


def test_nothing_needs_to_be_said(browser):
    note = write(browser)
    assert (note.marks, note.before_and_now, note.looking_at) == ([], [], "")


@pytest.mark.parametrize(
    "wrong",
    [{"what_changed": "quadruple"}, {"looking_at": "navel"}, {"marks": ["of_fame"]}, {"we_assumed": "x" * 2001}],
)
def test_what_is_wrong_is_said_and_the_section_stands_open(browser, wrong):
    answer = browser.post(
        reverse("reflections:reflection-new"),
        {"draft_key": "k1", "text": "t", "person_level": "1", "audience": "me", **wrong},
    )
    assert answer.status_code == 422
    assert answer.context["form"].more_is_wrong
    assert not Reflection.objects.filter(submission="k1").exists()


def test_the_quiet_line_says_what_is_set_now(browser):
    page = browser.get(reverse("reflections:reflection-new"))
    assert page.context["form"].set_now == ["My practice", "today"]
    note = write(browser, marks=["of_trust"], happened_on_day="3", happened_on_month="5", happened_on_year="2026")
    form = browser.get(reverse("reflections:reflection-edit", args=[note.public_id])).context["form"]
    assert form.set_now == ["My practice", "3 May 2026", "A moment of trust"]
    assert not form.more_is_wrong


def edit(browser, note, **fields):
    body = {"text": note.text, "title": note.title, "person_level": "1", "version": note.version, **fields}
    return browser.post(reverse("reflections:reflection-edit", args=[note.public_id]), {"draft_key": "e1", **body})


def test_an_edit_changes_it_and_keeps_what_it_said_before(browser):
    note = write(browser, what_changed="single", we_assumed="I knocked.", we_now_assume="I wait.", marks=["of_trust"])
    assert edit(browser, note, marks=[""], what_changed="triple", we_assumed="I ask.").status_code == 302
    note.refresh_from_db()
    assert (note.what_changed, note.we_assumed, note.we_now_assume, note.of_trust) == ("triple", "I ask.", "", False)
    words = Version.objects.get(record_id=note.pk).words
    assert (words["what_changed"], words["we_assumed"], words["we_now_assume"]) == ("single", "I knocked.", "I wait.")


def test_going_back_and_adding_to_it_loses_nothing(browser):
    """Sent twice is one note; with another thought beside it, the form is given back under a key of its own."""
    body = {"draft_key": "k1", "text": "Half past five.", "person_level": "1", "audience": "me"}
    url = reverse("reflections:reflection-new")
    assert [browser.post(url, body).status_code for _again in range(2)] == [302, 302]
    for more in ({"we_assumed": "That nobody asks."}, {"marks": ["of_trust"]}, {"told_by": "Mo"}):
        answer = browser.post(url, body | more)
        assert answer.status_code == 422, more
        assert "what is in the box now is kept as well" in answer.content.decode()
    assert browser.post(url, body | {"we_assumed": "That nobody asks.", "draft_key": answer.context["form"].key}).url
    assert Reflection.objects.filter(we_assumed="That nobody asks.").count() == 1


def test_a_draft_holds_it_and_what_was_unticked_as_well(browser, cast):
    note = write(browser, marks=["of_trust", "not_going_well"])
    data = {"marks": ["", "of_trust"], "we_assumed": ["half a tho"], "what_changed": ["triple"]}
    Draft.keep(author=cast.practitioner, key="d1", form="reflection-edit", about=note.public_id, data=data)
    url = reverse("reflections:reflection-edit", args=[note.public_id])
    body = browser.get(url, {"draft": "d1"})
    assert "half a tho" in body.content.decode()
    assert body.context["form"]["marks"].value() == ["", "of_trust"]
    Draft.keep(author=cast.practitioner, key="d2", form="reflection-edit", about=note.public_id, data={"marks": [""]})
    assert browser.get(url, {"draft": "d2"}).context["form"]["marks"].value() == [""]


@pytest.mark.parametrize("key", LINES)
def test_each_stands_in_words_in_its_row_and_is_found_by_it(cast, browser, key):
    note = marked(cast, key)
    other = make.make_shared_note(by=cast.fellow, space=cast.peers, text="said with nothing")
    body = browser.get(stream_of(cast)).content.decode()
    assert LINES[key] in body[body.find("said with") :]
    answer = browser.get(stream_of(cast), {"mark": key})
    found = [row.pk for row in answer.context["records"]]
    assert note.pk in found
    assert other.pk not in found
    chips = {chip["label"]: chip["url"] for chip in answer.context["chips"]}
    assert chips == {LINES[key]: stream_of(cast)}
    assert f"?mark={key}" in page_of(browser, note), "the word on the page leads to the others"


def test_several_marks_find_what_carries_any_of_them(cast, browser):
    notes = [marked(cast, key) for key in ("of_trust", "triple", "not_going_well")]
    answer = browser.get(stream_of(cast), {"mark": ["of_trust", "triple"]})
    found = {row.pk for row in answer.context["records"]}
    assert {notes[0].pk, notes[1].pk} <= found
    assert notes[2].pk not in found
    urls = {chip["label"]: chip["url"] for chip in answer.context["chips"]}
    assert urls[LINES["of_trust"]].endswith("?mark=triple")


def test_an_unknown_mark_is_said_to_be_none(cast, browser):
    assert browser.get(stream_of(cast), {"mark": "of_fame"}).status_code == 422


def test_marks_find_what_is_not_named_and_tags_and_authors_do_not(cast, client_for):
    """Decision 13: a mark is shown on it anyway, and says nothing of who wrote it."""
    marked(cast, "of_trust", attribution=Attribution.NOT_NAMED, tags=["only-mine"])
    for reader in (cast.consultant, cast.fellow):
        browser = client_for(reader)
        assert "said with of_trust" in browser.get(stream_of(cast), {"mark": "of_trust"}).content.decode()
        for asked in ({"tag": "only-mine"}, {"author": cast.fellow.public_id}):
            both = {"mark": "of_trust", **asked}
            assert "said with of_trust" not in browser.get(stream_of(cast), both).content.decode(), asked


def test_what_is_withheld_shows_no_mark_and_is_found_by_none(cast, client_for):
    note = marked(cast, "not_going_well")
    make.fold(record=note, by=cast.academic)
    browser = client_for(cast.consultant)
    body = browser.get(stream_of(cast), {"space": cast.peers.public_id}).content.decode()
    assert note.public_id in body
    start = body.find(note.public_id)
    assert LINES["not_going_well"] not in body[start : start + 900]
    answer = browser.get(stream_of(cast), {"mark": "not_going_well"})
    assert note.pk not in [row.pk for row in answer.context["records"]]
    assert "Not going well" not in browser.get(note.get_absolute_url()).content.decode()


def test_the_wider_field_is_filtered_by_marks_too(cast, browser):
    note = make.make_shared_note(by=cast.fellow, space=cast.wider, text="wide and open", of_autonomy=True)
    url = reverse("records:landscape")
    assert "wide and open" in browser.get(url, {"mark": "of_autonomy"}).content.decode()
    assert "wide and open" not in browser.get(url, {"mark": "of_trust"}).content.decode()
    actions.withdraw(note, by=cast.fellow)
    assert "wide and open" not in browser.get(url, {"mark": "of_autonomy"}).content.decode()
