"""Prompts: the questions stay with the answers for ever, no typed word is lost, and own sets are their members'."""

from html import unescape

import pytest
from django.urls import reverse

from partnerships.reader import Reader
from records.checks import broken_rules
from records.models import Record, Version
from reflections import actions
from reflections.models import Reflection
from reflections.prompts import find, newest, text_of
from reflections.prompts.built_in import BUILT_IN
from reflections.prompts.finding import offered
from tests import factories as make
from tests.scenery.prompts import LENS, SET, change, write_with

NEW = "/reflections/new/"


@pytest.fixture
def browser(cast, client_for):
    return client_for(cast.practitioner)


def detail(note):
    return reverse("reflections:reflection-detail", args=[note.public_id])


def texts_beside_their_answers():
    return [line for line in broken_rules() if "answers" in line]


# The built-in sets ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("prompts", BUILT_IN, ids=lambda row: f"{row.key} {row.version}")
def test_each_built_in_set_says_what_it_is_good_for_and_where_it_comes_from(prompts):
    assert all(str(words) for words in (prompts.name, prompts.line, prompts.good_for, prompts.source))
    assert 3 <= len(prompts.questions) <= 6
    assert all(len(str(question)) <= 100 for question in prompts.questions), "short, for tired people"
    assert len(set(map(str, prompts.questions))) == len(prompts.questions)


def test_a_key_is_no_public_id_and_no_word_of_the_composer():
    """Public ids have twelve characters, so that no key can ever be one."""
    keys = [prompts.key for prompts in newest()]
    assert len(set(keys)) == len(keys)
    assert all(len(key) != 12 and key not in {"choose", ""} for key in keys)
    assert len({(prompts.key, prompts.version) for prompts in BUILT_IN}) == len(BUILT_IN)


# The questions stay with the answers ----------------------------------------------------------------------------


def test_the_text_of_a_note_is_its_answers(cast):
    note = write_with(by=cast.practitioner, key="what", answers=["It rained.", "", "Take a coat."], before="First.")
    assert note.text == "First.\n\nIt rained.\n\nTake a coat."
    assert [row["answer"] for row in note.answers] == ["First.", "It rained.", "", "Take a coat."]
    assert (note.prompt_set, note.prompt_version, note.prompt_name) == ("what", 1, "What? So what? Now what?")
    assert note.text == text_of(note.answers)


def test_the_check_of_the_data_sees_a_text_that_is_something_else(cast):
    note = write_with(by=cast.practitioner, key="what", answers=["It rained."])
    assert not texts_beside_their_answers()
    Record.objects.filter(pk=note.pk).update(text="Something else.")
    assert f"The text of a note is not its answers: record {note.pk}" in texts_beside_their_answers()


def test_a_question_that_is_changed_later_touches_no_note(cast, browser):
    lens = cast["lens"]
    note = write_with(by=cast.practitioner, key=lens.public_id, answers=["My name."])
    change(prompt_set=lens, by=cast.academic, questions=["What does it want from them?"], name="Another name")
    for page in (detail(note), reverse("reflections:reflection-edit", args=[note.public_id])):
        body = browser.get(page).content.decode()
        assert "What does it ask of them?" in body
        assert "From where they sit" in body
        assert "What does it want from them?" not in body
    note.refresh_from_db()
    assert (note.prompt_version, note.answers[0]["question"]) == (1, "What does it ask of them?")


def test_a_set_out_of_use_leaves_its_notes_as_they_are(cast, browser):
    note = write_with(by=cast.practitioner, key=cast["lens"].public_id, answers=["My name."])
    actions.retire_prompts(prompt_set=cast["lens"], by=cast.academic)
    body = browser.get(detail(note)).content.decode()
    assert "What does it ask of them?" in body
    assert "My name." in body
    saved = browser.post(
        reverse("reflections:reflection-edit", args=[note.public_id]),
        {"answer_0": "My name.", "answer_1": "And yours.", "person_level": "1", "version": "1", "draft_key": "e"},
    )
    assert saved.status_code == 302
    note.refresh_from_db()
    assert note.text == "My name.\n\nAnd yours."
    assert [row["question"] for row in note.answers] == LENS["questions"]


def test_an_edit_keeps_the_former_answers_with_their_questions(cast, browser):
    note = write_with(by=cast.practitioner, key="what", answers=["It rained."], before="First.")
    edit = reverse("reflections:reflection-edit", args=[note.public_id])
    body = browser.get(edit).content.decode()
    for words in ("First.", "It rained.", "So what? Why does it stay with you?"):
        assert words in body
    typed = {"text": "", "answer_0": "It snowed.", "answer_2": "A coat.", "person_level": "1", "draft_key": "e"}
    assert browser.post(edit, typed | {"version": "1"}).status_code == 302
    note.refresh_from_db()
    assert note.text == "It snowed.\n\nA coat."
    former = Version.objects.get(record=note)
    assert former.words["text"] == "First.\n\nIt rained."
    assert {"question": "What happened?", "answer": "It rained."} in former.words["answers"]
    assert not texts_beside_their_answers()


def test_an_edit_that_comes_too_late_shows_both_and_loses_nothing(cast, browser):
    note = write_with(by=cast.practitioner, key="what", answers=["It rained."])
    edit = reverse("reflections:reflection-edit", args=[note.public_id])
    typed = {"person_level": "1", "version": "1"}
    browser.post(edit, typed | {"answer_0": "Saved first.", "draft_key": "e1"})
    late = browser.post(edit, typed | {"answer_0": "Typed late.", "answer_1": "And this.", "draft_key": "e2"})
    assert late.status_code == 409
    body = late.content.decode()
    for words in ("Saved first.", "Typed late.", "And this.", "So what? Why does it stay with you?"):
        assert words in body
    sent = {name: value for name in late.context["form"].fields if (value := late.context["form"][name].value())}
    sent = {name: value for name, value in sent.items() if isinstance(value, str | int)}
    assert browser.post(edit, sent).status_code == 302
    note.refresh_from_db()
    assert note.text == "Typed late.\n\nAnd this."


