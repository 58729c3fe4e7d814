"""Kill a program that saves, imports, attaches, issues, backs up, restores or upgrades, and look what is left."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

from tests.storage.small import YEAR, small_catalogue
from zhengui.storage.file import backup, copies, vault
from zhengui.storage.file.connection import connect
from zhengui.storage.file.database import Database
from zhengui.storage.file.restore import restore_backup
from zhengui.storage.records import attachments
from zhengui.storage.records import record as records
from zhengui.storage.schema import migrate
from zhengui.storage.writing import documents, issues

#: Rows of one import; a half of them must never be seen.
ROWS = 400
#: Paragraphs, and figures, of one issue.
LINES = 60
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


def issue(database: Database, number: int) -> None:
    """One issue with all that is frozen with it."""
    with database.writing() as conn:
        tables = database.tables
        about = {"title": f"{number}", "start": 20210101, "end": 20211231}
        document = documents.create(conn, tables, about, [], "王明")
        values = {"document": document, "title": f"{number}", "area": "", "who": "王明", "reason": ""}
        values |= {"period": YEAR, "villages": (), "at": datetime.now(), "settings": {}, "parameters": {}}
        values |= {"point": issues.Point(0, {}), "marks": frozenset()}
        content = issues.IssueContent(
            tuple(issues.Block(f"{n}", "text", "", "一段" * 20, ()) for n in range(LINES)),
            tuple(
                issues.FrozenFigure(f"{n}", "数", "个", Decimal(number), "1", "", 1, "") for n in range(LINES)
            ),
            (),
            (),
        )
        issues.add(conn, tables, values, issues.Printed(b"%d" % number * 9000, 1, ()), content)


def back_up(database: Database, number: int) -> None:
    """A save, then a backup, proved before it counts."""
    save(database, number)
    copy = backup.back_up(database.path, database.path.parent / "copies" / f"{number}.zgdb")
    print(f"backup {copy.name}", flush=True)


WORK: dict[str, Callable[[Database, int], None]] = {
    "save": save,
    "import": put_in,
    "attach": attach,
    "issue": issue,
    "backup": back_up,
}
KINDS = (*WORK, "restore", "upgrade")
#: What the next version does to the file: a mark behind the topic of each event that is there.
_STEP = "op.execute(\"UPDATE l_event SET topic = topic || '*'\")"


def child(kind: str, path: Path) -> None:
    """Work until killed, telling each deed once it is done."""
    number = 0
    if kind == "upgrade":
        print("ready", flush=True)
        with _next_version(path.parent):
            while True:
                number += 1
                with closing(connect(path, vault.read_key(path))) as connection:
                    connection.execute("UPDATE alembic_version SET version_num = '0001'")
                with Database.open(path, small_catalogue()) as database:
                    save(database, number)
                print(f"done {number}", flush=True)
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


@contextmanager
def _next_version(place: Path) -> Iterator[None]:
    """The program as its next version may be: with one step more."""
    with patch.object(migrate, "HEAD", "0002"), patch.object(migrate, "SCRIPTS", place / "migrations"):
        yield


def _write_step(place: Path) -> None:
    folder = place / "migrations"
    (folder / "versions").mkdir(parents=True)
    for name in ("env.py", "script.py.mako", "versions/0001_baseline.py"):
        shutil.copyfile(migrate.SCRIPTS / name, folder / name)
    step = f"from alembic import op\nrevision = '0002'\ndown_revision = '0001'\ndef upgrade():\n    {_STEP}\n"
    (folder / "versions" / "0002_step.py").write_text(step)


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
    version = _next_version(path.parent) if kind == "upgrade" else nullcontext()
    try:
        with version, Database.open(path, small_catalogue()) as database, database.reading() as conn:
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
    if kind == "upgrade":
        return _upgraded(path, done)
    if kind == "issue":
        return _issued(path, done)
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


def _upgraded(path: Path, done: int) -> str:
    """Every save is there, and each upgrade was done to all of them or to none."""
    with (
        _next_version(path.parent),
        Database.open(path, small_catalogue()) as database,
        database.reading() as conn,
    ):
        rows = conn.exec_driver_sql("SELECT people, topic FROM l_event").fetchall()
    marked = {people + topic.count("*") for people, topic in rows}
    saved = Counter(people for people, _topic in rows)
    if len(marked) > 1 or any(saved[number] != 2 for number in range(1, done + 1)):
        return f"lost or by halves: {rows}"
    return ""


def _issued(path: Path, done: int) -> str:
    """Every issue is there with its pages, and no issue without all that was frozen with it."""
    with Database.open(path, small_catalogue()) as database, database.reading() as conn:
        found = {each.title: each.id for each in issues.issues_of(conn, database.tables)}
        lost = [number for number in range(1, done + 1) if f"{number}" not in found]
        for title, number in found.items():
            frozen = issues.content_of(conn, database.tables, number)
            pages = issues.printed_of(conn, database.tables, number).pdf
            whole = len(frozen.blocks) == len(frozen.figures) == LINES and len(pages) == len(title) * 9000
            if not whole:
                lost.append(int(title))
    return f"lost issues, or by halves: {lost}" if lost else ""


def template(place: Path, kind: str) -> Path:
    """A township to work on; for restores, with two backups of different content."""
    made = place / f"template-{kind}"
    with Database.create(made / "office.zgdb", small_catalogue()) as database:
        (made / "copies").mkdir()
        _write_step(made)
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
