"""Which records a measure takes, as SQL: the one place that decides it, for a figure and for its records alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from zhengui.catalogue.model import Condition, FieldType, Match, Measure, Timing
from zhengui.figures.period import Period
from zhengui.storage.query.lives import lives
from zhengui.storage.query.references import among
from zhengui.storage.query.source import LedgerSource, registers_on, unindexed, village_path
from zhengui.storage.schema import columns
from zhengui.storage.schema.sql_types import Column
from zhengui.storage.schema.straight import late
from zhengui.storage.schema.tables import Tables

Clause = sa.ColumnElement[bool]
#: What no record meets.
NEVER: Clause = sa.false()


@dataclass(frozen=True, slots=True)
class Scope:
    """What a figure answers for: a period, and some villages; no villages means all of the township."""

    period: Period
    villages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A scope with the office's parameters by key, in their own units."""

    tables: Tables
    scope: Scope
    parameters: Mapping[str, Decimal]

    def parameter(self, key: str) -> Decimal:
        """The office's value of a parameter, or the catalogue's own."""
        if key in self.parameters:
            return Decimal(self.parameters[key])
        return self.tables.catalogue.parameters[key].value


@dataclass(frozen=True, slots=True)
class Clauses:
    """`base`: live, in time, in the villages (what "reported" goes by). `fit`: what the measure itself asks."""

    base: tuple[Clause, ...]
    fit: tuple[Clause, ...]


def clauses(source: LedgerSource, measure: Measure, asked: Asked) -> Clauses:
    """The whole predicate of `measure` over `source`."""
    fit = [
        *(condition(source, each, asked) for each in measure.where),
        *(match(source, each, asked) for each in measure.matches),
        *contributes(source, measure),
    ]
    return Clauses(base(source, measure.timing, asked.scope), tuple(fit))


def base(source: LedgerSource, timing: Timing, scope: Scope, covered: bool = False) -> tuple[Clause, ...]:
    """Live records in the period and the villages; `covered` where the main index knows all that is asked."""
    return (*counted(source), *in_time(source, timing, scope.period, covered), *_inside(source, scope))


def held_back(source: LedgerSource, timing: Timing, scope: Scope) -> tuple[Clause, ...]:
    """As `base`, the records that don't count because nobody has reviewed them; none where the office holds none."""
    if source.ledger.key not in source.tables.held:
        return (NEVER,)
    unseen = (source.live, sa.not_(reviewed(source)))
    return (*unseen, *in_time(source, timing, scope.period), *_inside(source, scope))


def speaking(source: LedgerSource, timing: Timing, scope: Scope) -> tuple[Clause, ...]:
    """Records that say "none" where none is in time: spans that have ended, and items whose step isn't taken yet.

    An item that was listed by the period's end and not yet done at its start was there to be done in the period.
    """
    tests = (*counted(source), *_inside(source, scope))
    if timing.kind == "in_force":
        return (*tests, *in_time(source, Timing("until", timing.fields[:1]), scope.period))
    listed = source.ledger.period[0] if source.ledger.period else ""
    step = timing.fields[0] if timing.fields else ""
    if timing.kind != "during" or listed in ("", step) or len(timing.fields) > 1:
        return (NEVER,)
    low, _high = _bounds(source.field(step).type, scope.period)
    open_still = sa.or_(source.column(step).is_(None), source.column(step) >= low)
    return (*tests, *in_time(source, Timing("until", (listed,)), scope.period), open_still)


def _inside(source: LedgerSource, scope: Scope) -> tuple[Clause, ...]:
    """The records of the villages that are asked for; all where none are."""
    village = source.village() if scope.villages else None
    return () if village is None else (village.in_(_villages(scope.villages)),)


def counted(source: LedgerSource) -> tuple[Clause, ...]:
    """Live records; where the office says so, only those that a second person has reviewed."""
    if source.ledger.key not in source.tables.held:
        return (source.live,)
    return (source.live, reviewed(source))


