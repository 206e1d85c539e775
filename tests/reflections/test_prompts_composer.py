"""Writing with prompts: several boxes, one draft, and no word lost by turning from one to the other."""

import pytest
from django.urls import reverse

from desk import drafts
from desk.models import Draft
from partnerships.reader import Reader
from reflections import actions
from reflections.models import Reflection
from reflections.prompts import BETWEEN, Prompts, carried, find
from reflections.prompts.built_in import GIBBS, WHAT
from tests import factories as make
from tests.scenery.prompts import LENS, change

pytestmark = pytest.mark.once

NEW = "/reflections/new/"
SWAP = {"HX-Request": "true", "HX-Target": "div#writing"}


@pytest.fixture
def browser(cast, client_for):
    return client_for(cast.practitioner)


def note(**fields):
    return {"draft_key": "k1", "person_level": "1", "audience": "me", **fields}


def with_set(key="gibbs", version="1", **fields):
    return note(prompts=key, prompts_version=version, **fields)


def saved():
    return Reflection.objects.get(submission="k1")


def boxes(page):
    """Give what stands in each box of the page, by the question over it."""
    form = page.context["form"]
    found = {str(box.label): box.value() or "" for box in form.boxes}
    return found | ({"": form["text"].value()} if form["text"].value() else {})


# One box, until one asks for more -------------------------------------------------------------------------------


def test_one_box_is_the_default_and_the_sets_are_one_step_away(browser):
    page = browser.get(NEW)
    body = page.content.decode()
    assert page.context["form"].questions == ()
    assert "Use prompts" in body
    assert "Gibbs" not in body


def test_prompts_are_one_link_away(browser):
    page = browser.get(NEW, {"prompts": "gibbs"})
    assert list(boxes(page)) == [str(question) for question in GIBBS.questions]
    assert page.content.decode().count('name="answer_') == len(GIBBS.questions)


@pytest.mark.parametrize("key", ["nothing", "", "choose", "x" * 500])
def test_what_is_no_set_is_one_box(browser, key):
    page = browser.get(NEW, {"prompts": key})
    assert page.status_code == 200
    assert page.context["form"].questions == ()


def test_the_sets_of_others_are_none(browser, cast):
    page = browser.get(NEW, {"prompts": cast["sibling_lens"].public_id})
    assert page.content == browser.get(NEW, {"prompts": "AAAAAAAAAAAA"}).content or not boxes(page)
    assert LENS["questions"][0] not in page.content.decode()


# Saving ---------------------------------------------------------------------------------------------------------


def test_the_answers_are_saved_with_their_questions(browser):
    assert browser.post(NEW, with_set(answer_0="It rained.", answer_5="A coat.")).status_code == 302
    row = saved()
    assert row.text == "It rained.\n\nA coat."
    assert row.answers[0] == {"question": "What happened?", "answer": "It rained."}
    assert [bool(row["answer"]) for row in row.answers] == [True, False, False, False, False, True]
    assert (row.prompt_set, row.prompt_version) == ("gibbs", 1)


def test_any_box_may_stay_empty_but_not_all(browser):
    answer = browser.post(NEW, with_set(**{f"answer_{number}": "  " for number in range(6)}))
    assert answer.status_code == 422
    assert "One answer is enough" in answer.content.decode()
    assert "#id_answer_0" in answer.content.decode()
    assert browser.post(NEW, with_set(answer_3="Just this.")).status_code == 302


def test_words_beside_the_answers_are_saved_too(browser):
    browser.post(NEW, with_set(text="What I began with.", answer_0="It rained."))
    assert saved().text == "What I began with.\n\nIt rained."
    assert saved().answers[0] == {"question": "", "answer": "What I began with."}


def test_together_they_are_no_longer_than_a_note(browser):
    answer = browser.post(NEW, with_set(answer_0="x" * 60_000, answer_1="y" * 60_000))
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "Together this is 120002 characters long" in body
    assert "y" * 60_000 in body
    assert browser.post(NEW, with_set(answer_0="x" * 50_000, answer_1="y" * 49_998)).status_code == 302


@pytest.mark.parametrize("fields", [{"audience": "nowhere"}, {"title": "t" * 201}, {"answer_1": "be\0fore"}])
def test_whatever_is_wrong_the_answers_stay(browser, fields):
    answer = browser.post(NEW, with_set(answer_0="It rained.", answer_2="The tea.", text="Before.") | fields)
    assert answer.status_code == 422
    for words in ("It rained.", "The tea.", "Before.", "What happened?"):
        assert words in answer.content.decode()


