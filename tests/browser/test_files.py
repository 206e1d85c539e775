"""A photo and a voice note: sent with a form, or recorded in it; on the page, played, and moved about in."""

import re
import time
from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from records.attachments.keeping import keep_file
from records.models import Attachment, Record
from tests.records.made import picture, recording

from . import steps
from .conftest import ARGUMENTS, CHROMIUM

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# A microphone that hums by itself, and is allowed without a question.
MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
WORDS = "What the wall looked like when we came back."
SEEN = "Three lines of red pen on a wall."
LENGTH = """(sound) => new Promise((done) => {
  const say = () => done(sound.duration);
  sound.readyState ? say() : (sound.onloadedmetadata = say);
})"""
GONE_TO = """(sound, place) => new Promise((done) => {
  sound.onseeked = () => done(sound.currentTime);
  sound.currentTime = place;
})"""
IS_LOADED = "(image) => image.decode().then(() => image.naturalWidth)"


def a_file(content: bytes, name: str = "IMG 0001.jpg") -> dict[str, Any]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def opens_the_place(page: Page) -> None:
    page.goto(reverse("reflections:reflection-new"))
    steps.box(page).fill(WORDS)
    page.get_by_text("Add a photo or a voice note", exact=True).click()


def shown(page: Page) -> Any:
    return page.locator("div[data-file]")


@pytest.fixture
def with_microphone(chromium, visit, monkeypatch) -> Iterator[Any]:
    """Visit with a browser that has a microphone."""
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *MICROPHONE])
    monkeypatch.setattr(chromium, "new_context", browser.new_context)
    yield visit
    for page in visit.pages:
        page.close()
    browser.close()


def test_a_photo_and_a_recorded_voice_note(with_microphone, gathered_anew, net):
    """Chosen and recorded, described, taken off, sent again, saved, seen and played."""
    cast = gathered_anew
    page = with_microphone(cast.practitioner)
    # A file that is none is answered with a sentence, and 422.
    opens_the_place(page)
    page.get_by_label("Photos").set_input_files([a_file(picture(size=(900, 600), colour="red")), a_file(b"<html>")])
    expect(shown(page)).to_have_count(1)
    expect(page.locator("#files .error", has_text="This is no picture that can be shown here.")).to_be_visible()

    # The form does not go while something in it could not be sent.
    steps.submit_note(page)
    expect(page.locator("#status")).to_have_text(re.compile("Not saved yet: a file could not be sent"))
    page.get_by_role("button", name="Take it off").click()

    page.get_by_label("What can be seen").fill(SEEN)
    image = page.locator("[data-file] img")
    assert image.evaluate(IS_LOADED) == 900

    page.get_by_role("button", name="Record a voice note").click()
    expect(page.get_by_text(re.compile(r"0:0[1-9] / 10:00"))).to_be_visible()
    page.get_by_role("button", name="Stop and add").click()
    expect(shown(page)).to_have_count(2)
    page.get_by_role("button", name="Take this voice note off").click()
    expect(shown(page)).to_have_count(1)

    # Pressed while it records: it stops, is sent, and only then the note is saved.
    page.get_by_role("button", name="Record a voice note").click()
    expect(page.get_by_text(re.compile(r"0:0[1-9] / 10:00"))).to_be_visible()
    steps.submit_note(page)
    expect(page.get_by_text("Saved. Only you can read it.")).to_be_visible()

    expect(page.get_by_role("figure")).to_have_count(2)
    expect(page.get_by_text(SEEN)).to_be_visible()
    plays_and_moves_about(page)
    page.get_by_role("link", name="Photo, described here. See it large").click()
    expect(page.get_by_role("heading", name="A photo", level=1)).to_be_attached()
    assert page.locator("main img").evaluate(IS_LOADED) == 900
    page.get_by_role("link", name="Back to where it belongs").click()
    expect(page.get_by_role("figure")).to_have_count(2)
    note = Record.objects.get(text=WORDS)
    assert (note.photo_count, note.has_voice_note) == (1, True)


def test_what_is_taken_off_while_it_is_looked_at_is_not_attached(visit, gathered_anew, monkeypatch):
    """All of it has arrived, and the server is still opening it: breaking off the request would come too late."""
    person = gathered_anew.practitioner

    looking = Event()

    def keep_slowly(*args, **kwargs):
        looking.set()
        time.sleep(1.5)
        return keep_file(*args, **kwargs)

    monkeypatch.setattr("records.views.attachments.keep_file", keep_slowly)
    before = Attachment.objects.waiting(person).count()
    page = visit(person)
    opens_the_place(page)
    page.get_by_label("Photos").set_input_files(a_file(picture(colour="green")))
    assert looking.wait(10)
    page.wait_for_timeout(200)
    with page.expect_response(re.compile("/delete/$")) as taken_off:
        page.get_by_role("button", name="Take it off").click()
    assert taken_off.value.status == 200
    expect(shown(page)).to_have_count(0)
    assert Attachment.objects.waiting(person).count() == before


def plays_and_moves_about(page: Page) -> None:
    """The recording has a length, though browsers write none; and a place in it can be gone to, by a range request."""
    sound = page.locator("audio")
    assert 0.5 < sound.evaluate(LENGTH) < 60
    assert sound.evaluate(GONE_TO, 0.5) == 0.5


def test_without_javascript_files_go_along_with_the_form(visit, gathered_anew):
    """And none is lost because something else in the form is wrong."""
    page = visit(gathered_anew.practitioner, width=390, javascript=False)
    page.goto(reverse("reflections:reflection-new"))
    page.get_by_text("Add a photo or a voice note", exact=True).click()
    expect(page.get_by_role("button", name="Record a voice note")).to_be_hidden()
    page.get_by_label("Photos").set_input_files([a_file(picture(colour="red")), a_file(picture(colour="blue"))])
    page.get_by_label("Voice note").set_input_files(a_file(recording(seconds=1.5), "note"))
    steps.submit_note(page)
    expect(page.get_by_role("alert").get_by_text("Write a few words first.")).to_be_visible()
    expect(shown(page)).to_have_count(3)
    page.get_by_label("What can be seen").first.fill(SEEN)
    page.get_by_label("Take it off when I save.").nth(1).check()
    steps.box(page).fill(WORDS)
    steps.submit_note(page)
    expect(page.get_by_text("Saved. Only you can read it.")).to_be_visible()
    expect(page.get_by_role("figure")).to_have_count(2)
    page.get_by_role("link", name="Edit", exact=True).click()
    expect(page.get_by_label("What can be seen")).to_have_value(SEEN)
    assert Attachment.objects.filter(record__text=WORDS).count() == 2
