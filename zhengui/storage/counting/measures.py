"""Measures as SQL: their values in as few passes over a ledger as possible, and exactly the records behind them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from operator import itemgetter
from typing import Any, TypeVar

import sqlalchemy as sa

from zhengui.catalogue.model import Measure, Timing
from zhengui.storage.counting.measured_rows import added_up, answerable, edge_of, rows_of
from zhengui.storage.counting.shared_out import shared_out
from zhengui.storage.query import predicates
from zhengui.storage.query.coverage import complete_reports, missing_cover, nothing_happened, reported
from zhengui.storage.query.predicates import Asked, Scope
from zhengui.storage.query.source import LedgerSource, in_main_index, village_path
from zhengui.storage.query.years import first_year
from zhengui.storage.schema import columns, straight
from zhengui.storage.schema.one_state import once
from zhengui.storage.schema.sql_types import Column
from zhengui.storage.schema.tables import Tables
from zhengui.storage.schema.versions import ledger_versions
from zhengui.values.value import Value

__all__ = ["Result", "Scope", "complete_reports", "evaluate", "missing_cover", "reported"]

Key = TypeVar("Key", bound=Hashable)

#: Stands between the parts of a combination; no field can hold it.
_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class Result:
    """What a measure found.

    `value` is a count or whole number, a sum of money in 分, a Decimal in the field's unit, a date, or None where
    it is unknown. `records` counts the records that make it. `reported` is false where the ledger has neither a
    record nor a zero report for the scope.
    """

    value: int | Decimal | date | Any | None
    records: int
    reported: bool


UNREPORTED = Result(None, 0, False)
#: Kinds of measures that one grouped SELECT answers.
COUNTED = frozenset({"count", "sum", "balance", "distinct"})


def evaluate(
    conn: sa.Connection,
    tables: Tables,
    measures: Mapping[Key, Measure],
    scope: Scope,
    parameters: Mapping[str, Decimal],
) -> dict[Key, Result]:
    """The results of all `measures`, each under its key.

    What was computed before is used again until one of its ledgers changes. The rest is grouped by ledger and
    timing, and each group is one SELECT. A ledger that the catalogue lacks, or that isn't kept by village where
    villages are asked for, is unknown.
    """
    asked = Asked(tables, scope, parameters)
    # Inside an unfinished transaction the ledgers' versions may yet be taken back, so nothing is kept from it.
    if conn.get_execution_options().get("writing", False):
        return _by_key(measures, _evaluate(conn, asked, measures.values(), None))
    versions = ledger_versions(conn)
    # Where no ledger was changed at all, all are found at once, as they were asked for together before.
    request = ("together", scope, tuple(sorted(parameters.items())), tuple(measures.values()))
    now = frozenset(versions.items())
    together: dict[Measure, Result] | None = tables.results.find(request, now)
    if together is None:
        # Two workers often ask for the same at once: the text's figures and its pages.
        with tables.results.turn(scope):
            together = _evaluate(conn, asked, measures.values(), versions)
        tables.results.keep(request, now, together)
    return _by_key(measures, together)


def _by_key(measures: Mapping[Key, Measure], found: Mapping[Measure, Result]) -> dict[Key, Result]:
    return {key: found[measure] for key, measure in measures.items()}


def _evaluate(
    conn: sa.Connection, asked: Asked, measures: Iterable[Measure], versions: Mapping[str, int] | None
) -> dict[Measure, Result]:
    """The results of the measures; those of before where `versions` tells that their ledgers are as they were."""
    tables, scope = asked.tables, asked.scope
    settings = tuple(sorted(asked.parameters.items()))
    found: dict[Measure, Result] = {}
    missing: dict[tuple[str, Timing], list[Measure]] = {}
    stamps: dict[Measure, tuple[int, ...]] = {}
    for measure in dict.fromkeys(measures):
        if not answerable(tables, measure, scope):
            found[measure] = UNREPORTED
            continue
        kept = None
        if versions is not None:
            stamps[measure] = stamp_of(tables, measure, versions)
            kept = tables.results.find((measure, scope, settings), stamps[measure])
        if kept is None:
            missing.setdefault((measure.ledger, measure.timing), []).append(measure)
        else:
            found[measure] = kept

    def of_group(reading: sa.Connection, of: tuple[str, Timing]) -> dict[Measure, Result]:
        return _evaluate_group(reading, asked, *of, missing[of])

    if versions is None:
        for of in missing:
            found |= of_group(conn, of)
        return found
    for _of, results in shared_out(conn, versions, missing, itemgetter(0), of_group):
        for measure, result in results.items():
            found[measure] = result
            tables.results.keep((measure, scope, settings), stamps[measure], result)
    return found


def stamp_of(tables: Tables, measure: Measure, versions: Mapping[str, int]) -> tuple[int, ...]:
    """The versions of every ledger that the measure looks at."""
    touched = tables.touched.get(measure)
    if touched is None:
        # Who owes a report depends on when the villages were there.
        looked_at = predicates.touched(tables, measure) | {"village"}
        touched = tables.touched[measure] = tuple(sorted(looked_at))
    return tuple(versions.get(ledger, 0) for ledger in touched)


def _evaluate_group(
    conn: sa.Connection, asked: Asked, ledger: str, timing: Timing, group: list[Measure]
) -> dict[Measure, Result]:
    """All measures of one ledger and timing: one SELECT, and a short one for each first, last or latest."""
    begins_later = _begins_later(conn, asked, ledger, timing)
    if begins_later and not nothing_happened(conn, asked.tables, ledger, asked.scope, timing):
        return dict.fromkeys(group, UNREPORTED)
    source = LedgerSource(asked.tables, ledger, alias=False)
    total, *row = _first_row(conn, asked, source, timing, group)
    if not total and not nothing_happened(conn, asked.tables, ledger, asked.scope, timing):
        return dict.fromkeys(group, UNREPORTED)
    return {
        measure: _result(conn, asked, source, measure, pair)
        for measure, pair in zip(group, in_pairs(group, row), strict=True)
    }


def _begins_later(conn: sa.Connection, asked: Asked, ledger: str, timing: Timing) -> bool:
    """Whether the ledger's first record is of a later year than any that could be in time: a trend looks back far."""
    period = asked.tables.catalogue.ledgers[ledger].period
    if not period or timing.kind in ("always", "next_year") or timing.fields[:1] != period[:1]:
        return False
    first = once(conn, ("first year", ledger), lambda: first_year(conn, asked.tables, ledger))
    return first is not None and first > asked.scope.period.end.year


