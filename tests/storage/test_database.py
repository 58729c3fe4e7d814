"""The file is encrypted, whole after a crash, upgraded only after a backup, and refused where it isn't ours."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from alembic.config import Config
from alembic.script import ScriptDirectory

from tests.storage.small import small_catalogue
from zhengui.storage.file import backup, opening, troubles, vault
from zhengui.storage.file.database import Database, NewerFile, StorageProblem, connect
from zhengui.storage.file.soundness import Soundness
from zhengui.storage.problem import Damaged, DiskFull, FileBusy, FileGone, InUse
from zhengui.storage.records import record as records
from zhengui.storage.schema import migrate
from zhengui.storage.schema.versions import ledger_versions

CATALOGUE = small_catalogue()


def made(tmp_path: Path, people: int = 7) -> Path:
    """A closed file with one event in it."""
    path = tmp_path / "office.zgdb"
    with Database.create(path, CATALOGUE) as database, database.writing() as conn:
        records.insert(conn, database.tables, "event", {"people": people, "topic": "明文在此"}, "王明")
    return path


def people(path: Path) -> list[int]:
    with Database.open(path, CATALOGUE) as database, database.reading() as conn:
        return list(conn.exec_driver_sql("SELECT people FROM l_event ORDER BY id").scalars())


def execute(path: Path, statement: str) -> None:
    with Database.open(path, CATALOGUE) as database, database.writing() as conn:
        conn.exec_driver_sql(statement)


def test_a_file_is_made_and_opened_again(tmp_path: Path) -> None:
    assert people(made(tmp_path)) == [7]


def test_nothing_readable_lies_on_the_disk(tmp_path: Path) -> None:
    path = made(tmp_path)
    for file in tmp_path.iterdir():
        assert "明文在此".encode() not in file.read_bytes()
    assert not path.read_bytes().startswith(b"SQLite format 3")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows protects the key in another way")
def test_only_the_owner_can_read_the_key(tmp_path: Path) -> None:
    key = vault.key_path(made(tmp_path))
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(vault.read_key(tmp_path / "office.zgdb")) == vault.KEY_BYTES


def test_an_existing_file_or_key_is_never_overwritten(tmp_path: Path) -> None:
    path = made(tmp_path)
    before = path.read_bytes()
    with pytest.raises(StorageProblem, match="已经存在"):
        Database.create(path, CATALOGUE)
    assert path.read_bytes() == before
    path.unlink()
    with pytest.raises(StorageProblem, match="已经存在"):
        Database.create(path, CATALOGUE)


def test_a_file_that_could_not_be_set_up_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(conn: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(migrate, "stamp", broken)
    with pytest.raises(ZeroDivisionError):
        Database.create(tmp_path / "office.zgdb", CATALOGUE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"not a database" * 1000])
def test_what_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    path = made(tmp_path)
    path.write_bytes(content)
    with pytest.raises(StorageProblem, match=r"打不开|版本记录"):
        Database.open(path, CATALOGUE)
    assert path.read_bytes() == content


def test_a_missing_file_or_key_is_said_in_words(tmp_path: Path) -> None:
    path = made(tmp_path)
    with pytest.raises(StorageProblem, match="没有找到数据文件"):
        Database.open(tmp_path / "other.zgdb", CATALOGUE)
    vault.key_path(path).unlink()
    with pytest.raises(StorageProblem, match="没有找到钥匙文件"):
        Database.open(path, CATALOGUE)


@pytest.mark.parametrize("text", ["", "zz", "00ff", "dpapi:zz"])
def test_a_damaged_key_is_said_in_words(tmp_path: Path, text: str) -> None:
    path = made(tmp_path)
    vault.key_path(path).write_text(text)
    with pytest.raises(StorageProblem, match="钥匙文件"):
        Database.open(path, CATALOGUE)


def test_another_files_key_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path)
    vault.key_path(path).write_text("00" * vault.KEY_BYTES)
    with pytest.raises(StorageProblem, match="不配套"):
        Database.open(path, CATALOGUE)


@pytest.mark.parametrize("revision", ["0002", "9999", "a1b2c3d4"])
def test_a_newer_file_is_refused_unharmed(tmp_path: Path, revision: str) -> None:
    path = made(tmp_path)
    execute(path, f"UPDATE alembic_version SET version_num = '{revision}'")
    before = path.read_bytes()
    with pytest.raises(NewerFile, match="升级程序"):
        Database.open(path, CATALOGUE)
    assert path.read_bytes() == before


def test_the_newest_script_is_the_programs_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    assert ScriptDirectory.from_config(config).get_current_head() == migrate.HEAD


def scripts(tmp_path: Path, step: str) -> Path:
    """The real migrations with one more step."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for name in ("env.py", "script.py.mako", "versions/0001_baseline.py"):
        (folder / name).write_text((migrate.SCRIPTS / name).read_text("utf-8"), "utf-8")
    (folder / "versions" / "0002_step.py").write_text(
        f"from alembic import op\nrevision = '0002'\ndown_revision = '0001'\ndef upgrade():\n    {step}\n"
    )
    return folder


