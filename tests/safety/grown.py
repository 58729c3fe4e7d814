"""Kill a program while it brings a large file of an old version up to date, and look what is left.

The file of an old version (tests/old_databases) is grown to some ten thousands of records by SQL alone, as that
version would have left it: what today's program makes of it (columns, its own tables, the log's first line, the
index by words) is made while the opening is killed.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from zhengui.services.township.check_log import check_log
from zhengui.services.township.township import open_township
from zhengui.storage.file import vault
from zhengui.storage.file.connection import connect

OLD = Path(__file__).parents[1] / "old_databases" / "898e0b3.zgdb"
#: Ledgers that are grown, and the table of what was done with their records.
GROWN = ("letter", "visit", "inspection", "support_measure", "cleanup")


def grow(path: Path, records: int) -> None:
    """A copy of the old file with so many records more, each with its line of history."""
    for each in (OLD, OLD.with_name(f"{OLD.name}.key")):
        shutil.copy(each, path.with_name(each.name.replace(OLD.name, path.name)))
    with closing(connect(path, vault.read_key(path))) as connection:
        connection.execute("BEGIN")
        for ledger in GROWN:
            names = [row[1] for row in connection.execute(f"PRAGMA table_info(l_{ledger})") if row[1] != "id"]
            columns = ", ".join(f'"{name}"' for name in names)
            (newest,) = connection.execute(f"SELECT coalesce(max(id), 0) FROM l_{ledger}").fetchone()
            connection.execute(
                f"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
                f"INSERT INTO l_{ledger} ({columns}) "
                f"SELECT {columns} FROM n, (SELECT * FROM l_{ledger} WHERE deleted_at IS NULL LIMIT 1)",
                (records // len(GROWN),),
            )
            connection.execute(
                "INSERT INTO history (ledger, record, version, action, at, who, changes) "
                f"SELECT ?, id, 1, 'insert', created_at, created_by, '{{}}' FROM l_{ledger} WHERE id > ?",
                (ledger, newest),
            )
        connection.execute("COMMIT")


def held(path: Path) -> dict[str, int]:
    """How many rows each table has that the old version knew."""
    with closing(connect(path, vault.read_key(path))) as connection:
        names = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name LIKE 'l\\_%' ESCAPE '\\' "
                "OR name IN ('history', 'attachment', 'document', 'issue', 'draft'))"
            )
        ]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def child(path: Path) -> None:
    """Open the file with today's program, and tell when it is open."""
    print("ready", flush=True)
    township = open_township(path)
    print("open", flush=True)
    township.close()
    print("closed", flush=True)


def opened(path: Path, patience: float) -> list[str]:
    """What a child told until it ended, or was killed after so many seconds from when it was ready."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([*(p for p in sys.path if p), os.getcwd()])}
    command = [sys.executable, "-m", "tests.safety", "open", str(path)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
        try:
            worker.wait(patience)
        except subprocess.TimeoutExpired:
            worker.kill()
        return worker.stdout.read().split()


def wrong_with(path: Path, before: dict[str, int]) -> str:
    """The file opens, has every row that it had, no alarm, and a log that follows."""
    try:
        township = open_township(path)
    except Exception as error:  # noqa: BLE001 - whatever keeps it shut is what the trial looks for
        return f"does not open: {error!r}"
    with closing(township):
        if township.database.remarks:
            return f"an alarm without a reason: {township.database.remarks}"
        found = check_log(township)
        if found.found:
            return f"the log does not follow: {found.found[:3]}"
        broken = township.database.soundness.check()
        if broken is not None:
            return f"damaged: {broken}"
    after = held(path)
    lost = {name: (count, after.get(name)) for name, count in before.items() if after.get(name) != count}
    return f"rows lost or come to: {lost}" if lost else ""


def run(count: int, place: Path, records: int = 40_000, seed: int = 1) -> list[str]:
    """So many kills at random moments of the first opening; every third file is killed once more before it is seen."""
    chance = random.Random(seed)
    template = place / "old" / "office.zgdb"
    template.parent.mkdir(parents=True)
    grow(template, records)
    before = held(template)
    whole = place / "whole"
    shutil.copytree(template.parent, whole)
    begun = time.monotonic()
    assert opened(whole / template.name, 600) == ["open", "closed"]
    longest = time.monotonic() - begun
    wrong, cut = [], 0
    for number in range(count):
        folder = place / f"{number}"
        shutil.copytree(template.parent, folder)
        path = folder / template.name
        for _again in range(1 + (number % 3 == 0)):
            cut += "open" not in opened(path, chance.random() * longest)
        found = wrong_with(path, before)
        if found:
            wrong.append(f"{number}: {found}")
        shutil.rmtree(folder)
    print(
        f"{sum(before.values())} rows, opened for the first time in {longest:.1f} s; {cut} openings were cut"
    )
    return wrong if cut else [*wrong, "no opening was cut"]
