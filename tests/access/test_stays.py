"""The matrix for people at the edges of a stay: who came just now, who opened something and left, who left before an
answer came (3-access; security, C7).

Guests, and what is said in sessions, come with their rooms. Until then a kind that belongs to its space, which only
these tests register, stands for what they will hold.
"""

import pytest
from django.test import Client
from django.urls import reverse

from partnerships import actions as partnership_actions
from partnerships.models import Role
from records import kinds
from records.models import Record
from tests import factories as make
from tests.cast import IN_PEERS

from .asking import ask, plain, undone
from .rows import ROWS
from .test_matrix import expected

pytestmark = pytest.mark.once

# Members without a duty and in no space but everyone's: what both get is what membership gives.
PLAIN = ("expert", "commissioner")


def signed_in(person):
    client = Client()
    client.force_login(person)
    client.get("/healthz")
    return client


def as_declared_for_all_plain_members(row, method):
    """Give what the table declares for a member, or nothing where it depends on who that is."""
    said = {expected(row, name, method) or 404 for name in PLAIN}
    return said.pop() if len(said) == 1 else None


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_newcomer_who_has_not_agreed_yet_has_what_a_member_has(cast, method):
    """The agreement is asked for, and locks nothing (decision 9): neither more nor less is open before."""
    newcomer = make.make_person(name="Newcomer Q")
    make.make_member(partnership=cast.partnership, person=newcomer, role=Role.EXPERT)
    client, faults, compared = signed_in(newcomer), [], 0
    for row in ROWS:
        declared = as_declared_for_all_plain_members(row, method)
        # What a POST to a thing of one's own does depends on whose it is.
        if declared in (None, 405) or (method == "POST" and declared not in (403, 404)):
            continue
        url = reverse(row.name, args=row.args(cast)) + row.query(cast)
        with undone():
            status = ask(client, method, url, body=row.body(cast) if row.body else None).status_code
        compared += 1
        if status != declared:
            faults.append(f"{row} {url}: {status}, and not {declared}")
    assert not faults, "\n".join(faults)
    assert compared > 150


@pytest.fixture
def opened_then_left(cast, monkeypatch):
    """Something of the space's own that the fellow opened among the peers, before they left."""
    kind = kinds.Kind(key="object", label="O", plural="O", url_name="reflections:reflection-detail", personal=False)
    monkeypatch.setitem(kinds._kinds, "object", kind)
    note = make.make_shared_note(by=cast.fellow, space=cast.peers, title="Of the space", text="what the space holds")
    Record.objects.filter(pk=note.pk).update(kind="object")
    return note


def test_who_opened_something_of_the_space_and_left_has_it_no_more(cast, opened_then_left):
    note = opened_then_left
    address = note.get_absolute_url()
    assert ask(signed_in(cast.fellow), "GET", address).status_code == 200
    partnership_actions.leave_space(space=cast.peers, by=cast.fellow)
    for name, found in {"fellow": 404, "practitioner": 200, "manager": 404}.items():
        assert ask(signed_in(cast[name]), "GET", address).status_code == found, name
    client = signed_in(cast.fellow)
    for method in ("GET", "POST"):
        for verb in ("", "edit/", "share/", "undo-share/", "withdraw/", "delete/"):
            hidden = plain(ask(client, method, f"{address}{verb}"))
            nothing = plain(ask(client, method, f"/reflections/AAAAAAAAAAAA/{verb}"))
            assert hidden == nothing, (method, verb)
    for page in ("/", "/notebook/", "/notebook/?shared=on", "/search/?q=holds"):
        answer = ask(client, "GET", page)
        assert b"what the space holds" not in answer.content and b"Of the space" not in answer.content, page


def test_what_was_answered_after_its_author_left_is_not_theirs_to_read(cast):
    """They still read what they wrote, and what was said below it while they were there, they wrote themselves."""
    later = make.make_response(to=cast.former_note, by=cast.practitioner, text="said after they had left")
    for name in sorted(IN_PEERS):
        page = ask(signed_in(cast[name]), "GET", cast.former_note.get_absolute_url())
        assert b"said after they had left" in page.content, name
    client = signed_in(cast.former)
    own = ask(client, "GET", cast.former_note.get_absolute_url())
    assert own.status_code == 200 and b"former words" in own.content
    assert b"said after they had left" not in own.content
    address = reverse("records:response-detail", args=[later.public_id])
    nothing = reverse("records:response-detail", args=["AAAAAAAAAAAA"])
    for method in ("GET", "POST"):
        for verb in ("", "edit/", "withdraw/"):
            assert plain(ask(client, method, f"{address}{verb}")) == plain(ask(client, method, f"{nothing}{verb}"))
    assert b"said after" not in ask(client, "GET", "/search/?q=said").content
