"""An invented office in which every claim of the document holds, and records made to fit any figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.samples import sample_record
from zhengui.catalogue.model import Catalogue, Condition, Field, FieldType, Ledger, Match, Measure, RuleKind
from zhengui.services.entry.record import check
from zhengui.services.returns.report_month import mark
from zhengui.services.township.township import Township, create_township
from zhengui.storage.records import record as records
from zhengui.values.identity import id_check_digit
from zhengui.values.parse import parse

YEAR = 2021
LAST_DAY = date(YEAR, 12, 31)
REGISTERS = ("village", "department", "official", "household", "person", "enterprise")
#: Records in each register; every sample refers to one of them.
COUNT = 4
VILLAGES = tuple(range(1, COUNT + 1))
REPORTED = ("accident", "petition", "monitored_household", "fire_point")
CLASSES = ("脱贫户", "脱贫不稳定户", "边缘易致贫户")
Values = dict[str, Any]


def make_office(path: Path, catalogue: Catalogue | None = None) -> Township:
    """Four villages with everything that the claims ask for."""
    township = create_township(path, "试验镇", "甲", catalogue)
    township.working_day = LAST_DAY
    with township.database.writing() as conn:
        conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for ledger, rows in _everything(township.catalogue):
            records.insert_many(conn, township.tables, ledger, rows, "甲")
    for ledger in REPORTED:
        for month in range(1, 13):
            mark(township, ledger, VILLAGES, YEAR * 100 + month, zero=True)
    return township


def _everything(catalogue: Catalogue) -> Iterator[tuple[str, list[Values]]]:
    def made(key: str, n: int, **more: Any) -> Values:
        return record_of(catalogue.ledgers[key], n) | more

    for key in REGISTERS:
        always = known(
            catalogue,
            key,
            dict.fromkeys(("from_on", "until_on", "listed_from_on", "listed_until_on", "merged_into")),
        )
        yield key, [made(key, n, **_of_register(key, n), **always) for n in range(COUNT)]
    both = ("书记", "主任")
    in_office = dict.fromkeys(("left_on", "left_reason", "term"))
    yield (
        "committee_member",
        [
            made("committee_member", n, posts=both, **known(catalogue, "committee_member", in_office))
            for n in range(COUNT)
        ],
    )
    yield "reserve_cadre", [made("reserve_cadre", 0, left_on=None)]
    yield "safety_officer", list(_safety(made))
    for key in ("rectification_item", "toilet_problem", "livelihood_problem"):
        yield key, [made(key, 0)]
    parts = ("road", "parking", "public_toilet", "dredging", "greening", "fitness_square", "service_centre")
    whole = dict.fromkeys(parts, Decimal(100))
    centre = {
        k: int(v) if catalogue.ledgers["centre_village"][k].type is FieldType.INTEGER else v
        for k, v in whole.items()
    }
    yield "centre_village", [made("centre_village", 2, year=YEAR, **centre)]
    yield (
        "monitored_household",
        [
            made("monitored_household", n, released_on=None, **{"class": name})
            for n, name in enumerate(CLASSES)
        ],
    )
    yield (
        "village_election",
        [
            made("village_election", n, party_done_on=date(YEAR, 1, 9), done_on=date(YEAR, 1, 20))
            for n in range(COUNT)
        ],
    )
    yield "returnee", [made("returnee", 0, returned_on=date(YEAR, 2, 3), risk_level="中风险", tests=2)]
    yield "suggestion", [made("suggestion", 0)]
    yield "hazard", [made("hazard", 0, grade="重大")]
    yield (
        "support_plan",
        [made("support_plan", n, made_on=date(YEAR, 1, 9), ended_on=None) for n in range(len(CLASSES))],
    )
    yield "support_measure", [made("support_measure", n) for n in range(len(CLASSES))]
    yield "risk_event", [made("risk_event", 1)]
    yield "contact_duty", [made("contact_duty", n, to_on=None) for n in range(COUNT)]
    for key in ("vaccination_target", "vaccination_progress"):
        yield key, [made(key, n, band="18至59岁", dose=dose) for n, dose in enumerate(("全程", "加强"))]
    yield "sweep", [made("sweep", n) for n in range(COUNT)]
    yield (
        "economic_return",
        [
            made("economic_return", n, kind=kind, month=(YEAR - 1 + n) * 100 + m, amount=(1 + n) * 500_000)
            for kind in ("规上工业总产值", "固定资产投资")
            for n in range(2)
            for m in range(1, 13)
        ],
    )


def _of_a_woman(beginning: str) -> str:
    body = f"{beginning}002"
    return body + id_check_digit(body)


def _of_register(key: str, n: int) -> Values:
    """What the samples of a register lack for the figures: grown-up women with a degree, one listed enterprise."""
    return {
        "village": {"active": True, "sort_order": n},
        "person": {
            "birth_on": date(1990, 1 + n, 5),
            "sex": "女",
            "education": "大专",
            "id_number": _of_a_woman(f"110101{date(1990, 1 + n, 5):%Y%m%d}"),
        },
        "official": {"active": True},
        "household": {"active": True},
        "enterprise": {"listed": n == 0, "active": True},
    }.get(key, {})


def _safety(made: Any) -> Iterator[Values]:
    yield made("safety_officer", 0, level="镇", village=None, enterprise=None, to_on=None)
    for n in range(COUNT):
        yield made("safety_officer", n, level="村", enterprise=None, to_on=None)
    yield made("safety_officer", 0, level="企业", to_on=None)


def known(catalogue: Catalogue, ledger: str, values: Values) -> Values:
    """The values whose fields the ledger has."""
    return {key: value for key, value in values.items() if key in catalogue.ledgers[ledger].by_key}


def record_of(ledger: Ledger, n: int) -> Values:
    """A sample record that refers to the office's registers."""
    values = dict(sample_record(ledger, n))
    for field in ledger.live_fields:
        if field.is_reference and field.key in values:
            values[field.key] = 1 + n % COUNT
        elif field.names_several and field.key in values:
            values[field.key] = tuple(dict.fromkeys((1 + n % COUNT, 1 + (n + 1) % COUNT)))
        elif field.type is FieldType.INDICATOR and field.key in values:
            values[field.key] = "letters"
    while any(isinstance(value, date) and value > LAST_DAY for value in values.values()):
        values = _moved(values, -1)
    return values


