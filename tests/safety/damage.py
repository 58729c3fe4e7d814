"""Damage data files, journals, keys and backups in many ways; nothing may be wrong without a word."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.storage.small import small_catalogue
from zhengui.storage.file import backup
from zhengui.storage.file.database import Database
from zhengui.storage.file.restore import restore_backup
from zhengui.storage.problem import StorageProblem
from zhengui.storage.records import record as records

#: Records in the file by itself, and further ones in its journal.
MERGED, JOURNALLED = 300, 40


def flip(data: bytearray, chance: random.Random) -> bytearray:
    """One bit."""
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return data


def blank(data: bytearray, chance: random.Random) -> bytearray:
    """A sector of zeros."""
    at = chance.randrange(len(data))
    data[at : at + 512] = bytes(len(data[at : at + 512]))
    return data


def noise(data: bytearray, chance: random.Random) -> bytearray:
    """A page of noise."""
    at = chance.randrange(len(data)) // 4096 * 4096
    data[at : at + 4096] = chance.randbytes(len(data[at : at + 4096]))
    return data


def cut(data: bytearray, chance: random.Random) -> bytearray:
    """An end that is missing."""
    return data[: chance.randrange(len(data))]


def longer(data: bytearray, chance: random.Random) -> bytearray:
    """Something behind the end."""
    return data + chance.randbytes(4096)


def swapped(data: bytearray, chance: random.Random) -> bytearray:
    """Two pages in each other's place."""
    pages = len(data) // 4096
    if pages < 3:
        return cut(data, chance)
    one, two = chance.sample(range(pages), 2)
    first, second = (slice(n * 4096, n * 4096 + 4096) for n in (one, two))
    data[first], data[second] = data[second], data[first]
    return data


WAYS: tuple[Callable[[bytearray, random.Random], bytearray], ...] = (flip, blank, noise, cut, longer, swapped)
VICTIMS = ("", "", "-wal", "-wal", ".key", "copies/a.zgdb", "copies/a.zgdb.key")


def template(place: Path) -> Path:
    """A township that crashed with unmerged saves, with a backup."""
    made, work = place / "template", place / "work"
    with Database.create(work / "office.zgdb", small_catalogue()) as database:
        add(database, MERGED)
        database.merge()
        backup.back_up(database.path, made / "copies" / "a.zgdb")
        for _ in range(JOURNALLED):
            add(database, 1)
        for ending in ("", "-wal", ".key", ".mark"):
            shutil.copyfile(f"{database.path}{ending}", made / f"office.zgdb{ending}")
    return made


def add(database: Database, count: int) -> None:
    with database.writing() as conn:
        rows = [{"people": 1, "topic": "活动" * 20} for _ in range(count)]
        records.insert_many(conn, database.tables, "event", rows, "王明")


def trial(place: Path, made: Path, chance: random.Random) -> tuple[str, str]:
    """Damage one file and open the township; returns what came of it, and what is wrong with that."""
    shutil.copytree(made, place)
    path, victim, way = place / "office.zgdb", chance.choice(VICTIMS), chance.choice(WAYS)
    spoilt = place / victim if "/" in victim else path.with_name(path.name + victim)
    before = spoilt.read_bytes()
    spoilt.write_bytes(way(bytearray(before), chance))
    if spoilt.read_bytes() == before:
        return "unharmed", ""
    named = f"{way.__name__} of {victim or 'the file'}"
    if "/" in victim:
        return _backup_trial(place, named)
    answer, counted = _opened(path)
    if answer in ("said", "refused"):
        restore_backup(place / "copies" / "a.zgdb", path)
        again, counted = _opened(path)
        back = again == "sound" and counted == MERGED
        return answer, "" if back else f"{named}: no way back, {again}, {counted}"
    right = counted == MERGED + JOURNALLED
    return answer, "" if right else f"{named}: {counted} records counted without a word"


def _backup_trial(place: Path, named: str) -> tuple[str, str]:
    """A damaged backup is refused, or is harmless and restores whole."""
    path = place / "office.zgdb"
    try:
        restore_backup(place / "copies" / "a.zgdb", path)
    except StorageProblem as problem:
        answer, counted = _opened(path)
        kept = counted == MERGED + JOURNALLED and answer == "sound" and _chinese(problem)
        return "backup refused", "" if kept else f"{named}: {answer}, {counted}, {problem}"
    answer, counted = _opened(path)
    return "backup harmless", "" if counted == MERGED else f"{named}: restored with {counted}"


def _opened(path: Path) -> tuple[str, int]:
    """Open, check and count: sound, said (opened with a remark or found damaged), or refused in words."""
    counted = -1
    try:
        with Database.open(path, small_catalogue()) as database:
            said = bool(database.remarks) or database.soundness.check() is not None
            with database.reading() as conn:
                counted = int(conn.exec_driver_sql("SELECT count(*) FROM l_event NOT INDEXED").scalar() or 0)
            return ("said" if said else "sound"), counted
    except StorageProblem as problem:
        return ("refused" if _chinese(problem) else f"without a sentence: {problem}"), counted


def _chinese(problem: StorageProblem) -> bool:
    return any("\u4e00" <= each <= "\u9fff" for each in problem.message)


def run(count: int, place: Path, seed: int = 1) -> tuple[Counter[str], list[str]]:
    """So many damaged files; returns what came of them, and what went wrong."""
    chance = random.Random(seed)
    made = template(place)
    answers: Counter[str] = Counter()
    wrong = []
    for number in range(count):
        answer, found = trial(place / f"{number}", made, chance)
        answers[answer] += 1
        if found:
            wrong.append(f"{number} {found}")
        shutil.rmtree(place / f"{number}", ignore_errors=True)
    return answers, wrong
