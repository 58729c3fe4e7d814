"""日程表: for each village what it does by when, to be hung up there; of a plan item, or of the targets of a ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import groupby
from pathlib import Path

from zhengui.figures.numerals import chinese, on_paper
from zhengui.reports.document import Block, Cell, Document, Heading, Level, Paragraph, Run, Table
from zhengui.services.plan.schedule_plan import MONTH, Schedule, VillagePart
from zhengui.services.plan.target_schedule import TargetLine
from zhengui.services.plan.tell_plan import amount, number
from zhengui.services.township.reading import Reading, reads
from zhengui.services.township.rights import Right
from zhengui.whole_file import write_whole

_TARGETS = ("任务", "期限", "应完成", "已完成", "今天应完成", "落后（工作日）", "每个工作日要做")


@reads
def item_sheet(reading: Reading, title: str, schedule: Schedule, villages: Sequence[int] = ()) -> Document:
    """The timetable of a plan item, a table for each village (or those chosen)."""
    how = (
        f"各村（居）都要保持这个比率，到{_day(schedule.due)}为止。"
        if schedule.of_level
        else f"日程从{_day(schedule.due)}倒排，扣除节假日；每一格是那一段要做的和累计要做到的。"
    )
    blocks: list[Block] = [Paragraph((Run(f"{title}。{how}"),))]
    chosen = [part for part in schedule.parts if not villages or part.village.id in villages]
    for place, part in enumerate(chosen, 1):
        told = f"{part.village.name}：目标{amount(part.goal, schedule.unit)}，已完成{number(part.done)}"
        blocks.append(Heading(Level.FIRST, f"{chinese(place)}、", (Run(on_paper(told)),)))
        if part.behind or part.daily:
            behind = f"落后{part.behind}个工作日，" if part.behind else ""
            unit = schedule.heads if schedule.of_level else schedule.unit
            daily = f"以后每个工作日要做{number(part.daily)}{unit}。" if part.daily else "期限已到。"
            blocks.append(Paragraph((Run(f"{behind}{daily}"),)))
        if part.steps:
            rows = tuple(_steps(part, schedule.step))
            blocks.append(Table(("到哪一天", "这一段", "累计"), rows, (5, 4, 4)))
    return _document(reading, "倒排工期日程表", blocks)


@reads
def target_sheet(reading: Reading, lines: Sequence[TargetLine]) -> Document:
    """The timetable of targets, a table for each village."""
    blocks: list[Block] = [
        Paragraph(
            (
                Run(
                    "各项任务从完成期限倒排，扣除节假日。落后的请按“每个工作日要做”的数赶上。"
                    "余下的人数按工作日排到各自的期限，第二张表的每一格是到那一天为止的这一段要做的人数。"
                ),
            )
        )
    ]
    for place, (_village, own) in enumerate(groupby(lines, key=lambda line: line.village), 1):
        listed = list(own)
        blocks.append(Heading(Level.FIRST, f"{chinese(place)}、", (Run(listed[0].name),)))
        rows = tuple(
            (
                Cell(line.what),
                Cell(f"{line.due:%Y-%m-%d}", "centre"),
                Cell(number(line.pace.goal), "right"),
                Cell(number(line.pace.done), "right"),
                Cell(number(line.pace.expected.to_integral_value()), "right"),
                Cell(str(line.pace.behind or "—"), "centre"),
                Cell(daily_words(line), "right"),
            )
            for line in listed
        )
        blocks.append(Table(_TARGETS, rows, (6, 4.4, 3, 3, 3.4, 3, 3.6)))
        unfinished = [line for line in listed if line.steps]
        if unfinished:
            head = ("到哪一天", *(line.what for line in unfinished))
            blocks.append(Table(head, tuple(_rests(unfinished)), (5, *(4.0 for _line in unfinished))))
    return _document(reading, "接种日程表", blocks)


@reads(Right.EXPORT)
def save_sheet(reading: Reading, document: Document, path: Path) -> int:
    """Write a timetable as PDF and return its pages."""
    from zhengui.reports.gb9704 import render
    from zhengui.services.township.page_settings import settings_of

    buffer = BytesIO()
    page = replace(settings_of(reading).page(), cover=False, contents=False, watermark="", red_head=False)
    rendered = render(document, buffer, page)
    write_whole(path, buffer.getvalue())
    return rendered.pages


def daily_words(line: TargetLine) -> str:
    """What a working day takes: a number, 完成 where nothing is left, 已到期 where no day is."""
    if line.pace.finished:
        return "完成"
    return number(line.pace.daily) if line.pace.daily is not None else "已到期"


def _steps(part: VillagePart, step: str) -> Iterator[tuple[Cell, ...]]:
    total = part.before
    for day, value in part.steps:
        total += value
        title = f"{day.year}年{day.month}月底" if step == MONTH else _day(day)
        yield Cell(title, "centre"), Cell(number(value), "right"), Cell(number(Decimal(total)), "right")


def _rests(lines: Sequence[TargetLine]) -> Iterator[tuple[Cell, ...]]:
    """What is left of each target by each of its days."""
    amounts = [dict(line.steps) for line in lines]
    for day in sorted({day for own in amounts for day in own}):
        cells = (Cell(number(own[day]) if day in own else "—", "right") for own in amounts)
        yield Cell(_day(day), "centre"), *cells


def _document(reading: Reading, title: str, blocks: Sequence[Block]) -> Document:
    name, today = reading.profile(), reading.today
    return Document((name.name, title), tuple(blocks), name.office, _day(today))


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
