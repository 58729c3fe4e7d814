"""`value`: the value of an earlier year, entered by hand from a document, or a whole sheet of them."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.command import Commands, opened
from zhengui.command.problem import CommandProblem

if TYPE_CHECKING:
    from zhengui.services.township.township import Township


def declare(commands: Commands) -> None:
    """Add the command to the parser."""
    help_text = "录入以前年度的数，或者列出已录入的"
    parser = commands.add_parser("value", help=help_text, description=f"{help_text}。")
    opened.add_database(parser)
    parser.add_argument(
        "indicator", metavar="指标", nargs="?", help="指标的键、序号或名称；不写就列出已录入的"
    )
    parser.add_argument("in_year", metavar="年", nargs="?", type=int, help="哪一年，例如 2019")
    parser.add_argument("value", metavar="值", nargs="?", help="用指标自己的单位")
    parser.add_argument("--source", metavar="文件", default="", help="出自哪份文件，例如 2019年工作总结")
    parser.add_argument("--dated", metavar="日期", help="那份文件的日期")
    parser.add_argument("--village", metavar="村名", help="一个村（居）的数；不写就是全镇的")
    parser.add_argument(
        "--sheet", metavar="文件", type=Path, help="录入一张表（.csv）：第一行是年份，第一列是指标"
    )
    parser.add_argument("--remove", action="store_true", help="删去这一年的录入数")
    parser.add_argument("--operator", metavar="姓名", default="", help="操作人；不写就用文件里记的")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """List, enter or remove."""
    from zhengui.services.counting import entered_values

    with opened.township(given, given.operator) as township:
        village = opened.villages(township, [given.village])[0] if given.village is not None else None
        dated = opened.day(given.dated) if given.dated is not None else None
        if given.sheet is not None:
            kept = entered_values.paste(township, _rows(given.sheet), given.source, dated, village)
            print(f"已录入 {len(kept.values)} 个数。")
            return 0
        if given.indicator is None:
            _list(township)
            return 0
        from zhengui.command.figures import figure_key

        key = figure_key(township, given.indicator)
        title = township.catalogue.indicators[key].title
        if given.in_year is None or (given.value is None) != given.remove:
            raise CommandProblem(
                "请写明指标、年份和值，例如 value 数据文件 letters 2019 1200 --source 2019年工作总结。"
            )
        if given.remove:
            if not entered_values.forget(township, key, given.in_year, village).before:
                raise CommandProblem(f"“{title}”没有录入过 {given.in_year} 年的数。")
            print(f"已删去“{title}”{given.in_year} 年的录入数。")
            return 0
        entered_values.enter(
            township, key, given.in_year, opened.number(given.value), given.source, dated, village
        )
        print(f"已录入“{title}”{given.in_year} 年：{given.value}。")
    return 0


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def _list(township: Township) -> None:
    from zhengui.services.counting.entered_values import entered_values
    from zhengui.services.township import overview

    names = {each.id: each.name for each in overview.villages(township)}
    for each in entered_values(township):
        indicator = township.catalogue.indicators.get(each.indicator)
        title = indicator.title if indicator is not None else each.indicator
        unit = indicator.unit if indicator is not None else ""
        place = f"（{names.get(each.village, '')}）" if each.village is not None else ""
        dated = f"，{each.dated.isoformat()}" if each.dated is not None else ""
        print(f"{each.year}  {title}{place}：{each.value} {unit}  {each.document}{dated}，{each.who}")