def reviewed(source: LedgerSource) -> Clause:
    """Whether a second person has looked at the record as it is now."""
    table = source.tables.documents.review
    same = (table.c.record == source.id, table.c.version == source.table.c.version)
    return sa.exists().where(table.c.ledger == source.ledger.key, *same)


def contributes(source: LedgerSource, measure: Measure) -> tuple[Clause, ...]:
    """A record without the value that is added up, told apart or dated can't be part of the figure."""
    paths = () if measure.kind == "count" else measure.fields
    return tuple(source.column(path).is_not(None) for path in paths)


def in_time(
    source: LedgerSource, timing: Timing, period: Period, covered: bool = False
) -> tuple[Clause, ...]:
    """The records that the period takes; see `Timing` for the kinds."""
    if timing.kind == "always":
        return ()
    first = timing.fields[0]
    column = source.column(first)
    kind = source.field(first).type
    if timing.kind in ("year", "next_year"):
        return (column == late(timing.kind, times_of(period)[timing.kind]),)
    low, high = _bounds(kind, period)
    if not covered and (timing.kind != "during" or period.is_long):
        column = unindexed(column)
    if timing.kind == "until":
        return (column <= high,)
    if timing.kind == "in_force":
        if len(timing.fields) == 1:
            return (column <= high,)
        ended = source.column(timing.fields[1])
        return (column <= high, sa.or_(ended.is_(None), ended >= high))
    if len(timing.fields) == 1:
        return (column.between(low, high),)
    ended = source.column(timing.fields[1])
    return (column <= high, sa.or_(ended >= low, sa.and_(ended.is_(None), column >= low)))


def bounds(kind: FieldType, period: Period) -> tuple[int, int]:
    """The first and last stored value inside the period; months and years must lie in it whole.

    Where no whole month or year does, the first is above the last and nothing lies between them.
    """
    if kind is FieldType.MONTH:
        after_end = period.end + timedelta(days=1)
        low = _month(period.start, by=0 if period.start.day == 1 else 1)
        return low, _month(period.end, by=0 if after_end.day == 1 else -1)
    if kind is FieldType.YEAR:
        starts_whole = (period.start.month, period.start.day) == (1, 1)
        ends_whole = (period.end.month, period.end.day) == (12, 31)
        return period.start.year + (not starts_whole), period.end.year - (not ends_whole)
    return columns.day_number(period.start), columns.day_number(period.end)


def times_of(period: Period) -> dict[str, int]:
    """All that a measure's statement takes from the period, by the names under which it may be given anew."""
    found = {
        "year": period.year,
        "next_year": period.year + 1,
        "last_day": columns.day_number(period.end),
    }
    for kind in (FieldType.MONTH, FieldType.YEAR, FieldType.DATE):
        found[f"{kind}_low"], found[f"{kind}_high"] = bounds(kind, period)
    return found


def _bounds(kind: FieldType, period: Period) -> tuple[sa.BindParameter[int], sa.BindParameter[int]]:
    """As `bounds`, for a statement."""
    low, high = bounds(kind, period)
    name = kind if kind in (FieldType.MONTH, FieldType.YEAR) else FieldType.DATE
    return late(f"{name}_low", low), late(f"{name}_high", high)


def _last_day(period: Period) -> sa.BindParameter[int]:
    return late("last_day", columns.day_number(period.end))


