"""Write the 催报通知: who owes which months of a ledger, as an official document, as text and as PDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from zhengui.problem import Problem
from zhengui.reports.document import Attachment, Cell, Document, Paragraph, Run, Table
from zhengui.reports.gb9704 import render
from zhengui.services.returns.report_status import report_status
from zhengui.services.returns.report_year import month_words
from zhengui.services.township.page_settings import settings_of
from zhengui.services.township.reading import Reading, reads
from zhengui.services.township.rights import Right
from zhengui.whole_file import write_whole

#: How long the villages are given, in days, unless somebody chooses another day.
GRACE = 3


@dataclass(frozen=True, slots=True)
class Owed:
    """What one ledger is still waiting for: villages with their months (1 to 12) in the office's order."""

    ledger: str
    title: str
    due_day: int
    missing: tuple[tuple[str, tuple[int, ...]], ...]


class NothingOwed(Problem):
    """Everybody has reported, so there is nobody to remind."""


@reads
def owed(
    reading: Reading,
    year: int,
    ledgers: Iterable[str],
    months: Sequence[int] = (),
    villages: Sequence[int] = (),
) -> list[Owed]:
    """What is owed on the ledgers of a year, in these months (1 to 12) and villages, or in all of them."""
    found = []
    for key in ledgers:
        status = report_status(reading, key, year)
        missing = []
        for row in status.rows:
            if villages and row.village not in (0, *villages):
                continue
            gaps = [cell.month % 100 for cell in row.cells if cell.state == "missing"]
            kept = tuple(month for month in gaps if not months or month in months)
            if kept:
                missing.append((row.name, kept))
        if missing:
            title = reading.catalogue.ledgers[key].title
            found.append(Owed(key, title, status.due_day, tuple(missing)))
    return found


@reads
def compose_reminder(
    reading: Reading, year: int, found: Sequence[Owed], until: date | None = None
) -> Document:
    """The notice to those who owe a report; `NothingOwed` where nobody does."""
    if not found:
        raise NothingOwed
    names = list(dict.fromkeys(name for each in found for name, _months in each.missing))
    months = sorted({month for each in found for _name, owing in each.missing for month in owing})
    today = reading.today
    last = until or today + timedelta(days=GRACE)
    what = f"{found[0].title}台账" if len(found) == 1 else "工作台账"
    profile = reading.profile()
    listed = len(found) > 1 or len(months) > 1
    paragraphs = [
        _state(year, found, months, names, today, listed),
        f"请上述单位抓紧核实，于{_day(last)}前补报。确实没有的，请作零报告；没有报送不等于没有发生，"
        "补齐之前，全镇的有关数据和结论不能写入文稿。",
        "报送中遇到困难的，请及时与我镇台账管理人员联系。",
    ]
    blocks = tuple(Paragraph((Run(reading.speech(text)),)) for text in paragraphs)
    return Document(
        ("关于催报", f"{year}年{month_words(months)}", what, "的通知"),
        blocks,
        profile.office,
        f"{today.year}年{today.month}月{today.day}日",
        f"{'、'.join(names)}：" if len(names) <= 6 else reading.speech("各有关村（居）："),
        (Attachment("未报情况表", (_table(found),)),) if listed else (),
    )


def _state(
    year: int,
    found: Sequence[Owed],
    months: Sequence[int],
    names: Sequence[str],
    today: date,
    listed: bool,
) -> str:
    """The paragraph that says what is owed and since when."""
    day = found[0].due_day
    same = all(each.due_day == day for each in found)
    titles = "、".join(each.title for each in found)
    rule = f"各村（居）应于次月{day}日前报送{titles}台账" if same else f"各村（居）应按月报送{titles}台账"
    rest = "，具体见附件" if listed else ""
    return (
        f"按照台账月报要求，{rule}。截至{today.month}月{today.day}日，{year}年{month_words(months)}的台账"
        f"还有{len(names)}个单位未报：{'、'.join(names)}{rest}。"
    )


def _table(found: Sequence[Owed]) -> Table:
    rows = []
    for each in found:
        for name, months in each.missing:
            count = Cell(str(len(months)), "right")
            rows.append((Cell(each.title), Cell(name), Cell(month_words(months)), count))
    return Table(("台账", "村（居）", "未报月份", "月数"), tuple(rows), (3, 2, 4, 1))


def notice_text(document: Document) -> str:
    """The notice as plain text, to be sent to a chat group."""
    title, *lines = document.text().split("\n")
    found = [title, document.addressee, *lines]
    for attachment in document.attachments:
        for block in attachment.blocks:
            if isinstance(block, Table):
                found += _by_village(block)
    return "\n".join([*(line for line in found if line), document.office, document.date])


def _by_village(table: Table) -> list[str]:
    """A line for each village of the list."""
    lines: dict[str, list[str]] = {}
    for title, name, months, _count in table.rows:
        lines.setdefault(name.text, []).append(f"{title.text}（{months.text}）")
    return [f"{name}：{'、'.join(owing)}" for name, owing in lines.items()]


@reads
def reminder_pdf(reading: Reading, document: Document) -> bytes:
    """The notice laid out as the office prints its documents, without cover and contents."""
    buffer = BytesIO()
    page = replace(settings_of(reading).page(), cover=False, contents=False, watermark="", red_head=False)
    render(document, buffer, page)
    return buffer.getvalue()


@reads(Right.EXPORT)
def save_reminder(reading: Reading, document: Document, path: Path) -> None:
    """Save the notice as PDF; an older file is replaced only when the new one is whole."""
    write_whole(path, reminder_pdf(reading, document))


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
