"""`import` and `export`: a ledger's records in and out of an Excel workbook."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.command import Commands, opened, preview
from zhengui.command.problem import CommandProblem

if TYPE_CHECKING:
    from zhengui.catalogue.model import Ledger
    from zhengui.services.entry.browse_records import Selection
    from zhengui.services.township.township import Township


def declare(commands: Commands) -> None:
    """Add both commands to the parser."""
    incoming = commands.add_parser("import", help="从 Excel 导入台账", description="从 Excel 导入台账。")
    outgoing = commands.add_parser("export", help="把台账导出到 Excel", description="把台账导出到 Excel。")
    for parser in (incoming, outgoing):
        opened.add_database(parser)
        parser.add_argument("ledger", metavar="台账", help="台账的键或名称，例如 hazard 或 隐患")
        parser.add_argument(
            "file",
            metavar="文件",
            type=Path,
            help="Excel 文件（.xlsx）；导入时也可以是 .xls、.et、.ods、.csv、.txt",
        )
    incoming.add_argument("--year", metavar="年", type=int, help="没有写年份的日期算哪一年，不写就是工作年度")
    incoming.add_argument("--again", action="store_true", help="导入过的文件、相同的行，照样再导入一次")
    preview.declare(incoming)
    incoming.set_defaults(run=run_import)
    past = commands.add_parser("imports", help="列出做过的导入", description="列出做过的导入。")
    opened.add_database(past)
    past.set_defaults(run=run_imports)
    back = commands.add_parser(
        "undo-import", help="撤回一次导入", description="把一次导入的记录全部移到回收站，它改过的记录改回去。"
    )
    opened.add_database(back)
    back.add_argument("number", metavar="编号", type=int, help="imports 列出的编号")
    back.set_defaults(run=run_undo)
    opened.add_period(outgoing)
    opened.add_villages(outgoing)
    outgoing.add_argument(
        "--formal", action="store_true", help="带标题、单位、合计，排好打印的表；.csv 和 .pdf 总是这样"
    )
    outgoing.add_argument(
        "--column", metavar="列", action="append", help="只要这一列，按写的顺序；可以写几次"
    )
    outgoing.add_argument("--search", metavar="词", default="", help="只要含有这个词的记录")
    outgoing.add_argument("--sort", metavar="列", default="", help="按这一列排序")
    outgoing.add_argument("--personal", action="store_true", help="证件号码和电话不遮盖，会记下是谁导出的")
    outgoing.set_defaults(run=run_export)


def run_import(given: argparse.Namespace) -> int:
    """Import a workbook: every row or none."""
    from zhengui.services.entry.import_workbook import SeenBefore, import_workbook
    from zhengui.services.entry.read_sources import file_source
    from zhengui.services.entry.return_rows import returned_path

    with opened.township(given) as township:
        ledger = opened.ledger(township, given.ledger)
        if preview.is_wished(given):
            return preview.run(township, ledger, given)
        try:
            outcome = import_workbook(
                township,
                ledger.key,
                given.file,
                returned_path(file_source(given.file)),
                year=given.year,
                again=given.again,
            )
        except SeenBefore as seen:
            raise CommandProblem(f"{seen}要照样导入，请加 --again。") from None
        for line in outcome.remarks:
            print(line, file=sys.stderr)
        if outcome.mistakes:
            for mistake in outcome.mistakes:
                print(f"第 {mistake.row} 行，{mistake.column}：{mistake.message}", file=sys.stderr)
            back = outcome.handed_back
            marked = f"要改的地方标在：{back.resolve()}" if back is not None else ""
            told = f"共 {outcome.mistake_count} 处要改，没有写入任何一行。改好后再导入。{marked}"
            print(told, file=sys.stderr)
            return 1
        print(f"已导入{ledger.noun} {outcome.inserted} 条。")
    return 0


def run_imports(given: argparse.Namespace) -> int:
    """List the imports, the newest first."""
    from zhengui.services.entry.past_imports import all_imports

    with opened.township(given) as township:
        found = all_imports(township)
        for one in found:
            ledger = township.catalogue.ledgers.get(one.ledger)
            state = f"，{one.undone_at:%Y-%m-%d} 由{one.undone_by}撤回" if one.undone_at else ""
            title = ledger.title if ledger else one.ledger
            print(f"{one.id}　{one.at:%Y-%m-%d %H:%M}　{one.who}　{title} {one.count} 条　{one.file}{state}")
        if not found:
            print("还没有导入过。")
    return 0


def run_undo(given: argparse.Namespace) -> int:
    """Take an import back."""
    from zhengui.services.entry.past_imports import take_back_import

    with opened.township(given) as township:
        back = take_back_import(township, given.number)
        told = f"，其中 {back.changed} 条导入以后改过" if back.changed else ""
        given_back = f"，{back.restored} 条改过的改了回去" if back.restored else ""
        later = f"，{back.kept} 条后来又改过的没有动" if back.kept else ""
        print(
            f"已撤回“{back.one.file}”，{len(back.removed.ids)} 条记录移到了回收站{told}{given_back}{later}。"
        )
    return 0


def run_export(given: argparse.Namespace) -> int:
    """Export the records of a ledger: all of them plainly, or those asked for as a table to be passed on."""
    from zhengui.services.entry.export_workbook import export_workbook

    formal = given.formal or given.personal or given.column or given.file.suffix.lower() in (".csv", ".pdf")
    with opened.township(given) as township:
        ledger = opened.ledger(township, given.ledger)
        chosen = _selection(given, township, ledger)
        if formal:
            count = _export_formal(given, township, ledger, chosen)
        else:
            count = export_workbook(township, ledger.key, given.file, chosen)
        print(f"已导出{ledger.noun} {count} 条：{given.file.resolve()}")
    return 0


def _selection(given: argparse.Namespace, township: Township, ledger: Ledger) -> Selection:
    from zhengui.services.entry.browse_records import Selection

    timed = given.year is not None or given.start is not None or given.end is not None
    period = opened.period(given) if timed and ledger.period else None
    sort = opened.field(ledger, given.sort).key if given.sort else ""
    chosen = opened.villages(township, given.village)
    return Selection(ledger.key, period, chosen, "", given.search, (), sort, False, today=township.today())


def _export_formal(given: argparse.Namespace, township: Township, ledger: Ledger, chosen: Selection) -> int:
    from zhengui.services.entry.browse_records import select
    from zhengui.services.sheets import export_shown as shown

    opened.check_place(given.file)
    keys = [opened.field(ledger, each).key for each in given.column or ()] or shown.usual_columns(ledger)
    where = "　".join([chosen.period.title] if chosen.period else []) or "全部时间"
    named = "、".join(given.village or ())
    wanted = shown.WantedExport(
        chosen, tuple(keys), f"{ledger.title}台账", f"{where}　{named}" if named else where, given.personal
    )
    noted = 0
    if given.personal and shown.personal_fields(ledger, wanted.columns):
        noted = shown.note_personal(township, wanted, given.file.name, len(select(township, chosen).ids))
    return shown.export_shown(township, wanted, given.file, noted=noted)
