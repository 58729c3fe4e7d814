"""The 工作提醒 of a week as a sheet: what is overdue, what falls due, what waits, to be put on the table on Monday."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from zhengui.figures.numerals import chinese, on_paper
from zhengui.figures.period import Period
from zhengui.reports.document import Block, Cell, Document, Heading, Level, Paragraph, Run, Table
from zhengui.services.township.reading import Reading, reads
from zhengui.services.township.rights import Right
from zhengui.services.watch.today import LATER, UNKNOWN, counts, today_lines
from zhengui.whole_file import write_whole

#: Groups that are for the desk, not for the week's sheet.
_NOT_PRINTED = (LATER, UNKNOWN)
#: Of a group so many are printed; how many more there are is said.
_MOST = 10


@reads
def weekly_reminder(reading: Reading, period: Period, villages: Sequence[int] = ()) -> Document:
    """The sheet for the week of the day that is worked on."""
    today = reading.today
    monday = today - timedelta(days=today.weekday())
    sunday = monday + timedelta(days=6)
    lines = [line for line in today_lines(reading, period, villages) if line.group not in _NOT_PRINTED]
    found = counts(lines)
    told = "，".join(f"{group}{count}项" for group, count in found.items()) or "没有要办的事项"
    lead = f"截至{today.month}月{today.day}日，{told}。请各责任部门对照办理，办结后及时登记。"
    blocks: list[Block] = [Paragraph((Run(lead),))]
    for place, group in enumerate(found, start=1):
        own = [line for line in lines if line.group == group]
        blocks.append(Heading(Level.FIRST, f"{chinese(place)}、", (Run(f"{group}（{len(own)}项）"),)))
        rows = tuple(
            (
                Cell(str(number), "centre"),
                Cell(on_paper(line.title)),
                Cell(on_paper(line.below)),
                Cell(on_paper(line.tag), "centre"),
            )
            for number, line in enumerate(own[:_MOST], start=1)
        )
        blocks.append(Table(("序号", "事项", "说明", "情况"), rows, (1.6, 11, 10, 4)))
        if len(own) > _MOST:
            blocks.append(Paragraph((Run(f"另有{len(own) - _MOST}项，见程序的总览。"),)))
    name = reading.profile()
    title = f"本周工作提醒（{_day(monday)}至{_day(sunday)}）"
    day = f"{today.year}年{today.month}月{today.day}日"
    return Document((name.name, title), tuple(blocks), name.office, day)


@reads(Right.EXPORT)
def save_reminder(reading: Reading, document: Document, path: Path) -> int:
    """Write the sheet as PDF and return its pages."""
    from zhengui.reports.gb9704 import render
    from zhengui.services.township.page_settings import settings_of

    buffer = BytesIO()
    page = replace(settings_of(reading).page(), cover=False, contents=False, watermark="", red_head=False)
    rendered = render(document, buffer, page)
    write_whole(path, buffer.getvalue())
    return rendered.pages


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
