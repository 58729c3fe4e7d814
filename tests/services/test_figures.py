"""All 83 figures against an independent count, for a year, a half-year, odd dates and one village."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.services.independent_count import COUNTS, Office
from tests.services.random_office import REGISTERS, random_rows
from zhengui.catalogue.load import load_catalogue
from zhengui.figures.period import Period, between, half, year
from zhengui.services.counting.compute_figures import compute, compute_by_village
from zhengui.services.counting.trace_figure import rows, trace
from zhengui.services.township.township import create_township
from zhengui.storage.records import record as records
from zhengui.storage.records import reporting

SCOPES = [
    pytest.param(year(2021), frozenset(), id="year"),
    pytest.param(half(2021, 1), frozenset(), id="half"),
    pytest.param(year(2021), frozenset({2}), id="one village"),
    pytest.param(
        between(date(2020, 11, 15), date(2021, 2, 10)), frozenset({1, 3}), id="odd dates, two villages"
    ),
    pytest.param(year(2031), frozenset(), id="a year without records"),
    pytest.param(half(2021, 2), frozenset({3}), id="a village that was merged before"),
    pytest.param(half(2021, 1), frozenset({3, 4, 5}), id="merged, begun and closed villages"),
]


#: Who said of which month that there was nothing: one village, all of them, the township; some have gaps.
ZERO = frozenset(
    {("enforcement", 2, 202100 + month) for month in range(1, 13)}
    | {("publicity", village, 202100 + month) for village in range(1, 7) for month in range(1, 13)}
    | {("letter", village, 202100 + month) for village in range(1, 7) for month in range(1, 7)}
    | {("land_transfer", village, 203100 + month) for village in range(1, 7) for month in range(1, 13)}
    | {("evening_talk", village, month) for village in (1, 3) for month in (202011, 202012, 202101, 202102)}
    | {("study_session", 0, 202100 + month) for month in range(1, 13)}
    | {("fund_raising", village, 202105) for village in range(1, 7)}
)


#: Of each village: from when, until when, merged into which, and whether it is marked as in use.
LIVES: tuple[tuple[date | None, date | None, int | None, bool], ...] = (
    (None, None, None, True),
    (None, None, None, True),
    (None, date(2021, 6, 15), 1, False),
    (date(2021, 3, 1), None, None, True),
    (None, None, None, False),
    (date(2015, 1, 1), date(2019, 12, 31), 2, True),
)


@pytest.fixture(scope="module", params=[1, 2, 3])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    catalogue = load_catalogue()
    assert not catalogue.flaws
    township = create_township(
        tmp_path_factory.mktemp("office") / "random.zgdb", "试验镇", "测试员", catalogue
    )
    found = random_rows(catalogue, request.param)
    # One village there all the time, one merged into it in the middle of the year, one begun, one marked as closed.
    for row, (begun, ended, into, active) in zip(found["village"], LIVES, strict=True):
        row |= {"from_on": begun, "until_on": ended, "merged_into": into, "active": active}
    with township.database.writing() as conn:
        conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for key, values in found.items():
            records.insert_many(conn, township.tables, key, values, "测试员")
        for ledger, village, month in ZERO:
            reporting.mark(conn, township.tables, ledger, village, month, True, "测试员")
        binned = {key: [1, 2] for key in found if key not in REGISTERS and len(found[key]) > 5}
        for key, ids in binned.items():
            records.delete(conn, township.tables, key, ids, "测试员")
    live = {
        key: [
            {**dict.fromkeys(f.key for f in catalogue.ledgers[key].fields), **row, "id": place}
            for place, row in enumerate(values, start=1)
            if place not in binned.get(key, ())
        ]
        for key, values in found.items()
    }
    yield township, live, ZERO
    township.close()


@pytest.mark.parametrize(("period", "villages"), SCOPES)
def test_every_figure_agrees_with_an_independent_count(
    office, period: Period, villages: frozenset[int]
) -> None:
    township, live, zero = office
    asked = Office(live, period.start, period.end, villages, zero)
    figures = compute(township, period, tuple(sorted(villages)))
    differing = []
    for key, indicator in township.catalogue.indicators.items():
        if indicator.n is None:
            continue
        expected, _records = COUNTS[indicator.n](asked)
        told = figures[key].value
        if not same(told, expected):
            differing.append(f"{indicator.n} {key}: program {told}, count {expected}")
    assert not differing, "\n".join(differing)


@pytest.mark.parametrize(("period", "villages"), SCOPES[:4])
def test_records_are_exactly_the_rows_that_make_each_figure(
    office, period: Period, villages: frozenset[int]
) -> None:
    township, live, zero = office
    asked = Office(live, period.start, period.end, villages, zero)
    for key, indicator in township.catalogue.indicators.items():
        if indicator.n is None:
            continue
        _expected, made_of = COUNTS[indicator.n](asked)
        found = trace(township, key, period, tuple(sorted(villages)))
        told = {(row["ledger"], row["id"]) for row in rows(township, found)}
        assert told == made_of, f"{indicator.n} {key}"
        assert found.figure.records == len(made_of), f"{indicator.n} {key}"


def test_all_83_are_counted() -> None:
    numbers = sorted(i.n for i in load_catalogue().indicators.values() if i.n is not None)
    assert numbers == list(range(1, 84)) == sorted(COUNTS)


def same(told: int | Decimal | None, expected: int | Fraction | None) -> bool:
    """Whether both are unknown, or equal to what a decimal division can hold."""
    if told is None or expected is None:
        return told is None and expected is None
    return abs(Fraction(told) - Fraction(expected)) < Fraction(1, 10**9)


@pytest.mark.parametrize("period", [year(2021), half(2021, 1), year(2031)], ids=["year", "half", "empty"])
def test_all_villages_at_once_give_what_each_gives_alone(office, period: Period) -> None:
    township = office[0]
    keys = list(township.catalogue.indicators)
    villages = (1, 2, 3)
    township.tables.results.clear()
    together = compute_by_village(township, period, villages, keys)
    township.tables.results.clear()
    assert together == {village: compute(township, period, (village,), keys) for village in villages}
