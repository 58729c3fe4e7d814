"""The other commands, and every way in which a command line can be wrong."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command.conftest import Cli, is_told
from zhengui.catalogue.load import load_catalogue
from zhengui.storage.file.vault import key_path

ROOT = Path(__file__).parents[2]


def test_demo_and_its_report_and_inspection(cli: Cli, tmp_path: Path) -> None:
    made = cli("demo", tmp_path / "演示", "--scale", "0.05", "--seed", "7")
    assert (made.status, made.err) == (0, "")
    assert "均为虚构" in made.out
    assert "83 个指标中" in made.out
    (database,) = (tmp_path / "演示").glob("*.zgdb")
    (document,) = (tmp_path / "演示").glob("*.pdf")
    assert str(database) in made.out
    again = cli("report", database, "--year", 2021, "--pdf", tmp_path / "again.pdf")
    assert (again.status, again.err) == (0, "")
    assert "请核对" in again.out
    assert (tmp_path / "again.pdf").read_bytes()[:5] == b"%PDF-"
    judged = cli("inspect", document)
    assert judged.status == 0, judged.out
    assert "条规则全部符合" in judged.out


def test_catalogue_as_json_and_as_text(cli: Cli) -> None:
    catalogue = load_catalogue()
    told = json.loads(cli("catalogue", "--json").out)
    assert set(told) == {"areas", "indicators", "claims", "parameters", "flaws"}
    ledgers = {ledger["key"]: ledger for area in told["areas"] for ledger in area["ledgers"]}
    assert set(ledgers) == set(catalogue.ledgers)
    for key, ledger in ledgers.items():
        fields = catalogue.ledgers[key].live_fields
        assert [each["key"] for each in ledger["fields"]] == [field.key for field in fields]
        assert [each["type"] for each in ledger["fields"]] == [field.type.value for field in fields]
        assert [tuple(each.get("choices", ())) for each in ledger["fields"]] == [f.choices for f in fields]
    assert [each["key"] for each in told["indicators"]] == list(catalogue.indicators)
    assert sorted(each["n"] for each in told["indicators"] if "n" in each) == list(range(1, 84))
    assert told["flaws"] == []
    text = cli("catalogue").out
    assert all(ledger.title in text for ledger in catalogue.ledgers.values())


def test_selftest_without_a_window(cli: Cli, tmp_path: Path) -> None:
    answer = cli("selftest", tmp_path / "自检", "--no-window")
    assert (answer.status, answer.err) == (0, ""), answer.out
    lines = answer.out.splitlines()
    assert all(line.startswith("通过　") for line in lines[:-1])
    assert [line.split("　")[1].split("：")[0] for line in lines[:-1]] == [
        "目录",
        "数据库",
        "工作簿",
        "指标",
        "文稿",
        "字体",
        "系统字体",
        "磁盘空间",
        "时钟",
    ]
    assert lines[-1] == "全部通过"
    kept = (tmp_path / "自检" / "自检结果.txt").read_text(encoding="utf-8-sig").splitlines()
    assert kept[-len(lines) :] == lines


def test_selftest_says_what_is_broken(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object, **_more: object) -> None:
        raise ValueError("坏了")

    monkeypatch.setattr("zhengui.services.whole.selftest._figures", broken)
    answer = cli("selftest", tmp_path, "--no-window")
    assert answer.status == 1
    assert "没通过　指标" in answer.out
    assert "通过　文稿" in answer.out


# Databases that are none


def databases(folder: Path, office: Path) -> dict[str, Path]:
    """Files that can't be opened, by what is wrong with them."""
    whole = office.read_bytes()
    contents = {"text": b"x" * 5000, "empty": b"", "cut": whole[:20_000]}
    for name, content in contents.items():
        (folder / f"{name}.zgdb").write_bytes(content)
        shutil.copy(key_path(office), folder / f"{name}.zgdb.key")
    for name in ("keyless", "key-of-text", "key-of-another", "key-is-folder"):
        shutil.copy(office, folder / f"{name}.zgdb")
    (folder / "key-of-text.zgdb.key").write_text("钥匙", encoding="utf-8")
    (folder / "key-of-another.zgdb.key").write_text("00" * 32, encoding="ascii")
    (folder / "key-is-folder.zgdb.key").mkdir()
    with sqlite3.connect(folder / "unencrypted.zgdb") as plain:
        plain.execute("CREATE TABLE alembic_version (version_num TEXT)")
    shutil.copy(key_path(office), folder / "unencrypted.zgdb.key")
    (folder / "folder.zgdb").mkdir()
    return {
        **{path.stem: path for path in folder.glob("*.zgdb")},
        "missing": folder / "missing.zgdb",
        "in-a-file": folder / "text.zgdb" / "a.zgdb",
        "long": folder / ("长" * 120 + ".zgdb"),
    }


