"""The backups of a file: made after changes, before what can't be taken back, kept by day, week and month.

They lie in a folder beside the file. Each has the moment in its name and a key of its own beside it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from zhengui.storage.file import vault
from zhengui.storage.file.copies import SUFFIX, verify, write_copy
from zhengui.storage.file.disk import beside
from zhengui.storage.file.journal import SHM, WAL
from zhengui.storage.file.mark import mark_path

__all__ = ["Backup", "back_up", "backups", "folder", "keep_backup", "keep_before", "sweep", "verify"]

#: How long each generation reaches back, and how much all of them may take, in bytes.
ALL_HOURS, DAYS, WEEKS, MONTHS = 8, 14, 8, 24
BUDGET = 3_000_000_000
#: So many newest backups stay whatever they take, and so many of each kind made before something.
ALWAYS, EACH_BEFORE = 3, 3
#: What the program began and did not finish this long ago, in seconds, is cleared away.
STALE = 3600
_NAMED = re.compile(r"-(\d{4}-\d{2}-\d{2})(?:-(\d{6}))?$")
_BEFORE = re.compile(r"-(\w+?前)-(\d{8}-\d{6})$")


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in the backup folder; `before` says what it was made before (升级前, 导入前), empty for a usual one.

    `made_at` is the moment in its name, or that of the file where the name holds none; `size` is in bytes.
    """

    path: Path
    made_at: datetime
    size: int
    before: str = ""
    written_at: float = 0.0

    @property
    def day(self) -> date:
        """The day it was made."""
        return self.made_at.date()


def folder(path: Path) -> Path:
    """Where the automatic backups of the file at `path` lie."""
    return path.with_name(f"{path.stem}-备份")


def back_up(path: Path, target: Path) -> Path:
    """Write a proved copy of the file at `path`, which may be in use, to `target`; see `copies.write_copy`."""
    return write_copy(path, target)


def keep_backup(path: Path, now: datetime, budget: int = BUDGET) -> Path:
    """Make a backup in the backup folder and clear away those that no generation needs; returns the new one."""
    made = write_copy(path, folder(path) / f"{path.stem}-{now:%Y-%m-%d-%H%M%S}{SUFFIX}")
    for old in superfluous(backups(path), made, now, budget):
        _remove(old.path)
    return made


def keep_before(path: Path, deed: str, now: datetime | None = None) -> Path:
    """A proved copy from before a deed, such as 升级 or 导入; the last few of each kind stay."""
    moment = (now or datetime.now()).strftime("%Y%m%d-%H%M%S")
    made = write_copy(path, folder(path) / f"{path.stem}-{deed}前-{moment}{SUFFIX}")
    kind = [each for each in backups(path) if each.before == f"{deed}前" and each.path != made]
    for old in kind[EACH_BEFORE - 1 :]:
        _remove(old.path)
    return made


def keep_copy_at(path: Path, place: Path, now: datetime, kept: int) -> Path:
    """A proved copy in a folder elsewhere, where the newest `kept` of this file's copies stay."""
    made = write_copy(path, place / f"{path.stem}-{now:%Y-%m-%d-%H%M%S}{SUFFIX}")
    mine = [each for each in _in_folder(place, f"{path.stem}-*{SUFFIX}") if each.path != made]
    for old in mine[kept - 1 :]:
        _remove(old.path)
    return made


def backups(path: Path) -> list[Backup]:
    """The backups in the backup folder, newest first."""
    return _in_folder(folder(path), f"*{SUFFIX}")


def _in_folder(place: Path, pattern: str) -> list[Backup]:
    found = []
    for each in place.glob(pattern):
        with suppress(OSError):
            status = each.stat()
            made_at, before = _named(each.stem) or (datetime.fromtimestamp(status.st_mtime), "")
            found.append(Backup(each, made_at, status.st_size, before, status.st_mtime))
    return sorted(found, key=lambda each: (each.made_at, each.written_at), reverse=True)


def superfluous(kept: Sequence[Backup], made: Path, now: datetime, budget: int) -> list[Backup]:
    """The backups that no generation needs, and the oldest beyond the budget.

    What was just made stays whatever the clock says, and so do the newest and those before something.
    """
    usual = [each for each in kept if not each.before]
    needed = {made} | {each.path for each in usual[:ALWAYS]}
    needed |= {each.path for each in usual if each.made_at > now - timedelta(hours=ALL_HOURS)}
    for reach, most, bucket in (
        (timedelta(days=DAYS), DAYS, "%Y-%m-%d"),
        (timedelta(weeks=WEEKS), WEEKS, "%G-%V"),
        (timedelta(days=31 * MONTHS), MONTHS, "%Y-%m"),
    ):
        # The last of each day, week and month; the list runs from the newest to the oldest. So many of them stay
        # however long ago: for a clock that was set to another century all would be too old.
        first: dict[str, Path] = {}
        for each in usual:
            if each.made_at > now - reach or len(first) < most:
                first.setdefault(each.made_at.strftime(bucket), each.path)
        needed |= set(first.values())
    gone = [each for each in usual if each.path not in needed]
    stays = [each for each in kept if each not in gone]
    total = sum(each.size for each in stays)
    safe = {made} | {each.path for each in usual[:ALWAYS]}
    for each in reversed(stays):
        if total <= budget:
            break
        if each.path not in safe:
            gone.append(each)
            total -= each.size
    return gone


def sweep(path: Path, older_than: float = STALE) -> list[Path]:
    """Clear away halves that a killed program left in the backup folder; returns what went."""
    gone = []
    limit = time.time() - older_than
    for each in _leftovers(folder(path)):
        with suppress(OSError):
            if each.stat().st_mtime < limit:
                each.unlink()
                gone.append(each)
    return gone


def _leftovers(place: Path) -> Iterable[Path]:
    yield from place.glob("*.part")
    yield from place.glob("*.part-*")
    for ending in (".key", ".vault"):
        for key in place.glob(f"*{SUFFIX}{ending}"):
            if not key.with_name(key.name.removesuffix(ending)).exists():
                yield key


def _named(stem: str) -> tuple[datetime, str] | None:
    """The moment in a backup's name, and what it was made before."""
    try:
        if found := _BEFORE.search(stem):
            return datetime.strptime(found[2], "%Y%m%d-%H%M%S"), found[1]
        if found := _NAMED.search(stem):
            return datetime.strptime(found[1] + (found[2] or "000000"), "%Y-%m-%d%H%M%S"), ""
    except ValueError:
        return None
    return None


def _remove(path: Path) -> None:
    """Clear a backup away, key last; one that another program holds stays for another day."""
    with suppress(OSError):
        sides = (beside(path, WAL), beside(path, SHM), mark_path(path))
        for each in (*sides, path, vault.key_path(path), vault.vault_path(path)):
            each.unlink(missing_ok=True)
