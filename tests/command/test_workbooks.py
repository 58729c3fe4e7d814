"""`import` and `export`: whole or not at all, and mistakes told by row and column."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.command.conftest import Cli, is_told
from tests.services.whole_office import live
from zhengui.services.entry import record
from zhengui.services.township.township import open_township
from zhengui.storage.records import record as stored

HEADER = ("日期", "村（居）", "发放份数", "收回意见")


def book(path: Path, *rows: Sequence[Any], header: Sequence[str] = HEADER) -> Path:
    made = Workbook()
    for row in (header, *rows):
        made.active.append(list(row))
    made.save(path)
    return path


def letters(path: Path) -> list[dict[str, Any]]:
    township = open_township(path)
    try:
        return [dict(row) for row in live(township, "letter").values()]
    finally:
        township.close()


def test_good_rows_come_in(cli: Cli, copy: Path, tmp_path: Path) -> None:
    rows = [("2021-06-01", "名称3", 40, 1), ("2021.6.2", "名称4", "1,200", 0)]
    answer = cli("import", copy, "letter", book(tmp_path / "in.xlsx", *rows))
    assert (answer.status, answer.err) == (0, "")
    assert "2 条" in answer.out
    found = sorted((row["date"].isoformat(), row["village"], row["copies"]) for row in letters(copy))
    assert len(found) == 5
    assert ("2021-06-01", 3, 40) in found
    assert ("2021-06-02", 4, 1200) in found


def test_the_ledger_may_be_named_by_its_title(cli: Cli, copy: Path, tmp_path: Path) -> None:
    path = book(tmp_path / "in.xlsx", ("2021-06-01", "名称3", 40, 1))
    assert cli("import", copy, "致父老乡亲公开信", path).status == 0
    assert cli("export", copy, "致父老乡亲公开信", tmp_path / "out.xlsx").status == 0
    assert len(list(load_workbook(tmp_path / "out.xlsx").active.rows)) == 5


def test_bad_rows_are_told_and_nothing_is_written(cli: Cli, copy: Path, tmp_path: Path) -> None:
    rows = [
        ("2021-06-01", "名称3", 40, 1),
        ("2021-13-05", "名称1", 10, 2),
        ("2021-06-02", "没有村", -1, "很多"),
        (None, None, None, None),
        ("2021-06-01", "名称3", 41, 1),
        ("2021-03-05", "名称1", 5, 0),
        ("2021-06-03", None, 1.5, 0),
    ]
    answer = cli("import", copy, "letter", book(tmp_path / "in.xlsx", *rows))
    assert is_told(answer), answer
    assert answer.status == 1
    told = answer.err.splitlines()
    places = [line.split("：", 1)[0] for line in told[:-1]]
    assert places == [
        "第 3 行，日期",
        "第 4 行，村（居）",
        "第 4 行，发放份数",
        "第 4 行，收回意见",
        "第 6 行，村（居）",
        "第 7 行，村（居）",
        "第 8 行，村（居）",
        "第 8 行，发放份数",
    ]
    for line in told[:-1]:
        assert any(word in line for word in ("请", "吗？")), line
    assert "8 处" in told[-1]
    assert "没有写入" in told[-1]
    assert len(letters(copy)) == 3


def test_unknown_columns_are_passed_over_aloud(cli: Cli, copy: Path, tmp_path: Path) -> None:
    path = book(tmp_path / "in.xlsx", ("2021-06-01", "名称3", 40, 1, "x"), header=(*HEADER, "心情"))
    answer = cli("import", copy, "letter", path)
    assert answer.status == 0
    assert "“心情”" in answer.err


def test_out_and_in_again(cli: Cli, office: Path, copy: Path, tmp_path: Path) -> None:
    before = letters(copy)
    assert "3 条" in cli("export", copy, "letter", tmp_path / "out.xlsx").out
    township = open_township(copy)
    record.delete(township, "letter", [1, 2, 3])
    township.close()
    assert cli("import", copy, "letter", tmp_path / "out.xlsx").status == 0
    assert sorted(map(repr, letters(copy))) == sorted(map(repr, before))


def test_a_name_in_the_recycle_bin_still_goes_out(cli: Cli, copy: Path, tmp_path: Path) -> None:
    township = open_township(copy)
    with township.writing() as writing:  # as an older program allowed, though records name it
        stored.delete(writing.conn, writing.tables, "village", [2], "甲")
    township.close()
    assert cli("export", copy, "letter", tmp_path / "out.xlsx").status == 0
    names = {row[0].value for row in load_workbook(tmp_path / "out.xlsx").active.iter_rows(min_row=2)}
    assert names == {"名称1", "名称2"}


def files(folder: Path) -> dict[str, Path]:
    (folder / "text.xlsx").write_text("不是表格", encoding="utf-8")
    (folder / "empty.xlsx").write_bytes(b"")
    (folder / "folder.xlsx").mkdir()
    (folder / "zip.xlsx").write_bytes(b"PK\x03\x04broken")
    Workbook().save(folder / "blank.xlsx")
    book(folder / "other.xlsx", (1, 2), header=("不相干", "别的"))
    book(folder / "twice.xlsx", (1, 2), header=("日期", "日期"))
    book(folder / "few.xlsx", ("2021-01-01",), header=("日期",))
    return {path.stem: path for path in folder.glob("*.xlsx")} | {"missing": folder / "missing.xlsx"}


@pytest.mark.parametrize(
    "name", ["text", "empty", "folder", "zip", "blank", "other", "twice", "few", "missing"]
)
def test_files_that_are_no_such_workbook(cli: Cli, copy: Path, tmp_path: Path, name: str) -> None:
    answer = cli("import", copy, "letter", files(tmp_path)[name])
    assert is_told(answer), answer
    assert answer.status == 1
    assert "请" in answer.err
    assert len(letters(copy)) == 3


@pytest.mark.parametrize("command", ["import", "export"])
def test_an_unknown_ledger(cli: Cli, office: Path, tmp_path: Path, command: str) -> None:
    for name in ("nope", "", "公开信"):
        answer = cli(command, office, name, tmp_path / "o.xlsx")
        assert is_told(answer), answer
        assert f"“{name}”" in answer.err
    assert not (tmp_path / "o.xlsx").exists()


def test_places_where_no_workbook_can_be_written(cli: Cli, office: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("旧", encoding="utf-8")
    for place in (tmp_path / "folder", tmp_path / "no" / "o.xlsx", tmp_path / "file" / "o.xlsx"):
        answer = cli("export", office, "letter", place)
        assert is_told(answer), answer
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


def test_a_file_that_others_are_writing_to(
    cli: Cli, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhengui.storage.file.connection.WAIT_SECONDS", 0.2)
    path = book(tmp_path / "in.xlsx", ("2021-06-01", "名称3", 40, 1))
    township = open_township(copy)
    with township.database.writing() as conn:
        conn.exec_driver_sql("UPDATE l_village SET note = 'x' WHERE id = 1")
        answer = cli("import", copy, "letter", path)
        assert cli("figures", copy, "--year", 2021).status == 0, "reading goes on meanwhile"
    township.close()
    assert is_told(answer), answer
    assert "这里只能查看" in answer.err
    assert cli("import", copy, "letter", path).status == 0


def test_templates_are_written_from_the_command_line(cli: Cli, copy: Path, tmp_path: Path) -> None:
    told = cli("template", copy, tmp_path / "表.xlsx", "--ledger", "letter")
    assert (told.status, told.err) == (0, "")
    told = cli("template", copy, tmp_path / "各村", "--villages", "--ledger", "letter", "--year", "2021")
    assert "4 个村（居）" in told.out
    assert len(list((tmp_path / "各村").glob("*.xlsx"))) == 4
    assert is_told(cli("template", copy, tmp_path / "表.xlsx"))


def test_a_formal_export_narrows_to_what_was_asked(cli: Cli, copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "信.csv"
    told = cli("export", copy, "letter", path, "--year", "2021", "--column", "发放份数", "--sort", "date")
    assert (told.status, told.err) == (0, "")
    assert path.read_text(encoding="utf-8-sig").split() == ["发放份数（份）", "700", "500", "87"] or (
        path.read_text(encoding="utf-8-sig").split() == ["发放份数", "700", "500", "87"]
    )
    assert is_told(cli("export", copy, "letter", path, "--column", "没有的列"))
