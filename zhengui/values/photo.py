"""A photo as it is kept: told by its content, upright, shrunk, a JPEG without its hidden data, with its thumbnail.

Bytes from outside are decoded in a process of their own (`exchange.photo_reading`), never here.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

#: The longer side of a kept photo and of its thumbnail, in pixels.
PHOTO_SIDE = 1600
THUMBNAIL_SIDE = 160
#: The only formats that are opened, told by content. Others, such as EMF, EPS or DDS, would start further programs
#: or take any amount of memory.
FORMATS = ("JPEG", "PNG", "BMP", "GIF", "WEBP")
#: The most pixels that a photo may have; known from its first bytes, before it is decoded.
MOST_PIXELS = 100_000_000
_QUALITY = 85


class NoPhoto(Exception):
    """The bytes can't be kept as a photo; `huge` where it would be too large once decoded."""

    def __init__(self, huge: bool = False) -> None:
        super().__init__("too large" if huge else "no photo")
        self.huge = huge


@dataclass(frozen=True, slots=True)
class Photo:
    """JPEG bytes of the photo and its thumbnail; width and height in pixels."""

    content: bytes = field(repr=False)
    thumbnail: bytes = field(repr=False)
    width: int
    height: int


def decode(data: bytes) -> Photo:
    """The photo in these bytes; raises NoPhoto."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise NoPhoto(huge=True)
            # Made small before all else: a JPEG isn't even decoded at the size it has.
            if opened.mode != "P":
                opened.thumbnail((PHOTO_SIDE, PHOTO_SIDE))
            picture = _opaque(ImageOps.exif_transpose(opened))
    except NoPhoto:
        raise
    except (Image.DecompressionBombError, MemoryError):
        raise NoPhoto(huge=True) from None
    except Exception:  # noqa: BLE001 - a decoder may answer a hostile picture with anything
        raise NoPhoto from None
    picture.thumbnail((PHOTO_SIDE, PHOTO_SIDE))
    small = picture.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Photo(_jpeg(picture), _jpeg(small), picture.width, picture.height)


def _opaque(picture: Image.Image) -> Image.Image:
    """The picture without transparency, on white paper."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "P", "PA"):
        clear = picture.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(paper, clear).convert("RGB")
    return picture.convert("RGB")


def _jpeg(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return written.getvalue()
