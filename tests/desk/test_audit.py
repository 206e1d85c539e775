"""Who did what, and when; never what was written; one event for each change (5-promises, 5.5)."""

import json

import pytest
from django.core.exceptions import PermissionDenied

from desk.models import AuditEvent
from partnerships import actions as partnership_actions
from records import actions
from tests import factories as make


@pytest.fixture
def since(cast):
    """Give the actions of the events that were added since the test began."""
    last = AuditEvent.objects.order_by("-pk").first().pk
    return lambda: [row.action for row in AuditEvent.objects.filter(pk__gt=last)]


def test_each_action_adds_one_event(cast, since):
    me = cast.practitioner
    note = make.make_note(by=me)
    note = make.share(note=note, space=cast.peers)
    actions.edit(note, by=me, version=note.version, changes={"text": "t"}, key="e", form="reflection-edit")
    make.make_response(to=note, by=cast.fellow)
    actions.withdraw(note, by=me)
    other = make.make_shared_note(by=me, space=cast.peers)
    actions.undo_share(other, by=me)
    actions.delete(other, by=me)
    assert since() == [
        "reflection.write",
        "reflection.share",
        "reflection.edit",
        "response.write",
        "reflection.withdraw",
        "reflection.write",
        "reflection.share",
        "reflection.undo_share",
        "reflection.delete",
    ]


def test_a_repeated_post_adds_none(cast, since):
    make.make_note(by=cast.practitioner, key="k")
    make.make_note(by=cast.practitioner, key="k")
    assert since() == ["reflection.write"]


def test_a_refused_action_adds_none(cast, since):
    with pytest.raises(PermissionDenied):
        partnership_actions.close_space(space=cast.peers, by=cast.manager)
    assert since() == []


def test_no_event_holds_a_word_that_somebody_wrote(cast):
    told = json.dumps([[row.action, row.kind, row.public_id, row.facts] for row in AuditEvent.objects.all()])
    for words in ("private words", "peers words", "Private title", "own-tag", "response words", "Early peers", " Q"):
        assert words not in told


def test_an_event_is_never_changed(cast):
    event = AuditEvent.objects.first()
    event.action = "something.else"
    with pytest.raises(ValueError):
        event.save()


def test_the_one_who_acted_is_named_and_the_system_is_nobody(cast):
    assert AuditEvent.objects.get(action="reflection.write", public_id=cast.private_note.public_id).actor == (
        cast.practitioner
    )
    opened = AuditEvent.objects.filter(action="account.open").first()
    assert opened.actor is None
