"""The library: its space reads it and adds to it; readings stand side by side, and nothing that is said is lost."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from curating import actions
from curating.models import BoundaryObject, ObjectChange, ObjectUse, ObjectVersion, Reading
from curating.readings.columns import columns_of
from desk import drafts
from partnerships.actions import leave_space
from partnerships.models import HeldRole
from partnerships.reader import Reader
from records import actions as record_actions
from records.actions import AlreadySent, StaleVersion
from records.models import Attachment, Link, Record
from tests import factories as make

from . import made

OUTSIDE = ("manager", "outsider", "former", "site_admin", "learning_partner", "steward")


@pytest.fixture
def brought(cast):
    return made.an_object(by=cast.practitioner, space=cast.peers, documents=[("Times of route 9.pdf", made.PDF)])


def reads(person, record):
    return Record.objects.visible_to(Reader(person)).filter(pk=record.pk).exists()


def counts():
    tables = (BoundaryObject, ObjectVersion, ObjectChange, ObjectUse, Reading)
    return [table.objects.count() for table in tables]


@pytest.mark.parametrize("name", OUTSIDE)
def test_who_is_not_in_its_space_neither_reads_nor_does_anything(cast, brought, name):
    person = cast[name]
    reading = made.reading(brought, by=cast.fellow)
    file = brought.attachments.get()
    assert not reads(person, brought) and not reads(person, reading)
    assert not Attachment.objects.visible_to(Reader(person)).filter(pk=file.pk).exists()
    before = counts()
    for attempt in (
        lambda: made.an_object(by=person, space=cast.peers),
        lambda: made.version(brought, by=person, text="theirs"),
        lambda: made.reading(brought, by=person),
        lambda: made.state(brought, to="retired", reason="theirs", by=person),
        lambda: made.use(brought, by=person),
        lambda: actions.take_file_off(boundary_object=brought, file=file, by=person),
        lambda: actions.hand_over_curating(
            boundary_object=brought, to=make.membership_of(person=cast.fellow, partnership=cast.partnership), by=person
        ),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert before == counts() and brought.attachments.exists()


def test_it_is_its_spaces_and_a_reading_its_authors(cast, brought):
    reading = made.reading(brought, by=cast.practitioner)
    leave_space(space=cast.peers, by=cast.practitioner)
    assert not reads(cast.practitioner, brought) and reads(cast.practitioner, reading)
    assert not Attachment.objects.visible_to(Reader(cast.practitioner)).filter(record=brought).exists()


def test_sent_twice_there_is_one(cast):
    key = drafts.new_key()
    first = made.an_object(by=cast.fellow, space=cast.peers, key=key)
    assert made.an_object(by=cast.fellow, space=cast.peers, key=key) == first
    with pytest.raises(AlreadySent):
        made.an_object(by=cast.fellow, space=cast.peers, key=key, text="Other words.")
    for act in (
        lambda key: made.version(first, by=cast.fellow, key=key, text="Two."),
        lambda key: made.reading(first, by=cast.fellow, key=key),
        lambda key: made.use(first, by=cast.fellow, key=key),
        lambda key: made.state(first, to="retired", reason="Done.", seen="live", by=cast.fellow, key=key),
    ):
        key = drafts.new_key()
        act(key)
        before = counts()
        act(key)
        assert counts() == before


def test_every_version_stays_with_its_line_and_its_files(cast, brought):
    file = brought.attachments.get()
    left_out = made.files(cast.fellow, ("Other.csv", b"a,b\n1,2\n"), taken_off=frozenset({file.public_id}))
    made.version(brought, by=cast.fellow, change="Other times.", text="Route 9 runs on.", files=left_out)
    first, second = ObjectVersion.objects.filter(boundary_object=brought).order_by("number")
    assert (first.text, second.text, second.change) == ("Route 9 ends early.", "Route 9 runs on.", "Other times.")
    assert [row.called for row in first.kept_files] == ["Times of route 9"]
    assert [row.called for row in second.kept_files] == ["Other"]
    assert Attachment.objects.visible_to(Reader(cast.academic)).filter(record=brought).count() == 2


def test_two_who_change_it_do_not_write_over_each_other(cast, brought):
    made.version(brought, by=cast.fellow, version=1, text="the fellow's")
    with pytest.raises(StaleVersion):
        made.version(brought, by=cast.academic, version=1, text="the academic's")
    assert BoundaryObject.objects.get(pk=brought.pk).text == "the fellow's"
    assert ObjectVersion.objects.filter(boundary_object=brought).count() == 2


def test_what_a_fold_was_about_is_read_by_nobody_else_afterwards(cast, client_for, brought):
    file = brought.attachments.get()
    make.fold(record=brought, by=cast.fellow)
    with pytest.raises(PermissionDenied):
        made.version(brought, by=cast.academic, text="theirs")
    without = made.files(cast.practitioner, taken_off=frozenset({file.public_id}))
    made.version(brought, by=cast.practitioner, change="Names out.", text="Somebody cannot get here.", files=without)
    assert Record.objects.get(pk=brought.pk).folded_at is None
    assert not brought.attachments.exists()
    first = f"{brought.get_absolute_url()}history/1/"
    assert client_for(cast.fellow).get(first).status_code == 404
    assert "Route 9 ends early." in client_for(cast.practitioner).get(first).content.decode()
    page = client_for(cast.fellow).get(f"{brought.get_absolute_url()}history/2/").content.decode()
    assert "Somebody cannot get here." in page and "Route 9" not in page


@pytest.mark.parametrize("what", ["folded", "aside"])
def test_what_is_folded_or_set_aside_takes_nothing_more(cast, what):
    found = made.an_object(by=cast.manager, space=cast.everyone)
    reading = made.reading(found, by=cast.fellow)
    make.fold(record=found, by=cast.fellow) if what == "folded" else make.set_aside(record=found, by=cast.steward)
    for attempt in (
        lambda: made.reading(found, by=cast.academic),
        lambda: made.version(found, by=cast.academic, text="other"),
        lambda: made.use(found, by=cast.academic),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert reads(cast.academic, reading)


def test_readings_stand_beside_each_other_and_none_takes_the_place_of_another(cast, brought):
    made.reading(brought, by=cast.practitioner, text="one")
    made.reading(brought, by=cast.fellow, text="two")
    made.reading(brought, by=cast.academic, text="three")
    made.reading(brought, by=cast.practitioner, text="four")
    columns = columns_of(Reading.objects.filter(within=brought))
    assert [(column.heading, [row.text for row in column.readings]) for column in columns] == [
        ("Practitioner", ["four", "two", "one"]),
        ("Academic", ["three"]),
    ]


def test_one_reads_for_ones_own_role_and_organisation_alone(cast, brought):
    HeldRole.objects.filter(membership__person=cast.academic).update(organisation=None)
    for way in ("organisation:named", "organisation:not_named", "role:not_named", "organisation:role", "", "role"):
        with pytest.raises(ValidationError, match="not open to you"):
            made.reading(brought, by=cast.academic, way=way)
    HeldRole.objects.filter(membership__person=cast.academic).update(organisation=cast.council)
    row = made.reading(brought, by=cast.academic, way="organisation:named")
    assert (row.organisation, row.said_for) == (cast.council, cast.council.name)


def test_without_a_name_it_takes_five_of_that_role_or_of_that_organisation(cast, brought):
    assert made.reading(brought, by=cast.fellow, way="role:role").byline == "Practitioner"
    with pytest.raises(ValidationError):
        made.reading(brought, by=cast.academic, way="role:role")
    held = HeldRole.objects.current().filter(membership__in=cast.peers.members())
    HeldRole.objects.filter(membership__person__in=[cast.fellow, *cast.peers_more[:3]]).update(
        organisation=cast.council
    )
    held.exclude(membership__person__in=[cast.fellow, *cast.peers_more[:3]]).update(organisation=cast.provider)
    with pytest.raises(ValidationError):
        made.reading(brought, by=cast.fellow, way="organisation:not_named")
    held.filter(membership__person=cast.academic).update(organisation=cast.council)
    row = made.reading(brought, by=cast.fellow, way="organisation:not_named")
    assert (row.byline, row.said_for) == ("Not named", cast.council.name)


def test_how_it_stands_goes_any_way_and_every_day_of_it_is_kept(cast, brought):
    other = made.an_object(by=cast.fellow, space=cast.peers, title="The new bus map")
    elsewhere = made.an_object(by=cast.fellow, space=cast.everyone)
    with pytest.raises(ValidationError, match="why it is retired"):
        made.state(brought, to="retired", by=cast.fellow)
    for which in ("", elsewhere.public_id, brought.public_id):
        with pytest.raises(ValidationError, match="takes its place"):
            made.state(brought, to="superseded", by=cast.fellow, by_which=which)
    made.state(brought, to="superseded", by=cast.fellow, by_which=other.public_id)
    assert BoundaryObject.objects.get(pk=brought.pk).superseded_by == other
    with pytest.raises(ValidationError, match="Superseded"):
        made.state(brought, to="live", seen="live", by=cast.academic)
    made.state(brought, to="retired", by=cast.academic, reason="Route 9 is gone.")
    made.state(brought, to="live", by=cast.academic, reason="It came back.")
    now = BoundaryObject.objects.get(pk=brought.pk)
    assert (now.state, now.superseded_by) == ("live", None)
    assert list(now.changes.values_list("state", flat=True)) == ["live", "superseded", "retired", "live"]


def test_looking_after_it_is_handed_over_and_taken_on_only_where_nobody_does(cast, brought):
    fellow, academic = (
        make.membership_of(person=person, partnership=cast.partnership) for person in (cast.fellow, cast.academic)
    )
    manager = make.membership_of(person=cast.manager, partnership=cast.partnership)
    hand_over = actions.hand_over_curating
    with pytest.raises(PermissionDenied):
        hand_over(boundary_object=brought, to=fellow, by=cast.fellow)
    with pytest.raises(ValidationError):
        hand_over(boundary_object=brought, to=manager, by=cast.practitioner)
    hand_over(boundary_object=brought, to=fellow, by=cast.practitioner)
    leave_space(space=cast.peers, by=cast.fellow)
    with pytest.raises(PermissionDenied):
        hand_over(boundary_object=brought, to=fellow, by=cast.academic)
    hand_over(boundary_object=brought, to=academic, by=cast.academic)
    assert BoundaryObject.objects.get(pk=brought.pk).curator == cast.academic


def test_a_file_goes_for_good_by_who_brought_it_or_the_curator(cast, brought):
    file = brought.attachments.get()
    with pytest.raises(PermissionDenied):
        actions.take_file_off(boundary_object=brought, file=file, by=cast.academic)
    actions.hand_over_curating(
        boundary_object=brought,
        to=make.membership_of(person=cast.academic, partnership=cast.partnership),
        by=cast.practitioner,
    )
    actions.take_file_off(boundary_object=brought, file=file, by=cast.academic)
    assert not brought.attachments.exists() and ObjectVersion.objects.get(boundary_object=brought).kept_files == []


def test_kept_from_words_it_leads_to_them_and_copies_none(cast, brought):
    said = make.make_response(to=brought, by=cast.fellow, text="The ferry is missing.")
    kept = made.an_object(by=cast.academic, space=cast.peers, origin=said, text="")
    assert Link.objects.get(grown=kept).source_id == said.pk and "ferry" not in kept.text
    with pytest.raises(ValidationError, match="another space"):
        made.an_object(by=cast.academic, space=cast.everyone, origin=said)
    record_actions.withdraw(said, by=cast.fellow)
    with pytest.raises(ValidationError, match="taken back"):
        made.an_object(by=cast.academic, space=cast.peers, origin=said)
    assert BoundaryObject.objects.filter(author=cast.academic).count() == 1


def test_a_partnerships_and_not_the_wider_fields(cast):
    with pytest.raises(PermissionDenied):
        made.an_object(by=cast.practitioner, space=cast.wider)


def test_it_is_found_by_why_it_matters(cast, client_for, brought):
    address = brought.get_absolute_url()
    assert address in client_for(cast.academic).get("/search/", {"q": "cannot get here"}).content.decode()
    assert address not in client_for(cast.manager).get("/search/", {"q": "cannot get here"}).content.decode()