def _first_row(
    conn: sa.Connection, asked: Asked, source: LedgerSource, timing: Timing, group: list[Measure]
) -> Sequence[Any]:
    """The count of a ledger's records in time, and the `aggregates` of each measure.

    The same is asked of every month, of the year before and of each document, so the statement is put together once
    and takes the period's days anew each time.
    """
    scope = asked.scope
    if scope.villages:
        return conn.execute(_statement(asked, source, timing, group)).one()
    key = (
        source.ledger.key,
        timing,
        tuple(group),
        scope.period.is_long,
        asked.tables.held,
        tuple(sorted(asked.parameters.items())),
    )
    build = partial(_statement, asked, source, timing, group)
    made = straight.made_once(conn, asked.tables.made, key, build)
    return made.rows(conn, predicates.times_of(scope.period))[0]


def _statement(
    asked: Asked, source: LedgerSource, timing: Timing, group: Iterable[Measure]
) -> sa.Select[Any]:
    tests = predicates.base(source, timing, asked.scope, _is_covered(source, asked.scope, timing, group))
    selected: list[sa.ColumnElement[Any]] = [sa.func.count()]
    for measure in group:
        selected += aggregates(source, measure, asked)
    return sa.select(*selected).select_from(source.from_clause).where(*tests)


def _is_covered(source: LedgerSource, scope: Scope, timing: Timing, group: Iterable[Measure]) -> bool:
    """Whether the main index knows everything that the measures look at, so that no record has to be read."""
    known = in_main_index(source.ledger)
    asked = {*timing.fields, *(path for measure in group for path in measure.fields)}
    if scope.villages:
        asked.add(village_path(source.ledger))
    plain = not any(measure.where or measure.matches for measure in group)
    return plain and asked <= known and source.ledger.key not in source.tables.held


def in_pairs(group: Iterable[Measure], row: Iterable[Any]) -> Iterator[tuple[Any, int]]:
    """What the `aggregates` of each measure gave: its value and the count of its records."""
    found = iter(row)
    for measure in group:
        records = next(found)
        yield (records if measure.kind == "count" else next(found)), records


def aggregates(source: LedgerSource, measure: Measure, asked: Asked) -> list[Column]:
    """The count of a measure's records over its ledger and timing, and, unless that is its value, its value."""
    fit = predicates.clauses(source, measure, asked).fit
    count: Any = sa.func.count()
    counted = count.filter(*fit) if fit else count
    if measure.kind == "count":
        return [counted]
    columns_ = [source.column(path) for path in measure.fields]
    if measure.kind in ("sum", "balance", "average"):
        aggregate: Any = sa.func.sum(added_up(source, measure))
    elif measure.kind == "distinct":
        aggregate = sa.func.count(sa.distinct(_together(columns_)))
    else:
        aggregate = edge_of(source, measure)
    return [counted, aggregate.filter(*fit)]


def _result(
    conn: sa.Connection, asked: Asked, source: LedgerSource, measure: Measure, row: tuple[Value, int]
) -> Result:
    """The aggregates of one measure as its result."""
    value, records = row
    if measure.kind in COUNTED:
        return counted_result(source, measure, row)
    field = source.field(measure.fields[0])
    if not records:
        return Result(None, 0, True)
    rows = straight.first_column(conn, rows_of(asked, measure))
    if measure.kind == "latest":
        other = LedgerSource(asked.tables, measure.ledger)
        latest = sa.select(other.column(measure.fields[0])).select_from(other.from_clause)
        value = conn.execute(latest.where(other.id == rows[0])).scalar()
    if measure.kind == "average":
        if not rows:
            return Result(None, 0, True)
        return Result(Decimal(columns.decode(field, value)) / len(rows), len(rows), True)
    return Result(columns.decode(field, value), len(rows), True)


def counted_result(source: LedgerSource, measure: Measure, row: tuple[Any, int]) -> Result:
    """As `_result`, of a measure whose value is in the aggregates themselves."""
    value, records = row
    if measure.kind in ("sum", "balance"):
        return Result(columns.decode(source.field(measure.fields[0]), value or 0), records, True)
    return Result(int(value), records, True)


def _together(parts: list[Column]) -> Column:
    """Several columns as one value that differs where any of them does."""
    if len(parts) == 1:
        return parts[0]
    joined: sa.ColumnElement[str] = sa.cast(parts[0], sa.Text)
    for part in parts[1:]:
        joined = joined + _BETWEEN + sa.cast(part, sa.Text)
    return joined
