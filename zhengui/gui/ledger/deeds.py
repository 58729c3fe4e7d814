"""What can be done with the records of a ledger's table: remove, restore, copy, change many, bring in, hand out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, Signal

from zhengui.catalogue.model import Ledger
from zhengui.gui.desk.actions import Bound, bound, fill_menu
from zhengui.gui.kit import icons
from zhengui.gui.kit.dialogs import ask, tell
from zhengui.gui.kit.menu import Menu
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.ledger.bring_in import bring_in_clipboard, bring_in_file
from zhengui.gui.ledger.loop_deeds import LoopDeeds
from zhengui.gui.ledger.review_deeds import ReviewDeeds
from zhengui.gui.ledger.sheet_deeds import SheetDeeds
from zhengui.gui.ledger.shown import Shown
from zhengui.services.entry import record as records
from zhengui.services.entry import steps
from zhengui.services.entry.record import Edited, Mistakes, Removed, Values
from zhengui.services.entry.referring import StillReferredTo

WORKBOOK = "Excel 表格 (*.xlsx)"
#: From this many records on, removing asks first; fewer are taken back with 撤销 as quickly.
MANY = 2
TOLD = 12


class LedgerDeeds(QObject):
    """Does them, and tells what the page has to do about it."""

    new_asked = Signal(str, object)  # a ledger's key and the values that a new record begins with
    bin_asked = Signal()
    columns_asked = Signal()

    def __init__(self, shown: Shown) -> None:
        super().__init__(shown.host)
        self._shown = shown
        self.reviews = ReviewDeeds(shown)
        self.cells = SheetDeeds(shown)
        self.loop = LoopDeeds(shown)

    def tools(self) -> list[Bound]:
        """The tools of the bar, then those of ⋯."""
        return [
            bound("columns", self.columns_asked.emit, words="列", in_bar=True),
            bound("import", self.bring_in, words="导入", in_bar=True),
            bound("paste_new", self.paste_new, when=self._in_ledger, words="粘贴为新记录…"),
            bound("matches", self.show_matches, words="记住的配法…"),
            bound("imports", self.show_imports, words="导入记录…"),
            bound("export", self.hand_out, words="导出", in_bar=True),
            bound("template", self.make_template, when=self._in_ledger, words="空白填报表…"),
            bound("print", self.print_list, words="打印…"),
            bound("fill_down", self.cells.fill_down, when=self._in_ledger),
            bound("many", self.edit_many, when=self._in_ledger, words="修改选中的多行…"),
            bound("copy_record", self.copy_record, when=self._in_ledger),
            bound("about", self.show_about, when=self._in_register),
            bound("remove", self.remove, when=self._in_ledger),
            bound("zero", self.report_zero, words="标记零报告…"),
            *self.loop.tools(),
            *self.reviews.tools(),
            bound("bin", self.bin_asked.emit),
        ]

    def cell_tools(self) -> list[Bound]:
        """What the table's own keys do, for the menu of a row and the command search."""
        table = self._shown.table
        return [
            bound("edit_cell", lambda: table.edit_asked.emit(table.currentIndex(), None), self._in_ledger),
            bound("open_record", lambda: table.opened.emit(self._shown.current_record()), self._in_ledger),
            bound("copy_cells", table.copied.emit),
            bound("cut_cells", self.cells.cut, self._in_ledger),
            bound("paste_cells", self.cells.paste, self._in_ledger),
            bound("clear_cells", self.cells.clear, self._in_ledger),
        ]

    def _in_ledger(self) -> bool:
        return self._shown.ledger is not None and not self._shown.wish.bin

    def _in_register(self) -> bool:
        return self._in_ledger() and self._ledger().register and self._shown.current_record() > 0

    def show_about(self) -> None:
        """Everything about the village, household or person of the current row."""
        self._shown.desk.go("about", self._ledger().key, self._shown.current_record())

    def open_menu(self, place: QPoint) -> None:
        """The menu of a row."""
        shown = self._shown
        menu = Menu(shown.host)
        count = len(shown.table.selected_ids())
        if shown.wish.bin:
            menu.addAction(icons.icon("arrow_undo"), f"恢复这 {count} 条", self.restore)
            menu.exec(place)
            return
        record = shown.current_record()
        if shown.table.rows.pending.message(record):
            menu.addAction(
                icons.icon("arrow_undo"), "放弃这一行没存下的内容", lambda: self.cells.give_up(record)
            )
            menu.addSeparator()
        fill_menu(menu, self.cell_tools())
        menu.addSeparator()
        every = {tool.action.id: tool for tool in self.tools()}
        whole = ["fill_down", "many", "copy_record"] if count > 1 else ["fill_down", "copy_record"]
        if self._in_register():
            whole.append("about")
        fill_menu(menu, [every[id] for id in whole])
        self.loop.add_to(menu)
        self.reviews.add_to(menu)
        menu.addSeparator()
        fill_menu(menu, [replace(every["remove"], words=f"移到回收站（{count} 条）")])
        menu.exec(place)

    def _ledger(self) -> Ledger:
        return self._shown.open_ledger

    def remove(self) -> None:
        """Move the selected records to the bin, with 撤销."""
        shown, ledger = self._shown, self._ledger()
        ids = shown.table.selected_ids()
        if not ids or shown.wish.bin:
            return
        if len(ids) >= MANY:
            question = f"要把这 {len(ids)} 条{ledger.noun}移到回收站吗？"
            text = "移走后不再计入任何指标，总结里的数也会跟着变。可以随时从回收站恢复。"
            if not ask(shown.host, question, text, "移到回收站", "不删了"):
                return
        township = shown.desk.township
        shown.desk.background.run(
            lambda _progress: records.delete(township, ledger.key, ids), self._removed, self._refused
        )

    def _removed(self, removed: Removed) -> None:
        shown = self._shown
        ledger = shown.desk.catalogue.ledgers[removed.ledger]
        text = f"已移到回收站：{ledger.noun} {len(removed.ids)} 条"
        shown.desk.did(text, steps.of_removed(removed))

    def restore(self) -> None:
        """Bring the selected records back from the bin."""
        ids = tuple(self._shown.table.selected_ids())
        if ids:
            self._bring_back(Removed(self._ledger().key, ids))

    def _bring_back(self, removed: Removed) -> None:
        shown = self._shown
        township = shown.desk.township

        def done(back: Removed) -> None:
            noun = shown.desk.catalogue.ledgers[back.ledger].noun
            shown.desk.did(f"已恢复{noun} {len(back.ids)} 条", steps.of_brought_back(back))

        shown.desk.background.run(lambda _progress: records.restore(township, removed), done, self._refused)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Mistakes):
            lines = [f"{m.title}：{m.message}" for m in error.found[:TOLD]]
            tell(self._shown.host, "这样改不符合台账的规则，没有改动", "\n".join(lines))
        elif isinstance(error, StillReferredTo):
            self._end_or_merge(error)
        else:
            tell(self._shown.host, "这一步没有做成", sentence(error))

    def _end_or_merge(self, problem: StillReferredTo) -> None:
        """Offer what can be done with a record that others refer to."""
        from zhengui.gui.ledger.still_used import StillUsed

        shown = self._shown
        dialog = StillUsed(shown.host, shown.desk, problem)
        if dialog.exec():
            shown.desk.say(dialog.told, lambda: self._take_back(dialog.undo))
            shown.desk.saved.emit("")

    def _take_back(self, undo: Callable[[], None]) -> None:
        undo()
        self._shown.desk.saved.emit("")

    def copy_record(self) -> None:
        """Begin a new record with the values of the current one."""
        shown, record = self._shown, self._shown.current_record()
        if record and not shown.wish.bin:
            values = records.copy_values(shown.desk.township, self._ledger().key, record)
            self.new_asked.emit(self._ledger().key, values)

    def edit_many(self) -> None:
        """Give several records the same value in a field."""
        from zhengui.gui.ledger.edit_many import EditMany

        shown, ledger = self._shown, self._ledger()
        ids = shown.table.selected_ids()
        if not ids or shown.wish.bin:
            return
        column = shown.table.rows.columns[max(0, shown.table.currentIndex().column())]
        dialog = EditMany(shown.host, shown.desk, ledger, len(ids), column.key)
        if not dialog.exec():
            return
        township, changes = shown.desk.township, dialog.changes
        shown.desk.background.run(
            lambda _progress: records.edit_many(township, ledger.key, ids, changes),
            lambda edited: self._edited(edited, changes),
            self._refused,
        )

    def _edited(self, edited: Edited, changes: Values) -> None:
        desk = self._shown.desk
        ledger = desk.catalogue.ledgers[edited.ledger]
        desk.did(f"已修改{ledger.noun} {len(edited.before)} 条", steps.of_edited(edited, changes))

    def print_list(self) -> None:
        """Print the records of the table as a formal list."""
        from zhengui.gui.ledger.print_list import ask_and_print

        ask_and_print(self._shown)

    def report_zero(self) -> None:
        """Say that villages had nothing to report in a month."""
        from zhengui.gui.ledger.zero_report import ZeroReport

        shown, ledger = self._shown, self._ledger()
        dialog = ZeroReport(shown.host, shown.desk, ledger)
        if dialog.exec():
            shown.desk.say(dialog.told)
            shown.desk.saved.emit(ledger.key)

    def hand_out(self) -> None:
        """Write what the table shows to a file."""
        from zhengui.gui.ledger.hand_out import ask_and_export

        ask_and_export(self._shown, self._refused)

    def make_template(self) -> None:
        """Write an empty workbook of the ledger to be filled."""
        from zhengui.gui.ledger.hand_out import ask_for_template

        ask_for_template(self._shown, self._refused)

    def bring_in(self) -> None:
        """Import a file, step by step."""
        bring_in_file(self._shown)

    def paste_new(self) -> None:
        """Import the table on the clipboard, step by step."""
        if self._in_ledger():
            bring_in_clipboard(self._shown)

    def show_matches(self) -> None:
        """The kinds of files whose columns and values are remembered for this ledger."""
        from zhengui.gui.ledger.matches_dialog import MatchesDialog

        MatchesDialog(self._shown.host, self._shown.desk, self._ledger()).exec()

    def show_imports(self) -> None:
        """The imports of this ledger, each to be taken back whole."""
        from zhengui.gui.ledger.imports_dialog import ImportsDialog

        shown, ledger = self._shown, self._ledger()
        ImportsDialog(shown.host, shown.desk, ledger).exec()
