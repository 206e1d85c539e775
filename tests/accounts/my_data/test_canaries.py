"""Erase each of the cast, each way: nothing of theirs is left, and the others go on (5-promises, 5.5)."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.my_data import erasing, ledger
from accounts.my_data.erasing import Choice
from partnerships.actions import end_membership
from partnerships.models import Membership
from records.attachments.stores import store
from records.attachments.tasks import delete_due_files
from records.checks import broken_rules
from records.models import Attachment
from tests.access.rows import ROWS
from tests.cast import SIGNED_IN

from .canaries import GONE, SHARED, canary, everything, where_found

# What may vanish with who is gone: what was asked of the two of them, and files of what is taken back.
MAY_VANISH = ("suggestion", "telling", "admission", "attachment", "draft", "affiliation", "membership", "invitation")


def hand_over(person):
    """Make somebody else steward wherever the person is the only one, as the page asks."""
    for row in Membership.objects.of(person).current():
        others = Membership.objects.current().filter(partnership=row.partnership).exclude(pk=row.pk)
        if row.held_role.is_steward and not row.other_stewards().exists() and others:
            end_membership(membership=row, by=person, successor=others.first())


class Undone(Exception):
    """Ends what a test has tried."""


def erased(person, choice):
    """Erase somebody for as long as the block lasts, on a savepoint."""
    hand_over(person)
    erasing.erase(person=person, choice=choice, by=person)


@pytest.mark.slow
@pytest.mark.parametrize("choice", Choice.values)
def test_nothing_is_left_of_anybody(planted, choice):
    addresses = {name: [planted[name].email, f"{canary(name, 'second')}@example.net"] for name in SIGNED_IN}
    names = {name: planted[name].name for name in SIGNED_IN}
    before = list(everything())
    faults = []
    for name in sorted(SIGNED_IN):
        words = [canary(name, where) for where in (*GONE, *(SHARED if choice == Choice.TAKEN_BACK else ()))]
        words += addresses[name] if choice == Choice.NAMED else [*addresses[name], names[name]]
        assert all(where_found(word, among=before) for word in words if "role" not in word), name
        try:
            with transaction.atomic():
                erased(planted[name], choice)
                left = list(everything())
                faults += [(name, found) for found in where_found(*words, among=left)]
                if choice == Choice.NAMED:
                    # Nowhere but in the one column that stands on what they had shared.
                    found = where_found(names[name], among=left)
                    assert found == {f"accounts_user: {names[name]}"}, found
                if choice != Choice.TAKEN_BACK:
                    assert all(where_found(canary(name, where), among=left) for where in SHARED)
                assert broken_rules() == []
                raise Undone
        except Undone:
            pass
    assert not faults, "\n".join(map(str, faults))
    assert len(list(ledger.lines())) == len(SIGNED_IN)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "choice"),
    [("practitioner", "taken_back"), ("learning_partner", "not_named"), ("steward", "named")],
)
@pytest.mark.once
def test_the_pages_of_the_others_go_on(cast, name, choice):
    """Each page that one of three members could open before opens afterwards, but for what was asked of the two."""
    viewers = {viewer: Client() for viewer in ("fellow", "manager", "academic")}
    for viewer, client in viewers.items():
        client.force_login(cast[viewer])
    pages = {}
    for row in ROWS:
        viewer = next((viewer for viewer in viewers if viewer in row.readers), None)
        if viewer and row.get == 200 and row.takes_get:
            pages[reverse(row.name, args=row.args(cast)) + row.query(cast)] = (viewer, row.name)
    assert len(pages) > 100
    erased(cast[name], choice)
    faults = []
    for address, (viewer, page) in pages.items():
        status = viewers[viewer].get(address).status_code
        may_vanish = choice == Choice.TAKEN_BACK or any(word in page for word in MAY_VANISH)
        if status != 200 and not (may_vanish and status in (302, 404, 409, 410)):
            faults.append((viewer, page, address, status))
    assert not faults, "\n".join(map(str, faults))


@pytest.mark.parametrize("choice", Choice.values)
def test_no_file_is_left_but_of_what_stays_shared(cast, choice, files_come_back):
    mine = Attachment.objects.filter(owner=cast.practitioner)
    stays = set(mine.filter(record__space__isnull=False, record__withdrawn_at=None).values_list("name", flat=True))
    gone = {name for row in mine if row.name not in stays for name in (row.name, row.small_name)}
    assert stays and gone and all(store().exists(name) for name in gone)
    erased(cast.practitioner, choice)
    delete_due_files.call()
    if choice == Choice.TAKEN_BACK:
        gone |= stays
        stays = set()
    assert not [name for name in gone if store().exists(name)]
    assert all(store().exists(name) for name in stays)
    assert set(Attachment.objects.filter(owner=cast.practitioner).values_list("name", flat=True)) == stays


def test_the_test_sees_what_is_left(planted, monkeypatch):
    """It can fail: with the half that follows the declaration taken out, what that half does is found undone."""
    monkeypatch.setattr(erasing, "_delete_and_empty", lambda person: None)
    erased(planted.fellow, Choice.NOT_NAMED)
    found = where_found(canary("fellow", "draft"), canary("fellow", "role"), canary("fellow", "device"))
    tables = {"desk_draft", "partnerships_heldrole", "mfa_authenticator", "usersessions_usersession"}
    assert {line.partition(":")[0] for line in found} == tables
    assert User.objects.get(pk=planted.fellow.pk).erased_at
