"""Responses: within their record, in its space, never wider than it (2-architecture, 2.4)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from partnerships import actions as partnership_actions
from records import actions
from records.models import Record, Response
from tests import factories as make
from tests.cast import IN_PEERS, SIGNED_IN


def respond(browser, to, text="my answer", verb="say", key="k1", **fields):
    body = {"text": text, "verb": verb, "draft_key": key} | fields
    return browser.post(reverse("records:response-new", args=[to.public_id]), body)


@pytest.fixture
def browser(cast, client_for):
    return client_for(cast.fellow)


@pytest.mark.parametrize("verb", Response.Verb.values)
def test_each_kind_of_response_stands_below_the_record(browser, cast, verb):
    # Only of what interprets can it be said that one reads it differently.
    to = cast["pattern"] if verb == Response.Verb.DIFFERENTLY else cast.peers_note
    answer = respond(browser, to, f"words that {verb}", verb)
    response = Response.objects.get(submission="k1")
    assert answer.headers["Location"] == f"{to.get_absolute_url()}#response-{response.public_id}"
    assert (response.verb, response.space, response.within_id) == (verb, cast.peers, to.pk)
    page = browser.get(to.get_absolute_url()).content.decode()
    assert f"words that {verb}" in page
    assert f'id="response-{response.public_id}"' in page


def test_a_kind_that_there_is_not_is_refused(browser, cast):
    answer = respond(browser, cast.peers_note, verb="shout")
    assert answer.status_code == 422
    assert "my answer" in answer.content.decode()


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 100_001, "be\0fore and words"])
def test_what_is_wrong_is_said_and_kept(browser, cast, text):
    answer = respond(browser, cast.peers_note, text)
    assert answer.status_code == 422
    assert text.strip().rpartition("\0")[2][:50] in answer.content.decode()
    assert not Response.objects.filter(submission="k1").exists()


def test_it_has_the_place_and_the_level_of_its_record(cast):
    note = make.make_shared_note(by=cast.practitioner, space=cast.peers, person_level=3)
    response = make.make_response(to=note, by=cast.fellow)
    assert (response.person_level, response.partnership, response.role) == (3, cast.partnership, "practitioner")


def test_only_who_is_in_the_space_responds(cast):
    for name in sorted(SIGNED_IN - IN_PEERS):
        with pytest.raises(PermissionDenied):
            make.make_response(to=cast.peers_note, by=cast[name])
    with pytest.raises(PermissionDenied):
        make.make_response(to=cast.private_note, by=cast.practitioner)


def test_who_has_left_responds_no_more_under_their_own_note_either(cast):
    partnership_actions.leave_space(space=cast.peers, by=cast.practitioner)
    with pytest.raises(PermissionDenied):
        make.make_response(to=cast.peers_note, by=cast.practitioner)


def test_nobody_responds_to_what_was_taken_back(cast):
    with pytest.raises(ValidationError):
        make.make_response(to=cast.withdrawn_note, by=cast.manager)


def test_a_repeated_post_is_one_response_and_the_same_answer(browser, cast):
    first, second = respond(browser, cast.peers_note), respond(browser, cast.peers_note)
    assert first.headers["Location"] == second.headers["Location"]
    assert Response.objects.filter(submission="k1").count() == 1


def test_other_words_under_a_used_key_are_kept_as_well(browser, cast):
    respond(browser, cast.peers_note, "first")
    answer = respond(browser, cast.peers_note, "first, and more")
    assert answer.status_code == 422
    assert "first, and more" in answer.content.decode()
    assert respond(browser, cast.peers_note, "first, and more", key=answer.context["form"].key).status_code == 302


def test_a_key_used_by_another_form_breaks_nothing(browser, cast):
    make.make_note(by=cast.fellow, key="k1", text="a note")
    answer = respond(browser, cast.peers_note)
    assert answer.status_code == 422
    assert "my answer" in answer.content.decode()


def test_an_answer_stands_after_what_it_answers(browser, cast, client_for):
    late = make.make_response(to=cast.peers_note, by=cast.consultant, text="the last of all")
    respond(
        client_for(cast.practitioner), cast.peers_note, "an answer to the question", answers=cast.response.public_id
    )
    page = browser.get(cast.peers_note.get_absolute_url()).content.decode()
    assert page.index("response words") < page.index("an answer to the question") < page.index("the last of all")
    assert Response.objects.get(submission="k1").answers == cast.response
    assert late.answers is None


def test_what_cannot_be_answered_is_answered_to_nobody(browser, cast):
    """A response under another record, one that does not exist, one that is hidden: as if none had been named."""
    for number, answers in enumerate((cast.wider_response.public_id, "AAAAAAAAAAAA", "")):
        assert respond(browser, cast.peers_note, key=f"key-{number}", answers=answers).status_code == 302
        assert Response.objects.get(submission=f"key-{number}").answers is None
    assert respond(browser, cast.peers_note, answers="x" * 13).status_code == 422


def test_the_form_to_answer_names_whom(browser, cast, client_for):
    url = reverse("records:response-new", args=[cast.peers_note.public_id])
    page = client_for(cast.practitioner).get(url, {"answers": cast.response.public_id}).content.decode()
    assert cast.fellow.name in page
    for odd in ("x\0y", "x" * 100, "<b>"):
        assert client_for(cast.practitioner).get(url, {"answers": odd}).status_code == 200


def test_it_stands_in_no_stream(browser, cast):
    for url in (reverse("records:stream", args=[cast.partnership.slug]), reverse("records:landscape")):
        body = browser.get(url).content.decode()
        assert "response words" not in body


def test_its_author_reads_it_after_leaving_and_nothing_else_of_the_page(cast, client_for):
    browser = client_for(cast.former)
    page = browser.get(reverse("records:response-detail", args=[cast.former_response.public_id]))
    assert page.status_code == 200
    body = page.content.decode()
    assert "former response words" in body
    for hidden in ("peers words", "response words of", cast.practitioner.name, cast.peers_note.public_id):
        assert hidden not in body
    assert browser.get(cast.peers_note.get_absolute_url()).status_code == 404


def test_the_record_that_one_wrote_shows_only_ones_own_words_after_leaving(cast, client_for):
    make.make_response(to=cast.former_note, by=cast.practitioner, text="written after they left")
    body = client_for(cast.former).get(cast.former_note.get_absolute_url()).content.decode()
    assert "former words" in body
    assert "written after they left" not in body
    assert cast.practitioner.name not in body


def test_an_edit_keeps_the_words_unless_somebody_else_saved_first(browser, cast):
    url = reverse("records:response-edit", args=[cast.response.public_id])
    saved = browser.post(url, {"text": "better words", "version": 1, "draft_key": "e1"})
    assert saved.status_code == 302
    stale = browser.post(url, {"text": "typed meanwhile", "version": 1, "draft_key": "e2"})
    assert stale.status_code == 409
    assert "better words" in stale.content.decode()
    assert "typed meanwhile" in stale.content.decode()
    assert Record.objects.get(pk=cast.response.pk).text == "better words"


def test_nobody_edits_anothers_response(cast):
    with pytest.raises(PermissionDenied):
        actions.edit(
            cast.response, by=cast.practitioner, version=1, changes={"text": "x"}, key="e", form="response-edit"
        )


def test_under_a_note_by_role_its_author_is_the_author_not_named(cast, client_for):
    note = make.make_shared_note(by=cast.practitioner, space=cast.peers, attribution="role")
    make.make_response(to=note, by=cast.practitioner, text="my own answer")
    body = client_for(cast.fellow).get(note.get_absolute_url()).content.decode()
    assert "The author, not named" in body
    assert cast.practitioner.name not in body


def test_others_respond_by_name(cast, client_for):
    make.make_response(to=cast.not_named_note, by=cast.consultant, text="signed answer")
    body = client_for(cast.academic).get(cast.not_named_note.get_absolute_url()).content.decode()
    assert cast.consultant.name in body
    assert cast.fellow.name not in body


PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<div hx-get="/account/logout/" hx-trigger="load">x</div>',
    '"><svg/onload=alert(1)>',
    "{{ settings.SECRET_KEY }}{% debug %}",
    "javascript:alert(1) http://example.org/<b>?a=1&b='2'",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_is_text(cast, client_for, payload):
    """In every field that people write in, on every page that shows it."""
    note = make.make_shared_note(
        by=cast.practitioner, space=cast.peers, text=payload, title=payload[:200], tags=[payload[:50]]
    )
    make.make_response(to=note, by=cast.fellow, text=payload)
    browser = client_for(cast.consultant)
    for url in ("/", note.get_absolute_url(), reverse("records:stream", args=[cast.partnership.slug])):
        body = browser.get(url).content.decode()
        for opened in ("<script>alert", "<img src=x", "<div hx-get", "<svg/onload", "<b>?"):
            assert opened not in body, url
        assert 'href="javascript:' not in body