def test_a_repeated_post_is_one_note(browser):
    first, second = (browser.post(NEW, with_set(answer_0="It rained.")) for _post in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Reflection.objects.filter(submission="k1").count() == 1


def test_the_same_words_under_another_question_are_other_words(browser):
    browser.post(NEW, with_set(answer_0="It rained."))
    again = browser.post(NEW, with_set(answer_1="It rained."))
    assert again.status_code == 422
    assert "You saved this before" in again.content.decode()
    assert browser.post(NEW, with_set(answer_1="It rained.", draft_key=again.context["form"].key)).status_code == 302


def test_what_the_form_says_of_questions_is_not_believed(browser):
    browser.post(NEW, with_set(answer_0="It rained.", question_0="Forged?", prompt_name="Forged", answer_9="Lost?"))
    row = saved()
    assert row.prompt_name == "Gibbs’ cycle"
    assert len(row.answers) == 6
    assert "Forged" not in str(row.answers)


# Turning to other prompts ---------------------------------------------------------------------------------------

ONE, OTHER = "He moved his bag.", "I said Thursday."


@pytest.mark.parametrize("javascript", [True, False], ids=["swap", "page"])
@pytest.mark.parametrize(
    ("typed", "to"),
    [
        (note(text=ONE), "gibbs"),
        (with_set("gibbs", answer_0=ONE, answer_4=OTHER), "what"),
        (with_set("what", answer_0=ONE, answer_2=OTHER), "gibbs"),
        (with_set("what", answer_1=ONE, text=OTHER), ""),
        (with_set("what", answer_1=ONE, text=OTHER), "what"),
        (with_set("what", answer_1=ONE, text=OTHER), "choose"),
        (with_set("what", answer_1=ONE, text=OTHER), "no-such-set"),
        (note(text=f"{ONE}\n\n{OTHER}"), "choose"),
    ],
)
def test_no_word_is_lost_by_turning_to_other_prompts(browser, typed, to, javascript):
    sent = {name: value for name, value in typed.items() if name == "text" or name.startswith("answer_")}
    if javascript:
        page = browser.post(NEW, typed | {"switch": to}, headers=SWAP)
        assert page.status_code == 200
        assert not page.content.decode().lstrip().startswith("<!doctype")
    else:
        keep = reverse("desk:draft-keep", args=["k1"])
        page = browser.post(keep, typed | {"switch": to, "draft_form": "reflection", "draft_about": ""}, follow=True)
        assert page.status_code == 200
        assert page.context["form"].key == "k1"
    shown = boxes(page)
    for words in sent.values():
        assert any(words in box for box in shown.values()), (words, shown)
    assert not Reflection.objects.filter(submission="k1").exists()
    # And what stands in the boxes now is what is saved.
    form = page.context["form"]
    fields = {name: form[name].value() or "" for name in form.fields if name.startswith(("answer_", "prompts"))}
    assert browser.post(NEW, note(text=form["text"].value() or "", **fields)).status_code == 302
    for words in sent.values():
        assert words in saved().text


def test_words_of_the_one_box_stand_first_and_under_no_question_that_they_do_not_answer(browser):
    page = browser.post(NEW, note(text=ONE, switch="gibbs"), headers=SWAP)
    assert boxes(page)[""] == ONE
    assert not any(words for question, words in boxes(page).items() if question)
    body = page.content.decode()
    assert body.index("What you had written already") < body.index("What happened?")


def test_an_answer_stays_with_a_question_that_is_asked_again(browser):
    page = browser.post(NEW, with_set("what", answer_0=ONE, answer_2=OTHER, switch="gibbs"), headers=SWAP)
    assert boxes(page)["What happened?"] == ONE
    assert boxes(page)[""] == OTHER


def test_going_there_and_back_says_the_same(browser):
    page = browser.post(NEW, note(text=ONE, switch="gibbs"), headers=SWAP)
    page = browser.post(NEW, with_set(text=ONE, answer_1=OTHER, switch=""), headers=SWAP)
    assert page.context["form"].questions == ()
    assert boxes(page) == {"": f"{ONE}{BETWEEN}{OTHER}"}


def test_to_turn_is_not_to_save_and_nothing_is_said_to_be_wrong(browser):
    page = browser.post(NEW, note(text="", title="t" * 300, switch="choose"), headers=SWAP)
    body = page.content.decode()
    assert page.status_code == 200
    assert "error" not in body.lower()
    assert "Gibbs" in body


@pytest.mark.parametrize("to", [None, WHAT], ids=["one box", "what"])
def test_carrying_over_keeps_every_word_whatever_was_typed(to):
    typed = {"text": " first ", "answer_10": "eleven", "answer_2": "three", "answer_0": "one"}
    now = carried(typed, before=GIBBS, to=to)
    # "What happened?" is asked by both.
    moved = ["first", "three", "eleven"] if to else ["first", "one", "three", "eleven"]
    assert now["text"].split() == moved
    assert now["answer_0"] == ("one" if to else "")
    assert not any(words for name, words in now.items() if name not in ("text", "answer_0"))


def test_the_choice_has_the_sets_of_ones_partnerships_and_of_no_other(browser, cast):
    body = browser.post(NEW, note(switch="choose"), headers=SWAP).content.decode()
    for words in ("Gibbs’ cycle", "Six questions, from what happened to what next.", "Before the van leaves"):
        assert words in body
    assert "Next door" not in body
    where = {"partnership": cast.partnership.slug}
    body = browser.post(f"{NEW}?partnership={where['partnership']}", note(switch="choose"), headers=SWAP)
    assert "From where they sit" in body.content.decode()


# Drafts ---------------------------------------------------------------------------------------------------------


def keep(person, data):
    return Draft.keep(author=person, key="k1", form="reflection", about="", data={k: [v] for k, v in data.items()})


def test_several_boxes_are_one_draft_that_is_found_again(browser, cast):
    answer = browser.post(
        reverse("desk:draft-save", args=["k1"]),
        with_set(answer_0=ONE, answer_3=OTHER, draft_form="reflection", draft_about=""),
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    home = browser.get("/").content.decode()
    assert ONE in home
    page = browser.get(drafts.address_of(Draft.objects.get(key="k1")))
    assert boxes(page)["What happened?"] == ONE
    assert boxes(page)["Why do you think it went the way it did?"] == OTHER
    assert browser.post(NEW, with_set(answer_0=ONE, answer_3=OTHER)).status_code == 302
    assert Draft.objects.get(key="k1").data == {}


def test_a_draft_keeps_the_questions_that_it_was_begun_with(browser, cast):
    lens = cast["lens"]
    draft = keep(cast.practitioner, with_set(lens.public_id, answer_1=ONE))
    change(prompt_set=lens, by=cast.academic, questions=["Something else?"])
    actions.retire_prompts(prompt_set=lens, by=cast.academic)
    page = browser.get(drafts.address_of(draft))
    assert boxes(page)["What does it never ask?"] == ONE
    assert browser.post(NEW, with_set(lens.public_id, answer_1=ONE)).status_code == 302
    assert (saved().prompt_version, saved().answers[1]["question"]) == (1, "What does it never ask?")


def test_who_left_finds_their_words_in_one_box(cast, client_for):
    lens = cast["lens"]
    draft = keep(cast.practitioner, with_set(lens.public_id, answer_0=ONE, answer_1=OTHER))
    make.end_membership(person=cast.practitioner, partnership=cast.partnership)
    browser = client_for(cast.practitioner)
    page = browser.get(drafts.address_of(draft))
    assert boxes(page) == {"": f"{ONE}{BETWEEN}{OTHER}"}
    assert "What does it ask of them?" not in page.content.decode()
    sent = browser.post(NEW, with_set(lens.public_id, answer_0=ONE, answer_1=OTHER))
    assert sent.status_code == 422
    assert boxes(sent) == {"": f"{ONE}{BETWEEN}{OTHER}"}
    assert "no longer there for you" in sent.content.decode()
    assert browser.post(NEW, note(text=sent.context["form"]["text"].value())).status_code == 302


def test_a_draft_of_a_change_has_the_boxes_of_its_note(browser, cast):
    browser.post(NEW, with_set(answer_0=ONE))
    row = saved()
    data = {"answer_0": ["Changed."], "answer_2": ["The tea."], "version": ["1"]}
    draft = Draft.keep(author=cast.practitioner, key="e", form="reflection-edit", about=row.public_id, data=data)
    page = browser.get(drafts.address_of(draft))
    assert boxes(page)["What happened?"] == "Changed."
    assert boxes(page)["What was good about it, and what was hard?"] == "The tea."
    assert "text" not in page.context["form"].initial or not page.context["form"]["text"].value()


def test_each_box_of_a_draft_is_named_by_its_question_and_no_question_of_others_is_told(cast):
    from reflections.forms import ReflectionForm

    assert str(ReflectionForm.label_of("answer_0", {"prompts": ["gibbs"]})) == "What happened?"
    for data in ({"prompts": [cast["sibling_lens"].public_id]}, {}, {"prompts": []}):
        assert str(ReflectionForm.label_of("answer_0", data)) == "Answer 1"


def test_a_former_version_of_a_built_in_set_goes_on(browser, monkeypatch):
    """What a changed question will be like: the former version stays in the list, and drafts find it."""
    from reflections.prompts import built_in, finding

    newer = Prompts(key="what", version=2, name="What now?", questions=("Now what?",))
    for module in (built_in, finding):
        monkeypatch.setattr(module, "BUILT_IN", (*built_in.BUILT_IN, newer))
    assert [row.version for row in built_in.newest() if row.key == "what"] == [2]
    assert browser.post(NEW, with_set("what", answer_0=ONE)).status_code == 302
    assert saved().answers[0]["question"] == "What happened?"


def test_a_lens_is_tried_by_its_button(browser, cast):
    page = browser.get(reverse("reflections:prompt-detail", args=[cast["lens"].public_id])).content.decode()
    address = f"{NEW}?partnership={cast.partnership.slug}&amp;prompts={cast['lens'].public_id}"
    assert address in page
    tried = browser.get(address.replace("&amp;", "&"))
    assert list(boxes(tried)) == LENS["questions"]
    assert find(Reader(cast.practitioner), cast["lens"].public_id).is_lens
