"""The settings of a partnership: who may change them, what is kept, and that no word is lost between two who save."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from desk.models import AuditEvent, Draft
from partnerships import actions
from partnerships.models import Intention, Participation, Resource
from partnerships.models.intentions import intentions_of
from partnerships.models.partnerships import DEEPEST_NESTING
from partnerships.models.phases import phase_of
from tests import factories as make

from .settings_pages import boxes, page_of, reread, version_of


@pytest.fixture
def browser(cast, client_for):
    return client_for(cast.steward)


# Who may


def test_no_action_is_for_members_without_a_duty(cast):
    partnership, today = cast.partnership, timezone.localdate()
    common = {"version": None}
    attempts = [
        lambda by: actions.describe(partnership=partnership, name="x", purpose="", kind="learning", by=by, **common),
        lambda by: actions.nest(partnership=partnership, parent=None, alongside=[], by=by, **common),
        lambda by: actions.set_intentions(partnership=partnership, texts=["x"], by=by, **common),
        lambda by: actions.take_part(partnership=partnership, organisation=cast.council, ways=["hosts"], by=by),
        lambda by: actions.end_participation(
            participation=Participation.objects.get(partnership=partnership), by=by, **common
        ),
        lambda by: actions.add_resource(partnership=partnership, line={"kind": "time", "who": "x"}, by=by, **common),
        lambda by: actions.change_resource(resource=cast["resource"], line={"who": "x"}, by=by, **common),
        lambda by: actions.remove_resource(resource=cast["resource"], by=by, **common),
        lambda by: actions.enter_phase(partnership=partnership, phase=phase_of(partnership), began_on=today, by=by),
        lambda by: actions.set_words(partnership=partnership, words={}, phases=[], by=by, **common),
        lambda by: actions.set_talk(partnership=partnership, talk_on=None, talk_words="", by=by, **common),
        lambda by: actions.put_steps_away(partnership=partnership, by=by),
        lambda by: actions.add_to_shelf(partnership=partnership, title="x", address="/help/", by=by),
        lambda by: actions.change_on_shelf(
            item=cast["shelf_item"], title="x", address="/help/", why="", by=by, **common
        ),
        lambda by: actions.move_on_shelf(item=cast["shelf_item"], up=True, by=by),
        lambda by: actions.take_off_shelf(item=cast["shelf_item"], by=by, **common),
    ]
    before = version_of(partnership)
    for attempt in attempts:
        for name in ("practitioner", "manager", "commissioner", "former", "outsider", "parent_member", "site_admin"):
            with pytest.raises(PermissionDenied):
                attempt(cast[name])
    assert version_of(partnership) == before


def test_each_save_is_one_event_without_a_word_of_it(cast, browser):
    before = AuditEvent.objects.count()
    browser.post(
        page_of(cast.partnership, "purpose-edit"),
        {"name": "Early Shift", "purpose": "secret purpose", "kind": "community", "draft_key": "k"}
        | {"version": version_of(cast.partnership)},
    )
    assert AuditEvent.objects.count() == before + 1
    assert "secret" not in str(AuditEvent.objects.latest("pk").__dict__)
    partnership = reread(cast.partnership)
    assert (partnership.purpose, partnership.kind) == ("secret purpose", "community")
    assert partnership.slug == cast.partnership.slug


# Two at once


def test_who_saves_second_is_shown_both_and_saves_after_all(cast, client_for):
    url, version = page_of(cast.partnership, "purpose-edit"), version_of(cast.partnership)
    words = {"name": "Early Shift", "kind": "learning", "version": version}
    client_for(cast.steward).post(url, {**words, "purpose": "the first to save", "draft_key": "k1"})
    second = client_for(cast.learning_partner)
    mine = {**words, "purpose": "typed meanwhile", "draft_key": "k2"}
    response = second.post(url, mine)
    body = response.content.decode()
    assert response.status_code == 409
    assert "the first to save" in body
    assert "typed meanwhile" in body
    assert reread(cast.partnership).purpose == "the first to save"
    assert response.context["form"]["version"].value() == str(version_of(cast.partnership))
    assert second.post(url, {**mine, "version": response.context["form"]["version"].value()}).status_code == 302
    assert reread(cast.partnership).purpose == "typed meanwhile"
    assert not Draft.objects.of(cast.learning_partner).open().exists()


@pytest.mark.parametrize(
    ("name", "words", "saved"),
    [
        ("intentions-edit", {"intention_1": "typed meanwhile", "draft_key": "k"}, "Listen longer."),
        ("talk-edit", {"talk_words": "typed meanwhile"}, "10am, the library"),
        ("words-edit", {"role:manager": "typed meanwhile"}, "Nothing"),
        ("resource-new", {"kind": "time", "who": "typed meanwhile", "days": "1"}, "Learning Partner Q"),
        ("shelf-new", {"title": "typed meanwhile", "address": "https://example.org/"}, "How it began"),
        ("nesting-edit", {"parent": ""}, "Doorway Place"),
    ],
)
def test_no_form_saves_over_what_somebody_else_saved(cast, browser, name, words, saved):
    url, version = page_of(cast.partnership, name), version_of(cast.partnership)
    if name == "talk-edit":
        words = words | boxes("talk_on", timezone.localdate())
    actions.put_steps_away(partnership=cast.partnership, by=cast.learning_partner)
    response = browser.post(url, {**words, "version": version})
    body = response.content.decode()
    assert response.status_code == 409
    assert saved in body[body.index("saved-now") : body.index('id="settings"')], "what is saved now stands above"
    if name != "nesting-edit":
        assert "typed meanwhile" in body
    assert browser.post(url, {**words, "version": version_of(cast.partnership)}).status_code == 302


def test_a_form_sent_twice_is_saved_once(cast, browser):
    url = page_of(cast.partnership, "talk-edit")
    day = timezone.localdate() + timedelta(days=7)
    sent = {"talk_words": "2pm", "version": version_of(cast.partnership), **boxes("talk_on", day)}
    assert [browser.post(url, sent).status_code for _n in range(2)] == [302, 302]
    lines = page_of(cast.partnership, "resource-new")
    sent = {"kind": "time", "who": "Only once", "days": "1", "version": version_of(cast.partnership)}
    assert [browser.post(lines, sent).status_code for _n in range(2)] == [302, 409]
    assert Resource.objects.filter(who="Only once").count() == 1


def test_what_was_typed_about_a_line_that_somebody_took_off_is_not_lost(cast, browser):
    url = page_of(cast.partnership, "resource-edit", cast["resource"].public_id)
    sent = {"kind": "time", "who": "Typed at length", "days": "1", "version": version_of(cast.partnership)}
    actions.remove_resource(resource=cast["resource"], version=None, by=cast.learning_partner)
    response = browser.post(url, sent)
    assert response.status_code == 409
    assert "Typed at length" in response.content.decode()
    assert browser.post(url, sent | {"version": version_of(cast.partnership)}).status_code == 302
    assert cast.partnership.resources.get().who == "Typed at length"


def test_taking_off_is_asked_again_when_somebody_saved_meanwhile(cast, browser):
    url = page_of(cast.partnership, "shelf-delete", cast["shelf_item"].public_id)
    version = version_of(cast.partnership)
    actions.put_steps_away(partnership=cast.partnership, by=cast.learning_partner)
    assert browser.post(url, {"version": version}).status_code == 409
    assert cast.partnership.shelf_items.count() == 1
    assert browser.post(url, {"version": version_of(cast.partnership)}).status_code == 302
    assert cast.partnership.shelf_items.count() == 0


# Where it lies


def test_a_circle_is_refused_beside_the_field(cast, client_for):
    make.make_member(partnership=cast.partnership, person=cast.parent_member, by=cast.steward)
    url = page_of(cast.parent, "nesting-edit")
    response = client_for(cast.parent_member).post(
        url, {"parent": cast.partnership.slug, "version": version_of(cast.parent)}
    )
    assert response.status_code == 422
    assert "circle" in str(response.context["form"].errors["parent"])
    assert reread(cast.parent).parent is None


def test_what_lies_within_counts_for_the_depth(cast):
    """A whole tree is moved, not only its top."""
    inner = cast.fellow
    chain = [make.make_partnership(by=inner, name="Top")]
    for _level in range(DEEPEST_NESTING - 1):
        chain.append(make.make_partnership(by=inner, parent=chain[-1]))
    pair = make.make_partnership(by=inner, name="Pair")
    make.make_partnership(by=inner, parent=pair)

    def move(to):
        actions.nest(partnership=pair, parent=to, alongside=[], version=None, by=inner)

    with pytest.raises(ValidationError) as refused:
        move(chain[-2])
    assert "too deeply" in str(refused.value)
    move(chain[-4])


def test_one_joins_it_only_to_partnerships_of_ones_own(cast, browser):
    url = page_of(cast.partnership, "nesting-edit")
    for field in ("parent", "alongside"):
        sent = {field: cast.sibling.slug, "version": version_of(cast.partnership)}
        assert browser.post(url, sent).status_code == 422
    for place in ({"parent": cast.sibling, "alongside": []}, {"parent": None, "alongside": [cast.sibling]}):
        with pytest.raises(PermissionDenied):
            actions.nest(partnership=cast.partnership, version=None, by=cast.steward, **place)
    assert cast.sibling.slug not in browser.get(url).content.decode()


def test_where_it_lies_now_may_stay_and_may_be_left(cast, browser):
    """The steward is no member of the place above."""
    url = page_of(cast.partnership, "nesting-edit")
    assert browser.post(url, {"parent": "keep", "version": version_of(cast.partnership)}).status_code == 302
    assert reread(cast.partnership).parent == cast.parent
    assert browser.post(url, {"parent": "", "version": version_of(cast.partnership)}).status_code == 302
    assert reread(cast.partnership).parent is None


def test_learning_alongside_stands_on_both_pages_and_lets_nobody_read(cast, client_for):
    friend = make.make_partnership(by=cast.steward, name="Friends elsewhere")
    make.make_member(partnership=friend, person=cast.expert)
    make.make_shared_note(by=cast.expert, space=make.everyone_of(partnership=friend), text="words of the friends")
    actions.nest(partnership=cast.partnership, parent=None, alongside=[friend], version=None, by=cast.steward)
    body = client_for(cast.practitioner).get(cast.partnership.get_absolute_url()).content.decode()
    assert "Friends elsewhere" in body
    assert friend.slug not in body
    assert "words of the friends" not in body
    assert friend.slug in client_for(cast.expert).get(cast.partnership.get_absolute_url()).content.decode()
    assert "Early Shift" in client_for(cast.expert).get(friend.get_absolute_url()).content.decode()


# What we set out to do


def set_intentions(cast, *texts):
    actions.set_intentions(partnership=cast.partnership, texts=texts, version=None, by=cast.steward)


def test_a_changed_intention_is_kept_and_followed(cast):
    set_intentions(cast, "First", "Second")
    set_intentions(cast, "First, said better", "Second")
    present, ended = intentions_of(cast.partnership)
    assert [row.text for row in present] == ["First, said better", "Second"]
    assert present[0].follows.text == "First"
    assert present[0].follows in ended
    assert all(row.ended_at for row in ended)


def test_an_intention_that_is_taken_out_ends(cast):
    set_intentions(cast, "First", "Second")
    set_intentions(cast, "", "Second")
    present, ended = intentions_of(cast.partnership)
    assert [row.text for row in present] == ["Second"]
    assert "First" in [row.text for row in ended]
    assert Intention.objects.filter(text="Second").count() == 1, "what did not change is left alone"


def test_there_are_five_at_most(cast, browser):
    with pytest.raises(ValidationError):
        set_intentions(cast, *"123456")
    url = page_of(cast.partnership, "intentions-edit")
    sent = {f"intention_{n}": f"Thing {n}" for n in range(1, 6)}
    browser.post(url, {**sent, "draft_key": "k", "version": version_of(cast.partnership)})
    assert len(intentions_of(cast.partnership)[0]) == 5


# Who takes part, and what this takes


def test_an_organisation_says_what_it_hopes_and_cannot_promise(cast, browser, client_for):
    url = page_of(cast.partnership, "participation-edit", cast.council.public_id)
    sent = {"ways": ["funds", "hosts"], "hopes_to_learn": "what 'refused' means", "cannot_promise": "money after May"}
    browser.post(url, {**sent, "approach": "change what this is for", "version": version_of(cast.partnership)})
    body = client_for(cast.expert).get(cast.partnership.get_absolute_url()).content.decode()
    for words in ("Hosts, funds", "money after May", "change what this is for"):
        assert words in body


def test_it_takes_part_in_at_least_one_way(cast, browser):
    url = page_of(cast.partnership, "participation-edit", cast.council.public_id)
    response = browser.post(url, {"brings": "typed words", "version": version_of(cast.partnership)})
    assert response.status_code == 422
    assert "Please tick at least one." in response.content.decode()
    assert "typed words" in response.content.decode()


def test_an_organisation_is_offered_once(cast, browser):
    form = browser.get(page_of(cast.partnership, "participation-new")).context["form"]
    assert cast.council not in form.organisations.values()
    assert cast.provider in form.organisations.values()


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"days": ""}, "days"),
        ({"days": "a few"}, "days"),
        ({"days": "-3"}, "days"),
        ({"pounds": "NaN"}, "pounds"),
        ({"days": "2", "who": ""}, "who"),
        ({"days": "2", "kind": "gold"}, "kind"),
        (
            {"days": "2", **boxes("starts_on", timezone.localdate())}
            | boxes("ends_on", timezone.localdate() - timedelta(days=1)),
            "ends_on",
        ),
    ],
)
def test_a_line_that_says_too_little_is_told_so_beside_the_field(cast, browser, words, field):
    sent = {"kind": "time", "who": "typed name", "purpose": "typed purpose", **words}
    response = browser.post(
        page_of(cast.partnership, "resource-new"), {**sent, "version": version_of(cast.partnership)}
    )
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "typed purpose" in response.content.decode()


def test_amounts_are_taken_as_people_write_them(cast, browser, client_for):
    sent = {"kind": "money", "who": "Expenses", "pounds": "£4,800.50", "days": "1.5"}
    browser.post(page_of(cast.partnership, "resource-new"), {**sent, "version": version_of(cast.partnership)})
    assert "1.5 days, £4,800.50" in client_for(cast.expert).get(cast.partnership.get_absolute_url()).content.decode()
    sent = {"kind": "protected_time", "who": "The early shift", "version": version_of(cast.partnership)}
    assert browser.post(page_of(cast.partnership, "resource-new"), sent).status_code == 302


def test_members_read_by_whom_the_learning_partner_is_engaged(cast, client_for):
    body = client_for(cast.practitioner).get(cast.partnership.get_absolute_url()).content.decode()
    assert "Learning Partner Q" in body
    assert "engaged by The council" in body
    assert "24 days" in body


def test_a_supervision_stays_one_while_partnerships_are_talked_of_there(cast, client_for):
    membership = make.membership_of(person=cast.learning_partner, partnership=cast.supervision)
    actions.bring_partnerships(membership=membership, partnerships=[cast.partnership], by=cast.learning_partner)
    url = page_of(cast.supervision, "purpose-edit")
    sent = {"name": "Pair", "kind": "learning", "draft_key": "k", "version": version_of(cast.supervision)}
    response = client_for(cast.supervisor).post(url, sent)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["kind"]
    assert reread(cast.supervision).kind == "supervision"
