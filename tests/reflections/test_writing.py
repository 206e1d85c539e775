"""Writing: whatever is typed is kept or spoken about, a repeated POST is one note, nothing is saved over (R2, R3)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from partnerships import actions as partnership_actions
from records import actions
from reflections.models import Reflection

NEW = "/reflections/new/"


@pytest.fixture
def browser(cast, client_for):
    return client_for(cast.practitioner)


def words(text="What I saw.", **fields):
    return {"draft_key": "k1", "text": text, "person_level": "1", "audience": "me"} | fields


def test_a_note_is_saved_for_oneself(browser, cast):
    answer = browser.post(
        NEW,
        words(
            title="The title",
            person_level="3",
            tags="Rota, hospital discharge",
            happened_on_day="3",
            happened_on_month="12",
            happened_on_year="2025",
        ),
        follow=True,
    )
    note = Reflection.objects.get(submission="k1")
    assert answer.redirect_chain[0][0] == reverse("reflections:reflection-detail", args=[note.public_id])
    assert "What I saw." in answer.content.decode()
    assert (note.title, note.person_level, note.is_private, note.kind) == ("The title", 3, True, "reflection")
    assert str(note.happened_on) == "2025-12-03"
    assert sorted(note.tags.names()) == ["hospital discharge", "rota"]


def test_with_a_space_chosen_it_is_still_private_and_sharing_comes_next(browser, cast):
    answer = browser.post(NEW, words(audience=cast.peers.public_id))
    note = Reflection.objects.get(submission="k1")
    assert note.is_private
    share = reverse("reflections:reflection-share", args=[note.public_id])
    assert answer.headers["Location"] == f"{share}?space={cast.peers.public_id}"


def test_an_empty_note_is_not_saved(browser):
    for nothing in ("", "   ", "\n\t \r\n"):
        answer = browser.post(NEW, words(nothing))
        assert answer.status_code == 422
        assert "Write a few words first" in answer.content.decode()


def test_the_longest_text_is_kept_whole(browser):
    text = "ä" * 99_999 + "e"
    assert browser.post(NEW, words(text)).status_code == 302
    assert Reflection.objects.get(submission="k1").text == text


def test_one_more_character_is_spoken_about_and_stays_in_the_box(browser):
    text = "x" * 100_000 + "E"
    answer = browser.post(NEW, words(text))
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "100001" in body.replace(",", "")
    assert "100000" in body.replace(",", "")
    assert text in body
    assert not Reflection.objects.filter(submission="k1").exists()


def test_line_breaks_count_once(browser):
    text = "\r\n".join(["x"] * 50_000)
    assert browser.post(NEW, words(text)).status_code == 302
    assert "\r" not in Reflection.objects.get(submission="k1").text


def test_text_is_kept_as_typed(browser):
    text = "  first line\n\n\n* not a list <b>not bold</b> & 'quoted' — “so” 🙂 עברית ‮rtl‬"
    browser.post(NEW, words(text))
    note = Reflection.objects.get(submission="k1")
    assert note.text.strip() == text.strip()
    page = browser.get(note.get_absolute_url()).content.decode()
    assert "&lt;b&gt;not bold&lt;/b&gt;" in page
    assert "<b>not bold" not in page


@pytest.mark.parametrize("field", ["text", "title", "tags"])
def test_a_nul_is_spoken_about_and_nothing_is_lost(browser, field):
    answer = browser.post(NEW, words(**{"text": "words around", field: "be\0fore and words"}))
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "One character did not arrive whole" in body
    assert "fore and words" in body


def test_a_lone_surrogate_is_spoken_about(browser):
    body = b"draft_key=k1&person_level=1&audience=me&text=lone+%ED%A0%80+surrogate"
    answer = browser.generic("POST", NEW, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422
    assert "One character did not arrive whole" in answer.content.decode()
    assert "surrogate" in answer.content.decode()


def test_a_space_one_is_not_in_is_refused(browser, cast):
    for space in (cast.sibling_everyone, cast.supervision_everyone):
        answer = browser.post(NEW, words("typed", audience=space.public_id))
        assert answer.status_code == 422
        assert "typed" in answer.content.decode()
    assert not Reflection.objects.filter(submission="k1").exists()


def test_a_closed_space_is_not_offered(browser, cast):
    partnership_actions.close_space(space=cast.peers, by=cast.practitioner)
    assert cast.peers.public_id not in browser.get(NEW).content.decode()
    assert browser.post(NEW, words(audience=cast.peers.public_id)).status_code == 422


def test_the_composer_offers_ones_own_spaces_and_no_other(browser, cast):
    body = browser.get(NEW).content.decode()
    for space in (cast.everyone, cast.peers, cast.power_line, cast.one_to_one, cast.wider):
        assert space.public_id in body
    for space in (cast.sibling_everyone, cast.supervision_everyone):
        assert space.public_id not in body
    assert "7 people, and whoever joins later" in body
    assert "The manager decides about the rota." in body


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (("1", "1", "1890"), "1940"),
        (("1", "1", "2126"), "not come yet"),
        (("31", "2", "2025"), "no such day"),
        (("x", "2", "2025"), "no such day"),
        (("1", "2", ""), "no such day"),
        (("1", "1", "99999999999"), "no such day"),
        (("1", "1", "9" * 5000), "no such day"),
        (("-1", "1", "2025"), "no such day"),
        (("0", "0", "0"), "no such day"),
        (("1\0", "1", "2025"), ""),
    ],
)
def test_a_day_that_cannot_be_is_said(browser, day, said):
    boxes = dict(zip(("happened_on_day", "happened_on_month", "happened_on_year"), day, strict=True))
    answer = browser.post(NEW, words("typed words", **boxes))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "typed words" in answer.content.decode()


def test_today_is_a_day_that_can_be(browser):
    today = timezone.localdate()
    boxes = {"happened_on_day": today.day, "happened_on_month": today.month, "happened_on_year": today.year}
    assert browser.post(NEW, words(**boxes)).status_code == 302


@pytest.mark.parametrize(
    "tags", ["t" * 300, ", ".join(f"tag{n}" for n in range(11)), "x" * 1001], ids=["long", "many", "longest"]
)
def test_tags_that_are_too_long_or_too_many_are_said(browser, tags):
    answer = browser.post(NEW, words("typed words", tags=tags))
    assert answer.status_code == 422
    assert "typed words" in answer.content.decode()


@pytest.mark.parametrize("tags", ['"', ",,,", '"a, b', "ü!", "İstanbul", "日本", "🙂", "C++, C#, C"])
def test_odd_tags_do_no_harm(browser, tags):
    assert browser.post(NEW, words(tags=tags)).status_code == 302


def test_a_tag_of_two_words_stays_one_when_the_note_is_saved_again(browser):
    browser.post(NEW, words(tags="Small  things"))
    note = Reflection.objects.get(submission="k1")
    address = f"{note.get_absolute_url()}edit/"
    form = browser.get(address).context["form"]
    assert form["tags"].value() == "small things"
    sent = words("changed words", tags=form["tags"].value(), version=note.version, draft_key="k2")
    assert browser.post(address, sent).status_code == 302
    assert list(note.tags.names()) == ["small things"]


def test_tags_are_lower_case_and_each_once(browser):
    browser.post(NEW, words(tags="Rota, ROTA, rota"))
    assert list(Reflection.objects.get(submission="k1").tags.names()) == ["rota"]


@pytest.mark.parametrize(
    "fields",
    [
        {"person_level": "4"},
        {"person_level": ""},
        {"person_level": "x"},
        {"audience": ""},
        {"audience": "nowhere"},
        {"title": "t" * 201},
        {"version": "x"},
    ],
)
def test_whatever_is_wrong_the_words_stay(browser, fields):
    answer = browser.post(NEW, words("typed words", **fields))
    assert answer.status_code == 422
    assert "typed words" in answer.content.decode()


@pytest.mark.parametrize("key", ["", "a b", "é", "k" * 30, "../..", "k\0", "<b>"])
def test_a_key_that_is_none_of_ours_loses_no_word(browser, key):
    """A form that is sent without its key, or with a mangled one, is a form with words in it."""
    answer = browser.post(NEW, words("typed words", draft_key=key))
    assert answer.status_code in {302, 422}
    saved = Reflection.objects.filter(text="typed words").exists()
    assert saved or "typed words" in answer.content.decode()


def test_an_empty_post_is_a_form_with_errors(browser):
    assert browser.post(NEW, {}).status_code == 422


def test_author_and_place_are_never_taken_from_the_form(browser, cast):
    browser.post(
        NEW,
        words(
            author=cast.fellow.pk,
            space=cast.everyone.pk,
            partnership=cast.sibling.pk,
            kind="response",
            shared_at="2026-01-01",
            attribution="not_named",
            public_id="mine",
        ),
    )
    note = Reflection.objects.get(submission="k1")
    assert (note.author, note.space, note.partnership, note.kind) == (cast.practitioner, None, None, "reflection")
    assert note.public_id != "mine"


def test_the_partnership_that_was_open_goes_with_the_note(browser, cast):
    browser.post(f"{NEW}?partnership={cast.partnership.slug}", words())
    note = Reflection.objects.get(submission="k1")
    assert note.partnership == cast.partnership
    assert note.is_private


# Twice ----------------------------------------------------------------------------------------------------------


def test_a_repeated_post_is_one_note_and_the_same_answer(browser):
    first, second = browser.post(NEW, words()), browser.post(NEW, words())
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert Reflection.objects.filter(submission="k1").count() == 1


def test_other_words_under_a_used_key_are_not_thrown_away(browser):
    """Somebody went back after saving, and typed on."""
    browser.post(NEW, words("first words"))
    answer = browser.post(NEW, words("first words, and more"))
    assert answer.status_code == 422
    assert "first words, and more" in answer.content.decode()
    key = answer.context["form"].key
    assert key != "k1"
    assert browser.post(NEW, words("first words, and more", draft_key=key)).status_code == 302


def test_a_post_again_after_its_note_was_deleted_breaks_nothing(browser, cast):
    browser.post(NEW, words("words of old"))
    actions.delete(Reflection.objects.get(submission="k1"), by=cast.practitioner)
    answer = browser.post(NEW, words("words of old"))
    assert answer.status_code == 422
    assert "words of old" in answer.content.decode()


def test_the_same_key_of_another_person_is_another_note(browser, cast, client_for):
    browser.post(NEW, words("mine"))
    client_for(cast.fellow).post(NEW, words("theirs"))
    assert set(Reflection.objects.filter(submission="k1").values_list("text", flat=True)) == {"mine", "theirs"}


# Editing --------------------------------------------------------------------------------------------------------


def edit(browser, note, text, *, version, key="e1", **fields):
    url = reverse("reflections:reflection-edit", args=[note.public_id])
    return browser.post(url, words(text, draft_key=key, version=version, **fields))


def test_an_edit_changes_the_words_and_the_version(browser, cast):
    note = cast.private_note
    assert edit(browser, note, "new words", version=1, tags="new").status_code == 302
    note.refresh_from_db()
    assert (note.text, note.version, note.edited_at) == ("new words", 2, None)
    assert list(note.tags.names()) == ["new"]


def test_an_edit_of_what_is_shared_is_told_to_its_readers(browser, cast, client_for):
    edit(browser, cast.peers_note, "new peers words", version=cast.peers_note.version)
    page = client_for(cast.fellow).get(cast.peers_note.get_absolute_url()).content.decode()
    assert "new peers words" in page
    assert "dited" in page


def test_a_stale_version_gets_both_texts_and_changes_nothing(browser, cast):
    edit(browser, cast.private_note, "saved first", version=1, key="e1")
    answer = edit(browser, cast.private_note, "typed meanwhile", version=1, key="e2", title="typed title")
    assert answer.status_code == 409
    body = answer.content.decode()
    assert "saved first" in body
    assert "typed meanwhile" in body
    assert "typed title" in body
    cast.private_note.refresh_from_db()
    assert cast.private_note.text == "saved first"


def send_again(browser, answer, url):
    """Press the button of the 409 page: every field as that page holds it."""
    form = answer.context["form"]
    fields = {name: form[name].value() for name in form.fields}
    fields |= {f"happened_on_{box}": "" for box in ("day", "month", "year")}
    return browser.post(
        url, {name: value for name, value in fields.items() if value is not None and value != [None] * 3}
    )


def test_the_page_with_both_texts_saves_what_one_decides(browser, cast):
    edit(browser, cast.private_note, "saved first", version=1, key="e1")
    answer = edit(browser, cast.private_note, "typed meanwhile", version=1, key="e2")
    url = reverse("reflections:reflection-edit", args=[cast.private_note.public_id])
    assert send_again(browser, answer, url).status_code == 302
    cast.private_note.refresh_from_db()
    assert cast.private_note.text == "typed meanwhile"


def test_so_does_the_page_after_going_back_to_a_form_that_was_sent(browser, cast):
    """The key is used, and the words are others: the page with both texts leads on, and not round in a circle."""
    url = reverse("reflections:reflection-edit", args=[cast.private_note.public_id])
    edit(browser, cast.private_note, "saved first", version=1, key="e1")
    answer = edit(browser, cast.private_note, "typed after going back", version=1, key="e1")
    assert answer.status_code == 409
    assert send_again(browser, answer, url).status_code == 302
    cast.private_note.refresh_from_db()
    assert cast.private_note.text == "typed after going back"


def test_a_repeated_edit_is_one_edit(browser, cast):
    first = edit(browser, cast.private_note, "new words", version=1)
    second = edit(browser, cast.private_note, "new words", version=1)
    assert first.status_code == second.status_code == 302
    cast.private_note.refresh_from_db()
    assert cast.private_note.version == 2


def test_an_edit_without_a_version_writes_over_nothing(browser, cast):
    answer = edit(browser, cast.private_note, "typed words", version="")
    assert answer.status_code == 409
    assert "typed words" in answer.content.decode()


def test_the_form_to_edit_holds_what_is_saved(browser, cast):
    page = browser.get(reverse("reflections:reflection-edit", args=[cast.private_note.public_id]))
    body = page.content.decode()
    for saved in ("private words", "Private title", "own-tag"):
        assert saved in body
    assert page.context["form"]["version"].value() == 1


@pytest.mark.parametrize("name", ["fellow", "manager", "site_admin"])
def test_nobody_edits_anothers_words(cast, name):
    with pytest.raises(PermissionDenied):
        actions.edit(
            cast.everyone_note, by=cast[name], version=2, changes={"text": "x"}, key="e", form="reflection-edit"
        )