def condition(source: LedgerSource, asked_for: Condition, asked: Asked) -> Clause:
    """One test on a record; see `Condition` for the kinds."""
    field = source.field(asked_for.path)
    op = asked_for.op
    if op == "living":
        return lives(source, asked_for.path, _last_day(asked.scope.period))
    if field.type is FieldType.ATTACHMENT:
        return _has_attachment(source, field.key, op == "filled")
    column = source.column(asked_for.path)
    if op == "filled":
        return column.is_not(None)
    if op == "empty":
        return column.is_(None)
    if op == "by_end":
        return column <= _bounds(field.type, asked.scope.period)[1]
    if op == "not_by_end":
        return sa.or_(column.is_(None), column > _bounds(field.type, asked.scope.period)[1])
    if op == "not_after":
        return column <= source.column(asked_for.values[0])
    texts = (str(asked.parameter(asked_for.parameter)),) if asked_for.parameter else asked_for.values
    if op == "under_age":
        return column > _last_day(asked.scope.period) - int(Decimal(texts[0])) * 10000
    if op == "band_at_least":
        return sa.cast(column, sa.Integer) >= int(Decimal(texts[0]))
    if op == "above":
        return column > columns.number_literal(field, Decimal(texts[0]))
    if field.type is FieldType.CHOICES:
        return _choices(column, op, texts)
    values = [columns.literal(field, text) for text in texts]
    if op in ("is", "in"):
        return column.in_(values) if len(values) > 1 else column == values[0]
    if op == "not_in":
        return sa.or_(column.is_(None), column.not_in(values))
    raise ValueError(f"{op} can't be asked of {field.type}")


def match(source: LedgerSource, wanted: Match, asked: Asked) -> Clause:
    """Whether another ledger has (or, `absent`, hasn't) a record that fits and agrees on every pair.

    The other ledger is looked through once and its keys kept, which stays fast without an index on them.
    """
    other = LedgerSource(source.tables, wanted.ledger)
    theirs = [other.column(path) for _, path in wanted.on]
    mine = [source.column(path) for path, _ in wanted.on]
    tests = [
        *counted(other),
        *in_time(other, wanted.timing, asked.scope.period),
        *(condition(other, each, asked) for each in wanted.where),
        *(column.is_not(None) for column in theirs),
    ]
    keys = sa.select(*theirs).select_from(other.from_clause).where(*tests)
    found: Clause = mine[0].in_(keys) if len(mine) == 1 else sa.tuple_(*mine).in_(keys)
    if not wanted.absent:
        return found
    return sa.or_(*(column.is_(None) for column in mine), sa.not_(found))


def touched(tables: Tables, measure: Measure) -> frozenset[str]:
    """Every ledger whose records the measure looks at, registers on its paths included."""
    found: set[str] = set()
    _touch(tables, found, measure.ledger, _paths(measure))
    for each in measure.matches:
        paths = [path for _, path in each.on]
        _touch(tables, found, each.ledger, (*paths, *each.timing.fields, *(c.path for c in each.where)))
    return frozenset(found)


def _paths(measure: Measure) -> Iterable[str]:
    yield from measure.fields
    yield from measure.timing.fields
    yield from (each.path for each in measure.where)
    yield from (path for each in measure.matches for path, _ in each.on)


def _touch(tables: Tables, found: set[str], ledger: str, paths: Iterable[str]) -> None:
    declared = tables.catalogue.ledgers[ledger]
    found.add(ledger)
    for path in (*paths, village_path(declared)):
        if path:
            found |= registers_on(tables, declared, path)


def _choices(column: Column, op: str, texts: Iterable[str]) -> Clause:
    """Tests on a field with several choices, which is stored as |a|b|."""
    has = [column.contains(f"|{text}|", autoescape=True) for text in texts]
    if op == "contains_all":
        return sa.and_(*has)
    if op == "not_in":
        return sa.or_(column.is_(None), sa.not_(sa.or_(*has)))
    return sa.or_(*has)


def _has_attachment(source: LedgerSource, field: str, filled: bool) -> Clause:
    link = source.tables.attachment_link
    with_one = sa.select(link.c.record).where(link.c.ledger == source.ledger.key, link.c.field == field)
    return source.id.in_(with_one) if filled else source.id.not_in(with_one)


def _villages(villages: tuple[int, ...]) -> Any:
    return villages if len(villages) <= 200 else among(villages)


def _month(day: date, by: int) -> int:
    """The month `by` months after that of `day`, as yyyymm."""
    year, month = divmod(day.year * 12 + day.month - 1 + by, 12)
    return year * 100 + month + 1
