"""Small sketches that stand for photos of the invented township: before and after."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from db.demo.chance import Chance

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

SIZE = (960, 640)
_GRASS, _DIRT, _SKY, _WALL, _ROOF = "#7fa650", "#9b7b4f", "#c9dcea", "#e8dcc4", "#a6533c"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the record at `position` (its id) of a ledger."""

    ledger: str
    position: int
    field: str
    content: bytes
    name: str


def sketch(chance: Chance, tidy: bool, day: date) -> bytes:
    """A house by the road as JPEG, littered before and tidy after, with the day in a corner as cameras write it."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", SIZE, _SKY if tidy else "#c4c6c4")
    draw = ImageDraw.Draw(image)
    width, height = SIZE
    horizon = height // 2 + chance.between(-30, 30)
    draw.rectangle((0, horizon, width, height), fill=_GRASS if tidy else _DIRT)
    _road(draw, chance, horizon, tidy)
    for left in (chance.between(60, 160), chance.between(560, 660)):
        _house(draw, left, horizon, chance.between(150, 210))
    if tidy:
        _trees(draw, chance, horizon)
    else:
        _litter(draw, chance, horizon)
    # The dots of the built-in face, doubled, as cameras write it; a drawn face would need two megabytes more of library.
    small = Image.new("L", (60, 11))
    ImageDraw.Draw(small).text((0, 0), day.isoformat(), fill=255, font=ImageFont.load_default_imagefont())
    image.paste("#f5a623", (width - 150, height - 40), small.resize((120, 22), Image.Resampling.NEAREST))
    held = io.BytesIO()
    image.save(held, "JPEG", quality=78)
    return held.getvalue()


def _road(draw: ImageDraw, chance: Chance, horizon: int, tidy: bool) -> None:
    width, height = SIZE
    middle = width // 2 + chance.between(-60, 60)
    draw.polygon(
        ((middle - 30, horizon), (middle + 30, horizon), (middle + 260, height), (middle - 260, height)),
        fill="#8f9296" if tidy else "#7b6a52",
    )
    if tidy:
        for place in range(horizon + 20, height, 60):
            draw.rectangle((middle - 5, place, middle + 5, place + 28), fill="#f2f2ee")


def _house(draw: ImageDraw, left: int, ground: int, size: int) -> None:
    top = ground - size // 2
    draw.rectangle((left, top, left + size, ground + 30), fill=_WALL)
    draw.polygon(((left - 16, top), (left + size // 2, top - size // 3), (left + size + 16, top)), fill=_ROOF)
    draw.rectangle((left + size // 2 - 18, ground - 34, left + size // 2 + 18, ground + 30), fill="#6f4b32")
    for window in (left + 18, left + size - 50):
        draw.rectangle((window, top + 18, window + 32, top + 46), fill="#8fb6cf")


def _trees(draw: ImageDraw, chance: Chance, horizon: int) -> None:
    for place in range(5):
        # Beside the road, not on it.
        left = chance.between(20, 290) if place % 2 else chance.between(640, SIZE[0] - 80)
        top = horizon + chance.between(10, 80)
        draw.rectangle((left + 22, top, left + 30, top + 50), fill="#6f4b32")
        draw.ellipse((left, top - 60, left + 54, top + 12), fill="#4f7d3a")
    for place in range(3):
        left = SIZE[0] - 260 + place * 60
        draw.rectangle((left, horizon + 120, left + 40, horizon + 180), fill="#2f6f4f")


def _litter(draw: ImageDraw, chance: Chance, horizon: int) -> None:
    colours = ("#5a4a3a", "#d8d8d0", "#b03a2e", "#3d5a80", "#c9a227", "#6b6b6b")
    for _ in range(150):
        left, top = chance.between(0, SIZE[0]), chance.between(horizon + 30, SIZE[1])
        size = chance.between(4, 26)
        draw.ellipse((left, top, left + size * 2, top + size), fill=chance.pick(colours))
