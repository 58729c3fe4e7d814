"""Write and read records: every change is kept, counted and safe against somebody else's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice, repeat
from operator import itemgetter
from typing import Any, cast

import sqlalchemy as sa

from zhengui.catalogue.model import FieldType
from zhengui.storage.problem import RecordChanged, RecordMissing
from zhengui.storage.query.references import write_initials
from zhengui.storage.records import links, log
from zhengui.storage.records.changes import as_json, differences, move, remember
from zhengui.storage.schema import columns
from zhengui.storage.schema.straight import first_of, run
from zhengui.storage.schema.tables import SYSTEM, Tables
from zhengui.storage.schema.versions import bump
from zhengui.values.value import Value

_CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it is stored now; `values` holds every field of the ledger, None where empty."""

    id: int
    version: int
    values: Mapping[str, Any] = field(hash=False)
    created_at: datetime
    created_by: str
    changed_at: datetime | None = None
    changed_by: str | None = None
    deleted_at: datetime | None = None
    deleted_by: str | None = None
    batch: str | None = None


def insert(
    conn: sa.Connection,
    tables: Tables,
    ledger: str,
    values: Mapping[str, Value],
    who: str,
    batch: str | None = None,
    at: datetime | None = None,
) -> int:
    """Add one record and return its id. `values` are Python values by field key; absent keys are empty."""
    return insert_many(conn, tables, ledger, [values], who, batch, at)[0]


def insert_many(
    conn: sa.Connection,
    tables: Tables,
    ledger: str,
    rows: Iterable[Mapping[str, Value]],
    who: str,
    batch: str | None = None,
    at: datetime | None = None,
    prints: set[int] | None = None,
) -> range:
    """Add many records fast and return their ids, which follow one another in the order of `rows`.

    `prints` takes a hash of what each holds: if there are as many as records, no two of them agree in every field.
    """
    waiting = iter(rows)
    chunks = iter(lambda: list(islice(waiting, _CHUNK)), [])
    return insert_columns(conn, tables, ledger, map(by_field, chunks), who, batch, at, prints)


def insert_columns(
    conn: sa.Connection,
    tables: Tables,
    ledger: str,
    blocks: Iterable[Mapping[str, Sequence[Value]]],
    who: str,
    batch: str | None = None,
    at: datetime | None = None,
    prints: set[int] | None = None,
) -> range:
    """The same for records that come some at a time, as the values of each field; all fields of a block are as long."""
    declared = tables.catalogue.ledgers[ledger]
    stored = [f for f in declared.fields if f.type is not FieldType.ATTACHMENT]
    files = [f.key for f in declared.fields if f.type is FieldType.ATTACHMENT]
    names = ", ".join(
        f'"{name}"' for name in ("id", "created_at", "created_by", "batch", *(f.key for f in stored))
    )
    marks = ", ".join("?" * (4 + len(stored)))
    statement = f"INSERT INTO l_{ledger} ({names}) VALUES ({marks})"
    stamp = columns.moment_text(at or datetime.now())
    first = next_id = _next_id(conn, ledger)
    for held in blocks:
        count = max(map(len, held.values()), default=1)
        nothing = (None,) * count
        encoded = [columns.encode_all(f, held.get(f.key, nothing)) for f in stored]
        if prints is not None:
            prints.update(map(hash, zip(*encoded, strict=True)))
        same = [repeat(stamp), repeat(who), repeat(batch)]
        ids = range(next_id, next_id + count)
        stored_rows = list(zip(ids, *same, *encoded, strict=False))
        if len(stored_rows) == 1:
            run(conn, statement, stored_rows[0])
        else:
            conn.exec_driver_sql(statement, stored_rows)
        for key in files:
            for record, kept in zip(ids, held.get(key, nothing), strict=True):
                if kept:
                    links.replace(conn, ledger, record, key, cast("tuple[int, ...]", kept))
        next_id += count
    added = range(first, next_id)
    if added:
        if declared.register:
            write_initials(conn, tables, ledger, added)
        bump(conn, ledger)
        log.touch_records(conn, ledger, added)
    return added


def by_field(rows: Sequence[Mapping[str, Value]]) -> dict[str, Sequence[Value]]:
    """The values of records by field; quick where all of them name the same fields."""
    keys = list(rows[0])
    if len(keys) > 1 and set(map(len, rows)) == {len(keys)}:
        with suppress(KeyError):
            return dict(zip(keys, zip(*map(itemgetter(*keys), rows), strict=True), strict=True))
    named = {key: None for row in rows for key in row} or {"": None}  # empty records are counted, too
    return {key: [row.get(key) for row in rows] for key in named}


