"""Opening voice notes by what they are, and writing them anew.

Which reader of FFmpeg opens a file follows from its first bytes, never from its name or from a guess: many of the
others follow addresses to further files. The sound itself is copied packet by packet where browsers play it, and
encoded anew where they do not; whatever else was in the file (titles, places, pictures, chapters) stays behind.
Browsers record without noting how long it lasts; the new file says so, and can be moved about in.
"""

import io
from fractions import Fraction
from itertools import chain
from typing import Any, BinaryIO

import av
from av.audio.resampler import AudioResampler
from av.error import FFmpegError
from av.stream import Disposition

from . import unreadable
from .clean import Clean
from .limits import LARGEST_FILE, LONGEST_SECONDS
from .unreadable import Unreadable

# By codec, where every browser of the last years plays it: FFmpeg's name of the file to copy it into, and its type.
COPIED = {
    "opus": ("webm", "audio/webm"),
    "vorbis": ("webm", "audio/webm"),
    "aac": ("ipod", "audio/mp4"),
    "mp3float": ("mp3", "audio/mpeg"),
}
# What recorders of telephones and computers write beside those; encoded anew.
ENCODED = {"alac", "flac", "amrnb", "amrwb", "pcm_s16le", "pcm_u8", "pcm_s24le", "pcm_s32le", "pcm_f32le"}
ENCODED |= {"pcm_s16be", "pcm_alaw", "pcm_mulaw"}
ENCODED_AS = ("ipod", "audio/mp4")
RATE, BITS_PER_SECOND = 48_000, 64_000
# The same sound gives the same bytes: no program's name in them, and no random number.
OPTIONS = {"fflags": "+bitexact"}


def clean_sound(file: BinaryIO) -> Clean:
    """Write a voice note anew: one stream of sound that begins at nothing, says how long it lasts, and no more.

    Raises Unreadable.
    """
    reader = _reader_of(file.read(64))
    file.seek(0)
    try:
        with av.open(file, "r", format=reader, io_open=_open_nothing_else) as source:
            return _copied_or_encoded(source)
    except (FFmpegError, OSError, ValueError, OverflowError, ZeroDivisionError):
        raise Unreadable(unreadable.BROKEN)


def _reader_of(start: bytes) -> str:
    """Return FFmpeg's reader for what begins like this."""
    if start.startswith(b"\x1aE\xdf\xa3"):
        return "matroska"
    if start.startswith(b"OggS"):
        return "ogg"
    if start[4:8] == b"ftyp":
        return "mov"
    if start.startswith(b"RIFF") and start[8:12] == b"WAVE":
        return "wav"
    if start.startswith(b"ID3") or (len(start) > 2 and start[0] == 0xFF and start[1] & 0xE6 == 0xE2):
        return "mp3"
    raise Unreadable(unreadable.NOT_A_SOUND)


def _open_nothing_else(url: str, flags: int, options: dict) -> BinaryIO:
    """Refuse to open what a file names beside itself."""
    raise OSError("A voice note is one file.")


def _copied_or_encoded(source: Any) -> Clean:
    if [stream for stream in source.streams.video if not stream.disposition & Disposition.attached_pic]:
        raise Unreadable(unreadable.MOVING)
    if len(source.streams.audio) != 1:
        raise Unreadable(unreadable.SILENT if not source.streams.audio else unreadable.BROKEN)
    codec = source.streams.audio[0].codec_context.name
    if codec in COPIED:
        name, media_type = COPIED[codec]
        content, seconds = _copied(source, name)
    elif codec in ENCODED:
        name, media_type = ENCODED_AS
        content, seconds = _encoded(source, name)
    else:
        raise Unreadable(unreadable.NOT_A_SOUND)
    if len(content) > LARGEST_FILE:
        raise Unreadable(unreadable.TOO_LARGE)
    return Clean(content, media_type, seconds=max(1, int(seconds)))


def _copied(source: Any, name: str) -> tuple[bytes, float]:
    """Copy the packets into a new file, and measure them: what a file says of its own length is not to be relied on."""
    stream = source.streams.audio[0]
    packets: list[Any] = []
    measured, sounds = Fraction(0), False
    for packet in source.demux(stream):
        if packet.size == 0 or packet.pts is None:
            continue
        try:
            # Whatever does not turn into sound is none: a page behind the end of an MP3, say.
            sounds = bool(packet.decode()) or sounds
        except FFmpegError:
            continue
        packets.append(packet)
        measured += (packet.duration or 0) * packet.time_base
        _require_not_too_long(max(measured, (packet.pts - packets[0].pts) * packet.time_base))
    if not sounds:
        raise Unreadable(unreadable.SILENT)
    out = io.BytesIO()
    with av.open(out, "w", format=name, options=OPTIONS) as target:
        copy = target.add_stream_from_template(stream)
        copy.metadata.clear()
        begin = max(packets[0].pts, 0)
        for packet in packets:
            packet.pts -= begin
            packet.dts = packet.pts
            packet.stream = copy
            target.mux_one(packet)
    return out.getvalue(), float(measured)


def _encoded(source: Any, name: str) -> tuple[bytes, float]:
    """Decode the sound, and encode it as AAC, which every browser plays."""
    stream = source.streams.audio[0]
    layout = "mono" if stream.codec_context.channels == 1 else "stereo"
    resampler = AudioResampler(format="fltp", layout=layout, rate=RATE)
    samples = 0
    out = io.BytesIO()
    with av.open(out, "w", format=name, options=OPTIONS) as target:
        encoder: Any = target.add_stream("aac", rate=RATE, layout=layout, bit_rate=BITS_PER_SECOND)
        for frame in chain(source.decode(stream), [None]):
            for part in resampler.resample(frame):
                samples += part.samples
                _require_not_too_long(Fraction(samples, RATE))
                target.mux(encoder.encode(part))
        if not samples:
            raise Unreadable(unreadable.SILENT)
        target.mux(encoder.encode(None))
    return out.getvalue(), samples / RATE


def _require_not_too_long(seconds: Fraction) -> None:
    if seconds > LONGEST_SECONDS:
        raise Unreadable(unreadable.TOO_LONG)
