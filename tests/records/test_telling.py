"""Told by one, written down by another: it goes only where the teller agreed, once a second member has confirmed it.

Readers are told the truth about who told it, and what changed since.
"""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desk.models import Notice
from partnerships import actions as partnership_actions
from partnerships.models import Space
from records import actions
from records.checks import broken_rules
from records.models import Attribution, Record, Telling, TellingQuestion
from records.parts import Parts
from records.telling import Agreement, look_again
from records.versions import words_of
from reflections.actions import share_with_one
from reflections.models import Reflection
from tests import factories as make
from tests.access.asking import Browsers, plain
from tests.scenery.told import answer, ask, tell

from .telling_made import agreement, asks, change, share, write_told

DAY = date(2026, 5, 3)


@pytest.fixture
def note(cast):
    return write_told(cast)


@pytest.fixture
def question(cast, note):
    return ask(note, person=cast.fellow, partnership=cast.partnership)


@pytest.fixture
def confirmed(question, note):
    answer(question)
    return Reflection.objects.get(pk=note.pk)


# Writing it down


def test_it_is_written_on_the_page_and_shown_as_told(cast, client_for):
    body = {
        "draft_key": "k1",
        "text": "He said leave the bag.",
        "person_level": "1",
        "audience": "me",
        "told_by": "Mo",
        "how_agreed": "I read it to him.",
        "agreed_on_day": "3",
        "agreed_on_month": "5",
        "agreed_on_year": "2026",
        "agreed_for": cast.peers.public_id,
    }
    browser = client_for(cast.practitioner)
    assert browser.post(reverse("reflections:reflection-new"), body).status_code == 302
    note = Reflection.objects.get(submission="k1")
    assert (note.told_by, note.telling.how_agreed, note.telling.agreed_for) == ("Mo", "I read it to him.", cast.peers)
    page = browser.get(note.get_absolute_url()).content.decode()
    assert "Told by Mo, written down by Practitioner Q" in page
    form = browser.get(reverse("reflections:reflection-edit", args=[note.public_id])).context["form"]
    assert "Told by Mo" in form.set_now
    assert form["agreed_for"].value() == cast.peers.public_id


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"told_by": "Mo", "told_from_outside": "on"}, "told_by"),
        ({"how_agreed": "She nodded."}, "told_by"),
        ({"told_by": "Mo", "agreed_for": "AAAAAAAAAAAA"}, "agreed_for"),
        ({"told_by": "Mo\nMo"}, "told_by"),
        ({"told_by": "Mo", "agreed_on_day": "31", "agreed_on_month": "2", "agreed_on_year": "2026"}, "agreed_on"),
    ],
)
def test_what_is_wrong_is_said_beside_its_box(cast, client_for, fields, where):
    body = {"draft_key": "k1", "text": "t", "person_level": "1", "audience": "me", **fields}
    answered = client_for(cast.practitioner).post(reverse("reflections:reflection-new"), body)
    assert answered.status_code == 422
    assert answered.context["form"].errors[where]
    assert not Reflection.objects.filter(submission="k1").exists()


def test_only_spaces_that_one_is_in_are_offered(cast, client_for):
    form = client_for(cast.fellow).get(reverse("reflections:reflection-new")).context["form"]
    offered = [value for _group, rows in form.fields["agreed_for"].choices[1:] for value, _label in rows]
    assert cast.peers.public_id in offered
    assert not {cast.power_line.public_id, cast.sibling_everyone.public_id} & set(offered)


def test_who_stays_outside_has_no_name(cast, client_for):
    note = tell(by=cast.practitioner, space=cast.peers, key="k", told_by="", told_from_outside=True)
    page = client_for(cast.practitioner).get(note.get_absolute_url()).content.decode()
    assert "Told by somebody who stays outside" in page


def test_ones_own_words_again_forget_what_was_agreed(cast, note, question):
    change(note, told_by="", parts=agreement(note))
    assert not Telling.objects.filter(record_id=note.pk).exists()
    assert asks(cast, "fellow") == []
    assert not share(note, cast.peers).is_private


