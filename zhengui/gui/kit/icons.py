"""Icons: the shipped drawings, recoloured and rendered for the screen they appear on."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from zhengui.gui.kit.style import colour
from zhengui.paths import resource

#: What stands in where the catalogue names a drawing that is not there.
FALLBACK = "document_text"


@lru_cache(maxsize=512)
def _drawing(name: str, size: int, filled: bool) -> str:
    """The SVG text of the best file: the wanted style, the nearest size."""
    folder = resource("icons")
    sizes = (16, 20, 24) if size <= 16 else (20, 16, 24) if size <= 20 else (24, 20, 16)
    for style in ("filled", "regular") if filled else ("regular", "filled"):
        for number in sizes:
            path = folder / f"{name}_{number}_{style}.svg"
            if path.is_file():
                return path.read_text(encoding="utf-8")
    return (
        _drawing(FALLBACK, size, filled) if name != FALLBACK else "<svg xmlns='http://www.w3.org/2000/svg'/>"
    )


@lru_cache(maxsize=1024)
def pixmap(
    name: str, size: int = 16, tone: str = "ink2", filled: bool = False, ratio: float = 0.0
) -> QPixmap:
    """A drawing as a picture of `size` device-independent pixels in a colour of the tokens."""
    ratio = ratio or QGuiApplication.primaryScreen().devicePixelRatio()
    text = _drawing(name, size, filled).replace("<svg ", f'<svg fill="{colour(tone).name()}" ', 1)
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, picture.width(), picture.height()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=512)
def icon(name: str, size: int = 16, tone: str = "ink2", filled: bool = False) -> QIcon:
    """A drawing as an icon, grey where its button is disabled."""
    made = QIcon()
    made.addPixmap(pixmap(name, size, tone, filled), QIcon.Mode.Normal)
    made.addPixmap(pixmap(name, size, "inkd", filled), QIcon.Mode.Disabled)
    return made


def paint(
    painter: QPainter, name: str, x: float, y: float, size: int = 16, tone: str = "ink2", filled: bool = False
) -> None:
    """Draw an icon with its top left corner at (x, y)."""
    device = painter.device()
    ratio = device.devicePixelRatio() if device is not None else 1.0
    painter.drawPixmap(QRectF(x, y, size, size), pixmap(name, size, tone, filled, ratio), QRectF())
