"""Report on a plan item: how far it is by a day, in a number or in words, of a village or of the township."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from zhengui.services.plan.list_plan import LEDGER
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.problem import StorageProblem
from zhengui.storage.records import record as records
from zhengui.storage.writing import plan_progress
from zhengui.storage.writing.plan_progress import Report


@writes(Right.WRITE)
def add_report(
    writing: Writing,
    item: int,
    day: date,
    words: str = "",
    value: Decimal | None = None,
    village: int | None = None,
    who: str = "",
    replaces: int | None = None,
) -> int:
    """Write down what is reached of an item by a day, or correct what was; returns the report's id."""
    if value is None and not words.strip():
        raise StorageProblem("请填写累计完成数，或者写一句进展情况。")
    if day > writing.today:
        raise StorageProblem("进展日期不能晚于今天，请改一下日期。")
    found = records.fetch_one(writing.conn, writing.tables, LEDGER, item)
    number = plan_progress.add(
        writing.conn,
        writing.tables,
        item,
        day,
        who or writing.operator,
        words.strip(),
        value,
        village,
        writing.operator,
        replaces,
    )
    if found.values.get("status") == "未开始":
        begun = {"status": "进行中"}
        records.update(writing.conn, writing.tables, LEDGER, item, begun, writing.operator)
    return number


@writes(Right.WRITE)
def remove_report(writing: Writing, report: int) -> None:
    """Let a report count no longer; it stays in the item's history."""
    plan_progress.remove(writing.conn, writing.tables, report, writing.operator)


@writes(Right.WRITE)
def bring_back_report(writing: Writing, report: int) -> None:
    """Let a removed report count again."""
    plan_progress.bring_back(writing.conn, writing.tables, report)


@reads
def reports_of(reading: Reading, item: int) -> list[Report]:
    """Every report of an item, the latest entered first, those that no longer count too."""
    return plan_progress.history(reading.conn, reading.tables, item)
