"""A restore is one rename: at every step the old township opens, or the new one."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.storage.small import small_catalogue
from tests.storage.test_backup import add, people
from zhengui.storage.file import backup, copies, disk, vault
from zhengui.storage.file.connection import connect
from zhengui.storage.file.database import Database
from zhengui.storage.file.restore import NOTE, restore_backup
from zhengui.storage.problem import Damaged, DiskFull, InUse, StorageProblem
from zhengui.storage.schema.bare import BareConnection


class Killed(BaseException):
    """Stands for the end of the program in the middle of a step."""


def test_a_backup_is_put_back_and_the_present_file_kept(database: Database, tmp_path: Path) -> None:
    add(database)
    copy = backup.back_up(database.path, tmp_path / "copies" / "a.zgdb")
    add(database, 2)
    database.close()
    aside = restore_backup(copy, database.path)
    assert people(database.path) == [1]
    assert aside is not None
    assert people(aside) == [1, 2]


def test_a_backup_is_put_where_nothing_is(database: Database, tmp_path: Path) -> None:
    add(database)
    copy = backup.back_up(database.path, tmp_path / "copies" / "a.zgdb")
    assert restore_backup(copy, tmp_path / "new.zgdb") is None
    assert people(tmp_path / "new.zgdb") == [1]


def test_a_damaged_backup_is_not_put_back(database: Database, tmp_path: Path) -> None:
    add(database)
    copy = backup.back_up(database.path, tmp_path / "copies" / "a.zgdb")
    copy.write_bytes(b"damaged" * 1000)
    database.close()
    with pytest.raises(Damaged, match="现在的数据没有动过"):
        restore_backup(copy, database.path)
    assert people(database.path) == [1]


def test_an_open_file_is_not_replaced(database: Database, tmp_path: Path) -> None:
    copy = backup.back_up(database.path, tmp_path / "a.zgdb")
    with pytest.raises(InUse):
        restore_backup(copy, database.path)
    with pytest.raises(StorageProblem, match="不是备份"):
        restore_backup(copy, copy)


def test_restores_one_after_another_cause_no_alarm(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file was put back twice and not opened between; the second time a power cut came before the note."""
    first, second = tmp_path / "a.zgdb", tmp_path / "b.zgdb"
    for copy in (first, second):
        add(database)
        backup.back_up(database.path, copy)
    add(database)
    path = database.path
    database.close()
    restore_backup(first, path)
    with monkeypatch.context() as cut:
        cut.setattr(disk, "write_whole", _no_note(disk.write_whole))
        with pytest.raises(Killed):
            restore_backup(second, path)
    with Database.open(path, small_catalogue()) as opened:
        assert opened.remarks == []


def _no_note(real: Callable[[Path, bytes], None]) -> Callable[[Path, bytes], None]:
    def write(path: Path, data: bytes) -> None:
        if path.name.endswith(NOTE):
            raise Killed
        real(path, data)

    return write


def test_a_full_disk_leaves_the_old_file(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(database)
    copy = backup.back_up(database.path, tmp_path / "a.zgdb")
    add(database, 2)
    database.close()
    usage = shutil.disk_usage(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1_000_000))
        with pytest.raises(DiskFull):
            restore_backup(copy, database.path)
    assert people(database.path) == [1, 2]

    def filled_meanwhile(path: Path, key: bytes, untouched: bool = False) -> BareConnection:
        if untouched:
            return connect(path, key, untouched)
        raise DiskFull("磁盘空间不够，刚才的修改没有保存。")

    with monkeypatch.context() as patch:
        patch.setattr(copies, "connect", filled_meanwhile)
        with pytest.raises(DiskFull, match=r"没有恢复，现在的数据没有动过.*空间不够"):
            restore_backup(copy, database.path)
        with pytest.raises(DiskFull, match=r"备份没有写成.*空间不够"):
            backup.back_up(database.path, tmp_path / "b.zgdb")
    assert people(database.path) == [1, 2]


def test_the_unmerged_saves_of_a_crashed_file_go_aside_with_it(database: Database, tmp_path: Path) -> None:
    add(database)
    copy = backup.back_up(database.path, tmp_path / "copies" / "a.zgdb")
    add(database, 2)
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for end in ("", "-wal", ".key", ".mark"):
        shutil.copyfile(f"{database.path}{end}", crashed / f"office.zgdb{end}")
    aside = restore_backup(copy, crashed / "office.zgdb")
    assert people(crashed / "office.zgdb") == [1]
    assert aside is not None
    assert people(aside) == [1, 2]


def test_a_spoilt_key_is_set_aside_for_its_owner_alone(database: Database, tmp_path: Path) -> None:
    copy = backup.back_up(database.path, tmp_path / "copies" / "a.zgdb")
    database.close()
    vault.key_path(database.path).write_text("x")
    restore_backup(copy, database.path)
    kept = [each for each in tmp_path.iterdir() if ".key-恢复前-" in each.name]
    assert len(kept) == 1
    assert os.name == "nt" or stat.S_IMODE(kept[0].stat().st_mode) == 0o600


@pytest.mark.parametrize("text", [None, "zz", "00" * 32])
def test_a_lost_or_foreign_key_does_not_stop_a_restore(
    database: Database, tmp_path: Path, text: str | None
) -> None:
    add(database)
    copy = backup.back_up(database.path, tmp_path / "copies" / "a.zgdb")
    database.close()
    key = vault.key_path(database.path)
    if text is None:
        key.unlink()
    else:
        key.write_text(text)
    restore_backup(copy, database.path)
    assert people(database.path) == [1]


#: Everything by which a restore changes the disk.
STEPS: tuple[tuple[Any, str], ...] = (
    (os, "replace"),
    (os, "link"),
    (os, "fsync"),
    (Path, "unlink"),
    (Path, "replace"),
    (shutil, "copyfile"),
    (disk, "restrict"),
)


def stopped_at(step: int, patch: pytest.MonkeyPatch, after: bool) -> Callable[[], int]:
    """Let the program end before, or just after, its so-manieth change of the disk; returns how many there were."""
    count = [0]
    for owner, name in STEPS:
        real = getattr(owner, name)

        def counted(*args: Any, real: Any = real, **named: Any) -> Any:
            count[0] += 1
            mine = count[0]
            if mine == step and not after:
                raise Killed
            answer = real(*args, **named)
            if mine == step and after:
                raise Killed
            return answer

        patch.setattr(owner, name, counted)
    return lambda: count[0]


@pytest.mark.parametrize("after", [False, True])
def test_at_every_step_the_old_or_the_new_township_opens(tmp_path: Path, after: bool) -> None:
    step, whole, seen = 0, False, set()
    made = tmp_path / "made"
    with Database.create(made / "office.zgdb", small_catalogue()) as database:
        add(database)
        backup.back_up(database.path, made / "copies" / "a.zgdb")
        add(database, 2)
    while not whole:
        step += 1
        place = tmp_path / f"{step}"
        shutil.copytree(made, place)
        copy = place / "copies" / "a.zgdb"
        with pytest.MonkeyPatch.context() as patch:
            stopped_at(step, patch, after)
            try:
                restore_backup(copy, place / "office.zgdb")
                whole = True
            except Killed:
                pass
        found = people(place / "office.zgdb")
        assert found in ([1], [1, 2]), step
        backup.verify(copy)
        seen.add(len(found))
        left = [p.name for p in place.iterdir() if ".part" in p.name or ".restor" in p.name]
        assert not left, step
    assert seen == {1, 2}
    assert step > 15
