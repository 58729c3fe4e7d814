"""The 通报 of a month's ranking: a table of the villages with their marks, and bars of the totals."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from zhengui.reports.document import Attachment, Block, Cell, Chart, Document, Paragraph, Run, Series, Table
from zhengui.services.plan.tell_plan import number
from zhengui.services.township.reading import Reading, reads
from zhengui.services.township.rights import Right
from zhengui.services.watch.rank_month import Month
from zhengui.whole_file import write_whole

_NAMED = 3
#: With more items the table stands across the page and is attached.
_MOST_UPRIGHT = 4


def movement_words(movement: int | None) -> str:
    """How many places a village went: ↑2, ↓1, or — where it stayed or nothing is known."""
    if not movement:
        return "—"
    return f"↑{movement}" if movement > 0 else f"↓{-movement}"


def mark_words(value: Decimal | None, mark: Decimal | None) -> str:
    """A mark with the rate that earned it: 57.6（98.4）; 未知 where there is none."""
    if mark is None or value is None:
        return "未知"
    return f"{number(mark)}（{number(value)}）"


def _narrow(words: str) -> str:
    """The same in a column of numbers, where the brackets of digits are as narrow as they are."""
    return words.replace("（", "(").replace("）", ")")


@reads
def ranking_document(reading: Reading, month: Month) -> Document:
    """The sheet of a month; one that is not issued says so."""
    ranked = [each for each in month.marked if each.rank]
    first = [month.names[each.village] for each in ranked[:_NAMED]]
    last = [month.names[each.village] for each in ranked[-_NAMED:]]
    risen = max(ranked, key=lambda each: each.movement or 0, default=None)
    lead = f"现将{month.words}各村（居）“{month.title}”考核情况通报如下。参加排名的村（居）{len(ranked)}个，"
    lead += f"排在前{len(first)}位的是{'、'.join(first)}，排在后{len(last)}位的是{'、'.join(last)}。"
    if risen is not None and (risen.movement or 0) > 0:
        lead += f"比上月进位最多的是{month.names[risen.village]}，上升{risen.movement}位。"
    if month.issued is None:
        lead += "（本月尚未签发，以签发的为准。）"
    header = ("名次", "村（居）", *(i.title for i in month.items), "加减分", "总分", "比上月")
    rows = tuple(
        (
            Cell(str(each.rank or "—"), "centre"),
            Cell(month.names[each.village]),
            *(Cell(_narrow(mark_words(v, m)), "right") for v, m in zip(each.values, each.marks, strict=True)),
            Cell(number(each.bonus), "right"),
            Cell("—" if each.total is None else number(each.total), "right"),
            Cell(movement_words(each.movement), "centre"),
        )
        for each in month.marked
    )
    widths = (2.0, 5.0, *(5.0 for _ in month.items), 2.6, 3.0, 2.6)
    how = "；".join(
        f"{i.title}满分{number(i.scale.weight)}分，{number(i.scale.full)}{i.unit}得满分，"
        f"{number(i.scale.zero)}{i.unit}不得分"
        for i in month.items
    )
    note = f"计分办法：{how}。括号内为实际数；没有数的项目不计入，其余按比例折算。"
    if month.bonus:
        note += f"单项加分、扣分合计最多{number(month.bonus)}分。"
    names = tuple(month.names[each.village] for each in ranked)
    totals = tuple(float(each.total) for each in ranked if each.total is not None)
    wide = len(month.items) > _MOST_UPRIGHT
    table = Table(header, rows, widths, (), "", wide)
    blocks: list[Block] = [
        Paragraph((Run(lead),)),
        *(() if wide else (table,)),
        Chart("compare", names, (Series("总分", totals),), "分", f"{month.words}“{month.title}”总分"),
        # Last, for text can be carried over with the signature, which a chart can't.
        Paragraph((Run(note),)),
    ]
    name, day = reading.profile(), (month.issued.date() if month.issued else reading.today)
    title = (f"关于{month.words}", f"“{month.title}”考核情况的通报")
    attached = (Attachment("各村（居）考核得分表", (table,)),) if wide else ()
    told = f"{day.year}年{day.month}月{day.day}日"
    return Document(title, tuple(blocks), name.office, told, attachments=attached)


@reads(Right.EXPORT)
def save_ranking(reading: Reading, month: Month, path: Path) -> int:
    """Write the sheet as PDF and return its pages."""
    from zhengui.reports.gb9704 import render
    from zhengui.services.township.page_settings import settings_of

    buffer = BytesIO()
    page = replace(settings_of(reading).page(), cover=False, contents=False, watermark="", red_head=False)
    rendered = render(ranking_document(reading, month), buffer, page)
    write_whole(path, buffer.getvalue())
    return rendered.pages