# Sharing: only what was agreed, and confirmed


def refused(note, space, **how):
    with pytest.raises(ValidationError) as refusal:
        share(note, space, **how)
    assert refusal.value.code == "told"
    assert Record.objects.get(pk=note.pk).is_private
    return True


def test_it_is_refused_until_a_second_member_has_confirmed(cast, note):
    assert refused(note, cast.peers)
    asked = ask(note, person=cast.fellow, partnership=cast.partnership)
    assert refused(note, cast.peers)
    answer(asked)
    assert share(note, cast.peers).space == cast.peers


def test_it_is_refused_where_the_second_member_cannot_say_so(cast, note, question):
    answer(question, knows=False)
    assert refused(note, cast.peers)


@pytest.mark.parametrize("place", ["everyone", "power_line", "one_to_one", "wider"])
def test_it_is_refused_for_every_other_audience(cast, confirmed, place):
    assert refused(confirmed, cast[place])


@pytest.mark.parametrize(
    "missing", [{"how_agreed": ""}, {"agreed_on": None}, {"agreed_for": None}], ids=["how", "when", "for whom"]
)
def test_it_is_refused_while_something_is_not_said(cast, note, missing):
    change(note, parts=agreement(note, **missing))
    assert refused(note, cast.peers)
    with pytest.raises(ValidationError):
        ask(Reflection.objects.get(pk=note.pk), person=cast.fellow, partnership=cast.partnership)


def test_one_person_is_an_audience_like_any_other(cast, confirmed):
    member = make.membership_of(person=cast.manager, partnership=cast.partnership)
    fresh = Reflection.objects.get(pk=confirmed.pk)
    with pytest.raises(ValidationError):
        share_with_one(fresh, membership=member, attribution="named", version=fresh.version, by=cast.practitioner)
    assert not Space.objects.filter(kind="one_to_one", places__membership=member).exists(), "none is opened for nothing"


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "Other words."},
        {"title": "Another title"},
        {"what_changed": "double", "we_assumed": "Something else."},
        {"told_by": "Maureen"},
        {"parts": {"how_agreed": "She signed."}},
        {"parts": {"agreed_on": date(2026, 1, 1)}},
        {"parts": {"agreed_for": "everyone"}},
    ],
    ids=["text", "title", "before", "teller", "how", "when", "for whom"],
)
def test_a_change_of_the_words_or_the_agreement_lapses_it_and_asks_again(cast, confirmed, changes):
    Notice.objects.all().delete()
    parts = changes.pop("parts", None)
    if parts and parts.get("agreed_for"):
        parts = {"agreed_for": cast[parts["agreed_for"]]}
    change(confirmed, parts=agreement(confirmed, **parts) if parts else None, **changes)
    assert refused(confirmed, cast.peers)
    assert refused(confirmed, cast.everyone)
    assert len(asks(cast, "fellow")) == 1
    assert [notice.person for notice in Notice.objects.filter(kind="telling_asked")] == [cast.fellow]
    answer(TellingQuestion.objects.get(telling__record_id=confirmed.pk), key="again")
    assert share(confirmed, cast.everyone if parts and "agreed_for" in parts else cast.peers).space


@pytest.mark.parametrize("changes", [{"of_trust": True}, {"person_level": 2}, {"text": "The heron stood there."}])
def test_marks_level_and_saving_the_same_again_leave_it_standing(cast, confirmed, changes):
    change(confirmed, **changes)
    assert share(confirmed, cast.peers).space == cast.peers


def test_undoing_keeps_the_confirmation_while_nothing_changed(cast, confirmed):
    share(confirmed, cast.peers)
    actions.undo_share(Reflection.objects.get(pk=confirmed.pk), by=cast.practitioner)
    assert asks(cast, "fellow") == []
    assert share(confirmed, cast.peers).space == cast.peers


