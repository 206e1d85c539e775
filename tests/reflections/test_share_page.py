"""The page that shares: the power among its readers, how one is named, the preview, and what is refused there."""

import pytest
from django.core.exceptions import ValidationError

from partnerships import actions as partnership_actions
from records import actions
from records.models import Attribution
from reflections.models import Reflection
from tests import factories as make


@pytest.fixture
def note(cast):
    """A private note of the practitioner."""
    return make.make_note(by=cast.practitioner, text="Words to share.", title="A title")


@pytest.fixture
def writer(cast, client_for):
    """A browser of the practitioner."""
    return client_for(cast.practitioner)


def address(note, verb="share"):
    return f"/reflections/{note.public_id}/{verb}/"


def shared(note, cast, attribution="named", space=None):
    """What the last button of the share page sends."""
    return {"space": (space or cast.peers).public_id, "attribution": attribution, "version": note.version}


def test_the_page_says_who_holds_power(writer, cast, note):
    everyone = writer.get(f"{address(note)}?space={cast.everyone.public_id}").content.decode()
    assert "decides about the service’s money:</strong> Commissioner Q" in everyone
    assert "Two manage people in this list:</strong> Manager Q, Steward Q" in everyone
    line = writer.get(f"{address(note)}?space={cast.power_line.public_id}").content.decode()
    assert "The manager decides about the rota." in line
    assert "manage people in this list" not in line


def test_a_repeated_share_is_harmless(writer, cast, note):
    sent = shared(note, cast)
    writer.post(address(note), sent)
    first = Reflection.objects.get(pk=note.pk).shared_at
    assert writer.post(address(note), sent).url == note.get_absolute_url()
    assert Reflection.objects.get(pk=note.pk).shared_at == first


def test_a_note_changed_meanwhile_is_looked_at_once_more(writer, cast, note):
    actions.edit(
        note, by=cast.practitioner, version=1, changes={"text": "Other words."}, key="another", form="reflection-edit"
    )
    response = writer.post(address(note), shared(note, cast) | {"version": 1})
    assert response.status_code == 422
    assert "You changed this note elsewhere" in response.content.decode()
    assert Reflection.objects.get(pk=note.pk).is_private


def test_a_closed_space_takes_no_more(cast, note):
    partnership_actions.close_space(space=cast.peers, by=cast.practitioner)
    with pytest.raises(ValidationError):
        actions.share(note, space=cast.peers, attribution="named", version=1, by=cast.practitioner)


def test_role_only_needs_five_of_the_role(client_for, cast):
    mine = make.make_note(by=cast.academic)
    page = client_for(cast.academic).get(f"{address(mine)}?space={cast.everyone.public_id}").content.decode()
    assert 'value="role"' not in page
    assert "You are the only one here whose role is “Academic”" in page
    with pytest.raises(ValidationError):
        actions.share(mine, space=cast.everyone, attribution="role", version=1, by=cast.academic)
    theirs = make.make_note(by=cast.practitioner)
    actions.share(theirs, space=cast.everyone, attribution="role", version=1, by=cast.practitioner)
    page = client_for(cast.manager).get(theirs.get_absolute_url()).content.decode()
    assert cast.practitioner.name not in page
    assert "Practitioner" in page


def test_the_preview_shares_nothing(writer, cast, note):
    sent = shared(note, cast, "not_named") | {"preview": "1"}
    response = writer.post(address(note), sent)
    assert response.status_code == 200
    assert "Not named" in response.content.decode()
    part = writer.get(
        f"{address(note)}?space={cast.peers.public_id}&attribution=not_named",
        headers={"HX-Request": "true", "HX-Target": "div#preview"},
    ).content.decode()
    assert part.lstrip().startswith('<div class="preview" id="preview"')
    assert cast.practitioner.name not in part
    assert Reflection.objects.get(pk=note.pk).is_private


def test_attribution_is_chosen_from_what_is_offered(writer, cast, note):
    for attribution in ("", "anonymous", "\0"):
        response = writer.post(address(note), shared(note, cast, attribution))
        assert response.status_code == 422
    assert Reflection.objects.get(pk=note.pk).attribution == Attribution.NAMED