def update(
    conn: sa.Connection,
    tables: Tables,
    ledger: str,
    record: int,
    values: Mapping[str, Value],
    who: str,
    expected_version: int | None = None,
    at: datetime | None = None,
    batch: str | None = None,
    judge: Callable[[Mapping[str, Value]], None] | None = None,
) -> int:
    """Change the given fields of one record, write its history, and return the version it now has.

    `judge` is shown the whole record as it would become, and may raise. Raises RecordMissing where it isn't in
    the ledger, RecordChanged where its version isn't the expected one. Nothing is written where no value differs.
    """
    before = _stored(conn, tables, ledger, [record]).get(record)
    if before is None or before["deleted_at"] is not None:
        raise RecordMissing
    if judge is not None:
        judge({**_decoded(before, _decoders(tables, ledger)), **values})
    if expected_version is not None and before["version"] != expected_version:
        raise RecordChanged(before["version"], before["changed_by"] or before["created_by"])
    changed = _change(conn, tables, ledger, before, values, who, at or datetime.now(), batch)
    if not changed:
        return int(before["version"])
    if tables.catalogue.ledgers[ledger].register:
        write_initials(conn, tables, ledger, [record])
    bump(conn, ledger)
    return int(before["version"]) + 1


def update_many(
    conn: sa.Connection,
    tables: Tables,
    ledger: str,
    records: Sequence[int],
    values: Mapping[str, Value],
    who: str,
    at: datetime | None = None,
    batch: str | None = None,
) -> int:
    """Give all live `records` the same values; returns how many changed by it."""
    moment = at or datetime.now()
    changed = [
        record
        for record, before in _stored(conn, tables, ledger, records).items()
        if before["deleted_at"] is None and _change(conn, tables, ledger, before, values, who, moment, batch)
    ]
    if changed:
        if tables.catalogue.ledgers[ledger].register:
            write_initials(conn, tables, ledger, changed)
        bump(conn, ledger)
    return len(changed)


def delete(
    conn: sa.Connection,
    tables: Tables,
    ledger: str,
    records: Sequence[int],
    who: str,
    at: datetime | None = None,
) -> list[int]:
    """Move live records to the recycle bin; returns the ids that were moved."""
    return move(conn, ledger, records, who, at or datetime.now(), "delete")


def restore(
    conn: sa.Connection,
    tables: Tables,
    ledger: str,
    records: Sequence[int],
    who: str,
    at: datetime | None = None,
) -> list[int]:
    """Bring records back from the recycle bin; returns the ids that came back."""
    return move(conn, ledger, records, who, at or datetime.now(), "restore")


def fetch(conn: sa.Connection, tables: Tables, ledger: str, records: Iterable[int]) -> list[Record]:
    """The records in the order of their given ids, those in the bin too; ids that don't exist are left out."""
    wanted = list(records)
    stored = _stored(conn, tables, ledger, wanted)
    decoders = _decoders(tables, ledger)
    return [_record(stored[id_], decoders) for id_ in wanted if id_ in stored]


def fetch_one(conn: sa.Connection, tables: Tables, ledger: str, record: int) -> Record:
    """One record; RecordMissing where it doesn't exist."""
    found = fetch(conn, tables, ledger, [record])
    if not found:
        raise RecordMissing
    return found[0]


def values_of(
    conn: sa.Connection, tables: Tables, ledger: str, records: Iterable[int]
) -> dict[int, dict[str, Any]]:
    """The values of many records by id, decoded column by column; attachments are not among them."""
    fields = [f for f in tables.catalogue.ledgers[ledger].fields if f.type is not FieldType.ATTACHMENT]
    names = ", ".join(f'"{f.key}"' for f in fields)
    query = f"SELECT id, {names} FROM l_{ledger} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
    rows = run(conn, query, (json.dumps(list(records)),)).fetchall()
    if not rows:
        return {}
    ids, *stored = zip(*rows, strict=True)
    decoded = [columns.decode_all(f, column) for f, column in zip(fields, stored, strict=True)]
    keys = [f.key for f in fields]
    return {
        id_: dict(zip(keys, values, strict=True))
        for id_, values in zip(ids, zip(*decoded, strict=True), strict=True)
    }


def duplicate(
    conn: sa.Connection,
    tables: Tables,
    ledger: str,
    values: Mapping[str, Value],
    besides: int | None = None,
) -> int | None:
    """The id of a live record with exactly these values, other than `besides`, or None."""
    declared = tables.catalogue.ledgers[ledger]
    tests, asked = ["deleted_at IS NULL"], []
    for key, value in values.items():
        stored = columns.encode(declared[key], value)
        tests.append(f'"{key}" IS NULL' if stored is None else f'"{key}" = ?')
        asked += [] if stored is None else [stored]
    if besides is not None:
        tests.append("id <> ?")
        asked.append(besides)
    query = f"SELECT id FROM l_{ledger} WHERE {' AND '.join(tests)} ORDER BY id LIMIT 1"
    found: int | None = first_of(conn, query, asked)
    return found


