"""`ranking`: the marks and ranks of the villages in a month, issued or printed."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.command import Commands, opened
from zhengui.command.problem import CommandProblem

if TYPE_CHECKING:
    from zhengui.services.watch.rank_month import Month


def declare(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "ranking", help="各村（居）绩效考核的名次", description="各村（居）绩效考核的名次。"
    )
    opened.add_database(parser)
    parser.add_argument("ranking", metavar="考核", nargs="?", help="哪一项考核，写键或名称；不写就列出有哪些")
    parser.add_argument("--month", metavar="月份", help="哪个月，例如 2021-11；不写就是本月")
    parser.add_argument("--issue", action="store_true", help="签发这个月的通报，以后不再改动")
    parser.add_argument("--pdf", metavar="文件", type=Path, help="通报存成 PDF")
    parser.add_argument("--operator", metavar="姓名", default="", help="谁签发的")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print, issue or write the month."""
    from zhengui.services.watch.rank_month import issue_month, month_ranking
    from zhengui.services.watch.ranking_sheet import save_ranking

    if given.pdf is not None:
        opened.check_place(given.pdf)
    with opened.township(given, given.operator) as township:
        today = township.today()
        month = opened.month(given.month) if given.month else today.year * 100 + today.month
        known = township.catalogue.in_years(month // 100).rankings
        if given.ranking is None:
            for key, each in known.items():
                print(f"{key}  {each.title}")
            return 0
        chosen = [key for key, each in known.items() if given.ranking in (key, each.title)]
        if not chosen:
            raise CommandProblem(f"没有叫“{given.ranking}”的考核，可写的有：{'、'.join(known)}。")
        found = (issue_month if given.issue else month_ranking)(township, chosen[0], month)
        if given.issue:
            print(f"已签发{found.words}“{found.title}”通报")
        if given.pdf is not None:
            pages = save_ranking(township, found, given.pdf)
            print(f"已生成通报，共 {pages} 页：{given.pdf.resolve()}")
        if not given.issue and given.pdf is None:
            _print(found, given.json)
    return 0


def _print(found: Month, as_json: bool) -> None:
    from zhengui.services.watch.ranking_sheet import mark_words, movement_words

    if as_json:
        told = {
            "ranking": found.ranking,
            "month": found.month,
            "issued": found.issued.isoformat() if found.issued else None,
            "items": [
                {"indicator": i.indicator, "title": i.title, "weight": str(i.scale.weight)}
                for i in found.items
            ],
            "villages": [
                {
                    "village": found.names[each.village],
                    "rank": each.rank,
                    "total": None if each.total is None else str(each.total),
                    "marks": [None if mark is None else str(mark) for mark in each.marks],
                    "values": [None if value is None else str(value) for value in each.values],
                    "bonus": str(each.bonus),
                    "movement": each.movement,
                }
                for each in found.marked
            ],
        }
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    state = f"已签发 {found.issued:%Y-%m-%d}" if found.issued else "未签发"
    print(f"{found.words} {found.title}（{state}）")
    for each in found.marked:
        total = "—" if each.total is None else f"{each.total}"
        marks = "，".join(
            f"{item.title} {mark_words(value, mark)}"
            for item, value, mark in zip(found.items, each.values, each.marks, strict=True)
        )
        rank = each.rank or "—"
        print(f"{rank:>3}  {found.names[each.village]}  {total} 分  {movement_words(each.movement)}  {marks}")
