"""The items of a year's plan, part by part, as the document prints them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zhengui.catalogue.model import Measure, Timing
from zhengui.figures.period import year as whole_year
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.counting.measured_rows import row_ids
from zhengui.storage.query.predicates import Scope
from zhengui.storage.records import record as records

LEDGER = "plan_item"
DONE = "已完成"
#: Between a part and the paragraph of it whose items are told, in the text of a document's part.
IN = "｜"
#: What the items are called that belong to none of the part's paragraphs.
OTHERS = "其他重点工作"
_SIGNS = {"至少": "≥", "至多": "≤", "等于": "", "比上年增加": "比上年增加"}


@dataclass(frozen=True, slots=True)
class PlanItem:
    """An item of the plan: `sentence` as a numbered line with who answers for it, `prose` with its date alone.

    `topic` is the paragraph of its part in which it is told, `goal`, `department`, `leader` and `due` what the
    sheet of tasks says of it; any of them may be empty.
    """

    id: int
    part: str
    sentence: str
    topic: str = ""
    prose: str = ""
    wording: str = ""
    goal: str = ""
    department: str = ""
    leader: str = ""
    due: str = ""


def is_told(text: str) -> bool:
    """Whether the text of a document's part asks for items as prose, and not as numbered lines."""
    return IN in text


def goes_on(paragraph: str, items: str) -> bool:
    """Whether a part of items, by its key, goes on in the paragraph with this key."""
    return items == f"{paragraph}.items"


def told_items(
    items: Mapping[str, Sequence[PlanItem]], text: str, asked: Collection[str]
) -> Sequence[PlanItem]:
    """The items that a document's part asks for: all of a part, or those of one of its paragraphs.

    `asked` is what all of the document's parts ask for; one without a paragraph asks for what the others leave,
    so that no item is lost, whatever paragraph somebody chose for it.
    """
    part, told, topic = text.partition(IN)
    found = items.get(part, ())
    if not told:
        return found
    if topic:
        return [item for item in found if item.topic == topic]
    return [item for item in found if not item.topic or f"{part}{IN}{item.topic}" not in asked]


@reads
def open_items_of(reading: Reading, year: int) -> Mapping[str, Sequence[PlanItem]]:
    """Those of a year's plan items that aren't done yet, by part."""
    return items_of(reading, year, open_only=True)


@reads
def items_of(reading: Reading, year: int, open_only: bool = False) -> Mapping[str, Sequence[PlanItem]]:
    """The plan items of a year by part, in the order in which they were entered."""
    parts: dict[str, list[PlanItem]] = defaultdict(list)
    lookup = reading.lookup()
    for record in records.fetch(reading.conn, reading.tables, LEDGER, item_ids(reading, year)):
        if open_only and record.values.get("status") == DONE:
            continue
        part = str(record.values["part"])
        parts[part].append(_item(record.id, part, record.values, lookup))
    return parts


@reads
def retired_goals(reading: Reading, year: int) -> list[tuple[str, str]]:
    """The items of a year's plan whose figure is retired by then: wording and title of the figure."""
    kept, known = reading.catalogue.not_retired(year), reading.catalogue.indicators
    rows = records.fetch(reading.conn, reading.tables, LEDGER, item_ids(reading, year))
    return [
        (str(row.values["wording"]).strip(), known[key].title)
        for row in rows
        if (key := str(row.values.get("indicator") or "")) in known
        and key not in kept
        and row.values.get("target") is not None
    ]


@reads
def item_ids(reading: Reading, year: int) -> list[int]:
    """The live items of a year's plan, in the order in which they were entered."""
    measure = Measure("count", LEDGER, timing=Timing("year", ("plan_year",)))
    return row_ids(reading.conn, reading.tables, measure, Scope(whole_year(year)), reading.parameters)


def _item(number: int, part: str, values: Mapping[str, Any], lookup: Any) -> PlanItem:
    wording = str(values["wording"]).strip().rstrip("。；;")

    def named(register: str, key: str) -> str:
        held = values.get(key)
        return "" if held is None else str(lookup.label(register, held) or "")

    due: date | None = values.get("due_on")
    return PlanItem(
        number,
        part,
        _sentence(values, lookup),
        str(values.get("topic") or ""),
        _prose(wording, due),
        wording,
        _goal(values),
        named("department", "department"),
        named("official", "leader"),
        f"{due.month}月{due.day}日" if due is not None else "",
    )


def _prose(wording: str, due: date | None) -> str:
    """The wording with its date before it, unless it is the year's last day or the wording says it."""
    if due is None or (due.month, due.day) == (12, 31):
        return f"{wording}。"
    day = f"{due.month}月{due.day}日"
    return f"{wording}。" if day in wording else f"{day}前，{wording}。"


def _goal(values: Mapping[str, Any]) -> str:
    target = values.get("target")
    if target is None:
        return ""
    number = f"{Decimal(target):f}"
    number = number.rstrip("0").rstrip(".") if "." in number else number
    # At most none is none.
    sign = _SIGNS.get(str(values.get("operator")), "") if target else ""
    return f"{sign}{number}{values.get('unit') or ''}"


def _sentence(values: Mapping[str, Any], lookup: Any) -> str:
    """The wording, and in brackets who answers for it and until when."""
    wording = str(values["wording"]).strip().rstrip("。；;")
    notes = []
    if values.get("department") is not None:
        notes.append(f"责任部门：{lookup.label('department', values['department'])}")
    due: date | None = values.get("due_on")
    if due is not None:
        notes.append(f"完成时限：{due.month}月{due.day}日")
    return f"{wording}（{'；'.join(notes)}）。" if notes else f"{wording}。"
