"""A small invented office with enough records for a document: three villages, two years, every month reported."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from zhengui.services.returns.report_month import mark
from zhengui.services.township.township import Township, create_township
from zhengui.storage.records import record as records

VILLAGES = ("白沙村", "青石村", "云门社区")
#: Ledgers that a claim of the document asks every month of.
REPORTED = ("accident", "petition", "monitored_household", "fire_point")


def make_office(folder: Path, years: tuple[int, ...] = (2020, 2021)) -> Township:
    """The office with its registers and records; 2021 has half as much again as 2020."""
    township = create_township(folder / "office.zgdb", "试验镇", "甲")
    township.working_day = date(max(years), 12, 31)
    _register(township)
    for place, year in enumerate(years):
        _fill(township, year, 2 + place)
        report_all(township, year)
    return township


def add(township: Township, ledger: str, *rows: dict[str, Any]) -> list[int]:
    """Insert records as the operator."""
    with township.database.writing() as conn:
        return list(records.insert_many(conn, township.tables, ledger, rows, township.operator))


def report_all(township: Township, year: int) -> None:
    """Report every month of the ledgers that claims ask for."""
    for ledger in REPORTED:
        for number in range(1, 13):
            mark(township, ledger, (1, 2, 3), year * 100 + number, zero=True)


def _register(township: Township) -> None:
    for place, name in enumerate(VILLAGES, 1):
        kind = "居" if name.endswith("社区") else "村"
        add(township, "village", {"name": name, "kind": kind, "active": True, "sort_order": place})
    add(township, "department", {"name": "应急所"}, {"name": "党政办"})


def _fill(township: Township, year: int, times: int) -> None:
    for number in range(times * 6):
        month, village = number % 12 + 1, number % 3 + 1
        day = date(year, month, 5 + number // 12)
        add(township, "letter", {"village": village, "date": day, "copies": 107, "suggestions": 2})
        add(
            township,
            "inspection",
            {"field": "交通", "date": day, "level": "村", "village": village, "places": 11, "faulty": 1},
        )
        hazard = {
            "found_on": day,
            "village": village,
            "field": "校园",
            "grade": "一般",
            "place": f"第{number}处",
            "detail": f"缺少标识{number}",
        }
        if number % 3:
            hazard |= dict.fromkeys(("assigned_on", "rectified_on", "verified_on", "closed_on"), day)
        add(township, "hazard", hazard)
