"""A photo of the flip chart comes onto a session, is seen by its space, and is the group's from then on."""

from datetime import timedelta
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.my_data import exporting
from accounts.my_data.declaration import declared
from convening import actions
from convening.live.polling import digest_at
from convening.models import Session
from desk.models import Draft
from records.actions.erasing import erase_words
from records.attachments.said import Files
from records.attachments.tasks import delete_due_files
from records.models import Attachment
from records.search.index import SearchText
from tests import factories as make
from tests.records.made import CANARY, picture, taken_by_a_telephone
from tests.records.sending import file_of, stored
from tests.scenery.attachments import VOICE, file_on, waiting_file

from . import after_made as made

pytestmark = pytest.mark.usefixtures("opened_here", "files_folder")
LINE = "A sheet with three circles: hospital, street, home"


@pytest.fixture
def session(cast):
    """Give a session that began ten minutes ago, hosted by the practitioner in the peers' space."""
    return made.held(cast, ago=timedelta(minutes=10))


def page(session):
    return reverse("convening:photo-new", args=[session.public_id])


def live(session):
    return reverse("convening:session-live", args=[session.public_id])


def send(browser, session, *, photo=None, key="k", text=LINE, **more):
    files = {"photos": file_of(photo)} if photo else {}
    return browser.post(page(session), {"draft_key": key, "text": text, **more, **files})


def photo_on(session, *, by, what="", text=LINE):
    """Put a photo onto a session, as its form does."""
    row = waiting_file(by=by, key=f"sheet{what}", what=what)
    files = Files(by, f"sheet{what}", descriptions={row.public_id: text})
    actions.add_photo(session=session, files=files, by=by, key=f"sheet{what}")
    row.refresh_from_db()
    return row


def remove(session, photo):
    return reverse("convening:photo-remove", args=[session.public_id, photo.public_id])


def photos_of(session):
    return list(Attachment.objects.filter(record=session.pk))


# Adding one ------------------------------------------------------------------------------------------------------


def test_without_javascript_it_comes_onto_the_live_page_without_where_it_was_taken(cast, session, client_for):
    browser = client_for(cast.fellow)
    form = browser.get(page(session)).content.decode()
    assert 'enctype="multipart/form-data"' in form and 'accept="image/*"' in form and 'capture="environment"' in form
    assert form.count('type="file"') == 1
    answer = send(browser, session, photo=taken_by_a_telephone())
    assert (answer.status_code, answer.url) == (302, f"{live(session)}#photos")
    [photo] = photos_of(session)
    assert (photo.owner, photo.description, photo.draft_key) == (cast.fellow, LINE, "")
    for reader in (cast.practitioner, cast.consultant):
        body = client_for(reader).get(live(session)).content.decode()
        assert LINE in body and reverse("records:attachment-small", args=[photo.public_id]) in body
        file = client_for(reader).get(reverse("records:attachment-file", args=[photo.public_id]))
        assert file.status_code == 200 and CANARY not in file.content
    assert Session.objects.get(pk=session.pk).photo_count == 1


def test_nobody_outside_its_space_sees_it_or_adds_one(cast, session, client_for):
    photo = photo_on(session, by=cast.fellow)
    for person in (cast.manager, cast.outsider, cast.former, cast.site_admin):
        browser = client_for(person)
        for name in ("file", "small", "large"):
            assert browser.get(reverse(f"records:attachment-{name}", args=[photo.public_id])).status_code == 404
        assert browser.get(page(session)).status_code == 404
        assert send(browser, session, photo=picture()).status_code == 404
        assert browser.post(remove(session, photo)).status_code == 404
    with pytest.raises(PermissionDenied):
        photo_on(session, by=cast.manager)
    assert photos_of(session) == [photo]


def test_the_newest_stands_first_and_on_the_page_of_the_session_after_it(cast, client_for):
    over = made.held(cast)
    first, second = (photo_on(over, by=cast.fellow, what=what, text=f"Sheet {what}") for what in ("a", "b"))
    body = client_for(cast.consultant).get(over.get_absolute_url()).content.decode()
    assert body.index(second.public_id) < body.index(first.public_id)
    assert "Sheet a" in body and page(over) in body


@pytest.mark.parametrize(
    ("ago", "told"),
    [
        (timedelta(minutes=-20), "has not begun"),
        (timedelta(minutes=-10), ""),
        (timedelta(days=14), ""),
        (timedelta(days=14, hours=2), "until 14 days after"),
    ],
    ids=["early", "doors open", "two weeks after", "too late"],
)
def test_from_when_until_when(cast, client_for, ago, told):
    session = made.held(cast, ago=ago)
    browser = client_for(cast.fellow)
    assert (page(session) in browser.get(session.get_absolute_url()).content.decode()) == (not told)
    answer = send(browser, session, photo=picture())
    assert len(photos_of(session)) == (not told)
    if told:
        body = answer.content.decode()
        assert answer.status_code == 422 and told in body and LINE in body
        assert Draft.objects.get(key="k").data["text"] == [LINE]