COMMANDS = {
    "figures": ("--year", "2021"),
    "report": ("--year", "2021", "--pdf", "o.pdf"),
    "import": ("letter", "in.xlsx"),
    "export": ("letter", "o.xlsx"),
}


@pytest.mark.parametrize("command", list(COMMANDS))
def test_what_is_no_database_is_refused_unharmed(
    cli: Cli, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    made = databases(tmp_path, office)
    monkeypatch.chdir(tmp_path)
    for name, path in made.items():
        before = path.read_bytes() if name != "long" and path.is_file() else None
        answer = cli(command, path, *COMMANDS[command])
        assert is_told(answer), (name, answer)
        assert answer.status == 1
        assert "请" in answer.err, (name, answer.err)
        assert before is None or path.read_bytes() == before, name
    assert not (tmp_path / "o.pdf").exists()
    assert not (tmp_path / "o.xlsx").exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions don't bind this user")
def test_a_database_nobody_may_write_to(cli: Cli, copy: Path) -> None:
    copy.parent.chmod(0o555)
    try:
        answer = cli("figures", copy, "--year", 2021)
    finally:
        copy.parent.chmod(0o755)
    assert is_told(answer), answer
    assert "不能写入" in answer.err


@pytest.mark.parametrize(
    "trouble", ["unable to open database file", "attempt to write a readonly database", "disk I/O error"]
)
def test_no_access_is_not_taken_for_a_wrong_file(
    cli: Cli, office: Path, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    import sqlcipher3.dbapi2 as sqlcipher

    from zhengui.storage.file.troubles import trouble_of

    def shut(path: Path, _key: bytes) -> None:
        told = trouble_of(sqlcipher.OperationalError(trouble), path)
        assert told is not None
        raise told

    monkeypatch.setattr("zhengui.storage.file.opening.connect", shut)
    answer = cli("figures", office, "--year", 2021)
    assert is_told(answer), answer
    assert "不能写入" in answer.err
    assert "不是政规的数据文件" not in answer.err


# Places, files and words that are wrong


def test_places_where_no_document_can_be_written(cli: Cli, office: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("旧", encoding="utf-8")
    for place in (tmp_path / "folder", tmp_path / "file" / "o.pdf", tmp_path / "file" / "no" / "o.pdf"):
        for command in ("report", "issue", "evidence", "plan"):
            answer = cli(command, office, "--year", 2021, "--pdf", place)
            assert is_told(answer), answer
            assert "文件夹" in answer.err
    for place in (tmp_path / "file", tmp_path / "file" / "demo"):
        for command in (("demo", place, "--scale", "0.05"), ("selftest", place, "--no-window")):
            answer = cli(*command)
            assert is_told(answer), answer
    assert (tmp_path / "file").read_text(encoding="utf-8") == "旧"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


def test_a_document_older_than_the_failed_one_stays(
    cli: Cli, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "总结.pdf"
    path.write_bytes(b"old")

    def full(part: Path) -> None:
        raise OSError(28, "No space left on device", str(part))

    monkeypatch.setattr("zhengui.whole_file.flush", full)
    answer = cli("report", office, "--year", 2021, "--pdf", path)
    assert is_told(answer), answer
    assert "磁盘空间不够" in answer.err
    assert path.read_bytes() == b"old"


def test_what_is_no_pdf(cli: Cli, office: Path, tmp_path: Path) -> None:
    (tmp_path / "text.pdf").write_text("不是", encoding="utf-8")
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n")
    (tmp_path / "folder.pdf").mkdir()
    for path in (*tmp_path.iterdir(), tmp_path / "missing.pdf", office):
        answer = cli("inspect", path)
        assert is_told(answer), (path, answer)
        assert answer.status == 1
        assert "None" not in answer.err


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nope",),
        ("figures",),
        ("figures", "a.zgdb", "--nope"),
        ("figures", "a.zgdb", "--year"),
        ("figures", "a.zgdb", "--year", "abc"),
        ("figures", "a.zgdb", "--year", "2021.5"),
        ("figures", "a.zgdb", "--json=yes"),
        ("report", "a.zgdb"),
        ("report", "a.zgdb", "--year", "2021年"),
        ("import", "a.zgdb"),
        ("export", "a.zgdb", "letter"),
        ("demo",),
        ("demo", "d", "--scale", "abc"),
        ("demo", "d", "--seed", "1.5"),
        ("inspect",),
        ("selftest",),
        ("catalogue", "x", "y"),
    ],
)
def test_commands_that_are_not_written_right(cli: Cli, arguments: tuple[str, ...]) -> None:
    answer = cli(*arguments)
    assert is_told(answer), answer
    assert answer.status == 2
    assert "命令没有写对" in answer.err
    assert "用法见" in answer.err


@pytest.mark.parametrize("year", ["20211", "0", "-1", "9999"])
def test_years_that_are_none(cli: Cli, office: Path, tmp_path: Path, year: str) -> None:
    for command in ("figures", "report", "preflight", "issue", "drift", "evidence", "plan"):
        place = ("--pdf", tmp_path / "o.pdf") if command in ("report", "issue", "evidence", "plan") else ()
        answer = cli(command, office, "--year", year, *place)
        assert is_told(answer), answer
        assert "年份" in answer.err


def test_report_asks_where_to(cli: Cli, office: Path) -> None:
    assert "--pdf" in cli("report", office, "--year", 2021).err


@pytest.mark.parametrize("scale", ["0", "-1", "nan", "1000"])
def test_scales_without_sense(cli: Cli, tmp_path: Path, scale: str) -> None:
    answer = cli("demo", tmp_path / "d", "--scale", scale)
    assert is_told(answer), answer
    assert not (tmp_path / "d").exists()


def test_help_is_chinese(cli: Cli) -> None:
    names = re.findall(r"[a-z-]+", cli("nope").err.split("可选：")[1].split("）")[0])
    assert {"demo", "figures", "report", "import", "export", "catalogue", "inspect", "selftest"} <= set(names)
    for name in names:
        answer = cli(name, "--help")
        assert answer.status == 0
        assert answer.out.startswith("用法：main.py")
        assert "usage" not in answer.out
        assert "show this help" not in answer.out


# As a process of its own


def started(*arguments: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, str(ROOT / "main.py"), *arguments]
    return subprocess.run(command, capture_output=True, cwd=ROOT, check=False, timeout=60, **more)  # type: ignore[call-overload]


def test_a_name_that_is_no_text_does_not_stop_the_telling() -> None:
    answer = started(os.fsdecode(b"figures"), "/nowhere/\udcff.zgdb", "--year", "2021")
    assert answer.returncode == 1
    assert "没有找到数据文件" in answer.stderr.decode()
    assert b"Traceback" not in answer.stderr


@pytest.mark.skipif(os.name == "nt", reason="pipes end otherwise there")
def test_a_reader_who_has_had_enough_is_no_mistake(office: Path) -> None:
    command = f'"{sys.executable}" main.py catalogue --json | head -c 10'
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b'{\n "areas"', b"")
