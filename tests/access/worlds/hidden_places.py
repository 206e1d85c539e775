"""Hidden places and people: one to ones, who is being asked in, other partnerships and all that stands in them."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from desk import drafts
from partnerships import actions
from partnerships.actions.agreements import accept_agreement, add_study, answer_research
from partnerships.actions.concerns import send_concern
from partnerships.actions.supervision import bring_partnerships, note_meeting
from partnerships.concerns import contact_of
from partnerships.invitations import Invitee
from partnerships.models import PhaseChange, Space
from tests import factories as make
from tests.cast import IN_POWER_LINE, IN_SUPERVISION, Cast
from tests.scenery.invitations import _invite
from tests.scenery.prompts import change, offer

from .hidden_words import TAGS, TITLE, WORDS, first, second
from .steps import CANARY, hidden

SITE_ADMIN = frozenset({"site_admin"})


@hidden()
def one_to_ones(cast: Cast) -> None:
    one, _two, three, four = cast.peers_more
    pair = make.make_space(partnership=cast.partnership, by=one, kind=Space.Kind.ONE_TO_ONE, people=(three,))
    note = make.make_shared_note(by=one, space=pair, text=WORDS, title=TITLE, tags=TAGS)
    make.make_response(to=note, by=three, text=WORDS)
    asked = actions.open_one_to_one(membership=make.membership_of(person=four, partnership=cast.partnership), by=one)
    refused = actions.open_one_to_one(
        membership=make.membership_of(person=four, partnership=cast.partnership), by=three
    )
    actions.decline_admission(admission=refused.admissions.get(), by=four)
    cast.more["hidden_pair"] = asked


@hidden()
def who_is_asked_into_a_space_of_others(cast: Cast) -> None:
    space = cast["space_of_others"]
    three = make.membership_of(person=cast.peers_more[2], partnership=cast.partnership)
    admission = actions.ask_in(space=space, membership=three, by=first(cast))
    actions.answer_admission(admission=admission, says_yes=True, by=second(cast))
    actions.ask_to_join(space=space, by=cast.peers_more[3])


@hidden(known_to=IN_POWER_LINE | {"expert"})
def who_is_asked_across_the_power_line(cast: Cast) -> None:
    expert = make.membership_of(person=cast.expert, partnership=cast.partnership)
    actions.ask_in(space=cast.power_line, membership=expert, by=cast.practitioner)


@hidden()
def how_somebody_gets_mail(cast: Cast) -> None:
    person = first(cast)
    actions.choose_mail(
        mail_choice="weekly", muted=[cast["space_of_others"]], among=[cast["space_of_others"]], by=person
    )
    Client().force_login(person)


@hidden()
def what_one_answered_about_research(cast: Cast) -> None:
    answer_research(partnership=cast.partnership, answer="no", by=first(cast))


@hidden(known_to=frozenset({"steward"}))
def who_has_accepted_the_agreement(cast: Cast) -> None:
    accept_agreement(partnership=cast.partnership, read=cast["agreement"].public_id, by=second(cast))


@hidden()
def a_worry(cast: Cast) -> None:
    cast.partnership.refresh_from_db()
    send_concern(
        partnership=cast.partnership,
        contact=contact_of(cast.partnership),
        text=WORDS,
        gives_name=False,
        key=drafts.new_key(),
        by=first(cast),
    )


@hidden()
def a_draft_of_a_partnership(cast: Cast) -> None:
    draft = make.make_partnership(by=first(cast), name=f"Early Shift {CANARY}", parent=cast.partnership, opened=False)
    make.make_shared_note(by=first(cast), space=make.everyone_of(partnership=draft), text=WORDS, title=TITLE)


@hidden(known_to=frozenset({"steward", "learning_partner"}))
def people_invited_into_the_partnership(cast: Cast) -> None:
    _invite(cast, "hidden_invitation", cast.partnership, cast.steward, f"{CANARY}@example.net")


@hidden(known_to=frozenset({"orgadmin"}))
def people_invited_into_the_organisation(cast: Cast) -> None:
    _invite(cast, "hidden_organisation_invitation", cast.provider, cast.orgadmin, f"{CANARY}s@example.net")
    actions.withdraw_invitation(invitation=cast["hidden_organisation_invitation"], by=cast.orgadmin)


@hidden(known_to=IN_SUPERVISION)
def a_second_meeting_in_the_month_of_supervision(cast: Cast) -> None:
    """That there is supervision, and in which month, may be known; the stage has a meeting in that month."""
    note_meeting(partnership=cast.supervision, met_on=cast["meeting"].met_on + timedelta(days=5), by=cast.supervisor)


@hidden()
def a_partnership_elsewhere(cast: Cast) -> None:
    """Of strangers, and of one member of Early Shift, with all that a partnership may have."""
    head = make.make_person(name=f"Steward Q {CANARY}", wants_to_learn=WORDS)
    cast.more["hidden_head"] = head
    place = make.make_partnership(by=head, name=f"Early Shift elsewhere {CANARY}", purpose=WORDS)
    cast.more["hidden_place"] = place
    stranger = make.make_person(name=f"Practitioner Q {CANARY}")
    make.make_member(partnership=place, person=stranger)
    make.make_member(partnership=place, person=first(cast), learning_partner=True)
    space = make.make_space(partnership=place, by=head, name="Early peers", people=(stranger,))
    note = make.make_shared_note(by=head, space=make.everyone_of(partnership=place), text=WORDS, title=TITLE, tags=TAGS)
    make.make_response(to=note, by=stranger, text=WORDS)
    make.make_shared_note(by=stranger, space=space, text=WORDS, title=TITLE, tags=TAGS)
    change(prompt_set=offer(partnership=place, by=head, name=f"Before the van leaves {CANARY}"), by=head, line=WORDS)
    _settings_elsewhere(place, head)
    _agreement_elsewhere(place, head)
    _invite(cast, "hidden_invitation_elsewhere", place, head, f"{CANARY}-elsewhere@example.net")
    # Somebody of the first's partnership has an account already: nobody here learns that they are asked there.
    actions.invite(place=place, invitee=Invitee(email=second(cast).email), by=head)


def _settings_elsewhere(place: Any, head: Any) -> None:
    actions.set_intentions(partnership=place, texts=[WORDS], version=None, by=head)
    line = {"kind": "learning_partner", "who": WORDS, "days": 24, "paid_by": "The council"}
    actions.add_resource(partnership=place, line=line, version=None, by=head)
    actions.add_to_shelf(partnership=place, title=TITLE, address="https://example.org/report", by=head)
    actions.enter_phase(partnership=place, phase=place.phases.first(), began_on=timezone.localdate(), by=head)
    assert PhaseChange.objects.filter(partnership=place).exists()
    place.refresh_from_db()


def _agreement_elsewhere(place: Any, head: Any) -> None:
    make.make_agreement(partnership=place, by=head, text=WORDS)
    words = {
        "title": f"What waiting does {CANARY}",
        "institution": "University of the Estuary",
        "approval": "Committee B, 2026-14",
        "information": WORDS,
        "last_day_on": timezone.localdate() + timedelta(days=200),
    }
    add_study(partnership=place, words=words, key=drafts.new_key(), by=head)
    pair = make.make_partnership(by=make.make_person(name=CANARY), name=f"Pair {CANARY}", kind="supervision")
    mine = make.make_member(partnership=pair, person=head)
    bring_partnerships(membership=mine, partnerships=[place], by=head)
    note_meeting(partnership=pair, met_on=timezone.localdate(), by=pair.started_by)


@hidden(known_to=SITE_ADMIN)
def an_organisation_elsewhere(cast: Cast) -> None:
    place = make.make_organisation(name=f"Doorway {CANARY}", by=cast.site_admin)
    somebody = make.make_person(name=f"Colleague Q {CANARY}")
    actions.affiliate(person=somebody, organisation=place, job=WORDS, is_admin=True, by=cast.site_admin)
    started = make.make_partnership(by=somebody, name=f"Of that organisation {CANARY}", organisation=place)
    actions.take_part(partnership=started, organisation=place, ways=["funds"], in_words=WORDS, by=somebody)
