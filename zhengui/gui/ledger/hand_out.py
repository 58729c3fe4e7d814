"""Hand a ledger's records out: as a table to print, as columns to be imported again, as CSV or PDF; or an empty workbook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from zhengui.catalogue.model import FieldType
from zhengui.gui.kit.background import JobProgress
from zhengui.gui.kit.dialogs import ask
from zhengui.gui.kit.waiting import run_waiting
from zhengui.gui.ledger.columns import STATE
from zhengui.gui.ledger.shown import Shown
from zhengui.services.entry.export_workbook import export_workbook
from zhengui.services.entry.review_rows import resolved
from zhengui.services.sheets import export_shown, make_templates
from zhengui.services.sheets.export_shown import WantedExport
from zhengui.values.file_name import file_name

PLAIN = "Excel 表格，原样的列，可以再导入 (*.xlsx)"
#: What can be chosen in the box for the file's name, with the ending that each gives.
FILTERS = {
    "Excel 表格，排好可以打印 (*.xlsx)": ".xlsx",
    PLAIN: ".xlsx",
    "PDF 表格，公文字体 (*.pdf)": ".pdf",
    "CSV 文本 (*.csv)": ".csv",
}

Refused = Callable[[Exception], None]


def ask_and_export(shown: Shown, refused: Refused) -> None:
    """Ask where and as what, and write what the table shows."""
    ledger = shown.open_ledger
    span = f"（{shown.desk.scope.period.title}）" if ledger.period else ""
    name = f"{file_name(f'{ledger.title}{span}')}.xlsx"
    path, kind = QFileDialog.getSaveFileName(shown.host, f"导出{ledger.title}", name, ";;".join(FILTERS))
    if not path:
        return
    ending = FILTERS.get(kind, ".xlsx")
    target = Path(path)
    if target.suffix.lower() not in (".xlsx", ".csv", ".pdf"):
        target = Path(f"{path}{ending}")
    elif kind in FILTERS and target.suffix.lower() != ending:
        target = target.with_suffix(ending)
    if (kind in FILTERS and kind != PLAIN) or target.suffix.lower() != ".xlsx":
        _export_shown(shown, target, refused)
    else:
        _export_plain(shown, target, refused)


def wanted_of(shown: Shown, personal: bool = False) -> WantedExport:
    """The records, columns and order of the table as it stands."""
    table, ledger = shown.table, shown.open_ledger
    columns = [table.rows.columns[table.heading.logicalIndex(n)] for n in range(len(table.rows.columns))]
    keys = tuple(
        export_shown.STATE if c.key == STATE else c.key
        for c in columns
        if c.key == STATE or (c.field is not None and c.field.type is not FieldType.ATTACHMENT)
    )
    where = [shown.period.title] if ledger.period else []
    if shown.desk.scope.villages:
        where.append(shown.desk.scope.village_words())
    selection = resolved(shown.desk.township, shown.selection())
    return WantedExport(selection, keys, f"{ledger.title}台账", "　".join(where), personal)


def _export_shown(shown: Shown, target: Path, refused: Refused) -> None:
    township, ledger, count = shown.desk.township, shown.open_ledger, len(shown.table.rows.ids)
    masked = export_shown.personal_fields(ledger, wanted_of(shown).columns)
    titles = "、".join(field.title for field in masked)
    personal = bool(masked) and ask(
        shown.host,
        f"{titles}要遮盖一部分吗？",
        f"一般遮盖一部分再给别人。不遮盖的话，会记下是谁在什么时候导出了 {count} 条。",
        "不遮盖，照原样",
        "遮盖一部分",
        undoable=False,
    )
    wanted = wanted_of(shown, personal)

    def work(progress: JobProgress) -> int:
        noted = export_shown.note_personal(township, wanted, target.name, count) if personal else 0
        return export_shown.export_shown(township, wanted, target, progress, noted)

    _run(shown, target, work, refused)


def _export_plain(shown: Shown, target: Path, refused: Refused) -> None:
    township, ledger, count = shown.desk.township, shown.open_ledger, len(shown.table.rows.ids)
    selection = resolved(township, shown.selection())
    every = tuple(field.key for field in ledger.live_fields)

    def work(progress: JobProgress) -> int:
        if export_shown.personal_fields(ledger, every):
            export_shown.note_personal(
                township, WantedExport(selection, every, ledger.title), target.name, count
            )
        return export_workbook(township, ledger.key, target, selection, progress)

    _run(shown, target, work, refused)


def _run(shown: Shown, target: Path, work: Callable[[JobProgress], int], refused: Refused) -> None:
    ledger = shown.open_ledger

    def done(written: int) -> None:
        told = f"已导出{ledger.noun} {written} 条：{target.name}"
        shown.desk.offer_file(told, target)

    run_waiting(shown.host, shown.desk.background, f"正在导出{ledger.title}", work, done, refused)


def ask_for_template(shown: Shown, refused: Refused) -> None:
    """Ask where, and write an empty workbook of the ledger to be filled."""
    township, ledger, year = shown.desk.township, shown.open_ledger, shown.desk.scope.year
    name = f"{file_name(f'{ledger.title}填报表')}.xlsx"
    path, _kind = QFileDialog.getSaveFileName(shown.host, "空白填报表存到哪里", name, "Excel 表格 (*.xlsx)")
    if not path:
        return
    target = Path(path if path.lower().endswith(".xlsx") else f"{path}.xlsx")
    run_waiting(
        shown.host,
        shown.desk.background,
        "正在生成填报表",
        lambda _progress: make_templates.template_of_ledger(township, ledger.key, target, year),
        lambda _made: shown.desk.offer_file(f"已生成填报表：{target.name}", target),
        refused,
    )
