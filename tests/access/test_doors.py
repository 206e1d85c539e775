"""Each door by itself: who of the cast gets through to what, and nobody else (3-access; docs/access.md, "Doors").

The matrix asks for the pages behind them; here a door is asked directly, so that a clause of it that is gone is seen
where it is missing.
"""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from desk import notices
from desk.models import Draft, Notice, Outbox
from partnerships import access as rooms
from partnerships import actions as partnership_actions
from partnerships import invitations, permissions
from partnerships.models.site import SiteSettings
from partnerships.reader import Reader
from records import access, suggestions
from records.models import Attachment, Record
from tests import factories as make
from tests.cast import IN_EVERYONE, IN_ONE_TO_ONE, IN_PEERS, IN_POWER_LINE, IN_SUPERVISION, SIGNED_IN

from .matrix import MISSING_ID, MISSING_SLUG


def through(cast, door, *args):
    """Give who of the cast comes through the door to that."""
    found = set()
    for name in SIGNED_IN:
        try:
            door(Reader(cast[name]), *args)
        except Http404:
            continue
        found.add(name)
    return found


def leads(cast, door, who, *args):
    return door(Reader(cast[who]), *args)


def test_the_door_to_a_partnership(cast):
    for place, inside in {
        "partnership": IN_EVERYONE,
        "sibling": {"outsider"},
        "supervision": IN_SUPERVISION,
        "parent": {"parent_member"},
        "unopened": {"steward"},
    }.items():
        assert through(cast, rooms.membership_or_404, cast[place].slug) == inside, place
    assert through(cast, rooms.membership_or_404, MISSING_SLUG) == set()
    for place in ("partnership", "supervision"):
        found = leads(cast, rooms.membership_or_404, "learning_partner", cast[place].slug)
        assert (found.partnership, found.person) == (cast[place], cast.learning_partner)


def test_the_door_to_a_space(cast):
    slug = cast.partnership.slug
    for place, inside in {
        "everyone": IN_EVERYONE,
        "peers": IN_PEERS,
        "power_line": IN_POWER_LINE,
        "one_to_one": IN_ONE_TO_ONE,
        "sibling_everyone": set(),
        "wider": set(),
    }.items():
        assert through(cast, rooms.space_or_404, slug, cast[place].public_id) == inside, place
        if inside:
            assert leads(cast, rooms.space_or_404, "practitioner", slug, cast[place].public_id) == cast[place]
    assert through(cast, rooms.space_or_404, cast.sibling.slug, cast.peers.public_id) == set()


def test_the_door_to_a_space_that_members_know_of(cast):
    slug = cast.partnership.slug
    for place in ("peers", "power_line", "space_of_others"):
        assert through(cast, rooms.named_space_or_404, slug, cast[place].public_id) == IN_EVERYONE, place
        assert leads(cast, rooms.named_space_or_404, "expert", slug, cast[place].public_id) == cast[place]
    for place in ("everyone", "one_to_one", "sibling_everyone", "wider"):
        assert through(cast, rooms.named_space_or_404, slug, cast[place].public_id) == set(), place
    assert through(cast, rooms.named_space_or_404, cast.sibling.slug, cast.peers.public_id) == set()
    partnership_actions.close_space(space=cast.peers, by=cast.practitioner)
    assert through(cast, rooms.named_space_or_404, slug, cast.peers.public_id) == set()


def test_the_door_to_who_is_asked_into_a_space(cast):
    slug, sibling = cast.partnership.slug, cast.sibling.slug
    for name, known_to in {
        "asked_in": {"fellow", "academic", "expert"},
        "asked_to_join": {"fellow", "academic", "consultant"},
        "asked_one_to_one": {"academic", "expert"},
    }.items():
        assert through(cast, rooms.admission_or_404, slug, cast[name].public_id) == known_to, name
        assert leads(cast, rooms.admission_or_404, "academic", slug, cast[name].public_id) == cast[name]
        assert through(cast, rooms.admission_or_404, sibling, cast[name].public_id) == set()
    make.make_member(partnership=cast.sibling, person=cast.fellow)
    assert through(cast, rooms.admission_or_404, sibling, cast["asked_in"].public_id) == set()
    assert through(cast, rooms.admission_or_404, slug, MISSING_ID) == set()


def test_the_door_to_a_member(cast):
    membership = make.membership_of(person=cast.expert, partnership=cast.partnership)
    assert rooms.member_or_404(cast.partnership, membership.public_id) == membership
    with pytest.raises(Http404):
        rooms.member_or_404(cast.sibling, membership.public_id)
    with pytest.raises(Http404):
        rooms.member_or_404(cast.partnership, MISSING_ID)
    make.end_membership(person=cast.expert, partnership=cast.partnership)
    with pytest.raises(Http404):
        rooms.member_or_404(cast.partnership, membership.public_id)