def overlapping(
    conn: sa.Connection,
    tables: Tables,
    ledger: str,
    fields: Sequence[str],
    values: Mapping[str, Value],
    besides: int | None = None,
) -> list[tuple[int, date, date | None]]:
    """Live records of the same fields[0] in force at any time from fields[1] to fields[2], as (id, from, to)."""
    declared = tables.catalogue.ledgers[ledger]
    what, begun, ended = (tables.ledger(ledger).c[key] for key in fields)
    mine, low, high = (columns.encode(declared[key], values.get(key)) for key in fields)
    table = tables.ledger(ledger)
    tests = [table.c.deleted_at.is_(None), what == mine, sa.or_(ended.is_(None), ended >= low)]
    if high is not None:
        tests.append(begun <= high)
    if besides is not None:
        tests.append(table.c.id != besides)
    query = sa.select(table.c.id, begun, ended).where(*tests).order_by(begun, table.c.id)
    first, last = (columns.decoder(declared[key]) for key in fields[1:])
    return [(row[0], first(row[1]), None if row[2] is None else last(row[2])) for row in conn.execute(query)]


def _next_id(conn: sa.Connection, ledger: str) -> int:
    """The id after the highest ever given in the ledger; ids are never used again."""
    last = first_of(conn, "SELECT seq FROM sqlite_sequence WHERE name = ?", (f"l_{ledger}",))
    return int(last or 0) + 1


def _stored(
    conn: sa.Connection, tables: Tables, ledger: str, records: Sequence[int]
) -> dict[int, dict[str, Any]]:
    """Rows by id as their columns hold them, with the attachment ids of attachment fields."""
    declared = tables.catalogue.ledgers[ledger]
    names = [column.name for column in tables.ledger(ledger).columns]
    # Written by hand: to build, cache and unpack such a statement costs more than to run it.
    files = [f.key for f in declared.fields if f.type is FieldType.ATTACHMENT]
    link = f"(SELECT 1 FROM attachment_link WHERE ledger = '{ledger}' AND record = l_{ledger}.id LIMIT 1)"
    linked = link if files else "NULL"
    query = f"""SELECT {", ".join(f'"{name}"' for name in names)}, {linked} FROM l_{ledger} WHERE id """
    with_files: list[int] = []
    found: dict[int, dict[str, object]] = {}
    for start in range(0, len(records), _CHUNK):
        part = records[start : start + _CHUNK]
        rows: Iterable[Sequence[Any]]
        if len(part) == 1:
            rows = run(conn, query + "= ?", (part[0],))
        else:
            rows = conn.exec_driver_sql(
                query + "IN (SELECT value FROM json_each(?))", (json.dumps(list(part)),)
            )
        for *row, has_files in rows:
            found[row[0]] = dict(zip(names, row, strict=True))
            if has_files:
                with_files.append(row[0])
    for kept in found.values():
        kept.update(dict.fromkeys(files))
    if with_files:
        for record, key, attachments in links.of_records(conn, tables, ledger, with_files):
            if key in files:
                found[record][key] = attachments
    return found


def _record(row: Mapping[str, Any], decoders: Sequence[tuple[str, columns.Codec]]) -> Record:
    """A stored row as a record."""
    values = _decoded(row, decoders)
    moments = {
        key: columns.moment_of(row[key]) if row[key] else None
        for key in ("created_at", "changed_at", "deleted_at")
    }
    return Record(values=values, **{key: row[key] for key in SYSTEM} | moments)


def _decoders(tables: Tables, ledger: str) -> list[tuple[str, columns.Codec]]:
    """For each field, how its stored values become Python's."""
    return [(f.key, columns.decoder(f)) for f in tables.catalogue.ledgers[ledger].fields]


def _decoded(row: Mapping[str, Value], decoders: Sequence[tuple[str, columns.Codec]]) -> dict[str, Value]:
    """The values of a stored row by field."""
    return {key: None if (stored := row[key]) is None else decode(stored) for key, decode in decoders}


def _change(
    conn: sa.Connection,
    tables: Tables,
    ledger: str,
    before: Mapping[str, Any],
    values: Mapping[str, Value],
    who: str,
    at: datetime,
    batch: str | None,
) -> bool:
    """Write the values that differ, with a line of history; whether there were any."""
    changes = differences(tables.catalogue.ledgers[ledger], before, values)
    if not changes:
        return False
    declared = tables.catalogue.ledgers[ledger]
    stamp = columns.moment_text(at)
    version = before["version"] + 1
    assignments = {}
    for key, (_, after) in changes.items():
        if declared[key].type is FieldType.ATTACHMENT:
            links.replace(conn, ledger, before["id"], key, after or ())
        else:
            assignments[key] = after
    sets = "".join(f', "{key}" = ?' for key in assignments)
    run(
        conn,
        f"UPDATE l_{ledger} SET version = ?, changed_at = ?, changed_by = ?{sets} WHERE id = ?",
        (version, stamp, who, *assignments.values(), before["id"]),
    )
    remember(conn, [(ledger, before["id"], version, "update", stamp, who, as_json(changes), batch)])
    return True
