"""The demo: who is in it, what they wrote, and that it is loaded once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from convening.models import Session, SilentWriting
from desk.drafts import open_drafts
from desk.models import Draft
from home import needs
from home.demo import live, loader
from home.demo.clock import TimeLine, clock_at
from home.demo.story import form_key
from home.demo.words import NoteWords, ResponseWords, WordsError, read_words
from partnerships.models import Affiliation, Membership, Partnership, Role
from partnerships.reader import Reader
from records.models import Record, Response
from reflections.models import Reflection

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Load the demo once for this module, in a transaction that is rolled back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        loader.load()
        live.begin()
        yield
        transaction.set_rollback(True)


def person(key: str) -> User:
    return User.objects.get(email=f"{key}@demo.example")


def count_rows() -> dict[str, int]:
    return {model._meta.label: model.objects.count() for model in apps.get_models()}


CAST = """
practitioner fellow manager consultant academic commissioner member funder learning-partner supervisor steward
orgadmin siteadmin former outsider
"""


@pytest.mark.parametrize("key", CAST.split())
def test_everybody_of_the_cast_can_sign_in(demo, key):
    assert key in loader.CAST
    assert authenticate(None, email=f"{key}@demo.example", password="learning-together") == person(key)


def test_who_looks_after_the_site_and_the_organisation(demo):
    assert list(User.objects.filter(is_staff=True)) == [person("siteadmin")]
    assert list(Affiliation.objects.filter(is_admin=True)) == [person("orgadmin").affiliations.get()]


def test_there_is_something_to_read_over_nine_months(demo):
    notes = Record.objects.in_stream().order_by("created_at")
    assert Record.objects.count() >= 120
    assert notes.last().created_at - notes.first().created_at > timedelta(days=240)
    assert timezone.now() - notes.last().created_at < timedelta(days=4)
    assert not Record.objects.filter(created_at__gt=timezone.now()).exists()


def test_the_practitioner_has_private_notes_that_nobody_else_reads(demo):
    private = Record.objects.written_by(person("practitioner")).private()
    assert private.count() >= 5
    for other in User.objects.exclude(pk=person("practitioner").pk):
        assert not private.visible_to(Reader(other)).exists()


def test_the_outsider_has_the_same_role_in_a_sibling_partnership(demo):
    outsider, practitioner = person("outsider"), person("practitioner")
    mine, theirs = outsider.memberships.get(), practitioner.memberships.get(partnership__name="Early shift")
    assert mine.held_role.role == theirs.held_role.role == Role.PRACTITIONER
    assert mine.held_role.organisation == theirs.held_role.organisation
    assert mine.partnership.parent in theirs.partnership.path()
    reader = Reader(outsider)
    read = Record.objects.visible_to(reader).filter(partnership=theirs.partnership)
    assert not read.exists()


def test_who_left_reads_nothing_there_but_what_they_wrote(demo):
    former = person("former")
    stay = former.memberships.get()
    assert stay.ended_at is not None
    read = Record.objects.visible_to(Reader(former)).filter(partnership=stay.partnership)
    assert set(read.values_list("author", flat=True)) <= {former.pk}


def test_one_partnership_has_four_people_and_one_is_a_draft(demo):
    sizes = {
        partnership.name: Membership.objects.current().filter(partnership=partnership).count()
        for partnership in Partnership.objects.opened()
    }
    assert 4 in sizes.values()
    draft = Partnership.objects.get(opened_at=None)
    assert draft.started_by == person("learning-partner")


def test_dates_are_those_of_the_story(demo):
    for note in read_words().notes:
        record = Reflection.objects.get(submission=form_key(note.key))
        told = TimeLine(timezone.localdate()).moment(note.days_ago, note.hour)
        # Where the demo was loaded before that hour of today, it has only just been written.
        assert abs(record.created_at - min(told, record.created_at)) < timedelta(minutes=1), note.key
        assert told <= record.created_at or told.date() == timezone.localdate(), note.key
        assert record.is_private == (note.space == ""), note.key


def test_nothing_is_told_of_before_it_happens():
    line = TimeLine(timezone.localdate())
    told = []
    for hour in (0.4, 0.05):
        line.add(0, hour, "a note in the morning", lambda: told.append(timezone.now()))
    with clock_at(line.moment(0, 0.1)):
        for event in line.replay():
            event.do()
    assert told == [line.moment(0, 0.05), line.moment(0, 0.1)]


def test_some_notes_were_put_right_or_taken_back(demo):
    assert Record.objects.exclude(edited_at=None).exists()
    assert Record.objects.exclude(withdrawn_at=None).exists()
    assert Response.objects.exclude(answers=None).exists()


def test_home_has_something_of_each_for_the_practitioner(demo):
    practitioner = person("practitioner")
    reader = Reader(practitioner)
    assert needs.questions_for(reader)
    assert len(open_drafts(practitioner)) == 1
    assert needs.new_for(reader)
    assert Draft.objects.of(practitioner).open().get().saved_at <= timezone.now()


def test_one_session_goes_on_with_words_that_wait_for_the_reveal(demo):
    session = next(row for row in Session.objects.filter(cancelled_at=None) if row.is_running)
    waiting = SilentWriting.objects.get(session=session, revealed_at=None)
    assert waiting.contributions.filter(space=None).count() == 5
    revealed = SilentWriting.objects.get(session=session, revealed_at__isnull=False)
    assert {cluster.name for cluster in revealed.clusters.all()} == {"Somewhere to go at four", "Somebody to ring"}
    assert not revealed.contributions.filter(space=None).exists()
    assert session.live.item.position == 4
    assert session.starts_at < session.live.step_began_at < timezone.now()


def test_where_it_is_over_another_one_goes_on(demo):
    with transaction.atomic():
        Session.objects.filter(cancelled_at=None).update(ends_at=F("starts_at") + timedelta(seconds=1))
        assert not live.is_on()
        live.begin()
        assert live.is_on()
        transaction.set_rollback(True)


def test_loading_again_changes_nothing(demo, settings, capsys):
    settings.DEMO = True
    before = count_rows()
    call_command("load_demo")
    assert count_rows() == before
    words = capsys.readouterr().out
    assert "is here already" in words
    assert "practitioner@demo.example" in words
    assert "learning-together" in words


def test_a_real_site_gets_no_people_with_a_known_password(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO"):
        call_command("load_demo")


def wrong_words(**changes):
    """Give the words with one note, of which something is wrong."""
    words = read_words()
    note = {
        "key": "wrong-one",
        "author": "practitioner",
        "partnership": "early-shift",
        "space": "everyone",
        "attribution": "named",
        "level": 1,
        "title": "",
        "text": "A flask.",
        "days_ago": 10,
        "hour": 9.0,
        "tags": [],
    }
    # What else is told is about notes that these words do not have.
    others = {name: [] for name in ("help", "folds", "files", "offered", "answered", "told", "experiments", "patterns")}
    return replace(words, notes=[NoteWords(**note | changes)], **others)


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"author": "nobody"}, "no person 'nobody'"),
        ({"author": "outsider"}, "Not in this space"),
        ({"author": "former"}, "Not in this space"),
        ({"space": "nowhere"}, "no space 'nowhere'"),
        ({"partnership": "nowhere"}, "no partnership 'nowhere'"),
        ({"author": "academic", "attribution": "role"}, "Too few people"),
    ],
)
def test_wrong_words_are_refused_by_the_name_of_their_note(changes, reason):
    with pytest.raises(WordsError, match=f'"wrong-one".*{reason}'):
        loader.load(wrong_words(**changes))
    assert not loader.is_loaded()


@pytest.mark.once
@pytest.mark.django_db
def test_a_response_before_its_note_is_refused():
    early = ResponseWords(author="fellow", kind="say", text="Already?", days_ago=11, hour=9.0)
    words = wrong_words()
    words.notes[0].response.append(early)
    with pytest.raises(WordsError, match=r'"wrong-one", response 0 by "fellow".*not written yet'):
        loader.load(words)
