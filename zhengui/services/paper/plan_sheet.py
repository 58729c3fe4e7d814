"""The progress sheet of a plan: each item with its goal, what is reached and how it stands, as pages or a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from zhengui.catalogue.model import FieldType
from zhengui.figures.numerals import chinese, on_paper
from zhengui.figures.period import quarter as whole_quarter
from zhengui.reports.document import Attachment, Block, Cell, Document, Paragraph, Run, Table
from zhengui.services.plan.carry_over import Review, review
from zhengui.services.plan.list_plan import LEDGER
from zhengui.services.plan.tell_plan import summary, tell
from zhengui.services.plan.track_plan import Tracked, track
from zhengui.services.township.reading import Reading, reads
from zhengui.services.township.rights import Right
from zhengui.storage.writing import plan_progress
from zhengui.whole_file import write_whole

_QUARTERS = "一二三四"
_HEADER = ("序号", "事项", "责任部门", "牵头领导", "期限", "指标与目标", "进度", "状态", "最近进展")
_WIDTHS = (2.5, 20, 7, 5, 7, 13, 6.5, 7, 14)
_END_HEADER = ("序号", "事项", "责任部门", "要求与实际", "结果", "未完成原因", "去向")
_END_WIDTHS = (2.5, 22, 8, 16, 6, 16, 7)


@dataclass(frozen=True, slots=True)
class ProgressSheet:
    """A sheet before it is written: its title, the day it tells of, and the rows of each part."""

    title: str
    on: date
    lead: str
    header: tuple[str, ...]
    widths: tuple[float, ...]
    parts: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]


@reads
def quarter_sheet(reading: Reading, year: int, quarter: int) -> ProgressSheet:
    """How the plan stands at a quarter's end, or today within it."""
    on = min(whole_quarter(year, quarter).end, max(reading.today, date(year, 1, 1)))
    items = track(reading, year, on)
    words = _last_words(reading, items, on)
    rows = {item.id: _row(reading, item, words.get(item.id, "")) for item in items}
    name = f"{reading.profile().name}{year}年工作计划{_QUARTERS[quarter - 1]}季度进度表"
    lead = f"截至{_day(on)}，全年计划 {len(items)} 项：{summary(items)}。"
    return ProgressSheet(name, on, lead, _HEADER, _WIDTHS, _by_part(reading, items, rows))


@reads
def year_sheet(reading: Reading, year: int) -> ProgressSheet:
    """What became of a year's plan."""
    found = review(reading, year)
    items = [each.item for each in found]
    rows = {each.item.id: _end_row(each) for each in found}
    reached = sum(1 for each in found if each.reached)
    carried = sum(1 for each in found if each.outcome is not None and each.outcome.carried is not None)
    on = min(reading.today, date(year, 12, 31))
    lead = f"截至{_day(on)}，全年计划 {len(found)} 项，完成 {reached} 项，未完成 {len(found) - reached} 项"
    lead += f"，其中结转下年 {carried} 项。" if carried else "。"
    name = f"{reading.profile().name}{year}年工作计划完成情况表"
    return ProgressSheet(name, on, lead, _END_HEADER, _END_WIDTHS, _by_part(reading, items, rows))


@reads
def document_of(reading: Reading, sheet: ProgressSheet) -> Document:
    """The sheet as an official document; its tables, which go across the page, are attached to it."""
    blocks: list[Block] = []
    for place, (part, rows) in enumerate(sheet.parts, start=1):
        cells = tuple(
            tuple(
                Cell(on_paper(text), "centre" if column == 0 else "left") for column, text in enumerate(row)
            )
            for row in rows
        )
        blocks.append(Table(sheet.header, cells, sheet.widths, (), f"{chinese(place)}、{part}", True))
    name = reading.profile()
    own = sheet.title.removeprefix(name.name)
    lead, attached = Paragraph((Run(on_paper(sheet.lead)),)), Attachment(own, tuple(blocks))
    told = own.removesuffix("表").removesuffix("情况") + "情况"
    return Document((name.name, told), (lead,), name.office, _day(sheet.on), attachments=(attached,))


@reads(Right.EXPORT)
def save_pdf(reading: Reading, sheet: ProgressSheet, path: Path) -> int:
    """Write the sheet as PDF and return its pages."""
    from zhengui.reports.gb9704 import render
    from zhengui.services.township.page_settings import settings_of

    buffer = BytesIO()
    rendered = render(document_of(reading, sheet), buffer, settings_of(reading).page())
    write_whole(path, buffer.getvalue())
    return rendered.pages


def save_workbook(sheet: ProgressSheet, path: Path) -> int:
    """Write the sheet as a workbook and return its rows."""
    from zhengui.exchange.workbook_out import WrittenColumn, write_workbook

    wide = {"事项", "最近进展", "未完成原因"}
    titles = ("部分", *sheet.header)
    columns = [
        WrittenColumn(title, FieldType.LONG_TEXT if title in wide else FieldType.TEXT) for title in titles
    ]
    rows = [(part, *row) for part, rows in sheet.parts for row in rows]
    return write_workbook(path, columns, rows, title="进度表")


def _by_part(
    reading: Reading, items: Sequence[Tracked], rows: dict[int, tuple[str, ...]]
) -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    parts = reading.catalogue.ledgers[LEDGER]["part"].choices
    found = ((part, tuple(rows[item.id] for item in items if item.part == part)) for part in parts)
    return tuple((part, own) for part, own in found if own)


def _row(reading: Reading, item: Tracked, words: str) -> tuple[str, ...]:
    told = tell(reading, item)
    goal = f"{told.goal}（{told.now}）" if told.now else told.goal
    due = f"{item.due.month}月{item.due.day}日"
    return (
        str(item.number),
        told.brief,
        item.department,
        item.leader,
        due,
        goal,
        told.progress,
        told.state,
        words,
    )


def _end_row(each: Review) -> tuple[str, ...]:
    item, outcome = each.item, each.outcome
    carried = outcome is not None and outcome.carried is not None
    result = "完成" if each.reached else "未完成"
    reason = outcome.reason if outcome is not None else "" if each.reached else "待说明"
    brief = item.wording.rstrip("。；;")
    gone = "结转下年" if carried else "—"
    return str(item.number), brief, item.department, each.words, result, reason, gone


def _last_words(reading: Reading, items: Sequence[Tracked], on: date) -> dict[int, str]:
    reports = plan_progress.of_items(reading.conn, reading.tables, [item.id for item in items], on)
    return {
        item: f"{last.day.month}月{last.day.day}日：{last.words}"
        for item, own in reports.items()
        if (last := next((each for each in reversed(own) if each.words), None)) is not None
    }


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
