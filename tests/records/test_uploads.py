"""What people send, whatever it is called and however large: refused in words, or kept clean (security, W6)."""

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.files.uploadhandler import SkipFile
from django.test.client import ClientHandler
from django.urls import reverse

from records.attachments import handler, limits
from records.attachments.handler import CountedUpload
from records.attachments.opening import open_here
from records.models import Attachment, Record
from tests import factories as make

from .made import PAGE, SVG, bomb, picture
from .sending import NEW, by_script, note_with, stored


@pytest.fixture
def browser(db, client_for, files_folder):
    return client_for(make.make_person())


# Through the door -------------------------------------------------------------------------------------------------

HOSTILE = {
    "html called .jpg": PAGE,
    "svg": SVG,
    "nothing": b"",
    "half a picture": picture("PNG", size=(400, 300))[:200],
    "a bomb": bomb(60_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_sentence_and_leaves_nothing(browser, files_folder, name):
    response = by_script(browser, HOSTILE[name])
    assert response.status_code == 422
    assert response.headers["Content-Type"].startswith("text/plain")
    assert response.content.decode().strip().endswith(".")
    assert not Attachment.objects.exists() and stored(files_folder) == []


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "..\\..\\boot.ini",
        "photo\0.jpg",
        "n" * 300 + ".jpg",
        "\u202egpj.exe",
        "<script>alert(1)</script>.jpg",
        "{{ settings.SECRET_KEY }}.jpg",
        'a"; filename="b.html',
        "CON",
        ".htaccess",
    ],
)
def test_the_name_of_a_file_is_neither_used_nor_shown(browser, files_folder, name, monkeypatch):
    monkeypatch.setattr("records.attachments.keeping.open_apart", open_here)
    boundary = "limit"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="'
    body = b"".join(
        [
            f'{head}key"\r\n\r\nk\r\n{head}kind"\r\n\r\nphoto\r\n'.encode(),
            f'{head}file"; filename="{name}"\r\nContent-Type: text/html\r\n\r\n'.encode(),
            picture(),
            f"\r\n--{boundary}--\r\n".encode(),
        ]
    )
    response = browser.post(
        reverse("records:attachment-new"), body, content_type=f"multipart/form-data; boundary={boundary}"
    )
    assert response.status_code == 200
    row = Attachment.objects.get()
    [path] = stored(files_folder)
    assert str(path.relative_to(files_folder)) == row.name
    assert len(row.name) == 33 and set(row.name) <= set("0123456789abcdef/")
    served = browser.get(reverse("records:attachment-file", args=[row.public_id]))
    assert served.headers["Content-Disposition"] == 'attachment; filename="photo.jpg"'
    page = response.content.decode()
    assert not [word for word in ("alert", "passwd", "boot.ini", "nnn", "\u202e", "htaccess") if word in page]


def test_only_this_user_of_the_machine_reads_the_folder(browser, files_folder):
    by_script(browser, picture())
    [path] = stored(files_folder)
    assert oct(path.stat().st_mode)[-3:] == "600"
    assert oct(path.parent.stat().st_mode)[-3:] == "700"
    static = Path(settings.STATIC_ROOT)
    assert static not in path.parents and not Path(settings.STORAGES["default"]["OPTIONS"]["location"]).is_relative_to(
        static
    )


def test_a_file_over_20_mb_is_let_go_by_while_it_arrives_and_the_words_stay(browser, files_folder, monkeypatch):
    monkeypatch.setattr("records.attachments.handler.LARGEST_FILE", 200_000)
    response = note_with(browser, key="k", photos=[bytes(300_000)], text="My words", title="A title")
    page = response.content.decode()
    assert response.status_code == 422
    assert "This file is larger than 20 MB" in page and "My words" in page and 'value="A title"' in page
    assert (
        by_script(browser, bytes(300_000)).content.decode() == "This file is larger than 20 MB. Choose a smaller one."
    )
    assert not Attachment.objects.exists() and not Record.objects.exists()


@pytest.fixture
def upload(rf):
    """Take a file in as it arrives, from somebody signed in."""
    request = rf.post("/")
    request.user = SimpleNamespace(is_authenticated=True)
    upload = CountedUpload(request)
    upload.new_file("photos", "x", "image/jpeg", None)
    yield upload
    upload.file.close()


def test_of_a_file_that_is_too_large_no_more_is_written_than_may_be(upload):
    with pytest.raises(SkipFile):
        for number in range(1000):
            upload.receive_data_chunk(bytes(64 * 1024), number * 64 * 1024)
    assert upload.file.tell() <= limits.LARGEST_FILE
    assert upload.request.files_refused == ["photos"]


def test_what_waits_to_be_opened_has_no_name_in_any_folder(upload):
    """So nobody finds it, and a process that is killed leaves nothing behind."""
    upload.receive_data_chunk(bytes(handler.IN_MEMORY + 1), 0)
    assert os.fstat(upload.file.fileno()).st_nlink == 0


def test_files_of_somebody_signed_out_are_not_taken_in(client, files_folder, monkeypatch):
    written = []
    monkeypatch.setattr("records.attachments.handler.CountedUpload.receive_data_chunk", lambda *_: written.append(1))
    note_with(client, key="k", photos=[picture()])
    by_script(client, picture())
    assert written == []


class Unread:
    """The body of a request that must not be read."""

    def read(self, *_size):
        raise AssertionError("It was read.")

    readline = read


@pytest.mark.parametrize("address", [NEW, reverse("records:attachment-new"), "/account/login/"])
def test_ten_gigabytes_are_refused_before_a_byte_is_read(browser, address):
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())
    response = ClientHandler(enforce_csrf_checks=False)(
        {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": address,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "wsgi.url_scheme": "http",
            "wsgi.input": Unread(),
            "wsgi.errors": sys.stderr,
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
            "CONTENT_LENGTH": str(10 * 1024**3),
            "HTTP_COOKIE": cookies,
        }
    )
    page = response.content.decode()
    assert response.status_code == 413
    assert "no-store" in response["Cache-Control"] and "default-src" in response["Content-Security-Policy"]
    assert "105.0\xa0MB" in page and "is kept as a draft" in page


def test_all_that_may_be_sent_at_once_fits():
    most = (limits.MOST_PHOTOS + limits.MOST_VOICE_NOTES) * limits.LARGEST_FILE
    assert most + settings.DATA_UPLOAD_MAX_MEMORY_SIZE == settings.LARGEST_REQUEST


@pytest.mark.parametrize(
    "body",
    [{}, {"key": "k"}, {"key": "k", "kind": "photo"}, {"key": "\0", "kind": "photo"}, {"key": "k", "kind": "film"}],
)
def test_anything_else_that_is_sent_gets_a_sentence(browser, body):
    response = browser.post(reverse("records:attachment-new"), body)
    assert (response.status_code, response.content) == (422, b"No file arrived. Choose it again.")