def test_the_door_to_an_organisation(cast):
    for name, admins in {"provider": {"site_admin", "orgadmin"}, "council": {"site_admin"}}.items():
        assert through(cast, rooms.organisation_or_404, cast[name].public_id) == admins, name
        assert leads(cast, rooms.organisation_or_404, "site_admin", cast[name].public_id) == cast[name]
    assert through(cast, rooms.organisation_or_404, MISSING_ID) == set()


def test_the_door_to_somebodys_time_with_an_organisation(cast):
    door, person = rooms.affiliation_or_404, cast["colleague"]
    assert through(cast, door, cast.provider.public_id, person.public_id) == {"site_admin", "orgadmin"}
    assert leads(cast, door, "orgadmin", cast.provider.public_id, person.public_id).person == person
    assert through(cast, door, cast.council.public_id, person.public_id) == set()
    assert through(cast, door, cast.provider.public_id, MISSING_ID) == set()
    affiliation = leads(cast, door, "orgadmin", cast.provider.public_id, person.public_id)
    partnership_actions.end_affiliation(affiliation=affiliation, by=cast.orgadmin)
    assert through(cast, door, cast.provider.public_id, person.public_id) == set()


def test_an_admin_who_is_one_no_more_looks_after_nothing(cast):
    other = make.make_person()
    partnership_actions.affiliate(person=other, organisation=cast.provider, is_admin=True, by=cast.site_admin)
    assert permissions.administers(other) and permissions.administers(other, cast.provider)
    assert not permissions.administers(other, cast.council)
    assert not permissions.administers(cast["colleague"])
    other.affiliations.update(ended_at=timezone.now())
    assert not permissions.administers(other) and not permissions.administers(other, cast.provider)


def test_the_door_to_an_invitation_is_its_secret(cast):
    for name in ("invitation", "organisation_invitation", "invitation_withdrawn"):
        assert rooms.invitation_or_404(cast[f"{name}_token"]) == cast[name]
    for token in ("no-such-token", cast["invitation"].public_id):
        with pytest.raises(Http404):
            rooms.invitation_or_404(token)


def test_the_door_to_an_own_record(cast):
    for name, author in {"everyone_note": "practitioner", "not_named_note": "fellow", "former_note": "former"}.items():
        assert through(cast, access.own_record_or_404, Record, cast[name].public_id) == {author}, name


def test_the_door_to_a_record(cast):
    for name, readers in {
        "private_note": {"practitioner"},
        "peers_note": IN_PEERS,
        "withdrawn_note": IN_EVERYONE,
        "former_response": IN_PEERS | {"former"},
    }.items():
        assert through(cast, access.record_or_404, Record, cast[name].public_id) == readers, name
    assert through(cast, access.record_or_404, Record, MISSING_ID) == set()
    assert leads(cast, access.record_or_404, "manager", Record, cast.withdrawn_note.public_id).words_withheld


def test_the_door_to_a_record_leads_to_that_one(cast):
    for name in ("private_note", "everyone_note", "peers_note", "wider_note"):
        assert leads(cast, access.record_or_404, "practitioner", Record, cast[name].public_id).pk == cast[name].pk


def test_one_changes_ones_own_words_where_one_still_is(cast):
    def may(who, name):
        return access.may_edit(Reader(cast[who]), cast[name])

    assert may("practitioner", "private_note") and may("practitioner", "peers_note")
    assert not may("fellow", "peers_note") and not may("former", "former_note")


def test_the_door_to_a_link_is_its_authors(cast):
    assert through(cast, access.link_or_404, cast["link"].public_id) == {"supervisor"}
    assert leads(cast, access.link_or_404, "supervisor", cast["link"].public_id) == cast["link"]
    assert through(cast, access.link_or_404, MISSING_ID) == set()


def test_the_door_to_a_question_about_somebodys_words(cast):
    door, question = access.telling_question_or_404, cast["telling_question"]
    assert through(cast, door, question.public_id) == {"expert"}
    assert leads(cast, door, "expert", question.public_id) == question
    assert through(cast, door, MISSING_ID) == set()
    make.end_membership(person=cast.expert, partnership=cast.partnership)
    assert through(cast, door, question.public_id) == set()


FILES = {
    "photo_on_private_note": {"practitioner"},
    "photo_on_peers_note": IN_PEERS,
    "photo_on_withdrawn_note": {"practitioner"},
    "photo_on_folded_note": {"outsider"},
    "waiting_photo": {"practitioner"},
}


