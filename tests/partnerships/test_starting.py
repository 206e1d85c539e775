"""Starting a partnership: a draft that nobody but its starter knows of, its first steps, and throwing it away."""

import secrets

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from desk.models import AuditEvent
from partnerships import actions
from partnerships.first_steps import steps_of
from partnerships.models import Affiliation, Membership, Partnership, Space
from partnerships.models.memberships import current_members
from partnerships.models.site import SiteSettings
from partnerships.reader import Reader
from tests import factories as make

NEW = reverse("partnerships:partnership-new")


def words(**more):
    return {"name": "Night bus", "kind": "learning", "role": "manager", "purpose": "", "draft_key": "key-1", **more}


def started(person):
    return Partnership.objects.filter(started_by=person, opened_at=None)


@pytest.fixture
def draft(cast):
    return make.make_partnership(by=cast.fellow, name="Night bus", parent=cast.partnership, opened=False)


def test_starting_makes_a_draft_with_its_starter_as_steward(cast, client_for):
    affiliated = Affiliation.objects.of(cast.orgadmin).get().organisation
    response = client_for(cast.orgadmin).post(
        NEW, words(purpose="Why we go.", organisation=affiliated.public_id, own_words="rota lead")
    )
    draft = started(cast.orgadmin).get()
    assert response.url == draft.get_absolute_url()
    assert (draft.name, draft.purpose, draft.is_draft, draft.parent) == ("Night bus", "Why we go.", True, None)
    held = draft.memberships.get().held_role
    assert (held.is_steward, held.own_words, held.organisation) == (True, "rota lead", affiliated)
    assert draft.phases.first().word == "Discovery"
    assert draft.spaces.get().kind == Space.Kind.EVERYONE


def test_a_repeated_post_starts_one(cast, client_for):
    browser = client_for(cast.fellow)
    first = browser.post(NEW, words())
    assert browser.post(NEW, words()).url == first.url
    assert started(cast.fellow).count() == 1
    again = browser.post(NEW, words(name="Other words"))
    assert again.status_code == 422
    assert "Other words" in again.content.decode()
    assert started(cast.fellow).count() == 1


def test_who_may_not_start_is_refused_and_sees_no_button(cast, client_for):
    SiteSettings.objects.update_or_create(pk=1, defaults={"members_may_start": False})
    page = reverse("partnerships:partnership-list")
    for name in ("practitioner", "former"):
        assert client_for(cast[name]).get(NEW).status_code == 403
        assert client_for(cast[name]).post(NEW, words()).status_code == 403
        assert NEW not in client_for(cast[name]).get(page).content.decode()
        with pytest.raises(PermissionDenied):
            actions.start_partnership(name="x", role="other", by=cast[name])
    for name in ("steward", "learning_partner", "orgadmin", "site_admin"):
        assert client_for(cast[name]).get(NEW).status_code == 200
        assert NEW in client_for(cast[name]).get(page).content.decode()


def test_it_lies_only_within_a_partnership_of_ones_own(cast, client_for):
    browser = client_for(cast.fellow)
    assert cast.sibling.slug not in browser.get(NEW).content.decode()
    response = browser.post(NEW, words(parent=cast.sibling.slug))
    assert response.status_code == 422
    with pytest.raises(PermissionDenied):
        actions.start_partnership(name="x", role="other", parent=cast.sibling, by=cast.fellow)
    browser.post(NEW, words(parent=cast.partnership.slug, draft_key="key-2"))
    assert started(cast.fellow).get().parent == cast.partnership


def test_what_was_typed_is_still_there_when_something_is_missing(cast, client_for):
    response = client_for(cast.fellow).post(NEW, words(name="", purpose="We want to listen."))
    body = response.content.decode()
    assert response.status_code == 422
    assert "We want to listen." in body
    assert "Please give it a name." in body
    long = client_for(cast.fellow).post(NEW, words(purpose="w" * 501))
    assert "501 characters" in long.content.decode()


def test_nobody_else_hears_of_a_draft(cast, draft, client_for):
    for name in ("steward", "learning_partner", "practitioner", "site_admin", "orgadmin", "parent_member"):
        browser = client_for(cast[name])
        for page in ("partnerships:partnership-list", "home:home"):
            assert "Night bus" not in browser.get(reverse(page)).content.decode(), (name, page)
        for page in ("partnership-detail", "settings-detail", "purpose-edit", "room-open", "people-list"):
            assert browser.get(reverse(f"partnerships:{page}", args=[draft.slug])).status_code == 404
        if name in ("steward", "learning_partner", "practitioner"):
            overview = browser.get(cast.partnership.get_absolute_url()).content.decode()
            assert "Night bus" not in overview
    assert "Night bus" in client_for(cast.fellow).get(reverse("partnerships:partnership-list")).content.decode()


