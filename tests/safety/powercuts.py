"""Cut the power at any moment of creating, saving, backing up and restoring, and look what is left."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from tests.safety import kills
from tests.safety.recorded import Disk, Recording, let_be_watched, record
from tests.storage.small import small_catalogue
from zhengui.storage.file import connection, copies
from zhengui.storage.file.database import Database
from zhengui.storage.file.restore import restore_backup
from zhengui.storage.problem import StorageProblem

KINDS = ("create", "save", "backup", "restore")
#: How often each is done in one recording.
DEEDS = {"create": 3, "save": 12, "backup": 4, "restore": 4}


def child(kind: str, path: Path) -> None:
    """Do the work, telling each deed once it is done, while every write is recorded."""
    catalogue = small_catalogue()
    let_be_watched()
    if kind in ("create", "restore"):
        for number in range(1, DEEDS[kind] + 1):
            if kind == "create":
                Database.create(path.with_name(f"{number}.zgdb"), catalogue).close()
            else:
                restore_backup(path.parent / "copies" / f"{'ab'[number % 2]}.zgdb", path)
            _tell(f"done {number}")
        return
    with Database.open(path, catalogue) as database:
        for number in range(1, DEEDS[kind] + 1):
            kills.WORK[kind](database, number)
            _tell(f"done {number}")
            if number % 5 == 0:
                database.merge()


def _tell(words: str) -> None:
    print(words, flush=True)


def recording(kind: str, place: Path) -> Recording:
    """One recording of a kind of work in a folder of its own."""
    made = kills.template(place, kind)
    (made / "home").mkdir()
    here = [*(p for p in sys.path if p), os.getcwd()]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(here), "ZHENGUI_HOME": str(made / "home")}
    command = [sys.executable, "-m", "tests.safety", "cut", kind, str(made / "office.zgdb")]
    return record(command, made, environment)


def run(count: int, place: Path, seed: int = 1) -> tuple[Counter[str], list[str]]:
    """So many cuts, spread over the kinds of work; returns how many points of each were tried, and what went wrong."""
    recordings = {kind: recording(kind, place) for kind in KINDS}
    with _without_waiting():
        return _cut(count, recordings, random.Random(seed))


def _cut(
    count: int, recordings: dict[str, Recording], chance: random.Random
) -> tuple[Counter[str], list[str]]:
    tried: Counter[str] = Counter()
    wrong: list[str] = []
    for place_of, (kind, made) in enumerate(recordings.items()):
        share = count // len(KINDS) + (place_of < count % len(KINDS))
        points = sorted(chance.choices(range(len(made.events) + 1), k=share))
        disk, gone = Disk(made), 0
        for point in points:
            for event in made.events[gone:point]:
                disk.take(event)
            gone = point
            found = _trial(kind, made.root, disk, chance)
            tried[kind] += 1
            if found:
                wrong.append(f"{kind} after {point} of {len(made.events)} writes: {found}")
    return tried, wrong


def _trial(kind: str, root: Path, disk: Disk, chance: random.Random) -> str:
    files, folders = disk.cut(chance)
    shutil.rmtree(root)
    for folder in sorted({*folders, *(os.path.dirname(path) for path in files)}):
        Path(folder).mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        Path(path).write_bytes(content)
    with _home(root / "home"):
        if kind == "create":
            return _created(root, disk.told)
        if kind == "restore":
            return _restored(root, disk.told)
        return kills.wrong_with(kind, root / "office.zgdb", disk.told)


@contextmanager
def _without_waiting() -> Iterator[None]:
    """Whoever looks at what is left need not wait for the disk."""
    with patch.object(connection, "SYNCHRONOUS", "OFF"), patch.object(os, "fsync", lambda _file: None):
        yield


@contextmanager
def _home(folder: Path) -> Iterator[None]:
    before = os.environ.get("ZHENGUI_HOME")
    os.environ["ZHENGUI_HOME"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["ZHENGUI_HOME"]
        else:
            os.environ["ZHENGUI_HOME"] = before


def _last(told: list[str]) -> int:
    return max((int(line.split()[1]) for line in told if line.startswith("done")), default=0)


def _created(root: Path, told: list[str]) -> str:
    """What was told as made opens; of what was not, nothing or a whole file is there, or it is said why not."""
    for number in range(1, DEEDS["create"] + 1):
        path = root / f"{number}.zgdb"
        try:
            with Database.open(path, small_catalogue()) as database:
                kills.save(database, number)
                if database.remarks or database.soundness.check() is not None:
                    return f"{number}: {database.remarks or 'damaged'}"
        except StorageProblem as problem:
            if number <= _last(told):
                return f"{number} does not open: {problem}"
        except Exception as error:  # noqa: BLE001 - whatever else it is, it has no sentence
            return f"{number} without a sentence: {error!r}"
    return ""


def _restored(root: Path, told: list[str]) -> str:
    """The township of the last restore, or of the one under way; and every backup still is one."""
    found = kills.wrong_with("restore", root / "office.zgdb", [])
    if found:
        return found
    last = _last(told)
    with Database.open(root / "office.zgdb", small_catalogue()) as database, database.reading() as conn:
        highest = int(conn.exec_driver_sql("SELECT max(people) FROM l_event").scalar() or 0)
    # Restoring goes from copy b (two records' worth) to a and back: odd deeds put b, even ones a.
    allowed = {_content_after(last), _content_after(last + 1)}
    if highest not in allowed:
        return f"after {last} restores the file is of {highest}"
    for name in ("a", "b"):
        copies.verify(root / "copies" / f"{name}.zgdb")
    return ""


def _content_after(deeds: int) -> int:
    """Before the first, the file is that of copy b; the first puts b, the second a."""
    return 2 if deeds % 2 or not deeds else 1
