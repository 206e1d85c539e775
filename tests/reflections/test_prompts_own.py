"""A partnership's own sets and lenses: seen by its members, versioned, changed by who may."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from partnerships.reader import Reader
from records.versions import StaleVersion
from reflections import actions
from reflections.models import PromptSet
from reflections.prompts import find, own_prompts
from tests import factories as make
from tests.scenery.prompts import LENS, change, offer

NEW = "/reflections/new/"


@pytest.fixture
def browser(cast, client_for):
    return client_for(cast.practitioner)


def test_own_sets_are_there_for_their_members_and_for_nobody_else(cast, client_for):
    for name, status in (("practitioner", 200), ("outsider", 404), ("former", 404), ("site_admin", 404)):
        browser = client_for(cast[name])
        for page in ("prompt-detail", "prompt-card"):
            address = reverse(f"reflections:{page}", args=[cast["lens"].public_id])
            assert browser.get(address).status_code == status, (name, page)
        assert (LENS["name"] in browser.get("/prompts/").content.decode()) == (status == 200), name


@pytest.mark.parametrize(
    ("who", "kind", "may"),
    [
        ("practitioner", "lens", True),
        ("practitioner", "set", False),
        ("learning_partner", "set", True),
        ("steward", "set", True),
        ("outsider", "lens", False),
        ("former", "lens", False),
        ("site_admin", "set", False),
    ],
)
def test_any_member_may_offer_a_lens_and_who_looks_after_settings_a_set(cast, who, kind, may):
    before = PromptSet.objects.count()
    if may:
        offer(partnership=cast.partnership, by=cast[who], kind=kind)
    else:
        with pytest.raises(PermissionDenied):
            offer(partnership=cast.partnership, by=cast[who], kind=kind)
    assert PromptSet.objects.count() == before + may


@pytest.mark.parametrize(
    ("who", "of", "may"),
    [
        ("academic", "lens", True),
        ("practitioner", "lens", False),
        ("steward", "lens", True),
        ("practitioner", "prompt_set", False),
        ("learning_partner", "prompt_set", True),
        ("outsider", "lens", False),
    ],
)
def test_who_may_change_a_set_and_take_it_out_of_use(cast, who, of, may):
    for do in (
        lambda: change(prompt_set=cast[of], by=cast[who], line="Another line."),
        lambda: actions.retire_prompts(prompt_set=cast[of], by=cast[who]),
        lambda: actions.use_prompts_again(prompt_set=cast[of], by=cast[who]),
    ):
        if may:
            do()
        else:
            with pytest.raises(PermissionDenied):
                do()


def test_who_left_changes_no_lens_any_more(cast):
    make.end_membership(person=cast.academic, partnership=cast.partnership)
    with pytest.raises(PermissionDenied):
        change(prompt_set=cast["lens"], by=cast.academic, line="Another line.")


def test_each_save_is_another_version_and_all_can_be_read(cast, browser):
    lens = cast["changed_lens"]
    page = browser.get(reverse("reflections:prompt-detail", args=[lens.public_id])).content.decode()
    assert "What else?" in page
    former = reverse("reflections:prompt-version", args=[lens.public_id, 1])
    assert former in page
    body = browser.get(former).content.decode()
    assert "What does it ask of them?" in body
    assert "What else?" not in body
    assert list(lens.versions.values_list("number", flat=True)) == [2, 1]


def test_saving_the_same_again_makes_no_version(cast):
    change(prompt_set=cast["lens"], by=cast.academic)
    assert cast["lens"].versions.count() == 1


def test_who_saves_over_another_change_sees_both(cast, client_for):
    lens, browser = cast["lens"], client_for(cast.academic)
    address = reverse("reflections:prompt-edit", args=[cast.partnership.slug, lens.public_id])
    change(prompt_set=lens, by=cast.steward, framework="Saved first.")
    typed = {"name": "Mine", "framework": "Typed late.", "question_1": "Why?", "version": "1", "draft_key": "late"}
    answer = browser.post(address, typed)
    assert answer.status_code == 409
    body = answer.content.decode()
    assert "Saved first." in body
    assert "Typed late." in body
    again = typed | {"version": answer.context["form"]["version"].value(), "draft_key": "again"}
    assert browser.post(address, again).status_code == 302
    assert lens.versions.first().framework == "Typed late."
    assert lens.versions.count() == 3


def test_a_stale_version_changes_nothing(cast):
    change(prompt_set=cast["lens"], by=cast.academic, line="First.")
    with pytest.raises(StaleVersion):
        actions.change_prompts(
            prompt_set=cast["lens"], version=1, words=LENS | {"line": "Second."}, key="s", by=cast.academic
        )
    assert cast["lens"].versions.first().line == "First."


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("set", {"questions": []}),
        ("set", {"questions": ["q"] * 9}),
        ("lens", {"questions": ["q"] * 6}),
        ("lens", {"framework": ""}),
    ],
)
def test_a_set_asks_something_and_not_too_much(cast, kind, words):
    with pytest.raises(ValidationError):
        offer(partnership=cast.partnership, by=cast.steward, kind=kind, **words)


@pytest.mark.parametrize(
    "missing", [{"name": ""}, {"question_1": "", "question_2": ""}, {"framework": ""}, {"question_2": "x" * 201}]
)
def test_what_is_missing_is_said_and_what_was_typed_stays(cast, browser, missing):
    typed = {"name": "A name", "framework": "A page.", "question_1": "Why?", "question_2": "What else?"} | missing
    answer = browser.post(reverse("reflections:lens-new", args=[cast.partnership.slug]), typed | {"draft_key": "l"})
    assert answer.status_code == 422
    assert all(words in answer.content.decode() for words in typed.values())


def test_a_repeated_post_offers_one_lens(cast, browser):
    address = reverse("reflections:lens-new", args=[cast.partnership.slug])
    typed = {"name": "Once", "framework": "A page.", "question_2": "Why?", "draft_key": "once"}
    first, second = browser.post(address, typed), browser.post(address, typed)
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert browser.post(address, typed | {"name": "Twice"}).status_code == 422
    made = PromptSet.objects.get(versions__name="Once")
    assert made.versions.get().questions == ["Why?"]


def test_taken_out_of_use_it_is_offered_no_more_and_can_come_back(cast, client_for):
    lens, browser = cast["lens"], client_for(cast.academic)
    address = reverse("reflections:prompt-retire", args=[cast.partnership.slug, lens.public_id])
    assert browser.post(address, {"use": "no"}).status_code == 302
    assert browser.post(address, {"use": "no"}).status_code == 302, "twice is once"
    reader = Reader(cast.academic)
    assert lens.public_id not in [row.key for row in own_prompts(reader, cast.partnership)]
    assert find(reader, lens.public_id).is_retired
    assert "Nothing new is begun with it" in browser.get(f"/prompts/{lens.public_id}/").content.decode()
    assert "What does it ask of them?" not in browser.get(NEW, {"prompts": lens.public_id}).content.decode()
    browser.post(address, {"use": "again"})
    assert lens.public_id in [row.key for row in own_prompts(reader, cast.partnership)]


def test_out_of_use_it_is_not_changed(cast):
    actions.retire_prompts(prompt_set=cast["prompt_set"], by=cast.steward)
    with pytest.raises(ValidationError):
        change(prompt_set=cast["prompt_set"], by=cast.steward, line="Another line.")


def test_the_settings_lead_to_them(cast, client_for):
    page = client_for(cast.steward).get(reverse("partnerships:settings-detail", args=[cast.partnership.slug]))
    assert reverse("reflections:prompt-settings", args=[cast.partnership.slug]) in page.content.decode()
