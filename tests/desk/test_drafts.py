"""No typed word is lost, and none goes to the wrong place (2-architecture, 2.4 Drafts; security R4).

How each form is opened says `tests/kept_forms.py`; what holds for all of them, `test_kept_forms.py`.
"""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from desk import drafts
from desk.models import Draft
from reflections.models import Reflection
from tests import factories as make


@pytest.fixture
def browser(cast, client_for):
    return client_for(cast.practitioner)


def autosave(browser, key, text="typed so far", *, form="reflection", about="", **fields):
    body = {"draft_form": form, "draft_about": about, "text": text, **fields}
    return browser.post(reverse("desk:draft-save", args=[key]), body, headers={"HX-Request": "true"})


def save(browser, key, text="typed to the end", **fields):
    body = {"draft_key": key, "text": text, "person_level": "1", "audience": "me", **fields}
    return browser.post(reverse("reflections:reflection-new"), body)


def test_what_is_typed_is_kept_and_said_to_be(browser, cast):
    answer = autosave(browser, "k1", person_level="2")
    assert answer.status_code == 200
    assert "Saved" in answer.json()["status"]
    draft = Draft.objects.get(author=cast.practitioner, key="k1")
    assert draft.data == {"text": ["typed so far"], "person_level": ["2"]}


def test_each_save_overwrites_the_one_before(browser, cast):
    autosave(browser, "k1", "one")
    autosave(browser, "k1", "one two")
    assert Draft.objects.get(author=cast.practitioner, key="k1").data["text"] == ["one two"]


def test_two_opened_forms_never_mix(browser, cast):
    autosave(browser, "tab-one", "words of one")
    autosave(browser, "tab-two", "words of two")
    save(browser, "tab-one", "words of one, saved")
    assert Draft.objects.get(author=cast.practitioner, key="tab-one").data == {}
    assert Draft.objects.get(author=cast.practitioner, key="tab-two").data["text"] == ["words of two"]
    page = browser.get(reverse("reflections:reflection-new"), {"draft": "tab-two"}).content.decode()
    assert "words of two" in page
    assert "words of one" not in page


def test_each_opened_form_has_a_key_of_its_own(browser):
    keys = {browser.get(reverse("reflections:reflection-new")).context["form"].key for _tab in range(3)}
    assert len(keys) == 3


def test_a_late_autosave_is_told_and_brings_no_words_back(browser, cast):
    autosave(browser, "k1")
    assert save(browser, "k1").status_code == 302
    answer = autosave(browser, "k1", "late words")
    assert answer.status_code == 409
    assert Draft.objects.get(author=cast.practitioner, key="k1").data == {}
    assert "late words" not in browser.get(reverse("home:home")).content.decode()


def test_an_autosave_that_comes_after_the_only_save_is_told_too(browser, cast):
    save(browser, "k1")
    assert autosave(browser, "k1").status_code == 409


def test_a_save_that_fails_keeps_the_draft(browser, cast):
    autosave(browser, "k1", "typed")
    assert save(browser, "k1", "").status_code == 422
    assert Draft.objects.get(author=cast.practitioner, key="k1").data["text"] == ["typed"]


def test_a_draft_and_its_record_are_saved_together_or_not_at_all(cast):
    make.make_draft(by=cast.practitioner, key="k1", text="typed")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make.make_note(by=cast.practitioner, key="k1", text="typed")
        raise ZeroDivisionError
    assert Draft.objects.get(author=cast.practitioner, key="k1").data["text"] == ["typed"]
    assert not Reflection.objects.filter(submission="k1").exists()


def test_nobody_reads_anothers_draft(cast, client_for):
    for name in ("fellow", "site_admin", "learning_partner"):
        browser = client_for(cast[name])
        assert browser.get(reverse("desk:draft-delete", args=[cast.draft.key])).status_code == 404
        assert browser.post(reverse("desk:draft-delete", args=[cast.draft.key])).status_code == 404
        page = browser.get(reverse("reflections:reflection-new"), {"draft": cast.draft.key}).content.decode()
        assert "draft words" not in page
    assert (
        "draft words"
        in client_for(cast.practitioner)
        .get(reverse("reflections:reflection-new"), {"draft": cast.draft.key})
        .content.decode()
    )


def test_the_same_key_of_somebody_else_is_another_draft(cast, client_for):
    autosave(client_for(cast.fellow), cast.draft.key, "words of the fellow")
    cast.draft.refresh_from_db()
    assert cast.draft.data["text"] == ["draft words"]


