"""The townships that are measured: the demo at a scale, and single ledgers filled with invented records."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.samples import sample_record
from zhengui.catalogue.model import FieldType, Ledger
from zhengui.services.township.township import Township, open_township
from zhengui.storage.file.vault import key_path
from zhengui.storage.records import record as records
from zhengui.storage.schema.versions import bump

DEMO_RECORDS = 30_000
WHO = "测速"


def demo(folder: Path, count: int) -> Path:
    """The database of a demo township with about `count` records; made once in `folder`."""
    from zhengui.services.whole.demo import make_demo

    place = folder / f"demo-{count}"
    found = list(place.glob("*.zgdb")) if (place / "done").exists() else []
    if found:
        return found[0]
    shutil.rmtree(place, ignore_errors=True)
    made = make_demo(place, scale=count / DEMO_RECORDS)
    (place / "done").touch()
    return Path(made.database)


def copy_of(database: Path, folder: Path, name: str) -> Path:
    """A copy that may be changed."""
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / f"{name}.zgdb"
    for leftover in folder.glob(f"{name}.zgdb*"):
        leftover.unlink()
    shutil.copy(database, copy)
    shutil.copy(key_path(database), key_path(copy))
    return copy


def emptied(database: Path, ledger: str) -> None:
    """Take every record of a ledger out of a copy, history and all."""
    with opened(database) as township, township.database.writing() as conn:
        conn.exec_driver_sql(f"DELETE FROM l_{ledger}")
        conn.exec_driver_sql("DELETE FROM history WHERE ledger = ?", (ledger,))
        bump(conn, ledger)


def fill(database: Path, ledger_key: str, count: int, seed: int = 9) -> None:
    """Add `count` invented records to a ledger of a copy."""
    with opened(database) as township:
        ledger = township.catalogue.ledgers[ledger_key]
        with township.database.writing() as conn:
            ids = {
                str(field.type): [row[0] for row in conn.exec_driver_sql(f"SELECT id FROM l_{field.type}")]
                for field in ledger.fields
                if field.is_reference
            }
            rows = invented(ledger, count, ids, random.Random(seed))
            records.insert_many(conn, township.tables, ledger_key, rows, WHO)
        township.database.optimise()


def invented(
    ledger: Ledger, count: int, ids: dict[str, list[int]], chance: random.Random
) -> Iterator[dict[str, Any]]:
    """Records that obey the ledger's rules: samples of a year, with references and texts of their own."""
    samples = [sample_record(ledger, n) for n in range(280)]
    references = [field for field in ledger.live_fields if field.is_reference]
    texts = [field for field in ledger.live_fields if field.type in (FieldType.TEXT, FieldType.LONG_TEXT)]
    for number in range(count):
        values = dict(samples[chance.randrange(len(samples))])
        for field in references:
            if field.key in values:
                values[field.key] = chance.choice(ids[str(field.type)])
        for field in texts:
            words = "".join(
                chance.choices("青石白沙云岭河口东湖柳塘龙潭桃园石桥双河松岭南畈学校道路护栏", k=6)
            )
            values[field.key] = f"{words}{number}"[: field.max_length]
        yield values


@contextmanager
def opened(database: Path) -> Iterator[Township]:
    """A township for the time of a `with`."""
    township = open_township(database, WHO)
    try:
        yield township
    finally:
        township.close()
