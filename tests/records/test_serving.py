"""A file is read by who reads the words of its record, at every request anew; whole or in parts (security, C9)."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from partnerships import actions as partnership_actions
from records import actions
from records.attachments import stores
from records.attachments.limits import CALLED
from records.models import Attachment
from tests import factories as make
from tests.scenery.attachments import VOICE, file_on

SIZE = len(VOICE.content)
LEAKS = ("practitioner", "fellow", "Last-Modified", "Server", "X-Amz")


def address(row, which="file"):
    return reverse(f"records:attachment-{which}", args=[row.public_id])


@pytest.fixture
def voice(cast):
    return cast.more["voice_on_peers_note"]


@pytest.fixture
def reader(cast, client_for):
    return client_for(cast.consultant)


# Who gets it ------------------------------------------------------------------------------------------------------
# The matrix has a row for each sort of reader (tests/access/rows_attachments.py); here is what changes that.


def test_it_follows_its_record_at_the_next_request(cast, client_for):
    """Shared, undone, shared again, folded, taken back: nothing about a file is remembered."""
    me, reader = client_for(cast.practitioner), client_for(cast.academic)
    note = make.make_note(by=cast.practitioner)
    photo = file_on(note, by=cast.practitioner, description="A wall")
    addresses = [address(photo, which) for which in ("file", "small", "large")]

    def got():
        assert {me.get(url).status_code for url in addresses} == {200}
        [status] = {reader.get(url).status_code for url in addresses}
        return status == 200

    assert not got()
    note = make.share(note=note, space=cast.peers)
    assert got()
    actions.undo_share(note, by=cast.practitioner)
    assert not got()
    note.refresh_from_db()
    note = make.share(note=note, space=cast.peers)
    assert got()
    make.fold(record=note, by=cast.fellow)
    assert not got()


def test_who_leaves_the_space_reads_it_no_more(cast, client_for):
    browser = client_for(cast.academic)
    photo = cast.more["photo_on_peers_note"]
    assert browser.get(address(photo)).status_code == 200
    partnership_actions.leave_space(space=cast.peers, by=cast.academic)
    assert browser.get(address(photo)).status_code == 404


def test_let_go_it_is_nobodys(cast, client_for):
    photo = cast.more["photo_on_private_note"]
    Attachment.objects.filter(pk=photo.pk).let_go()
    assert client_for(cast.practitioner).get(address(photo)).status_code == 404


def test_one_that_never_arrived_whole_is_not_given_out(cast, client_for):
    waiting = cast.more["waiting_photo"]
    Attachment.objects.filter(pk=waiting.pk).update(kept_at=None)
    assert client_for(cast.practitioner).get(address(waiting)).status_code == 404


def test_no_address_leads_to_the_folder(cast, client_for):
    """The name in the store is in no page, and is no address."""
    photo = cast.more["photo_on_peers_note"]
    browser = client_for(cast.practitioner)
    page = browser.get(cast.peers_note.get_absolute_url()).content.decode()
    assert photo.public_id in page and photo.name not in page and photo.name.replace("/", "") not in page
    for start in ("/", "/files/", "/static/", "/media/", "/var/files/", "/static/../files/"):
        assert browser.get(f"{start}{photo.name}").status_code == 404


# What goes along --------------------------------------------------------------------------------------------------


def test_nothing_tells_who_sent_it_or_when(cast, reader):
    """Of a record that is not named readers learn the day, and nobody's name (3-access, 3.1)."""
    photo = cast.more["photo_on_not_named_note"]
    for which in ("file", "small"):
        response = reader.get(address(photo, which))
        said = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
        assert response.status_code == 200
        assert not [word for word in LEAKS if word.lower() in said.lower()]
        assert str(photo.created_at.year) not in said.replace(response.headers["Expires"], "")
    page = reader.get(address(photo, "large")).content.decode()
    assert "Fellow Q" not in page and "<time" not in page


def test_it_is_for_this_page_only_and_runs_nothing(cast, reader, voice):
    for response in (reader.get(address(voice)), reader.head(address(voice)), part(reader, voice, "bytes=0-9")):
        headers = response.headers
        assert headers["Content-Type"] == "audio/webm"
        assert headers["Content-Disposition"] == 'attachment; filename="voice-note.weba"'
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert {"private", "no-store"} <= set(headers["Cache-Control"].split(", "))
        assert headers["Accept-Ranges"] == "bytes" and headers["ETag"].startswith('"')


