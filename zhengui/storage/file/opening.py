"""What is looked at before a file is opened: its journal, its revision, and why it may stay shut."""

from __future__ import annotations

import os
import shutil
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from zhengui.storage.file import disk, journal, mark, place
from zhengui.storage.file.connection import connect
from zhengui.storage.file.disk import beside
from zhengui.storage.problem import Damaged, DiskFull, FileGone, PathTooLong, StorageProblem


def missing(path: Path) -> StorageProblem:
    """The file isn't where it is looked for, or where Windows looks no further."""
    return place.too_long(path) or FileGone(f"没有找到数据文件“{path.name}”。请检查文件夹，或从备份恢复。")


def look_at_journal(path: Path, key: bytes) -> list[str]:
    """Set a journal aside that another file left here; keep a spare of our own until it is known to be whole."""
    if journal.is_empty(path):
        return []
    known = mark.read(path)
    if not journal.belongs(path, key, known):
        aside = journal.set_aside(path, "不属于它")
        mark.remove(path)
        name = aside.name if aside else ""
        return [
            f"“{path.name}”旁边有一份不属于它的 -wal 文件，可能是恢复备份时留下的。没有用它，已改名为“{name}”。"
            "现在打开的是数据文件本身的内容，请核对最近的登记。"
        ]
    _keep_spare(path)
    if known is not None:
        with closing(mark.Marker(path)) as marker:
            # Opening merges the journal, and that may be interrupted.
            marker.write(known.saves, known.base, resting=False, at=known.at)
    return []


def say_if_full(path: Path, trouble: BaseException, outdated: bool) -> None:
    """Where a file did not open for want of room, say that nothing was lost. How much an upgrade needs it says itself."""
    if isinstance(trouble, DiskFull) and not outdated:
        raise DiskFull(
            f"“{path.name}”所在的磁盘满了，暂时打不开，里面的数据没有动过。请清理磁盘，再试一次；不用恢复备份。"
        ) from None


def _keep_spare(path: Path) -> None:
    """A full disk goes without: who only wants to look must not be kept out for what is hardly ever needed."""
    try:
        shutil.copyfile(journal.journal_path(path), _spare(path))
        disk.restrict(_spare(path))
    except OSError:
        with suppress(OSError):
            _spare(path).unlink(missing_ok=True)


def _spare(path: Path) -> Path:
    return beside(path, "-wal.spare")


def drop_spare(path: Path, keep: bool) -> None:
    """The journal as it was before opening: of no use where nothing is missing, else kept for who can read it."""
    spare = _spare(path)
    if not spare.exists():
        return
    if keep:
        moment = datetime.now().strftime("%Y%m%d-%H%M%S")
        os.replace(spare, path.with_name(f"{path.name}-打开前-{moment}-wal"))
    else:
        spare.unlink()


def revision(path: Path, key: bytes) -> str:
    """The revision of the file, read without touching it; Damaged where it isn't one of ours or isn't whole."""
    try:
        with closing(connect(path, key)) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except Damaged:
        raise Damaged(
            f"“{path.name}”打不开：它不是政规的数据文件，或有损坏，或与旁边的钥匙文件不配套。请检查文件，或从备份恢复。"
        ) from None
    except (FileGone, PathTooLong):
        raise
    except StorageProblem as trouble:
        raise _why_shut(trouble) from None
    except Exception as error:
        raise Damaged(f"“{path.name}”里没有版本记录，可能没有建好。请从备份恢复。") from error
    if row is None:
        raise Damaged(f"“{path.name}”里没有版本记录，可能没有建好。请从备份恢复。")
    return str(row[0])


def _why_shut(trouble: StorageProblem) -> StorageProblem:
    """The journal beside the file is written even while reading, so its folder has to allow it."""
    if any(sign in trouble.message for sign in ("不能写入", "打不开", "读写出了问题")):
        return StorageProblem(
            "数据文件或它所在的文件夹不能写入，打不开。请检查权限，或把数据文件连同钥匙文件复制到能写入的文件夹再打开。"
        )
    return trouble