def test_the_page_of_a_note_shows_each_answer_under_its_question(cast, browser):
    note = write_with(by=cast.practitioner, key="gibbs", answers=["It rained.", "", "The tea."])
    body = browser.get(detail(note)).content.decode()
    body = body[body.index("<dl") :]
    assert body.index("What happened?") < body.index("It rained.") < body.index("What was good about it")
    assert "What did you feel and think" not in body, "what was not answered is not shown"
    assert 'href="/prompts/gibbs/"' in body


def test_words_in_answers_stay_words(cast, browser):
    note = write_with(by=cast.practitioner, key="what", answers=["<b>not bold</b> https://example.org/"])
    body = browser.get(detail(note)).content.decode()
    assert "&lt;b&gt;not bold&lt;/b&gt;" in body
    assert "<b>not bold" not in body


def test_a_stream_shows_answers_and_no_questions(cast, client_for):
    note = write_with(by=cast.practitioner, key="gibbs", answers=["It rained.", "Wet."])
    make.share(note=note, space=cast.everyone)
    body = client_for(cast.manager).get(reverse("records:stream", args=[cast.partnership.slug])).content.decode()
    assert "It rained." in body
    assert "What did you feel and think" not in body


def test_readers_see_the_questions_before_and_after_it_is_shared(cast, browser, client_for):
    note = write_with(by=cast.practitioner, key=cast["lens"].public_id, answers=["My name."])
    share = reverse("reflections:reflection-share", args=[note.public_id])
    assert "What does it ask of them?" in browser.get(share, {"space": cast.wider.public_id}).content.decode()
    make.share(note=note, space=cast.wider)
    body = client_for(cast.outsider).get(detail(note)).content.decode()
    assert "What does it ask of them?" in body
    # The lens is for the members of its partnership: named, and no way to it.
    assert "From where they sit" in body
    assert cast["lens"].public_id not in body


# The filter of a stream -----------------------------------------------------------------------------------------


def found(browser, cast, key):
    address = reverse("records:stream", args=[cast.partnership.slug])
    return browser.get(address, {"prompts": key}).content.decode()


def test_a_stream_is_filtered_by_what_was_written_with(cast, client_for):
    note = write_with(by=cast.practitioner, key="gibbs", answers=["It rained."])
    make.share(note=note, space=cast.everyone)
    browser = client_for(cast.manager)
    body = found(browser, cast, "gibbs")
    assert "It rained." in body
    assert "everyone words" not in body
    assert "Gibbs’ cycle" in body[: body.index("<ol")], "the filter in force is a chip"
    assert "It rained." not in found(browser, cast, "what")


def test_what_is_not_named_is_never_found_by_its_prompts_not_even_by_its_author(cast, client_for):
    note = write_with(by=cast.fellow, key="gibbs", answers=["It rained on us."])
    make.share(note=note, space=cast.peers, attribution="not_named")
    for name in ("fellow", "consultant"):
        browser = client_for(cast[name])
        stream = reverse("records:stream", args=[cast.partnership.slug])
        assert "It rained on us." in browser.get(stream).content.decode()
        assert "It rained on us." not in found(browser, cast, "gibbs"), name


def test_the_filter_offers_what_one_could_write_with_and_nothing_of_others(cast, client_for):
    assert [row.key for row in offered(Reader(cast.manager), None)] == [row.key for row in newest()]
    body = client_for(cast.manager).get(reverse("records:stream", args=[cast.partnership.slug])).content.decode()
    assert cast["lens"].public_id in body
    assert cast["sibling_lens"].public_id not in body
    landscape = client_for(cast.manager).get("/landscape/").content.decode()
    assert "gibbs" in landscape
    assert cast["lens"].public_id not in landscape


# The card -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [prompts.key for prompts in newest()])
def test_each_set_has_a_card_with_its_questions_and_its_source(cast, browser, key):
    prompts = find(Reader(cast.practitioner), key)
    page = browser.get(reverse("reflections:prompt-card", args=[key]))
    for words in (*prompts.questions, prompts.source, "Made for learning. Not evidence of performance."):
        assert str(words) in unescape(page.content.decode())
    assert page.content.count(b"card.css") == 1


def test_an_own_set_has_a_card_too(cast, browser):
    body = browser.get(reverse("reflections:prompt-card", args=[cast["prompt_set"].public_id])).content.decode()
    for words in (*SET["questions"], SET["source"], "Made for learning. Not evidence of performance."):
        assert words in body


def test_notes_without_prompts_are_as_they_were(cast, browser):
    note = make.make_note(by=cast.practitioner, text="Just words.")
    body = browser.get(detail(note)).content.decode()
    assert "Just words." in body
    assert "With:" not in body
    assert Reflection.objects.get(pk=note.pk).answers == []


def test_a_note_written_with_a_lens_takes_no_more_queries_than_a_page_may(cast, browser, django_assert_max_num_queries):
    note = write_with(by=cast.practitioner, key=cast["lens"].public_id, answers=["My name."])
    make.share(note=note, space=cast.everyone)
    make.make_response(to=note, by=cast.fellow)
    browser.get("/healthz")
    with django_assert_max_num_queries(12):
        body = browser.get(detail(note)).content.decode()
    assert f"/prompts/{cast['lens'].public_id}/" in body
