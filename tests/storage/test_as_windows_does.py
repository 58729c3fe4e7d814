"""Windows holds open files fast and seals keys for one account; both are acted out here on any system."""

from __future__ import annotations

import errno
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.storage.small import small_catalogue
from zhengui.storage.file import account_seal, backup, vault
from zhengui.storage.file.database import Database
from zhengui.storage.problem import StorageProblem

CATALOGUE = small_catalogue()


def test_a_creation_that_breaks_off_lets_go_of_its_file_and_keeps_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deeds: list[str] = []
    real_close, real_unlink = Database.close, Path.unlink

    def set_up(_database: Database) -> None:
        raise StorageProblem("磁盘空间不够。")

    def close(database: Database) -> None:
        deeds.append("close")
        real_close(database)

    def unlink(path: Path, missing_ok: bool = False) -> None:
        deeds.append(f"unlink {path.name}")
        real_unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Database, "_set_up", set_up)
    monkeypatch.setattr(Database, "close", close)
    monkeypatch.setattr(Path, "unlink", unlink)
    with pytest.raises(StorageProblem, match="磁盘空间不够"):
        Database.create(tmp_path / "云岭镇.zgdb", CATALOGUE)
    assert deeds.index("close") < deeds.index("unlink 云岭镇.zgdb")
    assert list(tmp_path.iterdir()) == []


def test_a_leftover_that_is_held_does_not_hide_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def set_up(_database: Database) -> None:
        raise StorageProblem("磁盘空间不够。")

    def held(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EACCES, "拒绝访问。", str(path))

    monkeypatch.setattr(Database, "_set_up", set_up)
    monkeypatch.setattr(Path, "unlink", held)
    with pytest.raises(StorageProblem, match="磁盘空间不够"):
        Database.create(tmp_path / "云岭镇.zgdb", CATALOGUE)


def test_an_old_backup_that_is_held_does_not_stop_today_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_unlink = Path.unlink

    def held(path: Path, missing_ok: bool = False) -> None:
        if "2026-01-01" in path.name and path.suffix == ".zgdb":
            raise PermissionError(errno.EACCES, "另一个程序正在使用此文件。", str(path))
        real_unlink(path, missing_ok=missing_ok)

    with Database.create(tmp_path / "云岭镇.zgdb", CATALOGUE) as database:
        first = datetime(2026, 1, 1, 9)
        for day in range(4):
            backup.keep_backup(database.path, first + timedelta(days=day))
        monkeypatch.setattr(Path, "unlink", held)
        made = backup.keep_backup(database.path, first + timedelta(days=4), budget=1)
        assert made.exists()
        left = {each.day.day for each in backup.backups(database.path)}
    assert left == {1, 3, 4, 5}


def sealed(path: Path) -> Path:
    """A key file as Windows writes it for one account."""
    key = vault.key_path(path)
    key.write_text("dpapi:" + "ab" * 180, "ascii")
    return key


def refuse(_function: str, _data: bytes) -> Any:
    return None


def test_a_key_of_another_account_is_told_as_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "云岭镇.zgdb"
    Database.create(path, CATALOGUE).close()
    sealed(path)
    monkeypatch.setattr(account_seal, "_crypt", refuse)
    with pytest.raises(StorageProblem) as caught:
        Database.open(path, CATALOGUE)
    assert "另一台电脑或另一个 Windows 账户" in caught.value.message
    assert "云岭镇-备份" in caught.value.message
    assert "内容不对" not in caught.value.message


def test_a_key_that_is_spoilt_is_still_told_as_spoilt(tmp_path: Path) -> None:
    path = tmp_path / "云岭镇.zgdb"
    Database.create(path, CATALOGUE).close()
    for text in ("dpapi:", "dpapi:zz", "abc", "ab" * 10):
        vault.key_path(path).write_text(text, "ascii")
        with pytest.raises(StorageProblem, match="内容不对"):
            Database.open(path, CATALOGUE)
