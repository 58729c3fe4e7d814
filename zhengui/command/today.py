"""`today`: what is to be done today, or the week's reminder as a file."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from zhengui.command import Commands, opened


def declare(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "today", help="今天要办的事，或者存本周工作提醒", description="今天要办的事，或者存本周工作提醒。"
    )
    opened.add_database(parser)
    parser.add_argument("--year", metavar="年", type=int, help="哪一年的事项，不写就是工作年度")
    opened.add_villages(parser)
    parser.add_argument("--pdf", metavar="文件", type=Path, help="本周工作提醒存成 PDF")
    parser.add_argument("--ics", metavar="文件", type=Path, help="这一年的日历存成 .ics 文件")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print the lines, or write the sheet."""
    from zhengui.figures.period import year as whole_year
    from zhengui.services.township.working_year import working_year
    from zhengui.services.watch.export_calendar import export_calendar
    from zhengui.services.watch.today import counts, today_lines
    from zhengui.services.watch.weekly_reminder import save_reminder, weekly_reminder

    for place in (given.pdf, given.ics):
        if place is not None:
            opened.check_place(place)
    with opened.township(given) as township:
        villages = opened.villages(township, given.village)
        period = whole_year(given.year or working_year(township))
        with township.reading() as reading:
            if given.ics is not None:
                count = export_calendar(reading, period.start, period.end, given.ics, villages)
                print(f"已导出 {count} 项：{given.ics.resolve()}")
                return 0
            if given.pdf is not None:
                pages = save_reminder(reading, weekly_reminder(reading, period, villages), given.pdf)
                print(f"已生成本周工作提醒，共 {pages} 页：{given.pdf.resolve()}")
                return 0
            lines = today_lines(reading, period, villages)
        if given.json:
            told = {"counts": counts(lines), "lines": [asdict(line) for line in lines]}
            print(json.dumps(told, ensure_ascii=False, indent=1))
            return 0
        for group, count in counts(lines).items():
            print(f"{group} {count} 项")
            for line in lines:
                if line.group == group:
                    print(f"  {line.tag}  {line.title}（{line.below}）")
        if not lines:
            print("没有要办的事项")
    return 0
