"""Erase me: what is named before, what must be done first, what stays, and that a restore brings nobody back."""

import json
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from taggit.models import Tag

from accounts.models import Export, User
from accounts.my_data import erasing, tasks
from accounts.my_data import ledger as ledger_of
from accounts.my_data.actions import ask_for_export
from accounts.my_data.erasing import Choice, effects_of, erase, obstacles_of
from desk.models import AuditEvent, Draft
from partnerships.actions import end_membership
from partnerships.models import Invitation, Membership, Partnership, Resource
from records.models import Fold, Link, Record, RecordTag, SearchText, Suggestion, TellingQuestion
from tests import factories as make


def erased(person, choice=Choice.NOT_NAMED):
    erase(person=person, choice=choice, by=person)
    return User.objects.get(pk=person.pk)


def record_of(note):
    return Record.objects.get(pk=note.pk)


def test_the_effects_are_named_before(cast):
    said = effects_of(cast.practitioner, Choice.TAKEN_BACK)
    private = Record.objects.filter(author=cast.practitioner, space=None, kind="reflection").count()
    assert any(line.startswith("You leave: Early Shift") for line in said)
    assert f"{private} note" in said[-3] or any(f"{private} note" in line for line in said)
    assert any("are taken back" in line and "Early peers" in line for line in said)
    assert any("with your name as it is now" in line for line in effects_of(cast.practitioner, Choice.NAMED))
    assert any("“Somebody who has left”" in line for line in effects_of(cast.practitioner, Choice.NOT_NAMED))


def test_the_effects_of_an_office(cast):
    assert any("You no longer look after Doorway" in line for line in effects_of(cast.orgadmin, Choice.NAMED))


def test_the_only_steward_hands_over_first(cast):
    [obstacle] = obstacles_of(cast.steward)
    assert "Early Shift" in obstacle.words
    before = User.objects.get(pk=cast.steward.pk)
    with pytest.raises(ValidationError):
        erase(person=cast.steward, choice=Choice.NAMED, by=cast.steward)
    assert User.objects.get(pk=cast.steward.pk).email == before.email
    mine = make.membership_of(person=cast.steward, partnership=cast.partnership)
    theirs = make.membership_of(person=cast.manager, partnership=cast.partnership)
    end_membership(membership=mine, by=cast.steward, successor=theirs)
    assert obstacles_of(cast.steward) == []
    assert erased(cast.steward).erased_at


def test_who_is_alone_somewhere_has_nobody_to_hand_over_to(cast):
    assert obstacles_of(cast.outsider) == []
    erased(cast.outsider)
    assert not Membership.objects.current().filter(partnership=cast.sibling).exists()


def test_the_account_is_closed_and_empty(cast, client_for):
    browser = client_for(cast.fellow)
    assert browser.get("/").status_code == 200
    person = erased(cast.fellow)
    assert browser.get("/").status_code == 302
    assert not person.is_active and not person.has_usable_password()
    assert person.name == person.name_as_author == "Somebody who has left"
    assert person.email.endswith("@erased.invalid")
    assert (person.wants_to_learn, person.here_at, person.last_login) == ("", None, None)
    assert not Membership.objects.of(person).filter(ended_at=None).exists()
    assert not Draft.objects.filter(author=person).exists()


def test_left_named_the_name_stays_on_what_stands_and_nowhere_else(cast, client_for):
    name = cast.practitioner.name
    erased(cast.practitioner, Choice.NAMED)
    assert record_of(cast.peers_note).byline == name
    assert record_of(cast.withdrawn_note).byline == "Somebody who has left"
    reader = client_for(cast.fellow)
    assert name in reader.get(cast.peers_note.get_absolute_url()).content.decode()
    people = reader.get(f"/partnerships/{cast.partnership.slug}/people/").content.decode()
    assert name not in people


def test_left_without_the_name_the_words_stay(cast, client_for):
    name = cast.practitioner.name
    erased(cast.practitioner, Choice.NOT_NAMED)
    page = client_for(cast.fellow).get(cast.peers_note.get_absolute_url()).content.decode()
    assert "peers words" in page and "Somebody who has left" in page and name not in page


