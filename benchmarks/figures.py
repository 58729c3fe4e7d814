"""#2 and #3: all figures of the year, the first time, after an edit, and again; DuckDB over the same tables."""

from __future__ import annotations

import csv
import re
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
import sqlalchemy as sa

from benchmarks.measured import Measured, best, once
from benchmarks.prepared import opened
from zhengui.figures.period import Period, year
from zhengui.services.counting.compute_figures import compute
from zhengui.services.township.township import Township
from zhengui.storage.schema import straight
from zhengui.storage.schema.versions import bump

YEAR = 2021
Statement = tuple[str, tuple[Any, ...]]


def measure(database: Path, work: Path) -> Iterator[Measured]:
    """The figures of the whole township for a year."""
    period = year(YEAR)
    with opened(database) as township:
        first, statements = captured(township, period)
        floor = duckdb_seconds(township, statements, work)
        again = best(lambda: compute(township, period))
        edits = sorted((after_edit(township, period, ledger), ledger) for ledger in ledgers_used(township))
    name = "DuckDB, same statements, same tables"
    yield Measured(2, "figures of the year, first time after opening", first, 2.0, floor, name)
    dearest, ledger = edits[-1]
    middle = statistics.median(seconds for seconds, _ in edits) / floor
    note = f"{ledger}, the dearest of {len(edits)} ledgers; the median {middle:.2f} x"
    yield Measured(2, "figures of the year, after one edit", dearest, 0.5, floor, name, note)
    yield Measured(3, "figures of the year, nothing edited", again, 0.005)


def captured(township: Township, period: Period) -> tuple[float, list[Statement]]:
    """The time of the first computation, and the SELECTs that it sent."""
    statements: list[Statement] = []

    def note(statement: str, parameters: Any) -> None:
        if " FROM l_" in statement.replace("\n", " "):
            statements.append((statement, tuple(parameters)))

    def listen(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        note(statement, parameters)

    def sent_straight(conn: Any, statement: str, given: Any = ()) -> Any:
        note(statement, given)
        return run(conn, statement, given)

    run = straight.run
    engine = township.database.engine
    sa.event.listen(engine, "before_cursor_execute", listen)
    with patch.object(straight, "run", sent_straight):
        seconds = once(lambda: compute(township, period))
    sa.event.remove(engine, "before_cursor_execute", listen)
    return seconds, statements


def duckdb_seconds(township: Township, statements: list[Statement], work: Path) -> float:
    """The time DuckDB needs for the same SELECTs; its answers must be the same."""
    with duckdb.connect() as duck:
        load(township, duck, work)
        translated = [(dialect(statement), parameters) for statement, parameters in statements]
        with township.database.reading() as conn:
            for (statement, parameters), (theirs, _) in zip(statements, translated, strict=True):
                ours = conn.exec_driver_sql(statement, parameters).fetchall()
                assert plain(ours) == plain(duck.execute(theirs, parameters).fetchall()), theirs

        def all_of_them() -> None:
            for statement, parameters in translated:
                duck.execute(statement, parameters).fetchall()

        return best(all_of_them)


def load(township: Township, duck: duckdb.DuckDBPyConnection, work: Path) -> None:
    """Copy every ledger into DuckDB, each column with its type."""
    work.mkdir(parents=True, exist_ok=True)
    sheet = work / "table.csv"
    with township.database.reading() as conn:
        for ledger in township.catalogue.ledgers:
            table = township.tables.ledger(ledger)
            numbers = sa.Integer, sa.Boolean
            types = {c.name: "BIGINT" if isinstance(c.type, numbers) else "VARCHAR" for c in table.columns}
            with sheet.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, quoting=csv.QUOTE_NOTNULL if hasattr(csv, "QUOTE_NOTNULL") else 1)
                for row in conn.exec_driver_sql(f"SELECT {', '.join(quoted(types))} FROM l_{ledger}"):
                    writer.writerow(["\\N" if value is None else value for value in row])
            columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
            duck.execute(
                f"CREATE TABLE l_{ledger} AS SELECT * FROM read_csv('{sheet}', header=false, "
                f"auto_detect=false, delim=',', new_line='\\r\\n', nullstr='\\N', quote='\"', escape='\"', "
                f"allow_quoted_nulls=true, columns={{{columns}}})"
            )
    sheet.unlink()


def quoted(names: Any) -> list[str]:
    """Column names in quotation marks."""
    return [f'"{name}"' for name in names]


def dialect(statement: str) -> str:
    """A SELECT of SQLite's in DuckDB's words: a text is cast by the number it begins with."""
    return re.sub(
        r"CAST\(([\w.\"]+) AS INTEGER\)",
        r"CAST(coalesce(nullif(regexp_extract(\1, '^\\d+'), ''), '0') AS INTEGER)",
        statement,
    )


def plain(rows: list[Any]) -> list[tuple[Any, ...]]:
    """Rows as tuples in an order of their own."""
    return sorted((tuple(int(v) if isinstance(v, bool) else v for v in row) for row in rows), key=repr)


def ledgers_used(township: Township) -> list[str]:
    """Every ledger that a figure is taken from."""
    measures = [m for i in township.catalogue.indicators.values() for m in (i.measure, i.over) if m]
    return sorted({m.ledger for m in measures})


def after_edit(township: Township, period: Period, ledger: str) -> float:
    """The time for all figures when one record of a ledger was just edited."""

    def edit() -> None:
        with township.database.writing() as conn:
            bump(conn, ledger)

    found = []
    for _ in range(3):
        edit()
        found.append(once(lambda: compute(township, period)))
    return min(found)
