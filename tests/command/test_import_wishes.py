"""`import` with its options: looked at first, by another heading, with changes, or only what is right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.command.conftest import Cli, is_told
from tests.command.test_workbooks import HEADER, letters


def book(path: Path, *rows: tuple[object, ...], sheet: str = "信") -> Path:
    made = Workbook()
    made.active.title = "说明"
    made.active.append(["请按村填写"])
    page = made.create_sheet(sheet)
    page.append(["公开信发放情况"])
    for row in rows:
        page.append(list(row))
    made.save(path)
    return path


def test_a_dry_run_says_what_would_happen_and_writes_nothing(cli: Cli, copy: Path, tmp_path: Path) -> None:
    titles = ("发放时间", "村名", "发放份数", "心情")
    path = book(
        tmp_path / "in.xlsx", titles, ("2021-06-01", "名称3", 40, "好"), ("2021-06-02", "没有村", 1, "")
    )
    answer = cli("import", copy, "letter", path, "--dry-run")
    assert answer.status == 1
    for words in (
        "工作表“信”，表头在第 2 行",
        "“村名” → 村（居）（同义词）",
        "“发放时间” → 日期",
        "新增 1 行",
        "没有写入任何内容",
    ):
        assert words in answer.out
    for words in ("“心情”", "工作表“说明”", "“没有村”认不出来，第 4 行"):
        assert words in answer.err
    assert len(letters(copy)) == 3


def test_records_are_changed_only_where_that_is_asked_for(cli: Cli, copy: Path, tmp_path: Path) -> None:
    row = letters(copy)[0]
    path = book(tmp_path / "in.xlsx", HEADER, (row["date"].isoformat(), f"名称{row['village']}", 999, None))
    answer = cli("import", copy, "letter", path, "--sheet", "信")
    assert answer.status == 1
    assert "已经登记过" in answer.err
    told = cli("import", copy, "letter", path, "--update", "--dry-run").out
    assert "发放份数" in told
    assert "→ 999" in told
    answer = cli("import", copy, "letter", path, "--update")
    assert (answer.status, "更新 1 条" in answer.out) == (0, True)
    assert letters(copy)[0] == row | {"copies": 999}
    assert "1 条改过的改了回去" in cli("undo-import", copy, 1).out
    assert letters(copy)[0] == row


def test_what_is_right_comes_in_and_the_rest_is_handed_back(cli: Cli, copy: Path, tmp_path: Path) -> None:
    path = book(tmp_path / "in.xlsx", HEADER, ("2021-06-01", "名称3", 40, 1), ("2021-13-01", "名称1", 4, 1))
    answer = cli("import", copy, "letter", path, "--partial")
    assert answer.status == 1
    assert "已导入公开信发放 1 条" in answer.out
    back = tmp_path / "in（标出要改的地方）.xlsx"
    assert str(back) in answer.out
    assert "日期" in load_workbook(back)["信"]["E4"].value
    assert len(letters(copy)) == 4


def test_a_match_from_a_file(cli: Cli, copy: Path, tmp_path: Path) -> None:
    path = book(
        tmp_path / "in.xlsx", ("甲", "乙", "丙"), ("2021-06-01", "东边", 40), ("2021-06-02", "外镇", 4)
    )
    given = {
        "columns": {"甲": "日期", "乙": "village", "丙": "发放份数"},
        "values": {"村（居）": {"东边": "名称3", "外镇": None}},
        "fixed": {"收回意见": "0"},
    }
    match = tmp_path / "配法.json"
    match.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    answer = cli("import", copy, "letter", path, "--match", match, "--heading", "2")
    assert answer.status == 0, answer
    assert [row["village"] for row in letters(copy) if row["date"].month == 6] == [3]
    assert len(letters(copy)) == 4


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--sheet", "没有"), "没有名为“没有”的工作表"),
        (("--heading", "x"), "--heading"),
        (("--heading", "90"), "第 90 行没有内容"),
        (("--match", "none.json"), "打不开"),
    ],
)
def test_what_can_not_be_done_is_told(
    cli: Cli, copy: Path, tmp_path: Path, options: tuple[str, str], told: str
) -> None:
    answer = cli("import", copy, "letter", book(tmp_path / "in.xlsx", HEADER), *options)
    assert is_told(answer), answer
    assert told in answer.err


@pytest.mark.parametrize(
    "text", ["", "[]", '{"columns": 1}', '{"columns": {"甲": "没有"}}', '{"values": {"日期": 1}}']
)
def test_a_match_that_is_none(cli: Cli, copy: Path, tmp_path: Path, text: str) -> None:
    match = tmp_path / "m.json"
    match.write_text(text, encoding="utf-8")
    answer = cli("import", copy, "letter", book(tmp_path / "in.xlsx", HEADER), "--match", match)
    assert is_told(answer), answer