def test_an_older_file_is_upgraded_after_a_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path)
    monkeypatch.setattr(migrate, "HEAD", "0002")
    step = "op.execute('UPDATE l_event SET people = people * 2')"
    monkeypatch.setattr(migrate, "SCRIPTS", scripts(tmp_path, step))
    with Database.open(path, CATALOGUE) as database:
        (kept,) = backup.backups(database.path)
    assert people(path) == [14]
    monkeypatch.setattr(migrate, "HEAD", "0001")
    assert people(kept.path) == [7]


def test_an_upgrade_that_breaks_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "HEAD", "0002")
        step = "op.execute('UPDATE l_event SET people = 0'); op.execute('DROP TABLE l_plan'); op.execute('BROKEN')"
        patch.setattr(migrate, "SCRIPTS", scripts(tmp_path, step))
        with pytest.raises(StorageProblem, match="没有升级成功"):
            Database.open(path, CATALOGUE)
    assert people(path) == [7]
    execute(path, "SELECT * FROM l_plan")


CRASH = """
import os, sys
from pathlib import Path
from tests.storage.small import small_catalogue
from zhengui.storage.records import record as records
from zhengui.storage.file.database import Database
database = Database.open(Path(sys.argv[1]), small_catalogue())
with database.writing() as conn:
    records.insert(conn, database.tables, "event", {"people": 8}, "王明")
with database.writing() as conn:
    records.insert_many(conn, database.tables, "event", [{"people": n} for n in range(5000)], "王明")
    os._exit(9)
"""


def test_a_crash_loses_only_what_was_not_finished(tmp_path: Path) -> None:
    path = made(tmp_path)
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p) + os.pathsep + os.getcwd()
    }
    done = subprocess.run([sys.executable, "-c", CRASH, str(path)], env=environment, check=False)
    assert done.returncode == 9
    assert people(path) == [7, 8]
    backup.verify(path)


def test_readers_go_on_while_another_writes(database: Database) -> None:
    seen: list[int] = []

    def read() -> None:
        with database.reading() as conn:
            seen.append(conn.exec_driver_sql("SELECT count(*) FROM l_event").scalar() or 0)

    with database.writing() as conn:
        records.insert(conn, database.tables, "event", {"people": 1}, "王明")
        thread = threading.Thread(target=read)
        thread.start()
        thread.join(5)
    read()
    assert seen == [0, 1]


def test_writers_wait_for_each_other(database: Database) -> None:
    def write() -> None:
        for _ in range(20):
            with database.writing() as conn:
                records.insert(conn, database.tables, "event", {"people": 1}, "王明")

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as conn:
        assert ledger_versions(conn) == {"event": 80}


def test_another_program_in_the_way_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path)
    monkeypatch.setattr("zhengui.storage.file.connection.WAIT_SECONDS", 0.05)
    other = connect(path, vault.read_key(path))
    other.execute("BEGIN IMMEDIATE")

    def write() -> None:
        with Database.open(path, CATALOGUE) as database, database.writing():
            pass

    with pytest.raises(StorageProblem, match="另一个程序"):
        write()
    other.execute("ROLLBACK")
    other.close()
    write()


