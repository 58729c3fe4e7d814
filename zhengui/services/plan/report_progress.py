"""Report on a plan item: how far it is by a day, in a number or in words, of a village or of the township."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from zhengui.services.plan.list_plan import LEDGER
from zhengui.services.township.township import Township
from zhengui.storage.problem import StorageProblem
from zhengui.storage.records import record as records
from zhengui.storage.writing import plan_progress
from zhengui.storage.writing.plan_progress import Report


def add_report(
    township: Township,
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
    if day > township.today():
        raise StorageProblem("进展日期不能晚于今天，请改一下日期。")
    with township.database.writing() as conn:
        found = records.fetch_one(conn, township.tables, LEDGER, item)
        number = plan_progress.add(
            conn,
            township.tables,
            item,
            day,
            who or township.operator,
            words.strip(),
            value,
            village,
            township.operator,
            replaces,
        )
        if found.values.get("status") == "未开始":
            begun = {"status": "进行中"}
            records.update(conn, township.tables, LEDGER, item, begun, township.operator)
    return number


def remove_report(township: Township, report: int) -> None:
    """Let a report count no longer; it stays in the item's history."""
    with township.database.writing() as conn:
        plan_progress.remove(conn, township.tables, report, township.operator)


def bring_back_report(township: Township, report: int) -> None:
    """Let a removed report count again."""
    with township.database.writing() as conn:
        plan_progress.bring_back(conn, township.tables, report)


def reports_of(township: Township, item: int) -> list[Report]:
    """Every report of an item, the latest entered first, those that no longer count too."""
    with township.database.reading() as conn:
        return plan_progress.history(conn, township.tables, item)