def test_every_kind_that_can_be_stored_has_a_name_to_be_kept_under():
    assert all(name.partition(".")[2] and name.isascii() for name in CALLED.values())


def test_pages_may_record_and_play_their_own_and_no_more(cast, reader):
    response = reader.get(cast.peers_note.get_absolute_url())
    assert "microphone=(self)" in response.headers["Permissions-Policy"]
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert "media-src 'self'" in response.headers["Content-Security-Policy"]


# Parts ------------------------------------------------------------------------------------------------------------


def part(browser, row, asked, **headers):
    return browser.get(address(row), headers={"Range": asked, **headers})


@example(first=SIZE, last=None)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.one_of(st.none(), st.integers(0, SIZE + 50)),
    last=st.one_of(st.none(), st.integers(0, SIZE + 50)),
)
def test_a_part_is_the_slice_that_was_asked_for(reader, voice, first, last):
    """The rules of RFC 9110, 14.1.2, against Python's slices."""
    response = part(reader, voice, f"bytes={'' if first is None else first}-{'' if last is None else last}")
    content = VOICE.content
    if (first is None and last is None) or (first is not None and last is not None and last < first):
        # Not understood, so as if it had not been asked.
        assert (response.status_code, response.content) == (200, content)
        return
    if first is None:
        expected = content[max(SIZE - last, 0) :]
        start = SIZE - len(expected)
    else:
        expected = content[first : None if last is None else last + 1]
        start = first
    if not expected:
        assert response.status_code == 416
        assert response.headers["Content-Range"] == f"bytes */{SIZE}"
        return
    assert (response.status_code, response.content) == (206, expected)
    assert response.headers["Content-Range"] == f"bytes {start}-{start + len(expected) - 1}/{SIZE}"
    assert response.headers["Content-Length"] == str(len(expected))


@pytest.mark.parametrize(
    "asked",
    ["bytes=a-b", "bytes=-", "bytes=0-1,4-5", "lines=0-1", "", f"bytes={'9' * 40}-", "bytes=٣-٤", "bytes 0-1"],
)
def test_what_is_not_understood_gets_the_whole(reader, voice, asked):
    response = part(reader, voice, asked)
    assert (response.status_code, len(response.content)) == (200, SIZE)


def test_a_part_of_another_version_is_not_mixed_in(reader, voice):
    tag = reader.get(address(voice)).headers["ETag"]
    assert part(reader, voice, "bytes=0-4", **{"If-Range": tag}).status_code == 206
    assert part(reader, voice, "bytes=0-4", **{"If-Range": '"another"'}).status_code == 200
    assert part(reader, voice, "bytes=0-4", **{"If-Range": "Sat, 01 Jan 2026 00:00:00 GMT"}).status_code == 200


def test_asked_for_its_head_nothing_is_read(reader, voice, monkeypatch):
    def read(*_args):
        raise AssertionError("It was read.")

    monkeypatch.setattr(stores.Folder, "read_part", read)
    response = reader.head(address(voice))
    assert (response.status_code, response.headers["Content-Length"], response.content) == (200, str(SIZE), b"")


# When the store fails ---------------------------------------------------------------------------------------------


def test_a_store_that_does_not_answer_is_said_and_breaks_no_page(cast, reader, voice, monkeypatch):
    def read(*_args):
        raise OSError("It does not answer.")

    monkeypatch.setattr(stores.Folder, "read_part", read)
    response = reader.get(address(voice))
    assert response.status_code == 503 and "cannot be read just now" in response.content.decode()
    assert reader.get(cast.peers_note.get_absolute_url()).status_code == 200


def test_a_file_that_the_store_has_lost_is_as_one_that_never_was(reader, voice):
    stores.store().delete(voice.name)
    assert reader.get(address(voice)).status_code == 404


# Where it is shown ------------------------------------------------------------------------------------------------


def test_a_row_of_a_stream_says_what_hangs_on_it(cast, client_for):
    stream = reverse("records:stream", args=[cast.partnership.slug])
    page = client_for(cast.consultant).get(stream, {"tag": "peers-tag"}).content.decode()
    assert "1 photo, voice note" in page


def test_what_was_taken_back_says_nothing_of_its_files(cast, client_for):
    page = client_for(cast.manager).get(cast.withdrawn_note.get_absolute_url()).content.decode()
    assert "<img" not in page
    assert cast.more["photo_on_withdrawn_note"].public_id not in page
