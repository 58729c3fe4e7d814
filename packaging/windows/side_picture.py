"""Draw what stands at the left of the installer's first and last page: the program's icon on a quiet ground.

usage: side_picture.py zhengui.ico side.bmp
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

#: What NSIS asks for, in points.
WIDTH, HEIGHT = 164, 314
#: From the top to the bottom, as red, green, blue.
TOP, BOTTOM = (245, 243, 240), (218, 213, 206)
ICON, ICON_TOP = 80, 56


def side_picture(icon: Path) -> Image.Image:
    """The picture, the same for the same icon."""
    picture = Image.new("RGB", (WIDTH, HEIGHT))
    for row in range(HEIGHT):
        share = row / (HEIGHT - 1)
        colour = tuple(round(a + (b - a) * share) for a, b in zip(TOP, BOTTOM, strict=True))
        picture.paste(colour, (0, row, WIDTH, row + 1))
    with Image.open(icon) as opened:
        largest = opened.convert("RGBA").resize((ICON, ICON), Image.Resampling.LANCZOS)
    picture.paste(largest, ((WIDTH - ICON) // 2, ICON_TOP), largest)
    return picture


if __name__ == "__main__":
    side_picture(Path(sys.argv[1])).save(sys.argv[2], "BMP")
