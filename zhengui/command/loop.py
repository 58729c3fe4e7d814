"""`loop`: the items of the closed loops by state, the way of one, and a step with some of them."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.command import Commands, opened
from zhengui.command.problem import CommandProblem
from zhengui.values.loop_steps import LOOP_STATES, OVERDUE, TITLES, Deed

if TYPE_CHECKING:
    from zhengui.services.loops.list_items import Branch, LoopItem
    from zhengui.services.township.reading import Reading
    from zhengui.services.township.township import Township

_STEPS = {title: deed for deed, title in TITLES.items() if deed is not Deed.ENTER}


def declare(commands: Commands) -> None:
    """Add the command to the parser."""
    what = "查看要销号的事项，或者办理一步：交办、申请验收、验收、销号、退回、延期"
    parser = commands.add_parser("loop", help=what, description=f"{what}。")
    opened.add_database(parser)
    parser.add_argument("ledger", metavar="台账", nargs="?", help="台账的键或名称；不写就是全部要销号的台账")
    parser.add_argument(
        "ids", metavar="编号", type=int, nargs="*", help="哪几项；只写一项又不办理，就列出它的经过"
    )
    parser.add_argument("--year", metavar="年", type=int, help="哪一年的事项，含往年没有销号的；不写就是今年")
    opened.add_villages(parser)
    states = (*LOOP_STATES, OVERDUE)
    parser.add_argument("--state", metavar="状态", choices=states, help=f"只列一种：{'、'.join(states)}")
    parser.add_argument("--tree", action="store_true", help="按层级汇总进度")
    parser.add_argument("--do", metavar="步骤", choices=tuple(_STEPS), help=f"办理一步：{'、'.join(_STEPS)}")
    parser.add_argument("--day", metavar="日期", help="办理日期；不写就是今天")
    parser.add_argument("--to", metavar="姓名", help="交办给谁，或者由谁验收")
    parser.add_argument("--department", metavar="部门", help="交办给哪个部门")
    parser.add_argument("--due", metavar="日期", help="整改期限，或者延期到哪天")
    parser.add_argument("--words", metavar="文字", default="", help="整改措施，或者退回、延期的原因")
    parser.add_argument("--evidence", metavar="文件", type=Path, action="append", help="佐证照片，可以写几次")
    parser.add_argument("--fraud", action="store_true", help="退回时注明弄虚作假")
    titles = ("交办单", "督办单", "销号单", "通报")
    parser.add_argument("--sheet", metavar="文书", choices=titles, help=f"出一份文书：{'、'.join(titles)}")
    parser.add_argument("--pdf", metavar="文件", type=Path, help="文书存成 PDF")
    parser.add_argument("--sheets", action="store_true", help="列出出过的文书")
    parser.add_argument("--operator", metavar="姓名", default="", help="操作人；不写就用文件里记的")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """List items, tell of one, or take a step."""
    with opened.township(given, given.operator) as township:
        key = opened.ledger(township, given.ledger).key if given.ledger else ""
        if given.sheet or given.sheets:
            _sheets(given, township, key)
            return 0
        if given.do:
            return _step(given, township, key)
        elif key and len(given.ids) == 1:
            _course(given, township, key)
        elif given.tree:
            _tree(given, township, key)
        else:
            _list(given, township, key)
    return 0


def _list(given: argparse.Namespace, township: Township, key: str) -> None:
    from zhengui.services.loops import list_items

    villages = opened.villages(township, given.village)
    year = given.year or township.today().year
    found = list_items.items(township, year, (key,) if key else (), villages)
    if given.ids:
        found = [item for item in found if item.id in given.ids]
    if given.state:
        found = [i for i in found if (i.overdue if given.state == OVERDUE else i.state == given.state)]
    if given.json:
        print(as_json([asdict(item) for item in found]))
        return
    for item in found:
        print(f"{item.ledger} {item.id}  {item.state}{_due(item)}  {item.village} {item.title}".rstrip())
    counts = [f"{state} {sum(1 for i in found if i.state == state)}" for state in LOOP_STATES]
    print(f"共 {len(found)} 项：{'，'.join(counts)}，{OVERDUE} {sum(1 for i in found if i.overdue)}")


def _due(item: LoopItem) -> str:
    if item.left is None:
        return ""
    return f"（逾期 {-item.left} 天）" if item.left < 0 else f"（余 {item.left} 天）"


def _tree(given: argparse.Namespace, township: Township, key: str) -> None:
    from zhengui.services.loops import list_items

    if not key:
        raise CommandProblem("请写明是哪个台账，例如 loop 数据文件 rectification_item --tree。")
    year = given.year or township.today().year
    root = list_items.tree(township, key, year, opened.villages(township, given.village))
    if given.json:
        print(as_json(asdict(root)))
        return

    def tell(branch: Branch, depth: int) -> None:
        late = f"，逾期 {branch.overdue}" if branch.overdue else ""
        state = branch.item.state if branch.item else f"{branch.closed}/{branch.items} 已销号{late}"
        print(f"{'  ' * depth}{branch.title}  {state}")
        for below in branch.branches:
            tell(below, depth + 1)

    tell(root, 0)


def _course(given: argparse.Namespace, township: Township, key: str) -> None:
    from zhengui.services.loops.take_step import course

    found = course(township, key, given.ids[0])
    if given.json:
        print(as_json(asdict(found) | {"state": found.standing.state}))
        return
    print(f"{found.standing.state}，退回 {found.sent_back} 次")
    for stay in found.stays:
        print(f"  {stay.state}  {stay.since} 起 {stay.days(township.today())} 天")
    for step in found.steps:
        due = f"期限 {step.due}" if step.due else ""
        told = [step.person, step.department, due, step.words, "弄虚作假" if step.fraud else ""]
        undone = "（已撤回）" if step.undone else ""
        print(
            f"  {step.day} {step.title}{undone}  {'，'.join(each for each in told if each)}  {step.who}".rstrip()
        )


def _sheets(given: argparse.Namespace, township: Township, key: str) -> None:
    """Write a sheet, or list those that were written."""
    from zhengui.figures.period import year as whole_year
    from zhengui.services.loops import sheets
    from zhengui.services.loops.circular import make_circular
    from zhengui.whole_file import write_whole

    if given.sheets:
        for kept in sheets.sheets(township, given.year):
            print(f"{kept.day}  {kept.title}  {len(kept.items)} 项  {kept.who}")
        return
    if given.pdf is not None:
        opened.check_place(given.pdf)
    kind = next(kind for kind, title in sheets.KINDS.items() if title == given.sheet)
    if kind == "circular":
        period = whole_year(given.year or township.today().year)
        made = make_circular(
            township, period, (key,) if key else (), opened.villages(township, given.village)
        )
    else:
        if not key or not given.ids:
            raise CommandProblem("请写明台账和编号，例如 loop 数据文件 hazard 12 --sheet 交办单。")
        made = sheets.make_sheet(township, kind, key, given.ids)
    if given.pdf is not None:
        write_whole(given.pdf, made.pdf)
    print(f"已出{made.title}" + (f"：{given.pdf.resolve()}" if given.pdf else "。"))


def _step(given: argparse.Namespace, township: Township, key: str) -> int:
    from zhengui.services.entry import attach
    from zhengui.services.loops.take_step import WantedStep, take

    if not key or not given.ids:
        raise CommandProblem("请写明台账和编号，例如 loop 数据文件 hazard 12 --do 销号。")
    with township.writing() as writing:
        wanted = WantedStep(
            _STEPS[given.do],
            opened.day(given.day) if given.day else township.today(),
            given.words,
            one_of(writing, "official", given.to),
            one_of(writing, "department", given.department),
            opened.day(given.due) if given.due else None,
            given.fraud,
            tuple(attach.add_file(writing, path) for path in given.evidence or ()),
        )
        taken = take(writing, key, given.ids, wanted)
    if given.json:
        print(as_json(asdict(taken)))
    else:
        print(
            f"已{given.do} {len(taken.done)} 项"
            + (f"，{len(taken.refused)} 项没有办：" if taken.refused else "。")
        )
        for id, reason in taken.refused.items():
            print(f"  {id}：{reason}")
    return 1 if taken.refused else 0


def one_of(reading: Reading, register: str, name: str | None) -> int | None:
    """The record of a register that a name means."""
    if not name:
        return None
    found = reading.lookup().find(register, name)
    exact = [id for id, title in found if title == name] or [id for id, _title in found]
    if len(exact) == 1:
        return int(exact[0])
    if exact:
        raise CommandProblem(f"“{name}”可以是{'、'.join(title for _id, title in found[:8])}，请写全称。")
    title = reading.catalogue.ledgers[register].title
    raise CommandProblem(f"“{title}”里没有“{name}”。请用“基础信息”里登记的名称。")


def as_json(value: object) -> str:
    """A value of services as JSON: days and moments in ISO form."""

    def plain(each: object) -> str:
        return each.isoformat() if isinstance(each, date | datetime) else str(each)

    return json.dumps(value, ensure_ascii=False, indent=2, default=plain)