def test_taken_back_leaves_a_notice_and_the_words_of_others(cast, client_for):
    erased(cast.practitioner, Choice.TAKEN_BACK)
    note = record_of(cast.peers_note)
    assert note.withdrawn_at and (note.title, note.text) == ("", "")
    page = client_for(cast.fellow).get(cast.peers_note.get_absolute_url())
    assert page.status_code == 200 and "response words" in page.content.decode()
    assert SearchText.objects.get(pk=note.pk).words == ""
    assert not RecordTag.objects.filter(content_object__author=cast.practitioner, content_object=note.pk).exists()


@pytest.mark.parametrize("choice", Choice.values)
def test_what_hangs_on_words(cast, choice):
    """Tags that only they used, former words, suggestions and links go; the tags of others stay."""
    make.make_note(by=cast.fellow, tags=["own-tag", "peers-tag"])
    make.make_note(by=cast.practitioner, tags=["nobody-elses-tag"])
    erased(cast.practitioner, choice)
    tags = set(Tag.objects.values_list("name", flat=True))
    assert {"own-tag", "peers-tag"} <= tags and not {"nobody-elses-tag", "withdrawn-tag"} & tags
    assert not Suggestion.objects.filter(record__author=cast.practitioner).exists()
    assert not Link.objects.filter(grown__author=cast.practitioner, grown__withdrawn_at__isnull=False).exists()
    assert record_of(cast.withdrawn_note).text == ""


def test_a_line_to_an_author_is_emptied(cast):
    make.fold(record=cast.wider_note, by=cast.manager, words="This is my line.")
    erased(cast.manager)
    fold = Fold.objects.get(folded_by=cast.manager, record=cast.wider_note.pk)
    assert fold.words == "" and record_of(cast.wider_note).folded_at


def test_what_they_were_asked_about_somebody_elses_words(cast):
    """What they had not answered is gone; that they confirmed something shared stays, without how they knew."""
    asked = TellingQuestion.objects.filter(asked__person=cast.expert)
    shared = set(asked.filter(knows=True, telling__record__space__isnull=False).values_list("pk", flat=True))
    assert asked.exists()
    erased(cast.expert)
    left = TellingQuestion.objects.filter(asked__person=cast.expert)
    assert {row.pk for row in left} == shared
    assert {row.how_known for row in left} <= {"Somebody who has left"}


def test_invitations_are_withdrawn_and_nobody_is_named_in_them(cast):
    erased(cast.learning_partner)
    sent = Invitation.objects.filter(invited_by=cast.learning_partner)
    assert sent.exists() and not sent.unanswered().exists()
    assert not sent.exclude(email="").exists()
    assert Resource.objects.get(pk=cast["resource"].pk).who == "Somebody who has left"


def test_somebody_of_the_same_name_elsewhere_is_left_alone(cast):
    name = cast.learning_partner.name
    line = {"kind": "time", "who": name, "days": 1}
    from partnerships.actions import add_resource

    other = add_resource(partnership=cast.sibling, line=line, version=None, by=cast.outsider)
    erased(cast.learning_partner)
    assert Resource.objects.get(pk=other.pk).who == name


def test_a_draft_of_a_partnership_goes_with_its_starter(cast):
    mine = make.membership_of(person=cast.steward, partnership=cast.partnership)
    theirs = make.membership_of(person=cast.manager, partnership=cast.partnership)
    end_membership(membership=mine, by=cast.steward, successor=theirs)
    erased(cast.steward)
    assert not Partnership.objects.filter(pk=cast.unopened.pk).exists()
    assert Partnership.objects.filter(pk=cast.partnership.pk).exists()


def test_an_export_that_was_made_goes_too(cast):
    from django.core.files.storage import storages

    export = ask_for_export(by=cast.fellow)
    tasks.make_due_exports.call()
    assert storages["default"].exists(export.name)
    erased(cast.fellow)
    tasks.delete_old_exports.call()
    assert not storages["default"].exists(export.name)
    assert not Export.objects.filter(pk=export.pk).exists()


