"""All claims over random data: a sentence is printed only where a second judgement says it holds."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.services.breaking_records import BREAKING
from tests.services.independent_claims import VERDICTS, Judge
from tests.services.independent_count import Office
from tests.services.random_office import random_value
from tests.services.whole_office import COUNT, VILLAGES, live, make_office, record_of
from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import FieldType
from zhengui.figures.period import Period, between, half, month, year
from zhengui.services.counting.judge_claims import judge_all
from zhengui.services.document.compose_document import compose
from zhengui.services.township.township import Township
from zhengui.storage.records import record as records
from zhengui.storage.schema.versions import bump

CATALOGUE = load_catalogue()
CASES = 32
#: The ledgers that claims look at, and the registers that say what has to be covered.
LEDGERS = (
    "committee_member",
    "reserve_cadre",
    "rectification_item",
    "toilet_problem",
    "livelihood_problem",
    "centre_village",
    "monitored_household",
    "support_measure",
    "economic_return",
    "safety_officer",
    "accident",
    "petition",
    "village_election",
    "returnee",
    "suggestion",
    "support_plan",
    "fire_point",
    "hazard",
)
REGISTERS = ("village", "enterprise")
SCOPES: tuple[tuple[Period, tuple[int, ...]], ...] = (
    (year(2021), ()),
    (half(2021, 1), ()),
    (between(date(2021, 2, 10), date(2021, 11, 20)), ()),
    (month(2021, 3), ()),
    (year(2021), (2,)),
    (half(2021, 2), (1, 3)),
    (year(2022), ()),
)
Marks = dict[tuple[str, int, int], bool]
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Township]:
    folder: Path = tmp_path_factory.mktemp("claims")
    township = make_office(folder / "claims.zgdb", CATALOGUE)
    yield township
    township.close()


@pytest.fixture(scope="module")
def base(office: Township) -> tuple[Rows, Marks]:
    rows = {key: [dict(row) for row in live(office, key).values()] for key in (*REGISTERS, *LEDGERS)}
    with office.database.reading() as conn:
        marks = {
            (row[0], row[1], row[2]): bool(row[3])
            for row in conn.exec_driver_sql("SELECT ledger, village, month, zero FROM report_mark")
        }
    return rows, marks


def disturbed(rows: Rows, marks: Marks, dice: random.Random) -> tuple[Rows, Marks]:
    """The office where all holds, after a few accidents of any kind."""
    found = {key: [dict(row) for row in each] for key, each in rows.items()}
    told = dict(marks)
    for _ in range(dice.randrange(20)):
        key = dice.choice(LEDGERS)
        dice.choice((_drop, _change, _empty_field, _undo, _add, _clear))(found, key, dice)
        if dice.random() < 0.25:
            _break(found, dice)
        if dice.random() < 0.15:
            place = dice.choice(sorted(told))
            if dice.random() < 0.5:
                del told[place]
            else:
                told[place] = False
        if dice.random() < 0.05:
            register = dice.choice(REGISTERS)
            row = dice.choice(found[register])
            flag = "listed" if register == "enterprise" and dice.random() < 0.5 else "active"
            row[flag] = not row[flag]
        if dice.random() < 0.02:
            ledger = dice.choice(LEDGERS)
            told = {place: zero for place, zero in told.items() if place[0] != ledger}
    return found, told


def _break(rows: Rows, dice: random.Random) -> None:
    """One thing that speaks against a claim."""
    breaking = BREAKING[dice.choice(sorted(BREAKING))]
    if breaking.where is None:
        new = record_of(CATALOGUE.ledgers[breaking.ledger], dice.randrange(8))
        rows[breaking.ledger].append(new | dict(breaking.values))
        return
    for row in rows[breaking.ledger]:
        if all(row.get(key) == value for key, value in breaking.where.items()):
            row.update(breaking.values)
            return


def _drop(rows: Rows, key: str, dice: random.Random) -> None:
    if rows[key]:
        rows[key].pop(dice.randrange(len(rows[key])))


def _clear(rows: Rows, key: str, dice: random.Random) -> None:
    rows[key] = []


def _fields(key: str) -> list[Any]:
    return [f for f in CATALOGUE.ledgers[key].live_fields if f.type is not FieldType.ATTACHMENT]


def _changed(field: Any, dice: random.Random) -> Any:
    if field.names_several:
        return (1 + dice.randrange(COUNT),)
    return 1 + dice.randrange(COUNT) if field.is_reference else random_value(field, dice)


def _change(rows: Rows, key: str, dice: random.Random) -> None:
    if rows[key]:
        field = dice.choice(_fields(key))
        dice.choice(rows[key])[field.key] = _changed(field, dice)


def _empty_field(rows: Rows, key: str, dice: random.Random) -> None:
    optional = [field for field in _fields(key) if not field.required]
    if rows[key] and optional:
        dice.choice(rows[key])[dice.choice(optional).key] = None


def _undo(rows: Rows, key: str, dice: random.Random) -> None:
    """Take back the last step of a record."""
    steps = [f.key for f in _fields(key) if f.key in ("closed_on", "completed_on", "posted_on", "posted_to")]
    if rows[key] and steps:
        dice.choice(rows[key])[dice.choice(steps)] = None


def _add(rows: Rows, key: str, dice: random.Random) -> None:
    row = record_of(CATALOGUE.ledgers[key], dice.randrange(8))
    for field in dice.sample(_fields(key), 2):
        row[field.key] = _changed(field, dice)
    if key == "accident":
        row["kind"] = dice.choice(("生产安全", "生产安全", "溺水"))
    rows[key].append(row)


def put(township: Township, rows: Rows, marks: Marks) -> None:
    """Let the file hold exactly these records and marks."""
    with township.database.writing() as conn:
        conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for key, each in rows.items():
            conn.exec_driver_sql(f"DELETE FROM l_{key}")
            conn.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (f"l_{key}",))
            records.insert_many(conn, township.tables, key, each, "甲")
            bump(conn, key)
        conn.exec_driver_sql("DELETE FROM report_mark")
        if marks:
            conn.exec_driver_sql(
                "INSERT INTO report_mark (ledger, village, month, zero, at, who) VALUES (?, ?, ?, ?, '', '')",
                [(*place, zero) for place, zero in marks.items()],
            )


def judge_of(
    township: Township, rows: Rows, marks: Marks, period: Period, villages: tuple[int, ...]
) -> Judge:
    empty = {key: dict.fromkeys(f.key for f in _fields(key)) for key in rows}
    ledgers = {
        key: [{**empty[key], **row, "id": place} for place, row in enumerate(each, 1)]
        for key, each in rows.items()
    }
    for key in ("household", "person"):
        ledgers[key] = [{**row, "id": number} for number, row in live(township, key).items()]
    zero = frozenset(place for place, said in marks.items() if said)
    told = Office(ledgers, period.start, period.end, frozenset(villages), zero)
    return Judge(told, frozenset(marks))


def test_every_claim_agrees_with_a_second_judgement(office: Township, base: tuple[Rows, Marks]) -> None:
    seen: Counter[tuple[str, str]] = Counter()
    differing = []
    for seed in range(CASES):
        rows, marks = disturbed(*base, random.Random(seed))
        put(office, rows, marks)
        for period, villages in SCOPES:
            judge = judge_of(office, rows, marks, period, villages)
            told = judge_all(office, period, villages)
            assert set(told) == set(VERDICTS)
            for key, verdict in told.items():
                expected = VERDICTS[key](judge)
                seen[key, expected] += 1
                if verdict.state != expected:
                    differing.append(f"{seed} {key} {period.title} {villages}: {verdict.state} / {expected}")
    assert not differing, "\n".join(differing[:20])
    for key in VERDICTS:
        for state in ("holds", "fails", "unknown"):
            assert seen[key, state] >= 3, f"{key} was {state} only {seen[key, state]} times"


@pytest.mark.parametrize("seed", range(24))
def test_the_document_prints_a_claim_only_where_it_holds(
    office: Township, base: tuple[Rows, Marks], seed: int
) -> None:
    rows, marks = disturbed(*base, random.Random(1000 + seed))
    put(office, rows, marks)
    villages = (2,) if seed % 4 == 0 else ()
    judge = judge_of(office, rows, marks, year(2021), villages)
    document = compose(office, year(2021), villages).document
    text = "".join(run.text for run in document.runs())
    for key, claim in CATALOGUE.claims.items():
        state = VERDICTS[key](judge)
        for name in ("holds", "fails", "unknown"):
            wording = getattr(claim, name)
            # What stands before and after the numbers of a sentence.
            parts = [part for part in _pieces(wording) if len(part) > 3]
            printed = all(part in text for part in parts)
            assert printed == (name == state), (key, name, state)


def _pieces(wording: str) -> list[str]:
    found = []
    for part in wording.split("{"):
        found.append(part.partition("}")[2] if "}" in part else part)
    return found


def test_villages_are_those_of_the_office() -> None:
    assert len(VILLAGES) == COUNT
