"""Odd things that happen to the file's disk and folder: each is said in words that tell what to do, and nothing is lost."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.storage.small import small_catalogue
from zhengui import whole_file
from zhengui.services.problem import InUse, StorageProblem, own_sentence
from zhengui.services.township import keep_backup
from zhengui.services.township import township as townships
from zhengui.services.township.clock import clock_behind
from zhengui.services.township.find_file import twins_of
from zhengui.services.township.township import Township, create_township
from zhengui.storage.file import backup, copies


def open_township(path: Path) -> Township:
    return townships.open_township(path, catalogue=small_catalogue())


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Township]:
    township = create_township(tmp_path / "data" / "office.zgdb", "试验镇", "甲", small_catalogue())
    yield township
    township.close()


def save(township: Township, value: str) -> None:
    township.keep_setting("note", value)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, that can be made read-only; only where this user may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    made = (
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(place)], capture_output=True, check=False
        )
        if shutil.which("mount")
        else None
    )
    if made is None or made.returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], capture_output=True, check=False)


def remount(place: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(place)], capture_output=True, check=True)


def test_a_disk_that_turns_read_only_while_the_window_is_open(small_disk: Path) -> None:
    path = small_disk / "office.zgdb"
    township = create_township(path, "试验镇", "甲", small_catalogue())
    save(township, "before")
    # The system does this by itself, where a disk begins to fail; files that are open for writing keep it from us.
    with pytest.MonkeyPatch.context() as patch:
        refuse_writing(patch, small_disk)
        for deed in (
            lambda: keep_backup.back_up_now(township),
            lambda: keep_backup.back_up_if_due(township, datetime.now() + timedelta(days=1)),
        ):
            with pytest.raises(StorageProblem, match=r"没有写成.*不能写入.*请"):
                deed()
    township.close()
    remount(small_disk, "ro")
    with pytest.raises(StorageProblem, match=r"不能写入.*请检查权限"):
        open_township(path)
    remount(small_disk, "rw")
    township = open_township(path)
    assert township.setting("note") == "before"
    township.close()


def refuse_writing(patch: pytest.MonkeyPatch, place: Path) -> None:
    """What a read-only disk answers to whoever makes a file."""
    real = os.open

    def opened(path: Any, flags: int, *more: Any, **named: Any) -> int:
        if str(path).startswith(str(place)) and flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        return real(path, flags, *more, **named)

    patch.setattr(os, "open", opened)
    patch.setattr(Path, "mkdir", _refused(Path.mkdir))


def _refused(real: Callable[..., Any]) -> Callable[..., Any]:
    def make(self: Path, *args: Any, **named: Any) -> Any:
        if self.exists():
            return real(self, *args, **named)
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(self))

    return make


@pytest.mark.parametrize("at", range(1, 8))
def test_a_stick_that_is_pulled_during_a_backup(office: Township, tmp_path: Path, at: int) -> None:
    """Whenever it goes, the backup is said not to be made, and the file is whole; a stick put in again takes one."""
    stick = tmp_path / "stick"
    stick.mkdir()
    save(office, "kept")
    count = [0]

    def pulled(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            count[0] += 1
            if count[0] == at:
                shutil.rmtree(stick)
            return real(*args, **named)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for owner, name in ((os, "replace"), (os, "fsync"), (copies, "connect"), (copies, "verify")):
            patch.setattr(owner, name, pulled(getattr(owner, name)))
        try:
            made = keep_backup.back_up_now(office, stick / "office.zgdb")
        except StorageProblem as refused:
            assert "备份没有写成" in refused.message or "不完整" in refused.message  # noqa: PT017
            assert "请" in refused.message  # noqa: PT017
        else:
            # Pulled only after it was there.
            assert count[0] < at or not made.exists()
    assert office.setting("note") == "kept"
    save(office, "more")
    stick.mkdir(exist_ok=True)
    copies.verify(keep_backup.back_up_now(office, stick / "office.zgdb"))


def test_of_two_restores_at_once_one_waits_for_nobody(office: Township) -> None:
    save(office, "first")
    first = keep_backup.back_up_now(office)
    save(office, "second")
    path = office.path
    office.close()
    said: list[Exception] = []

    def another(source: Path, target: Path, *words: copies.CopyWords) -> Path:
        """While the one makes its copy ready, the other begins."""

        def restore() -> None:
            try:
                keep_backup.restore_backup(first, path)
            except StorageProblem as refused:
                said.append(refused)

        if not said:
            thread = threading.Thread(target=restore)
            thread.start()
            thread.join()
        return real(source, target, *words)

    from zhengui.storage.file import restore as restoring

    real = restoring.write_copy
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(restoring, "write_copy", another)
        keep_backup.restore_backup(first, path)
    assert len(said) == 1
    assert isinstance(said[0], InUse)
    assert "请" in str(said[0])
    township = open_township(path)
    assert township.setting("note") == "first"
    township.close()
    aside = list(path.parent.glob("*恢复前*.zgdb"))
    assert len(aside) == 1


def test_a_copy_in_the_same_folder_under_another_name_is_told_once(office: Township) -> None:
    save(office, "one")
    keep_backup.back_up_now(office)
    path = office.path
    assert twins_of(office, path) == ""
    office.close()
    other = path.with_name("office - 副本.zgdb")
    for ending in ("", ".key"):
        shutil.copyfile(f"{path}{ending}", f"{other}{ending}")
    stranger = create_township(path.with_name("stranger.zgdb"), "别的镇", "乙", small_catalogue())
    stranger.close()
    township = open_township(path)
    told = twins_of(township, path)
    assert "office - 副本.zgdb" in told
    assert "stranger" not in told
    assert "只用一个" in told
    assert twins_of(township, path) == ""
    township.close()
    # Whoever opens the other one hears of it as well.
    township = open_township(other)
    assert "office.zgdb" in twins_of(township, other)
    township.close()


@pytest.mark.parametrize("held", [1, 3])
def test_a_file_that_something_holds_for_a_moment_is_waited_for(tmp_path: Path, held: int) -> None:
    """As a virus scanner does with what was just written, on Windows."""
    target = tmp_path / "x.vault"
    target.write_bytes(b"old")
    left, real = [held], os.replace

    def refused(source: Any, to: Any) -> None:
        left[0] -= 1
        if left[0] >= 0:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(to))
        real(source, to)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", refused)
        patch.setattr(whole_file, "WAITS", (0.0, 0.0, 0.0))
        whole_file.write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    with pytest.MonkeyPatch.context() as patch:
        left[0] = 100
        patch.setattr(os, "replace", refused)
        patch.setattr(whole_file, "WAITS", (0.0, 0.0))
        with pytest.raises(PermissionError) as told:
            whole_file.write_whole(target, b"newer")
    assert "请关闭后再试" in str(own_sentence(told.value))
    assert target.read_bytes() == b"new"
    assert [each.name for each in tmp_path.iterdir()] == ["x.vault"]


def test_an_hour_back_at_the_end_of_the_year_costs_nothing(
    office: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    """23:30 comes twice on the last day: saves, backups, log and the next opening go on, and nothing is alarmed."""
    late = datetime(2026, 12, 31, 23, 59, 30)
    back = late - timedelta(hours=1)
    save(office, "before")
    one = backup.keep_backup(office.path, late)
    save(office, "midnight")
    two = backup.keep_backup(office.path, late + timedelta(minutes=1))
    save(office, "after")
    three = backup.keep_backup(office.path, back)
    assert {one, two, three} <= {each.path for each in backup.backups(office.path)}
    # The same second comes again: the newer content takes the name, and nothing else goes.
    save(office, "again")
    assert backup.keep_backup(office.path, late) == one
    content = copies.look_into(one)
    assert content is not None
    assert content.saves == office.database.saves
    assert clock_behind(office, back) == ""
    path = office.path
    office.close()
    township = open_township(path)
    assert township.database.remarks == []
    assert township.setting("note") == "again"
    with township.database.reading() as conn:
        assert township.database.log.judge(conn).findings == ()
    township.close()
