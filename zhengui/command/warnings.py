"""`warnings`: what the rules of warning notice today, and what was decided of it."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from zhengui.command import Commands, opened
from zhengui.command.problem import CommandProblem

if TYPE_CHECKING:
    from zhengui.services.township.township import Township
    from zhengui.services.watch.find_warnings import Warned


def declare(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "warnings",
        help="列出今天的预警，或者受理、延后、了结一条",
        description="列出今天的预警，或者受理、延后、了结一条。",
    )
    opened.add_database(parser)
    opened.add_villages(parser)
    parser.add_argument(
        "--rule", metavar="规则", action="append", help="只看一条规则，写键或名称，可以写几次"
    )
    parser.add_argument("--all", action="store_true", help="已经受理、延后、了结的也列出来")
    decided = parser.add_mutually_exclusive_group()
    decided.add_argument("--take", metavar="编号", help="受理这一条，编号见列出的行")
    decided.add_argument("--put-off", metavar="编号", help="延后这一条，另写 --until 和 --reason")
    decided.add_argument("--close", metavar="编号", help="了结这一条，另写 --reason")
    parser.add_argument("--until", metavar="日期", help="延后到哪一天再提醒，例如 2021-12-31")
    parser.add_argument("--reason", metavar="理由", default="", help="延后或了结的理由")
    parser.add_argument("--operator", metavar="姓名", default="", help="谁办的")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print the warnings, or decide one."""
    from zhengui.figures.warning_states import WarningStanding
    from zhengui.services.watch.decide_warnings import decide
    from zhengui.services.watch.find_warnings import find_warnings, open_ones

    with opened.township(given, given.operator) as township:
        villages = opened.villages(township, given.village)
        found = find_warnings(township, villages, _rules(township, given.rule))
        for what, key in (
            (WarningStanding.TAKEN, given.take),
            (WarningStanding.PUT_OFF, given.put_off),
            (WarningStanding.CLOSED, given.close),
        ):
            if key is not None:
                wanted = [each for each in found if each.key == key]
                if not wanted:
                    raise CommandProblem(f"今天没有编号是“{key}”的预警。不带选项运行一次，可以看到全部编号。")
                until = opened.day(given.until) if given.until is not None else None
                decide(township, wanted, what, given.reason, until)
                print(f"{what}：{wanted[0].label}，{wanted[0].rule.title}。")
                return 0
        shown = found if given.all else open_ones(found)
        if given.json:
            print(json.dumps([_told(each) for each in shown], ensure_ascii=False, indent=1))
            return 0
        for each in shown:
            where = (
                f"（{each.village_name}）"
                if each.village_name and each.village_name not in each.label
                else ""
            )
            print(
                f"{each.standing}  {each.rule.title}：{each.label}{where}，{each.why}。{each.rule.advice}\n      {each.key}"
            )
        print(f"共 {len(shown)} 条预警" if shown else "没有要处理的预警")
    return 0


def _rules(township: Township, wanted: list[str] | None) -> list[str]:
    known = township.catalogue.in_years(township.today().year).warnings
    found = []
    for text in wanted or ():
        keys = [key for key, rule in known.items() if text in (key, rule.title)]
        if not keys:
            raise CommandProblem(f"没有叫“{text}”的预警规则，可写的有：{'、'.join(known)}。")
        found += keys
    return found


def _told(each: Warned) -> dict[str, object]:
    last = each.decisions[-1] if each.decisions else None
    return {
        "key": each.key,
        "rule": each.rule.key,
        "title": each.rule.title,
        "ledger": each.ledger,
        "record": each.record,
        "label": each.label,
        "village": each.village_name,
        "contact": each.contact,
        "why": each.why,
        "since": each.since.isoformat(),
        "advice": each.rule.advice,
        "standing": str(each.standing),
        "reason": last.reason if last is not None else "",
        "records": [{"ledger": each.looked_at, "id": record} for record in each.records],
    }
