"""`next-year`: turn the year, so that the next one is worked on."""

from __future__ import annotations

import argparse

from zhengui.command import Commands, opened


def declare(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "next-year", help="开启下一年", description="开启下一年：工作领域和提纲沿用，下一年的计划转为执行。"
    )
    opened.add_database(parser)
    parser.add_argument("--operator", metavar="姓名", default="", help="记在修改记录里的姓名")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Open the next year and say what it begins with."""
    from zhengui.services.whole.open_next_year import open_next_year

    with opened.township(given, given.operator) as township:
        turned = open_next_year(township)
        print(f"已开启 {turned.year} 年，工作领域 {len(turned.areas)} 个，计划 {turned.plan_items} 项。")
        if turned.retired:
            print(f"  不再沿用、只供查看：{'、'.join(turned.retired)}")
        if turned.unsettled:
            print(f"  {turned.year - 1} 年还有 {turned.unsettled} 项计划没有完成，也没有说明原因。")
    return 0
