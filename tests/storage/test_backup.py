"""A backup is whole, opens by itself, and a damaged one is never taken for one."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.storage.small import small_catalogue
from zhengui.storage.file import backup, vault
from zhengui.storage.file.database import Database, StorageProblem
from zhengui.storage.records import record as records

TODAY = date(2021, 12, 3)


def add(database: Database, people: int = 1) -> None:
    with database.writing() as conn:
        records.insert(conn, database.tables, "event", {"people": people}, "王明")


def people(path: Path) -> list[int]:
    with Database.open(path, small_catalogue()) as opened, opened.reading() as conn:
        return list(conn.exec_driver_sql("SELECT people FROM l_event ORDER BY id").scalars())


def test_a_backup_opens_by_itself(database: Database, tmp_path: Path) -> None:
    add(database)
    target = backup.back_up(database, tmp_path / "copies" / "a.zgdb")
    add(database, 2)
    assert people(target) == [1]
    assert not target.read_bytes().startswith(b"SQLite format 3")
    assert sorted(p.name for p in target.parent.iterdir() if not p.name.endswith(("-wal", "-shm"))) == [
        "a.zgdb",
        "a.zgdb.key",
    ]


def test_a_backup_replaces_an_older_one(database: Database, tmp_path: Path) -> None:
    target = tmp_path / "a.zgdb"
    for count in (1, 2):
        add(database, count)
        backup.back_up(database, target)
    assert people(target) == [1, 2]


def test_a_backup_while_somebody_writes(database: Database, tmp_path: Path) -> None:
    with database.writing() as conn:
        records.insert(conn, database.tables, "event", {"people": 9}, "王明")
        target = backup.back_up(database, tmp_path / "a.zgdb")
    assert people(target) == []


@pytest.mark.parametrize("at", [5_000, 40_000])
def test_a_damaged_copy_is_recognised(database: Database, tmp_path: Path, at: int) -> None:
    with database.writing() as conn:
        records.insert_many(conn, database.tables, "event", [{"topic": "字" * 90}] * 500, "王明")
    target = backup.back_up(database, tmp_path / "a.zgdb")
    data = bytearray(target.read_bytes())
    data[at] ^= 1
    target.write_bytes(data)
    with pytest.raises(StorageProblem, match="不完整"):
        backup.verify(target)
    target.write_bytes(data[: len(data) // 2])
    with pytest.raises(StorageProblem, match="不完整"):
        backup.verify(target)


def test_a_copy_that_is_not_whole_replaces_nothing(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(database)
    target = backup.back_up(database, tmp_path / "a.zgdb")
    before = target.read_bytes()

    def half(source: Database, part: Path) -> None:
        part.write_bytes(before[:9000])

    monkeypatch.setattr(backup, "_copy", half)
    with pytest.raises(StorageProblem, match="不完整"):
        backup.back_up(database, target)
    assert target.read_bytes() == before
    assert not list(tmp_path.glob("*.part"))


def test_a_place_that_cannot_be_written_to(database: Database, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageProblem, match="不能写入"):
        backup.back_up(database, tmp_path / "file" / "a.zgdb")


def test_one_backup_a_day_and_the_newest_are_kept(database: Database) -> None:
    add(database)
    made = [backup.daily_backup(database, TODAY - timedelta(5 - n), keep=3) for n in range(5)]
    assert backup.daily_backup(database, TODAY - timedelta(1), keep=3) is None
    before = backup.before_upgrade(database)
    backup.daily_backup(database, TODAY, keep=3)
    kept = backup.backups(database)
    assert [each.day for each in kept if each.day] == [TODAY - timedelta(n) for n in range(3)]
    assert before in [each.path for each in kept]
    assert made[0] is not None
    assert not made[0].exists()
    assert not vault.key_path(made[0]).exists()
    assert people(kept[-1].path) == [1]


def test_a_backup_is_put_back_and_the_present_file_kept(database: Database, tmp_path: Path) -> None:
    add(database)
    copy = backup.back_up(database, tmp_path / "copies" / "a.zgdb")
    add(database, 2)
    database.close()
    aside = backup.restore_backup(copy, database.path)
    assert people(database.path) == [1]
    assert aside is not None
    assert people(aside) == [1, 2]


def test_a_backup_is_put_where_nothing_is(database: Database, tmp_path: Path) -> None:
    add(database)
    copy = backup.back_up(database, tmp_path / "copies" / "a.zgdb")
    assert backup.restore_backup(copy, tmp_path / "new.zgdb") is None
    assert people(tmp_path / "new.zgdb") == [1]


def test_a_damaged_backup_is_not_put_back(database: Database, tmp_path: Path) -> None:
    add(database)
    copy = backup.back_up(database, tmp_path / "copies" / "a.zgdb")
    copy.write_bytes(b"damaged" * 1000)
    database.close()
    with pytest.raises(StorageProblem):
        backup.restore_backup(copy, database.path)
    assert people(database.path) == [1]