def test_undoing_after_an_edit_asks_again(cast, confirmed):
    share(confirmed, cast.peers)
    change(confirmed, text="Put right.")
    assert asks(cast, "fellow") == [], "of what is shared nobody is asked"
    actions.undo_share(Reflection.objects.get(pk=confirmed.pk), by=cast.practitioner)
    assert len(asks(cast, "fellow")) == 1
    assert refused(confirmed, cast.peers)


def test_what_was_agreed_cannot_be_touched_once_it_is_shared(cast, confirmed, client_for):
    share(confirmed, cast.peers)
    for parts, columns in (({"agreed_for": cast.everyone}, {}), ({"how_agreed": "x"}, {}), ({}, {"told_by": ""})):
        with pytest.raises(ValidationError):
            change(confirmed, key=f"c{len(columns)}", parts=agreement(confirmed, **parts), **columns)
    assert Telling.objects.get(record_id=confirmed.pk).agreed_for == cast.peers
    page = client_for(cast.practitioner).get(reverse("reflections:reflection-edit", args=[confirmed.public_id]))
    assert not {"told_by", "agreed_for"} & set(page.context["form"].fields)
    assert "readers see that they changed since" in page.content.decode()


def test_ones_own_words_cannot_become_somebody_elses_once_they_are_shared(cast):
    with pytest.raises(ValidationError):
        change(cast.peers_note, told_by="Mo", parts=Parts(telling=Agreement()))


# What readers see


def test_readers_see_who_told_it_when_for_whom_and_who_confirmed(cast, confirmed, client_for):
    change(confirmed, key="day", parts=agreement(confirmed, agreed_on=DAY))
    answer(TellingQuestion.objects.get(telling__record_id=confirmed.pk), key="again")
    shared = share(confirmed, cast.peers)
    body = client_for(cast.consultant).get(shared.get_absolute_url()).content.decode()
    assert "Told by Mo, written down by Practitioner Q" in body
    assert "Agreed on 3 May 2026, for Early peers; confirmed by Fellow Q." in body
    assert "Changed since" not in body
    for hidden in ("I read it to him", "I was there"):
        assert hidden not in body, "how it is known is between the two"
    stream = reverse("records:stream", args=[cast.partnership.slug])
    assert "Told by Mo, written down by Practitioner Q" in client_for(cast.consultant).get(stream).content.decode()
    change(confirmed, key="later", text="Put right since.")
    body = client_for(cast.consultant).get(shared.get_absolute_url()).content.decode()
    assert "Changed since they agreed on 3 May 2026." in body


def test_after_leaving_its_author_is_not_told_how_the_space_is_called_now(cast, confirmed, client_for):
    shared = share(confirmed, cast.peers)
    partnership_actions.leave_space(space=cast.peers, by=cast.practitioner)
    body = client_for(cast.practitioner).get(shared.get_absolute_url()).content.decode()
    assert "confirmed by Fellow Q." in body
    assert "Early peers" not in body[body.find("<main") :]


@pytest.mark.parametrize("attribution", [Attribution.NOT_NAMED, Attribution.ROLE])
def test_not_named_names_neither_the_writer_nor_who_confirmed(cast, confirmed, client_for, attribution):
    """Nobody asks themselves: with their name, one less could have written it than the floor asks for."""
    shared = share(confirmed, cast.peers, attribution=attribution)
    body = client_for(cast.consultant).get(shared.get_absolute_url()).content.decode()
    main = body[body.find("<main") : body.find("respond-heading")]
    assert "Told by Mo" in main
    assert "confirmed by a second member." in main
    for name in (cast.practitioner.name, cast.fellow.name, cast.practitioner.public_id, cast.fellow.public_id):
        assert name not in main


