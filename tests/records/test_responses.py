"""Responses: within their record, never wider, found again by their author, and asked questions reach home."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from desk import drafts
from partnerships import actions as partnership_actions
from records import actions
from records.models import Record, Response
from tests import factories as make


def sent(**words):
    return {"draft_key": drafts.new_key(), "verb": "say", "text": "What I say.", "answers": "", **words}


def to(record):
    return f"/responses/to/{record.public_id}/"


@pytest.mark.parametrize(
    ("verb", "shown"),
    [
        ("ask", "asks"),
        ("story", "tells a similar story"),
        ("challenge", "challenges"),
        ("idea", "offers an idea"),
        ("thank", "thanks"),
        ("say", "says"),
    ],
)
def test_each_kind_is_shown_in_words(cast, client_for, verb, shown):
    answer = client_for(cast.fellow).post(to(cast.peers_note), sent(verb=verb, text=f"Here {verb}."))
    made = Response.objects.get(text=f"Here {verb}.")
    assert answer.url == f"{cast.peers_note.get_absolute_url()}#response-{made.public_id}"
    page = client_for(cast.practitioner).get(cast.peers_note.get_absolute_url()).content.decode()
    assert shown in page.split(made.public_id)[1]
    assert (made.space, made.partnership, made.within_id, made.role) == (
        cast.peers,
        cast.partnership,
        cast.peers_note.pk,
        "practitioner",
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"text": ""}, "Write a few words first"),
        ({"text": "x" * 100_001}, "The limit is 100000"),
        ({"verb": "like"}, ""),
    ],
)
def test_wrong_input_keeps_the_words(cast, client_for, words, message):
    response = client_for(cast.fellow).post(to(cast.peers_note), sent(**words))
    assert response.status_code == 422
    page = response.content.decode()
    assert message in page
    assert (words.get("text") or "What I say.")[:500] in page or words.get("text") == ""


def test_only_who_is_in_the_space_responds(cast, client_for):
    for person in (cast.manager, cast.outsider, cast.site_admin, cast.former):
        assert client_for(person).get(to(cast.peers_note)).status_code == 404
        assert client_for(person).post(to(cast.peers_note), sent()).status_code == 404
        with pytest.raises(PermissionDenied):
            actions.respond(to=cast.peers_note, verb="say", text="In.", by=person, key=drafts.new_key())


def test_who_left_reads_their_own_note_and_cannot_respond(cast, client_for):
    browser = client_for(cast.former)
    page = browser.get(cast.former_note.get_absolute_url()).content.decode()
    assert "In a space that you have left" in page
    assert "Your response" not in page
    assert browser.post(to(cast.former_note), sent()).status_code == 404


def test_a_private_note_takes_no_responses(cast, client_for):
    assert client_for(cast.practitioner).post(to(cast.private_note), sent()).status_code == 404


def test_a_response_takes_no_response(cast, client_for):
    assert client_for(cast.practitioner).post(to(cast.response), sent()).status_code == 404


def test_what_was_taken_back_takes_no_more_and_the_words_are_kept(cast, client_for):
    response = client_for(cast.manager).post(to(cast.withdrawn_note), sent(text="Just too late."))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Just too late." in page
    assert "taken back a moment ago" in page
    assert "withdrawn words" not in page
    assert "Withdrawn title" not in page
    assert client_for(cast.manager).get(to(cast.withdrawn_note)).status_code == 404


def test_a_closed_space_takes_no_more(cast):
    partnership_actions.close_space(space=cast.peers, by=cast.practitioner)
    with pytest.raises(ValidationError):
        actions.respond(to=cast.peers_note, verb="say", text="Late.", by=cast.fellow, key=drafts.new_key())


def test_a_question_reaches_home_until_it_is_answered(cast, client_for):
    mine = client_for(cast.practitioner)
    make.make_response(to=cast.everyone_note, by=cast.manager, verb="ask", text="Who told you so?")
    assert "Who told you so?" in mine.get("/").content.decode()
    question = Response.objects.get(text="Who told you so?")
    page = mine.get(f"{to(cast.everyone_note)}?answers={question.public_id}").content.decode()
    assert "Your answer to Manager Q" in page
    mine.post(to(cast.everyone_note), sent(text="Nobody did.", answers=question.public_id))
    answer = Response.objects.get(text="Nobody did.")
    assert answer.answers == question
    assert "Who told you so?" not in mine.get("/").content.decode()
    page = mine.get(cast.everyone_note.get_absolute_url()).content.decode()
    assert page.index("Who told you so?") < page.index("Nobody did.")
    assert "answers Manager Q" in " ".join(page.split())


def test_an_answer_to_what_is_not_there_is_a_plain_response(cast, client_for):
    for wrong in (cast.wider_response.public_id, "AAAAAAAAAAAA"):
        client_for(cast.fellow).post(to(cast.peers_note), sent(text=f"To {wrong}.", answers=wrong))
        assert Response.objects.get(text=f"To {wrong}.").answers is None


def test_the_author_of_what_is_not_named_stays_not_named(cast, client_for):
    client_for(cast.fellow).post(to(cast.not_named_note), sent(text="It was me, and I do not say so."))
    assert Response.objects.get(text="It was me, and I do not say so.").attribution == "not_named"
    page = client_for(cast.practitioner).get(cast.not_named_note.get_absolute_url()).content.decode()
    assert "The author, not named" in page
    assert cast.fellow.name not in page


def test_its_author_finds_it_after_leaving(cast, client_for):
    page = client_for(cast.former).get(f"/responses/{cast.former_response.public_id}/").content.decode()
    assert "former response words" in page
    assert "peers words" not in page
    assert cast.practitioner.name not in page


def test_editing_and_taking_back_ones_own(cast, client_for):
    browser = client_for(cast.fellow)
    address = f"/responses/{cast.response.public_id}/"
    version = Record.objects.get(pk=cast.response.pk).version
    changed = browser.post(f"{address}edit/", sent(text="Said better.", version=version))
    assert changed.url == f"{cast.peers_note.get_absolute_url()}#response-{cast.response.public_id}"
    stale = browser.post(f"{address}edit/", sent(text="Said again.", version=version))
    assert stale.status_code == 409
    assert "Said better." in stale.content.decode()
    assert "Said again." in stale.content.decode()
    assert client_for(cast.practitioner).post(f"{address}withdraw/").status_code == 404
    assert browser.post(f"{address}withdraw/").status_code == 302
    page = client_for(cast.practitioner).get(cast.peers_note.get_absolute_url()).content.decode()
    assert "Said better." not in page
    assert "A response was taken back by its author." in page


def test_a_repeated_post_is_one_response(cast, client_for):
    browser = client_for(cast.fellow)
    words = sent(text="Sent twice.")
    assert len({browser.post(to(cast.peers_note), words).url for _twice in range(2)}) == 1
    assert Response.objects.filter(text="Sent twice.").count() == 1
    again = browser.post(to(cast.peers_note), words | {"text": "Sent twice, and more."})
    assert again.status_code == 422
    assert "Sent twice, and more." in again.content.decode()
