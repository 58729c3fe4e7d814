"""What a sheet's keys do to cells: write, empty, fill down, cut, paste; each one step that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from zhengui.catalogue.model import Field
from zhengui.gui.form.field_context import TownshipContext
from zhengui.gui.kit.dialogs import ask, tell
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.ledger import blocks
from zhengui.gui.ledger.bring_in import bring_in_block, has_heading
from zhengui.gui.ledger.columns import Column, editable
from zhengui.gui.ledger.pending import TypedCell
from zhengui.gui.ledger.shown import Shown
from zhengui.services.entry import drafts, steps
from zhengui.services.entry.steps import CellsLook, EntryStep, WrittenCells
from zhengui.values.parse import ValueMistake, parse
from zhengui.values.show import show
from zhengui.values.value import Value

#: More cells at once are a matter of an import, which reads a file and hands mistakes back in it.
MOST_CELLS = 20_000
Cells = dict[int, dict[str, TypedCell]]


class SheetDeeds(QObject):
    """Writes in the background; until then, and where a rule forbids it, a cell shows what was typed."""

    writing = Signal()  # the file is about to tell of changes made in cells
    written = Signal()  # the pending cells changed

    def __init__(self, shown: Shown) -> None:
        super().__init__(shown.host)
        self._shown = shown
        self._busy = False
        self._had_drafts = False
        self._waiting: list[tuple[str, Cells, str]] = []

    @property
    def _columns(self) -> list[Column]:
        table = self._shown.table
        return [table.rows.columns[table.heading.logicalIndex(n)] for n in range(len(table.rows.columns))]

    # Writing

    def type(self, record: int, key: str, typed: TypedCell) -> None:
        """Take what was typed into one cell."""
        field = self._shown.open_ledger[key]
        self.put({record: {key: typed}}, f"修改{field.title}")

    def put(self, cells: Cells, words: str) -> None:
        """Show the cells as typed and write them."""
        rows, ledger = self._shown.table.rows, self._shown.open_ledger.key
        whole = rows.pending.put(cells)
        rows.touch(whole)
        self._waiting.append((ledger, whole, words))
        self._go_on()

    def _go_on(self) -> None:
        if self._busy or not self._waiting:
            return
        self._busy = True
        ledger, cells, words = self._waiting.pop(0)
        good = {id: row for id, row in cells.items() if not any(typed.unread for typed in row.values())}
        values = {id: {key: typed.value for key, typed in row.items()} for id, row in good.items()}
        township = self._shown.desk.township

        def done(written: WrittenCells) -> None:
            self._busy = False
            self._written(written, ledger, cells, good, words)
            self._go_on()

        def failed(error: Exception) -> None:
            self._busy = False
            tell(self._shown.host, "这一步没有做成", sentence(error))
            self._go_on()

        self._shown.desk.background.run(
            lambda _progress: steps.set_cells(township, ledger, values), done, failed
        )

    def _written(self, written: WrittenCells, ledger: str, cells: Cells, good: Cells, words: str) -> None:
        """Forget what is in the file now, mark what is kept back, and leave a draft of it."""
        shown = self._shown
        pending = shown.pending_of(ledger)
        for id, row in good.items():
            if id not in written.wrong:
                pending.drop(id, row)
        for id, found in written.wrong.items():
            pending.blame(id, {mistake.field: mistake.message for mistake in found})
        held = [id for id in cells if pending.message(id)]
        texts = {id: {key: typed.state for key, typed in pending.cells[id].items()} for id in held}
        free = [id for id in cells if id not in texts]
        township = shown.desk.township

        def keep(_progress: object) -> None:
            for id, typed in texts.items():
                drafts.keep(township, ledger, id, typed)
            for id in free:
                drafts.drop(township, ledger, id)

        if texts or self._had_drafts:
            shown.desk.background.run(keep, lambda _nothing: None)
        self._had_drafts = bool(texts)
        rows = shown.table.rows
        rows.forget()
        if written.step.records:
            self.writing.emit()
            self._tell(written.step, words)
        self.written.emit()

    def _tell(self, step: EntryStep, words: str) -> None:
        """One cell is seen where it was typed, and the foot of the window says 已保存; more are told of."""
        desk, count = self._shown.desk, len(step.records)
        if count > 1:
            desk.did(f"{words} {count} 条", step)
        else:
            desk.note(words, step)
            desk.saved.emit(step.ledger)

    def give_up(self, record: int) -> None:
        """Let a record that is kept back be what it is in the file."""
        ledger, township = self._shown.open_ledger.key, self._shown.desk.township
        self._shown.table.rows.pending.give_up(record)
        self._shown.table.rows.forget()
        self._shown.desk.background.run(
            lambda _progress: drafts.drop(township, ledger, record), lambda _nothing: None
        )
        self.written.emit()

    # Cells chosen

    def _chosen(self, ranges: list[tuple[int, int, int, int]] | None = None) -> list[tuple[int, Column]]:
        """The record and the column of every selected cell that can be typed in."""
        table = self._shown.table
        ids, columns = table.rows.ids, table.rows.columns
        return [
            (ids[row], columns[column])
            for top, bottom, left, right in ranges or table.ranges()
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if editable(columns[column].field)
        ]

    def _too_many(self, count: int) -> bool:
        if count > MOST_CELLS:
            self._shown.desk.say(f"一次最多改 {MOST_CELLS:,} 格，请少选一些，或者用“导入”")
        return count > MOST_CELLS

    def clear(self) -> None:
        """Delete: empty the cells, asked for where they are more than one."""
        _rows, count = _size(self._shown.table.ranges())
        if self._too_many(count):
            return
        chosen = self._chosen()
        needed = {
            column.title for _id, column in chosen if column.field is not None and column.field.required
        }
        if needed:
            self._shown.desk.say(f"“{'”“'.join(sorted(needed)[:3])}”是必填项，不能清空")
            return
        if len(chosen) > 1:
            question = f"要清空选中的 {len(chosen)} 格吗？"
            if not ask(self._shown.host, question, "只清空内容，记录还在。可以撤销。", "清空", "不清空"):
                return
        self.put(_gather((id, column.key, TypedCell("", "")) for id, column in chosen), "清空选中的格")

    def fill_down(self) -> None:
        """Ctrl+D: the first row of the selection into those under it; of one row, what stands above it."""
        table = self._shown.table
        cells: Cells = {}
        for top, bottom, left, right in table.ranges():
            source = top if bottom > top else top - 1
            if source < 0 or self._too_many((bottom - top + 1) * (right - left + 1)):
                continue
            values = table.rows.row(source).values
            for row in range(source + 1, bottom + 1):
                for number in range(left, right + 1):
                    column = table.rows.columns[number]
                    if column.field is not None and editable(column.field):
                        typed = self._of_value(column.field, values.get(column.key))
                        cells.setdefault(table.rows.ids[row], {})[column.key] = typed
        if cells:
            self.put(cells, "向下填充")

    def _of_value(self, field: Field, value: Value) -> TypedCell:
        office = self._office()
        whole = show(field, value, office.lookup, masked=False) if value is not None else ""
        return TypedCell(whole, show(field, value, office.lookup) if value is not None else "", value)

    def _office(self) -> TownshipContext:
        return TownshipContext(self._shown.desk.township, self._shown.period)

    # The clipboard

    def cut(self) -> None:
        """Copy the cells, then empty them."""
        table = self._shown.table
        ranges = table.ranges()
        _rows, count = _size(ranges)
        if self._too_many(count) or len(ranges) != 1:
            return
        top, bottom, left, right = ranges[0]
        places = range(left, right + 1)
        lines = [[table.rows.columns[n].heading for n in places]] if count > 1 else []
        for row in range(top, bottom + 1):
            lines.append([str(table.rows.index(row, n).data() or "") for n in places])
        blocks.put_on_clipboard(lines, headed=count > 1)
        self.clear()

    def paste(self) -> None:
        """Read the block on the clipboard into the cells from the current one on, one value into all chosen."""
        text = QApplication.clipboard().text()
        table = self._shown.table
        current = table.currentIndex()
        if not text.strip("\n") or not current.isValid():
            return
        columns = self._columns
        top, _bottom, first, _right = min(table.ranges() or [(current.row(), 0, current.column(), 0)])
        left = table.heading.visualIndex(first)
        whole = blocks.read_block(text)
        block = blocks.without_headings(whole, [column.heading for column in columns[left:]])
        if len(whole) > 1 and block is whole and has_heading(self._shown, whole):
            bring_in_block(self._shown, whole)
            return
        if len(block) == 1 and len(block[0]) == 1:
            cells = [(id, column, block[0][0]) for id, column in self._chosen()]
            over = 0
        else:
            ids = table.rows.ids
            over = max(0, top + len(block) - len(ids))
            cells = [
                (ids[top + n], columns[left + m], cell)
                for n, line in enumerate(block[: len(ids) - top])
                for m, cell in enumerate(line[: len(columns) - left])
                if editable(columns[left + m].field)
            ]
        if not cells or self._too_many(len(cells)):
            return
        more = block[len(block) - over :]
        if sum(map(len, block)) == 1:
            self._read_cells(cells, lambda found, _looks: self._pasted(found, more))
        else:
            self._read_cells(cells, lambda found, looks: self._ask_and_paste(found, looks, more))

    def _read_cells(
        self,
        cells: list[tuple[int, Column, str]],
        then: Callable[[Cells, CellsLook], None],
    ) -> None:
        """Read pasted texts and see what they would do, in the background."""
        office, ledger, township = self._office(), self._shown.open_ledger.key, self._shown.desk.township

        def work(_progress: object) -> tuple[Cells, CellsLook]:
            found = _gather(
                (id, column.key, _read(column.field, cell, office))
                for id, column, cell in cells
                if column.field
            )
            values = {
                id: {key: typed.value for key, typed in row.items() if not typed.unread}
                for id, row in found.items()
            }
            return found, steps.look_at_cells(township, ledger, values)

        self._shown.desk.background.run(work, lambda answer: then(*answer))

    def _ask_and_paste(self, cells: Cells, looks: CellsLook, over: blocks.Block) -> None:
        """Show what a block will do, and paste it if that is what is wanted."""
        from zhengui.gui.ledger.paste_preview import PastePreview, lines_of

        shown = self._shown
        lines = lines_of(shown.open_ledger, cells, looks, self._office())
        if not lines and not over:
            shown.desk.say("粘贴的内容和现在的相同，没有改动")
            return
        if lines:
            dialog = PastePreview(shown.host, lines, sum(map(len, cells.values())), len(over))
            if not dialog.exec():
                return
        self._pasted(cells, over)

    def _pasted(self, cells: Cells, over: blocks.Block) -> None:
        self.put(cells, "粘贴")
        if over:
            told = f"表里从这里起放不下，多出的 {len(over)} 行没有粘贴"
            self._shown.desk.offer(told, "导入为新记录", lambda: bring_in_block(self._shown, over))


def _size(ranges: list[tuple[int, int, int, int]]) -> tuple[int, int]:
    rows = sum(bottom - top + 1 for top, bottom, _l, _r in ranges)
    return rows, sum((b - t + 1) * (r - left + 1) for t, b, left, r in ranges)


def _gather(found: Iterable[tuple[int, str, TypedCell]]) -> Cells:
    cells: Cells = {}
    for record, key, typed in found:
        cells.setdefault(record, {})[key] = typed
    return cells


def _read(field: Field, text: str, office: TownshipContext) -> TypedCell:
    """One pasted cell, read as the form reads it."""
    text = text.strip()
    try:
        value = parse(field, text, office.lookup, office.today(), office.year())
    except ValueMistake as mistake:
        return TypedCell(text, text, unread=mistake.message)
    whole = show(field, value, office.lookup, masked=False) if value is not None else ""
    return TypedCell(whole, show(field, value, office.lookup) if value is not None else "", value)
