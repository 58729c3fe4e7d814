"""Read a PDF's glyphs and straight rules with their places, sizes and faces, in millimetres from the top left."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character: `x` and `y` are its origin on the baseline, `end` is where its advance ends, `size` is points."""

    char: str
    x: float
    y: float
    end: float
    size: float
    font: str
    black: bool
    turned: bool


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight rule; `thickness` is in millimetres."""

    x1: float
    y1: float
    x2: float
    y2: float
    thickness: float


@dataclass(slots=True)
class InkSheet:
    """Everything measured on a page."""

    index: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)


@dataclass(slots=True)
class InkReading:
    """A PDF as it was measured."""

    sheets: list[InkSheet]
    loose_fonts: set[str]
    """Fonts that are not embedded."""
    title: str


def read(source: Path | str | bytes) -> InkReading:
    """Measure every page; raises ValueError when the file is not a PDF that can be opened."""
    try:
        document = pdfium.PdfDocument(source if isinstance(source, bytes) else str(source))
    except pdfium.PdfiumError as problem:
        raise ValueError("这个文件打不开。请选择一个 PDF 文件。") from problem
    try:
        loose: set[str] = set()
        sheets = [_sheet(document[index], index, loose) for index in range(len(document))]
        return InkReading(sheets, loose, document.get_metadata_value("Title"))
    finally:
        document.close()


def _sheet(page: Any, index: int, loose: set[str]) -> InkSheet:
    width, height = page.get_size()
    sheet = InkSheet(index, width / MM, height / MM)
    text = page.get_textpage()
    try:
        sheet.glyphs = _glyphs(text, height)
    finally:
        text.close()
    for item in page.get_objects(max_depth=2):
        kind = item.type
        if kind == raw.FPDF_PAGEOBJ_PATH:
            _path(item.raw, height, sheet)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            sheet.boxes.append((left / MM, (height - top) / MM, right / MM, (height - bottom) / MM))
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            font = raw.FPDFTextObj_GetFont(item.raw)
            if not raw.FPDFFont_GetIsEmbedded(font):
                loose.add(_font_name(font))
    page.close()
    return sheet


def _font_name(font: Any) -> str:
    buffer = ctypes.create_string_buffer(200)
    raw.FPDFFont_GetBaseFontName(font, buffer, 200)
    return buffer.value.decode("utf-8", "replace")


def _glyphs(text: Any, height: float) -> list[Glyph]:
    found: list[Glyph] = []
    handle = text.raw
    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    colour = [ctypes.c_uint() for _ in range(4)]
    buffer, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    high = ""
    for index in range(raw.FPDFText_CountChars(handle)):
        if raw.FPDFText_IsGenerated(handle, index):
            continue
        code = raw.FPDFText_GetUnicode(handle, index)
        if 0xD800 <= code < 0xDC00:
            high = chr(code)
            continue
        char = chr(code)
        if 0xDC00 <= code < 0xE000:
            char = (high + char).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        raw.FPDFText_GetCharOrigin(handle, index, x, y)
        raw.FPDFText_GetLooseCharBox(handle, index, box)
        raw.FPDFText_GetMatrix(handle, index, matrix)
        raw.FPDFText_GetFillColor(handle, index, *colour)
        raw.FPDFText_GetFontInfo(handle, index, buffer, 200, flags)
        turned = abs(matrix.b) > abs(matrix.a)
        end = (height - box.top) / MM if turned else box.right / MM
        found.append(
            Glyph(
                char,
                x.value / MM,
                (height - y.value) / MM,
                end,
                raw.FPDFText_GetFontSize(handle, index),
                buffer.value.decode("utf-8", "replace"),
                max(part.value for part in colour[:3]) < 60,
                turned,
            )
        )
    return found


def _path(item: Any, height: float, sheet: InkSheet) -> None:
    if raw.FPDFPath_CountSegments(item) != 2:
        return
    points = []
    x, y = ctypes.c_float(), ctypes.c_float()
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, matrix)
    for index in range(2):
        raw.FPDFPathSegment_GetPoint(raw.FPDFPath_GetPathSegment(item, index), x, y)
        points.append(
            (
                matrix.a * x.value + matrix.c * y.value + matrix.e,
                matrix.b * x.value + matrix.d * y.value + matrix.f,
            )
        )
    thickness = ctypes.c_float()
    raw.FPDFPageObj_GetStrokeWidth(item, thickness)
    (x1, y1), (x2, y2) = points
    sheet.strokes.append(
        Stroke(x1 / MM, (height - y1) / MM, x2 / MM, (height - y2) / MM, thickness.value / MM)
    )
