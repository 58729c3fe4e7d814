"""The county's forms from the command line: kept, marked, filled, listed."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from tests.command.conftest import Cli, is_told
from tests.exchange.five_forms import FORMS


def test_a_form_is_kept_marked_and_filled(cli: Cli, copy: Path, tmp_path: Path) -> None:
    path, marks = tmp_path / "月报.xlsx", tmp_path / "对应.json"
    FORMS["pictures"](path)
    assert cli("form", "add", copy, path, "--title", "公示表").status == 0
    marks.write_text(
        '[{"sheet": "公示表", "place": "B5", "kind": "figure", "of": "letters"}]', encoding="utf-8"
    )
    assert cli("form", "marks", copy, "公示表", "--marks", marks).out.strip() == "“公示表”已对应 1 处。"
    target = tmp_path / "填好.xlsx"
    told = cli("form", "fill", copy, "公示表", target, "--from", "2021-03-01", "--to", "2021-03-31")
    assert (told.status, told.err) == (0, "")
    assert load_workbook(target)["公示表"]["B5"].value == 700
    assert "公示表" in cli("form", "list", copy).out
    assert cli("form", "due", copy).status == 0
    assert cli("form", "list", copy, "--pdf", tmp_path / "登记.pdf").status == 0


def test_records_without_room_are_told_and_go_on_in_another_file(
    cli: Cli, copy: Path, tmp_path: Path
) -> None:
    path, marks, target = tmp_path / "册.xlsx", tmp_path / "对应.json", tmp_path / "填好.xlsx"
    FORMS["validation"](path)
    cli("form", "add", copy, path)
    mark = '{"sheet": "人员名册", "place": "B2:B3", "kind": "column", "of": "letter.copies"}'
    marks.write_text(f"[{mark}]", encoding="utf-8")
    cli("form", "marks", copy, "册", "--marks", marks)
    told = cli("form", "fill", copy, "册", target, "--year", "2021")
    assert "有 3 条，表里只留了 2 行" in told.err
    assert not (tmp_path / "填好（续2）.xlsx").exists()
    told = cli("form", "fill", copy, "册", target, "--year", "2021", "--continue")
    assert (told.status, told.err) == (0, "")
    assert "接着填的：" in told.out
    copies = [
        load_workbook(file)["人员名册"][place].value
        for file in (target, tmp_path / "填好（续2）.xlsx")
        for place in ("B2", "B3")
    ]
    assert copies == [700, 500, 87, None]


def test_what_is_lacking_is_said(cli: Cli, copy: Path, tmp_path: Path) -> None:
    assert is_told(cli("form", "fill", copy))
    assert is_told(cli("form", "fill", copy, "没有的", tmp_path / "a.xlsx", "--year", "2021"))
    bad = tmp_path / "坏.json"
    bad.write_text("[{}]", encoding="utf-8")
    path = tmp_path / "表.xlsx"
    FORMS["merged"](path)
    cli("form", "add", copy, path)
    assert is_told(cli("form", "marks", copy, "表", "--marks", bad))
