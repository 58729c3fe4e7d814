"""Open the import for a file or for what is on the clipboard, and tell what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog

from zhengui.gui.desk.desk import Desk
from zhengui.gui.ledger import blocks
from zhengui.gui.ledger.shown import Shown
from zhengui.services.entry.read_sources import PASTED, FileSource, file_source

READABLE = "表格 (*.xlsx *.xls *.xlsm *.et *.ods *.csv *.txt *.tsv)"


def bring_in_file(shown: Shown) -> None:
    """Choose a file and import it."""
    title = f"导入{shown.open_ledger.title}"
    path, _kind = QFileDialog.getOpenFileName(shown.host, title, "", READABLE)
    if path:
        bring_in(shown, file_source(Path(path)))


def bring_in_clipboard(shown: Shown) -> None:
    """Import the table on the clipboard as records of their own."""
    block = blocks.read_block(QApplication.clipboard().text())
    if not any(any(cell.strip() for cell in row) for row in block):
        shown.desk.say("剪贴板里没有表格，请先在 Excel 或 WPS 中复制")
        return
    bring_in_block(shown, block)


def bring_in_block(shown: Shown, block: blocks.Block) -> None:
    """Import a block of cells; without a heading its columns are those of the table from the current one on."""
    if not has_heading(shown, block):
        columns = shown.table.rows.columns
        heading = shown.table.heading
        current = shown.table.currentIndex()
        left = heading.visualIndex(current.column()) if current.isValid() else 0
        titles = [columns[heading.logicalIndex(n)].title for n in range(left, len(columns))]
        width = max(map(len, block))
        block = [(titles + [""] * width)[:width], *block]
    bring_in(shown, FileSource(PASTED, None, tuple(tuple(row) for row in block)))


def has_heading(shown: Shown, block: blocks.Block) -> bool:
    """Whether the first rows of a block name fields of the ledger."""
    from zhengui.exchange.problem import ExchangeProblem
    from zhengui.services.entry.read_sources import looks_of

    source = FileSource(PASTED, None, tuple(tuple(row) for row in block))
    try:
        (look,) = looks_of(shown.desk.catalogue, shown.open_ledger, source)
    except ExchangeProblem:
        return False
    return look.fit > 1 or (look.fit == 1 and len(look.heading.titles) == 1 and len(block) > 1)


def bring_in(shown: Shown, source: FileSource) -> None:
    """Go through the import of a source, and tell of it with the way back."""
    from zhengui.gui.ledger.import_wizard import ImportWizard

    ledger, desk = shown.open_ledger, shown.desk
    wizard = ImportWizard(shown.host, desk, ledger, source)
    wizard.exec()
    done = wizard.finished_with
    if done is None or not done.number:
        return
    told = f"已导入{ledger.noun}：新增 {done.added} 条，更新 {done.changed} 条"
    desk.say(told, lambda: take_back(desk, done.number))
    desk.saved.emit(ledger.key)


def take_back(desk: Desk, number: int) -> None:
    """Take an import back whole."""
    from zhengui.services.entry.past_imports import take_back_import

    back = take_back_import(desk.township, number)
    desk.saved.emit(back.one.ledger)
    restored = f"，{back.restored} 条改了回去" if back.restored else ""
    desk.say(f"已撤回导入，{len(back.removed.ids)} 条移到了回收站{restored}")