def test_the_audit_keeps_a_random_id_and_no_name(cast):
    name, address = cast.fellow.name, cast.fellow.email
    person = erased(cast.fellow)
    [event] = AuditEvent.objects.filter(action="account.erase")
    assert (event.public_id, event.actor) == (person.public_id, person)
    for event in AuditEvent.objects.all():
        assert name not in str(event.facts) and address not in str(event.facts)


def test_what_was_on_its_way_is_erased_too(cast):
    """A page that began before the erasing saves after it: the next tick sees to it, and for an hour."""
    person = erased(cast.fellow, Choice.NAMED)
    make.make_draft(by=person, text="late words")
    make.make_note(by=person, text="late note")
    shared = Record.objects.filter(author=person).shared().values_list("text", flat=True)
    before = sorted(shared)
    assert tasks.erase_late_comers.call() == 1
    assert not Draft.objects.filter(author=person).exists()
    assert not Record.objects.filter(author=person, space=None).exists()
    assert sorted(shared) == before
    assert User.objects.get(pk=person.pk).name_as_author == cast.fellow.name


# The ledger -----------------------------------------------------------------------------------------------------


def test_the_ledger_holds_neither_name_nor_address(cast, ledger):
    person, name, address = cast.fellow, cast.fellow.name, cast.fellow.email
    erased(person, Choice.TAKEN_BACK)
    text = ledger.read_text()
    [line] = map(json.loads, text.splitlines())
    assert (line["person"], line["choice"]) == (person.public_id, "taken_back")
    assert set(line) == {"person", "choice", "erased_at"}
    assert name not in text and address not in text
    assert ledger.stat().st_mode & 0o777 == 0o600


def test_without_the_ledger_nothing_is_erased(cast, settings, tmp_path):
    settings.ERASED_LEDGER = tmp_path / "no such folder" / "erased.jsonl"
    with pytest.raises(OSError, match="no such folder"):
        erase(person=cast.fellow, choice=Choice.NAMED, by=cast.fellow)
    assert User.objects.get(pk=cast.fellow.pk).erased_at is None
    assert Draft.objects.filter(author=cast.practitioner).exists()


def test_after_a_restore_they_are_erased_again(cast, ledger):
    """What the ledger names is erased from an older database, as it was chosen; twice is once."""
    lines = [{"person": cast[name].public_id, "choice": "taken_back", "erased_at": "2026-11-01"} for name in NAMED]
    lines.append({"person": "nobody-here0", "choice": "named", "erased_at": "2026-11-01"})
    ledger.write_text("".join(f"{json.dumps(line)}\n" for line in lines) + '{"person": "broken o')
    before = ledger.read_text()
    for number in (len(NAMED), 0):
        out = StringIO()
        call_command("erase_again", stdout=out)
        assert out.getvalue() == f"{number} people erased again.\n"
    assert all(User.objects.get(pk=cast[name].pk).erased_at for name in NAMED)
    assert record_of(cast.peers_note).text == ""
    assert ledger.read_text() == before
    assert len(list(ledger_of.lines())) == len(lines)


NAMED = ("practitioner", "steward")


def test_after_a_restore_no_partnership_is_without_a_steward(cast, ledger):
    """Whom they had handed over to the older database does not know: the learning partner becomes steward."""
    line = {"person": cast.steward.public_id, "choice": "named", "erased_at": "2026-11-01"}
    ledger.write_text(json.dumps(line) + "\n")
    call_command("erase_again", stdout=StringIO())
    held = make.membership_of(person=cast.learning_partner, partnership=cast.partnership).held_role
    assert held.is_steward and held.is_learning_partner


def test_twice_is_once(cast, ledger):
    erased(cast.fellow)
    erased(cast.fellow)
    assert len(ledger.read_text().splitlines()) == 1


def test_every_part_is_asked_from_the_upper_floors_down():
    modules = [part.erase.__module__ for part in erasing._parts]
    assert modules == [
        "landscape.my_data",
        "curating.my_data",
        "conversing.my_data",
        "cycles.trying.my_data",
        "cycles.my_data",
        "convening.my_data",
        "reflections.my_data",
        "records.my_data",
        "partnerships.my_data",
    ]
