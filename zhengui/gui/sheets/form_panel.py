"""县里的表: the form as a grid, what its cells stand for, and the same form filled for the chosen period and villages."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from zhengui.figures.period import Period
from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit import icons
from zhengui.gui.kit.background import JobProgress
from zhengui.gui.kit.dialogs import ask, tell
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.sheet_tabs import SheetTabs, TabSheet
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.kit.waiting import run_waiting
from zhengui.gui.sheets.filled_words import words_of
from zhengui.gui.sheets.form_deeds import FORM, FormDeeds, told_marks
from zhengui.gui.sheets.form_print import ask_and_print, worked_out
from zhengui.gui.sheets.grid_view import GridView
from zhengui.gui.sheets.mark_editor import MarkEditor
from zhengui.services.county_forms import keep_forms
from zhengui.services.county_forms.fill_form import Filled, Short, fill
from zhengui.services.county_forms.keep_forms import (
    FormAbout,
    FormMark,
    SheetGrid,
    block_of,
    place_name,
    places_of,
)
from zhengui.services.county_forms.save_form import save_filled, shortages
from zhengui.services.problem import ExchangeProblem, StorageProblem
from zhengui.services.township import overview
from zhengui.values.file_name import file_name

EMPTY = (
    "还没有表样。点“收一张表样…”，选县里发来的 .xlsx 表；"
    "再选中一格，在右边说明填哪个指标，或者选中一列格子，填台账的一列。以后每个月点“填好存成文件…”就行了。"
)


class CountyFormPanel(QWidget):
    """Left the forms, in the middle the sheet, right what the chosen cells stand for."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._form: FormAbout | None = None
        self._marks: list[FormMark] = []
        self._grid: SheetGrid | None = None
        self.filled: Filled | None = None
        #: The period and villages that were filled when somebody went to a figure's records.
        self._came_from: tuple[Period, tuple[int, ...]] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._make_left())
        row.addWidget(self._make_middle(), 1)
        self.editor = MarkEditor(self)
        self.editor.kept.connect(self._keep_mark)
        self.editor.removed.connect(self._remove_mark)
        row.addWidget(self.editor)
        desk.scope.changed.connect(self._scope_changed)
        desk.saved.connect(lambda _ledger: self._scope_changed())

    def _make_left(self) -> QWidget:
        left = QWidget(self)
        left.setFixedWidth(196)
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 12, 8, 12)
        column.setSpacing(8)
        self.add = button("收一张表样…", left, "primary")
        self.add.clicked.connect(self.ask_form)
        self.forms = QListWidget(left)
        self.forms.setAccessibleName("表样")
        self.forms.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.forms.currentRowChanged.connect(lambda _row: self._choose_form())
        column.addWidget(self.add)
        column.addWidget(self.forms, 1)
        return left

    def _make_middle(self) -> QWidget:
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(4, 12, 12, 12)
        column.setSpacing(6)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        self.look = button("看填好的样子", middle)
        self.look.setCheckable(True)
        self.look.toggled.connect(lambda _on: self._show_sheet())
        self.save = button("填好存成文件…", middle, "primary")
        self.save.clicked.connect(self.ask_save)
        self.print = button("打印…", middle, "ghost")
        self.print.clicked.connect(self._print)
        self._more = button("", middle, "icon")
        self._more.setIcon(icons.icon("more_horizontal"))
        self._more.setAccessibleName("更多")
        self._more.clicked.connect(self._open_more)
        self._title = label("", middle, "h2")
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        bar.addWidget(self._title, 1)
        for each in (self.look, self.print, self._more, self.save):
            bar.addWidget(each)
        column.addLayout(bar)
        self._told = label("", middle, "cap", wrap=True)
        column.addWidget(self._told)
        self.grid = GridView(middle)
        self.grid.block_chosen.connect(self._show_mark)
        self.grid.opened.connect(self._open_source)
        column.addWidget(self.grid, 1)
        self.sheets = SheetTabs(middle, "工作表")
        self.sheets.chosen.connect(self._choose_sheet)
        column.addWidget(self.sheets)
        return middle

    def refresh(self) -> None:
        """Read the forms anew, and stay at the one that was open, with the period that it was filled for."""
        if self._came_from is not None:
            came_from, self._came_from = self._came_from, None
            self._desk.scope.set_both(*came_from)
        found = keep_forms.all_forms(self._desk.township)
        with self._desk.township.reading() as reading:
            villages = [(each.id, each.name) for each in overview.villages(reading)]
        self.editor.know(self._desk.catalogue, villages)
        before = self._form.id if self._form else 0
        self.forms.blockSignals(True)
        self.forms.clear()
        for each in found:
            item = QListWidgetItem(each.title)
            item.setToolTip(plain(each.file))
            item.setData(Qt.ItemDataRole.UserRole, each)
            self.forms.addItem(item)
        place = next((n for n, each in enumerate(found) if each.id == before), 0)
        self.forms.setCurrentRow(place if found else -1)
        self.forms.blockSignals(False)
        self._choose_form()

    def open(self, form: int) -> None:
        """Open a form by its number."""
        for row in range(self.forms.count()):
            if self.forms.item(row).data(Qt.ItemDataRole.UserRole).id == form:
                self.forms.setCurrentRow(row)

    def _choose_form(self) -> None:
        item = self.forms.currentItem()
        self._form = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        there = self._form is not None
        for each in (self.look, self.save, self.print, self._more, self.grid, self.sheets, self.editor):
            each.setVisible(there)
        self._title.setText(self._form.title if self._form else "县里的表")
        if self._form is None:
            self._told.setText(EMPTY)
            return
        try:
            names = keep_forms.sheets_of(self._desk.township, self._form.id)
        except (ExchangeProblem, StorageProblem) as problem:
            tell(self, "这张表样打不开", sentence(problem))
            return
        self._marks = keep_forms.marks_of(self._desk.township, self._form.id)
        self.filled = None
        self.sheets.show_sheets([TabSheet(name, name) for name in names])
        marked = next((mark.sheet for mark in self._marks if mark.sheet in names), names[0])
        self.sheets.choose(marked)
        self._choose_sheet(marked)

    def _choose_sheet(self, name: str) -> None:
        if self._form is not None:
            self.sheets.choose(name)
            self._grid = keep_forms.grid_of(self._desk.township, self._form.id, name)
            self._show_sheet()

    def _show_sheet(self) -> None:
        grid = self._grid
        if grid is None or self._form is None:
            return
        self.grid.show_grid(grid)
        self.editor.setVisible(not self.look.isChecked())
        self.look.setText("回到每格填什么" if self.look.isChecked() else "看填好的样子")
        if self.look.isChecked():
            self._fill()
        else:
            self.grid.show_marks(told_marks(self._desk.township.catalogue, self._marks, grid))
            count = len(self._marks)
            self._told.setText(
                f"蓝色的 {count} 处已经对应好，选中可以改。"
                if count
                else "选中一格或一列格子，在右边说明填什么。公式不用选，它自己会算。"
            )
            block = self.grid.block() or "A1"
            self._show_mark(block)

    def _fill(self) -> None:
        form, township, scope = self._form, self._desk.township, self._desk.scope
        assert form is not None
        period, villages = scope.period, scope.villages

        def done(filled: Filled) -> None:
            if self._form is not form or not self.look.isChecked() or self._grid is None:
                return
            self.filled = filled
            name = self._grid.name
            values = filled.cells.get(name, {})
            self.grid.show_values({place: words_of(value) for place, value in values.items()})
            self.grid.show_formulas(worked_out(grids, filled.cells, name))
            self._tell_filled(filled, period)

        sheets = keep_forms.sheets_of(township, form.id)
        grids = {sheet: keep_forms.grid_of(township, form.id, sheet) for sheet in sheets}
        self._desk.background.run(
            lambda _progress: fill(township, form.id, period, villages), done, self._refused, key="form"
        )

    def _tell_filled(self, filled: Filled, period: Period) -> None:
        where = self._desk.scope.village_words()
        told = f"{period.title}，{where}，填了 {filled.count} 格。双击一格看它的来历。"
        if filled.remarks:
            told += f"　请核对：{filled.remarks[0]}"
            if len(filled.remarks) > 1:
                told += f"（另有 {len(filled.remarks) - 1} 处）"
        self._told.setText(told)
        self._told.setToolTip(plain("\n".join(filled.remarks)))

    def _scope_changed(self) -> None:
        if self.isVisible() and self.look.isChecked():
            self._show_sheet()

    def _mark_at(self, block: str) -> FormMark | None:
        top, left, _bottom, _right = block_of(block)
        sheet = self._grid.name if self._grid is not None else ""
        marks = (mark for mark in self._marks if mark.sheet == sheet)
        return next((mark for mark in marks if (top, left) in places_of(mark.place)), None)

    def _show_mark(self, block: str) -> None:
        if self._grid is None or self.look.isChecked():
            return
        found = self._mark_at(block)
        if found is not None:
            self.editor.show_mark(found, True)
            return
        kind = "figure" if ":" not in block else "villages"
        self.editor.show_mark(
            FormMark(self._grid.name, block, kind, "", names=self._likely_names(block)), False
        )

    def _likely_names(self, block: str) -> str:
        """The column at the left whose cells name villages."""
        assert self._grid is not None
        villages = set(self._desk.scope.all_villages.values())
        top, left, bottom, _right = block_of(block)
        for column in range(1, left):
            texts = {
                c.text.strip() for row in range(top, bottom + 1) if (c := self._grid.cells.get((row, column)))
            }
            if texts & villages:
                return place_name((1, column)).rstrip("1")
        return ""

    def _keep_mark(self, mark: FormMark) -> None:
        assert self._grid is not None
        others = [each for each in self._marks if (each.sheet, each.place) != (mark.sheet, mark.place)]
        self._set_marks([*others, mark], mark.place)

    def _remove_mark(self) -> None:
        mark = self.editor.mark()
        self._set_marks(
            [e for e in self._marks if (e.sheet, e.place) != (mark.sheet, mark.place)], mark.place
        )

    def _set_marks(self, marks: list[FormMark], block: str) -> None:
        assert self._form is not None
        try:
            keep_forms.set_marks(self._desk.township, self._form.id, marks)
        except StorageProblem as problem:
            self.editor.complain(sentence(problem))
            return
        self._marks = marks
        self._show_sheet()
        self.grid.choose(block)
        self._show_mark(block)

    def _open_source(self, row: int, column: int) -> None:
        """Go to the records behind a filled cell."""
        if self.filled is None or self._grid is None or not self.look.isChecked():
            return
        place = self._grid.first_of((row, column))
        source = self.filled.sources.get((self._grid.name, place))
        if source is None:
            return
        self._came_from = (self._desk.scope.period, self._desk.scope.villages)
        if source.figure:
            assert source.period is not None
            self._desk.scope.set_both(source.period, source.villages)
            self._desk.go("figure", source.figure)
        else:
            self._desk.go_to_ledger(source.ledger, source.record)

    def ask_form(self) -> None:
        """Ask for a form of the county's and keep it."""
        chosen, _kind = QFileDialog.getOpenFileName(self, "选一张县里的表", "", FORM)
        if chosen:
            self.take_form(Path(chosen))

    def take_form(self, path: Path) -> None:
        """Keep a form."""
        try:
            number = keep_forms.add_form(self._desk.township, path)
        except (ExchangeProblem, StorageProblem) as problem:
            self._refused(problem)
            return
        self.refresh()
        self.open(number)
        self._desk.say(f"已收下表样“{path.stem}”，选中要填的格说明填什么")

    def ask_save(self) -> None:
        """Ask where the filled form goes, and write it."""
        form, scope = self._form, self._desk.scope
        if form is None:
            return
        township, period, villages = self._desk.township, scope.period, scope.villages

        def done(short: list[Short]) -> None:
            if not short or self._wants_parts(short):
                self._ask_where(form, period, bool(short))

        self._desk.background.run(
            lambda _progress: shortages(township, form.id, period, villages), done, self._refused, key="form"
        )

    def _wants_parts(self, short: list[Short]) -> bool:
        """Whether the form is to be continued on further copies, as there is no room for all records."""
        parts = max(each.parts for each in short)
        told = "；".join(f"“{each.title}”有 {each.count} 条，表里留了 {each.room} 行" for each in short)
        return ask(
            self,
            f"一张表放不下，要接着填 {parts} 份吗？",
            f"{told}。接着填会存成 {parts} 个文件，每个的表头和格式都一样，序号连着往下排，合计各算各的。"
            "也可以先在 Excel 里给表加几行，在“⋯”里换成新版的文件，或者缩小时段。",
            f"接着填 {parts} 份",
            "先不填",
        )

    def _ask_where(self, form: FormAbout, period: Period, continued: bool) -> None:
        name = f"{file_name(f'{form.title}（{period.title}）')}.xlsx"
        chosen, _kind = QFileDialog.getSaveFileName(self, "填好的表存到哪里", name, FORM)
        if not chosen:
            return
        path = Path(chosen if chosen.lower().endswith(".xlsx") else f"{chosen}.xlsx")
        personal = any(not mark.masked for mark in self._marks) and ask(
            self,
            "证件号码和电话照原样填吗？",
            "这张表里有设为不遮盖的列。照原样填会记下是谁填的，请只交给要表的单位。",
            "照原样填",
            "遮盖一部分",
            undoable=False,
        )
        self.save_to(path, personal, continued)

    def save_to(self, path: Path, personal: bool = False, continued: bool = False) -> None:
        """Write the filled form."""
        form, township, scope = self._form, self._desk.township, self._desk.scope
        assert form is not None
        period, villages = scope.period, scope.villages

        def work(_progress: JobProgress) -> Filled:
            return save_filled(township, form.id, path, period, villages, personal, continued)

        def done(filled: Filled) -> None:
            several = f"，接着存成 {len(filled.files)} 份" if len(filled.files) > 1 else ""
            told = f"已填好“{form.title}”，{period.title}，{filled.count} 格{several}"
            self._desk.offer_file(told, path)
            if filled.remarks:
                tell(self, f"填好了 {filled.count} 格，有几处请核对", "\n".join(filled.remarks[:12]))

        run_waiting(self, self._desk.background, "正在填表", work, done, self._refused)

    def _print(self) -> None:
        if self._form is not None and self._grid is not None:
            ask_and_print(self, self._desk, self._form, self._grid)

    def _open_more(self) -> None:
        if self._form is not None:
            FormDeeds(self, self._desk, self._form, self.refresh).open_menu(self._more)

    def _refused(self, error: Exception) -> None:
        tell(self, "这一步没有做成", sentence(error))
