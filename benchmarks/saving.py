"""#4: saving one record with its checks and its history, beside the same bare insert."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.measured import Measured
from benchmarks.prepared import copy_of, invented, opened
from zhengui.services.entry import record
from zhengui.services.township.township import Township
from zhengui.storage.file.database import connect
from zhengui.storage.file.vault import read_key
from zhengui.storage.records import log
from zhengui.storage.schema import columns

LEDGER = "hazard"
TURNS = 300


def measure(database: Path, work: Path) -> Iterator[Measured]:
    """Medians of three hundred saves, each beside a bare one, so that both meet the same disk."""
    copy = copy_of(database, work, "saving")
    bare = connect(copy, read_key(copy))
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = FULL")
    with opened(copy) as township, timed_log() as lines:
        rows = list(some(township, TURNS * 2))
        ours, floor, changed, logged = [], [], [], []
        for kept, plain in zip(rows[::2], rows[1::2], strict=True):
            lines.clear()
            begun = time.perf_counter()
            saved = record.save(township, LEDGER, kept)
            ours.append(time.perf_counter() - begun)
            statement, values = bare_insert(township, plain)
            begun = time.perf_counter()
            bare.execute("BEGIN IMMEDIATE")
            bare.execute(statement, values)
            bare.execute("COMMIT")
            floor.append(time.perf_counter() - begun)
            logged += lines
            begun = time.perf_counter()
            record.save(township, LEDGER, {"detail": "改过的说明"}, saved.id, saved.version)
            changed.append(time.perf_counter() - begun)
    bare.close()
    least = statistics.median(floor)
    name = "bare insert, same table, same durability"
    yield Measured(4, "saving a new record", statistics.median(ours), 2.0, least, name)
    yield Measured(
        4, "of a new record, what its line in the log takes", statistics.median(logged), 0.3, least, name
    )
    yield Measured(
        4, "saving a changed record with its history", statistics.median(changed), 2.0, least, name
    )


@contextmanager
def timed_log() -> Iterator[list[float]]:
    """For the time of a `with`, how long the log took for each transaction."""
    taken: list[float] = []
    finish = log.finish

    def timed(*given: Any) -> Any:
        begun = time.perf_counter()
        try:
            return finish(*given)
        finally:
            taken.append(time.perf_counter() - begun)

    with patch.object(log, "finish", timed):
        yield taken


def some(township: Township, count: int) -> Iterator[dict[str, Any]]:
    """Invented records that do not stand in the township yet."""
    ledger = township.catalogue.ledgers[LEDGER]
    with township.database.reading() as conn:
        ids = {
            str(f.type): [row[0] for row in conn.exec_driver_sql(f"SELECT id FROM l_{f.type}")]
            for f in ledger.fields
            if f.is_reference
        }
    return invented(ledger, count, ids, random.Random(4))


def bare_insert(township: Township, values: dict[str, Any]) -> tuple[str, list[Any]]:
    """The plain statement that puts the same values into the same table."""
    ledger = township.catalogue.ledgers[LEDGER]
    stored = {key: columns.encode(ledger[key], value) for key, value in values.items()}
    stored |= {"created_at": "2021-12-06 14:32:00", "created_by": "测速"}
    names = ", ".join(f'"{name}"' for name in stored)
    marks = ", ".join("?" * len(stored))
    return f"INSERT INTO l_{LEDGER} ({names}) VALUES ({marks})", list(stored.values())
