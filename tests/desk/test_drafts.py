"""Drafts: what is typed is kept for its author alone, under the key of its form, and never after it was saved."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from desk import drafts
from desk.models import Draft
from tests import factories as make


@pytest.fixture
def writer(cast, client_for):
    """A browser of the practitioner."""
    return client_for(cast.practitioner)


def keep(browser, key, text, **fields):
    sent = {"draft_form": "reflection", "draft_about": "", "text": text} | fields
    return browser.post(f"/drafts/{key}/", sent)


def test_typing_is_kept_and_the_time_is_told(writer, cast):
    response = keep(writer, "k1", "Half a line")
    assert response.status_code == 200
    kept = Draft.objects.get(author=cast.practitioner, key="k1")
    assert kept.data == {"text": ["Half a line"]}
    assert response.json()["status"] == f"Saved {timezone.localtime(kept.saved_at):%H:%M}"


def test_two_opened_forms_never_mix(writer, cast):
    keep(writer, "one", "In one tab")
    keep(writer, "two", "In another")
    keep(writer, "one", "In one tab, and more")
    kept = dict(Draft.objects.filter(key__in=["one", "two"]).values_list("key", "data"))
    assert kept == {"one": {"text": ["In one tab, and more"]}, "two": {"text": ["In another"]}}


def test_one_key_of_two_people_is_two_drafts(cast, client_for):
    keep(client_for(cast.practitioner), "same", "Mine")
    keep(client_for(cast.fellow), "same", "Theirs")
    assert Draft.objects.get(author=cast.practitioner, key="same").data == {"text": ["Mine"]}


def test_a_late_autosave_after_saving_brings_nothing_back(writer, cast):
    keep(writer, "late", "Half")
    writer.post("/reflections/new/", {"draft_key": "late", "text": "Whole.", "person_level": "1", "audience": "me"})
    response = keep(writer, "late", "Half a")
    assert response.status_code == 409
    assert Draft.objects.get(author=cast.practitioner, key="late").data == {}
    assert "Half" not in writer.get("/").content.decode()


def test_words_of_another_writer_are_not_taken(writer, cast):
    response = keep(writer, "k2", "Typed by somebody else", draft_writer=cast.fellow.public_id)
    assert response.status_code == 422
    assert not Draft.objects.filter(key="k2").exists()
    assert keep(writer, "k2", "Mine", draft_writer=cast.practitioner.public_id).status_code == 200


@pytest.mark.parametrize(
    "fields",
    [
        {"draft_form": "no such form"},
        {"draft_form": "reflection-edit", "draft_about": ""},
        {"draft_form": "reflection-edit", "draft_about": "a b"},
        {"draft_about": "x" * 200},
        {"text": "x" * 400_001},
    ],
    ids=str,
)
def test_what_cannot_be_found_again_is_said_not_to_be_saved(writer, fields):
    response = keep(writer, "k3", **({"text": "words"} | fields))
    assert response.status_code == 422
    assert response.json()["status"].startswith("Not saved")
    assert not Draft.objects.filter(key="k3").exists()


def test_a_nul_is_kept_as_a_character_that_was_lost(writer):
    keep(writer, "k4", "a\0b", **{"na\0me": "x"})
    assert Draft.objects.get(key="k4").data == {"text": ["a\ufffdb"], "na\ufffdme": ["x"]}


def test_home_finds_the_draft_again(writer, cast):
    keep(writer, "k5", "Words that waited.", draft_about=cast.partnership.slug)
    page = writer.get("/").content.decode()
    assert "Words that waited." in page
    assert f"/reflections/new/?draft=k5&amp;partnership={cast.partnership.slug}" in page


def test_a_draft_of_a_partnership_that_was_left_is_found_again(cast, client_for):
    browser = client_for(cast.former)
    keep(browser, "k6", "From before I left.", draft_about=cast.partnership.slug)
    page = browser.get(f"/reflections/new/?draft=k6&partnership={cast.partnership.slug}").content.decode()
    assert "From before I left." in page


def test_throwing_away_is_its_authors_only(cast, client_for):
    draft = make.make_draft(by=cast.practitioner, text="Keep me.")
    address = f"/drafts/{draft.key}/delete/"
    assert client_for(cast.fellow).get(address).status_code == 404
    assert client_for(cast.fellow).post(address).status_code == 404
    mine = client_for(cast.practitioner)
    assert "Keep me." in mine.get(address).content.decode()
    assert Draft.objects.filter(pk=draft.pk).exists()
    mine.post(address)
    assert not Draft.objects.filter(pk=draft.pk).exists()


def test_tick_forgets_keys_used_long_ago(cast):
    kept = make.make_draft(by=cast.practitioner)
    for key, days in (("old", 31), ("new", 29)):
        Draft.use(author=cast.practitioner, key=key, form="reflection")
        Draft.objects.filter(key=key).update(used_at=timezone.now() - timedelta(days=days))
    call_command("tick", verbosity=0)
    assert not Draft.objects.filter(key="old").exists()
    assert Draft.objects.filter(key="new").exists()
    assert Draft.objects.filter(pk=kept.pk, used_at=None).exists()


def test_a_key_is_new_each_time(writer):
    keys = {writer.get("/reflections/new/").context["form"].key for _time in range(3)}
    assert len(keys) == 3
    assert all(len(key) <= 24 for key in keys)
    assert len({drafts.new_key() for _time in range(100)}) == 100
