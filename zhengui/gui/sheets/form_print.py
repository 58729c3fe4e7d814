"""A filled form on paper: the sheet as it looks, on A4, with places for signature and seal under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QFontDatabase, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen
from PySide6.QtWidgets import QFileDialog, QWidget

from zhengui.exchange.form_fill import CellValue
from zhengui.exchange.formulas import Formulas
from zhengui.exchange.sheet_grid import shown_number
from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.background import JobProgress
from zhengui.gui.kit.dialogs import tell
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.kit.waiting import run_waiting
from zhengui.gui.sheets.filled_words import as_cell
from zhengui.services.county_forms import keep_forms
from zhengui.services.county_forms.keep_forms import FormAbout, SheetCell, SheetGrid
from zhengui.services.county_forms.save_form import fill_parts
from zhengui.values.file_name import file_name

PDF = "PDF 文件 (*.pdf)"
#: Dots of the page to an inch, and what a point and a character's width are in them.
DOTS = 300
POINT = DOTS / 72
CHARACTER = 5.6 * POINT
USUAL_WIDTH, USUAL_HEIGHT = 9.0, 15.0
FACE = "FangSong"
SIGNATURES = ("填表人：", "审核人：", "单位负责人：", "（公章）")
ALIGN = {
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
    "left": Qt.AlignmentFlag.AlignLeft,
}


def ask_and_print(host: QWidget, desk: Desk, form: FormAbout, grid: SheetGrid) -> None:
    """Ask where to keep the page, lay it out and open it for the printer."""
    scope = desk.scope
    name = f"{file_name(f'{form.title}（{scope.period.title}）')}.pdf"
    chosen, _kind = QFileDialog.getSaveFileName(host, f"打印{form.title}", name, PDF)
    if chosen:
        print_to(host, desk, form, grid, Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf"))


def print_to(host: QWidget, desk: Desk, form: FormAbout, grid: SheetGrid, path: Path) -> None:
    """Lay the filled sheet out to this file."""
    township, period, villages = desk.township, desk.scope.period, desk.scope.villages

    def work(_progress: JobProgress) -> list[SheetGrid]:
        parts = fill_parts(township, form.id, period, villages)
        sheets = keep_forms.sheets_of(township, form.id)
        grids = {sheet: keep_forms.grid_of(township, form.id, sheet) for sheet in sheets}
        return [worked_out(grids, filled.cells, grid.name) for filled in parts]

    def done(found: list[SheetGrid]) -> None:
        if not write_pages(path, found):
            tell(
                host,
                "没有排成",
                f"“{path.name}”不能写入，可能正被其他程序打开。请关闭后再试，或换一个文件名。",
            )
            return
        desk.offer_file(f"已排好“{form.title}”：{path.name}", path)

    failed = lambda error: tell(host, "没有排成", sentence(error))  # noqa: E731
    run_waiting(host, desk.background, "正在排版", work, done, failed)


def worked_out(
    grids: dict[str, SheetGrid], filled: dict[str, dict[tuple[int, int], CellValue]], sheet: str
) -> SheetGrid:
    """A sheet with its values in their cells, and its plain formulas worked out from them."""
    whole = {name: replace(grid, cells=dict(grid.cells)) for name, grid in grids.items()}
    for name, values in filled.items():
        for place, value in values.items():
            if name in whole:
                cells = whole[name].cells
                cells[place] = as_cell(cells.get(place, SheetCell("")), value)
    formulas = Formulas(whole)
    grid = whole[sheet]
    for place, cell in list(grid.cells.items()):
        if cell.formula:
            value = formulas.value(sheet, place)
            text = "" if value is None else value if isinstance(value, str) else ""
            if not isinstance(value, str | bool) and value is not None:
                text = shown_number(round(value, 4), cell.look.kind)
            grid.cells[place] = replace(cell, text=str(text), formula="")
    return grid


def write_pages(path: Path, grids: Sequence[SheetGrid]) -> bool:
    """Write a sheet and what continues it as PDF, turned where it is wide, on as many pages as they need; whether it
    could be written.
    """
    grid = grids[0]
    widths = [grid.widths.get(n, USUAL_WIDTH) * CHARACTER for n in range(1, grid.columns + 1)]
    writer = QPdfWriter(str(path))
    writer.setResolution(DOTS)
    writer.setTitle(grid.name)
    turned = sum(widths) > 7.2 * DOTS
    turn = QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), turn, QMarginsF(15, 15, 15, 15), QPageLayout.Unit.Millimeter
        )
    )
    painter = QPainter()
    if not painter.begin(writer):
        return False
    for number, each in enumerate(grids):
        if number:
            writer.newPage()
        _write_sheet(writer, painter, each, widths)
    painter.end()
    return True


def _write_sheet(writer: QPdfWriter, painter: QPainter, grid: SheetGrid, widths: Sequence[float]) -> None:
    """One sheet on its pages, with the places for signature and seal under it."""
    heights = [max(grid.heights.get(n, USUAL_HEIGHT), 0) * POINT for n in range(1, grid.rows + 1)]
    room = writer.width(), writer.height()
    scale = min(1.0, room[0] / max(sum(widths), 1))
    page = _Page(painter, grid, [w * scale for w in widths], [h * scale for h in heights], scale)
    foot = 26 * POINT
    first = 0
    while True:
        last = page.fitting(first, room[1] - foot)
        page.draw(first, last, (room[0] - sum(page.widths)) / 2)
        if last >= len(heights):
            page.sign(sum(page.heights[first:last]) + 18 * POINT * scale, room[0])
            return
        writer.newPage()
        first = last


class _Page:
    """Draws the rows of a sheet."""

    def __init__(
        self, painter: QPainter, grid: SheetGrid, widths: list[float], heights: list[float], scale: float
    ) -> None:
        self.painter, self.grid, self.widths, self.heights, self.scale = painter, grid, widths, heights, scale
        families = QFontDatabase.families()
        self._family = next((f for f in (FACE, "仿宋", "FangSong_GB2312") if f in families), "")
        self._covered = {
            (row, column)
            for top, left, bottom, right in grid.merges
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) != (top, left)
        }
        self._spans = {(top, left): (bottom, right) for top, left, bottom, right in grid.merges}

    def fitting(self, first: int, room: float) -> int:
        """The row behind the last one that fits on a page from `first`."""
        used, last = 0.0, first
        while last < len(self.heights) and (used + self.heights[last] <= room or last == first):
            used += self.heights[last]
            last += 1
        return last

    def draw(self, first: int, last: int, x: float) -> None:
        """Draw the rows from `first` up to but without `last`, counted from 0."""
        self.painter.setPen(QPen(Qt.GlobalColor.black, max(1.0, 0.5 * POINT)))
        lefts = [x]
        for width in self.widths:
            lefts.append(lefts[-1] + width)
        top = 0.0
        for row in range(first + 1, last + 1):
            for column in range(1, self.grid.columns + 1):
                if (row, column) not in self._covered:
                    self._cell(row, column, lefts, top, last)
            top += self.heights[row - 1]

    def _cell(self, row: int, column: int, lefts: list[float], top: float, last: int) -> None:
        bottom, right = self._spans.get((row, column), (row, column))
        height = sum(self.heights[row - 1 : min(bottom, last)])
        box = QRectF(lefts[column - 1], top, lefts[right] - lefts[column - 1], height)
        cell = self.grid.cells.get((row, column))
        if cell is None or not box.width() or not box.height():
            return
        if cell.look.lines:
            self.painter.drawRect(box)
        if cell.text:
            self._write(cell, box)

    def _write(self, cell: SheetCell, box: QRectF) -> None:
        face = QFont(self._family) if self._family else QFont(self.painter.font().family())
        face.setPixelSize(max(8, round(cell.look.points * POINT * self.scale)))
        face.setBold(cell.look.bold)
        self.painter.setFont(face)
        usual = "right" if cell.number is not None else "left"
        flags = ALIGN.get(cell.look.align or usual, ALIGN[usual]) | Qt.AlignmentFlag.AlignVCenter
        inside = box.adjusted(2 * POINT, 0, -2 * POINT, 0)
        if cell.look.wrap:
            self.painter.drawText(inside, int(flags) | int(Qt.TextFlag.TextWordWrap), cell.text)
        else:
            wide = self.painter.fontMetrics().horizontalAdvance(cell.text)
            if wide > inside.width() and cell.look.lines:
                face.setPixelSize(max(8, int(face.pixelSize() * inside.width() / wide)))
                self.painter.setFont(face)
            if not cell.look.lines and cell.look.align not in ("center", "right"):
                inside.setWidth(max(inside.width(), wide + POINT))
            self.painter.drawText(inside, int(flags), cell.text)

    def sign(self, top: float, width: float) -> None:
        """The places for signatures and the seal."""
        face = QFont(self._family) if self._family else QFont(self.painter.font().family())
        face.setPixelSize(round(12 * POINT))
        self.painter.setFont(face)
        part = width / len(SIGNATURES)
        for place, words in enumerate(SIGNATURES):
            box = QRectF(part * place, top, part, 20 * POINT)
            self.painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