def test_a_draft_alongside_or_above_is_named_to_its_starter_only(cast, draft, client_for):
    """Beside and above an opened partnership, on its overview and in its settings."""
    actions.nest(partnership=draft, parent=None, alongside=[cast.partnership], version=None, by=cast.fellow)
    for page in ("partnership-detail", "settings-detail", "nesting-edit"):
        url = reverse(f"partnerships:{page}", args=[cast.partnership.slug])
        assert "Night bus" not in client_for(cast.steward).get(url).content.decode(), page
    assert "Night bus" in client_for(cast.fellow).get(cast.partnership.get_absolute_url()).content.decode()
    # Who saves the page without seeing it leaves it where it is.
    url = reverse("partnerships:nesting-edit", args=[cast.partnership.slug])
    version = Partnership.objects.get(pk=cast.partnership.pk).version
    assert client_for(cast.steward).post(url, {"parent": "keep", "version": version}).status_code == 302
    assert draft in cast.partnership.alongside.all()
    assert Partnership.objects.get(pk=cast.partnership.pk).parent == cast.parent


def test_two_of_the_same_name_get_different_addresses(cast):
    slugs = {make.make_partnership(by=cast.steward, name="Same name", opened=False).slug for _n in range(3)}
    assert len(slugs) == 3
    assert all(slug.startswith("same-name-") for slug in slugs)


def test_an_address_that_somebody_has_is_not_given_twice(cast, monkeypatch):
    tails = iter(["aaaaaa", "aaaaaa", "aaaaaa", "bbbbbb"])
    monkeypatch.setattr(secrets, "token_hex", lambda _length: next(tails))
    first = make.make_partnership(by=cast.steward, name="Taken", opened=False)
    second = make.make_partnership(by=cast.steward, name="Taken", opened=False)
    assert (first.slug, second.slug) == ("taken-aaaaaa", "taken-bbbbbb")


def test_a_name_without_a_letter_of_an_address_has_one_all_the_same(cast):
    assert make.make_partnership(by=cast.steward, name="日本", opened=False).slug


def done(partnership):
    return [
        step.is_done
        for step in steps_of(
            partnership,
            resources=partnership.resources.all(),
            others=current_members(partnership).count() - 1,
            has_agreement=True,
        )
    ]


def test_the_first_steps_are_done_when_what_they_ask_for_is_there(cast, draft):
    assert done(draft) == [False, False, False, False]
    actions.describe(partnership=draft, name=draft.name, purpose="Why.", kind="learning", version=None, by=cast.fellow)
    line = {"kind": "time", "who": "All of us", "days": 2}
    actions.add_resource(partnership=draft, line=line, version=None, by=cast.fellow)
    today = draft.started_at.date()
    actions.set_talk(partnership=draft, talk_on=today, talk_words="", version=None, by=cast.fellow)
    draft.refresh_from_db()
    assert done(draft) == [True, True, False, True]
    actions.open_partnership(partnership=draft, by=cast.fellow)
    for _n in range(3):
        assert not done(draft)[2]
        make.make_member(partnership=draft)
    assert done(draft) == [True, True, True, True]


def test_the_agreement_stands_before_the_invitations(cast, draft, client_for):
    body = client_for(cast.fellow).get(draft.get_absolute_url()).content.decode()
    for words_of_step in (
        "Say why, in two sentences",
        "Say what it takes and who pays",
        "Invite the first three people",
        "Set a time to talk",
        "The group agreement comes first",
    ):
        assert words_of_step in body
    assert reverse("partnerships:agreement-detail", args=[draft.slug]) in body
    assert steps_of(draft, resources=[], others=0, has_agreement=False)[2].address == reverse(
        "partnerships:agreement-detail", args=[draft.slug]
    )


def test_the_first_steps_are_for_those_who_look_after_settings(cast, client_for):
    title = "Set a time to talk"
    partnership = make.make_partnership(by=cast.fellow)
    make.make_member(partnership=partnership, person=cast.manager)
    assert title in client_for(cast.fellow).get(partnership.get_absolute_url()).content.decode()
    assert title not in client_for(cast.manager).get(partnership.get_absolute_url()).content.decode()
    close = reverse("partnerships:steps-close", args=[partnership.slug])
    assert client_for(cast.manager).post(close).status_code == 403
    client_for(cast.fellow).post(close)
    assert title not in client_for(cast.fellow).get(partnership.get_absolute_url()).content.decode()


