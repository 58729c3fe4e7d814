"""`claims`: which sentences without a number the records allow, and what each judgement rests on."""

from __future__ import annotations

import argparse
import json

from zhengui.command import Commands, opened

#: Where there was nothing to judge the claim isn't broken; its sentence says that there was nothing.
STATES = {"holds": "true", "nothing": "true", "fails": "false", "unknown": "unknown"}
_WORDS = {"holds": "成立", "nothing": "没有这类事项", "fails": "不成立", "unknown": "还不能定"}


def declare(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "claims", help="列出各项断言成立不成立", description="列出各项断言成立不成立。"
    )
    opened.add_database(parser)
    opened.add_period(parser)
    opened.add_villages(parser)
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print the verdicts."""
    from zhengui.services.counting.judge_claims import judge_all, records_of

    with opened.township(given) as township:
        period, villages = opened.period(given), opened.villages(township, given.village)
        with township.reading() as reading:
            verdicts = judge_all(reading, period, villages)
            told = [
                {
                    "key": key,
                    "title": township.catalogue.claims[key].title,
                    "state": STATES[verdict.state],
                    "sentence": verdict.sentence,
                    "why": verdict.reason,
                    "count": verdict.count,
                    "records": [
                        {"ledger": ledger, "id": id_}
                        for ledger, id_ in records_of(reading, key, period, villages)
                    ],
                }
                for key, verdict in verdicts.items()
            ]
        if given.json:
            print(json.dumps(told, ensure_ascii=False, indent=1))
            return 0
        for each in told:
            print(f"{each['title']}：{_WORDS[verdicts[str(each['key'])].state]}。{each['why']}")
    return 0
