"""Draw a page on a printer as words, lines and photos, so that the printer gets kilobytes instead of an image."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import count

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QTransform,
)

from zhengui.reports.gb9704 import Drawn, Lines, ReadGlyphs, ReadImage
from zhengui.reports.gb9704.read_back import Colour, Matrix

FINE = 10
"""Type is set so many times larger and drawn smaller, for a font's size is whole dots."""
_count = count()


class FaceRefused(Exception):
    """This computer can't use a face of the file; the page is printed as an image instead."""


class LoadedFaces:
    """The faces of a file, known to the system under names of their own until they are let go."""

    def __init__(self) -> None:
        self._numbers: list[int] = []
        self._families: dict[str, str] = {}
        self._ready: dict[tuple[str, float], QFont] = {}

    def ready(self, words: ReadGlyphs) -> QFont:
        """The face of some words, `FINE` times their size; raises FaceRefused when it can't be used."""
        key = (words.font.name, words.size)
        if key not in self._ready:
            font = QFont(self._family(words))
            font.setPixelSize(round(words.size * FINE))
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            font.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
            self._ready[key] = font
        return self._ready[key]

    def _family(self, words: ReadGlyphs) -> str:
        name = words.font.name
        if name not in self._families:
            own = f"zhengui {os.getpid()} {next(_count)}"
            number = QFontDatabase.addApplicationFontFromData(QByteArray(words.font.loose(own)))
            if own not in QFontDatabase.applicationFontFamilies(number):
                raise FaceRefused
            self._numbers.append(number)
            self._families[name] = own
        return self._families[name]

    def close(self) -> None:
        """Let the system forget the faces."""
        for number in self._numbers:
            QFontDatabase.removeApplicationFont(number)


def draw_items(painter: QPainter, items: Sequence[Drawn], onto: QTransform, faces: LoadedFaces) -> None:
    """Draw what a page draws; `onto` leads from the page's points, its origin below, to the paper."""
    for words in items:
        if isinstance(words, ReadGlyphs):
            faces.ready(words)  # before anything is drawn, so that a page is drawn in one way or the other
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for item in items:
        painter.setTransform(_transform(item.matrix) * onto)
        if isinstance(item, ReadGlyphs):
            _words(painter, item, faces.ready(item))
        elif isinstance(item, Lines):
            _lines(painter, item)
        else:
            _photo(painter, item)
    painter.restore()


def _transform(matrix: Matrix) -> QTransform:
    return QTransform(*matrix)


def _colour(colour: Colour) -> QColor:
    return QColor.fromRgbF(*colour)


def _words(painter: QPainter, words: ReadGlyphs, font: QFont) -> None:
    """Glyphs stand with their heads up where the page's own y grows upwards."""
    painter.setTransform(QTransform(1 / FINE, 0, 0, -1 / FINE, 0, 0) * painter.transform())
    painter.setFont(font)
    painter.setPen(_colour(words.colour))
    outline = QPainterPath()
    for at, character in words.placed():
        painter.drawText(QPointF(at * FINE, 0), character)
        if words.bold:
            outline.addText(QPointF(at * FINE, 0), font, character)
    if words.bold:
        painter.strokePath(outline, QPen(_colour(words.colour), words.bold * FINE))


def _lines(painter: QPainter, lines: Lines) -> None:
    pen = QPen(Qt.PenStyle.NoPen)
    if lines.stroke is not None:
        pen = QPen(_colour(lines.stroke), lines.width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        if lines.dash:
            parts = [part / lines.width for part in lines.dash]
            pen.setDashPattern(parts if len(parts) % 2 == 0 else parts * 2)
    painter.setPen(pen)
    painter.setBrush(_colour(lines.fill) if lines.fill is not None else Qt.BrushStyle.NoBrush)
    points = QPolygonF([QPointF(x, y) for x, y in lines.points])
    if lines.closed:
        painter.drawPolygon(points)
    else:
        painter.drawPolyline(points)


def _photo(painter: QPainter, photo: ReadImage) -> None:
    """The image's first row is at the top of its square."""
    if photo.jpeg:
        image = QImage.fromData(photo.data)
    else:
        form = QImage.Format.Format_Grayscale8 if photo.parts == 1 else QImage.Format.Format_RGB888
        image = QImage(photo.data, photo.width, photo.height, photo.width * photo.parts, form).copy()
    painter.setTransform(QTransform(1, 0, 0, -1, 0, 1) * painter.transform())
    painter.drawImage(QRectF(0, 0, 1, 1), image)
