"""No typed word is lost, and none goes to the wrong place (2-architecture, 2.4 Drafts; security R4)."""

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
    assert answer.status_code == 422
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


def test_every_kept_form_has_an_address_to_go_on_at(cast, client_for):
    """Each registered form, with a draft of it: its words stand in the box of the page that it leads to."""
    about = {
        "reflection": (cast.practitioner, ""),
        "reflection-edit": (cast.practitioner, cast.private_note.public_id),
        "response": (cast.practitioner, cast.not_named_note.public_id),
        "response-edit": (cast.fellow, cast.response.public_id),
        "partnership": (cast.practitioner, ""),
        "purpose-edit": (cast.steward, cast.partnership.slug),
        "intentions-edit": (cast.steward, cast.partnership.slug),
        "invitation-import": (cast.steward, cast.partnership.slug),
        "organisation-import": (cast.orgadmin, cast.provider.public_id),
        "agreement": (cast.steward, cast.partnership.slug),
        "study": (cast.steward, cast.partnership.slug),
        "study-edit": (cast.steward, cast["study"].public_id),
        "concern": (cast.practitioner, cast.partnership.slug),
    }
    assert set(about) == set(drafts._forms)
    for form, (person, thing) in about.items():
        words = {drafts._forms[form].words: [f"words of a {form}"]}
        draft = Draft.keep(author=person, key=drafts.new_key(), form=form, about=thing, data=words)
        page = client_for(person).get(drafts.address_of(draft))
        assert page.status_code == 200, form
        assert f"words of a {form}" in page.content.decode(), form


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