def test_the_door_to_a_file(cast):
    for name, readers in FILES.items():
        assert through(cast, access.attachment_or_404, cast[name].public_id) == readers, name
        who = sorted(readers)[0]
        assert leads(cast, access.attachment_or_404, who, cast[name].public_id) == cast[name]
    assert through(cast, access.attachment_or_404, MISSING_ID) == set()
    assert not Attachment.objects.visible_to(Reader(cast.anonymous)).exists()


def test_a_file_that_was_let_go_or_has_not_arrived_is_nobodys(cast):
    for changed in ({"draft_key": ""}, {"kept_at": None}):
        Attachment.objects.filter(pk=cast["waiting_photo"].pk).update(**changed)
        assert through(cast, access.attachment_or_404, cast["waiting_photo"].public_id) == set(), changed
        Attachment.objects.filter(pk=cast["waiting_photo"].pk).update(draft_key="k", kept_at=timezone.now())


def test_files_of_a_form_are_its_owners(cast):
    mine, waiting = Attachment.objects.waiting(cast.practitioner), cast["waiting_photo"]
    assert list(mine) == [waiting]
    assert not Attachment.objects.waiting(cast.fellow).exists()
    held = Attachment.objects.in_form
    assert list(held(cast.practitioner, key=waiting.draft_key)) == [waiting]
    assert list(held(cast.practitioner, key="other", listed=[waiting.public_id])) == [waiting]
    assert not held(cast.practitioner, key="other").exists()
    assert not held(cast.fellow, key=waiting.draft_key, listed=[waiting.public_id]).exists()
    assert not held(cast.practitioner, key="", listed=[cast["photo_on_peers_note"].public_id]).exists()
    Attachment.objects.filter(pk=waiting.pk).update(kept_at=None)
    assert not held(cast.practitioner, key=waiting.draft_key).exists()


def test_the_doors_to_help_with_the_words(cast):
    for name, helper, author in (
        ("question", "fellow", "practitioner"),
        ("suggestion", "academic", "practitioner"),
        ("answered_suggestion", "consultant", "practitioner"),
        ("question_taken_back", None, "practitioner"),
    ):
        found = through(cast, suggestions.question_or_404, cast[name].public_id)
        assert found == ({helper} if helper else set()), name
        assert through(cast, suggestions.own_question_or_404, cast[name].public_id) == {author}, name
        assert leads(cast, suggestions.own_question_or_404, author, cast[name].public_id)[0] == cast[name]
        if helper:
            assert leads(cast, suggestions.question_or_404, helper, cast[name].public_id) == cast[name]
    for door in (suggestions.question_or_404, suggestions.own_question_or_404):
        assert through(cast, door, MISSING_ID) == set()


def test_what_was_typed_is_its_authors_alone(cast, client_for):
    pages = [reverse(f"desk:draft-{page}", args=[cast.draft.key]) for page in ("detail", "delete")]
    for page in pages:
        for name, status in {"practitioner": 200, "fellow": 404, "site_admin": 404}.items():
            assert client_for(cast[name]).get(page).status_code == status, (page, name)
    assert set(Draft.objects.of(cast.practitioner).open()) == {cast.draft}
    assert not Draft.objects.of(cast.fellow).open().exists()
    Draft.use(author=cast.practitioner, key=cast.draft.key, form="reflection")
    assert not Draft.objects.of(cast.practitioner).open().exists()
    for page in pages:
        assert client_for(cast.practitioner).get(page).status_code == 404, page


def test_a_mail_goes_for_its_own_invitation_while_that_is_open(cast):
    def may_go(about):
        return invitations.may_go(Outbox(about=about, created_at=timezone.now()))

    assert may_go(cast["invitation"].public_id) and may_go(cast["organisation_invitation"].public_id)
    assert not may_go(cast["invitation_withdrawn"].public_id) and not may_go(MISSING_ID)
    assert not invitations.may_go(
        Outbox(about=cast["invitation"].public_id, created_at=timezone.now() - timedelta(days=9))
    )


def test_a_mail_that_stays_takes_no_other_along(cast):
    """What one person is to be told is put into another mail; what others were told stays told."""
    now = timezone.now()
    mails = [Outbox.objects.create(subject="x", recipients=["no@example.org"], message=b"x") for _mail in range(2)]
    of, other = (
        Notice.objects.create(person=person, kind="no such", about="x", due_at=now, mail=mail, done_at=now)
        for person, mail in zip((cast.fellow, cast.manager), mails, strict=True)
    )
    assert not notices.may_go(of.mail)
    other.refresh_from_db()
    assert (other.mail, other.done_at) == (mails[1], now)


