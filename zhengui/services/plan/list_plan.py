"""The items of a year's plan, part by part, as the document prints them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhengui.catalogue.model import Measure, Timing
from zhengui.figures.period import year as whole_year
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.counting.measured_rows import row_ids
from zhengui.storage.query.predicates import Scope
from zhengui.storage.records import record as records

LEDGER = "plan_item"
DONE = "已完成"


@dataclass(frozen=True, slots=True)
class PlanItem:
    """An item of the plan; `sentence` is how it is printed."""

    id: int
    part: str
    sentence: str


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
        parts[part].append(PlanItem(record.id, part, _sentence(record.values, lookup)))
    return parts


@reads
def item_ids(reading: Reading, year: int) -> list[int]:
    """The live items of a year's plan, in the order in which they were entered."""
    measure = Measure("count", LEDGER, timing=Timing("year", ("plan_year",)))
    return row_ids(reading.conn, reading.tables, measure, Scope(whole_year(year)), reading.parameters)


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
