"""A backup is whole, opens by itself, is never taken for one when damaged, and is kept by day, week and month."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.storage.small import small_catalogue
from zhengui.storage.file import backup, copies, disk, vault
from zhengui.storage.file.database import Database
from zhengui.storage.problem import Damaged, DiskFull, FileGone, StorageProblem
from zhengui.storage.records import record as records

NOW = datetime(2021, 12, 3, 9, 30)


def add(database: Database, people: int = 1) -> None:
    with database.writing() as conn:
        records.insert(conn, database.tables, "event", {"people": people}, "王明")


def people(path: Path) -> list[int]:
    with Database.open(path, small_catalogue()) as opened, opened.reading() as conn:
        return list(conn.exec_driver_sql("SELECT people FROM l_event ORDER BY id").scalars())


def test_a_backup_opens_by_itself(database: Database, tmp_path: Path) -> None:
    add(database)
    target = backup.back_up(database.path, tmp_path / "copies" / "a.zgdb")
    add(database, 2)
    assert people(target) == [1]
    assert not target.read_bytes().startswith(b"SQLite format 3")
    assert sorted(p.name for p in target.parent.iterdir()) == ["a.zgdb", "a.zgdb.key"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")
def test_only_the_owner_can_read_the_file_and_its_copies(database: Database, tmp_path: Path) -> None:
    add(database)
    backup.back_up(database.path, tmp_path / "a.zgdb")
    for path in tmp_path.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
    database.close()
    database.path.chmod(0o644)
    Database.open(database.path, small_catalogue()).close()
    assert stat.S_IMODE(database.path.stat().st_mode) == 0o600


def test_a_copy_is_salted_anew(database: Database, tmp_path: Path) -> None:
    target = backup.back_up(database.path, tmp_path / "a.zgdb")
    assert target.read_bytes()[:16] != database.path.read_bytes()[:16]
    assert vault.read_key(target) == vault.read_key(database.path)


def test_a_backup_replaces_an_older_one(database: Database, tmp_path: Path) -> None:
    target = tmp_path / "a.zgdb"
    for count in (1, 2):
        add(database, count)
        backup.back_up(database.path, target)
    assert people(target) == [1, 2]


def test_a_backup_never_replaces_that_of_another_township(database: Database, tmp_path: Path) -> None:
    with Database.create(tmp_path / "other.zgdb", small_catalogue()) as other:
        target = backup.back_up(other.path, tmp_path / "a.zgdb")
    with pytest.raises(StorageProblem, match="另一个数据文件的备份"):
        backup.back_up(database.path, target)
    assert people(target) == []


def test_a_backup_while_somebody_writes(database: Database, tmp_path: Path) -> None:
    with database.writing() as conn:
        records.insert(conn, database.tables, "event", {"people": 9}, "王明")
        target = backup.back_up(database.path, tmp_path / "a.zgdb")
    assert people(target) == []


@pytest.mark.parametrize("at", [5_000, 40_000])
def test_a_damaged_copy_is_recognised(database: Database, tmp_path: Path, at: int) -> None:
    with database.writing() as conn:
        records.insert_many(conn, database.tables, "event", [{"topic": "字" * 90}] * 500, "王明")
    target = backup.back_up(database.path, tmp_path / "a.zgdb")
    data = bytearray(target.read_bytes())
    data[at] ^= 1
    target.write_bytes(data)
    with pytest.raises(Damaged, match="不完整"):
        backup.verify(target)
    target.write_bytes(data[: len(data) // 2])
    with pytest.raises(Damaged, match="不完整"):
        backup.verify(target)


def test_a_damaged_file_is_called_damaged_and_never_backed_up(database: Database, tmp_path: Path) -> None:
    with database.writing() as conn:
        records.insert_many(conn, database.tables, "event", [{"topic": "字" * 90}] * 500, "王明")
    database.close()
    target = backup.back_up(database.path, tmp_path / "a.zgdb")
    before = target.read_bytes()
    data = bytearray(database.path.read_bytes())
    # A copy makes every index anew, so a page of one alone is no damage to it: every other page is hit.
    for place in range(len(data) // 2, len(data), 4096):
        data[place] ^= 1
    database.path.write_bytes(data)
    with pytest.raises(Damaged, match="有损坏"):
        backup.back_up(database.path, target)
    assert target.read_bytes() == before


def test_a_copy_that_is_not_whole_replaces_nothing(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(database)
    target = backup.back_up(database.path, tmp_path / "a.zgdb")
    before = target.read_bytes()

    def half(source: Path, key: bytes, part: Path, words: copies.CopyWords) -> None:
        part.write_bytes(before[:9000])

    monkeypatch.setattr(copies, "_copy_pages", half)
    monkeypatch.setattr(copies, "_give_salt", lambda part, key, words: None)
    with pytest.raises(StorageProblem, match="不完整"):
        backup.back_up(database.path, target)
    assert target.read_bytes() == before
    assert not list(tmp_path.glob("*.part"))


def test_a_copy_is_proved_by_its_own_key(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(path: Path, data: bytes) -> None:
        path.write_bytes(bytes(len(data) // 2).hex().encode())

    monkeypatch.setattr(disk, "write_whole", spoilt)
    with pytest.raises(StorageProblem, match="不完整"):
        backup.back_up(database.path, tmp_path / "a.zgdb")
    assert not (tmp_path / "a.zgdb").exists()


def test_a_copy_never_takes_the_place_of_the_file_in_use(database: Database, tmp_path: Path) -> None:
    add(database)
    alias = tmp_path / "alias.zgdb"
    os.link(database.path, alias)
    for target in (database.path, database.path.parent / "." / database.path.name, alias):
        with pytest.raises(StorageProblem, match="数据文件本身"):
            backup.back_up(database.path, target)
    add(database, 2)
    database.close()
    assert people(database.path) == [1, 2]


def test_a_file_that_was_pulled_out_is_told_for_what_it_is(database: Database, tmp_path: Path) -> None:
    add(database)
    away = tmp_path / "away"
    away.mkdir()
    if sys.platform == "win32":
        # Windows moves no file that is open, though its stick may be pulled out all the same.
        database.close()
    for ending in ("", ".key"):
        Path(f"{database.path}{ending}").rename(away / f"office.zgdb{ending}")
    with pytest.raises(FileGone, match="没有备份"):
        backup.back_up(database.path, tmp_path / "a.zgdb")


def test_a_place_that_cannot_be_written_to(database: Database, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageProblem, match="不能写入"):
        backup.back_up(database.path, tmp_path / "file" / "a.zgdb")


def test_a_full_disk_is_seen_before_anything_is_written(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1_000_000))
    with pytest.raises(DiskFull, match="只剩 1 MB"):
        backup.back_up(database.path, tmp_path / "a.zgdb")
    assert not list(tmp_path.glob("a.*"))


def made_at(path: Path, *moments: datetime) -> list[Path]:
    """Empty files that look like backups; what they hold is of no matter to the rules of keeping."""
    place = backup.folder(path)
    place.mkdir(exist_ok=True)
    found = []
    for moment in moments:
        each = place / f"{path.stem}-{moment:%Y-%m-%d-%H%M%S}.zgdb"
        each.write_bytes(b"x" * 1000)
        vault.key_path(each).write_text("k")
        found.append(each)
    return found


def test_backups_are_kept_by_hours_days_weeks_and_months(database: Database) -> None:
    every_30_minutes = [NOW - timedelta(minutes=30 * n) for n in range(1, 2 * 24 * 760)]
    made_at(
        database.path,
        *[
            m
            for m in every_30_minutes
            if m.hour in (8, 9, 14) and (m.minute == 0 or m > NOW - timedelta(days=1))
        ],
    )
    made = backup.keep_backup(database.path, NOW)
    kept = [each.made_at for each in backup.backups(database.path)]
    assert kept[0] == NOW
    assert backup.backups(database.path)[0].path == made
    assert len([m for m in kept if m.date() == NOW.date()]) == 4
    assert {m.date() for m in kept} >= {(NOW - timedelta(days=n)).date() for n in range(14)}
    assert len({m.strftime("%G-%V") for m in kept if m > NOW - timedelta(weeks=8)}) >= 8
    assert len({m.strftime("%Y-%m") for m in kept}) in (24, 25, 26)
    assert len(kept) < 60
    assert not [key for key in backup.folder(database.path).glob("*.key") if not key.with_suffix("").exists()]


def test_a_budget_takes_the_oldest(database: Database) -> None:
    days = made_at(database.path, *[NOW - timedelta(days=n) for n in range(1, 12)])
    made = backup.keep_backup(database.path, NOW, budget=4000)
    kept = [each.path for each in backup.backups(database.path)]
    assert kept[0] == made
    assert kept[1:] == days[: len(kept) - 1]
    assert len(kept) == backup.ALWAYS


def test_a_clock_set_back_costs_no_new_backup(database: Database) -> None:
    made_at(database.path, *[NOW + timedelta(days=n) for n in range(1, 40)])
    made = backup.keep_backup(database.path, NOW, budget=1)
    assert made.exists()
    assert people(made) == []


def test_a_clock_set_ahead_costs_no_generation(database: Database) -> None:
    days = made_at(database.path, *[NOW - timedelta(days=n) for n in range(1, 60)])
    for hour in range(10):
        backup.keep_backup(database.path, NOW.replace(year=2099) + timedelta(hours=hour))
    kept = {each.path for each in backup.backups(database.path)}
    assert kept >= set(days[: backup.DAYS - 2])
    assert {each.made_at.strftime("%Y-%m") for each in backup.backups(database.path)} >= {
        "2021-12",
        "2021-11",
    }
    assert backup.keep_backup(database.path, NOW) in [each.path for each in backup.backups(database.path)]


def test_those_before_something_stay_apart(database: Database) -> None:
    made = [backup.keep_before(database.path, "导入", NOW + timedelta(minutes=n)) for n in range(5)]
    kept = [each for each in backup.backups(database.path) if each.before == "导入前"]
    assert [each.path for each in kept] == made[:1:-1]
    upgrade = backup.keep_before(database.path, "升级", NOW)
    assert upgrade in [each.path for each in backup.backups(database.path)]


def test_old_names_of_backups_are_still_known(database: Database) -> None:
    place = backup.folder(database.path)
    place.mkdir()
    (place / "office-2021-12-01.zgdb").write_bytes(b"x")
    (found,) = backup.backups(database.path)
    assert (found.day.isoformat(), found.before) == ("2021-12-01", "")


def test_halves_are_swept(database: Database) -> None:
    place = backup.folder(database.path)
    kept = backup.keep_backup(database.path, NOW)
    for name in ("a.zgdb.part", "b.zgdb.key", "c.zgdb.key.part"):
        (place / name).write_text("half")
        os.utime(place / name, (1, 1))
    (place / "young.zgdb.part").write_text("half")
    backup.sweep(database.path)
    assert sorted(p.name for p in place.iterdir()) == sorted(
        [kept.name, vault.key_path(kept).name, "young.zgdb.part"]
    )
