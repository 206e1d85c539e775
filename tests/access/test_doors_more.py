"""The doors of single pages, and what a mail or a choice is let through by: each asked where it stands (`mutation`).

The thing that is asked for and no other, for those it is for and for nobody else.
"""

from datetime import timedelta

import pytest
import time_machine
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.my_data import tasks
from accounts.my_data.actions import ask_for_export
from desk import drafts, notices
from desk.models import Draft, Notice, Outbox
from partnerships import actions as partnership_actions
from partnerships.actions.agreements import add_study
from partnerships.reader import Reader
from partnerships.supervision import may_be_brought
from records import actions
from records.actions.attachments import let_go_of_file
from records.models import Attachment
from reflections.prompts.finding import may_change, own_prompts_or_404
from tests import factories as make
from tests.scenery.prompts import offer

from .matrix import MISSING_ID


@pytest.fixture
def pages(client_for):
    """Give the words of a page as somebody gets them, or the status where they get none."""

    def asked(person, name, *args):
        answer = client_for(person).get(reverse(name, args=args))
        return answer.content.decode() if answer.status_code == 200 else answer.status_code

    return asked


# The lines of settings: one of this partnership, by its own id


def test_an_organisation_that_takes_part_is_taken_off_by_its_own_page(cast, pages):
    """Two take part: each page is about its own, and there is none for one that does not take part."""
    stranger = make.make_organisation(name="Elsewhere House", by=cast.site_admin)
    partnership_actions.take_part(
        partnership=cast.partnership, organisation=cast.provider, ways=["hosts"], by=cast.steward
    )
    page, slug = "partnerships:participation-delete", cast.partnership.slug
    for organisation in (cast.council, cast.provider):
        assert f"Take {organisation.name} off the list?" in pages(cast.steward, page, slug, organisation.public_id)
        assert pages(cast.fellow, page, slug, organisation.public_id) == 403
        assert pages(cast.outsider, page, slug, organisation.public_id) == 404
    for public_id in (stranger.public_id, MISSING_ID):
        assert pages(cast.steward, page, slug, public_id) == 404


def test_a_line_of_what_this_takes_is_taken_off_by_its_own_page(cast, pages):
    other = partnership_actions.add_resource(
        partnership=cast.partnership,
        line={"kind": "protected_time", "who": "The late shift Q", "days": 3},
        version=None,
        by=cast.steward,
    )
    page, slug = "partnerships:resource-delete", cast.partnership.slug
    for line in (cast["resource"], other):
        assert line.who in pages(cast.steward, page, slug, line.public_id)
        assert pages(cast.fellow, page, slug, line.public_id) == 403
    # The steward looks after the draft as well; its line is found through its own address alone.
    elsewhere = cast["draft_resource"].public_id
    assert cast["draft_resource"].who in pages(cast.steward, page, cast.unopened.slug, elsewhere)
    for public_id in (elsewhere, MISSING_ID):
        assert pages(cast.steward, page, slug, public_id) == 404


def test_a_thing_on_the_shelf_is_taken_off_by_its_own_page(cast, pages):
    other = partnership_actions.add_to_shelf(
        partnership=cast.partnership, title="Another report", address="https://example.org/other", by=cast.steward
    )
    page, slug = "partnerships:shelf-delete", cast.partnership.slug
    for item in (cast["shelf_item"], other):
        assert item.title in pages(cast.steward, page, slug, item.public_id)
        assert pages(cast.fellow, page, slug, item.public_id) == 403
    elsewhere = cast["draft_shelf_item"].public_id
    assert cast["draft_shelf_item"].title in pages(cast.steward, page, cast.unopened.slug, elsewhere)
    for public_id in (elsewhere, MISSING_ID):
        assert pages(cast.steward, page, slug, public_id) == 404


def test_a_study_has_a_page_of_its_own(cast, pages):
    words = {
        "title": "What nights do",
        "institution": "University of the Estuary",
        "approval": "Committee B, 2026-15",
        "information": "What it is for.",
        "last_day_on": timezone.localdate(),
    }
    other = add_study(partnership=cast.partnership, words=words, key=drafts.new_key(), by=cast.steward)
    for study in (cast["study"], other):
        assert study.title in pages(cast.fellow, "partnerships:study-detail", study.public_id)
        assert pages(cast.outsider, "partnerships:study-detail", study.public_id) == 404
    assert pages(cast.fellow, "partnerships:study-detail", MISSING_ID) == 404


# What may be brought to a supervision


def test_one_brings_opened_partnerships_that_one_is_in_now(cast):
    assert may_be_brought(cast.learning_partner) == [cast.partnership], "and not the supervision itself"
    assert may_be_brought(cast.steward) == [cast.partnership], "the draft is opened to nobody"
    assert may_be_brought(cast.former) == [], "they were there once"
    make.make_member(partnership=cast.partnership, person=cast.former, by=cast.steward)
    assert may_be_brought(cast.former) == [cast.partnership]


# Own sets of prompts


