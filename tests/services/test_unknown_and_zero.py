"""Nothing reported is unknown, a zero report is zero, and periods side by side add up."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.random_office import random_rows
from tests.services.whole_office import COUNT, REGISTERS, record_of
from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import Indicator, Measure
from zhengui.figures.display import UNKNOWN
from zhengui.figures.period import Period, between, half, month, year
from zhengui.services.counting.compute_figures import compute, measures_of
from zhengui.services.returns.report_month import mark, unmark
from zhengui.services.township.township import Township, create_township
from zhengui.storage.records import record as records

CATALOGUE = load_catalogue()
#: Kinds that say zero where a zero report was made; the others have nothing to say without a record.
COUNTING = ("count", "sum", "balance", "distinct")


def single(indicator: Indicator) -> Measure | None:
    """The measure of a figure that is no share."""
    measures = measures_of(indicator)
    return measures[0][1] if len(measures) == 1 else None


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Township]:
    """An office with its registers and not one record."""
    township = create_township(tmp_path_factory.mktemp("zero") / "zero.zgdb", "试验镇", "甲", CATALOGUE)
    with township.database.writing() as conn:
        conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for key in REGISTERS:
            there = {"active": True, "from_on": None, "until_on": None} if key == "village" else {}
            rows = [record_of(CATALOGUE.ledgers[key], n) | there for n in range(COUNT)]
            records.insert_many(conn, township.tables, key, rows, "甲")
    yield township
    township.close()


MEASURED = sorted({m.ledger for i in CATALOGUE.indicators.values() for _role, m in measures_of(i)})


@pytest.mark.parametrize("ledger", MEASURED)
def test_a_zero_report_makes_the_unknown_zero(empty: Township, ledger: str) -> None:
    keys = [k for k, i in CATALOGUE.indicators.items() if any(m.ledger == ledger for _r, m in measures_of(i))]
    for figure in compute(empty, year(2021), (), keys).values():
        assert (figure.value, figure.records, figure.display) == (None, 0, UNKNOWN)
        assert (
            CATALOGUE.ledgers[ledger].title in figure.reason
            or len(measures_of(CATALOGUE.indicators[figure.key])) > 1
        )
    by_village = bool(CATALOGUE.ledgers[ledger].village)
    everybody = list(range(1, COUNT + 1)) if by_village else []
    for month_ in (202105, 202106):
        mark(empty, ledger, everybody, month_, zero=True)
    if by_village:
        mark(empty, ledger, [2], 202107, zero=True)
    try:
        for period, villages, told in (
            (year(2021), (), False),
            (month(2021, 5), (), True),
            (month(2021, 7), (), False),
            (month(2021, 7), (2,), True),
            (month(2021, 7), (2, 3), False),
            (between(date(2021, 5, 1), date(2021, 6, 30)), (1, 3), True),
            (half(2021, 2), (), False),
            (between(date(2021, 5, 2), date(2021, 6, 20)), (), True),
            (between(date(2021, 4, 30), date(2021, 6, 1)), (), False),
        ):
            for key, figure in compute(empty, period, villages, keys).items():
                measure = single(CATALOGUE.indicators[key])
                counting = measure is not None and measure.kind in COUNTING
                zero = told and counting and (by_village or not villages)
                assert figure.value == (0 if zero else None), (key, period.title, villages)
                assert figure.records == 0
    finally:
        for month_ in (202105, 202106, 202107):
            unmark(empty, ledger, everybody, month_)


def test_an_unknown_figure_says_who_has_not_told(empty: Township) -> None:
    mark(empty, "letter", [1, 2, 3], 202105, zero=True)
    mark(empty, "letter", [1], 202106, zero=True)
    try:
        figure = compute(empty, between(date(2021, 5, 1), date(2021, 6, 30)), (), ["letters"])["letters"]
        assert figure.value is None
        assert "4 个村（居）" not in figure.reason
        assert "3 个村（居）" in figure.reason, figure.reason
    finally:
        for month_ in (202105, 202106):
            unmark(empty, "letter", [1, 2, 3], month_)


def test_a_month_marked_as_reported_is_not_a_zero(empty: Township) -> None:
    mark(empty, "letter", [1, 2, 3, 4], 202105, zero=False)
    assert compute(empty, year(2021), (), ["letters"])["letters"].value is None
    unmark(empty, "letter", [1, 2, 3, 4], 202105)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Township]:
    township = create_township(tmp_path_factory.mktemp("sums") / "sums.zgdb", "试验镇", "甲", CATALOGUE)
    with township.database.writing() as conn:
        conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for key, rows in random_rows(CATALOGUE, 11).items():
            records.insert_many(conn, township.tables, key, rows, "甲")
    yield township
    township.close()


def adding() -> list[str]:
    """Counts and sums of what happened on a day: these add up over time."""
    found = []
    for key, indicator in CATALOGUE.indicators.items():
        measure = single(indicator)
        if measure is None or measure.kind not in ("count", "sum") or measure.matches:
            continue
        # What hangs on the end of the period, such as found in it and closed by its end, is no sum of its parts.
        if any(each.op in ("by_end", "not_by_end", "under_age", "living") for each in measure.where):
            continue
        fields = measure.timing.fields
        day = CATALOGUE.ledgers[measure.ledger].by_key.get(fields[0]) if fields else None
        if (
            measure.timing.kind == "during"
            and len(fields) == 1
            and day is not None
            and day.type.value == "date"
        ):
            found.append(key)
    return found


DAYS = st.dates(date(2019, 12, 1), date(2023, 1, 31))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(DAYS, min_size=3, max_size=5, unique=True), village=st.sampled_from([(), (2,), (1, 5)]))
def test_periods_side_by_side_add_up(office: Township, days: list[date], village: tuple[int, ...]) -> None:
    days.sort()
    keys = adding()
    assert len(keys) > 40
    pieces = [
        compute(office, Period(start, end - timedelta(days=1)), village, keys)
        for start, end in pairwise(days)
    ]
    whole = compute(office, Period(days[0], days[-1] - timedelta(days=1)), village, keys)
    for key in keys:
        values = [piece[key].value for piece in pieces]
        assert whole[key].value == (
            None if set(values) == {None} else sum(v for v in values if v is not None)
        ), key
        assert whole[key].records == sum(piece[key].records for piece in pieces), key


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=DAYS, length=st.integers(0, 800))
def test_villages_side_by_side_add_up(office: Township, start: date, length: int) -> None:
    period = Period(start, start + timedelta(days=length))
    villages = range(1, 7)
    keys = [key for key in adding() if CATALOGUE.ledgers[single(CATALOGUE.indicators[key]).ledger].village]  # type: ignore[union-attr]
    single_ones = [compute(office, period, (village,), keys) for village in villages]
    together = compute(office, period, tuple(villages), keys)
    for key in keys:
        assert together[key].records == sum(each[key].records for each in single_ones), key


def test_what_was_kept_is_what_would_be_computed_anew(office: Township) -> None:
    dice = random.Random(3)
    for _ in range(12):
        first = date(2020, 1, 1) + timedelta(days=dice.randrange(900))
        period = Period(first, first + timedelta(days=dice.randrange(400)))
        kept = compute(office, period)
        assert compute(office, period) == kept
        office.tables.results.clear()
        assert compute(office, period) == kept