def test_nothing_is_written_through_a_file_that_may_only_be_read(database: Database) -> None:
    with database.writing() as conn:
        conn.exec_driver_sql("PRAGMA query_only = ON")
        with pytest.raises(StorageProblem, match="不能写入"):
            records.insert(conn, database.tables, "event", {"people": 1}, "王明")
        conn.exec_driver_sql("PRAGMA query_only = OFF")


def test_writing_inside_writing_is_a_mistake_told_at_once(database: Database) -> None:
    with database.writing(), pytest.raises(RuntimeError), database.writing():
        pass
    with database.writing() as conn:
        records.insert(conn, database.tables, "event", {"people": 1}, "王明")


def test_an_error_tells_nobodys_data(database: Database) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY") as caught, database.writing() as conn:
        records.insert(conn, database.tables, "event", {"village": 9, "topic": "张三"}, "王明")
    assert "张三" not in str(caught.value)


def test_a_reading_connection_sees_one_state(database: Database) -> None:
    with database.reading() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM l_event").scalar() == 0
        with database.writing() as other:
            records.insert(other, database.tables, "event", {"people": 1}, "王明")
        assert conn.exec_driver_sql("SELECT count(*) FROM l_event").scalar() == 0


def test_importing_the_database_loads_no_sql_toolkit() -> None:
    code = (
        "import sys, zhengui.storage.file.database\n"
        "assert not {'sqlalchemy', 'alembic', 'sqlcipher3'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_opening_loads_no_migration_toolkit(tmp_path: Path) -> None:
    path = made(tmp_path)
    code = (
        "import sys\nfrom pathlib import Path\nfrom tests.storage.small import small_catalogue\n"
        "from zhengui.storage.file.database import Database\n"
        f"Database.open(Path({str(path)!r}), small_catalogue()).close()\n"
        "assert not {'alembic', 'sqlalchemy.orm', 'pypinyin', 'PIL'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_copys_key_opens_it_on_any_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path)
    key = vault.read_key(path)
    sealed = "dpapi:" + "ab" * 40
    decoded = vault._decode
    monkeypatch.setattr(vault, "_decode", lambda text: key if text == sealed else decoded(text))
    vault.key_path(path).write_text(sealed)
    copy = backup.back_up(path, tmp_path / "stick" / "office.zgdb")
    assert vault.key_path(copy).read_text() == key.hex()
    vault.adopt_key(vault.read_key(copy), tmp_path / "restored.zgdb")
    assert vault.read_key(tmp_path / "restored.zgdb") == key


def copied(path: Path, place: Path, *endings: str) -> Path:
    """Some of the files of a township, copied as by hand."""
    place.mkdir(exist_ok=True)
    for ending in endings:
        source = path.with_name(path.name + ending)
        if source.exists():
            shutil.copy2(source, place)
    return place / path.name


def save(database: Database, number: int) -> None:
    with database.writing() as conn:
        records.insert(conn, database.tables, "event", {"people": number}, "王明")


def test_after_a_rest_the_two_files_copied_alone_are_the_whole_township(tmp_path: Path) -> None:
    path = made(tmp_path)
    with Database.open(path, CATALOGUE) as database:
        save(database, 8)
        assert database.rested is not None
        database.merge()
        assert database.rested is None
        assert people(copied(path, tmp_path / "copy", "", ".key")) == [7, 8]


@pytest.mark.parametrize("cut", [0, 40, 5000])
def test_a_lost_or_cut_journal_is_said(tmp_path: Path, cut: int) -> None:
    path = made(tmp_path)
    with Database.open(path, CATALOGUE) as database:
        save(database, 8)
        crashed = copied(path, tmp_path / "crashed", "", ".key", "-wal", ".mark")
    journal = crashed.with_name(crashed.name + "-wal")
    journal.write_bytes(journal.read_bytes()[:cut]) if cut else journal.unlink()
    with Database.open(crashed, CATALOGUE) as database:
        (remark,) = database.remarks
        assert "少了最近 1 次保存" in remark
        database.heard()
    with Database.open(crashed, CATALOGUE) as database:
        assert database.remarks == []


def test_a_whole_journal_is_no_news(tmp_path: Path) -> None:
    path = made(tmp_path)
    with Database.open(path, CATALOGUE) as database:
        save(database, 8)
        crashed = copied(path, tmp_path / "crashed", "", ".key", "-wal", ".mark")
    with Database.open(crashed, CATALOGUE) as database:
        assert database.remarks == []
    assert people(crashed) == [7, 8]
    assert sorted(p.name for p in crashed.parent.iterdir()) == [
        "office.zgdb",
        "office.zgdb.key",
        "office.zgdb.mark",
    ]


def test_a_full_disk_keeps_nobody_from_looking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path)
    with Database.open(path, CATALOGUE) as database:
        save(database, 8)
        crashed = copied(path, tmp_path / "crashed", "", ".key", "-wal", ".mark")

    def full(_source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "no space", str(target))

    monkeypatch.setattr(shutil, "copyfile", full)
    with Database.open(crashed, CATALOGUE) as database:
        assert database.remarks == []
    assert people(crashed) == [7, 8]
    assert not list(crashed.parent.glob("*.spare"))

    def no_room(_path: Path, _key: bytes) -> str:
        raise DiskFull("磁盘空间不够，刚才的修改没有保存。请清理磁盘后再试。")

    monkeypatch.setattr(opening, "revision", no_room)
    with pytest.raises(DiskFull, match="磁盘满了，暂时打不开，里面的数据没有动过"):
        Database.open(crashed, CATALOGUE)


def test_halves_that_cannot_be_swept_keep_nobody_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path)
    real = Path.unlink

    def refused(each: Path, missing_ok: bool = False) -> None:
        if each.name.endswith(".part"):
            raise OSError(errno.EROFS, "read-only", str(each))
        real(each, missing_ok)

    monkeypatch.setattr(Path, "unlink", refused)
    assert people(path) == [7]


