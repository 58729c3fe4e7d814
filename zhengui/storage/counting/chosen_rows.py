"""A few fields of the records that a measure takes, read in one go for rules that look at many of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from zhengui.catalogue.model import Match, Measure
from zhengui.storage.counting.measures import stamp_of
from zhengui.storage.query.predicates import Asked, clauses, condition, counted, in_time
from zhengui.storage.query.source import LedgerSource
from zhengui.storage.schema import columns
from zhengui.storage.schema.kept import kept
from zhengui.storage.schema.tables import Tables
from zhengui.values.value import Value


def chosen_rows(
    conn: sa.Connection, tables: Tables, measure: Measure, asked: Asked, paths: Sequence[str]
) -> list[tuple[Any, ...]]:
    """For each record: its id, and the values at the end of `paths` as Python values.

    What was read before is used again until one of its ledgers changes.
    """
    request = ("rows", measure, asked.scope, tuple(sorted(asked.parameters.items())), tuple(paths))
    return _kept(conn, tables, measure, request, lambda: _read(conn, tables, measure, asked, paths))


def _read(
    conn: sa.Connection, tables: Tables, measure: Measure, asked: Asked, paths: Sequence[str]
) -> list[tuple[Any, ...]]:
    source = LedgerSource(tables, measure.ledger)
    tests = clauses(source, measure, asked)
    wanted = [source.column(path) for path in paths]
    decoders = [columns.decoder(source.field(path)) for path in paths]
    query = sa.select(source.id, *wanted).select_from(source.from_clause).where(*tests.base, *tests.fit)
    return [
        (
            row[0],
            *(
                None if value is None else decode(value)
                for decode, value in zip(decoders, row[1:], strict=True)
            ),
        )
        for row in conn.execute(query)
    ]


def _kept(
    conn: sa.Connection, tables: Tables, measure: Measure, request: Hashable, read: Callable[[], object]
) -> Any:
    return kept(conn, tables, request, lambda now: stamp_of(tables, measure, now), read)


def last_days(conn: sa.Connection, tables: Tables, other: Match, asked: Asked) -> dict[Any, Any]:
    """The last day on which each subject has a record of `other`, by the subject's stored value."""
    measure = Measure("count", other.ledger, (), other.timing, other.where)
    request = ("days", measure, asked.scope, tuple(sorted(asked.parameters.items())), other.on)
    return dict(_kept(conn, tables, measure, request, lambda: _read_days(conn, tables, other, asked)))


def _read_days(conn: sa.Connection, tables: Tables, other: Match, asked: Asked) -> dict[Value, Value]:
    source = LedgerSource(tables, other.ledger)
    day = other.timing.fields[0]
    subject, at = source.column(other.on[0][1]), source.column(day)
    tests: Iterable[Any] = (
        *counted(source),
        *in_time(source, other.timing, asked.scope.period),
        *(condition(source, each, asked) for each in other.where),
        subject.is_not(None),
    )
    query = sa.select(subject, sa.func.max(at)).select_from(source.from_clause).where(*tests)
    decode = columns.decoder(source.field(day))
    return {row[0]: decode(row[1]) for row in conn.execute(query.group_by(subject)) if row[1] is not None}
