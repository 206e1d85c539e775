"""The demo's photos and voice note: drawn and recorded as it is loaded, and sent as people send them."""

import io
import math
import random
from collections.abc import Callable
from fractions import Fraction

import av
from av.audio.frame import AudioFrame
from PIL import Image, ImageDraw

from accounts.models import User
from records.attachments.keeping import keep_file
from records.attachments.said import Files

from .story import Story, form_key
from .words import WordsError

PAPER, INK, WALL, WOOD, CARD, TAPE = "#F4F1E8", "#2B3A55", "#B9B3A6", "#8A6B45", "#B98F5E", "#6E4A26"
RATE, SECONDS = 24_000, 7


def files_of(story: Story, note: str, *, by: User) -> Files | None:
    """Keep what hangs on a note under the key of its form, and return what the form says of it."""
    rows = [row for row in story.words.files if row.note == note]
    if not rows:
        return None
    files = Files(by, form_key(note))
    descriptions = {}
    for row in rows:
        if row.made_as not in MADE:
            raise WordsError(f'Nobody knows how to make "{row.made_as}".')
        kept = keep_file(io.BytesIO(MADE[row.made_as]()), kind=row.kind, files=files)
        descriptions[kept.public_id] = row.description
    return Files(by, form_key(note), descriptions=descriptions)


def _bars() -> bytes:
    """Draw a morning in felt pen: one line for each thing, as long as it took."""
    image = Image.new("RGB", (1600, 1200), WALL)
    draw = ImageDraw.Draw(image)
    draw.polygon([(150, 90), (1460, 60), (1480, 1130), (130, 1150)], fill=PAPER)
    pen = random.Random(4)  # noqa: S311 - a hand that shakes the same each time
    for place, minutes in enumerate((35, 40, 25, 50, 22, 38)):
        y = 220 + place * 155
        points = [(260 + step * 22, y + pen.randint(-5, 5)) for step in range(minutes + 1)]
        draw.line(points, fill=INK, width=22, joint="curve")
        draw.line([(230, y - 45), (230, y + 45)], fill=INK, width=8)
    draw.line([(620, 780), (760, 900)], fill=INK, width=12)
    draw.line([(760, 780), (620, 900)], fill=INK, width=12)
    return _as_jpeg(image)


def _shoebox() -> bytes:
    """Draw a shoebox with tape round its lid, on a crate, in fog."""
    image = Image.new("RGB", (1600, 1200), "#C9CDCB")
    draw = ImageDraw.Draw(image)
    draw.rectangle([0, 900, 1600, 1200], fill="#A9AE9F")
    for slat in range(5):
        draw.rectangle([330, 640 + slat * 80, 1270, 690 + slat * 80], fill=WOOD)
    draw.rectangle([350, 600, 410, 1010], fill="#6F5434")
    draw.rectangle([1190, 600, 1250, 1010], fill="#6F5434")
    draw.rectangle([520, 400, 1080, 620], fill=CARD)
    draw.rectangle([500, 340, 1100, 430], fill="#C79F70")
    draw.rectangle([500, 372, 1100, 400], fill=TAPE)
    draw.rectangle([780, 340, 812, 620], fill=TAPE)
    return _as_jpeg(image)


def _doors() -> bytes:
    """Draw fourteen doors along a bent line in felt pen; where somebody walked along, the line is thick."""
    image = Image.new("RGB", (1600, 1100), PAPER)
    draw = ImageDraw.Draw(image)
    pen = random.Random(14)  # noqa: S311 - a hand that shakes the same each time
    turns = [math.tau * step / 14 for step in range(14)]
    places = [
        (800 + math.sin(turn) * (520 + pen.randint(-90, 90)), 540 - math.cos(turn) * (360 + pen.randint(-80, 70)))
        for turn in turns
    ]
    for step, (here, there) in enumerate(zip(places, [*places[1:], places[0]], strict=True)):
        draw.line([here, there], fill=INK, width=22 if step in (2, 7, 11) else 5)
    for x, y in places:
        draw.rectangle([x - 42, y - 58, x + 42, y + 58], fill=PAPER, outline=INK, width=9)
        draw.ellipse([x + 14, y - 6, x + 26, y + 6], fill=INK)
    return _as_jpeg(image)


def _rain() -> bytes:
    """Record rain on a roof: noise of which each moment leans on the one before."""
    drops, level = random.Random(6), 0.0  # noqa: S311 - the same rain each time
    out = io.BytesIO()
    with av.open(out, "w", format="webm") as container:
        stream = container.add_stream("libopus", rate=RATE, layout="mono", bit_rate=24_000)
        size = RATE // 50
        for number in range(SECONDS * 50):
            sound = bytearray()
            for _sample in range(size):
                level = 0.85 * level + drops.uniform(-1500, 1500)
                sound += int(level).to_bytes(2, "little", signed=True)
            frame = AudioFrame(format="s16", layout="mono", samples=size)
            frame.planes[0].update(bytes(sound))
            frame.sample_rate, frame.pts, frame.time_base = RATE, number * size, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


def _as_jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


MADE: dict[str, Callable[[], bytes]] = {"bars": _bars, "shoebox": _shoebox, "doors": _doors, "rain": _rain}