@pytest.mark.parametrize("by", ["backup", "copy"])
def test_a_journal_of_another_state_is_never_played_into_a_file(tmp_path: Path, by: str) -> None:
    path = made(tmp_path)
    if by == "backup":
        older = backup.back_up(path, tmp_path / "older" / "office.zgdb")
    else:
        older = copied(path, tmp_path / "older", "", ".key")
    with Database.open(path, CATALOGUE) as database:
        save(database, 8)
        database.merge()
        save(database, 9)
        crashed = copied(path, tmp_path / "crashed", "", ".key", "-wal", ".mark")
    shutil.copyfile(older, crashed)
    with Database.open(crashed, CATALOGUE) as database:
        assert "不属于它的 -wal" in database.remarks[0]
    assert people(crashed) == [7]
    backup.verify(crashed)
    assert list(crashed.parent.glob("*-不属于它-*-wal"))


def test_an_older_file_put_back_is_said(tmp_path: Path) -> None:
    path = made(tmp_path)
    older = copied(path, tmp_path / "older", "", ".key")
    with Database.open(path, CATALOGUE) as database:
        save(database, 8)
    shutil.copyfile(older, path)
    with Database.open(path, CATALOGUE) as database:
        assert "比上次保存的旧" in database.remarks[0]


def test_damage_is_found_and_stays_known(tmp_path: Path) -> None:
    path = made(tmp_path)
    with Database.open(path, CATALOGUE) as database:
        with database.writing() as conn:
            records.insert_many(conn, database.tables, "event", [{"topic": "字" * 90}] * 900, "王明")
        assert database.soundness.check() is None
        database.soundness.expect()
    data = bytearray(path.read_bytes())
    data[-5000] ^= 1
    path.write_bytes(data)
    with Database.open(path, CATALOGUE) as database:
        with pytest.raises(Damaged, match="有损坏"):
            database.soundness.expect()
        assert database.soundness.damage is not None


def test_a_sound_file_is_read_whole_again_only_after_a_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path)
    read = []
    faulty = Soundness._faulty
    monkeypatch.setattr(Soundness, "_faulty", lambda self: read.append(self._path) or faulty(self))
    for expected in (1, 1):
        with Database.open(path, CATALOGUE) as database:
            database.soundness.expect()
            database.soundness.expect()
        assert len(read) == expected
    with Database.open(path, CATALOGUE) as database:
        with database.writing() as conn:
            records.insert_many(conn, database.tables, "event", [{"topic": "字" * 90}] * 900, "王明")
        database.soundness.expect()
    assert len(read) == 2
    with Database.open(path, CATALOGUE) as database:
        database.soundness.expect()
    assert len(read) == 3
    data = bytearray(path.read_bytes())
    data[-5000] ^= 1
    path.write_bytes(data)
    with Database.open(path, CATALOGUE) as database, pytest.raises(Damaged):
        database.soundness.expect()


