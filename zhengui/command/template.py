"""`template`: empty workbooks to be filled, of a ledger, of an area, or for each village with all that it owes."""

from __future__ import annotations

import argparse
from pathlib import Path

from zhengui.command import Commands, opened
from zhengui.command.problem import CommandProblem


def declare(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "template",
        help="生成空白的填报表",
        description="生成空白的填报表：一本台账、一个领域，或者每个村一份。",
    )
    opened.add_database(parser)
    parser.add_argument("file", metavar="文件", type=Path, help="存到哪个 .xlsx 文件；--villages 时是文件夹")
    parser.add_argument("--ledger", metavar="台账", action="append", help="哪本台账，写键或名称；可以写几次")
    parser.add_argument("--area", metavar="领域", help="整个领域，一本台账一个工作表")
    parser.add_argument(
        "--village", metavar="村名", help="发给一个村，村名已经填好；不写台账就是它要报的全部"
    )
    parser.add_argument("--villages", action="store_true", help="每个村一份，存到一个文件夹里")
    parser.add_argument("--year", metavar="年", type=int, help="哪一年的台账，不写就是工作年度")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Write the workbooks."""
    chosen = (given.area is not None) + (given.village is not None) + given.villages
    if chosen > 1 or (given.area is not None and given.ledger):
        raise CommandProblem("--area、--village、--villages 只能写一个，--area 也不能和 --ledger 一起写。")
    if not chosen and len(given.ledger or ()) != 1:
        raise CommandProblem("请写明要哪一种：--ledger 台账、--area 领域、--village 村名，或者 --villages。")
    if not given.villages:
        opened.check_place(given.file)
    from zhengui.services.sheets import make_templates as templates
    from zhengui.services.township.working_year import working_year

    with opened.township(given) as township:
        year = given.year or working_year(township)
        ledgers = [opened.ledger(township, each).key for each in given.ledger or ()]
        if given.villages:
            made = templates.templates_of_villages(township, given.file, year, ledgers)
            print(f"已生成 {len(made)} 个村（居）的填报表：{given.file.resolve()}")
        elif given.village is not None:
            (village,) = opened.villages(township, [given.village])
            count = templates.template_of_village(township, village, given.file, year, ledgers)
            print(f"已生成填报表，{count} 本台账：{given.file.resolve()}")
        elif given.area is not None:
            area = opened.area(township, given.area)
            count = templates.template_of_area(township, area, given.file, year)
            print(f"已生成填报表，{count} 本台账：{given.file.resolve()}")
        else:
            templates.template_of_ledger(township, ledgers[0], given.file, year)
            print(f"已生成填报表：{given.file.resolve()}")
    return 0
