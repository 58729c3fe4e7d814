"""Take every picture of the manual from the real program, on the demo township and on an empty one.

    python packaging/screenshots.py                  all pictures, where the manual and README look for them
    python packaging/screenshots.py --only report    only those whose name has this in it
    python packaging/screenshots.py --to FOLDER      somewhere else, to look at first

`docs/screenshots` gets every tab at two screen sizes, filled and empty; `resources/help/pictures` gets what the
manual inside the program shows. Needs no screen, and Noto Sans CJK SC or Microsoft YaHei UI among the fonts.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = "1"

from PIL import Image
from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QPoint, QRect, QSize, QTimer
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

GALLERY, MANUAL = "docs/screenshots", "resources/help/pictures"
#: What a maximised window keeps of a screen once title bar and task bar are drawn.
SCREENS = {"1366x768": QSize(1366, 696), "1920x1080": QSize(1920, 1008)}
#: Pictures in the manual's column are no wider than this.
COLOURS = 192
YEAR = 2021
TODAY = date(2021, 12, 31)


class Studio:
    """One window on one data file, and how to take pictures of it."""

    def __init__(self, app: QApplication, target: Path, only: str) -> None:
        from zhengui.gui.start import Session

        self.target, self.only, self.taken = target, only, 0
        self.session = Session(app)
        self.session.background.troubled.connect(_stop)
        self.window = self.session.window
        self.window.resize(SCREENS["1366x768"])
        self.window.show()

    def open(self, path: Path) -> None:
        """Open a data file and wait until it is there."""
        before = self.session.desk
        self.session.open(path)
        for _round in range(200):
            pause(50)
            if self.session.desk is not before:
                break
        self.rest()

    def rest(self) -> None:
        """Wait until nothing is being computed and everything is painted."""
        for _round in range(200):
            pause(60)
            if self.session.background.resting:
                break
        pause(250)

    def go(self, page: str, of: str = "", record: int = 0, state: str = "") -> None:
        """Show a place."""
        assert self.session.desk is not None
        self.session.desk.go(page, of, record, state)
        self.rest()

    @property
    def page(self) -> QWidget:
        """The page in front."""
        assert self.window.navigation is not None
        assert self.window.navigation.current is not None
        return self.window.navigation.current

    def wants(self, name: str) -> bool:
        """Whether this picture was asked for."""
        return self.only in name

    def take(
        self, name: str, part: QWidget | None = None, around: int = 0, crop: QRect | None = None
    ) -> None:
        """Save the window, or what is seen of it where a part of it lies."""
        if not self.wants(name):
            return
        self.rest()
        picture = self.window.grab().toImage()
        if part is not None:
            place = QRect(part.mapTo(self.window, QPoint(0, 0)), part.size())
            crop = place.adjusted(-around, -around, around, around)
        if crop is not None:
            picture = picture.copy(crop.intersected(picture.rect()))
        self.save(name, picture)

    def save(self, name: str, picture: QImage) -> None:
        """Write a picture with few colours: text on paper needs no more, and the file is a quarter as large."""
        path = self.target / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(buffer, "PNG")  # type: ignore[call-overload]
        image = Image.open(BytesIO(bytes(buffer.data().data()))).convert("RGB")
        few = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
        self.taken += 1
        print(f"{name}  {path.stat().st_size // 1024} KB", flush=True)


def pause(milliseconds: int) -> None:
    """Let the event loop run, so that workers can hand in what they found."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _stop(error: Exception) -> None:
    raise SystemExit(f"the program was in trouble: {error!r}")


def take_gallery(studio: Studio, state: str) -> None:
    """Every tab at every screen size."""
    for screen, size in SCREENS.items():
        if not studio.wants(f"{GALLERY}/{screen}-{state}"):
            continue
        studio.window.resize(size)
        for number, page in enumerate(studio.window.rail.order, 1):
            studio.go(page)
            studio.take(f"{GALLERY}/{screen}-{state}/{number:02}-{page.rpartition(':')[2]}")
    studio.window.resize(SCREENS["1366x768"])


def take_manual(studio: Studio, take: dict[str, Callable[[Studio], None]]) -> None:
    """The pictures of the manual, each from a window as a clerk would have it."""
    for name, act in take.items():
        if studio.wants(name):
            studio.go("home")
            act(studio)


def main() -> int:
    """Make the two townships and take the pictures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--to", type=Path, default=ROOT, help="where the two folders of pictures go")
    parser.add_argument("--only", default="", help="only pictures whose name has this in it")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ZHENGUI_HOME"] = folder
        studio = _photograph(Path(folder), given.to, given.only)
    print(f"{studio.taken} pictures")
    return 0 if studio.taken else 1


def _photograph(folder: Path, target: Path, only: str) -> Studio:
    from zhengui.gui.start import application
    from zhengui.services.demo import make_demo
    from zhengui.services.township import create_township

    made = make_demo(folder)
    create_township(folder / "empty.zgdb", "云岭镇", "李文娟").close()
    studio = Studio(application(["zhengui"]), target, only)
    studio.open(made.database)
    take_gallery(studio, "filled")
    studio.open(folder / "empty.zgdb")
    take_gallery(studio, "empty")
    studio.window.close()
    if studio.session.desk is not None:
        studio.session.desk.township.close()
    return studio


if __name__ == "__main__":
    sys.exit(main())