def test_the_door_to_an_own_set_of_prompts(cast):
    lens = cast["lens"]
    for who in ("practitioner", "steward"):
        prompts, prompt_set, membership = own_prompts_or_404(Reader(cast[who]), lens.public_id)
        assert (prompts.own, prompt_set) == (lens, lens)
        assert (membership.person, membership.partnership) == (cast[who], cast.partnership)
    for who in ("outsider", "former", "site_admin"):
        with pytest.raises(Http404):
            own_prompts_or_404(Reader(cast[who]), lens.public_id)
    for key in ("gibbs", MISSING_ID):
        with pytest.raises(Http404):
            own_prompts_or_404(Reader(cast.steward), key)


def test_who_may_change_an_own_set(cast):
    def may(who, prompt_set, where="partnership"):
        return may_change(make.membership_of(person=cast[who], partnership=cast[where]), prompt_set)

    lens, prompt_set = cast["lens"], cast["prompt_set"]
    assert may("steward", prompt_set) and may("learning_partner", prompt_set)
    assert not may("practitioner", prompt_set)
    assert may("academic", lens) and not may("practitioner", lens), "a lens is also who offered it"
    assert may("outsider", cast["sibling_lens"], "sibling")
    assert not may("outsider", lens, "sibling"), "a duty is one in its own partnership"
    # A plain set is no lens: who offered it, and has given the duty back, changes it no more.
    offered = offer(partnership=cast.partnership, by=cast.learning_partner, name="Offered while one might")
    membership = make.membership_of(person=cast.learning_partner, partnership=cast.partnership)
    partnership_actions.change_role(
        membership=membership,
        role=membership.held_role.role,
        own_words="",
        organisation=None,
        learning_partner=False,
        by=cast.steward,
    )
    assert not may("learning_partner", offered)
    mine = make.membership_of(person=cast.academic, partnership=cast.partnership)
    assert may_change(mine, lens)
    mine.ended_at = timezone.now()
    assert not may_change(mine, lens), "and nobody after their stay"


# Files of a form


def test_a_file_that_was_let_go_waits_in_no_form(cast):
    waiting = Attachment.objects.waiting(cast.practitioner)
    assert list(waiting) == [cast["waiting_photo"]]
    let_go_of_file(attachment=cast["waiting_photo"], by=cast.practitioner)
    assert Attachment.objects.filter(pk=cast["waiting_photo"].pk, record=None, owner=cast.practitioner).exists()
    assert not waiting.all().exists()


def test_a_draft_is_thrown_away_when_its_author_says_so_and_not_by_looking(cast, client_for):
    page = reverse("desk:draft-delete", args=[cast.draft.key])
    assert client_for(cast.practitioner).get(page).status_code == 200
    assert client_for(cast.fellow).post(page).status_code == 404
    assert list(Draft.objects.of(cast.practitioner).open()) == [cast.draft]
    assert client_for(cast.practitioner).post(page).status_code == 302
    assert not Draft.objects.filter(pk=cast.draft.pk).exists()


# Mails of what is new


def test_a_mail_on_its_way_says_nothing_that_was_undone_and_is_told_anew(cast):
    """What comes up again waits again; the mail that says where it was does not go, and loses nothing else of it."""
    Notice.objects.all().delete()
    first = make.make_shared_note(by=cast.practitioner, space=cast.everyone)
    second = make.make_shared_note(by=cast.practitioner, space=cast.peers)
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False) as clock:
        assert notices.write_mail_to(cast.fellow.pk)
        mail = Outbox.objects.get(person=cast.fellow, kind="notice", done_at=None)
        assert b"Early peers" in bytes(mail.message) and notices.may_go(mail)
        actions.undo_share(second, by=cast.practitioner)
        make.share(note=type(second).objects.get(pk=second.pk), space=cast.everyone)
        assert not notices.may_go(mail)
        assert set(Notice.objects.filter(person=cast.fellow, done_at=None).values_list("about", flat=True)) == {
            first.public_id,
            second.public_id,
        }
        mail.cancel()
        clock.shift(timedelta(minutes=6))
        assert notices.write_mail_to(cast.fellow.pk)
        again = Outbox.objects.get(person=cast.fellow, kind="notice", done_at=None, cancelled_at=None)
    assert notices.may_go(again) and b"Early peers" not in bytes(again.message)
    assert not notices.may_go(Outbox.objects.create(recipients=[cast.fellow.email], message=b"x")), (
        "it tells of nothing"
    )


# Mails about an export


def test_a_mail_goes_for_ones_own_export_while_it_is_there(cast):
    def may_go(who, about):
        return tasks.may_go(Outbox(person=cast[who], about=about))

    export = cast["export"]
    assert may_go("practitioner", export.public_id)
    assert not may_go("fellow", export.public_id), "it is another's"
    assert not may_go("practitioner", MISSING_ID)
    begun = ask_for_export(by=cast.fellow)
    assert not may_go("fellow", begun.public_id), "it is not made yet"
    begun.made_at = timezone.now()
    begun.save()
    assert may_go("fellow", begun.public_id)
    assert not may_go("practitioner", begun.public_id)
    export.ends_at = timezone.now()
    export.save()
    assert not may_go("practitioner", export.public_id), "its time is over"
