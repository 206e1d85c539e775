"""Writing: what is typed is saved once, wrong input is told beside the box, and no word is lost (5-promises, 5.4)."""

import pytest
from django.urls import reverse

from desk import drafts
from records.models import Record
from reflections.models import Reflection
from tests import factories as make

NEW = "/reflections/new/"


@pytest.fixture
def writer(cast, client_for):
    """A browser of the practitioner."""
    return client_for(cast.practitioner)


def typed(**words):
    """What the form sends."""
    return {"draft_key": drafts.new_key(), "text": "What I saw.", "person_level": "1", "audience": "me", **words}


def test_a_line_is_enough(writer, cast):
    response = writer.post(NEW, typed(text="One line."))
    note = Reflection.objects.latest("pk")
    assert response.status_code == 302
    assert response.url == note.get_absolute_url()
    assert (note.text, note.author, note.space, note.person_level) == ("One line.", cast.practitioner, None, 1)


def test_what_can_be_added_is_kept(writer):
    writer.post(
        NEW,
        typed(
            title="A title",
            person_level="2",
            tags="Dogs, the rota , DOGS",
            happened_on_day="3",
            happened_on_month="4",
            happened_on_year="2026",
        ),
    )
    note = Reflection.objects.latest("pk")
    assert (note.title, note.person_level, str(note.happened_on)) == ("A title", 2, "2026-04-03")
    assert sorted(note.tags.names()) == ["dogs", "the rota"]


def test_choosing_a_space_shares_nothing_and_leads_to_the_page_that_does(writer, cast):
    response = writer.post(NEW, typed(audience=cast.peers.public_id))
    note = Reflection.objects.latest("pk")
    assert response.url == f"/reflections/{note.public_id}/share/?space={cast.peers.public_id}"
    assert note.is_private


def test_the_open_partnership_stays_with_the_note(writer, cast):
    writer.post(f"{NEW}?partnership={cast.partnership.slug}", typed())
    assert Reflection.objects.latest("pk").partnership == cast.partnership


