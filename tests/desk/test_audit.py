"""Audit: one event per change, holding who and what and never a word; none is ever changed."""

import pytest

from desk.audit import record_event
from desk.models import AuditEvent
from records import actions
from tests import factories as make


def test_each_change_of_a_note_leaves_one_event(cast):
    first = AuditEvent.objects.latest("pk").pk
    note = make.make_note(by=cast.practitioner, text="Secret words.", title="Secret title", tags=["secret"])
    actions.edit(
        note, by=cast.practitioner, version=1, changes={"text": "More secret."}, key="edit", form="reflection-edit"
    )
    note = make.share(note=note, space=cast.peers)
    make.make_response(to=note, by=cast.fellow, text="Secret response.")
    actions.withdraw(note, by=cast.practitioner)
    events = AuditEvent.objects.filter(pk__gt=first)
    assert [event.action for event in events] == [
        "reflection.write",
        "reflection.edit",
        "reflection.share",
        "response.write",
        "reflection.withdraw",
    ]
    assert "ecret" not in str(list(events.values()))


def test_an_event_is_never_changed(cast):
    event = record_event(by=cast.practitioner, action="test.do", kind="test", public_id="x")
    event.action = "test.undo"
    with pytest.raises(ValueError, match="never changed"):
        event.save()
