"""Pictures and recordings for tests, made as they are asked for: tiny, and with in them whatever the test wants."""

import io
import math
import struct
import zlib
from array import array
from fractions import Fraction

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from PIL import Image
from PIL.PngImagePlugin import PngInfo

# Looked for in what is stored: none of it may be left.
CANARY = b"canary-of-somebody"
PAGE = b"<html><script>alert('" + CANARY + b"')</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
RATE = 48_000


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (40, 30), colour: str = "teal", **options) -> bytes:
    """Draw a picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **options)
    return out.getvalue()


def taken_by_a_telephone(kind: str = "JPEG", *, turned: bool = False) -> bytes:
    """Draw a picture, wide and red on its left half, that says where it was taken and by what.

    `turned`: the telephone was held upright, so the picture lies on its side and says so.
    """
    image = Image.new("RGB", (40, 20), "blue")
    image.paste("red", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x010F] = CANARY.decode()
    exif[0x0112] = 6 if turned else 1
    where = exif.get_ifd(0x8825)
    where[1], where[2], where[3], where[4] = "N", (51.0, 30.0, 26.0), "W", (0.0, 7.0, 39.0)
    options = {"exif": exif}
    if kind == "JPEG":
        options |= {"comment": CANARY, "icc_profile": CANARY}
    if kind == "PNG":
        words = PngInfo()
        words.add_text("Comment", CANARY.decode())
        options |= {"pnginfo": words}
    if kind == "WEBP":
        options |= {"xmp": b"<x:xmpmeta>" + CANARY + b"</x:xmpmeta>"}
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def png(width: int, height: int, pixels: bytes) -> bytes:
    """Write a PNG by hand, of pixels that are compressed already, or not at all."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    about = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", about) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def bomb(side: int) -> bytes:
    """Say in a few hundred bytes that there are so many pixels."""
    return png(side, side, zlib.compress(bytes(100_000)))


def recording(
    form: str = "webm", codec: str = "libopus", *, seconds: float = 1.0, title: str = "", live: bool = False
) -> bytes:
    """Record a tone. `live`: as browsers record, who cannot go back to write how long it became."""
    out = _Live() if live else io.BytesIO()
    with av.open(out, "w", format=form) as container:
        if title:
            container.metadata["title"] = title
        stream = container.add_stream(codec, rate=RATE, layout="mono")
        _hum(container, stream, seconds)
    return out.getvalue()


def film() -> bytes:
    """Make a film with sound."""
    out = io.BytesIO()
    with av.open(out, "w", format="matroska") as container:
        pictures = container.add_stream("mjpeg", rate=10)
        pictures.width, pictures.height, pictures.pix_fmt = 16, 16, "yuvj420p"
        sound = container.add_stream("libopus", rate=RATE, layout="mono")
        frame = av.VideoFrame(16, 16, "yuvj420p")
        frame.pts = 0
        container.mux(pictures.encode(frame))
        container.mux(pictures.encode(None))
        _hum(container, sound, 0.5)
    return out.getvalue()


def _hum(container, stream, seconds: float) -> None:
    codec = stream.codec_context
    resampler = AudioResampler(format=codec.format.name, layout="mono", rate=RATE, frame_size=codec.frame_size or 1024)
    wave = array("h", (int(8000 * math.sin(math.tau * 440 * at / RATE)) for at in range(RATE // 10)))
    for tenth in range(max(1, round(seconds * 10))):
        frame = AudioFrame(format="s16", layout="mono", samples=len(wave))
        frame.planes[0].update(wave.tobytes())
        frame.sample_rate, frame.pts, frame.time_base = RATE, tenth * len(wave), Fraction(1, RATE)
        for part in resampler.resample(frame):
            container.mux(stream.encode(part))
    for part in resampler.resample(None):
        container.mux(stream.encode(part))
    container.mux(stream.encode(None))


class _Live:
    """What a browser writes to as it records: it goes forwards only."""

    def __init__(self):
        self.parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self.parts.append(bytes(part))
        return len(part)

    def getvalue(self) -> bytes:
        return b"".join(self.parts)
