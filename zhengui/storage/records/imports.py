"""What was imported: which file into which ledger, which records came of it, and which of them stand twice."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from zhengui.catalogue.model import FieldType
from zhengui.storage.records.history import RecordEvent, change_of
from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables


@dataclass(frozen=True, slots=True)
class Import:
    """One import; its records are those with ids from `first` up to but without `end`.

    `digest` is the SHA-256 of the file, in hexadecimal. `undone_at` is set once it was taken back. `changed` are the
    records it changed, with the versions that they had then; `summary` what came of it in numbers and words.
    """

    id: int
    ledger: str
    file: str
    digest: str
    first: int
    end: int
    at: datetime
    who: str
    undone_at: datetime | None
    undone_by: str | None
    changed: tuple[tuple[int, int], ...] = ()
    summary: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def count(self) -> int:
        """How many records came of it."""
        return self.end - self.first


def keep(
    conn: sa.Connection,
    tables: Tables,
    ledger: str,
    file: str,
    digest: str,
    ids: range,
    who: str,
    changed: Sequence[tuple[int, int]] = (),
    summary: Mapping[str, object] | None = None,
) -> int:
    """Note an import that was just made and return its number."""
    values = {
        "ledger": ledger,
        "file": file,
        "digest": digest,
        "first": ids.start,
        "end": ids.stop,
        "at": columns.moment_text(datetime.now()),
        "who": who,
        "changed": json.dumps(changed) if changed else None,
        "summary": json.dumps(summary, ensure_ascii=False) if summary else None,
    }
    done = conn.execute(sa.insert(tables.imported).values(**values))
    return int(done.inserted_primary_key[0])  # type: ignore[index]


def all_imports(conn: sa.Connection, tables: Tables, ledger: str = "") -> list[Import]:
    """The imports of a ledger, or of all, the newest first."""
    table = tables.imported
    query = sa.select(table).order_by(table.c.id.desc())
    if ledger:
        query = query.where(table.c.ledger == ledger)
    return [_import(row) for row in conn.execute(query)]


def of_file(conn: sa.Connection, tables: Tables, ledger: str, digest: str) -> Import | None:
    """The latest import of the very same file into a ledger that was not taken back."""
    found = (
        one for one in all_imports(conn, tables, ledger) if one.digest == digest and one.undone_at is None
    )
    return next(found, None)


def mark_undone(conn: sa.Connection, tables: Tables, number: int, who: str) -> None:
    """Note that an import was taken back."""
    table = tables.imported
    stamp = columns.moment_text(datetime.now())
    conn.execute(sa.update(table).where(table.c.id == number).values(undone_at=stamp, undone_by=who))


def live_of(conn: sa.Connection, tables: Tables, one: Import) -> list[int]:
    """Its records that are not in the recycle bin."""
    table = tables.ledger(one.ledger)
    query = sa.select(table.c.id).where(
        table.c.id >= one.first, table.c.id < one.end, table.c.deleted_at.is_(None)
    )
    return list(conn.execute(query.order_by(table.c.id)).scalars())


def changed_of(conn: sa.Connection, tables: Tables, ledger: str, ids: Sequence[int]) -> int:
    """How many of these records, which follow one another, were changed since they were made."""
    if not ids:
        return 0
    table = tables.ledger(ledger)
    inside = table.c.id.between(ids[0], ids[-1]) & table.c.deleted_at.is_(None) & (table.c.version > 1)
    return int(conn.execute(sa.select(sa.func.count()).where(inside)).scalar() or 0)


def changes_of(conn: sa.Connection, tables: Tables, one: Import) -> list[RecordEvent]:
    """What it changed in records that were there before, as the history has it."""
    table = tables.history
    mine = (table.c.ledger == one.ledger, table.c.action == "update")
    found = []
    for record, version in one.changed:
        query = sa.select(table).where(*mine, table.c.record == record, table.c.version == version)
        row = conn.execute(query).first()
        if row is not None:
            found.append(change_of(tables, row))
    return found


def standing_twice(
    conn: sa.Connection, tables: Tables, ledger: str, ids: range, prints: Collection[int]
) -> list[int]:
    """Those of the records just added that agree in every field with an older live one, or with one before them.

    `prints` are those of `record.insert_many`: most often they tell that none agrees with one before it.
    """
    older = conn.exec_driver_sql(
        f"SELECT EXISTS(SELECT 1 FROM l_{ledger} WHERE id < ? AND deleted_at IS NULL)", (ids.start,)
    )
    if not ids or (len(prints) == len(ids) and not older.scalar()):
        return []
    declared = tables.catalogue.ledgers[ledger]
    names = [f'"{f.key}"' for f in declared.fields if f.type is not FieldType.ATTACHMENT]
    whole = f"json_array({', '.join(names)})"
    rows = conn.exec_driver_sql(
        f"SELECT id FROM l_{ledger} WHERE id >= ? AND id < ? AND {whole} IN "
        f"(SELECT {whole} FROM l_{ledger} WHERE id < ? AND deleted_at IS NULL) "
        f"UNION SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY {whole} ORDER BY id) AS place "
        f"FROM l_{ledger} WHERE id >= ? AND id < ?) WHERE place > 1 ORDER BY id",
        (ids.start, ids.stop, ids.start, ids.start, ids.stop),
    )
    return [row[0] for row in rows]


def _import(row: sa.Row[tuple[object, ...]]) -> Import:
    return Import(
        row.id,
        row.ledger,
        row.file,
        row.digest,
        row.first,
        row.end,
        columns.moment_of(row.at),
        row.who,
        columns.moment_of(row.undone_at) if row.undone_at else None,
        row.undone_by,
        tuple((record, version) for record, version in json.loads(row.changed or "[]")),
        json.loads(row.summary or "{}"),
    )