def test_afterwards_one_looks_for_the_picture_that_was_taken(cast, client_for):
    """`capture` would open the camera, and the evening is over."""
    assert "capture" not in client_for(cast.fellow).get(page(made.held(cast))).content.decode()


def test_none_comes_onto_one_that_was_cancelled_or_in_a_closed_space(cast, session, client_for):
    actions.cancel_session(session=session, because="Fire.", by=cast.practitioner, key="off")
    answer = send(client_for(cast.fellow), session, photo=picture())
    assert answer.status_code == 422 and "cancelled" in answer.content.decode()
    assert not photos_of(session)


# What is wrong with one ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("photo", "told"),
    [
        (b"%PDF-1.7 nothing to see", "no picture that can be shown here"),
        (b"\xff\xd8\xff\xe0 broken", "damaged, or not what it says"),
        (None, "Choose a photo first."),
    ],
    ids=["no picture", "broken", "none"],
)
def test_one_that_is_refused_says_so_beside_its_box_and_keeps_the_words(cast, session, client_for, photo, told):
    answer = send(client_for(cast.fellow), session, photo=photo)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert told in body.partition('id="id_photos_error"')[2].partition("</div>")[0]
    assert f'value="{LINE}"' in body
    assert not photos_of(session)


def test_one_that_is_too_large_says_so_beside_its_box(cast, session, client_for):
    with mock.patch("records.attachments.handler.LARGEST_FILE", 500):
        answer = send(client_for(cast.fellow), session, photo=picture(size=(600, 600)))
    body = answer.content.decode()
    assert answer.status_code == 422
    said = body.partition('id="id_photos_error"')[2].partition("</div>")[0]
    assert "larger than 20 MB" in said and "Choose a photo first" not in said
    assert f'value="{LINE}"' in body


def test_without_its_line_the_photo_is_kept_and_need_not_be_taken_again(cast, session, client_for):
    browser = client_for(cast.fellow)
    answer = send(browser, session, photo=picture(), text="")
    body = answer.content.decode()
    [waiting] = Attachment.objects.waiting(cast.fellow).filter(draft_key="k")
    assert answer.status_code == 422 and "Say in a line what can be seen." in body
    assert f'name="shown_file" value="{waiting.public_id}"' in body
    assert not photos_of(session)
    # Nobody else sees it before.
    file = reverse("records:attachment-file", args=[waiting.public_id])
    assert client_for(cast.practitioner).get(file).status_code == 404
    assert send(browser, session, shown_file=waiting.public_id).status_code == 302
    assert photos_of(session) == [waiting]
    # And pressed twice.
    assert send(browser, session, shown_file=waiting.public_id).status_code == 302
    assert len(photos_of(session)) == 1


def test_the_one_chosen_last_counts(cast, session, client_for):
    browser = client_for(cast.fellow)
    for colour in ("red", "green", "red"):
        send(browser, session, photo=picture(colour=colour), text="")
    assert send(browser, session, photo=picture(colour="red")).status_code == 302
    [photo] = photos_of(session)
    red = client_for(cast.practitioner).get(reverse("records:attachment-file", args=[photo.public_id])).content
    first = send(browser, session, photo=picture(colour="red"), key="again")
    assert first.status_code == 422 and "there already" in first.content.decode()
    assert red and not Attachment.objects.waiting(cast.fellow).filter(draft_key="k").exists()


def test_sent_twice_it_is_there_once_and_other_words_are_asked_about(cast, session, client_for):
    browser = client_for(cast.fellow)
    for _press in range(2):
        assert send(browser, session, photo=picture()).status_code == 302
    assert len(photos_of(session)) == 1
    answer = send(browser, session, photo=picture(), text="Something else")
    assert answer.status_code == 422 and 'value="Something else"' in answer.content.decode()
    assert photos_of(session)[0].description == LINE


def test_a_line_is_one_line_of_three_hundred_characters(cast, session, client_for):
    for text in ("x" * 301, "two\nlines"):
        assert send(client_for(cast.fellow), session, photo=picture(), text=text).status_code == 422
    assert not photos_of(session)


def test_there_are_twenty_at_the_most_and_no_voice_notes(cast, session, client_for, monkeypatch):
    monkeypatch.setitem(actions.photographing.MOST, Attachment.Kind.PHOTO, 2)
    for what in ("a", "b"):
        photo_on(session, by=cast.fellow, what=what)
    with pytest.raises(ValidationError, match="There are 2 photos already"):
        photo_on(session, by=cast.academic, what="c")
    waiting_file(by=cast.fellow, key="voice", clean=VOICE)
    with pytest.raises(ValidationError, match="voice note"):
        actions.add_photo(session=session, files=Files(cast.fellow, "voice"), by=cast.fellow, key="voice")
    assert len(photos_of(session)) == 2


