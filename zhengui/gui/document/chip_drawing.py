"""Draws what stands in the text as one character: chips, run-in titles, notes and the lines nobody types."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QPyTextObject,
    QTextDocument,
    QTextFormat,
)

from zhengui.catalogue.model import Catalogue
from zhengui.gui.document import marks
from zhengui.gui.document.number_lines import AFTER_THING
from zhengui.gui.document.readings import TONES, ChipReadings
from zhengui.gui.kit import icons, style
from zhengui.gui.kit.style import colour

#: Space at the sides of a chip, between chip and text, and for its sign.
PAD, GAP, SIGN = 5, 2, 20
#: Distance between the lines of what needs more than one, and the box around one line.
PIXELS = QTextFormat.Property.FontPixelSize.value
LINE, ABOVE, BELOW = 28, 18, 7
#: Kept over what needs more than one line, as wide as between the lines of the text.
OVER = 11
#: Kept under the text's own ascent, so that a line with a chip is as high as one without.
ASCENT = 14


@dataclass(frozen=True, slots=True)
class ChipLook:
    """How one thing is drawn."""

    text: str
    ground: str
    ink: str
    sign: str
    bold: bool
    role: str = "title"
    wide: bool = False
    centred: bool = False
    right: bool = False
    pixels: int = 0


#: Stands for the face of marks where there are none.
_NO_FACE = QFont()


class ChipDrawing(QPyTextObject):
    """Knows the readings; when they change, the document only has to be laid out and painted again."""

    def __init__(self, catalogue: Catalogue, parent: QObject) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self.readings = ChipReadings()
        self.hovered = -1
        self._lines: dict[tuple[str, str, int], tuple[list[str], float]] = {}

    def set_readings(self, readings: ChipReadings) -> None:
        """Take other readings; the caller lets the document be laid out again."""
        self.readings = readings
        self._lines.clear()

    def _look(self, format: QTextFormat) -> ChipLook:
        """How a thing is drawn where it stands: in a heading as the heading's words are, pale where none is printed."""
        look = self.look(str(format.property(marks.KIND)), str(format.property(marks.CODE)))
        made = format.toCharFormat()
        if made.foreground().color() == colour("inkd"):
            look = replace(look, ink="inkd", ground="surf2" if look.ground else "")
        if look.ground or not made.hasProperty(QTextFormat.Property.FontPixelSize):
            return look
        return replace(look, bold=made.fontWeight() > 500, pixels=made.intProperty(PIXELS))

    def look(self, kind: str, code: str) -> ChipLook:
        """How a thing is drawn at present."""
        if kind == marks.LEAD:
            return ChipLook(code, "", "ink1", "", True)
        if kind == marks.NOTE:
            return ChipLook(code, "surf2", "ink3", "", False, "caption")
        if kind == marks.FIXED:
            return self._fixed(code)
        reading = self.readings.of(code, self._catalogue)
        ground, ink, sign = TONES[reading.tone]
        bold = reading.tone in ("figure", "unknown")
        return ChipLook(reading.printed or "（空）", ground, ink, sign, bold)

    def _fixed(self, code: str) -> ChipLook:
        name, _, part = code.partition(":")
        if name == "title":
            return ChipLook(self.readings.title, "", "ink1", "", True, "heading", wide=True, centred=True)
        if name == "addressee":
            return ChipLook(self.readings.addressee or "（没有主送机关）", "", "ink1", "", False, wide=True)
        if name == "signature":
            return ChipLook(self.readings.signature, "", "ink1", "", False, wide=True, right=True)
        told = self.readings.items.get(int(part), ())
        text = "\n".join(told) if told else "计划事项还没有登记，登记后印在这里"
        return ChipLook(text, "surf2", "ink2" if told else "ink3", "target", False, "body", wide=True)

    def intrinsicSize(self, doc: QTextDocument, at: int, format: QTextFormat) -> QSizeF:
        """How much room a thing takes in its line."""
        kind, code = str(format.property(marks.KIND)), str(format.property(marks.CODE))
        look, (_words, _face, tail) = self._look(format), self._tail(doc, at, format)
        room = self._room(doc)
        lines, widest = self._broken(look, kind, code, room - tail)
        width = room if look.wide else min(room, widest + self._sides(look) + tail)
        return QSizeF(width, ASCENT + (OVER + LINE * (len(lines) - 1) if len(lines) > 1 else 0))

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        at: int,
        format: QTextFormat,
    ) -> None:
        """Draw a thing; its last line stands on the line of the text around it."""
        rect = QRectF(rect)
        kind, code = str(format.property(marks.KIND)), str(format.property(marks.CODE))
        look, (mark, face, tail) = self._look(format), self._tail(doc, at, format)
        lines, _widest = self._broken(look, kind, code, self._room(doc) - tail)
        hovered = kind == marks.CHIP and at == self.hovered and bool(look.ground)
        ground, ink = (look.ink, "onfill") if hovered else (look.ground, look.ink)
        base = rect.bottom()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = base - LINE * (len(lines) - 1)
        if ground:
            height = base - first + ABOVE + BELOW
            box = QRectF(rect.left() + GAP, first - ABOVE, rect.width() - 2 * GAP - tail, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(ground))
            painter.drawRoundedRect(box, 4, 4)
        painter.setFont(_font(look))
        painter.setPen(QPen(colour(ink)))
        left = rect.left() + (GAP + PAD if look.ground else 0)
        if look.sign:
            icons.paint(painter, look.sign, left, first - 13, 16, ink)
            left += SIGN
        metrics = QFontMetricsF(_font(look))
        for number, line in enumerate(lines):
            spare = rect.right() - left - metrics.horizontalAdvance(line)
            shift = spare / 2 if look.centred else spare - 16 if look.right else 0.0
            painter.drawText(QPointF(left + shift, first + LINE * number), line)
        if mark:
            painter.setFont(face)
            painter.setPen(QPen(colour("inkd" if look.ink == "inkd" else "ink1")))
            painter.drawText(QPointF(rect.right() - tail, base), mark)
        painter.restore()

    def _tail(self, doc: QTextDocument, at: int, format: QTextFormat) -> tuple[str, QFont, float]:
        """The marks after a thing, which may not begin the next line: what they are, their face and their width."""
        after = marks.THING + doc.characterAt(at + 1) + doc.characterAt(at + 2)
        found = AFTER_THING.search(after)
        if found is None:
            return "", _NO_FACE, 0.0
        made = format.toCharFormat()
        face = QFont(style.font("title", made.fontWeight() > 500))
        if made.hasProperty(QTextFormat.Property.FontPixelSize):
            face.setPixelSize(made.intProperty(PIXELS))
        return found[0], face, QFontMetricsF(face).horizontalAdvance(found[0])

    def _room(self, doc: QTextDocument) -> float:
        return max(120.0, doc.textWidth() - 2 * doc.documentMargin() - 2)

    def _sides(self, look: ChipLook) -> float:
        return (2 * (PAD + GAP) if look.ground else 0) + (SIGN if look.sign else 0)

    def _broken(self, look: ChipLook, kind: str, code: str, room: float) -> tuple[list[str], float]:
        """The text in lines, nearly always a single one, and how wide the widest of them is."""
        key = (kind, f"{code}{look.pixels}{look.bold}", round(room))
        found = self._lines.get(key)
        if found is None:
            metrics = QFontMetricsF(_font(look))
            lines = _lines(look.text, metrics, room - self._sides(look))
            widest = max((metrics.horizontalAdvance(line) for line in lines), default=0.0)
            found = self._lines[key] = lines, widest
        return found


#: Marks that never end a line.
_OPENING = "“（《〔"


def _font(look: ChipLook) -> QFont:
    made = style.font(look.role, look.bold)
    if look.pixels and look.pixels != made.pixelSize():
        made = QFont(made)
        made.setPixelSize(look.pixels)
    return made


def _lines(text: str, metrics: QFontMetricsF, room: float) -> list[str]:
    found: list[str] = []
    for stretch in text.split("\n"):
        line = ""
        if metrics.horizontalAdvance(stretch) > room:
            for character in stretch:
                # A mark never begins a line.
                if (
                    line
                    and character not in "，。；：、！？”）》"
                    and metrics.horizontalAdvance(line + character) > room
                ):
                    kept = line.rstrip(_OPENING)
                    found.append(kept)
                    line = line[len(kept) :]
                line += character
        else:
            line = stretch
        found.append(line)
    return found
