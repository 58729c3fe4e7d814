"""What can be done in the matrix: mark, take back, open the records, remind, copy and export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from zhengui.figures import period as periods
from zhengui.gui.kit import icons
from zhengui.gui.kit.dialogs import ask, tell
from zhengui.gui.kit.menu import Menu
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.returns.grid import MISSING, QUIET, REPORTED, ZERO, ReturnsCell
from zhengui.gui.returns.shown import ReturnsShown
from zhengui.services.returns import remind_missing, report_year
from zhengui.services.returns.report_year import MarkedMonths, can_mark_zero, has_ended, set_marks, take_back

Chosen = Sequence[tuple[str, str, ReturnsCell]]
Places = list[tuple[int, int]]


class Deeds(QObject):
    """Works on the ledger that is shown."""

    cell_opened = Signal(str, str)  # of a matrix of areas: the row and the column

    def __init__(self, shown: ReturnsShown) -> None:
        super().__init__(shown.host)
        self._shown = shown

    def mark_zero(self) -> None:
        """Space: say that there was nothing to report; on 零 alone, take that back."""
        shown = self._shown
        if shown.facts is None or shown.mode != "village":
            return
        chosen = shown.table.chosen()
        if chosen and all(cell.kind == ZERO for _row, _column, cell in chosen):
            self._set(self._places(chosen), None, "已取消零报告")
            return
        free = self._free(chosen)
        if not free:
            self._tell_why_not(chosen)
            return
        self._ask_zero(free)

    def mark_month_zero(self) -> None:
        """The same for everybody who is missing in the month in hand."""
        shown = self._shown
        month = shown.month()
        rows = [(row.key, str(month), row.cells[month - 1]) for row in shown.table.matrix.grid.rows]
        free = self._free(rows)
        if free:
            self._ask_zero(free)

    def _ask_zero(self, free: Places) -> None:
        shown, ledger = self._shown, self._shown.ledger
        if len(free) > 1:
            where = self._words(free)
            text = (
                f"零报告表示已经向村（居）核实、确实没有{ledger.noun}，会计入完整性，"
                f"总结里的结论以它为据。还没有核实的，请先催报。"
            )
            if not ask(shown.host, f"{where}都确实没有{ledger.noun}吗？", text, "标记零报告", "先不标记"):
                return
        self._set(free, True, "已标记零报告")

    def mark_reported(self) -> None:
        """Say that the months were reported as they stand, without a change in records."""
        chosen = [each for each in self._shown.table.chosen() if each[2].kind in (MISSING, QUIET, REPORTED)]
        places = [p for p in self._places(chosen) if has_ended(p[1], self._shown.desk.township.today())]
        if places:
            self._set(places, False, "已标记已报")

    def unmark(self) -> None:
        """Take marks back; records stay what they are."""
        chosen = [each for each in self._shown.table.chosen() if each[2].kind in (ZERO, REPORTED)]
        if chosen:
            self._set(self._places(chosen), None, "已取消报送标记")

    def _places(self, chosen: Chosen) -> Places:
        year = self._shown.facts.status.year if self._shown.facts else 0
        return [(int(row), year * 100 + int(column)) for row, column, _cell in chosen]

    def _free(self, chosen: Chosen) -> Places:
        """Which of the cells may be marked 零报告."""
        assert self._shown.facts is not None
        today = self._shown.desk.township.today()
        cells = {
            (row.village, cell.month): cell for row in self._shown.facts.status.rows for cell in row.cells
        }
        return [place for place in self._places(chosen) if can_mark_zero(cells[place], today)]

    def _tell_why_not(self, chosen: Chosen) -> None:
        desk, ledger = self._shown.desk, self._shown.ledger
        if not chosen:
            return
        if all(cell.kind == REPORTED for _row, _column, cell in chosen):
            desk.say(f"这个月已经有{ledger.noun}记录，不用零报告")
        else:
            desk.say("这个月还没有过完，月底以后再零报告")

    def _words(self, places: Places) -> str:
        villages = {village for village, _month in places}
        months = report_year.month_words({month % 100 for _village, month in places})
        names = {row.village: row.name for row in self._shown.facts.status.rows} if self._shown.facts else {}
        who = names.get(next(iter(villages)), "") if len(villages) == 1 else f"{len(villages)} 个村（居）"
        return f"{who} {months}"

    def _set(self, places: Places, zero: bool | None, verb: str) -> None:
        shown, desk = self._shown, self._shown.desk
        ledger, words = shown.ledger.key, self._words(places)

        def done(marked: MarkedMonths) -> None:
            desk.say(f"{verb}：{words}", lambda: self._undo(marked))
            desk.saved.emit(ledger)

        desk.background.run(
            lambda _progress: set_marks(desk.township, ledger, places, zero), done, self._refused
        )

    def _undo(self, marked: MarkedMonths) -> None:
        desk = self._shown.desk
        desk.background.run(
            lambda _progress: take_back(desk.township, marked),
            lambda _nothing: desk.saved.emit(marked.ledger),
            self._refused,
        )

    def _refused(self, error: Exception) -> None:
        tell(self._shown.host, "这一步没有做成", sentence(error))

    def open_records(self) -> None:
        """Enter: the records of the village and the month, or the ledger that lacks most."""
        shown, desk = self._shown, self._shown.desk
        row, column = shown.table.place()
        if not row or shown.facts is None:
            return
        if shown.mode != "village":
            self.cell_opened.emit(row, column)
            return
        shown.drill(periods.month(shown.facts.status.year, int(column)), int(row))
        desk.go_to_ledger(shown.ledger.key)

    def remind(self, ledgers: Sequence[str], month: int = 0) -> None:
        """Open the 催报通知 for ledgers, of one month or of the whole year."""
        from zhengui.gui.returns.notice_dialog import NoticeDialog

        shown, desk = self._shown, self._shown.desk
        year, villages = desk.scope.year, desk.scope.villages
        months = (month,) if month else ()

        def show(found: list[remind_missing.Owed]) -> None:
            if found:
                NoticeDialog(shown.host, desk, year, found).exec()
            else:
                desk.say("到期的都已报送，没有要催的")

        desk.background.run(
            lambda _progress: remind_missing.owed(desk.township, year, ledgers, months, villages),
            show,
            self._refused,
        )

    def export(self) -> None:
        """Write the matrix of the ledger to a workbook."""
        shown = self._shown
        if shown.facts is None:
            return
        name = f"{shown.ledger.title}{shown.facts.status.year}年报送情况.xlsx"
        path, _kind = QFileDialog.getSaveFileName(shown.host, "导出报送情况", name, "Excel 表格 (*.xlsx)")
        if path:
            self.export_to(Path(path if path.lower().endswith(".xlsx") else f"{path}.xlsx"))

    def export_to(self, path: Path) -> None:
        """Write the matrix to this file."""
        shown, desk = self._shown, self._shown.desk
        if shown.facts is None:
            return
        status, villages = shown.facts.status, desk.scope.villages
        desk.background.run(
            lambda _progress: report_year.export_status(desk.township, status, path, villages),
            lambda count: desk.offer_file(f"已导出 {count} 个村（居）的报送情况：{path.name}", path),
            self._refused,
        )

    def copy(self) -> None:
        """Copy the selected cells with their headings, or the whole matrix where one cell is chosen."""
        grid = self._shown.table.matrix.grid
        chosen = {(row, column) for row, column, _cell in self._shown.table.chosen()}
        rows = [r for r in grid.rows if len(chosen) < 2 or any(r.key == row for row, _c in chosen)]
        places = [
            place
            for place, (key, _title) in enumerate(grid.columns)
            if len(chosen) < 2 or any(key == column for _r, column in chosen)
        ]
        ends = grid.ends if len(places) == len(grid.columns) else ()
        lines = ["\t".join([grid.corner, *(grid.columns[place][1] for place in places), *ends])]
        for row in rows:
            tail = row.ends if ends else ()
            lines.append("\t".join([row.name, *(row.cells[place].text for place in places), *tail]))
        QApplication.clipboard().setText("\n".join(lines))
        self._shown.desk.say(f"已复制 {len(rows)} 行和标题，可粘贴到 Excel")

    def open_menu(self, place: QPoint) -> None:
        """The menu of the selected cells."""
        menu = self.menu()
        menu.exec(place)

    def menu(self) -> QMenu:
        """What can be done with the selected cells."""
        shown = self._shown
        menu = Menu(shown.host)
        month = shown.month()

        def add(icon: str, text: str, call: Callable[[], None], keys: str = "") -> None:
            action = menu.addAction(icons.icon(icon), text, call)
            if keys:
                action.setShortcut(keys)
                action.setShortcutVisibleInContextMenu(True)

        add("open", "打开这些记录", self.open_records, "Return")
        if shown.mode == "village":
            add("checkmark_circle", "标记零报告，或取消", self.mark_zero, "Space")
            add("checkmark_circle", "标记已报（记录不变）", self.mark_reported)
            add("arrow_undo", "取消报送标记", self.unmark)
            menu.addSeparator()
            column = str(month)
            add("calendar_month", f"选中 {month} 月整列", lambda: shown.table.choose_column(column))
            add("document_text", f"催报 {month} 月…", lambda: self.remind([shown.ledger.key], month))
        menu.addSeparator()
        add("copy", "复制，带标题", self.copy, "Ctrl+C")
        return menu
