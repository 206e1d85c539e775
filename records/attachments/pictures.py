"""Opening pictures by what they are, and writing them anew.

What is stored is never what was sent: the pixels are decoded and encoded again, so that neither where a picture was
taken (EXIF, XMP, IPTC), nor a comment, nor anything behind its end (a page, an archive, a script) is left. A file that
is a picture to one program and a page to another is only a picture afterwards (research/security, W6).
"""

import io
import warnings
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from . import unreadable
from .clean import Clean
from .limits import LARGEST_FILE
from .unreadable import Unreadable

FORMATS = ("JPEG", "PNG", "WEBP")
# Larger than the cameras of most phones take; decoded, a quarter of a gigabyte.
MOST_PIXELS = 64_000_000
LONGEST_SIDE = 4096
# Twice the width of the page's column, for fine screens.
SMALL_SIDE = 1280
QUALITY = {"JPEG": 87, "WEBP": 85}


def clean_picture(file: BinaryIO) -> Clean:
    """Decode a picture and write it anew: upright, 4096 pixels at the most, and without metadata.

    Raises Unreadable. Only the first frame is kept of one that moves.
    """
    image = _open(file)
    kind = "JPEG" if image.format == "MPO" else str(image.format)
    image = _upright(image, LONGEST_SIDE)
    content = _written(image, kind)
    if len(content) > LARGEST_FILE:
        # A photograph that was saved as a PNG: without loss it would be larger than it came.
        kind = "JPEG"
        content = _written(image, kind)
    return Clean(content, f"image/{kind.lower()}", width=image.width, height=image.height)


def small_picture(file: BinaryIO) -> Clean:
    """Make the small one that pages show, as a JPEG; what is transparent becomes white."""
    image = _upright(_open(file), SMALL_SIDE)
    return Clean(_written(image, "JPEG"), "image/jpeg", width=image.width, height=image.height)


def _open(file: BinaryIO) -> Image.Image:
    """Open it as one of the kinds that are taken, whatever it is called, and look at its size before its pixels."""
    try:
        with warnings.catch_warnings():
            # Pillow warns of a bomb before it refuses one.
            warnings.simplefilter("ignore")
            Image.open(file, formats=FORMATS).verify()
            file.seek(0)
            image = Image.open(file, formats=FORMATS)
    except UnidentifiedImageError:
        raise Unreadable(unreadable.NOT_A_PICTURE)
    except Image.DecompressionBombError:
        raise Unreadable(unreadable.TOO_MANY_PIXELS)
    except Exception:  # Pillow's readers raise whatever they come across
        raise Unreadable(unreadable.BROKEN)
    if image.width * image.height > MOST_PIXELS:
        raise Unreadable(unreadable.TOO_MANY_PIXELS)
    return image


def _upright(image: Image.Image, longest: int) -> Image.Image:
    """Decode the pixels and turn them the way the camera was held, so that the note about it is needed no more."""
    try:
        # A JPEG can be decoded at a half or a quarter of its size, which saves time and memory.
        image.draft(None, (longest, longest))
        image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        upright = ImageOps.exif_transpose(image)
        mode = "RGBA" if upright.has_transparency_data else "RGB"
        return upright.convert(mode)
    except Exception:
        raise Unreadable(unreadable.BROKEN)


def _written(image: Image.Image, kind: str) -> bytes:
    """Encode the pixels, and nothing else."""
    if kind == "JPEG" and image.mode != "RGB":
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    # A new picture of the same pixels: what Pillow has read beside them stays behind.
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    out = io.BytesIO()
    options = {"quality": QUALITY[kind]} if kind in QUALITY else {"optimize": False}
    bare.save(out, kind, **options)
    return out.getvalue()
