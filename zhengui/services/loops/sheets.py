"""Write 交办单, 督办单, 销号单 and 通报 as official sheets, number them, and keep them with their items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO

from zhengui.catalogue.closed_loop import LOOP_STATES
from zhengui.problem import Problem
from zhengui.reports.document import Block, Cell, Document, Paragraph, Run, Table
from zhengui.services.loops import list_items
from zhengui.services.loops.list_items import LoopItem
from zhengui.services.loops.take_step import course
from zhengui.services.township.page_settings import settings_of
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.records import attachments
from zhengui.storage.writing import loop_sheets
from zhengui.storage.writing.loop_sheets import KeptSheet

#: What each kind of sheet is called.
KINDS = {"assign": "交办单", "urge": "督办单", "close": "销号单", "circular": "通报", "check": "抽查通报"}
#: The kinds that tell of chosen items.
OF_ITEMS = ("assign", "urge", "close")


class SheetRefused(Problem):
    """A sheet that can't be written; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class MadeSheet:
    """A sheet that was numbered and kept."""

    id: int
    number: str
    title: str
    pdf: bytes


def number_words(kind: str, year: int, number: int) -> str:
    """As it stands on the sheet: 交办单〔2021〕3号."""
    return f"{KINDS[kind]}〔{year}〕{number}号"


def day_words(day: date | None) -> str:
    """2021年3月5日, or a dash."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "—"


@writes(Right.ENTER)
def make_sheet(writing: Writing, kind: str, ledger_key: str, ids: Sequence[int]) -> MadeSheet:
    """Write, number and keep a sheet about items of one ledger; `SheetRefused` where one doesn't belong on it."""
    items = list_items.of_ids(writing, ledger_key, ids)
    if kind not in OF_ITEMS or not items:
        raise SheetRefused("请先选中要写进去的事项。")
    _refuse_unfit(kind, items)
    noun = items[0].noun
    return keep_sheet(
        writing,
        kind,
        f"{noun}{KINDS[kind]}",
        _opening(writing, kind, items),
        _tables(writing, kind, items),
        [(item.ledger, item.id) for item in items],
        _addressee(kind, items),
    )


def _refuse_unfit(kind: str, items: Sequence[LoopItem]) -> None:
    """Nothing is assigned, urged or struck off on paper that isn't in the ledger."""
    last = LOOP_STATES[-1]
    fit = {"assign": LOOP_STATES[1:], "urge": LOOP_STATES[1:-1], "close": (last,)}[kind]
    unfit = [item for item in items if item.state not in fit]
    if unfit:
        needed = {"assign": "先交办", "urge": "选已交办、还没有销号的", "close": "先销号"}[kind]
        raise SheetRefused(f"“{unfit[0].title}”是“{unfit[0].state}”，不能出{KINDS[kind]}。请{needed}。")


def _addressee(kind: str, items: Sequence[LoopItem]) -> str:
    if kind == "close":
        return ""
    names = dict.fromkeys(item.department or item.responsible for item in items)
    return "、".join(name for name in names if name)[:60]


def _opening(reading: Reading, kind: str, items: Sequence[LoopItem]) -> str:
    noun, count, today = items[0].noun, len(items), reading.today
    unit = reading.catalogue.ledgers[items[0].ledger].measure_word
    if kind == "assign":
        return (
            f"现将{noun}{count}{unit}交由你单位办理。请逐项明确责任人和整改措施，在整改期限内完成；"
            "完成后报请验收，并附整改前后的照片等佐证材料。"
        )
    if kind == "urge":
        late = sum(item.overdue for item in items)
        told = f"其中{late}{unit}已超过整改期限" if late else "整改期限将至"
        return (
            f"截至{day_words(today)}，下列{noun}{count}{unit}尚未办结，{told}。"
            "请立即组织整改，于三日内书面报告进展；确需延期的，说明原因并办理延期。"
        )
    return f"下列{noun}{count}{unit}已经整改到位，并由责任人以外的人员验收合格，准予销号。"