def test_words_typed_by_one_are_never_kept_for_another_who_signed_in_since(cast, client_for):
    answer = autosave(client_for(cast.fellow), "k1", draft_writer=cast.practitioner.public_id)
    assert answer.status_code == 403
    assert not Draft.objects.filter(key="k1").exists()


def test_a_draft_is_thrown_away_after_its_words_were_shown(browser, cast):
    url = reverse("desk:draft-delete", args=[cast.draft.key])
    assert "draft words" in browser.get(url).content.decode()
    assert Draft.objects.filter(pk=cast.draft.pk).exists()
    assert browser.post(url).status_code == 302
    assert not Draft.objects.filter(pk=cast.draft.pk).exists()
    assert browser.get(url).status_code == 404


def test_a_used_draft_cannot_be_opened_again(browser, cast):
    save(browser, cast.draft.key)
    assert browser.get(reverse("desk:draft-delete", args=[cast.draft.key])).status_code == 404
    page = browser.get(reverse("reflections:reflection-new"), {"draft": cast.draft.key})
    assert page.context["form"].key != cast.draft.key


def test_a_nul_is_kept_as_a_broken_character(browser, cast):
    """PostgreSQL stores none; the form then says that one character did not arrive."""
    assert autosave(browser, "k1", "be\0fore").status_code == 200
    assert Draft.objects.get(key="k1").data["text"] == ["be\ufffdfore"]
    assert autosave(browser, "k2", **{"na\0me": "value"}).status_code == 200


