"""Sharing: nothing is shared by slip, who reads is named, and it can be undone, or taken back (3-access, 3.1)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from desk.models import AuditEvent
from partnerships import actions as partnership_actions
from records import actions
from records.models import Attribution, Record
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


def test_the_page_names_every_reader_and_shares_nothing(writer, cast, note):
    page = writer.get(f"{address(note)}?space={cast.peers.public_id}").content.decode()
    for person in (cast.fellow, cast.consultant, cast.academic, *cast.peers_more):
        assert person.name in page
    assert cast.manager.name not in page
    assert "Share with 7 people" in page
    assert Reflection.objects.get(pk=note.pk).is_private


def test_the_page_says_who_holds_power(writer, cast, note):
    everyone = writer.get(f"{address(note)}?space={cast.everyone.public_id}").content.decode()
    assert "decides about the service’s money:</strong> Commissioner Q" in everyone
    assert "Two manage people in this list:</strong> Manager Q, Steward Q" in everyone
    line = writer.get(f"{address(note)}?space={cast.power_line.public_id}").content.decode()
    assert "The manager decides about the rota." in line
    assert "manage people in this list" not in line


def test_sharing_sets_what_readers_see(writer, cast, note):
    response = writer.post(address(note), shared(note, cast))
    now = Reflection.objects.get(pk=note.pk)
    assert response.url == note.get_absolute_url()
    assert (now.space, now.partnership, now.attribution, now.role) == (
        cast.peers,
        cast.partnership,
        "named",
        "practitioner",
    )
    assert now.shared_at
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.public_id, event.facts) == (
        "reflection.share",
        note.public_id,
        {"space": cast.peers.public_id},
    )


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


@pytest.mark.parametrize("space", ["sibling_everyone", "supervision_everyone"])
def test_a_space_one_is_not_in_is_refused(writer, cast, note, space):
    response = writer.post(address(note), shared(note, cast, space=cast[space]))
    assert response.status_code == 422
    assert Reflection.objects.get(pk=note.pk).is_private
    with pytest.raises(PermissionDenied):
        actions.share(note, space=cast[space], attribution="named", version=1, by=cast.practitioner)


def test_a_closed_space_takes_no_more(cast, note):
    partnership_actions.close_space(space=cast.peers, by=cast.practitioner)
    with pytest.raises(ValidationError):
        actions.share(note, space=cast.peers, attribution="named", version=1, by=cast.practitioner)


def test_only_its_author_shares(client_for, cast, note):
    assert client_for(cast.fellow).post(address(note), shared(note, cast)).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.share(note, space=cast.peers, attribution="named", version=1, by=cast.fellow)


def test_not_named_needs_five_others(writer, cast, note):
    small = make.make_space(partnership=cast.partnership, by=cast.practitioner, people=(cast.fellow, *cast.peers_more))
    page = writer.get(f"{address(note)}?space={small.public_id}").content.decode()
    assert 'value="not_named"' in page
    partnership_actions.leave_space(space=small, by=cast.peers_more[0])
    page = writer.get(f"{address(note)}?space={small.public_id}").content.decode()
    assert 'value="not_named"' not in page
    assert "Only 4 other people could have written it here" in page
    response = writer.post(address(note), shared(note, cast, "not_named", small))
    assert response.status_code == 422
    with pytest.raises(ValidationError) as refused:
        actions.share(note, space=small, attribution="not_named", version=1, by=cast.practitioner)
    assert refused.value.code == "floor"


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


def test_the_wider_field_is_signed(writer, cast, note):
    page = writer.get(f"{address(note)}?space={cast.wider.public_id}").content.decode()
    assert 'value="not_named"' not in page
    assert "Everyone who can sign in here" in page
    writer.post(address(note), shared(note, cast, space=cast.wider))
    assert Reflection.objects.get(pk=note.pk).partnership is None


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


def test_undo_leaves_no_trace(client_for, cast, note):
    note = make.share(note=note, space=cast.peers)
    make.make_response(to=note, by=cast.practitioner, text="My own afterthought.")
    reader = client_for(cast.fellow)
    stream = f"/partnerships/{cast.partnership.slug}/reflections/"
    assert "A title" in reader.get(stream).content.decode()
    assert client_for(cast.practitioner).post(address(note, "undo-share")).status_code == 302
    assert reader.get(note.get_absolute_url()).status_code == 404
    assert "A title" not in reader.get(stream).content.decode()
    now = Reflection.objects.get(pk=note.pk)
    assert (now.space, now.shared_at, now.attribution, now.role) == (None, None, "named", "")
    assert Record.objects.get(text="My own afterthought.").is_private


def test_undo_is_refused_once_somebody_has_responded(client_for, cast, note):
    note = make.share(note=note, space=cast.peers)
    writer = client_for(cast.practitioner)
    assert "Undo sharing" in writer.get(note.get_absolute_url()).content.decode()
    make.make_response(to=note, by=cast.fellow)
    page = writer.get(note.get_absolute_url()).content.decode()
    assert "Undo sharing" not in page
    assert "Take back" in page
    response = writer.post(address(note, "undo-share"))
    assert response.status_code == 409
    assert "You can take it back instead" in response.content.decode()
    assert not Reflection.objects.get(pk=note.pk).is_private


def test_undo_takes_back_ones_own_withdrawn_response_too(cast, note):
    note = make.share(note=note, space=cast.peers)
    own = make.make_response(to=note, by=cast.practitioner)
    actions.withdraw(own, by=cast.practitioner)
    actions.undo_share(Reflection.objects.get(pk=note.pk), by=cast.practitioner)
    assert set(Record.objects.filter(pk__in=[note.pk, own.pk]).values_list("space", "withdrawn_at")) == {(None, None)}


def test_taking_back_leaves_a_notice_and_the_responses(client_for, cast, note):
    note = make.share(note=note, space=cast.peers)
    make.make_response(to=note, by=cast.academic, text="What I said to it.")
    assert client_for(cast.practitioner).post(address(note, "withdraw")).status_code == 302
    notice = client_for(cast.fellow).get(note.get_absolute_url())
    page = notice.content.decode()
    assert notice.status_code == 200
    assert "This was taken back" in page
    assert "What I said to it." in page
    for word in ("Words to share.", "A title", cast.practitioner.name):
        assert word not in page
    assert client_for(cast.manager).get(note.get_absolute_url()).status_code == 404
    mine = client_for(cast.practitioner).get(note.get_absolute_url()).content.decode()
    assert "Words to share." in mine
    assert "You took this back." in mine


def test_only_private_notes_are_deleted(client_for, cast, note):
    writer = client_for(cast.practitioner)
    assert writer.get(address(note, "delete")).status_code == 200
    assert Reflection.objects.filter(pk=note.pk).exists()
    stale = Reflection.objects.get(pk=note.pk)
    make.share(note=note, space=cast.peers)
    assert writer.post(address(note, "delete")).status_code == 404
    with pytest.raises(ValidationError):
        actions.delete(stale, by=cast.practitioner)
    private = make.make_note(by=cast.practitioner, tags=["gone"])
    assert writer.post(address(private, "delete")).status_code == 302
    assert not Record.objects.filter(pk=private.pk).exists()


def test_attribution_is_chosen_from_what_is_offered(writer, cast, note):
    for attribution in ("", "anonymous", "\0"):
        response = writer.post(address(note), shared(note, cast, attribution))
        assert response.status_code == 422
    assert Reflection.objects.get(pk=note.pk).attribution == Attribution.NAMED