def _moved(values: Values, years: int) -> Values:
    """The values with every date so many years later."""
    return {
        key: value.replace(year=value.year + years) if isinstance(value, date) else value
        for key, value in values.items()
    }


def sound_record(township: Township, key: str, first: int = COUNT, **more: Any) -> Values:
    """A sample record that the office accepts beside those it has, naming none of its own ledger."""
    remarked: Values = {}
    own = {field.key: None for field in township.catalogue.ledgers[key].fields if field.register == key}
    for n in range(first, first + 40):
        values = record_of(township.catalogue.ledgers[key], n) | own | more
        found = check(township, key, values)
        if not found:
            return values
        if not any(mistake.severity == "error" for mistake in found):
            remarked = remarked or values
    if remarked:
        return remarked
    raise AssertionError(f"{key}: {found}")


def fitting_record(township: Township, measure: Measure) -> Values:
    """A record that the measure takes for the year."""
    ledger = township.catalogue.ledgers[measure.ledger]
    more: Values = {}
    timing = measure.timing
    if timing.kind in ("year", "next_year"):
        more[timing.fields[0]] = YEAR + (timing.kind == "next_year")
    if timing.kind == "in_force" and len(timing.fields) > 1:
        more[timing.fields[1]] = None
        # What is still there has nothing either of what asks for its end, such as why somebody left.
        asking = (rule for rule in ledger.rules if rule.kind is RuleKind.REQUIRED_IF)
        more |= {rule.fields[0]: None for rule in asking if rule.fields[1] == timing.fields[1]}
    if measure.kind in ("first", "last"):
        more[measure.fields[0]] = date(YEAR, 1, 1) if measure.kind == "first" else date(YEAR, 12, 31)
    for condition in measure.where:
        more |= _meeting(ledger, condition, township)
    for wanted in measure.matches:
        if wanted.absent:
            more |= _apart_from(township, wanted.ledger, wanted.on)
        else:
            more |= _matching(township, wanted)
    values = sound_record(township, measure.ledger, **more)
    day = values.get(timing.fields[0]) if timing.kind == "during" else None
    if isinstance(day, date) and day.year < YEAR:
        moved = _moved(values, YEAR - day.year)
        return {k: None if isinstance(v, date) and v > LAST_DAY else v for k, v in moved.items()}
    return values


def _meeting(ledger: Ledger, condition: Condition, township: Township) -> Values:
    """The value of the field that a condition asks; the registers already have what is asked of them."""
    path = condition.path
    if "." in path or condition.op in ("filled", "by_end", "not_after"):
        return {}
    if condition.op == "not_by_end":
        return dict.fromkeys(("closed_on", "verified_on", "verifier")) | {path: None}
    if condition.op == "empty":
        return {path: None}
    parameter = township.catalogue.parameters.get(condition.parameter)
    values = (str(parameter.value),) if parameter else condition.values
    field = ledger[path]
    if condition.op == "band_at_least":
        return {path: next(c for c in field.choices if _number(c) >= Decimal(values[0]))}
    if condition.op == "above":
        return {path: _read(field, str(Decimal(values[0]) + 1))}
    if condition.op == "not_in":
        return {path: next(c for c in field.choices if c not in values)}
    return {path: _read(field, "、".join(values) if condition.op == "contains_all" else values[0])}


def _matching(township: Township, match: Match) -> Values:
    """What ties a record to one of the office's own in another ledger that is in force at the year's end, if asked."""
    wanted = {condition.path: condition.values for condition in match.where}
    spans = match.timing.kind == "in_force" and len(match.timing.fields) > 1
    for row in live(township, match.ledger).values():
        ended = row.get(match.timing.fields[1]) if spans else None
        if ended is not None and ended < LAST_DAY:
            continue
        if all(row.get(path) in values for path, values in wanted.items()):
            return {mine: row[theirs] for mine, theirs in match.on if "." not in mine}
    raise AssertionError(f"the office has no {match.ledger} with {wanted}")


def _apart_from(township: Township, other: str, on: tuple[tuple[str, str], ...]) -> Values:
    """What keeps a record apart from all of the office's own in another ledger."""
    rows = live(township, other).values()
    return {
        mine: next(number for number in VILLAGES if all(row.get(theirs) != number for row in rows))
        for mine, theirs in on
        if "." not in mine
    }


def _number(choice: str) -> int:
    found = re.match(r"\d+", choice)
    return int(found[0]) if found else 0


class _NoNames:
    def find(self, register: str, text: str) -> list[tuple[int, str]]:
        return []

    def label(self, register: str, id: int) -> str | None:
        return None


def _read(field: Field, text: str) -> Any:
    return parse(field, text, _NoNames(), LAST_DAY)


def live(township: Township, key: str) -> Mapping[int, Mapping[str, Any]]:
    """The live records of a ledger by id."""
    with township.database.reading() as conn:
        ids = [row[0] for row in conn.exec_driver_sql(f"SELECT id FROM l_{key} WHERE deleted_at IS NULL")]
        return {each.id: each.values for each in records.fetch(conn, township.tables, key, ids)}
