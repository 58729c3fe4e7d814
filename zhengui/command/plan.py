"""`plan`: how a year's plan stands, item by item, or its progress sheet as a file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.command import Commands, opened

if TYPE_CHECKING:
    from zhengui.services.township.township import Township


def declare(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "plan", help="查看年度计划的进度，或者存进度表", description="查看年度计划的进度，或者存进度表。"
    )
    opened.add_database(parser)
    parser.add_argument("--year", metavar="年", type=int, required=True, help="哪一年的计划，例如 2021")
    parser.add_argument(
        "--quarter",
        metavar="季度",
        type=int,
        choices=(1, 2, 3, 4),
        help="哪个季度的进度表；不写就是全年完成情况表",
    )
    parser.add_argument("--pdf", metavar="文件", type=Path, help="进度表存成 PDF")
    parser.add_argument("--xlsx", metavar="文件", type=Path, help="进度表存成 Excel 表格")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print the items, or write the sheet."""
    for place in (given.pdf, given.xlsx):
        if place is not None:
            opened.check_place(place)
    with opened.township(given) as township:
        if given.pdf is None and given.xlsx is None:
            _print(township, given.year)
            return 0
        from zhengui.services.paper import plan_sheet

        if given.quarter:
            sheet = plan_sheet.quarter_sheet(township, given.year, given.quarter)
        else:
            sheet = plan_sheet.year_sheet(township, given.year)
        if given.pdf is not None:
            pages = plan_sheet.save_pdf(township, sheet, given.pdf)
            print(f"已生成《{sheet.title}》，共 {pages} 页：{given.pdf.resolve()}")
        if given.xlsx is not None:
            rows = plan_sheet.save_workbook(sheet, given.xlsx)
            print(f"已生成《{sheet.title}》，共 {rows} 行：{given.xlsx.resolve()}")
    return 0


def _print(township: Township, year: int) -> None:
    from zhengui.services.plan.tell_plan import summary, tell
    from zhengui.services.plan.track_plan import track

    items = track(township, year)
    part = ""
    for item in items:
        if item.part != part:
            part = item.part
            print(part)
        told = tell(township, item)
        goal = "，".join(words for words in (told.goal, told.now) if words)
        print(f"  {item.number}. {told.brief}\n     {told.state}　{goal}")
    print(f"{year} 年计划 {len(items)} 项" + (f"：{summary(items)}" if items else ""))
