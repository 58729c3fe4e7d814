"""Every number of the printed pages leads to its records, and value and records agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.services.drafts import new_document
from zhengui.catalogue.model import Field, Measure
from zhengui.figures.display_choices import choices
from zhengui.figures.period import year
from zhengui.services.counting.compute_figures import VALUE
from zhengui.services.counting.trace_figure import trace
from zhengui.services.document.compose_document import lay_out_document
from zhengui.services.township.township import Township, open_township
from zhengui.services.whole.demo import make_demo
from zhengui.storage.records import record as records

#: 分 in a unit of money.
MONEY = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Township]:
    made = make_demo(tmp_path_factory.mktemp("demo"), scale=0.05, pdf=False)
    township = open_township(made.database)
    township.working_day = date(2021, 12, 31)
    yield township
    township.close()


def test_every_printed_number_agrees_with_its_records(demo: Township) -> None:
    published = lay_out_document(demo, new_document(demo, year(2021)))
    body = [run for run in published.composed.document.runs() if run.source.startswith("figure:")]
    spots = {spot.source for spot in published.spots}
    assert {run.source for run in body} <= spots, "each printed number can be clicked"
    keys = {run.source.removeprefix("figure:") for run in body}
    assert sum(demo.catalogue.indicators[key].n is not None for key in keys) == 83
    for key in keys:
        indicator = demo.catalogue.indicators[key]
        found = trace(demo, key, year(2021))
        printed = {run.text for run in body if run.source == f"figure:{key}"}
        previews = {choice.preview for choice in choices(indicator, found.figure.value)}
        assert printed & previews, f"{key}: {printed}"
        if indicator.measure is None:
            assert not found.records
            continue
        assert found.records == found.figure.records, key
        assert recounted(demo, key) == found.figure.value, key


def recounted(township: Township, key: str) -> int | Decimal | None:
    """The figure counted by hand from the records it leads to."""
    indicator = township.catalogue.indicators[key]
    found = {part.role: part for part in trace(township, key, year(2021)).parts}
    assert indicator.measure is not None
    value = total(township, indicator.measure, found[VALUE].ids)
    if indicator.over is not None:
        whole = Decimal(total(township, indicator.over, found["whole"].ids))
        return Decimal(value) / whole * indicator.factor / MONEY.get(indicator.unit, 1)
    if indicator.part:
        return value.month if indicator.part == "month" else value.day
    field = path_field_of(township, indicator.measure)
    if field is not None and field.type == "money" and indicator.measure.kind in ("sum", "balance"):
        return Decimal(value) / MONEY[indicator.unit]
    return value


def total(township: Township, measure: Measure, ids: tuple[int, ...]) -> Any:
    """What a measure comes to over some records, path by path."""
    with township.database.reading() as conn:
        rows = [r.values for r in records.fetch(conn, township.tables, measure.ledger, ids)]
        told = [
            tuple(at(township, conn, measure.ledger, path, row) for path in measure.fields) for row in rows
        ]
    match measure.kind:
        case "count":
            return len(rows)
        case "sum":
            return sum(row[0] for row in told)
        case "balance":
            return sum(row[0] - row[1] for row in told)
        case "distinct":
            return len(set(told))
        case "first":
            return min(row[0] for row in told)
        case "last":
            return max(row[0] for row in told)
    return max(told, key=lambda row: row[1])[0]


def at(township: Township, conn: Any, ledger: str, path: str, row: Mapping[str, Any]) -> Any:
    """The value at the end of a path through registers."""
    first, _, rest = path.partition(".")
    if not rest or rest == "id":
        return row[first]
    register = str(township.catalogue.ledgers[ledger][first].type)
    if row[first] is None:
        return None
    return at(
        township, conn, register, rest, records.fetch_one(conn, township.tables, register, row[first]).values
    )


def path_field_of(township: Township, measure: Measure) -> Field | None:
    """The field that a measure adds up."""
    return (
        township.catalogue.ledgers[measure.ledger].by_key.get(measure.fields[0]) if measure.fields else None
    )
