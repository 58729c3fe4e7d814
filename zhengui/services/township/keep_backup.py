"""Keep copies of the township's file: one a day, checked, and one whenever somebody asks."""

from __future__ import annotations

from pathlib import Path

from zhengui.services.township.township import Township
from zhengui.storage.file import backup
from zhengui.storage.file.backup import Backup

__all__ = ["Backup", "back_up_now", "back_up_today", "backups", "restore"]


def back_up_today(township: Township) -> Path | None:
    """The day's backup, if there is none yet; the path of a new one, else None."""
    return backup.daily_backup(township.database, township.today())


def back_up_now(township: Township, target: Path) -> Path:
    """A checked copy at a place of one's choice, such as a USB stick, with its key beside it."""
    return backup.back_up(township.database, target)


def backups(township: Township) -> list[Backup]:
    """The kept backups."""
    return backup.backups(township.database)


def restore(copy: Path, target: Path) -> Path | None:
    """Put a backup in the place of a (closed) file; returns where the replaced file is kept."""
    return backup.restore_backup(copy, target)