def test_a_draft_is_thrown_away_with_all_that_was_set_up(cast, draft, client_for):
    actions.set_intentions(partnership=draft, texts=["One", "Two"], version=None, by=cast.fellow)
    actions.set_intentions(partnership=draft, texts=["One, but better", "Two"], version=None, by=cast.fellow)
    actions.take_part(partnership=draft, organisation=cast.council, ways=["hosts"], by=cast.fellow)
    make.make_space(partnership=draft, by=cast.fellow)
    url = reverse("partnerships:partnership-delete", args=[draft.slug])
    assert client_for(cast.fellow).get(url).status_code == 200
    assert Partnership.objects.filter(pk=draft.pk).exists()
    assert client_for(cast.fellow).post(url).status_code == 302
    assert not Partnership.objects.filter(pk=draft.pk).exists()
    assert not Membership.objects.filter(partnership=draft.pk).exists()
    assert AuditEvent.objects.filter(action="partnership.throw_away").count() == 1


def test_words_are_never_thrown_away_with_a_draft(cast, draft, client_for):
    note = make.make_shared_note(by=cast.fellow, space=make.everyone_of(partnership=draft), text="kept words")
    url = reverse("partnerships:partnership-delete", args=[draft.slug])
    response = client_for(cast.fellow).post(url)
    assert response.status_code == 409
    assert "There are notes about it" in response.content.decode()
    note.refresh_from_db()
    assert Membership.objects.filter(partnership=draft).count() == 1, "nothing of it is half deleted"


def test_only_a_draft_is_thrown_away_and_only_by_its_starter(cast, draft):
    with pytest.raises(PermissionDenied):
        actions.throw_away(partnership=draft, by=cast.steward)
    with pytest.raises(ValidationError):
        actions.throw_away(partnership=cast.sibling, by=cast.outsider)
    actions.open_partnership(partnership=draft, by=cast.fellow)
    with pytest.raises(ValidationError):
        actions.throw_away(partnership=draft, by=cast.fellow)


def test_a_new_partnership_has_the_rooms_of_a_new_one(cast, client_for):
    partnership = make.make_partnership(by=cast.fellow)
    make.make_member(partnership=partnership, person=cast.manager)
    make.make_member(partnership=partnership, person=cast.expert)

    def rooms(name):
        page = client_for(cast[name]).get(partnership.get_absolute_url()).content.decode()
        bar = page[page.index('class="bar__sections') : page.index("<main")]
        return [room for room in ("Overview", "Notes", "People", "Spaces", "Settings") if f">{room}<" in bar]

    assert rooms("manager") == ["Overview", "Notes", "People"]
    assert rooms("fellow") == ["Overview", "Notes", "People", "Settings"]
    opens = reverse("partnerships:room-open", args=[partnership.slug])
    assert "Talk in a smaller circle" in client_for(cast.manager).get(opens).content.decode()
    response = client_for(cast.manager).post(opens, {"room": "spaces"})
    assert response.url == reverse("partnerships:space-list", args=[partnership.slug])
    assert rooms("expert") == ["Overview", "Notes", "People", "Spaces"]
    for room in ("trying", "cycles", "conversations", "tensions", "library", "patterns"):
        client_for(cast.manager).post(opens, {"room": room})
    assert "More rooms" not in client_for(cast.expert).get(partnership.get_absolute_url()).content.decode()


def test_a_room_that_is_none_is_not_opened(cast, client_for):
    opens = reverse("partnerships:room-open", args=[cast.sibling.slug])
    for key in ("settings", "overview", "cellar", ""):
        assert client_for(cast.outsider).post(opens, {"room": key}).url == opens
    cast.sibling.refresh_from_db()
    assert cast.sibling.opened_rooms == []
    with pytest.raises(ValidationError):
        actions.open_room(partnership=cast.sibling, key="settings", by=cast.outsider)
    with pytest.raises(PermissionDenied):
        actions.open_room(partnership=cast.sibling, key="spaces", by=cast.steward)


def test_the_room_of_spaces_opens_with_the_first_one_that_all_may_know_of(cast):
    partnership = make.make_partnership(by=cast.fellow)
    for person in (cast.manager, cast.expert, cast.academic):
        make.make_member(partnership=partnership, person=person)
    assert not Reader(cast.expert).has_spaces_apart(partnership)
    make.make_space(partnership=partnership, by=cast.fellow, people=(cast.manager,))
    assert Reader(cast.expert).has_spaces_apart(partnership)


def test_a_one_to_one_opens_the_room_for_the_two_and_nobody_else(cast):
    partnership = make.make_partnership(by=cast.fellow)
    for person in (cast.manager, cast.expert):
        make.make_member(partnership=partnership, person=person)
    make.make_space(partnership=partnership, by=cast.fellow, kind="one_to_one", people=(cast.manager,))
    assert Reader(cast.fellow).has_spaces_apart(partnership)
    assert Reader(cast.manager).has_spaces_apart(partnership)
    assert not Reader(cast.expert).has_spaces_apart(partnership)
