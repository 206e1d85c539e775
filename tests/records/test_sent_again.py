"""A form that is sent once more: the same is done once, and something else is never said to be done and dropped."""

import pytest
from django.urls import reverse

from desk.models import Draft
from partnerships import actions as partnership_actions
from records import actions
from records.folding import why_not_fold
from records.models import Response, SettingAside
from records.versions import AlreadySent, token_of, version_of
from reflections.models import Reflection
from tests import factories as make

from .test_folding import edit, fresh, page

NEW = reverse("reflections:reflection-new")


def test_an_order_for_another_address_under_a_used_form_is_not_said_to_be_done(cast, client_for):
    browser = client_for(cast.site_admin)
    first = {"address": cast.everyone_note.get_absolute_url(), "text": "By the court.", "draft_key": "k1"}
    for _twice in range(2):
        assert browser.post(reverse("records:order-new"), first).status_code == 302
    other = first | {"address": cast.power_line_note.get_absolute_url()}
    answer = browser.post(reverse("records:order-new"), other)
    assert answer.status_code == 422
    assert fresh(cast.power_line_note).set_aside_at is None
    # Sent from the page that came, it is done.
    assert (
        browser.post(reverse("records:order-new"), other | {"draft_key": answer.context["form"].key}).status_code == 302
    )
    assert fresh(cast.power_line_note).set_aside_at


def test_setting_aside_anew_what_was_lifted_asks_for_a_new_form(cast, client_for):
    browser = client_for(cast.steward)
    sent = {"text": "A judgement.", "draft_key": "k1"}
    for _twice in range(2):
        assert browser.post(page("set-aside", cast.everyone_note), sent).status_code == 302
    actions.lift(fresh(cast.everyone_note), by=cast.steward)
    assert browser.post(page("set-aside", cast.everyone_note), sent).status_code == 422
    assert SettingAside.objects.filter(record=cast.everyone_note.pk).count() == 1


def test_putting_back_what_was_folded_anew_asks_for_a_new_form(cast):
    note = cast.peers_note
    make.fold(record=note, by=cast.fellow)
    for _twice in range(2):
        actions.put_back(fresh(note), reason="Nobody.", key="k1", by=cast.practitioner)
    make.fold(record=fresh(note), by=cast.academic)
    with pytest.raises(AlreadySent):
        actions.put_back(fresh(note), reason="Nobody.", key="k1", by=cast.practitioner)
    assert fresh(note).folded_at


@pytest.mark.parametrize(
    "added",
    [
        {"tags": "doors"},
        {"person_level": "2"},
        {"looking_at": "system"},
        {"happened_on_day": "1", "happened_on_month": "6", "happened_on_year": "2026"},
    ],
    ids=lambda added: next(iter(added)),
)
def test_going_back_and_adding_a_choice_is_not_dropped(cast, client_for, added):
    browser = client_for(cast.practitioner)
    sent = {"draft_key": "k1", "text": "went back", "person_level": "1", "audience": "me"}
    for _twice in range(2):
        assert browser.post(NEW, sent).status_code == 302
    answer = browser.post(NEW, sent | added)
    assert answer.status_code == 422 and "You saved this before" in answer.content.decode()
    assert browser.post(NEW, sent | added | {"draft_key": answer.context["form"].key}).status_code == 302
    assert Reflection.objects.filter(text="went back").count() == 2


def test_another_verb_under_a_used_form_is_not_dropped(cast):
    said = {"to": cast.peers_note, "text": "Is it so?", "by": cast.fellow, "key": "k1"}
    assert actions.respond(verb="ask", **said) == actions.respond(verb="ask", **said)
    with pytest.raises(AlreadySent):
        actions.respond(verb="challenge", **said)
    assert Response.objects.filter(text="Is it so?").count() == 1


# What the defects of the pages around folding were ----------------------------------------------------------------


def test_words_that_changed_in_the_notebook_can_be_folded_anew(cast):
    note = cast.everyone_note
    make.fold(record=note, by=cast.manager)
    actions.put_back(fresh(note), reason="Nobody.", key="k1", by=cast.practitioner)
    assert why_not_fold(fresh(note), by=cast.manager)
    actions.undo_share(fresh(note), by=cast.practitioner)
    edit(note, note.author, text="With a detail more.")
    make.share(note=fresh(note), space=cast.everyone)
    assert not why_not_fold(fresh(note), by=cast.manager)


def test_who_set_aside_finds_the_way_to_lift_it(cast, client_for):
    """Where the only steward wrote it, it is who opened the space."""
    space = make.make_space(partnership=cast.partnership, by=cast.fellow, name="Rota", people=(cast.steward,))
    note = make.make_shared_note(by=cast.steward, space=space)
    browser = client_for(cast.fellow)
    assert page("set-aside", note) in browser.get(note.get_absolute_url()).content.decode()
    make.set_aside(record=note, by=cast.fellow)
    assert page("lift", note) in browser.get(note.get_absolute_url()).content.decode()
    partnership_actions.leave_space(space=space, by=cast.fellow)
    assert browser.get(note.get_absolute_url()).status_code == 404


def test_how_often_something_was_changed_is_its_authors_alone(cast, client_for):
    note = cast.everyone_note
    shown = client_for(cast.manager).get(page("fold", note)).context["form"]["version"].value()
    assert shown == token_of(fresh(note)) and str(note.version) != shown
    edit(note, note.author, text="Changed.")
    assert version_of(fresh(note), shown) == fresh(note).version - 1
    assert version_of(fresh(note), shown, since=fresh(note).version) == 0
    assert version_of(fresh(note), "1") == 0


@pytest.mark.parametrize("where", ["missing", "hidden"])
def test_words_sent_where_nothing_is_any_more_come_back(cast, client_for, where):
    """The page is the same whether something is there or not."""
    public_id = cast.power_line_note.public_id if where == "hidden" else "AAAAAAAAAAAA"
    sent = {"text": "Half an hour of typing.", "draft_form": "response", "draft_key": "k1", "verb": "ask"}
    answer = client_for(cast.fellow).post(reverse("records:response-new", args=[public_id]), sent)
    assert answer.status_code == 404
    assert "Half an hour of typing." in answer.content.decode()
    assert not Draft.objects.filter(key="k1", used_at__isnull=False).exists()