def test_who_is_told_of_spaces_apart(cast):
    assert Reader(cast.expert).has_spaces_apart(cast.partnership)
    assert not Reader(cast.outsider).has_spaces_apart(cast.sibling)
    assert not Reader(cast.outsider).has_spaces_apart(cast.partnership)
    assert not Reader(cast.supervisor).has_spaces_apart(cast.supervision)
    pair = make.make_space(
        partnership=cast.supervision, by=cast.supervisor, kind="one_to_one", people=(cast.learning_partner,)
    )
    assert Reader(cast.supervisor).has_spaces_apart(cast.supervision)
    pair.places.update(ended_at=timezone.now())
    assert not Reader(cast.supervisor).has_spaces_apart(cast.supervision)


# What comes with which duty (3-access, 3.2), said once more and from the design, so that no entry moves unseen.
MEMBERS_MAY = {"WRITE", "OPEN_SPACE"}
LEARNING_PARTNERS_MAY = MEMBERS_MAY | {"OPEN_POWER_LINE", "LOOK_AFTER_PEOPLE", "LOOK_AFTER_SETTINGS"}
STEWARDS_MAY = LEARNING_PARTNERS_MAY | {"GIVE_DUTIES", "ADOPT_AGREEMENT", "SEE_ACCEPTANCES", "SET_WORDS_ASIDE"}


def test_what_comes_with_a_duty(cast):
    for who, rights in {
        "expert": MEMBERS_MAY,
        "learning_partner": LEARNING_PARTNERS_MAY,
        "steward": STEWARDS_MAY,
    }.items():
        membership = make.membership_of(person=cast[who], partnership=cast.partnership)
        held = {permission.name for permission in permissions.Permission if permissions.may(membership, permission)}
        assert held == rights & set(permissions.Permission.__members__), who
        for permission in permissions.Permission:
            if permission.name not in rights:
                with pytest.raises(PermissionDenied):
                    permissions.require(membership, permission)
            else:
                permissions.require(membership, permission)
        with time_machine.travel(timezone.now() - timedelta(days=1)):
            assert not any(permissions.may(membership, permission) for permission in permissions.Permission)
        membership.ended_at = timezone.now() + timedelta(days=1)
        assert permissions.may(membership, permissions.Permission.WRITE)
        membership.ended_at = timezone.now()
        assert not any(permissions.may(membership, permission) for permission in permissions.Permission)


def test_who_ends_whose_membership(cast):
    def may(mine, other):
        return permissions.may_end(
            *(make.membership_of(person=cast[who], partnership=cast.partnership) for who in (mine, other))
        )

    assert may("expert", "expert") and may("learning_partner", "expert") and may("steward", "learning_partner")
    assert may("learning_partner", "learning_partner")
    assert not may("expert", "fellow") and not may("learning_partner", "steward")


def test_ones_own_membership_is_of_that_partnership_and_lasts(cast):
    assert permissions.membership_of(cast.learning_partner, cast.supervision).partnership == cast.supervision
    assert permissions.membership_of(cast.learning_partner, cast.partnership).person == cast.learning_partner
    for who, where in (("outsider", "partnership"), ("former", "partnership"), ("steward", "sibling")):
        with pytest.raises(PermissionDenied):
            permissions.membership_of(cast[who], cast[where])


def test_who_may_start_a_partnership(cast):
    def may():
        return {name for name in SIGNED_IN if permissions.may_start(cast[name])}

    assert may() == SIGNED_IN
    SiteSettings.objects.update_or_create(defaults={"members_may_start": False})
    duties = {"learning_partner", "steward", "supervisor", "outsider", "parent_member"}
    assert may() == duties | {"orgadmin", "site_admin"}
    assert not permissions.may_start(cast["colleague"]), "to belong to an organisation is no office"
    membership = make.make_member(partnership=cast.sibling, person=cast.academic, steward=True)
    assert "academic" in may()
    partnership_actions.change_role(
        membership=membership, role="academic", own_words="", organisation=None, steward=False, by=cast.outsider
    )
    assert "academic" not in may(), "a duty that is over counts no more"
    cast.parent_member.memberships.update(ended_at=timezone.now())
    assert "parent_member" not in may(), "nor one of a stay that is over"
    duties -= {"parent_member"}
    partnership_actions.affiliate(person=cast.former, organisation=cast.council, by=cast.site_admin)
    cast.council.members_may_start = True
    cast.council.save()
    assert may() == duties | {"orgadmin", "site_admin", "former"}
    cast.former.affiliations.update(ended_at=timezone.now())
    assert "former" not in may()