def _tables(reading: Reading, kind: str, items: Sequence[LoopItem]) -> list[Block]:
    if kind == "close":
        return [_closing_table(reading, item, place) for place, item in enumerate(items, 1)]
    head = (
        "序号",
        "事项",
        "村（居）",
        "责任部门",
        "责任人",
        "整改期限",
        *(("情况",) if kind == "urge" else ()),
    )
    widths = (1.2, 8, 2.6, 3, 2.4, 3.6, *((2.6,) if kind == "urge" else ()))
    rows = []
    for place, item in enumerate(items, 1):
        told = [str(place), item.title, item.village or "—", item.department or "—", item.responsible or "—"]
        told.append(item.due.isoformat() if item.due else "—")
        if kind == "urge":
            late = -item.left if item.left is not None and item.left < 0 else 0
            told.append(f"逾期{late}天" if late else item.state)
        rows.append(tuple(Cell(text, "centre" if n == 0 else "left") for n, text in enumerate(told)))
    return [Table(head, tuple(rows), widths)]


def _closing_table(reading: Reading, item: LoopItem, place: int) -> Table:
    """The whole way of an item on one table."""
    found = course(reading, item.ledger, item.id)
    now, lookup = found.standing, reading.lookup()
    verifier = (lookup.label("official", now.verifier) or "") if now.verifier else ""
    told = (
        ("事项", item.title),
        ("村（居）", item.village or "—"),
        ("责任部门、责任人", "、".join(each for each in (item.department, item.responsible) if each) or "—"),
        ("登记、交办", f"{day_words(now.listed_on)}、{day_words(now.assigned_on)}"),
        ("整改期限", day_words(now.due_on)),
        ("整改措施", now.measure_taken or "—"),
        ("整改完成", day_words(now.rectified_on)),
        ("验收", f"{day_words(now.verified_on)}　{verifier}".strip()),
        ("销号", day_words(now.closed_on)),
        ("退回", f"{found.sent_back}次" if found.sent_back else "无"),
        ("佐证材料", f"{item.evidence}件" if item.evidence else "—"),
    )
    rows = tuple((Cell(title), Cell(text)) for title, text in told)
    return Table(("项目", "内容"), rows, (2, 7), (), f"第{place}项")


def keep_sheet(
    writing: Writing,
    kind: str,
    title: str,
    lead: str,
    blocks: Sequence[Block],
    items: Sequence[tuple[str, int]],
    addressee: str = "",
) -> MadeSheet:
    """Give a sheet the next number of its kind, lay it out, and keep it."""
    today, profile = writing.today, writing.profile()
    number = loop_sheets.next_number(writing.conn, writing.tables, kind, today.year)
    told = number_words(kind, today.year, number)
    body: tuple[Block, ...] = (Paragraph((Run(f"编号：{told}"),)), Paragraph((Run(lead),)), *blocks)
    document = Document(
        (profile.name, title), body, profile.office, day_words(today), f"{addressee}：" if addressee else ""
    )
    pdf = pages_of(writing, document)
    name = f"{title}（{told}）"
    id = loop_sheets.add(
        writing.conn, writing.tables, kind, number, today, name, items, pdf, writing.operator
    )
    return MadeSheet(id, told, name, pdf)


def pages_of(reading: Reading, document: Document) -> bytes:
    """A sheet laid out as the office prints its documents, without cover and contents."""
    from zhengui.reports.gb9704 import render

    buffer = BytesIO()
    page = replace(settings_of(reading).page(), cover=False, contents=False, watermark="", red_head=False)
    render(document, buffer, page)
    return buffer.getvalue()


@reads
def sheets(reading: Reading, year: int | None = None) -> list[KeptSheet]:
    """The sheets of a year, or all, the latest first."""
    return loop_sheets.all_of(reading.conn, reading.tables, year)


@reads
def sheets_of(reading: Reading, ledger_key: str, id: int) -> list[KeptSheet]:
    """The sheets that tell of an item, the latest first."""
    return [each for each in sheets(reading) if (ledger_key, id) in each.items]


@reads
def pages(reading: Reading, sheet: KeptSheet) -> bytes:
    """The PDF of a sheet as it was printed."""
    return attachments.content(reading.conn, reading.tables, sheet.attachment)