def test_a_partnership_of_others_is_as_one_that_does_not_exist(writer, cast):
    for slug in (cast.sibling.slug, "nothing-here"):
        assert writer.get(f"{NEW}?partnership={slug}").status_code == 200
        writer.post(f"{NEW}?partnership={slug}", typed())
        assert Reflection.objects.latest("pk").partnership is None


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"text": ""}, "Write a few words first"),
        ({"text": "   \n "}, "Write a few words first"),
        ({"text": "x" * 100_001}, "This is 100001 characters long. The limit is 100000"),
        ({"text": "a\0b"}, "One character did not arrive whole"),
        ({"title": "t\0t"}, "One character did not arrive whole"),
        ({"title": "t" * 201}, "Ensure this value has at most 200 characters"),
        ({"tags": "x" * 300}, "too long for a tag"),
        ({"tags": ", ".join(f"tag {n}" for n in range(11))}, "At most 10 tags"),
        ({"audience": "nowhere"}, "You are not in that space"),
        ({"person_level": "7"}, "Select a valid choice"),
        (
            {"happened_on_day": "1", "happened_on_month": "1", "happened_on_year": "1890"},
            "That is before 1940",
        ),
        (
            {"happened_on_day": "1", "happened_on_month": "1", "happened_on_year": "2190"},
            "That day has not come yet",
        ),
        (
            {"happened_on_day": "31", "happened_on_month": "2", "happened_on_year": "2026"},
            "There is no such day",
        ),
        (
            {"happened_on_day": "1", "happened_on_month": "1", "happened_on_year": "9" * 30},
            "There is no such day",
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_wrong_input_is_told_beside_the_box_and_the_words_stay(writer, words, message):
    before = Record.objects.count()
    sent = typed(text="Words that must stay.") | words
    response = writer.post(NEW, sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert "There is a problem" in page
    kept = sent["text"].replace("\0", "").strip()[:1000]
    assert kept in page.replace("\0", "")
    assert Record.objects.count() == before


def test_a_space_one_is_not_in_is_refused_like_one_that_is_not(writer, cast):
    refused = [
        writer.post(NEW, typed(draft_key="k", audience=space)) for space in (cast.sibling_everyone.public_id, "x" * 12)
    ]
    assert {response.status_code for response in refused} == {422}


def test_100_000_characters_are_kept_to_the_last(writer):
    writer.post(NEW, typed(text="ŵ" * 100_000))
    assert Reflection.objects.latest("pk").text == "ŵ" * 100_000


def test_a_lone_surrogate_is_told(writer):
    body = b"draft_key=surrogate&person_level=1&audience=me&text=before+%ED%A0%80+after"
    response = writer.post(NEW, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 422
    assert "One character did not arrive whole" in response.content.decode()
    assert "before" in response.content.decode()


def test_line_breaks_are_counted_as_they_are_typed(writer):
    writer.post(NEW, typed(text="a\r\n" * 50_000))
    assert Reflection.objects.latest("pk").text == ("a\n" * 50_000).strip()


def test_a_repeated_post_makes_one_note(writer):
    sent = typed(text="Sent twice.")
    answers = [writer.post(NEW, sent) for _twice in range(2)]
    assert Reflection.objects.filter(text="Sent twice.").count() == 1
    assert answers[0].url == answers[1].url


def test_going_back_and_typing_on_loses_nothing(writer):
    sent = typed(text="First.")
    writer.post(NEW, sent)
    again = writer.post(NEW, sent | {"text": "First. And more."})
    page = again.content.decode()
    assert again.status_code == 422
    assert "First. And more." in page
    assert "You saved this before" in page
    key = again.context["form"].key
    assert key != sent["draft_key"]
    writer.post(NEW, sent | {"text": "First. And more.", "draft_key": key})
    assert set(Reflection.objects.filter(text__startswith="First.").values_list("text", flat=True)) == {
        "First.",
        "First. And more.",
    }


@pytest.mark.parametrize("key", ["", "a b", "é", "x" * 25, "a/b", "\0"])
def test_a_key_that_is_none_of_ours_does_no_harm(writer, key):
    response = writer.post(NEW, typed(text="Odd key.", draft_key=key))
    assert response.status_code == 302
    assert Reflection.objects.filter(text="Odd key.").exists()


def test_saving_uses_up_the_draft(writer, cast):
    draft = make.make_draft(by=cast.practitioner, text="Half a")
    page = writer.get(f"{NEW}?draft={draft.key}").content.decode()
    assert "Half a" in page
    assert "Saved " in page
    writer.post(NEW, typed(draft_key=draft.key, text="Half a line."))
    draft.refresh_from_db()
    assert draft.data == {}
    assert draft.used_at


def test_a_draft_brings_every_field_back(writer, cast):
    key = drafts.new_key()
    typed_so_far = typed(
        draft_key=key,
        text="Half",
        title="T & t",
        tags="one, two",
        person_level="3",
        audience=cast.peers.public_id,
        happened_on_day="3",
        happened_on_month="4",
        happened_on_year="2026",
    )
    writer.post(reverse("desk:draft-save", args=[key]), typed_so_far | {"draft_form": "reflection", "draft_about": ""})
    page = writer.get(f"{NEW}?draft={key}").content.decode()
    form = writer.get(f"{NEW}?draft={key}").context["form"]
    assert form["title"].value() == "T & t"
    assert form["tags"].value() == "one, two"
    assert [str(form["person_level"].value()), form["audience"].value()] == ["3", cast.peers.public_id]
    assert 'value="2026"' in page


def test_anothers_draft_is_not_found(client_for, cast):
    draft = make.make_draft(by=cast.practitioner, text="Mine alone.")
    page = client_for(cast.fellow).get(f"{NEW}?draft={draft.key}").content.decode()
    assert "Mine alone." not in page


def test_markup_is_text(writer):
    writer.post(NEW, typed(text='<img src=x onerror=alert(1)> <b hx-get="/x">'))
    page = writer.get(Reflection.objects.latest("pk").get_absolute_url()).content.decode()
    assert "<img" not in page
    assert "&lt;b hx-get=" in page


def test_somebody_signed_out_gets_the_words_back(client):
    sent = typed(text="Typed after a night shift.", tags="nights")
    response = client.post(NEW, sent)
    page = response.content.decode()
    assert response.status_code == 403
    assert "Typed after a night shift." in page
    assert 'name="tags" value="nights"' in page
    assert f'action="{NEW}"' in page


def test_a_stale_token_gives_the_words_back(cast, client_for):
    browser = client_for(cast.practitioner, enforce_csrf_checks=True)
    response = browser.post(NEW, typed(text="Typed before signing in again.", csrfmiddlewaretoken="x" * 64))
    assert response.status_code == 403
    assert "Typed before signing in again." in response.content.decode()
