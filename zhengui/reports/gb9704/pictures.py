"""Photos two a row with their captions, upright and no larger than a printer can show."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO

from PIL import Image as Photo
from PIL import ImageOps, UnidentifiedImageError

from zhengui.reports.document import Picture, Pictures
from zhengui.reports.gb9704.faces import Faces, clean
from zhengui.reports.gb9704.grid import ASCENT
from zhengui.reports.gb9704.items import DrawnShape, Element, FaceRole, Image, Item, Piece, Text
from zhengui.reports.gb9704.lines import break_text
from zhengui.reports.gb9704.spoken import belonging

GUTTER = 14.0
ASPECT = 0.75
CAPTION = 12.0
DOTS = 900
"""A photo is printed 76 mm wide; 900 dots are 300 an inch there."""
UNREADABLE = "照片打不开"
NAMELESS = "照片"


@lru_cache(maxsize=64)
def prepare(data: bytes) -> tuple[bytes, int, int] | None:
    """The photo upright and at printing size with its width and height, or None when it can't be read."""
    try:
        with Photo.open(BytesIO(data)) as opened:
            small = opened.width <= DOTS and opened.height <= DOTS
            photo = ImageOps.exif_transpose(opened)
            if (
                small
                and opened.format in ("JPEG", "PNG")
                and photo.size == opened.size
                and opened.mode in ("RGB", "L")
            ):
                return data, photo.width, photo.height
            photo = photo.convert("RGB")
            photo.thumbnail((DOTS, DOTS))
            buffer = BytesIO()
            photo.save(buffer, "JPEG", quality=85)
            return buffer.getvalue(), photo.width, photo.height
    except (UnidentifiedImageError, OSError, ValueError, Photo.DecompressionBombError):
        return None


def rows_of(
    block: Pictures, width: float, faces: Faces, of: Element | None = None
) -> Iterator[tuple[float, list[tuple[float, float, Item]]]]:
    """Each row's height and its items with their offsets from the row's top-left corner."""
    box = (width - GUTTER) / 2
    high = box * ASPECT
    for start in range(0, len(block.pictures), 2):
        pair = block.pictures[start : start + 2]
        left = (width - box) / 2 if len(block.pictures) == 1 else 0.0
        items: list[tuple[float, float, Item]] = []
        height = high
        for index, picture in enumerate(pair):
            x = left + index * (box + GUTTER)
            shown = of.add("Figure", clean(picture.caption) or NAMELESS) if of else None
            items += [(x, 0.0, item) for item in belonging(_photo(picture, box, high), shown)]
            captions = list(_caption(picture, box, faces))
            words = of.add("P") if of and captions else None
            for _, _, line in captions:
                line.of = words
            items += [(x + dx, high + 4 + dy, text) for dx, dy, text in captions]
            height = max(height, high + 8 + len(captions) * CAPTION * 1.4)
        yield height, items


def _photo(picture: Picture, box: float, high: float) -> Iterator[Item]:
    ready = prepare(picture.data)
    if ready is None:
        yield DrawnShape(((0, 0), (box, 0), (box, high), (0, high)), None, 0.5)
        yield Text((box - len(UNREADABLE) * CAPTION) / 2, high / 2, (Piece(UNREADABLE),), CAPTION, CAPTION)
        return
    data, wide, tall = ready
    scale = min(box / wide, high / tall)
    yield Image((box - wide * scale) / 2, (high - tall * scale) / 2, wide * scale, tall * scale, data)


def _caption(picture: Picture, box: float, faces: Faces) -> Iterator[tuple[float, float, Text]]:
    text = clean(picture.caption)
    if not text:
        return
    measure = faces.measure(CAPTION, CAPTION)
    for number, line in enumerate(break_text(text, measure, box, justify=False)):
        yield (
            (box - line.width) / 2,
            number * CAPTION * 1.4,
            Text(
                0.0, ASCENT * CAPTION, (Piece(text[line.start : line.end], FaceRole.KAI),), CAPTION, CAPTION
            ),
        )
