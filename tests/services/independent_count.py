"""The 83 printed figures counted a second time, in plain Python, from the raw records.

It shares no code with the program's measures: rows are dictionaries, a period is two dates, and every
figure is a few lines. Where the two disagree, one of them misunderstands the office.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

Row = dict[str, Any]
Rows = list[Row]
Answer = tuple[int | Fraction | None, set[tuple[str, int]]]


@dataclass
class Office:
    """All live records by ledger, and what is asked: two dates and the chosen villages (none: all)."""

    ledgers: dict[str, Rows]
    start: date
    end: date
    villages: frozenset[int] = frozenset()
    zero: frozenset[tuple[str, int | None, int]] = frozenset()
    committee_age: int = 35
    vaccination_age: int = 12

    def register(self, key: str) -> dict[int, Row]:
        """A register by id."""
        return {row["id"]: row for row in self.ledgers[key]}

    def village_of(self, ledger: str, row: Row) -> int | None:
        """The village a record belongs to, directly or through a household or person."""
        if ledger in (
            "monitored_household",
            "contact_duty",
            "support_measure",
            "visit",
            "toilet",
            "toilet_problem",
        ):
            return self.register("household")[row["household"]]["village"]
        if ledger in ("livelihood_problem", "risk_event", "support_plan"):
            return self.register("household")[row["household"]]["village"]
        if ledger in ("member_development", "outside_resident", "returnee"):
            return self.register("person")[row["person"]].get("village")
        if ledger == "reserve_cadre":
            return row.get("posted_to")
        return row.get("village")

    def rows(self, ledger: str, timing: Callable[[Row], bool]) -> Rows:
        """The ledger's records of the time asked for, in the chosen villages."""
        found = [row for row in self.ledgers[ledger] if timing(row)]
        if self.villages:
            found = [row for row in found if self.village_of(ledger, row) in self.villages]
        return found

    def during(self, key: str) -> Callable[[Row], bool]:
        """Records whose date lies in the time asked for."""
        return lambda row: row.get(key) is not None and self.start <= row[key] <= self.end

    def until(self, key: str) -> Callable[[Row], bool]:
        """Records whose date is not after the end."""
        return lambda row: row.get(key) is not None and row[key] <= self.end

    def in_force(self, start: str, end: str) -> Callable[[Row], bool]:
        """Records that have begun and have not ended before the last day."""
        return lambda row: (
            row.get(start) is not None
            and row[start] <= self.end
            and (row.get(end) is None or row[end] >= self.end)
        )

    def months(self) -> set[int]:
        """Months that lie wholly between the two dates, as yyyymm."""
        return {month for month, whole in self._months() if whole}

    def touched_months(self) -> set[int]:
        """Months that have at least a day between the two dates, as yyyymm."""
        return {month for month, _whole in self._months()}

    def _months(self) -> list[tuple[int, bool]]:
        found = []
        year, month = self.start.year, self.start.month
        while (year, month) <= (self.end.year, self.end.month):
            first, last = date(year, month, 1), _last_day(year, month)
            found.append((year * 100 + month, self.start <= first and last <= self.end))
            year, month = year + month // 12, month % 12 + 1
        return found

    def living(self, register: str, day: date) -> list[int]:
        """What a register had on a day: by its first and last day, without a last day by its mark."""
        found = []
        for row in self.ledgers[register]:
            begun, ended = row.get("from_on"), row.get("until_on")
            if begun is not None and begun > day:
                continue
            if (ended >= day) if ended is not None else row.get("active") is not False:
                found.append(row["id"])
        return found

    def owed(self, ledger: str) -> set[tuple[int, int]]:
        """Who owes which month of a ledger: the villages that were there at its end, or the township (0)."""
        months = self.touched_months()
        if ledger in TOWNSHIP_ONLY:
            return {(0, month) for month in months}
        return {
            (village, month)
            for month in months
            for village in self.living("village", _last_day(month // 100, month % 100))
            if not self.villages or village in self.villages
        }

    def silent(self, ledger: str) -> bool:
        """Whether everybody who owes the ledger has told of every month, by a zero report or a record in it."""
        told = {(village, month) for key, village, month in self.zero if key == ledger}
        if not any(month in self.touched_months() for _village, month in told):
            return False
        for row in self.ledgers[ledger]:
            day = row.get(LISTED[ledger])
            if isinstance(day, date):
                told.add((self.village_of(ledger, row) or 0, day.year * 100 + day.month))
            elif isinstance(day, int):
                told.add((self.village_of(ledger, row) or 0, day))
        owed = self.owed(ledger)
        return bool(owed) and owed <= told

    def begun(self, key: str) -> Callable[[Row], bool]:
        """Spans that have begun, whether they have ended or not."""
        return self.until(key)

    def open_in(self, listed: str, step: str) -> Callable[[Row], bool]:
        """Items that were listed by the end and whose step had not been taken before the start."""
        return lambda row: (
            row.get(listed) is not None
            and row[listed] <= self.end
            and (row.get(step) is None or row[step] >= self.start)
        )


def _last_day(year: int, month: int) -> date:
    return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)


#: By what a record of a ledger is placed in a month.
LISTED = {
    "notice_board": "done_on",
    "commendation": "date",
    "member_development": "applied_on",
    "training_course": "from_on",
    "committee_member": "elected_on",
    "reserve_cadre": "recruited_on",
    "rectification_item": "listed_on",
    "leader_reception": "date",
    "evening_talk": "date",
    "letter": "date",
    "study_session": "date",
    "warning_education": "date",
    "study_material": "date",
    "study_event": "date",
    "notebook": "date",
    "campaign_commendation": "date",
    "public_deed": "raised_on",
    "vaccination_progress": "date",
    "cleaner": "from_on",
    "facility": "bought_on",
    "cleanup": "date",
    "toilet": "finished_on",
    "toilet_problem": "found_on",
    "fund_raising": "date",
    "small_project": "finished_on",
    "contact_duty": "from_on",
    "monitored_household": "from_on",
    "support_measure": "date",
    "sweep": "from_on",
    "economic_return": "month",
    "cooperative": "founded_on",
    "land_transfer": "from_on",
    "tourism_facility": "opened_on",
    "collective_income": "date",
    "inspection": "date",
    "hazard": "found_on",
    "enforcement": "date",
    "publicity": "date",
    "dispute": "found_on",
    "accident": "date",
    "petition": "received_on",
    "livelihood_problem": "found_on",
    "safety_officer": "from_on",
    "village_election": "done_on",
    "returnee": "returned_on",
    "suggestion": "raised_on",
    "support_plan": "made_on",
    "fire_point": "date",
}


#: Ledgers that are the township's own: a single village has no figure of theirs.
TOWNSHIP_ONLY = {
    "training_course",
    "drill",
    "meeting",
    "study_session",
    "warning_education",
    "plan_item",
}


def _of(ledger: str, rows: Iterable[Row]) -> set[tuple[str, int]]:
    return {(ledger, row["id"]) for row in rows}


def counted(
    ledger: str,
    timing: Callable[[Office], Callable[[Row], bool]],
    test: Callable[[Row], bool] = lambda row: True,
    value: Callable[[Rows], int | Fraction] = len,
    needs: str = "",
    also: Callable[[Office], Callable[[Row], bool]] | None = None,
) -> Callable[[Office], Answer]:
    """A count, a sum or a distinct count; unknown where nothing at all was reported.

    `also` are records that say "none" where none is in time: what has ended, what is not done yet.

    `needs` is a field without which a row adds nothing to the sum and is no record of the figure.
    """

    def answer(office: Office) -> Answer:
        if office.villages and ledger in TOWNSHIP_ONLY:
            return None, set()
        everything = office.rows(ledger, timing(office))
        rows = [row for row in everything if test(row) and (not needs or row.get(needs) is not None)]
        said = also is not None and office.rows(ledger, also(office))
        if not everything and not said and not office.silent(ledger):
            return None, set()
        return value(rows), _of(ledger, rows)

    return answer


def total(key: str, divisor: int = 1) -> Callable[[Rows], Fraction]:
    """The sum of a field."""
    return lambda rows: sum((Fraction(row.get(key) or 0) for row in rows), Fraction(0)) / divisor


def different(*keys: str) -> Callable[[Rows], int]:
    """How many different combinations of values there are, leaving out empty ones."""
    return lambda rows: len(
        {tuple(row.get(key) for key in keys) for row in rows if all(row.get(key) is not None for key in keys)}
    )


def during(key: str) -> Callable[[Office], Callable[[Row], bool]]:
    """See `Office.during`."""
    return lambda office: office.during(key)


def in_force(start: str, end: str) -> Callable[[Office], Callable[[Row], bool]]:
    """See `Office.in_force`."""
    return lambda office: office.in_force(start, end)


def standing(ledger: str, start: str, end: str, *test: Any, **more: Any) -> Callable[[Office], Answer]:
    """As `counted`, of spans in force; where all have ended there are none."""
    return counted(ledger, in_force(start, end), *test, also=lambda o: o.begun(start), **more)


def stepped(ledger: str, step: str, *test: Any, **more: Any) -> Callable[[Office], Answer]:
    """As `counted`, of items that got as far as a step in the time; where there were items and none did: none."""
    return counted(ledger, during(step), *test, also=lambda o: o.open_in(LISTED[ledger], step), **more)


def kind(*names: str, key: str = "kind") -> Callable[[Row], bool]:
    """Records of one of these kinds."""
    return lambda row: row.get(key) in names


def day_part(
    ledger: str, test: Callable[[Row], bool], pick: Callable[..., date], part: str
) -> Callable[[Office], Answer]:
    """The month or day of the first or last record."""

    def answer(office: Office) -> Answer:
        if office.villages and ledger in TOWNSHIP_ONLY:
            return None, set()
        rows = [row for row in office.rows(ledger, office.during("date")) if test(row)]
        if not rows:
            return None, set()
        day = pick(row["date"] for row in rows)
        return getattr(day, part), _of(ledger, [row for row in rows if row["date"] == day])

    return answer


def committee_share(test: Callable[[Office, Row], bool]) -> Callable[[Office], Answer]:
    """The share of committee members in office whose person passes the test, in percent."""

    def answer(office: Office) -> Answer:
        persons = office.register("person")
        rows = office.rows("committee_member", office.in_force("elected_on", "left_on"))
        if not rows:
            return None, set()
        people = {row["person"] for row in rows}
        passed = {person for person in people if test(office, persons[person])}
        return Fraction(100 * len(passed), len(people)), _of("committee_member", rows)

    return answer


def _young(office: Office, person: Row) -> bool:
    born = person.get("birth_on")
    if born is None:
        return False
    end = office.end
    age = end.year - born.year - ((end.month, end.day) < (born.month, born.day))
    return age < office.committee_age


def _vaccination(office: Office) -> Answer:
    bands = {"3至11岁": 3, "12至17岁": 12, "18至59岁": 18, "60岁及以上": 60}

    def fits(row: Row) -> bool:
        return row["dose"] == "全程" and bands[row["band"]] >= office.vaccination_age

    done = [row for row in office.rows("vaccination_progress", office.until("date")) if fits(row)]
    reported = office.rows("vaccination_progress", office.until("date"))
    wanted = [row for row in office.rows("vaccination_target", office.until("set_on")) if fits(row)]
    people = sum(row["people"] for row in wanted)
    records = _of("vaccination_progress", done) | _of("vaccination_target", wanted)
    if not people or not (reported or office.silent("vaccination_progress")):
        return None, records
    return Fraction(100 * sum(row["people"] for row in done), people), records


def _monitoring_known(office: Office) -> bool:
    begun = office.rows("monitored_household", office.begun("from_on"))
    return bool(begun) or office.silent("monitored_household")


def _classes(office: Office, *names: str) -> Rows:
    rows = office.rows("monitored_household", office.in_force("from_on", "released_on"))
    return [row for row in rows if row["class"] in names]


def _monitored(
    names: tuple[str, ...], value: Callable[[Rows], int | Fraction], contact: bool = False
) -> Callable[[Office], Answer]:
    def answer(office: Office) -> Answer:
        rows = _classes(office, *names)
        if contact:
            # The contact's own village is the household's, so no village needs to be asked again.
            cared = {
                r["household"]
                for r in office.ledgers["contact_duty"]
                if office.in_force("from_on", "to_on")(r)
            }
            rows = [row for row in rows if row["household"] in cared]
        if not _monitoring_known(office):
            return None, set()
        return value(rows), _of("monitored_household", rows)

    return answer


def _measures_per(*names: str) -> Callable[[Office], Answer]:
    def answer(office: Office) -> Answer:
        households = _classes(office, *names)
        theirs = {row["household"] for row in households}
        everything = office.rows("support_measure", office.during("date"))
        measures = [row for row in everything if row["household"] in theirs]
        records = _of("support_measure", measures) | _of("monitored_household", households)
        if not theirs or not (everything or office.silent("support_measure")):
            return None, records
        return Fraction(len(measures), len(theirs)), records

    return answer


def _swept_without_risk(office: Office) -> Answer:
    register = office.register("household")
    swept = {row["village"] for row in office.ledgers["sweep"] if office.during("from_on")(row)}
    at_risk = {row["household"] for row in office.ledgers["risk_event"] if office.during("date")(row)}
    rows = [
        row
        for row in _classes(office, *RELIEVED)
        if register[row["household"]]["village"] in swept and row["household"] not in at_risk
    ]
    if not _monitoring_known(office):
        return None, set()
    return len({row["household"] for row in rows}), _of("monitored_household", rows)


def _returns(name: str) -> Callable[[Office], Answer]:
    def answer(office: Office) -> Answer:
        months = office.months()
        everything = office.rows("economic_return", lambda row: row["month"] in months)
        if not everything and not office.silent("economic_return"):
            return None, set()
        rows = [row for row in everything if row["kind"] == name]
        return total("amount", 10_000_000_000)(rows), _of("economic_return", rows)

    return answer


def _insurance_target(office: Office) -> Answer:
    if office.villages:
        return None, set()
    rows = [
        row
        for row in office.ledgers["plan_item"]
        if row["plan_year"] == office.end.year + 1
        and row.get("subject") == "城乡居民基本医疗保险参保率"
        and row.get("target") is not None
    ]
    if not rows:
        return None, set()
    latest = max(rows, key=lambda row: (row["due_on"], row["id"]))
    return Fraction(latest["target"]), _of("plan_item", [latest])


def _anniversary(office: Office) -> Answer:
    return office.end.year - 1921, set()


THREE = ("脱贫不稳定户", "边缘易致贫户", "突发严重困难户")
RELIEVED = ("脱贫户", "脱贫不稳定户")
COURSES = ("入党积极分子", "发展对象")
GROUPS = ("category", "problem", "content", "task")
WAN = 1_000_000  # 分 in 万元


def _unit(name: str, per: str) -> Callable[[Row], bool]:
    return lambda row: row["kind"] == name and row["unit"] == per


COUNTS: dict[int, Callable[[Office], Answer]] = {
    1: counted("notice_board", lambda o: o.until("done_on"), value=different("village")),
    2: _anniversary,
    3: counted("commendation", during("date"), kind("光荣在党50年纪念章")),
    4: stepped("member_development", "probationary_on"),
    5: counted("training_course", during("from_on"), kind(*COURSES)),
    6: counted("training_course", during("from_on"), kind(*COURSES), total("participants")),
    7: lambda office: (office.committee_age, set()),
    8: committee_share(_young),
    9: committee_share(lambda o, p: p.get("education") in ("高中", "中专", "大专", "本科", "研究生")),
    10: committee_share(lambda o, p: p["sex"] == "女"),
    11: counted("reserve_cadre", during("recruited_on")),
    12: day_part("drill", kind("扩面筛查演练"), max, "month"),
    13: day_part("drill", kind("扩面筛查演练"), max, "day"),
    14: lambda office: (office.vaccination_age, set()),
    15: _vaccination,
    16: day_part("meeting", kind("动员会"), min, "month"),
    17: day_part("meeting", kind("动员会"), min, "day"),
    18: counted("rectification_item", during("listed_on"), value=different(*GROUPS[:1])),
    19: counted("rectification_item", during("listed_on"), value=different(*GROUPS[:2])),
    20: counted("rectification_item", during("listed_on"), value=different(*GROUPS[:3])),
    21: counted("rectification_item", during("listed_on"), value=different(*GROUPS)),
    22: day_part("leader_reception", lambda row: True, min, "month"),
    23: day_part("leader_reception", lambda row: True, min, "day"),
    24: counted("leader_reception", during("date")),
    25: counted("leader_reception", during("date"), value=total("disputes_settled")),
    26: counted("evening_talk", during("date")),
    27: counted("evening_talk", during("date"), value=total("suggestions")),
    28: counted("letter", during("date"), value=total("copies")),
    29: counted("letter", during("date"), value=total("suggestions")),
    30: counted("study_session", during("date")),
    31: counted("warning_education", during("date"), value=total("participants")),
    32: _anniversary,
    33: counted("study_material", during("date"), value=total("copies")),
    34: counted("study_event", during("date"), kind("专题研讨")),
    35: counted("study_event", during("date"), kind("专题研讨"), total("speakers")),
    36: counted("study_event", during("date"), kind("专题研讨"), total("participants")),
    37: counted("study_event", during("date"), kind("党员讲党史")),
    38: counted("study_event", during("date"), kind("党员讲党史"), total("speakers")),
    39: counted("notebook", during("date"), value=total("copies")),
    40: counted("study_event", during("date"), kind("知识竞赛")),
    41: counted("study_event", during("date"), kind("知识竞赛"), total("participants")),
    42: counted("campaign_commendation", during("date"), kind("集体")),
    43: counted("campaign_commendation", during("date"), kind("个人")),
    44: stepped("public_deed", "closed_on"),
    45: standing("cleaner", "from_on", "to_on", value=different("person")),
    46: counted("facility", during("bought_on"), kind("垃圾桶"), total("quantity")),
    47: counted("cleanup", during("date"), _unit("生活垃圾", "吨"), total("quantity")),
    48: counted("cleanup", during("date"), _unit("杂物", "吨"), total("quantity")),
    49: counted("cleanup", during("date"), _unit("沟塘", "条"), total("quantity")),
    50: counted("toilet", during("finished_on"), value=different("household")),
    51: counted("toilet_problem", lambda o: o.until("found_on"), value=different("household")),
    52: counted("fund_raising", during("date"), value=total("amount", WAN)),
    53: counted("small_project", during("finished_on"), _unit("小菜园", "处"), total("quantity")),
    54: counted("small_project", during("finished_on"), _unit("小广场", "个"), total("quantity")),
    55: counted("small_project", during("finished_on"), _unit("砖铺道路", "米"), total("quantity")),
    56: counted("small_project", during("finished_on"), _unit("下水道", "米"), total("quantity")),
    57: standing("contact_duty", "from_on", "to_on", value=different("official")),
    58: _monitored(THREE, different("household"), contact=True),
    59: _monitored(THREE, total("members"), contact=True),
    60: _measures_per(*RELIEVED),
    61: _measures_per("脱贫不稳定户"),
    62: _measures_per("边缘易致贫户"),
    63: counted("sweep", during("from_on"), value=different("year", "round")),
    64: _swept_without_risk,
    65: _monitored(("脱贫不稳定户",), different("household")),
    66: _monitored(("边缘易致贫户",), different("household")),
    67: _returns("规上工业总产值"),
    68: _returns("固定资产投资"),
    69: standing("cooperative", "founded_on", "ended_on", kind("合作社")),
    70: standing("land_transfer", "from_on", "to_on", value=total("mu")),
    71: standing(
        "tourism_facility", "opened_on", "closed_on", kind("泡池", "泳池", key="item"), total("quantity")
    ),
    72: standing(
        "tourism_facility", "opened_on", "closed_on", kind("更衣柜", "储物柜", key="item"), total("quantity")
    ),
    73: standing("tourism_facility", "opened_on", "closed_on", value=total("daily_capacity")),
    74: counted("collective_income", during("date"), kind("光伏"), total("amount", WAN)),
    75: counted("collective_income", during("date"), kind("资产出租"), total("amount", WAN)),
    76: counted("inspection", during("date")),
    77: counted("inspection", during("date"), value=total("places")),
    78: stepped("hazard", "closed_on"),
    79: counted("enforcement", during("date"), kind("非法液化气点")),
    80: counted("publicity", during("date"), value=total("copies")),
    81: stepped("dispute", "mediated_on", kind("调解成功", key="result")),
    82: stepped("dispute", "mediated_on", lambda r: r.get("result") == "调解成功" and r["filed"]),
    83: _insurance_target,
}


def as_fraction(value: int | Decimal | Fraction | None) -> Fraction | None:
    """Any number exactly, for comparing."""
    return None if value is None else Fraction(value)
