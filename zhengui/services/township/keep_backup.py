"""Keep copies of the township's file: after changes, before what can't be taken back, and in a second place."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from zhengui.services.township import login, rights
from zhengui.services.township.rights import Right
from zhengui.services.township.township import Township
from zhengui.storage.file import backup, copies, place
from zhengui.storage.file.backup import Backup
from zhengui.storage.file.copies import FileContent
from zhengui.storage.file.restore import restore_backup as put_back
from zhengui.storage.problem import Damaged, StorageProblem

__all__ = [
    "Backup",
    "BackupStanding",
    "back_up_before",
    "back_up_elsewhere",
    "back_up_if_due",
    "back_up_now",
    "backups",
    "changed_since",
    "choose_second_place",
    "on_stick",
    "reminder",
    "restore_backup",
    "second_place",
    "standing",
]

#: Changes are in a backup after so long.
EVERY = timedelta(minutes=30)
#: The folder of another disk where backups go as well, and when the last one went there.
SECOND_PLACE, SECOND_AT = "backup.second_place", "backup.second_at"
#: After so long without a backup elsewhere the office is reminded; so many stay there.
SECOND_EVERY, SECOND_KEPT = timedelta(days=7), 10


@dataclass(frozen=True, slots=True)
class BackupStanding:
    """A backup beside the file it is a backup of; `content` is None for one that can't be opened.

    `missing` says what a restore would lose, as far as it can be known. `locked`: it lies behind a password that was
    not given yet, as where the file itself is gone; a restore asks for it.
    """

    backup: Backup
    content: FileContent | None
    missing: str
    locked: bool = False


def back_up_if_due(township: Township, now: datetime | None = None) -> Path | None:
    """The backup of changes older than EVERY, or of the day's first opening; the path of a new one, else None."""
    moment = now or datetime.now()
    database = township.database
    if database.held_by is not None:
        return None
    kept = backup.backups(database.path)
    newest = kept[0] if kept else None
    # Under a clock that was set back the newest lie ahead. They count as old, but one made since then as fresh:
    # else there would be another after every save, until that day comes.
    fresh = any(timedelta(0) <= moment - each.made_at < EVERY for each in kept)
    if newest is not None and (fresh or not _changed(township, newest)):
        return None
    backup.sweep(database.path)
    made = backup.keep_backup(database.path, moment)
    township.backed_up = database.saves
    with suppress(StorageProblem):
        back_up_elsewhere(township, moment)
    return made


def back_up_before(township: Township, deed: str) -> Path | None:
    """A copy from before a deed that changes much, unless the newest backup already has everything.

    A place that takes no copy does not stop the deed, which is done whole or not at all; a damaged file does.
    """
    kept = backup.backups(township.path)
    if kept and not _changed(township, kept[0]):
        return None
    saves = township.database.saves
    try:
        made = backup.keep_before(township.path, deed)
    except Damaged:
        raise
    except StorageProblem:
        return None
    township.backed_up = saves
    return made


def back_up_now(township: Township, target: Path | None = None) -> Path:
    """A proved copy at a place of one's choice, such as a USB stick, with its key; without one, in the folder."""
    if target is None:
        return backup.keep_backup(township.path, datetime.now())
    return backup.back_up(township.path, target)


def restore_backup(copy: Path, target: Path) -> Path | None:
    """Put a proved backup in the place of the closed file; see `storage.file.restore`. Only a manager may."""
    login.expect_right(target, Right.MANAGE)
    return put_back(copy, target)


def backups(path: Path) -> list[Backup]:
    """The backups kept of the file at `path`, newest first; the file itself need not open."""
    return backup.backups(path)


def standing(path: Path, chosen: Sequence[Backup] | None = None) -> list[BackupStanding]:
    """The backups with what each would lose; opens every one of them, so it is for the background."""
    present = copies.look_into(path) if path.is_file() else None
    found = []
    for each in backups(path) if chosen is None else chosen:
        content = copies.look_into(each.path)
        locked = content is None and _is_locked(each.path)
        missing = "要先输密码" if locked else _missing(content, present)
        found.append(BackupStanding(each, content, missing, locked))
    return found


def _is_locked(path: Path) -> bool:
    try:
        return not login.is_open(path)
    except StorageProblem:
        return False


def _missing(content: FileContent | None, present: FileContent | None) -> str:
    if content is None:
        return "打不开，不能用"
    if present is None:
        return "到那一刻为止的全部登记"
    # Files of the first version did not count their saves, only the changes of records.
    counted = bool(content.saves and present.saves)
    fewer = present.saves - content.saves if counted else present.changes - content.changes
    if fewer > 0:
        return f"缺之后的 {fewer:,} 次{'保存' if counted else '改动'}"
    return "保存的都在里面" if fewer == 0 else f"比现在多 {-fewer:,} 次保存"


def changed_since(township: Township) -> bool:
    """Whether anything was saved since the last backup that this program made or looked into; False where neither is known."""
    return township.backed_up is not None and township.backed_up != township.database.saves


def _changed(township: Township, newest: Backup) -> bool:
    """Whether anything was saved since a backup."""
    if township.backed_up is None:
        content = copies.look_into(newest.path)
        township.backed_up = content.saves if content is not None else -1
    return changed_since(township)


def second_place(township: Township) -> Path | None:
    """The folder of another disk that the office chose."""
    chosen = township.setting(SECOND_PLACE)
    return Path(chosen) if chosen else None


def choose_second_place(township: Township, folder: Path | None) -> None:
    """Choose the folder of another disk, or none."""
    rights.expect(township.account, Right.MANAGE)
    township.keep_setting(SECOND_PLACE, str(folder) if folder is not None else "")
    township.keep_setting(SECOND_AT, "")


def back_up_elsewhere(township: Township, now: datetime | None = None) -> Path | None:
    """A proved copy in the second place once a day, where that is at hand; returns a new one."""
    place, moment = second_place(township), now or datetime.now()
    if place is None or not place.is_dir() or township.setting(SECOND_AT)[:10] == f"{moment:%Y-%m-%d}":
        return None
    made = backup.keep_copy_at(township.path, place, moment, SECOND_KEPT)
    before = township.database.saves
    township.keep_setting(SECOND_AT, moment.isoformat(timespec="minutes"))
    if township.backed_up == before:
        # Noting this backup is no change that asks for another.
        township.backed_up = township.database.saves
    return made


def reminder(township: Township, now: datetime | None = None) -> str:
    """What to say where the backups elsewhere lag behind; empty where all is well or no place was chosen."""
    if second_place(township) is None:
        return ""
    at = township.setting(SECOND_AT)
    if not at:
        return "还没有备份到第二处"
    days = ((now or datetime.now()) - datetime.fromisoformat(at)).days
    return f"第二处备份已过 {days} 天" if days >= SECOND_EVERY.days else ""


def on_stick(path: Path) -> str:
    """What to say of a data file on a USB stick; empty where it lies on a disk that stays."""
    if not place.is_on_stick(path):
        return ""
    return (
        "台账数据在 U 盘上。U 盘容易损坏和丢失：拔下前请先关闭政规，并常把备份存到电脑上；"
        "没有设密码时，捡到 U 盘的人就能打开。"
    )