def test_a_broken_page_met_while_working_is_called_damage(tmp_path: Path) -> None:
    path = made(tmp_path)
    with Database.open(path, CATALOGUE) as database, database.writing() as conn:
        records.insert_many(conn, database.tables, "event", [{"topic": "字" * 90}] * 900, "王明")
    data = bytearray(path.read_bytes())
    # The last pages hold the log's line, which is read on opening.
    for page in range(len(data) // 4096 - 40, len(data) // 4096 - 10):
        data[page * 4096 + 9] ^= 1
    path.write_bytes(data)
    with Database.open(path, CATALOGUE) as database:
        with database.engine.connect() as conn:
            raw = conn.connection.driver_connection
            assert raw is not None
            with pytest.raises(Damaged, match="有损坏"):
                raw.execute("SELECT * FROM l_event").fetchall()
        with pytest.raises(Damaged, match="有损坏"), database.reading() as conn:
            conn.exec_driver_sql("SELECT * FROM l_event").fetchall()
        assert database.soundness.damage is not None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows moves no file that is open")
def test_a_file_that_was_moved_is_noticed_before_the_next_save(tmp_path: Path) -> None:
    path = made(tmp_path)
    with Database.open(path, CATALOGUE) as database:
        path.rename(tmp_path / "moved.zgdb")
        with pytest.raises(FileGone, match="没有保存"):
            save(database, 8)
        (tmp_path / "moved.zgdb").rename(path)
        save(database, 9)
    assert people(path) == [7, 9]


def test_the_second_to_open_can_only_read(tmp_path: Path) -> None:
    path = made(tmp_path)
    with Database.open(path, CATALOGUE) as first:
        first.sign("李试")
        with Database.open(path, CATALOGUE) as second:
            assert second.held_by is not None
            assert second.held_by.here
            with pytest.raises(InUse, match="“李试”在这台电脑"):
                save(second, 8)
            save(first, 9)
            with second.reading() as conn:
                assert conn.exec_driver_sql("SELECT count(*) FROM l_event").scalar() == 2
    with Database.open(path, CATALOGUE) as database:
        assert database.held_by is None
        save(database, 10)
    assert people(path) == [7, 9, 10]


HOLD = """
import sys
from pathlib import Path
from tests.storage.small import small_catalogue
from zhengui.storage.file.database import Database
database = Database.open(Path(sys.argv[1]), small_catalogue())
print(database.held_by is None, flush=True)
sys.stdin.read()
"""


def test_a_killed_program_holds_nothing(tmp_path: Path) -> None:
    path = made(tmp_path)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([*(p for p in sys.path if p), os.getcwd()])}
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        with Database.open(path, CATALOGUE) as database:
            assert database.held_by is not None
            assert database.held_by.process == other.pid
        other.kill()
        other.wait()
    with Database.open(path, CATALOGUE) as database:
        assert database.held_by is None


def test_a_pulled_disk_a_full_one_a_lock_and_damage_are_told_apart(tmp_path: Path) -> None:
    path = made(tmp_path)

    def told(name: str, text: str, at: Path = path) -> type[Exception]:
        error = sqlcipher.OperationalError(text)
        error.sqlite_errorname = name
        return type(troubles.trouble_of(error, at))

    assert told("SQLITE_CORRUPT_VTAB", "malformed") is Damaged
    assert told("SQLITE_CORRUPT", "malformed", tmp_path / "gone.zgdb") is FileGone
    assert told("SQLITE_IOERR_READ", "disk I/O error", tmp_path / "gone.zgdb") is FileGone
    assert told("SQLITE_FULL", "database or disk is full") is DiskFull
    assert told("SQLITE_BUSY", "database is locked") is FileBusy
    assert told("SQLITE_CONSTRAINT", "UNIQUE constraint") is type(None)
