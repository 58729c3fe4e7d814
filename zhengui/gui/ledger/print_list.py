"""Ctrl+P over a table: its records as a formal table, opened where it can be printed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from zhengui.catalogue.model import FieldType
from zhengui.gui.kit.dialogs import tell
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.kit.waiting import run_waiting
from zhengui.gui.ledger import source as ledger_source
from zhengui.gui.ledger.columns import Column
from zhengui.gui.ledger.shown import Shown
from zhengui.services.paper import ledger_sheet
from zhengui.services.paper.ledger_sheet import MOST_ROWS, ListSheet

__all__ = ["ask_and_print", "save", "sheet_of"]


def ask_and_print(shown: Shown) -> None:
    """Ask where to keep the list, lay it out in the background, and open it for the printer."""
    desk, ledger, count = shown.desk, shown.open_ledger, len(shown.table.rows.ids)
    if not 0 < count <= MOST_ROWS:
        few = (
            f"一次最多打印 {MOST_ROWS:,} 条，请先筛选，或者导出到 Excel"
            if count
            else "表里还没有记录可以打印"
        )
        desk.say(few)
        return
    span = f"（{shown.period.title}）" if ledger.period else ""
    name = f"{ledger.title}台账{span}.pdf"
    chosen, _kind = QFileDialog.getSaveFileName(shown.host, f"打印{ledger.title}", name, "PDF 文件 (*.pdf)")
    if chosen:
        save(shown, Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf"))


def save(shown: Shown, path: Path) -> None:
    """Lay out what the table shows to this file."""
    desk, township = shown.desk, shown.desk.township
    sheet = sheet_of(shown)

    def done(pages: int) -> None:
        desk.offer_file(f"已排好 {len(sheet.rows)} 条，{pages} 页：{path.name}", path)

    run_waiting(
        shown.host,
        desk.background,
        "正在排版",
        lambda _progress: ledger_sheet.save_pdf(township, sheet, path),
        done,
        lambda error: tell(shown.host, "没有排成", sentence(error)),
    )


def sheet_of(shown: Shown) -> ListSheet:
    """The columns from left to right and all rows of the table, as it shows them."""
    table, ledger = shown.table, shown.open_ledger
    columns = [table.rows.columns[table.heading.logicalIndex(n)] for n in range(len(table.rows.columns))]
    columns = [c for c in columns if c.field is None or c.field.type is not FieldType.ATTACHMENT]
    rows = ledger_source.fetch(shown.desk.township, ledger, table.rows.ids, columns)
    texts = tuple(tuple(_text(row.texts.get(c.key, "")) for c in columns) for row in rows)
    sums = shown.last.sums if shown.last is not None else {}
    lead = f"{shown.period.title}，" if ledger.period else ""
    narrowed = shown.desk.scope.village_words() if shown.desk.scope.villages else ""
    where = f"{narrowed}，" if narrowed else ""
    return ListSheet(
        f"{ledger.title}台账",
        f"{lead}{where}共 {len(texts)} {ledger.measure_word}。",
        tuple(c.heading for c in columns),
        _widths(columns),
        texts,
        frozenset(n for n, c in enumerate(columns) if c.is_number),
        tuple(sums.get(c.key, "") if c.is_total else "" for c in columns),
    )


def _widths(columns: Sequence[Column]) -> tuple[float, ...]:
    return tuple(float(c.width) for c in columns)


def _text(text: str) -> str:
    return "" if text == "—" else text
