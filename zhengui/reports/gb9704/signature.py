"""The end of the document: who signs and when, alone or with others, sealed or not, and the remark under it."""

from __future__ import annotations

from zhengui.reports.document import Document
from zhengui.reports.gb9704.faces import clean
from zhengui.reports.gb9704.items import Piece, Text
from zhengui.reports.gb9704.lines import CharacterWidths
from zhengui.reports.gb9704.paragraphs import Builder, Strip
from zhengui.reports.gb9704.title import sense, shape

SEAL = 42.0
"""The diameter of a township's seal, in millimetres."""
NARROWEST = 8
"""Names stand two a row where each has so many cells."""
SEAL_ROWS = 5
"""Rows from where one row of names ends to where the next begins, so that their seals neither cross nor touch."""


def signature(document: Document, builder: Builder) -> list[Strip]:
    """The names and the date as strips, the remark 附注 under them."""
    offices = [clean(office) for office in (document.office, *document.joint) if clean(office)]
    date = clean(document.date)
    found = []
    if offices or date:
        made = _Signature(builder, offices, date)
        found.append(made.sealed() if document.sealed else made.plain())
    remark = clean(document.remark).strip("（）()")
    if remark:
        strip = builder.strip([Piece(f"（{remark}）")])
        strip.whole = True
        found.append(strip)
    return found


class _Signature:
    """Names and date being placed; distances are points from the left margin."""

    def __init__(self, builder: Builder, offices: list[str], date: str) -> None:
        self.builder, self.date = builder, date
        self.measure: CharacterWidths = builder.measure
        self.cell, self.width = builder.grid.cell, builder.grid.width
        self.offices = offices
        self.date_wide = self.measure.width(date)

    def plain(self) -> Strip:
        """Without a seal: names two cells from the right, the date two cells right of where the names begin."""
        names = [line for office in self.offices for line in self._broken(office, self.width - 4 * self.cell)]
        widest = max(map(self.measure.width, names), default=0.0)
        if self.date_wide > widest:
            date_x = self.width - 2 * self.cell - self.date_wide
            name_x = date_x - 2 * self.cell
        else:
            name_x = self.width - 2 * self.cell - widest
            date_x = min(name_x + 2 * self.cell, self.width - self.date_wide)
        lines = [self._text(name_x, name) for name in names]
        return Strip([*lines, self._text(date_x, self.date)], 1, whole=True)

    def sealed(self) -> Strip:
        """With a seal: the date four cells from the right, the last name centred over it, others two a row."""
        date_x = self.width - 4 * self.cell - self.date_wide
        middle = date_x + self.date_wide / 2
        if len(self.offices) < 2:
            names = [line for one in self.offices for line in self._broken(one, self.width - 2 * self.cell)]
            rows = [[self._centred(middle, name)] for name in names]
        else:
            rows = self._paired(middle)
        strip = Strip([], 2, whole=True)
        for row in rows:
            strip.beside[len(strip.lines)] = row[1:]
            strip.lines.append(row[0])
        strip.lines.append(self._text(date_x, self.date))
        return strip

    def _paired(self, middle: float) -> list[list[Text]]:
        """The names two a row, each under its seal; an odd one comes last, over the date."""
        room = 2 * middle - self.width - self.cell
        alone = room < NARROWEST * self.cell
        groups = [[office] for office in self.offices] if alone else _pairs(self.offices)
        rows: list[list[Text]] = []
        lines: list[list[str]] = []
        for group in groups:
            if rows:
                blank = [Text(0.0, 0.0, (), self.builder.grid.size, self.cell)]
                rows += [blank] * (SEAL_ROWS - 1)
            places = [middle] if len(group) == 1 else [self.width - middle, middle]
            broken = [
                self._broken(office, room if len(group) > 1 else self.width - 2 * self.cell)
                for office in group
            ]
            lines = _footed(broken)
            for number in range(len(lines[0])):
                rows.append(
                    [
                        self._centred(place, one[number])
                        for place, one in zip(places, lines, strict=True)
                        if one[number]
                    ]
                )
        return rows

    def _broken(self, office: str, room: float) -> list[str]:
        """A name in as many lines as it needs, as even as can be."""
        if self.measure.width(office) <= room:
            return [office]
        return shape(sense(office), self.measure, room)

    def _centred(self, middle: float, name: str) -> Text:
        wide = self.measure.width(name)
        return self._text(max(0.0, min(middle - wide / 2, self.width - wide)), name)

    def _text(self, x: float, words: str) -> Text:
        return self.builder.line(x, (Piece(words),))


def _footed(names: list[list[str]]) -> list[list[str]]:
    """Names of as many lines, a shorter one's first ones empty, so that all end on one row."""
    most = max(map(len, names))
    return [[""] * (most - len(name)) + name for name in names]


def _pairs(offices: list[str]) -> list[list[str]]:
    """Two a row in their order."""
    return [offices[start : start + 2] for start in range(0, len(offices), 2)]
