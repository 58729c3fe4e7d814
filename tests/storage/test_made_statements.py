"""A statement that was put together once asks of any other period what one put together for it would ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.storage.small import small_catalogue
from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import Catalogue, Condition, Match, Measure, Timing
from zhengui.figures import period
from zhengui.figures.period import Period
from zhengui.services.counting.compute_figures import measures_of
from zhengui.storage.counting.measures import _statement, evaluate
from zhengui.storage.file.database import Database
from zhengui.storage.query.predicates import Asked, Scope, times_of
from zhengui.storage.query.source import LedgerSource
from zhengui.storage.records import record as records
from zhengui.storage.schema import straight

#: Whole and broken, long and short: every one must be able to take the place of another that is as long.
PERIODS = (
    period.year(2021),
    period.half(2020, 2),
    period.between(date(2020, 2, 29), date(2021, 11, 15)),
    period.month(2020, 2),
    period.between(date(2021, 1, 15), date(2021, 2, 3)),
)


def _shipped(catalogue: Catalogue) -> list[Measure]:
    found = [measure for each in catalogue.indicators.values() for _name, measure in measures_of(each)]
    found += [each.measure for each in catalogue.claims.values() if each.measure is not None]
    # What an office may ask for besides.
    found += [Measure("count", "village", where=(Condition("active", "living"),))]
    return list(dict.fromkeys(found))


def _made(database: Database, measure: Measure, span: Period) -> straight.Made:
    asked = Asked(database.tables, Scope(span), {"age": Decimal(60)})
    source = LedgerSource(database.tables, measure.ledger, alias=False)
    with database.reading() as conn:
        return straight.made(conn, _statement(asked, source, measure.timing, [measure]))


def _given(made: straight.Made, span: Period) -> list[object]:
    values, times = list(made.values), times_of(span)
    for place, name in made.late:
        values[place] = times[name]
    return values


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An empty file with the shipped catalogue."""
    with Database.create(tmp_path_factory.mktemp("made") / "office.zgdb", load_catalogue()) as opened:
        yield opened


def test_the_measures_ask_of_time_in_every_way() -> None:
    measures = _shipped(load_catalogue())
    conditions = [c for m in measures for c in (*m.where, *(c for match in m.matches for c in match.where))]
    assert {m.timing.kind for m in measures} >= {"during", "until", "in_force", "year", "next_year", "always"}
    assert {c.op for c in conditions} >= {"living", "by_end", "not_by_end", "under_age"}
    assert any(m.matches for m in measures)


@pytest.mark.parametrize("of", PERIODS, ids=lambda span: span.title)
def test_another_period_takes_the_place_of_the_one_it_was_made_for(everything: Database, of: Period) -> None:
    for measure in _shipped(everything.tables.catalogue):
        made = _made(everything, measure, of)
        for other in PERIODS:
            if other.is_long == of.is_long:
                fresh = _made(everything, measure, other)
                assert made.text == fresh.text
                assert _given(made, other) == list(fresh.values), (measure, other.title)


def test_a_value_that_was_asked_for_by_name_is_no_part_of_the_period(everything: Database) -> None:
    """Only what `late` names changes: a choice, a village or a number of the measure's own stays as it is."""
    for measure in _shipped(everything.tables.catalogue):
        made = _made(everything, measure, PERIODS[0])
        assert {name for _place, name in made.late} <= set(times_of(PERIODS[0]))


def test_months_one_after_another_are_counted_each_by_itself(tmp_path: Path) -> None:
    """The second question of a shape takes the statement of the first, with its own days."""
    spread = Measure("count", "event", (), Timing("during", ("held_on",)))
    living = Measure(
        "count",
        "person",
        (),
        where=(Condition("birth_date", "under_age", ("40",)),),
    )
    matched = Measure(
        "count",
        "village",
        (),
        matches=(Match("event", (("id", "village"),), Timing("during", ("held_on",))),),
    )
    with Database.create(tmp_path / "office.zgdb", small_catalogue()) as database:
        with database.writing("甲") as conn:
            village = records.insert(conn, database.tables, "village", {"name": "村"}, "甲")
            for born in (date(1979, 6, 1), date(1981, 6, 1)):
                records.insert(conn, database.tables, "person", {"name": "人", "birth_date": born}, "甲")
            for month in (1, 3, 3):
                values = {"held_on": date(2021, month, 10), "village": village}
                records.insert(conn, database.tables, "event", values, "甲")
        seen = []
        with database.reading() as conn:
            for month in range(1, 5):
                asked = {"spread": spread, "living": living, "matched": matched}
                scope = Scope(period.month(2021, month))
                found = evaluate(conn, database.tables, asked, scope, {})
                seen.append(tuple(found[key].value for key in asked))
        assert [row[0] for row in seen] == [1, None, 2, None]
        assert [row[2] for row in seen] == [1, 0, 1, 0]
        assert {row[1] for row in seen} == {1}
        with database.reading() as conn:
            later = evaluate(conn, database.tables, {"living": living}, Scope(period.month(2022, 1)), {})
        assert later["living"].value == 0
