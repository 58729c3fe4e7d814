"""A sheet of a form as it looks: texts, formulas, merged cells, widths and heights, bold and alignment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from zhengui.exchange.cell_codes import bare_code, column_letters, column_number
from zhengui.exchange.package import Package, local, walk
from zhengui.exchange.problem import ExchangeProblem

#: What is shown of a form; a cell at the far corner of a sheet doesn't make it larger.
MOST_ROWS, MOST_COLUMNS = 500, 80
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_DATE_FORMATS = frozenset(range(14, 23)) | frozenset(range(27, 37)) | frozenset(range(45, 48)) | {50, 57, 58}

#: Row and column, both from 1.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CellLook:
    """How a cell looks: bold, how it is aligned, the size of its letters in points, whether it has lines around it."""

    bold: bool = False
    align: str = ""
    points: float = 11.0
    wrap: bool = False
    lines: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell: its text as shown, its formula (empty without one), its look, and its value where it is a number."""

    text: str
    formula: str = ""
    look: CellLook = CellLook()
    number: Decimal | None = None


@dataclass
class SheetGrid:
    """A sheet to be looked at. `widths` are in characters, `heights` in points; hidden ones are 0."""

    name: str
    cells: dict[Place, SheetCell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    rows: int = 1
    columns: int = 1

    def first_of(self, place: Place) -> Place:
        """The place that holds the value: of merged cells the first."""
        for top, left, bottom, right in self.merges:
            if top <= place[0] <= bottom and left <= place[1] <= right:
                return top, left
        return place


def place_of(text: str) -> Place:
    """C5 as (5, 3); ExchangeProblem where the text is no place."""
    found = _PLACE.fullmatch(text.strip().upper())
    if found is None:
        raise ExchangeProblem(f"“{text}”不是单元格的位置，请写成 C5 这样。")
    return int(found[2]), column_number(found[1])


def place_name(place: Place) -> str:
    """(5, 3) as C5."""
    return f"{column_letters(place[1])}{place[0]}"


def block_of(text: str) -> tuple[int, int, int, int]:
    """C5:C28, or C5 alone, as top, left, bottom, right."""
    first, _, last = text.partition(":")
    top, left = place_of(first)
    bottom, right = place_of(last or first)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def places_of(text: str) -> Iterator[Place]:
    """Every place of a block, row by row."""
    top, left, bottom, right = block_of(text)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield row, column


def read_grid(package: Package, sheet: str) -> SheetGrid:
    """Read one sheet to be shown."""
    reader = _Reader(sheet, _strings(package), looks(package))
    walk(package.parts[package.part_of(sheet)], reader.begin, reader.end, reader.text)
    return reader.grid


def _strings(package: Package) -> list[str]:
    """The texts that cells refer to by number."""
    found: list[str] = []
    state = {"in": False, "sound": 0}
    pieces: list[str] = []

    def begin(name: str, _attributes: dict[str, str]) -> None:
        kind = local(name)
        if kind == "si":
            pieces.clear()
        elif kind == "rPh":
            state["sound"] = 1
        elif kind == "t":
            state["in"] = not state["sound"]

    def end(name: str) -> None:
        kind = local(name)
        if kind == "si":
            found.append("".join(pieces))
        elif kind == "rPh":
            state["sound"] = 0
        elif kind == "t":
            state["in"] = False

    def text(words: str) -> None:
        if state["in"]:
            pieces.append(words)

    walk(package.parts.get("xl/sharedStrings.xml", b"<none/>"), begin, end, text)
    return found


def looks(package: Package) -> list[CellLook]:
    """The look of each style number."""
    reader = _Styles()
    walk(package.parts.get("xl/styles.xml", b"<none/>"), reader.begin, reader.end)
    return reader.looks()


class _Styles:
    """Reads fonts, borders, number formats and the cell styles made of them."""

    def __init__(self) -> None:
        self._inside: list[str] = []
        self._fonts: list[tuple[bool, float]] = []
        self._borders: list[bool] = []
        self._formats: dict[int, str] = {}
        self._styles: list[tuple[int, int, int, str, bool]] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        kind, above = local(name), self._inside[-1] if self._inside else ""
        if kind == "font" and above == "fonts":
            self._fonts.append((False, 11.0))
        elif above == "font" and "fonts" in self._inside and self._fonts:
            bold, points = self._fonts[-1]
            if kind == "b":
                bold = attributes.get("val", "1") not in ("0", "false")
            elif kind == "sz":
                points = _number(attributes.get("val", ""), points)
            self._fonts[-1] = (bold, points)
        elif kind == "border" and above == "borders":
            self._borders.append(False)
        elif kind == "bottom" and above == "border" and self._borders:
            self._borders[-1] = attributes.get("style", "none") != "none"
        elif kind == "numFmt" and above == "numFmts":
            self._formats[int(_number(attributes.get("numFmtId", ""), 0))] = attributes.get("formatCode", "")
        elif kind == "xf" and above == "cellXfs":
            numbers = [
                int(_number(attributes.get(key, "0"), 0)) for key in ("fontId", "borderId", "numFmtId")
            ]
            self._styles.append((numbers[0], numbers[1], numbers[2], "", False))
        elif kind == "alignment" and above == "xf" and "cellXfs" in self._inside and self._styles:
            font, border, form, _align, _wrap = self._styles[-1]
            wrap = attributes.get("wrapText", "0") in ("1", "true")
            self._styles[-1] = (font, border, form, attributes.get("horizontal", ""), wrap)
        self._inside.append(kind)

    def end(self, _name: str) -> None:
        """An element ends."""
        self._inside.pop()

    def looks(self) -> list[CellLook]:
        """What was read."""
        found = []
        for font, border, form, align, wrap in self._styles:
            bold, points = self._fonts[font] if font < len(self._fonts) else (False, 11.0)
            lines = border < len(self._borders) and self._borders[border]
            found.append(CellLook(bold, align, points, wrap, lines, self._kind(form)))
        return found

    def _kind(self, form: int) -> str:
        code = bare_code(self._formats.get(form, "")).lower()
        if form in _DATE_FORMATS or any(letter in code for letter in ("y", "d")):
            return "date"
        return "percent" if form in (9, 10) or "%" in code else "text" if form == 49 else ""


def _number(text: str, otherwise: float) -> float:
    try:
        return float(text)
    except ValueError:
        return otherwise


class _Reader:
    """Reads the cells of a sheet."""

    def __init__(self, name: str, strings: list[str], looks: list[CellLook]) -> None:
        self.grid = SheetGrid(name)
        self._strings, self._looks = strings, looks
        self._place: Place = (0, 0)
        self._kind, self._style = "", 0
        self._taking = ""
        self._value: list[str] = []
        self._formula: list[str] = []
        self._has_formula = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        kind = local(name)
        if kind == "c":
            # Without a place of its own a cell stands right of the one before it, and a row under the one before.
            row, column = self._place
            self._place = place_of(attributes["r"]) if "r" in attributes else (row, column + 1)
            self._kind = attributes.get("t", "n")
            self._style = int(_number(attributes.get("s", "0"), 0))
            self._value, self._formula, self._has_formula = [], [], False
        elif kind in ("v", "t", "f"):
            self._taking = kind
            self._has_formula = self._has_formula or kind == "f"
        elif kind == "row":
            row = int(_number(attributes.get("r", ""), self._place[0] + 1))
            self._place = (row, 0)
            if "ht" in attributes or "hidden" in attributes:
                hidden = attributes.get("hidden", "0") in ("1", "true")
                self.grid.heights[row] = 0.0 if hidden else _number(attributes.get("ht", ""), 15.0)
        elif kind == "col":
            hidden = attributes.get("hidden", "0") in ("1", "true")
            width = 0.0 if hidden else _number(attributes.get("width", ""), 9.0)
            last = min(int(_number(attributes.get("max", "0"), 0)), MOST_COLUMNS)
            for column in range(int(_number(attributes.get("min", "1"), 1)), last + 1):
                self.grid.widths[column] = width
        elif kind == "mergeCell":
            self._merge(attributes.get("ref", "A1"))

    def _merge(self, ref: str) -> None:
        top, left, bottom, right = block_of(ref)
        if top <= MOST_ROWS and left <= MOST_COLUMNS and (bottom > top or right > left):
            self.grid.merges.append((top, left, min(bottom, MOST_ROWS), min(right, MOST_COLUMNS)))
            self._reach(min(bottom, MOST_ROWS), min(right, MOST_COLUMNS))

    def _reach(self, row: int, column: int) -> None:
        self.grid.rows, self.grid.columns = max(self.grid.rows, row), max(self.grid.columns, column)

    def end(self, name: str) -> None:
        """An element ends."""
        kind = local(name)
        if kind in ("v", "t", "f"):
            self._taking = ""
        elif kind == "c":
            self._keep()

    def text(self, words: str) -> None:
        """Text inside an element."""
        if self._taking == "f":
            self._formula.append(words)
        elif self._taking:
            self._value.append(words)

    def _keep(self) -> None:
        row, column = self._place
        if row > MOST_ROWS or column > MOST_COLUMNS:
            return
        look = self._looks[self._style] if self._style < len(self._looks) else CellLook()
        raw = "".join(self._value)
        number = None if self._kind in ("s", "str", "inlineStr", "b", "e", "d") else _decimal(raw)
        text = self._shown(raw, number, look)
        formula = "".join(self._formula) or ("=" if self._has_formula else "")
        self.grid.cells[row, column] = SheetCell(text, formula, look, number)
        if text or formula or look.lines:
            self._reach(row, column)

    def _shown(self, raw: str, number: Decimal | None, look: CellLook) -> str:
        if self._kind == "s":
            place = int(_number(raw, -1))
            return self._strings[place] if 0 <= place < len(self._strings) else ""
        if self._kind == "b":
            return "是" if raw == "1" else "否"
        return raw if number is None else shown_number(number, look.kind)


def _decimal(raw: str) -> Decimal | None:
    try:
        found = Decimal(raw)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def shown_number(number: Decimal, kind: str) -> str:
    """A number as a cell of this kind shows it: a day, a share, or its digits."""
    if kind == "date" and 0 < number < 200_000:
        return (date(1899, 12, 30) + timedelta(days=int(number))).isoformat()
    if kind == "percent":
        return f"{(number * 100).normalize():f}%"
    rounded = round(number, 10)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
