"""When the learning partner changes: the duty goes in one go, and what goes along is said (issue 3, 4)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from desk.models import AuditEvent
from partnerships import actions
from partnerships.models import Agreement, HeldRole, Role
from tests import factories as make
from tests.signing_in import confirmed

from .early_shift import World, main_of, text_of


@pytest.fixture
def world(cast, client_for):
    """Give what the tests below ask of Early Shift."""
    return World(cast, client_for)


@pytest.fixture
def hand_over(world):
    return reverse("partnerships:hand-over", args=[world.slug])


def pair(world, giving="learning_partner", taking="fellow"):
    return {"giving": world.of(giving).public_id, "taking": world.of(taking).public_id}


def test_the_duty_goes_in_one_go_by_two_dated_rows(world, hand_over):
    before = HeldRole.objects.count()
    events = AuditEvent.objects.count()
    confirm = world.client_for(world.cast.steward).get(f"{hand_over}confirm/", pair(world))
    assert "Make Fellow Q learning partner?" in main_of(confirm)
    browser = confirmed(world.client_for(world.cast.steward))
    response = browser.post(f"{hand_over}confirm/", pair(world))
    assert response.status_code == 302
    assert world.of("fellow").held_role.is_learning_partner
    assert world.of("fellow").held_role.role == Role.PRACTITIONER
    assert not world.of("learning_partner").held_role.is_learning_partner
    assert HeldRole.objects.count() == before + 2
    assert AuditEvent.objects.count() == events + 1
    # Once more changes nothing, and the page still serves, for both of them and the steward.
    browser.post(f"{hand_over}confirm/", pair(world))
    assert HeldRole.objects.count() == before + 2
    for name in ("learning_partner", "fellow", "steward"):
        page = text_of(main_of(world.get(name, hand_over)))
        assert "Fellow Q has it now, and Learning Partner Q has it no more" in page
        assert "Fellow Q Learning partner since" in page


def test_a_learning_partner_prepares_and_does_not_give(world, hand_over):
    page = main_of(world.client_for(world.cast.learning_partner).get(hand_over, pair(world)))
    assert "A steward gives it." in page
    assert "hand-over/confirm" not in page
    with pytest.raises(PermissionDenied):
        actions.hand_over(
            giving=world.of("learning_partner"), taking=world.of("fellow"), by=world.cast.learning_partner
        )


def test_what_cannot_be_handed_over_is_refused(world):
    steward = world.cast.steward
    elsewhere = make.make_partnership(by=steward)
    refused = (
        (world.of("expert"), world.of("fellow"), ValidationError),
        (world.of("learning_partner"), world.of("learning_partner"), ValidationError),
        (world.of("learning_partner"), make.make_member(partnership=elsewhere), PermissionDenied),
    )
    for giving, taking, error in refused:
        with pytest.raises(error):
            actions.hand_over(giving=giving, taking=taking, by=steward)
    assert world.of("learning_partner").held_role.is_learning_partner


def test_the_page_lists_named_spaces_and_never_a_one_to_one(world, hand_over):
    cast = world.cast
    make.make_space(
        partnership=cast.partnership, by=cast.learning_partner, name="Walking along", people=(cast.steward,)
    )
    make.make_space(partnership=cast.partnership, by=cast.learning_partner, name="Not mine", people=(cast.expert,))
    page = main_of(world.client_for(cast.steward).get(hand_over, pair(world)))
    words = text_of(page)
    assert "Walking along" in words
    assert "You are not in it. One of these can ask: Expert Q, Learning Partner Q." in words
    assert "Early peers" not in words, "the one who leaves is not in it"
    for hidden in (cast.one_to_one.public_id, cast.supervision.slug, "Supervision pair", "and you"):
        assert hidden not in page
    assert "One to one" not in words


def test_the_page_says_what_has_to_change_and_leads_to_a_note_to_one_person(world, hand_over):
    world.line(who="Learning Partner Q", paid_by="Larch Foundation", ends_on=date(2099, 3, 31))
    world.cast.partnership.talk_on, world.cast.partnership.talk_words = date(2099, 1, 5), "10am, the library"
    world.cast.partnership.save()
    browser = world.client_for(world.cast.learning_partner)
    page = main_of(browser.get(hand_over, pair(world)))
    for words in ("engaged by Larch Foundation until 31 March 2099", "5 January 2099, 10am, the library"):
        assert words in page
    assert "What was promised, and to whom?" in page
    assert "Learning Partner Q: no. Fellow Q brings this partnership to a supervision of their own" in text_of(page)
    one = world.of("fellow").public_id
    assert f"{reverse('reflections:reflection-new')}?partnership={world.slug}&one={one}" in page
    page = main_of(world.client_for(world.cast.fellow).get(hand_over, pair(world)))
    assert "This is not open to you" in page


def test_the_line_of_the_agreement_that_names_the_one_who_leaves_is_shown(world, hand_over):
    now = timezone.now()
    Agreement.objects.filter(partnership=world.cast.partnership).delete()
    Agreement.objects.create(
        partnership=world.cast.partnership,
        number=1,
        text="We come here to learn.\nTell Learning Partner Q when it gets too much.",
        safety="Ring the duty desk.",
        drafted_by=world.cast.steward,
        drafted_at=now,
        adopted_by=world.cast.steward,
        adopted_at=now,
    )
    words = text_of(main_of(world.client_for(world.cast.steward).get(hand_over, pair(world))))
    assert "“Tell Learning Partner Q when it gets too much.”" in words
    assert "We come here to learn" not in words


def test_nonsense_in_the_address_is_said_beside_the_field(world, hand_over):
    browser = world.client_for(world.cast.steward)
    same = world.of("learning_partner").public_id
    for query in ({"giving": same, "taking": same}, {"giving": "x", "taking": "y"}, {"giving": same}):
        assert browser.get(hand_over, query).status_code == 422
    assert "Choose two different people." in main_of(browser.get(hand_over, {"giving": same, "taking": same}))
    assert browser.get(f"{hand_over}confirm/", {"giving": same, "taking": same}).status_code == 302


def test_without_a_learning_partner_the_page_says_so(world):
    partnership = make.make_partnership(by=world.cast.steward)
    page = main_of(world.get("steward", reverse("partnerships:hand-over", args=[partnership.slug])))
    assert "Nobody here is learning partner yet." in page
