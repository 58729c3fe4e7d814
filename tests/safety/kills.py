"""Kill a program that saves, imports, attaches, backs up or restores, at a random moment, and look what is left."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.storage.small import small_catalogue
from zhengui.storage.file import backup, copies
from zhengui.storage.file.database import Database
from zhengui.storage.file.restore import restore_backup
from zhengui.storage.records import attachments
from zhengui.storage.records import record as records

#: Rows of one import; a half of them must never be seen.
ROWS = 400
#: The longest that a child is left alone before it is killed, in seconds.
LONGEST = 0.6


def save(database: Database, number: int) -> None:
    """One save is two records, or none."""
    with database.writing() as conn:
        for topic in ("one", "two"):
            records.insert(conn, database.tables, "event", {"people": number, "topic": topic}, "王明")


def put_in(database: Database, number: int) -> None:
    """One import."""
    rows = [{"people": number, "topic": "row"} for _ in range(ROWS)]
    with database.writing() as conn:
        records.insert_many(conn, database.tables, "event", rows, "王明")


def attach(database: Database, number: int) -> None:
    """One attachment, whose bytes are known."""
    with database.writing() as conn:
        ready = attachments.prepare(f"{number}.txt", b"%d" % number * 5000)
        attachments.add(conn, database.tables, ready, "王明")


def back_up(database: Database, number: int) -> None:
    """A save, then a backup, proved before it counts."""
    save(database, number)
    copy = backup.back_up(database.path, database.path.parent / "copies" / f"{number}.zgdb")
    print(f"backup {copy.name}", flush=True)


WORK: dict[str, Callable[[Database, int], None]] = {
    "save": save,
    "import": put_in,
    "attach": attach,
    "backup": back_up,
}
KINDS = (*WORK, "restore")


def child(kind: str, path: Path) -> None:
    """Work until killed, telling each deed once it is done."""
    number = 0
    if kind == "restore":
        print("ready", flush=True)
        while True:
            number += 1
            restore_backup(path.parent / "copies" / f"{'ab'[number % 2]}.zgdb", path)
            print(f"done {number}", flush=True)
    with Database.open(path, small_catalogue()) as database:
        print("ready", flush=True)
        while True:
            number += 1
            WORK[kind](database, number)
            print(f"done {number}", flush=True)
            if number % 7 == 0:
                database.merge()


def trial(kind: str, place: Path, template: Path, chance: random.Random) -> str:
    """Kill one child; returns what is wrong with what it left, empty where nothing is."""
    shutil.copytree(template, place)
    path = place / "office.zgdb"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([*(p for p in sys.path if p), os.getcwd()])}
    command = [sys.executable, "-m", "tests.safety", "child", kind, str(path)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        if worker.stdout.readline() != "ready\n":
            return "the child did not begin"
        time.sleep(chance.random() * LONGEST)
        worker.kill()
        lines = worker.stdout.read().splitlines()
    return wrong_with(kind, path, lines)


def wrong_with(kind: str, path: Path, lines: list[str]) -> str:
    """What was told as done has to be there, nothing by halves, and every backup told of has to open."""
    done = max((int(line.split()[1]) for line in lines if line.startswith("done")), default=0)
    try:
        with Database.open(path, small_catalogue()) as database, database.reading() as conn:
            if database.remarks:
                return f"an alarm without a reason: {database.remarks}"
            people = Counter(conn.exec_driver_sql("SELECT people FROM l_event").scalars())
            files = dict(
                conn.exec_driver_sql(
                    "SELECT name, length(content) FROM attachment JOIN attachment_content "
                    "ON attachment_content.attachment = attachment.id"
                ).fetchall()
            )
    except Exception as error:  # noqa: BLE001 - whatever keeps it shut is what the trial looks for
        return f"does not open: {error}"
    if kind == "restore":
        return "" if people in (Counter({1: 2}), Counter({1: 2, 2: 2})) else f"neither old nor new: {people}"
    each = {"import": ROWS}.get(kind, 2)
    if kind == "attach":
        lost = [n for n in range(1, done + 1) if files.get(f"{n}.txt") != len(str(n)) * 5000]
        return f"lost attachments: {lost}" if lost else ""
    lost = [n for n in range(1, done + 1) if people[n] != each]
    if lost or any(count != each for count in people.values()):
        return f"lost {lost}, or by halves: {people}"
    told = [line.split()[1] for line in lines if line.startswith("backup")]
    for name in told:
        with suppress(Exception):
            copies.verify(path.parent / "copies" / name)
            continue
        return f"a backup said to be good is not: {name}"
    return ""


def template(place: Path, kind: str) -> Path:
    """A township to work on; for restores, with two backups of different content."""
    made = place / f"template-{kind}"
    with Database.create(made / "office.zgdb", small_catalogue()) as database:
        (made / "copies").mkdir()
        if kind == "restore":
            for number, name in ((1, "a"), (2, "b")):
                save(database, number)
                backup.back_up(database.path, made / "copies" / f"{name}.zgdb")
    return made


def run(count: int, place: Path, seed: int = 1) -> list[str]:
    """So many kills, spread over the kinds of work; returns what went wrong."""
    chance = random.Random(seed)
    made = {kind: template(place, kind) for kind in KINDS}
    wrong = []
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        found = trial(kind, place / f"{number}", made[kind], chance)
        if found:
            wrong.append(f"{number} {kind}: {found}")
        shutil.rmtree(place / f"{number}", ignore_errors=True)
    return wrong
