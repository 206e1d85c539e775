"""Where the tests about invitations take place: a partnership with an agreement, and an organisation with an admin."""

import pytest
import time_machine
from django.utils import timezone

from partnerships import actions
from tests import factories as make


@pytest.fixture
def steward():
    return make.make_person(name="Stella Steward")


@pytest.fixture
def place(steward):
    partnership = make.make_partnership(by=steward, name="Early Shift", purpose="To see what the early shift sees.")
    make.make_agreement(partnership=partnership, by=steward)
    return partnership


@pytest.fixture
def site_admin():
    return make.make_person(name="Sita Admin", is_site_admin=True)


@pytest.fixture
def doorway(site_admin):
    return make.make_organisation(name="Doorway", by=site_admin)


@pytest.fixture
def orgadmin(doorway, site_admin):
    person = make.make_person(name="Orla Admin")
    actions.affiliate(person=person, organisation=doorway, is_admin=True, by=site_admin)
    return person


@pytest.fixture
def small(cast):
    """A space of peers with a note: the practitioner, who opened it, the fellow and the academic."""
    space = make.make_space(
        partnership=cast.partnership, by=cast.practitioner, name="Small one", people=(cast.fellow, cast.academic)
    )
    make.make_shared_note(by=cast.practitioner, space=space, text="what is there already")
    return space


@pytest.fixture
def now():
    """The clock stands still, and is moved by hand."""
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


@pytest.fixture
def open_as(client_for, cast):
    """Give what somebody of the cast reads at an address."""

    def read(name, address, status=200):
        answer = client_for(cast[name]).get(address)
        assert answer.status_code == status, address
        return answer.content.decode()

    return read
