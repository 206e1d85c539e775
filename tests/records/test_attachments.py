"""Photos and voice notes hang on a record from the form that saves it, follow it, and end with it (5-promises, 5.1)."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from desk.models import Draft
from records import actions
from records.actions.attachments import attach_files, let_go_of_draft
from records.attachments.said import Files
from records.models import Attachment, Record
from records.parts import Parts
from tests import factories as make
from tests.scenery.attachments import file_on, waiting_file

from .made import picture, recording
from .sending import NEW, by_script, file_of, note_with, stored

RED, GREEN = picture(colour="red"), picture(colour="green")
# Files are opened in this process, which is quicker; test_uploads.py opens them as it is really done.
pytestmark = pytest.mark.usefixtures("opened_here")


@pytest.fixture
def me(db):
    return make.make_person()


@pytest.fixture
def browser(me, client_for, files_folder):
    return client_for(me)


# With the form ---------------------------------------------------------------------------------------------------


def test_files_come_onto_the_record_with_the_form_that_saves_it(browser, files_folder):
    response = note_with(browser, key="k", photos=[RED, GREEN], voice=recording())
    assert response.status_code == 302
    note = Record.objects.get()
    assert [row.kind for row in note.attachments.all()] == ["photo", "photo", "voice"]
    assert (note.photo_count, note.has_voice_note) == (2, True)
    assert not Attachment.objects.exclude(draft_key="").exists()
    page = browser.get(response.url).content.decode()
    for row in note.attachments.all():
        assert row.public_id in page
    assert page.count("<img") == 2 and page.count("<audio") == 1
    assert len(stored(files_folder)) == 3


def test_a_form_with_something_else_wrong_does_not_lose_its_files(browser):
    response = note_with(browser, key="k", photos=[RED], text="")
    assert response.status_code == 422
    [row] = Attachment.objects.all()
    assert f'value="{row.public_id}"' in response.content.decode()
    response = note_with(browser, key="k", shown_file=row.public_id, **{f"description_{row.public_id}": "A red wall"})
    assert response.status_code == 302
    [on_note] = Record.objects.get().attachments.all()
    assert (on_note.pk, on_note.description) == (row.pk, "A red wall")


def test_a_file_that_cannot_be_taken_is_said_beside_the_box_and_nothing_typed_is_lost(browser):
    response = note_with(browser, key="k", photos=[b"<html>", GREEN], text="My words", title="A title")
    page = response.content.decode()
    assert response.status_code == 422
    assert 'id="id_photos_error"' in page and "This is no picture that can be shown here." in page
    assert "My words" in page and 'value="A title"' in page
    assert Attachment.objects.count() == 1, "the one beside it is kept"
    assert not Record.objects.exists()


def test_the_same_form_sent_twice_is_one_note_with_its_files_once(browser):
    first = note_with(browser, key="k", photos=[RED])
    second = note_with(browser, key="k", photos=[RED])
    assert (first.status_code, second.status_code, first.url) == (302, 302, second.url)
    assert Record.objects.get().attachments.count() == 1


def test_going_back_to_add_a_photo_loses_neither_note_nor_photo(browser):
    note_with(browser, key="k")
    response = note_with(browser, key="k", photos=[RED])
    assert response.status_code == 422 and "You saved this before" in response.content.decode()
    key = response.context["form"].key
    assert key != "k"
    assert note_with(browser, key=key).status_code == 302
    assert sorted(Record.objects.values_list("photo_count", flat=True)) == [0, 1]


def test_somebody_elses_form_brings_nothing_into_my_account(browser, me):
    other = make.make_person()
    response = note_with(browser, key="k", photos=[RED], draft_writer=other.public_id)
    assert response.status_code == 422
    assert not Attachment.objects.exists()
    response = by_script(browser, RED, writer=other.public_id)
    assert response.status_code == 403
    assert not Attachment.objects.exists()


def test_a_file_of_another_person_cannot_be_taken_by_naming_it(browser, me):
    theirs = waiting_file(by=make.make_person(), key="theirs")
    note_with(browser, key="theirs", shown_file=theirs.public_id, take_off=theirs.public_id)
    theirs.refresh_from_db()
    assert (theirs.record, theirs.draft_key) == (None, "theirs")


def test_changing_a_note_adds_describes_and_takes_off(browser, me):
    note_with(browser, key="k", photos=[RED, GREEN])
    note = Record.objects.get()
    red, green = note.attachments.all()
    response = browser.post(
        reverse("reflections:reflection-edit", args=[note.public_id]),
        {
            "text": note.text,
            "person_level": "1",
            "version": note.version,
            "draft_key": "k2",
            "take_off": red.public_id,
            f"description_{green.public_id}": "Green",
            "voice": file_of(recording()),
        },
    )
    assert response.status_code == 302, response.content.decode()
    note.refresh_from_db()
    assert [(row.kind, row.description) for row in note.attachments.all()] == [("photo", "Green"), ("voice", "")]
    assert (note.photo_count, note.has_voice_note) == (1, True)
    # Gone at once for everybody, and from the store as soon as the task has run.
    red.refresh_from_db()
    assert (red.record, red.draft_key) == (None, "")
    assert browser.get(reverse("records:attachment-file", args=[red.public_id])).status_code == 404


def test_a_form_that_says_nothing_of_files_leaves_them(me):
    note = make.make_note(by=me)
    row = file_on(note, by=me)
    words = {"text": "Other words"}
    actions.edit(note, by=me, version=note.version, changes=words, key="k", form="reflection-edit", parts=Parts())
    row.refresh_from_db()
    assert row.record_id == note.pk


# How many ---------------------------------------------------------------------------------------------------------


def test_a_fifth_photo_and_a_second_voice_note_are_refused(browser):
    for colour in ("red", "green", "blue", "white"):
        assert by_script(browser, picture(colour=colour)).status_code == 200
    fifth = by_script(browser, picture(colour="black"))
    assert (fifth.status_code, "4 photos already" in fifth.content.decode()) == (422, True)
    assert by_script(browser, recording(), kind="voice").status_code == 200
    assert by_script(browser, recording(seconds=2), kind="voice").status_code == 422
    assert Attachment.objects.count() == 5
    # Another form has room of its own.
    assert by_script(browser, picture(colour="black"), key="another").status_code == 200


def test_one_that_is_to_be_taken_off_makes_room(browser):
    for colour in ("red", "green", "blue", "white"):
        by_script(browser, picture(colour=colour))
    gone = Attachment.objects.first().public_id
    assert by_script(browser, picture(colour="black"), take_off=gone).status_code == 200
    # It was unmarked after all: five are too many for the note.
    response = note_with(browser, key="a-key")
    assert response.status_code == 422 and "4 photos already" in response.content.decode()
    assert note_with(browser, key="a-key", take_off=gone).status_code == 302
    assert Record.objects.get().photo_count == 4


def test_the_record_refuses_more_than_it_may_hold_whatever_the_forms_let_through(me, files_folder):
    note = make.make_note(by=me)
    for number in range(4):
        file_on_key = waiting_file(by=me, key="k", what=str(number))
    attach_files(note, files=Files(me, "k"), by=me)
    waiting_file(by=me, key="k2", what="fifth")
    with pytest.raises(ValidationError):
        attach_files(note, files=Files(me, "k2"), by=me)
    assert file_on_key.kind == "photo"


def test_nobody_fills_the_store_with_forms_that_are_never_saved(browser, me, monkeypatch):
    monkeypatch.setattr("records.attachments.keeping.MOST_WAITING", 2)
    assert [by_script(browser, RED, key=f"form-{number}").status_code for number in range(3)] == [200, 200, 422]


def test_the_same_file_sent_again_is_the_one_that_is_there(browser, files_folder):
    """The answer to the first was lost on the way, say, and somebody pressed Try again."""
    first, second = by_script(browser, RED), by_script(browser, RED)
    assert first.content == second.content
    assert Attachment.objects.count() == len(stored(files_folder)) == 1


# What people see --------------------------------------------------------------------------------------------------


def test_a_photo_without_a_description_can_be_saved_and_is_asked_for_before_sharing(browser, me):
    note_with(browser, key="k", photos=[RED])
    note = Record.objects.get()
    partnership = make.make_partnership(by=me)
    space = make.everyone_of(partnership=partnership)
    share = f"{reverse('reflections:reflection-share', args=[note.public_id])}?space={space.public_id}"
    assert "Say what can be seen" in browser.get(share).content.decode()
    Attachment.objects.update(description="A red wall")
    page = browser.get(share).content.decode()
    assert "Say what can be seen" not in page
    assert "A red wall" in page, "the preview shows what readers will get"


def test_descriptions_are_found_by_search(browser, me):
    response = note_with(browser, key="k", photos=[RED], text="")
    row = Attachment.objects.get()
    note_with(browser, key="k", **{f"description_{row.public_id}": "A wheelbarrow beside the door"})
    assert response.status_code == 422
    page = browser.get(reverse("records:search") + "?q=wheelbarrow").content.decode()
    assert Record.objects.get().get_absolute_url() in page


def test_a_draft_with_nothing_but_a_photo_is_found_again(browser, me):
    Draft.keep(author=me, key="only-a-photo", form="reflection", about="", data={"text": [""]})
    waiting_file(by=me, key="only-a-photo")
    page = browser.get(reverse("home:home")).content.decode()
    assert "A photo, and no words yet" in page
    again = browser.get(f"{NEW}?draft=only-a-photo").content.decode()
    assert Attachment.objects.get().public_id in again


def test_saving_a_draft_without_javascript_keeps_its_files(browser, me):
    data = {"text": "So far", "draft_form": "reflection", "draft_key": "k", "photos": [file_of(RED)]}
    response = browser.post(reverse("desk:draft-keep", args=["k"]), data, follow=True)
    assert response.status_code == 200
    assert Attachment.objects.get().public_id in response.content.decode()


def test_a_draft_that_is_thrown_away_takes_no_file_of_another_along(me, files_folder):
    """Two tabs had gone on with one draft, and both show the photo."""
    photo = waiting_file(by=me, key="k1")
    for key in ("k1", "k2"):
        data = {"text": ["Words."], "shown_file": [photo.public_id]}
        Draft.keep(author=me, key=key, form="reflection", about="", data=data)
    let_go_of_draft(key="k1", by=me)
    photo.refresh_from_db()
    assert photo.draft_key == "k2"
    Draft.objects.get(key="k1").delete()
    let_go_of_draft(key="k2", by=me)
    photo.refresh_from_db()
    assert photo.draft_key == ""
