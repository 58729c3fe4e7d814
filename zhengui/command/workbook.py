"""`import` and `export`: a ledger's records in and out of an Excel workbook."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhengui.command import opened
from zhengui.command.problem import CommandProblem

if TYPE_CHECKING:
    from zhengui.catalogue.model import Ledger
    from zhengui.services.township.township import Township


def declare(commands: Any) -> None:
    """Add both commands to the parser."""
    incoming = commands.add_parser("import", help="从 Excel 导入台账", description="从 Excel 导入台账。")
    outgoing = commands.add_parser("export", help="把台账导出到 Excel", description="把台账导出到 Excel。")
    for parser in (incoming, outgoing):
        opened.add_database(parser)
        parser.add_argument("ledger", metavar="台账", help="台账的键或名称，例如 hazard 或 隐患")
        parser.add_argument("file", metavar="文件", type=Path, help="Excel 文件（.xlsx）")
    incoming.add_argument("--year", metavar="年", type=int, help="没有写年份的日期算哪一年，不写就是工作年度")
    incoming.set_defaults(run=run_import)
    outgoing.set_defaults(run=run_export)


def run_import(given: argparse.Namespace) -> int:
    """Import a workbook: every row or none."""
    from zhengui.services.entry.import_workbook import import_workbook

    with opened.township(given) as township:
        ledger = _ledger(township, given.ledger)
        outcome = import_workbook(township, ledger.key, given.file, year=given.year)
        for line in outcome.remarks:
            print(line, file=sys.stderr)
        if outcome.mistakes:
            for mistake in outcome.mistakes:
                print(f"第 {mistake.row} 行，{mistake.column}：{mistake.message}", file=sys.stderr)
            print(f"共 {outcome.mistake_count} 处要改，没有写入任何一行。改好后再导入。", file=sys.stderr)
            return 1
        print(f"已导入{ledger.noun} {outcome.inserted} 条。")
    return 0


def run_export(given: argparse.Namespace) -> int:
    """Export every live record of a ledger."""
    from zhengui.services.entry.export_workbook import export_workbook

    with opened.township(given) as township:
        ledger = _ledger(township, given.ledger)
        count = export_workbook(township, ledger.key, given.file)
        print(f"已导出{ledger.noun} {count} 条：{given.file.resolve()}")
    return 0


def _ledger(township: Township, wanted: str) -> Ledger:
    ledgers = township.catalogue.ledgers
    if wanted in ledgers:
        return ledgers[wanted]
    named = [ledger for ledger in ledgers.values() if ledger.title == wanted]
    if len(named) == 1:
        return named[0]
    raise CommandProblem(f"没有叫“{wanted}”的台账。用 catalogue 命令可以看到全部台账。")
