"""The nineteen claims judged a second time, in plain Python, from the raw records and marks.

It shares no code with the program's claims: each judgement is a few lines over dictionaries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from tests.services.independent_count import Office, Row, _returns, in_force

HOLDS, FAILS, UNKNOWN, NOTHING = "holds", "fails", "unknown", "nothing"


@dataclass
class Judge:
    """An office with its marks: (ledger, village, month) of every monthly report that was made."""

    office: Office
    marks: frozenset[tuple[str, int, int]]

    def known(
        self, ledger: str, timing: Callable[[Row], bool], begun: Callable[[Row], bool] | None = None
    ) -> bool:
        """Whether the ledger says anything for the time and the villages; `begun` spans say so too."""
        if begun is not None and self.office.rows(ledger, begun):
            return True
        return bool(self.office.rows(ledger, timing)) or self.office.silent(ledger)

    def active_villages(self) -> list[int]:
        """The villages that owe reports and have to be covered."""
        chosen = self.office.villages
        there = self.office.living("village", self.office.end)
        return [village for village in there if not chosen or village in chosen]

    def complete(self, ledger: str, day: str) -> bool:
        """Whether every village has reported every month that the time touches."""
        done = {(village, month) for key, village, month in self.marks if key == ledger}
        for row in self.office.ledgers[ledger]:
            if row.get(day) is not None:
                done.add((self.office.village_of(ledger, row), row[day].year * 100 + row[day].month))
        return self.office.owed(ledger) <= done

    def each(
        self,
        ledger: str,
        timing: Callable[[Row], bool],
        test: Callable[[Row], bool],
        begun: Callable[[Row], bool] | None = None,
    ) -> str:
        """All records pass a test; where there is none, there is nothing to say."""
        rows = self.office.rows(ledger, timing)
        if not all(test(row) for row in rows):
            return FAILS
        if rows:
            return HOLDS
        return NOTHING if self.known(ledger, timing, begun) else UNKNOWN

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
    if not judge.known("committee_member", timing, judge.office.begun("elected_on")):
        return UNKNOWN
    posts: dict[tuple[int, int], set[str]] = {}
    for row in judge.office.rows("committee_member", timing):
        posts.setdefault((row["village"], row["person"]), set()).update(row.get("posts") or ())
    led = {village for (village, _person), held in posts.items() if {"书记", "主任"} <= held}
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
        judge.office.begun("recruited_on"),
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
    begun = office.begun("from_on")
    return judge.each("monitored_household", timing, lambda row: row["household"] in helped, begun)


def record_high(judge: Judge) -> str:
    office = judge.office
    kinds = ("规上工业总产值", "固定资产投资")

    def then(start: date, end: date) -> Office:
        return Office(office.ledgers, start, end, office.villages, office.zero)

    def whole(asked: Office) -> bool:
        rows = asked.rows("economic_return", lambda row: row["month"] in asked.months())
        told = [{row["month"] for row in rows if row["kind"] == kind} for kind in kinds]
        return all(asked.months() <= months for months in told)

    now = [_returns(kind)(office)[0] for kind in kinds]
    if None in now:
        return UNKNOWN
    months = [row["month"] for row in office.ledgers["economic_return"] if row.get("month") is not None]
    for number in range(min(months, default=999912) // 100, office.end.year):
        earlier = [_returns(kind)(then(date(number, 1, 1), date(number, 12, 31)))[0] for kind in kinds]
        if any(old is not None and old >= new for old, new in zip(earlier, now, strict=True)):
            return FAILS
    last = office.end.year - 1
    return HOLDS if whole(office) and whole(then(date(last, 1, 1), date(last, 12, 31))) else UNKNOWN


def _listed(firm: Row, day: date) -> bool:
    """Whether a firm was one of the listed on a day: by its days, without a last day by its mark."""
    begun, ended = firm.get("listed_from_on"), firm.get("listed_until_on")
    still = ended >= day if ended is not None else bool(firm.get("listed"))
    return still and (begun is None or begun <= day)


def supervision(judge: Judge) -> str:
    office = judge.office
    timing = in_force("from_on", "to_on")(office)
    there = [row for row in office.ledgers["safety_officer"] if timing(row)]

    def reached(level: str, key: str) -> set[int]:
        return {row[key] for row in there if row["level"] == level and row.get(key) is not None}

    firms = set(office.living("enterprise", office.end))
    owing = {
        row["id"]
        for row in office.ledgers["enterprise"]
        if _listed(row, office.end)
        and row["id"] in firms
        and (not office.villages or row["village"] in office.villages)
    }
    wanted = [
        (set(judge.active_villages()), reached("村", "village")),
        (owing, reached("企业", "enterprise")),
    ]
    if not office.villages:
        wanted.append(({0}, {0 for row in there if row["level"] == "镇"}))
    if not any(need & have for need, have in wanted) and not judge.known(
        "safety_officer", timing, office.begun("from_on")
    ):
        return UNKNOWN
    if not all(need <= have for need, have in wanted):
        return FAILS
    return HOLDS if any(need for need, _have in wanted) else UNKNOWN


def elections(judge: Judge) -> str:
    timing = judge.office.during("done_on")
    if not judge.known("village_election", timing):
        return UNKNOWN
    reached = {row["village"] for row in judge.office.rows("village_election", timing)}
    villages = judge.active_villages()
    if not set(villages) <= reached:
        return FAILS
    return HOLDS if villages else UNKNOWN


def filled(*keys: str) -> Callable[[Row], bool]:
    """Records in which none of these is empty."""
    return lambda row: all(row.get(key) is not None for key in keys)


def some(judge: Judge, ledger: str, day: Callable[[Row], bool], which: Callable[[Row], bool]) -> list[Row]:
    """The records of a time that a claim is about."""
    return [row for row in judge.office.rows(ledger, day) if which(row)]


def returnees(judge: Judge) -> str:
    timing = judge.office.during("returned_on")
    risky = some(judge, "returnee", timing, lambda row: row["risk_level"] in ("高风险", "中风险"))
    if not all(row.get("monitored_until") is not None and (row.get("tests") or 0) > 0 for row in risky):
        return FAILS
    if risky:
        return HOLDS
    return NOTHING if judge.known("returnee", timing) else UNKNOWN


def all_planned(judge: Judge) -> str:
    office = judge.office
    valid = in_force("made_on", "ended_on")(office)
    planned = {row["household"] for row in office.ledgers["support_plan"] if valid(row)}
    timing, begun = in_force("from_on", "released_on")(office), office.begun("from_on")
    return judge.each("monitored_household", timing, lambda row: row["household"] in planned, begun)


def major_hazards(judge: Judge) -> str:
    timing = judge.office.until("found_on")
    major = some(judge, "hazard", timing, lambda row: row["grade"] == "重大")
    if not all(judge.by_end(row.get("closed_on")) for row in major):
        return FAILS
    if major:
        return HOLDS
    return NOTHING if judge.known("hazard", timing) else UNKNOWN


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
    "elections_done": elections,
    "returnees_watched": returnees,
    "tasks_assigned": lambda judge: judge.each(
        "rectification_item",
        judge.office.during("listed_on"),
        filled("leader", "department", "due_on"),
    ),
    "suggestions_answered": closed("suggestion", "raised_on"),
    "all_planned": all_planned,
    "no_fires": lambda judge: judge.never("fire_point", "date", lambda row: True),
    "major_hazards_closed": major_hazards,
    "all_supported": all_supported,
    "record_high": record_high,
    "supervision_complete": supervision,
    "no_accident": lambda judge: judge.never("accident", "date", lambda row: row.get("kind") == "生产安全"),
    "no_overreach": lambda judge: judge.never(
        "petition", "received_on", lambda row: row.get("level") in ("市级", "省级", "国家级")
    ),
}
