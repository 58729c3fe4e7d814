"""The twelve claims judged a second time, in plain Python, from the raw records and marks.

It shares no code with the program's claims: each judgement is a few lines over dictionaries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tests.services.independent_count import Office, Row, Rows, _returns, in_force

HOLDS, FAILS, UNKNOWN = "holds", "fails", "unknown"


@dataclass
class Judge:
    """An office with its marks: (ledger, village, month) of every monthly report that was made."""

    office: Office
    marks: frozenset[tuple[str, int, int]]

    def known(self, ledger: str, timing: Callable[[Row], bool]) -> bool:
        """Whether the ledger says anything for the time and the villages."""
        return bool(self.office.rows(ledger, timing)) or self.office.zero_reported(ledger)

    def active_villages(self) -> list[int]:
        """The villages that owe reports and have to be covered."""
        chosen = self.office.villages
        rows = self.office.ledgers["village"]
        return [row["id"] for row in rows if row["active"] and (not chosen or row["id"] in chosen)]

    def complete(self, ledger: str, day: str) -> bool:
        """Whether every village has reported every month that the time touches."""
        done = {(village, month) for key, village, month in self.marks if key == ledger}
        for row in self.office.ledgers[ledger]:
            if row.get(day) is not None:
                done.add((self.office.village_of(ledger, row), row[day].year * 100 + row[day].month))
        months = set()
        step = self.office.start
        while step <= self.office.end:
            months.add(step.year * 100 + step.month)
            step += timedelta(days=1)
        return all((village, month) in done for village in self.active_villages() for month in months)

    def each(self, ledger: str, timing: Callable[[Row], bool], test: Callable[[Row], bool]) -> str:
        """All records pass a test."""
        rows = self.office.rows(ledger, timing)
        if not all(test(row) for row in rows):
            return FAILS
        return HOLDS if self.known(ledger, timing) else UNKNOWN

    def never(self, ledger: str, day: str, test: Callable[[Row], bool]) -> str:
        """No record passes a test, and everybody has reported."""
        timing = self.office.during(day)
        if any(test(row) for row in self.office.rows(ledger, timing)):
            return FAILS
        return HOLDS if self.complete(ledger, day) and self.known(ledger, timing) else UNKNOWN

    def by_end(self, day: date | None) -> bool:
        """Whether something was done by the end."""
        return day is not None and day <= self.office.end


def one_shoulder(judge: Judge) -> str:
    timing = in_force("elected_on", "left_on")(judge.office)
    if not judge.known("committee_member", timing):
        return UNKNOWN
    rows = judge.office.rows("committee_member", timing)
    led = {row["village"] for row in rows if {"书记", "主任"} <= set(row.get("posts") or ())}
    villages = judge.active_villages()
    if not set(villages) <= led:
        return FAILS
    return HOLDS if villages else UNKNOWN


def reserve_posted(judge: Judge) -> str:
    timing = in_force("recruited_on", "left_on")(judge.office)
    return judge.each(
        "reserve_cadre",
        timing,
        lambda row: row.get("posted_to") is not None and judge.by_end(row.get("posted_on")),
    )


def closed(ledger: str, day: str) -> Callable[[Judge], str]:
    """Everything listed so far was closed by the end."""
    return lambda judge: judge.each(
        ledger, judge.office.until(day), lambda row: judge.by_end(row.get("closed_on"))
    )


PARTS = ("road", "parking", "public_toilet", "dredging", "greening", "fitness_square", "service_centre")


def centre_villages(judge: Judge) -> str:
    def done(row: Row) -> bool:
        whole = all(row.get(part) is not None and row[part] > 99 for part in PARTS)
        return whole and judge.by_end(row.get("completed_on"))

    return judge.each("centre_village", lambda row: row.get("year") == judge.office.end.year, done)


def all_supported(judge: Judge) -> str:
    office = judge.office
    helped = {row["household"] for row in office.ledgers["support_measure"] if office.during("date")(row)}
    timing = in_force("from_on", "released_on")(office)
    return judge.each("monitored_household", timing, lambda row: row["household"] in helped)


def record_high(judge: Judge) -> str:
    office = judge.office
    kinds = ("规上工业总产值", "固定资产投资")

    def values(start: date, end: date) -> list[Fraction | None]:
        then = Office(office.ledgers, start, end, office.villages, office.zero)
        found = [_returns(kind)(then)[0] for kind in kinds]
        return [None if value is None else Fraction(value) for value in found]

    now = values(office.start, office.end)
    months = [row["month"] for row in office.ledgers["economic_return"] if row.get("month") is not None]
    years = range(min(months) // 100, office.end.year) if months else range(0)
    if None in now:
        return UNKNOWN
    gap = not years
    for number in years:
        then = values(date(number, 1, 1), date(number, 12, 31))
        if None in then:
            gap = True
        elif any(old >= new for old, new in zip(then, now, strict=True)):  # type: ignore[operator]
            return FAILS
    return UNKNOWN if gap else HOLDS


def supervision(judge: Judge) -> str:
    office = judge.office
    timing = in_force("from_on", "to_on")(office)
    if not judge.known("safety_officer", timing):
        return UNKNOWN

    def level(rows: Rows, name: str) -> Rows:
        return [row for row in rows if row["level"] == name]

    inside = office.rows("safety_officer", timing)
    township = level([row for row in office.ledgers["safety_officer"] if timing(row)], "镇")
    villages = {row.get("village") for row in level(inside, "村")}
    firms = {row.get("enterprise") for row in level(inside, "企业")}
    owing = [
        row["id"]
        for row in office.ledgers["enterprise"]
        if row["listed"] and row["active"] and (not office.villages or row["village"] in office.villages)
    ]
    whole = bool(township) and set(judge.active_villages()) <= villages and set(owing) <= firms
    return HOLDS if whole else FAILS


VERDICTS: Mapping[str, Callable[[Judge], str]] = {
    "one_shoulder": one_shoulder,
    "reserve_posted": reserve_posted,
    "rectification_closed": closed("rectification_item", "listed_on"),
    "toilets_rectified": closed("toilet_problem", "found_on"),
    "livelihood_closed": closed("livelihood_problem", "found_on"),
    "centre_villages_completed": centre_villages,
    "no_sudden_hardship": lambda judge: judge.never(
        "monitored_household", "from_on", lambda row: row["class"] == "突发严重困难户"
    ),
    "all_supported": all_supported,
    "record_high": record_high,
    "supervision_complete": supervision,
    "no_accident": lambda judge: judge.never("accident", "date", lambda row: True),
    "no_overreach": lambda judge: judge.never(
        "petition", "received_on", lambda row: row.get("level") in ("市级", "省级", "国家级")
    ),
}
