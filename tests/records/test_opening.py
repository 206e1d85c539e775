"""A file is what it is, and not what it says; what is kept is written anew (research/security, W6): each made here."""

import io
import json
import subprocess
import sys
import zlib
from contextlib import contextmanager

import av
import pytest
from django.conf import settings
from PIL import Image

from records.attachments import limits, opening, pictures, unreadable
from records.attachments.opening import open_apart, open_here
from records.attachments.pictures import clean_picture
from records.attachments.reasons import WORDS
from records.attachments.sound import clean_sound
from records.attachments.unreadable import Unreadable

from .made import CANARY, PAGE, SVG, bomb, film, picture, png, recording, taken_by_a_telephone


@contextmanager
def refused(reason):
    with pytest.raises(Unreadable) as said:
        yield
    assert str(said.value) == reason


# Pictures ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_where_and_with_what_a_picture_was_taken_is_left_out(kind):
    sent = taken_by_a_telephone(kind)
    assert CANARY in sent and Image.open(io.BytesIO(sent)).getexif().get_ifd(0x8825), "it was there"
    clean = clean_picture(io.BytesIO(sent))
    kept = Image.open(io.BytesIO(clean.content))
    assert CANARY not in clean.content and b"Exif" not in clean.content and b"ICC" not in clean.content
    assert not kept.getexif()
    assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "loop", "background", "timestamp"}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_stands_upright_without_its_note_about_that(kind):
    clean = clean_picture(io.BytesIO(taken_by_a_telephone(kind, turned=True)))
    assert (clean.width, clean.height) == (20, 40)
    kept = Image.open(io.BytesIO(clean.content)).convert("RGB")
    red, _green, blue = kept.getpixel((10, 5))
    assert red > 200 and blue < 50, "what was on the left is on top"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("payload", [PAGE, b"%PDF-1.4 " + CANARY, b"PK\x03\x04" + CANARY + b"PK\x05\x06" + bytes(18)])
def test_what_comes_behind_the_end_of_a_picture_is_not_kept(kind, payload):
    """A polyglot: a picture to one program, and a page, a document or an archive to another."""
    clean = clean_picture(io.BytesIO(picture(kind) + payload))
    assert CANARY not in clean.content and b"<script" not in clean.content and b"PK\x03\x04" not in clean.content


def test_a_page_that_begins_like_a_picture_is_none():
    for start in (b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x24\x00\x00\x00WEBPVP8 "):
        with pytest.raises(Unreadable):
            clean_picture(io.BytesIO(start + PAGE))


def test_script_within_the_pixels_comes_out_as_pixels():
    """In a PNG without compression the bytes of its pixels can be a page; written anew they are not."""
    line = PAGE.ljust(90, b" ")
    sent = png(len(line) // 3, 1, zlib.compress(b"\0" + line, level=0))
    assert PAGE in sent
    assert PAGE not in clean_picture(io.BytesIO(sent)).content


OTHER_KINDS = {
    "svg": SVG,
    "html": PAGE,
    "gif": b"GIF89a" + bytes(20),
    "pdf": b"%PDF-1.7",
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "heic": b"\x00\x00\x00\x18ftypheic" + bytes(40),
    "text": b"just words",
}


@pytest.mark.parametrize("name", OTHER_KINDS)
def test_other_kinds_are_no_pictures_whatever_they_are_called(name):
    with refused(unreadable.NOT_A_PICTURE):
        clean_picture(io.BytesIO(OTHER_KINDS[name]))


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "PPM", "ICO"])
def test_kinds_that_pillow_reads_and_we_do_not(kind):
    with refused(unreadable.NOT_A_PICTURE):
        clean_picture(io.BytesIO(picture(kind)))


@pytest.mark.parametrize("side", [9_000, 60_000])
def test_a_bomb_of_pixels_is_refused_before_it_goes_off(side):
    assert len(bomb(side)) < 400
    with refused(unreadable.TOO_MANY_PIXELS):
        clean_picture(io.BytesIO(bomb(side)))