def test_bytes_that_are_no_text_do_no_harm(browser, cast):
    answer = browser.generic(
        "POST",
        reverse("desk:draft-save", args=["k1"]),
        b"draft_form=reflection&text=lone+%ED%A0%80+surrogate",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 200
    assert "\ufffd" in Draft.objects.get(key="k1").data["text"][0]


@pytest.mark.parametrize(
    ("key", "fields"),
    [
        ("k" * 25, {}),
        ("k1", {"text": "x" * 400_001}),
        ("k1", {"form": "no-such-form"}),
        ("k1", {"form": "refl\0ection"}),
        ("k1", {"about": "a" * 81}),
        ("k1", {"about": "not a slug"}),
        ("k1", {"form": "reflection-edit", "about": ""}),
        ("k1", {f"{number}{'x' * 900}": "" for number in range(500)}),
    ],
)
def test_what_cannot_be_kept_is_said(browser, cast, key, fields):
    answer = autosave(browser, key, **fields)
    assert answer.status_code == 422
    assert answer.json()["status"]
    assert not Draft.objects.filter(key=key).exists()


def test_the_longest_draft_is_kept(browser, cast):
    assert autosave(browser, "k1", "ü" * 390_000).status_code == 200


def test_used_keys_are_remembered_for_thirty_days_and_then_forgotten(browser, cast):
    save(browser, "used-one")
    used = Draft.objects.get(key="used-one")
    for days, remembered in ((29, True), (31, False)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            call_command("tick", verbosity=0)
        assert Draft.objects.filter(pk=used.pk).exists() == remembered
    assert Draft.objects.filter(pk=cast.draft.pk).exists(), "open drafts are never forgotten"


def test_a_draft_of_a_partnership_that_was_left_is_found_again(cast, client_for):
    draft = make.make_draft(by=cast.former, about=cast.partnership.slug, text="typed before I left")
    browser = client_for(cast.former)
    assert "typed before I left" in browser.get(reverse("home:home")).content.decode()
    page = browser.get(drafts.address_of(draft))
    assert page.status_code == 200
    assert "typed before I left" in page.content.decode()


def test_home_shows_ones_drafts_and_ones_own_only(cast, client_for):
    assert "draft words" in client_for(cast.practitioner).get(reverse("home:home")).content.decode()
    assert "draft words" not in client_for(cast.fellow).get(reverse("home:home")).content.decode()


def test_empty_drafts_hide_none_that_holds_words(cast, client_for):
    """Opening the page and typing a space leaves a draft; a dozen of them must not push an older one out of sight."""
    older = make.make_draft(by=cast.fellow, text="an older beginning")
    Draft.objects.filter(pk=older.pk).update(saved_at=timezone.now() - timedelta(days=1))
    for _tab in range(12):
        make.make_draft(by=cast.fellow, text=" ")
    assert "an older beginning" in client_for(cast.fellow).get(reverse("home:home")).content.decode()


def test_every_draft_can_be_found(cast, client_for):
    """Home may show a few; there is a way to all of them."""
    for number in range(8):
        make.make_draft(by=cast.fellow, text=f"beginning number {number}")
    page = client_for(cast.fellow).get(reverse("home:home")).content.decode()
    found = [number for number in range(8) if f"beginning number {number}" in page]
    assert len(found) == 8, "drafts beyond the first few can be reached from nowhere"


def test_saved_words_are_in_no_draft(browser, cast):
    autosave(browser, "k1", "secret sentence")
    save(browser, "k1", "secret sentence")
    assert not [row for row in Draft.objects.all() if "secret sentence" in str(row.data)]


def test_words_of_another_writer_are_not_saved_as_ones_own(client_for, cast):
    """On a shared computer: typed by one, signed out, sent by the next."""
    sent = {
        "draft_key": "k7",
        "draft_writer": cast.practitioner.public_id,
        "text": "Typed by the one before.",
        "person_level": "1",
        "audience": "me",
    }
    response = client_for(cast.fellow).post("/reflections/new/", sent)
    assert response.status_code == 422
    assert "Somebody else typed this. You are signed in as Fellow Q now" in response.content.decode()
    assert client_for(cast.practitioner).post("/reflections/new/", sent).status_code == 302


# Two pages with one draft, and saves out of order -----------------------------------------------------------------


def numbered(browser, key, text, *, page, turn, base=0):
    return autosave(browser, key, text, draft_page=page, draft_turn=turn, draft_base=base)


def words_under(key):
    return Draft.objects.get(key=key).data["text"]


def test_a_save_that_arrives_late_puts_nothing_back(browser):
    numbered(browser, "k1", "one", page="p1", turn=1)
    numbered(browser, "k1", "one two three", page="p1", turn=3)
    late = numbered(browser, "k1", "one two", page="p1", turn=2)
    assert late.status_code == 200, "what it holds is kept, and more"
    assert words_under("k1") == ["one two three"]


def test_a_draft_opened_in_two_tabs_becomes_two(browser):
    numbered(browser, "k1", "begun", page="p1", turn=1)
    # Both open it as it is.
    assert numbered(browser, "k1", "begun, on here", page="p2", turn=2, base=1).json()["key"] == "k1"
    other = numbered(browser, "k1", "begun, on there", page="p3", turn=2, base=1).json()
    assert other["key"] == "p3"
    assert other["address"] == reverse("desk:draft-save", args=["p3"])
    assert words_under("k1") == ["begun, on here"]
    assert words_under("p3") == ["begun, on there"]
    # The page that it was begun on goes on by itself as well; asking twice makes no third.
    for turn in (2, 3):
        assert numbered(browser, "k1", f"begun, still {turn}", page="p1", turn=turn).json()["key"] == "p1"
    assert words_under("p1") == ["begun, still 3"]
    assert words_under("k1") == ["begun, on here"]


def test_a_page_that_was_sent_and_came_back_goes_on_with_its_draft(browser):
    """A form that was refused is a new page with the same key."""
    numbered(browser, "k1", "typed", page="p1", turn=4)
    refused = save(browser, "k1", "", draft_page="p1", draft_turn="4")
    assert refused.status_code == 422
    form = refused.context["form"]
    assert (form.key, form.turn) == ("k1", 4)
    assert form.page != "p1"
    going_on = numbered(browser, "k1", "typed on", page=form.page, turn=5, base=4)
    assert going_on.json()["key"] == "k1"
    assert words_under("k1") == ["typed on"]


def test_without_a_script_a_page_saves_as_often_as_one_likes(browser):
    page = browser.get(reverse("reflections:reflection-new")).context["form"]
    sent = {"draft_form": "reflection", "draft_about": "", "draft_page": page.page, "draft_turn": page.turn}
    for text in ("one", "one two", "one two three"):
        answer = browser.post(reverse("desk:draft-keep", args=[page.key]), {**sent, "text": text})
        assert answer.headers["Location"] == f"{reverse('reflections:reflection-new')}?draft={page.key}"
        assert words_under(page.key) == [text]
    again = browser.get(answer.headers["Location"]).context["form"]
    assert (again.turn, again["text"].value()) == (3, "one two three")


def test_without_a_script_what_was_saved_before_and_typed_on_is_a_draft_of_its_own(browser):
    save(browser, "k1")
    answer = browser.post(
        reverse("desk:draft-keep", args=["k1"]), {"draft_form": "reflection", "draft_about": "", "text": "typed on"}
    )
    assert answer.status_code == 302
    assert "typed on" in browser.get(answer.headers["Location"]).content.decode()


def test_without_a_script_nothing_is_kept_for_somebody_else(client_for, cast):
    sent = {"draft_form": "reflection", "draft_writer": cast.practitioner.public_id, "text": "Typed by the one before."}
    answer = client_for(cast.fellow).post(reverse("desk:draft-keep", args=["k1"]), sent)
    assert answer.status_code == 422
    assert "somebody else is signed in" in answer.content.decode()
    assert "Typed by the one before." in answer.content.decode(), "in its box, to be sent by who typed it"
    assert not Draft.objects.filter(key="k1").exists()


@pytest.mark.parametrize("turn", ["-1", "x", "9" * 12, "\u0663", "1.5", ""])
def test_a_made_up_number_does_no_harm(browser, turn):
    assert numbered(browser, "k1", "typed", page="\0", turn=turn, base=turn).status_code == 200
    assert words_under("k1") == ["typed"]


def test_the_status_says_the_day_where_it_is_not_today(browser, cast):
    with time_machine.travel("2026-11-23T14:02:00+00:00", tick=False):
        draft = make.make_draft(by=cast.practitioner, text="typed")
        assert draft.saved_words == "Saved 14:02"
    with time_machine.travel("2026-11-24T00:01:00+00:00", tick=False):
        assert draft.saved_words == "Saved 14:02, 23 November"


def test_a_token_is_given_with_whom_it_is_for(browser, cast, client):
    answer = browser.get(reverse("desk:draft-token"), headers={"HX-Request": "true"})
    assert answer.json()["writer"] == cast.practitioner.public_id
    assert len(answer.json()["token"]) == 64
    assert client.get(reverse("desk:draft-token"), headers={"HX-Request": "true"}).status_code == 204


def test_the_way_to_sign_in_again_ends_where_one_is_told_to_go_on(cast, client):
    page = reverse("desk:draft-resume")
    sign_in = client.get(page).headers["Location"]
    assert sign_in == f"{reverse('account_login')}?next={page}"
    sent = {"login": cast.practitioner.email, "password": make.PASSWORD, "next": page}
    there = client.post(reverse("account_login"), sent, follow=True)
    assert there.redirect_chain[-1][0] == page
    assert "Close this tab and go on writing." in there.content.decode()
    assert cast.practitioner.name in there.content.decode()


def test_saving_an_older_page_leaves_what_another_went_on_with(browser, cast):
    """Begun at a desk, gone on with on a phone, and then the desk's page is saved: the phone's words stay a draft."""
    numbered(browser, "k1", "one two", page="desk", turn=1)
    numbered(browser, "k1", "one two three", page="phone", turn=2, base=1)
    older = {"draft_page": "desk", "draft_turn": "1", "draft_began": "0"}
    for _twice in range(2):
        assert save(browser, "k1", "one two", **older).status_code == 302
    assert words_under("k1") == ["one two three"]
    assert Reflection.objects.filter(author=cast.practitioner, text="one two").count() == 1
    # The phone's page saves its own, and uses the draft up.
    assert save(browser, "k1", "one two three", draft_page="phone", draft_began="1").status_code == 302
    assert Draft.objects.get(key="k1").data == {}
    assert Reflection.objects.filter(author=cast.practitioner, text="one two three").exists()


def test_a_draft_that_became_one_of_its_own_can_be_gone_on_with_elsewhere_too(browser):
    numbered(browser, "k1", "begun", page="a", turn=1)
    assert numbered(browser, "k1", "there", page="b", turn=1).json()["key"] == "b"
    assert numbered(browser, "b", "there, opened once more", page="c", turn=2, base=1).json()["key"] == "b"
    own = numbered(browser, "b", "there, and on", page="b", turn=3).json()["key"]
    assert own not in ("k1", "a", "b", "c")
    assert words_under("b") == ["there, opened once more"]
    assert words_under(own) == ["there, and on"]
    assert numbered(browser, own, "there, and on and on", page="b", turn=4).json()["key"] == own
