"""What can be done with the records of a ledger's table: remove, restore, copy, change many, bring in, hand out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu

from zhengui.gui.kit import icons
from zhengui.gui.kit.background import Progress
from zhengui.gui.kit.dialogs import ask, tell
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.kit.waiting import run_waiting
from zhengui.gui.ledger.review_deeds import ReviewDeeds
from zhengui.gui.ledger.tools import Tool
from zhengui.services.entry import record as records
from zhengui.services.entry.record import Edited, Mistakes, Removed
from zhengui.services.entry.review_rows import resolved

if TYPE_CHECKING:
    from zhengui.gui.ledger.view import LedgerView
    from zhengui.services.entry.import_workbook import Outcome

WORKBOOK = "Excel 表格 (*.xlsx)"
READABLE = "Excel 表格 (*.xlsx *.xls *.xlsm)"
#: From this many records on, removing asks first; fewer are taken back with 撤销 as quickly.
MANY = 2
TOLD = 12


class LedgerDeeds(QObject):
    """Belongs to one view."""

    def __init__(self, view: LedgerView) -> None:
        super().__init__(view)
        self._view = view
        self.reviews = ReviewDeeds(view)

    def tools(self) -> list[Tool]:
        """The tools of the bar, then those of ⋯."""
        view = self._view
        return [
            Tool("columns", "列", "text_column_three", self._open_columns, True, tip="选择显示的列"),
            Tool("import", "导入", "arrow_import", self.bring_in, True, tip="从 Excel 导入"),
            Tool("export", "导出", "arrow_export", self.hand_out, True, tip="把表中的记录导出到 Excel"),
            Tool("many", "修改选中的多行…", "edit", self.edit_many, shortcut="Ctrl+E"),
            Tool("copy", "复制为新的一条", "copy", self.copy_record, shortcut="Ctrl+D"),
            Tool("remove", "移到回收站", "delete", self.remove, shortcut="Del"),
            Tool("zero", "标记零报告…", "checkmark_circle", self.report_zero),
            *self.reviews.tools(),
            Tool("bin", "打开回收站", "history", lambda: view.show_bin(True)),
        ]

    def open_menu(self, place: Any) -> None:
        """The menu of a row."""
        view = self._view
        menu = QMenu(view)
        count = len(view.table.selected_ids())
        if view.wish.bin:
            menu.addAction(icons.icon("arrow_undo"), f"恢复这 {count} 条", self.restore)
        else:
            menu.addAction(icons.icon("open"), "打开", lambda: view.table.opened.emit(view.current_record()))
            menu.addAction(icons.icon("copy"), "复制为新的一条", self.copy_record)
            if count > 1:
                menu.addAction(icons.icon("edit"), f"修改这 {count} 条…", self.edit_many)
            menu.addAction(icons.icon("copy"), "复制选中的格", view.words.copy)
            self.reviews.add_to(menu)
            menu.addSeparator()
            menu.addAction(icons.icon("delete"), f"移到回收站（{count} 条）", self.remove)
        menu.exec(place)

    def _open_columns(self) -> None:
        self._view.pickers.open_columns(self._view.tools)

    def _ledger(self) -> Any:
        assert self._view.ledger is not None
        return self._view.ledger

    def remove(self) -> None:
        """Move the selected records to the bin, with 撤销."""
        view, ledger = self._view, self._ledger()
        ids = view.table.selected_ids()
        if not ids or view.wish.bin:
            return
        if len(ids) >= MANY:
            question = f"要把这 {len(ids)} 条{ledger.noun}移到回收站吗？"
            text = "移走后不再计入任何指标，总结里的数也会跟着变。可以随时从回收站恢复。"
            if not ask(view, question, text, "移到回收站", "不删了"):
                return
        township = view.desk.township
        view.desk.background.run(
            lambda _progress: records.delete(township, ledger.key, ids), self._removed, self._refused
        )

    def _removed(self, removed: Removed) -> None:
        view = self._view
        ledger = view.desk.catalogue.ledgers[removed.ledger]
        text = f"已移到回收站：{ledger.noun} {len(removed.ids)} 条"
        view.desk.say(text, lambda: self._bring_back(removed))
        view.desk.saved.emit(removed.ledger)

    def restore(self) -> None:
        """Bring the selected records back from the bin."""
        ids = tuple(self._view.table.selected_ids())
        if ids:
            self._bring_back(Removed(self._ledger().key, ids))

    def _bring_back(self, removed: Removed) -> None:
        view = self._view
        township = view.desk.township

        def done(_nothing: None) -> None:
            noun = view.desk.catalogue.ledgers[removed.ledger].noun
            view.desk.say(f"已恢复{noun} {len(removed.ids)} 条")
            view.desk.saved.emit(removed.ledger)

        view.desk.background.run(lambda _progress: records.restore(township, removed), done, self._refused)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Mistakes):
            lines = [f"{m.title}：{m.message}" for m in error.found[:TOLD]]
            tell(self._view, "这样改不符合台账的规则，没有改动", "\n".join(lines))
        else:
            tell(self._view, "这一步没有做成", sentence(error))

    def copy_record(self) -> None:
        """Begin a new record with the values of the current one."""
        view, record = self._view, self._view.current_record()
        if record and not view.wish.bin:
            values = records.copy_values(view.desk.township, self._ledger().key, record)
            view.new_asked.emit(self._ledger().key, values)

    def edit_many(self) -> None:
        """Give several records the same value in a field."""
        from zhengui.gui.ledger.edit_many import EditMany

        view, ledger = self._view, self._ledger()
        ids = view.table.selected_ids()
        if not ids or view.wish.bin:
            return
        column = view.table.rows.columns[max(0, view.table.currentIndex().column())]
        dialog = EditMany(view, view.desk, ledger, len(ids), column.key)
        if not dialog.exec():
            return
        township, changes = view.desk.township, dialog.changes
        view.desk.background.run(
            lambda _progress: records.edit_many(township, ledger.key, ids, changes),
            self._edited,
            self._refused,
        )

    def _edited(self, edited: Edited) -> None:
        view = self._view
        township, ledger = view.desk.township, view.desk.catalogue.ledgers[edited.ledger]

        def undo() -> None:
            view.desk.background.run(
                lambda _progress: records.take_back(township, edited),
                lambda _nothing: view.desk.saved.emit(edited.ledger),
                self._refused,
            )

        view.desk.say(f"已修改{ledger.noun} {len(edited.before)} 条", undo)
        view.desk.saved.emit(edited.ledger)

    def report_zero(self) -> None:
        """Say that villages had nothing to report in a month."""
        from zhengui.gui.ledger.zero_report import ZeroReport

        view, ledger = self._view, self._ledger()
        dialog = ZeroReport(view, view.desk, ledger)
        if dialog.exec():
            view.desk.say(dialog.told)
            view.desk.saved.emit(ledger.key)

    def hand_out(self) -> None:
        """Write what the table shows to a workbook."""
        from zhengui.services.entry.export_workbook import export_workbook

        view, ledger = self._view, self._ledger()
        name = (
            f"{ledger.title}（{view.desk.scope.period.title}）.xlsx"
            if ledger.period
            else f"{ledger.title}.xlsx"
        )
        path, _kind = QFileDialog.getSaveFileName(view, f"导出{ledger.title}", name, WORKBOOK)
        if not path:
            return
        target = Path(path if path.lower().endswith(".xlsx") else f"{path}.xlsx")
        township, selection = view.desk.township, resolved(view.desk.township, view.selection())
        count = len(view.table.rows.ids)

        def work(progress: Progress) -> int:
            return export_workbook(
                township,
                ledger.key,
                target,
                selection,
                lambda n: progress(n, count),
                lambda: progress.cancelled,
            )

        def done(written: int) -> None:
            view.desk.say(f"已导出{ledger.noun} {written} 条：{target.name}")

        run_waiting(view, view.desk.background, f"正在导出{ledger.title}", work, done, self._refused)

    def bring_in(self) -> None:
        """Read a workbook into the ledger: all rows or none."""
        from zhengui.services.entry.import_workbook import import_workbook

        view, ledger = self._view, self._ledger()
        path, _kind = QFileDialog.getOpenFileName(view, f"导入{ledger.title}", "", READABLE)
        if not path:
            return
        source, township = Path(path), view.desk.township
        marked = source.with_name(f"{source.stem}（标出要改的地方）.xlsx")
        year = view.desk.scope.year

        def work(progress: Progress) -> Outcome:
            return import_workbook(
                township,
                ledger.key,
                source,
                marked,
                lambda n: progress(n, 0),
                lambda: progress.cancelled,
                year,
            )

        run_waiting(view, view.desk.background, f"正在导入{ledger.title}", work, self._brought, self._refused)

    def _brought(self, outcome: Outcome) -> None:
        view, ledger = self._view, self._ledger()
        if not outcome.mistake_count:
            view.desk.say(f"已导入{ledger.noun} {outcome.inserted} 条")
            view.desk.saved.emit(ledger.key)
            return
        lines = [f"第 {m.row} 行，{m.column}：{m.message}" for m in outcome.mistakes[:TOLD]]
        if outcome.mistake_count > len(lines):
            lines.append(f"……另有 {outcome.mistake_count - len(lines)} 处")
        if outcome.handed_back is not None:
            lines.append(f"\n每一处都标在“{outcome.handed_back.name}”里，和原表放在一起，改好后再导入。")
        tell(view, f"有 {outcome.mistake_count} 处要改，没有导入任何一行", "\n".join(lines))