def test_a_picture_that_breaks_off_is_said_to_be_damaged():
    for kind in ("JPEG", "PNG", "WEBP"):
        whole = picture(kind, size=(400, 300))
        with pytest.raises(Unreadable):
            clean_picture(io.BytesIO(whole[: len(whole) // 2]))


def test_large_ones_are_made_4096_pixels_and_small_ones_are_left(monkeypatch):
    monkeypatch.setattr(pictures, "LONGEST_SIDE", 100)
    assert (clean_picture(io.BytesIO(picture(size=(300, 150)))).width, limits.LARGEST_FILE) == (100, 20 * 1024 * 1024)
    assert clean_picture(io.BytesIO(picture(size=(30, 20)))).width == 30


def test_a_photograph_saved_without_loss_becomes_no_larger_than_it_may_be(monkeypatch):
    monkeypatch.setattr(pictures, "LARGEST_FILE", 20_000)
    out = io.BytesIO()
    Image.effect_noise((150, 150), 80).convert("RGB").save(out, "PNG")
    clean = clean_picture(out)
    assert clean.media_type == "image/jpeg" and len(clean.content) < 20_000


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK", "YCbCr"])
def test_every_sort_of_pixels_is_taken(mode):
    kind = {"CMYK": "JPEG", "YCbCr": "JPEG"}.get(mode, "PNG")
    out = io.BytesIO()
    Image.new(mode, (20, 10)).save(out, kind)
    assert clean_picture(out).width == 20
    assert pictures.small_picture(io.BytesIO(clean_picture(out).content)).media_type == "image/jpeg"


# Sounds -----------------------------------------------------------------------------------------------------------

RECORDINGS = {
    ("webm", "libopus"): "audio/webm",
    ("ogg", "libopus"): "audio/webm",
    ("ipod", "aac"): "audio/mp4",
    ("mp4", "alac"): "audio/mp4",
    ("mp3", "libmp3lame"): "audio/mpeg",
    ("wav", "pcm_s16le"): "audio/mp4",
    ("wav", "pcm_mulaw"): "audio/mp4",
    ("matroska", "flac"): "audio/mp4",
}


@pytest.mark.parametrize(("form", "codec"), RECORDINGS)
def test_what_recorders_write_becomes_one_stream_that_browsers_play(form, codec):
    sent = recording(form, codec, seconds=1.2, title=CANARY.decode())
    clean = clean_sound(io.BytesIO(sent))
    assert clean.media_type == RECORDINGS[form, codec]
    assert CANARY not in clean.content
    with av.open(io.BytesIO(clean.content)) as kept:
        assert [stream.type for stream in kept.streams] == ["audio"]
        assert not {"title", "artist", "comment", "creation_time", "location"} & set(kept.metadata)
        assert abs(kept.duration / av.time_base - 1.2) < 0.1
        assert sum(frame.samples for frame in kept.decode(audio=0)) > 40_000


def test_what_a_browser_records_gets_a_length_and_can_be_moved_about_in():
    sent = recording(seconds=3, live=True)
    assert av.open(io.BytesIO(sent)).duration is None
    clean = clean_sound(io.BytesIO(sent))
    assert clean.seconds == 3
    with av.open(io.BytesIO(clean.content)) as kept:
        assert abs(kept.duration / av.time_base - 3) < 0.1
        kept.seek(2 * av.time_base)
        assert next(kept.demux(audio=0)).pts > 1_000


def test_the_same_sound_gives_the_same_bytes():
    """No program's name, no moment, no random number: a note that is not named must not tell two apart."""
    sent = recording()
    assert clean_sound(io.BytesIO(sent)) == clean_sound(io.BytesIO(sent))


def test_more_than_ten_minutes_are_refused_by_measure_and_not_by_what_it_says(monkeypatch):
    monkeypatch.setattr("records.attachments.sound.LONGEST_SECONDS", 2)
    for form, codec in (("webm", "libopus"), ("wav", "pcm_s16le")):
        clean_sound(io.BytesIO(recording(form, codec, seconds=1.5)))
        with refused(unreadable.TOO_LONG):
            clean_sound(io.BytesIO(recording(form, codec, seconds=3)))


NO_SOUNDS = {
    "a page": PAGE,
    "a playlist that names other files": b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
    "a list for FFmpeg": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "a picture": picture(),
    "a MIDI file": b"MThd" + bytes(20),
}


@pytest.mark.parametrize("name", NO_SOUNDS)
def test_other_kinds_are_no_sounds(name):
    with refused(unreadable.NOT_A_SOUND):
        clean_sound(io.BytesIO(NO_SOUNDS[name]))


@pytest.mark.parametrize(
    "start", [b"\x1aE\xdf\xa3", b"OggS\x00\x02", b"\0\0\0\x18ftypM4A ", b"RIFF\0\0\0\0WAVE", b"ID3\4\0"]
)
def test_what_begins_like_a_sound_and_is_none(start):
    with pytest.raises(Unreadable):
        clean_sound(io.BytesIO(start + PAGE * 20))


def test_a_film_is_no_voice_note():
    with refused(unreadable.MOVING):
        clean_sound(io.BytesIO(film()))


def test_a_page_hidden_before_and_behind_a_recording_is_not_kept():
    sent = recording("mp3", "libmp3lame")
    assert CANARY not in clean_sound(io.BytesIO(sent + PAGE)).content
    tagged = b"ID3\x04\x00\x00" + bytes([0, 0, len(PAGE) >> 7, len(PAGE) & 127]) + PAGE + sent
    assert CANARY not in clean_sound(io.BytesIO(tagged)).content


# The process that opens them --------------------------------------------------------------------------------------


def test_a_file_is_opened_in_a_process_of_its_own_without_secrets(monkeypatch):
    seen = {}
    really_run = subprocess.run

    def run(command, **options):
        seen.update(options)
        return really_run(command, **options)

    monkeypatch.setattr(opening.subprocess, "run", run)
    assert open_apart(io.BytesIO(picture()), opening.PHOTO) == open_here(io.BytesIO(picture()), opening.PHOTO)
    assert open_apart(io.BytesIO(recording()), opening.VOICE).media_type == "audio/webm"
    with refused(unreadable.NOT_A_PICTURE):
        open_apart(io.BytesIO(PAGE), opening.PHOTO)
    assert seen["env"] == {} and seen["timeout"] == opening.SECONDS and seen["cwd"] == settings.BASE_DIR


def test_that_process_may_take_little_memory_and_write_no_file(tmp_path):
    look = (
        "from records.attachments import opening; opening._limit();"
        "import resource, json;"
        "print(json.dumps([resource.getrlimit(getattr(resource, name))[0]"
        " for name in ('RLIMIT_AS', 'RLIMIT_CPU', 'RLIMIT_FSIZE', 'RLIMIT_CORE')]))"
    )
    ran = subprocess.run([sys.executable, "-c", look], cwd=settings.BASE_DIR, env={}, capture_output=True, check=True)
    assert json.loads(ran.stdout) == [opening.MEMORY, opening.SECONDS, 0, 0]


def test_a_file_that_kills_the_process_is_said_to_be_damaged(monkeypatch):
    killed = subprocess.CompletedProcess([], returncode=-11, stdout=b"")
    monkeypatch.setattr(opening.subprocess, "run", lambda *_args, **_options: killed)
    with refused(unreadable.BROKEN):
        open_apart(io.BytesIO(picture()), opening.PHOTO)

    def too_long(*_args, **_options):
        raise subprocess.TimeoutExpired("open", 1)

    monkeypatch.setattr(opening.subprocess, "run", too_long)
    with refused(unreadable.TOO_MUCH_WORK):
        open_apart(io.BytesIO(picture()), opening.PHOTO)


def test_there_are_words_for_every_reason():
    reasons = {value for name, value in vars(unreadable).items() if name.isupper()}
    assert set(WORDS) == reasons
