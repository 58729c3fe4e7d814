"""`duty`: who is whose contact, which visits are due, what each official has in hand; hand over, print."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.command import Commands, opened
from zhengui.command.loop import as_json, one_of
from zhengui.command.problem import CommandProblem

if TYPE_CHECKING:
    from zhengui.services.loops.duties import Charge
    from zhengui.services.township.township import Township


def declare(commands: Commands) -> None:
    """Add the command to the parser."""
    what = "包保联系：该走访的农户、没有包保干部的农户、每个干部、每个村（居）包保多少，交接，打印联系卡和走访清单"
    parser = commands.add_parser("duty", help=what, description=f"{what}。")
    opened.add_database(parser)
    opened.add_villages(parser)
    parser.add_argument("--days", metavar="天数", type=int, default=7, help="多少天以内该走访的；不写是 7 天")
    parser.add_argument("--free", action="store_true", help="只列没有包保干部的农户")
    parser.add_argument("--loads", action="store_true", help="列出每个干部包保的户数和该走访的户数")
    parser.add_argument("--by-village", action="store_true", help="列出每个村（居）各种身份的包保干部")
    parser.add_argument("--official", metavar="姓名", help="哪个干部；和 --card、--visits、--hand-to 一起写")
    parser.add_argument("--card", metavar="文件", type=Path, help="这个干部的包保联系卡存成 PDF")
    parser.add_argument("--visits", metavar="文件", type=Path, help="这个干部的入户走访清单存成 PDF")
    parser.add_argument("--hand-to", metavar="姓名", help="把这个干部的包保关系全部交给谁")
    parser.add_argument("--day", metavar="日期", help="从哪天起由接手的人包保；不写就是今天")
    parser.add_argument("--operator", metavar="姓名", default="", help="操作人；不写就用文件里记的")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """List, hand over or print."""
    with opened.township(given, given.operator) as township:
        if given.card or given.visits or given.hand_to:
            _of_official(given, township)
        elif given.loads:
            _loads(given, township)
        elif given.by_village:
            _villages(given, township)
        else:
            _households(given, township)
    return 0


def _of_official(given: argparse.Namespace, township: Township) -> None:
    from zhengui.services.loops import duties
    from zhengui.whole_file import write_whole

    if not given.official:
        raise CommandProblem("请用 --official 写明是哪个干部。")
    for place in (given.card, given.visits):
        if place is not None:
            opened.check_place(place)
    with township.writing() as writing:
        official = one_of(writing, "official", given.official) or 0
        if given.hand_to:
            taker = one_of(writing, "official", given.hand_to) or 0
            day = opened.day(given.day) if given.day else township.today()
            print(f"已交接 {duties.hand_over(writing, official, taker, day)} 户。")
        if given.card:
            write_whole(given.card, duties.card(writing, official))
            print(f"已生成包保联系卡：{given.card.resolve()}")
        if given.visits:
            write_whole(given.visits, duties.visiting_list(writing, official, given.days))
            print(f"已生成入户走访清单：{given.visits.resolve()}")


def _loads(given: argparse.Namespace, township: Township) -> None:
    from zhengui.services.loops import duties

    found = duties.loads(township, opened.villages(township, given.village))
    if given.json:
        print(as_json([asdict(each) for each in found]))
        return
    for each in found:
        roles = "、".join(each.roles)
        print(
            f"{each.name}  {roles}  {each.households} 户 {each.people} 人，逾期未走访 {each.late} 户，一周内 {each.soon} 户"
        )
    print(f"包保干部 {len(found)} 人")


def _villages(given: argparse.Namespace, township: Township) -> None:
    from zhengui.services.loops.village_duties import by_village

    found = by_village(township, opened.villages(township, given.village))
    if given.json:
        print(as_json([asdict(each) for each in found]))
        return
    for each in found:
        print(
            f"{each.name}  包保 {each.households} 户，没有包保干部 {each.free} 户，逾期未走访 {each.late} 户"
        )
        for one in each.officials:
            what = f"{one.households} 户" if one.households else "全村"
            print(f"    {one.role or '没有写身份'}  {one.name}  {what}")


def _households(given: argparse.Namespace, township: Township) -> None:
    from zhengui.services.loops import duties

    villages = opened.villages(township, given.village)
    if given.free:
        found = duties.without_contact(township, villages)
    else:
        found = duties.visits_due(township, given.days, villages)
    if given.json:
        print(as_json([asdict(each) for each in found]))
        return
    for each in found:
        print(f"{each.village}  {each.label}  {each.class_}  {_who(each)}  {_when(each)}")
    what = "没有包保干部" if given.free else f"{given.days} 天以内该走访"
    print(f"{what}的 {len(found)} 户")


def _who(charge: Charge) -> str:
    return "、".join(contact.name for contact in charge.contacts) or "没有包保干部"


def _when(charge: Charge) -> str:
    last = f"上次 {charge.visited}" if charge.visited else "没有走访过"
    left = charge.pace.left
    return f"{last}，" + (f"逾期 {-left} 天" if left < 0 else f"余 {left} 天")