def test_a_draft_without_a_script_keeps_the_photo_too(cast, session, client_for):
    browser = client_for(cast.fellow)
    about = {"draft_form": "session-photo", "draft_about": session.public_id, "draft_writer": cast.fellow.public_id}
    keep = reverse("desk:draft-keep", args=["k"])
    browser.post(keep, {"draft_key": "k", "text": LINE, "photos": file_of(picture()), **about})
    back = browser.get(f"{page(session)}?draft=k").content.decode()
    [waiting] = Attachment.objects.waiting(cast.fellow).filter(draft_key="k")
    assert waiting.public_id in back and LINE in back
    browser.post(reverse("desk:draft-delete", args=["k"]))
    assert not Attachment.objects.filter(draft_key="k").exists()


# What becomes of it ----------------------------------------------------------------------------------------------


def test_all_who_are_present_see_it_with_their_next_question(cast, session):
    def digest():
        return digest_at(session.public_id)

    seen = [digest()]
    photo = photo_on(session, by=cast.fellow)
    seen.append(digest())
    actions.take_photo_off(session=session, photo=photo, by=cast.fellow)
    assert len({*seen, digest()}) == 3


def test_its_line_is_found_by_those_in_the_space(cast, session):
    photo = photo_on(session, by=cast.fellow)
    texts = SearchText.objects.filter(record=session.pk)
    assert any("circles" in str(vars(row)) for row in texts)
    actions.take_photo_off(session=session, photo=photo, by=cast.fellow)
    assert not any("circles" in str(vars(row)) for row in SearchText.objects.filter(record=session.pk))


def test_who_added_it_and_the_host_take_it_off_after_a_page_that_asks(cast, session, client_for, files_folder):
    for person in (cast.fellow, cast.practitioner):
        photo = photo_on(session, by=cast.fellow, what=person.public_id)
        browser = client_for(person)
        assert remove(session, photo) in browser.get(live(session)).content.decode()
        asked = browser.get(remove(session, photo)).content.decode()
        assert LINE in asked and photos_of(session)
        assert browser.post(remove(session, photo)).url == f"{live(session)}#photos"
        assert not photos_of(session) and browser.get(remove(session, photo)).status_code == 404
        assert Session.objects.get(pk=session.pk).photo_count == 0
        for name in ("file", "small"):
            file = reverse(f"records:attachment-{name}", args=[photo.public_id])
            assert client_for(cast.fellow).get(file).status_code == 404


def test_nobody_else_takes_it_off(cast, session, client_for):
    photo = photo_on(session, by=cast.fellow)
    browser = client_for(cast.academic)
    assert remove(session, photo) not in browser.get(live(session)).content.decode()
    for answer in (browser.get(remove(session, photo)), browser.post(remove(session, photo))):
        assert answer.status_code == 403
    with pytest.raises(PermissionDenied):
        actions.take_photo_off(session=session, photo=photo, by=cast.academic)
    # Nor by the address of another session, nor a photo of a note.
    other = made.held(cast, by=cast.fellow)
    assert client_for(cast.fellow).get(remove(other, photo)).status_code == 404
    assert photos_of(session) == [photo]


def test_with_a_folded_session_it_goes_out_of_sight(cast, session, client_for):
    photo = photo_on(session, by=cast.fellow)
    make.fold(record=session, by=cast.consultant)
    assert client_for(cast.academic).get(reverse("records:attachment-file", args=[photo.public_id])).status_code == 404
    assert LINE not in client_for(cast.academic).get(session.get_absolute_url()).content.decode()
    assert send(client_for(cast.academic), session, photo=picture()).status_code == 403


@pytest.mark.parametrize("all_shared", [True, False])
def test_it_is_the_groups_and_stays_when_who_added_it_is_erased(cast, session, all_shared):
    photo = photo_on(session, by=cast.fellow)
    erase_words(all_shared=all_shared, by=cast.fellow)
    photo.refresh_from_db()
    assert photo.record_id == session.pk and photo.description == LINE
    assert Session.objects.get(pk=session.pk).photo_count == 1


def test_it_is_in_nobodys_export(cast, session):
    """As the session: after leaving its space, an export would be a way to what one reads no more."""
    note = make.make_note(by=cast.fellow)
    own, photo = file_on(note, by=cast.fellow), photo_on(session, by=cast.fellow)
    files = {file.owner for file in exporting.files_of(cast.fellow)}
    rows = {row["public_id"] for row in exporting.rows_of(declared()["records.Attachment"], cast.fellow)}
    for found in (files, rows):
        assert own.public_id in found and photo.public_id not in found


def test_nothing_of_it_is_left_in_the_store_once_it_is_off(cast, session, client_for, files_folder):
    before = len(stored(files_folder))
    send(client_for(cast.fellow), session, photo=picture())
    [photo] = photos_of(session)
    assert len(stored(files_folder)) == before + 1
    actions.take_photo_off(session=session, photo=photo, by=cast.fellow)
    delete_due_files.func()
    assert len(stored(files_folder)) == before and not Attachment.objects.filter(pk=photo.pk).exists()
