"""`check`: hold every number of a text or Word file against the ledgers."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.command import Commands, opened

if TYPE_CHECKING:
    from zhengui.services.issue.check_text import CheckedNumber

_WORDS = {"agrees": "一致", "contradicts": "不一致", "no_source": "没有出处"}


def declare(commands: Commands) -> None:
    """Add the command to the parser."""
    told = "把文稿里的每个数与台账核对。有不一致的，结束码为 1。"
    parser = commands.add_parser("check", help="核对任何文稿里的数", description=told)
    opened.add_database(parser)
    parser.add_argument("file", metavar="文稿", type=Path, help="文本（.txt）或 Word 文件（.docx）")
    opened.add_period(parser)
    opened.add_villages(parser)
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Tell the verdict on each number; 1 where one contradicts the ledgers."""
    from zhengui.exchange.text_in import lines_of
    from zhengui.services.issue.check_text import check_lines

    lines = lines_of(given.file)
    with opened.township(given) as township:
        period = opened.period(given)
        villages = opened.villages(township, given.village)
        found = check_lines(township, lines, period, villages)
    wrong = [each for each in found if each.judged.verdict == "contradicts"]
    if given.json:
        print(json.dumps([_told(each) for each in found], ensure_ascii=False, indent=1))
    else:
        for each in found:
            print(
                f"第 {each.line} 段  {_WORDS[each.judged.verdict]}  {each.written}{_of(each)}：{each.clause}"
            )
        agreeing = sum(each.judged.verdict == "agrees" for each in found)
        print(
            f"共 {len(found)} 个数：一致 {agreeing} 个，不一致 {len(wrong)} 个，"
            f"没有出处 {len(found) - agreeing - len(wrong)} 个。"
        )
    return 1 if wrong else 0


def _of(each: CheckedNumber) -> str:
    judged = each.judged
    if judged.indicator is None:
        return ""
    return f"（{judged.scope}{judged.indicator.title}，台账为{judged.told}）"


def _told(each: CheckedNumber) -> dict[str, object]:
    judged = each.judged
    return {
        "line": each.line,
        "text": each.written,
        "clause": each.clause,
        "verdict": judged.verdict,
        "indicator": judged.indicator.key if judged.indicator else None,
        "title": judged.indicator.title if judged.indicator else None,
        "value": str(judged.value) if judged.value is not None else None,
        "display": judged.told or None,
        "scope": judged.scope or None,
    }
