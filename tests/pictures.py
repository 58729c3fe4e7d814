"""What a failing test leaves to look at: the windows that were open, and a page beside the one that was wanted."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from PIL import Image, ImageChops

ROOT = Path(__file__).resolve().parents[1]


def folder() -> Path:
    """Where the pictures go; `ZHENGUI_PICTURES` names another place."""
    return Path(os.environ.get("ZHENGUI_PICTURES", ROOT / "build" / "failed"))


def name_of(test: str) -> str:
    """A test's id as the beginning of a file's name."""
    return re.sub(r"\W+", "-", test.rpartition("tests/")[2]).strip("-")[:120]


def keep_windows(test: str) -> list[Path]:
    """A picture of every window that is open; none where Qt was never loaded."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    app = widgets.QApplication.instance() if widgets is not None else None
    if app is None:
        return []
    kept = []
    for number, window in enumerate(each for each in app.topLevelWidgets() if each.isVisible()):
        path = folder() / f"{name_of(test)}-{number}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        if window.grab().save(str(path)):
            kept.append(path)
    return kept


def keep_difference(test: str, seen: Image.Image, wanted: Image.Image) -> list[Path]:
    """What was drawn, what should have been, and where they differ: white on black."""
    path = folder()
    path.mkdir(parents=True, exist_ok=True)
    kept = []
    for word, picture in (("seen", seen), ("wanted", wanted), ("difference", difference(seen, wanted))):
        kept.append(path / f"{name_of(test)}-{word}.png")
        picture.save(kept[-1])
    return kept


def difference(seen: Image.Image, wanted: Image.Image) -> Image.Image:
    """Where two pictures differ, white on black."""
    size = (max(seen.width, wanted.width), max(seen.height, wanted.height))
    papers = []
    for picture in (seen, wanted):
        paper = Image.new("RGB", size, "white")
        paper.paste(picture.convert("RGB"), (0, 0))
        papers.append(paper)
    return ImageChops.difference(*papers).convert("L").point(lambda dot: 255 if dot > 24 else 0)
