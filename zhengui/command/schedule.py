"""`schedule`: how a plan item is shared out among the villages, or the targets of a ledger worked back from their due dates."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.command import Commands, opened
from zhengui.command.problem import CommandProblem

if TYPE_CHECKING:
    from zhengui.services.plan.plan_curve import Curve
    from zhengui.services.plan.schedule_plan import Schedule, VillagePart
    from zhengui.services.plan.target_schedule import TargetLine
    from zhengui.services.township.township import Township


def declare(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "schedule",
        help="计划分解到各村（居）的日程，或者接种日程",
        description="计划分解到各村（居）的日程，或者接种日程。",
    )
    opened.add_database(parser)
    parser.add_argument("--item", metavar="编号", type=int, help="哪一项计划")
    parser.add_argument("--targets", action="store_true", help="看接种任务的日程")
    parser.add_argument(
        "--share", metavar="分法", help="分解到各村（居）：population、households、equal 或 indicator:指标"
    )
    parser.add_argument("--step", choices=("month", "week"), default="month", help="排到月还是周")
    parser.add_argument("--reshare", action="store_true", help="把剩下的重新分配，各村（居）补上自己欠的")
    parser.add_argument("--curve", action="store_true", help="列出每个村（居）到哪一天应完成和实际完成多少")
    opened.add_villages(parser)
    parser.add_argument("--pdf", metavar="文件", type=Path, help="日程表存成 PDF")
    parser.add_argument("--operator", metavar="姓名", default="", help="谁分解的")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print, make or write a schedule."""
    if given.pdf is not None:
        opened.check_place(given.pdf)
    if (given.item is None) == (not given.targets):
        raise CommandProblem("请写 --item 编号，或者写 --targets，只写一样。")
    with opened.township(given, given.operator) as township:
        villages = opened.villages(township, given.village)
        if given.targets:
            return _targets(township, villages, given)
        return _item(township, villages, given)


def _targets(township: Township, villages: tuple[int, ...], given: argparse.Namespace) -> int:
    from zhengui.services.paper.schedule_sheet import daily_words, save_sheet, target_sheet
    from zhengui.services.plan.target_schedule import behind, spread_anew, target_curve, target_schedule

    lines = target_schedule(township, villages)
    if given.reshare:
        spread_anew(township, [line.record for line in behind(lines)])
        lines = target_schedule(township, villages)
    curves = {line.record: target_curve(township, line.record) for line in lines} if given.curve else {}
    if given.pdf is not None:
        with township.reading() as reading:
            pages = save_sheet(reading, target_sheet(reading, lines), given.pdf)
        print(f"已生成日程表，共 {pages} 页：{given.pdf.resolve()}")
    elif given.json:
        told = [{**_line(line), **_curved(curves.get(line.record))} for line in lines]
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for line in lines:
            late = f"，落后 {line.pace.behind} 个工作日" if line.pace.behind else ""
            print(
                f"{line.name} {line.what}：{line.pace.done} / {line.pace.goal}{late}，每天要做 {daily_words(line)}"
            )
            _print_curve(curves.get(line.record))
        print(f"共 {len(lines)} 项任务，{len(behind(lines))} 项落后")
    return 0


def _line(line: TargetLine) -> dict[str, object]:
    pace = line.pace
    return {
        "village": line.name,
        "what": line.what,
        "due": line.due.isoformat(),
        "goal": str(pace.goal),
        "done": str(pace.done),
        "expected": str(pace.expected),
        "behind": pace.behind,
        "daily": None if pace.daily is None else str(pace.daily),
        "record": line.record,
        "steps": [[day.isoformat(), str(value)] for day, value in line.steps],
    }


def _curved(curve: Curve | None) -> dict[str, object]:
    """The points of a curve as (day, amount), nothing where none was asked for."""
    if curve is None:
        return {}
    lines = {"planned": curve.planned, "actual": curve.actual}
    return {
        "curve": {key: [[day.isoformat(), str(value)] for day, value in own] for key, own in lines.items()}
    }


def _print_curve(curve: Curve | None) -> None:
    if curve is not None:
        for words, points in (("应完成", curve.planned), ("实际", curve.actual)):
            told = "，".join(f"{day:%Y-%m-%d} {value:.10g}" for day, value in points)
            print(f"    {words}：{told}")


def _item(township: Township, villages: tuple[int, ...], given: argparse.Namespace) -> int:
    from zhengui.services.paper.schedule_sheet import item_sheet, save_sheet
    from zhengui.services.plan import schedule_plan, share_ways
    from zhengui.services.plan.tell_plan import number
    from zhengui.services.plan.track_plan import track_item
    from zhengui.services.plan.village_curve import village_curve

    item = track_item(township, given.item)
    if given.share is not None:
        schedule_plan.keep(
            township, schedule_plan.draft(township, item, _by(township, given.share), given.step)
        )
    elif given.reshare:
        schedule_plan.keep(township, schedule_plan.reallocate(township, item))
    found = schedule_plan.current(township, item)
    if found is None:
        raise CommandProblem("这一项还没有分解到各村（居）。加上“--share population”就按人口分解。")
    title = item.wording.rstrip("。；;")
    shown = [part for part in found.parts if not villages or part.village.id in villages]
    curves = (
        {part.village.id: village_curve(township, item, found, part.village.id) for part in shown}
        if given.curve
        else {}
    )
    if given.pdf is not None:
        with township.reading() as reading:
            pages = save_sheet(reading, item_sheet(reading, title, found, villages), given.pdf)
        print(f"已生成日程表，共 {pages} 页：{given.pdf.resolve()}")
    elif given.json:
        print(json.dumps(_told(found, shown, curves), ensure_ascii=False, indent=1))
    else:
        print(
            f"{title}：{share_ways.by_words(township, found.by)}，{number(found.done)} / {number(found.goal)}{found.unit}"
        )
        for part in shown:
            late = f"，落后 {part.behind} 个工作日" if part.behind else ""
            daily = f"，每天要做 {part.daily}" if part.daily is not None else ""
            print(f"  {part.village.name}：{number(part.done)} / {number(part.goal)}{late}{daily}")
            _print_curve(curves.get(part.village.id))
    return 0


def _told(found: Schedule, shown: Sequence[VillagePart], curves: Mapping[int, Curve]) -> dict[str, object]:
    return {
        "item": found.item,
        "by": found.by,
        "unit": found.unit,
        "goal": str(found.goal),
        "done": str(found.done),
        "due": found.due.isoformat(),
        "villages": [
            {
                "village": part.village.name,
                "weight": str(part.weight),
                "goal": str(part.goal),
                "done": str(part.done),
                "expected": str(part.due),
                "behind": part.behind,
                "daily": None if part.daily is None else str(part.daily),
                "steps": [[day.isoformat(), str(value)] for day, value in part.steps],
                **_curved(curves.get(part.village.id)),
            }
            for part in shown
        ],
    }


def _by(township: Township, wanted: str) -> str:
    from zhengui.services.plan.share_ways import BY, INDICATOR

    if wanted in BY and wanted != "own":
        return wanted
    key = wanted.removeprefix(INDICATOR)
    if wanted.startswith(INDICATOR) and key in township.catalogue.indicators:
        return wanted
    raise CommandProblem(
        f"没有“{wanted}”这种分法，可写 population、households、equal 或 indicator:指标的键。"
    )