@pytest.mark.parametrize("reader", ["consultant", "manager", "outsider", "site_admin"])
def test_not_named_and_told_the_author_may_be_swapped_without_changing_a_byte(cast, reader):
    browser = Browsers(cast).of(reader)
    answers, moment = [], timezone.now()
    for author, asked in ((cast.practitioner, cast.fellow), (cast.fellow, cast.practitioner)):
        with transaction.atomic():
            written = tell(by=author, space=cast.peers, key="swap", tags=["swap-tag"], not_going_well=True)
            answer(ask(written, person=asked, partnership=cast.partnership))
            shared = share(written, cast.peers, attribution=Attribution.NOT_NAMED)
            Record.objects.filter(pk=shared.pk).update(public_id="swapped-told", shared_at=moment)
            stream = reverse("records:stream", args=[cast.partnership.slug])
            pages = ["/reflections/swapped-told/", stream, f"{stream}?mark=not_going_well", reverse("home:home")]
            answers.append([plain(browser.get(page)) for page in pages])
            transaction.set_rollback(True)
    assert answers[0] == answers[1]


# The pages that share


def test_the_page_that_shares_asks_for_the_agreement_first(cast, note, client_for):
    browser = client_for(cast.practitioner)
    share_page = reverse("reflections:reflection-share", args=[note.public_id])
    ask_page = reverse("records:telling-ask", args=[note.public_id])
    assert browser.get(share_page).url == ask_page
    member = make.membership_of(person=cast.fellow, partnership=cast.partnership)
    assert "who knows that they agreed" in browser.get(ask_page).content.decode().lower()
    assert browser.post(ask_page, {"member": "AAAAAAAAAAAA"}).status_code == 422
    assert browser.post(ask_page, {"member": member.public_id}).status_code == 302
    assert "Waiting for Fellow Q." in browser.get(ask_page).content.decode()
    answer(TellingQuestion.objects.get(telling__record_id=note.pk))
    led = browser.get(share_page)
    assert led.url == f"{share_page}?space={cast.peers.public_id}"
    body = browser.get(led.url).content.decode()
    assert "stands on it as who told it" in body
    sent = {"space": cast.peers.public_id, "attribution": "named", "version": note.version}
    assert browser.get(f"{share_page}?space={cast.everyone.public_id}").status_code == 302
    assert browser.post(share_page, {**sent, "space": cast.everyone.public_id}).status_code == 422
    assert Record.objects.get(pk=note.pk).is_private
    assert browser.post(share_page, sent).status_code == 302
    assert Record.objects.get(pk=note.pk).space == cast.peers
    assert browser.get(ask_page).status_code == 302


def test_the_check_of_the_data_finds_what_is_shared_otherwise_than_agreed(cast, confirmed):
    assert broken_rules() == []
    share(confirmed, cast.peers)
    assert broken_rules() == []
    Telling.objects.filter(record_id=confirmed.pk).update(agreed_for=cast.everyone)
    assert len(broken_rules()) == 1
    Telling.objects.filter(record_id=confirmed.pk).delete()
    assert len(broken_rules()) == 1


def test_a_file_more_asks_again_too(cast, confirmed):
    """What is added is theirs to agree to as well, whatever it is made of."""
    telling = Telling.objects.get(record_id=confirmed.pk)
    fresh = Reflection.objects.get(pk=confirmed.pk)
    look_again(fresh, before=words_of(fresh), after=words_of(fresh))
    assert Telling.objects.get(record_id=confirmed.pk).edition == telling.edition
    look_again(fresh, before=words_of(fresh), after=words_of(fresh), other_files=True)
    assert not Telling.objects.get(record_id=confirmed.pk).is_confirmed
    assert refused(confirmed, cast.peers)


def test_what_is_told_costs_its_page_no_query(cast, confirmed, client_for):
    plain_note = make.make_shared_note(by=cast.practitioner, space=cast.peers, tags=["heron-tag"])
    shared = share(confirmed, cast.peers)
    browser = client_for(cast.consultant)
    browser.get("/healthz")
    numbers = []
    for note in (plain_note, shared):
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(note.get_absolute_url()).status_code == 200
        numbers.append(len(captured))
    assert numbers[0] == numbers[1] <= 12
