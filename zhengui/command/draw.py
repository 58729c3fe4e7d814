"""`draw`: spot checks. Draw closed items by lot, list draws and their results, note a result, repeat a draw."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.command import Commands, opened
from zhengui.command.loop import as_json, one_of
from zhengui.command.problem import CommandProblem

if TYPE_CHECKING:
    from zhengui.services.township.township import Township
    from zhengui.storage.writing.spot_draws import KeptDraw


def declare(commands: Commands) -> None:
    """Add the command to the parser."""
    what = "抽查已销号的事项：按村（居）分层随机抽取，登记结果，不合格的退回整改"
    parser = commands.add_parser("draw", help=what, description=f"{what}。")
    opened.add_database(parser)
    parser.add_argument(
        "ledger", metavar="台账", nargs="?", help="台账的键或名称；不写就列出全部抽查和该做的抽查"
    )
    parser.add_argument("--size", metavar="数量", help="抽多少：件数（10）或比例（5%%）；写了就抽取")
    parser.add_argument("--seed", metavar="种子数", type=int, help="用哪个种子数抽取；不写就随机取一个并记下")
    parser.add_argument("--again", action="store_true", help="上一次抽过的也可以再抽")
    opened.add_villages(parser)
    parser.add_argument(
        "--show", metavar="次序号", type=int, help="列出一次抽查的事项、结果和各村合格率，并按种子数重抽核对"
    )
    parser.add_argument("--check", metavar="次序号", type=int, help="登记这次抽查里一项的结果，要写 --item")
    parser.add_argument("--item", metavar="编号", type=int, help="哪一项")
    parser.add_argument("--failed", metavar="情况", help="不合格，写明情况；不写就是合格")
    parser.add_argument("--by", metavar="姓名", help="抽查人")
    parser.add_argument("--day", metavar="日期", help="抽查日期；不写就是今天")
    parser.add_argument("--due", metavar="日期", help="不合格的重新整改到哪天")
    parser.add_argument("--photo", metavar="文件", type=Path, action="append", help="抽查照片，可以写几次")
    parser.add_argument("--circular", metavar="次序号", type=int, help="出这次抽查的通报")
    parser.add_argument("--pdf", metavar="文件", type=Path, help="通报存成 PDF")
    parser.add_argument("--operator", metavar="姓名", default="", help="操作人；不写就用文件里记的")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Draw, note, tell or list."""
    from zhengui.services.loops import spot_check

    with opened.township(given, given.operator) as township:
        key = opened.ledger(township, given.ledger).key if given.ledger else ""
        if given.check is not None:
            _note(given, township)
        elif given.circular is not None:
            _circular(given, township)
        elif given.show is not None:
            _show(given, township, spot_check.one_draw(township, given.show))
        elif given.size:
            if not key:
                raise CommandProblem("请写明抽查哪个台账，例如 draw 数据文件 toilet_problem --size 5%。")
            villages = opened.villages(township, given.village)
            kept = spot_check.draw_items(township, key, given.size, given.seed, villages, given.again)
            _show(given, township, kept)
        else:
            _list(given, township, key)
    return 0


def _note(given: argparse.Namespace, township: Township) -> None:
    from zhengui.services.entry import attach
    from zhengui.services.loops import spot_check

    if given.item is None:
        raise CommandProblem("请用 --item 写明是哪一项的结果。")
    with township.writing() as writing:
        photos = tuple(attach.add_file(writing, path) for path in given.photo or ())
        spot_check.note_result(
            writing,
            given.check,
            given.item,
            given.failed is None,
            opened.day(given.day) if given.day else None,
            one_of(writing, "official", given.by),
            given.failed or "",
            photos,
            opened.day(given.due) if given.due else None,
        )
    print("已登记：合格。" if given.failed is None else "已登记：不合格，已退回整改。")


def _circular(given: argparse.Namespace, township: Township) -> None:
    from zhengui.services.loops import spot_check
    from zhengui.whole_file import write_whole

    if given.pdf is not None:
        opened.check_place(given.pdf)
    made = spot_check.make_check_sheet(township, given.circular)
    if given.pdf is not None:
        write_whole(given.pdf, made.pdf)
    print(f"已出{made.title}" + (f"：{given.pdf.resolve()}" if given.pdf else "。"))


def _show(given: argparse.Namespace, township: Township, kept: KeptDraw) -> None:
    from zhengui.services.loops import spot_check

    found, rates = spot_check.checked(township, kept.id), spot_check.rates(township, kept.id)
    same = spot_check.repeats(kept)
    if given.json:
        by_village = [asdict(rate) | {"rate": rate.rate} for rate in rates]
        print(as_json(asdict(kept) | {"repeats": same, "rates": by_village}))
        return
    title = township.catalogue.ledgers[kept.ledger].title
    again = "按种子数重抽，结果一致" if same else "按种子数重抽，结果不一致，请核对数据文件"
    print(f"第 {kept.id} 次抽查：{title}，{kept.day} 抽取 {len(kept.items)} 项，种子数 {kept.seed}；{again}")
    for each in found:
        passed = each.found.passed
        told = "未查" if passed is None else "合格" if passed else f"不合格：{each.found.words}"
        print(f"  {each.item.id}  {each.item.village}  {each.item.title}  {told}  {each.checker}".rstrip())
    for rate in rates:
        share = "未查" if rate.rate is None else f"{rate.rate:.1f}%"
        print(f"  {rate.village}：抽取 {rate.drawn}，已查 {rate.checked}，合格 {rate.passed}，合格率 {share}")


def _list(given: argparse.Namespace, township: Township, key: str) -> None:
    from zhengui.services.loops import spot_check

    kept = spot_check.draws(township, key)
    due = [each for each in spot_check.draws_due(township) if not key or each.ledger == key]
    if given.json:
        print(as_json({"draws": [asdict(each) for each in kept], "due": [asdict(each) for each in due]}))
        return
    for each in kept:
        done = sum(one.passed is not None for one in each.items)
        title = township.catalogue.ledgers[each.ledger].title
        print(
            f"{each.id}  {each.day}  {title}  抽取 {len(each.items)} 项，已查 {done} 项，种子数 {each.seed}"
        )
    for one in due:
        month = f"{one.month // 100}年{one.month % 100}月"
        print(f"{one.title}：{month}" + (f"的抽查还有 {one.open} 项没有结果" if one.draw else "还没有抽查"))
