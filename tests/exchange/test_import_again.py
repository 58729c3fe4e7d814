"""An import is told what it leaves out, never doubles what is there unasked, and can be taken back whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook

from tests.fresh import fresh_township
from tests.services.whole_office import live
from zhengui import cli
from zhengui.exchange import sources, workbook_in
from zhengui.figures.period import year
from zhengui.services.counting.compute_figures import compute
from zhengui.services.entry import record
from zhengui.services.entry.import_matches import ImportMatch, keep_match
from zhengui.services.entry.import_workbook import SeenBefore, import_workbook
from zhengui.services.entry.incoming import LEAVE, Wishes
from zhengui.services.entry.past_imports import all_imports, take_back_import
from zhengui.services.entry.preview_import import preview_import
from zhengui.services.entry.read_sources import read_sheets
from zhengui.services.problem import StorageProblem
from zhengui.services.township.township import Township

TITLES = ["村（居）", "日期", "金额（元）", "用途"]


@pytest.fixture
def township(tmp_path: Path) -> Iterator[Township]:
    made = fresh_township(tmp_path / "甲.zgdb", "甲镇", "甲")
    made.working_day = date(2021, 12, 31)
    for name in ("白沙村", "石桥村"):
        record.save(
            made,
            "village",
            {"name": name, "kind": "村", "active": True, "population": 1000, "households": 300},
        )
    yield made
    made.close()


def book(path: Path, *sheets: tuple[str, list[list[Any]]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as made:
        for name, rows in sheets:
            sheet = made.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    return path


def funds(path: Path, *rows: list[Any]) -> Path:
    return book(path, ("筹资", [TITLES, *rows]))


def raised(township: Township) -> object:
    return compute(township, year(2021), (), ["funds_raised"])["funds_raised"].value


ROW = ["白沙村", "2021-03-01", 500_000_000, "修路"]


def test_the_same_file_does_not_double_a_figure_unasked(township: Township, tmp_path: Path) -> None:
    path = funds(tmp_path / "筹资.xlsx", ROW)
    assert import_workbook(township, "fund_raising", path).inserted == 1
    once = raised(township)
    with pytest.raises(SeenBefore, match="导入过"):
        import_workbook(township, "fund_raising", path)
    copied = tmp_path / "另一个名字.xlsx"
    copied.write_bytes(path.read_bytes())
    with pytest.raises(SeenBefore, match=r"筹资\.xlsx"):
        import_workbook(township, "fund_raising", copied)
    assert raised(township) == once
    assert import_workbook(township, "fund_raising", path, again=True).inserted == 1
    assert raised(township) != once


@pytest.mark.parametrize("kept", [100, 2])
def test_a_refused_file_is_read_once_and_handed_back_as_it_was(
    township: Township, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    path = tmp_path / "筹资.csv"
    rows = [
        TITLES,
        ["白沙村", "2021-03-01", "3万", "修路"],
        ["没有村", "2021-13-01", "1", ""],
        ["石桥村", "", "2", "路"],
    ]
    path.write_text("\n".join(",".join(row) for row in rows), "utf-8")
    opened = []
    read = workbook_in.Apart

    def counted(*given: Any) -> Any:
        opened.append(given)
        return read(*given)

    monkeypatch.setattr(workbook_in, "Apart", counted)
    monkeypatch.setattr(sources, "MOST_KEPT", kept)
    outcome = import_workbook(township, "fund_raising", path, tmp_path / "退回.xlsx")
    assert (outcome.inserted, outcome.mistake_count, len(opened)) == (0, 3, 1)
    if kept < len(rows) - 1:
        assert outcome.handed_back is None, "what is too large to be kept is only told of"
        return
    assert outcome.handed_back is not None
    sheet = load_workbook(outcome.handed_back).active
    back = [[cell or "" for cell in row] for row in sheet.iter_rows(max_col=4, values_only=True)]
    assert back == rows
    assert [bool(sheet.cell(n, 5).value) for n in range(1, 5)] == [True, False, True, True]


def test_rows_that_are_there_already_are_named(township: Township, tmp_path: Path) -> None:
    import_workbook(township, "fund_raising", funds(tmp_path / "a.xlsx", ROW))
    other = ["石桥村", "2021-04-01", 100, "修渠"]
    with pytest.raises(SeenBefore, match="第 3 行"):
        import_workbook(township, "fund_raising", funds(tmp_path / "b.xlsx", other, ROW))
    assert len(all_imports(township)) == 1, "nothing of it was kept"
    with pytest.raises(SeenBefore, match="第 3 行"):
        import_workbook(township, "fund_raising", funds(tmp_path / "c.xlsx", other, other))
    assert import_workbook(township, "fund_raising", funds(tmp_path / "d.xlsx", other)).inserted == 1


def test_an_import_is_taken_back_whole_and_then_may_come_again(township: Township, tmp_path: Path) -> None:
    path = funds(tmp_path / "筹资.xlsx", ROW, ["石桥村", "2021-04-01", 100, "修渠"])
    before = raised(township)
    outcome = import_workbook(township, "fund_raising", path)
    (one,) = all_imports(township)
    assert (one.id, one.count, one.file) == (outcome.number, 2, "筹资.xlsx")
    record.save(township, "fund_raising", {"amount": 777}, one.first)
    back = take_back_import(township, one.id)
    assert (len(back.removed.ids), back.changed) == (2, 1)
    assert raised(township) == before
    with pytest.raises(StorageProblem, match="已经撤回"):
        take_back_import(township, one.id)
    assert import_workbook(township, "fund_raising", path).inserted == 2


def test_sums_signatures_and_notes_become_no_records(township: Township, tmp_path: Path) -> None:
    under = (
        ["合计", "", 600, ""],
        ["总　计", "", 600, ""],
        ["填表人：王某某", "", "", ""],
        ["注：单位元", "", "", ""],
    )
    outcome = import_workbook(township, "fund_raising", funds(tmp_path / "a.xlsx", ROW, *under))
    assert outcome.inserted == 1
    assert [told.split("“")[0] for told in outcome.remarks] == [f"第 {row} 行" for row in (3, 4, 5, 6)]
    villages = book(
        tmp_path / "v.xlsx",
        ("村", [["名称", "类别"], ["南山村", "村"], ["合计", "1"], ["填表人：王某某", ""]]),
    )
    assert import_workbook(township, "village", villages).inserted == 1


def test_a_row_with_nothing_but_a_village_is_told(township: Township, tmp_path: Path) -> None:
    path = funds(tmp_path / "a.xlsx", ROW, ["石桥村"], ["张三"], ["合计（2村）", "", 5])
    remarks = import_workbook(township, "fund_raising", path).remarks
    assert "第 3、4 行只写了村（居），别的都空着，没有导入。" in remarks
    assert "第 5 行“合计（2村）”不是一条记录，没有导入。" in remarks
    ledger = township.catalogue.ledgers["fund_raising"]
    read, _others = read_sheets(township.catalogue, ledger, sources.file_source(path))
    assert set(remarks) <= set(preview_import(township, "fund_raising", read, Wishes()).remarks)


def test_the_sheet_that_fits_is_read_and_the_others_are_named(township: Township, tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        ("填表说明", [["请按村填写，金额单位为元。"], ["一行一笔。"]]),
        ("筹资", [TITLES, ROW]),
        ("去年", [["村（居）", "去年金额"], ["白沙村", 3]]),
    )
    outcome = import_workbook(township, "fund_raising", path)
    assert outcome.inserted == 1
    assert any("“筹资”" in told and "填表说明" in told and "去年" in told for told in outcome.remarks)


def test_a_column_that_was_not_used_is_told_with_the_likely_one(township: Township, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ("筹资", [["村（居）", "日期", "金额（元）", "资金用途"], ROW]))
    outcome = import_workbook(township, "fund_raising", path)
    assert any("资金用途" in told and "“用途”" in told for told in outcome.remarks)


def test_the_commands_list_and_take_back(
    township: Township, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, given = str(township.path), str(funds(tmp_path / "筹资.xlsx", ROW))
    township.close()
    assert cli.run(["import", path, "fund_raising", given]) == 0
    assert cli.run(["import", path, "fund_raising", given]) == 1
    assert "--again" in capsys.readouterr().err
    assert cli.run(["imports", path]) == 0
    assert "筹资.xlsx" in capsys.readouterr().out
    assert cli.run(["undo-import", path, "1"]) == 0
    assert cli.run(["undo-import", path, "1"]) == 1
    assert cli.run(["undo-import", path, "99"]) == 1


def test_columns_are_matched_as_the_wizard_does_and_the_guesses_are_told(
    township: Township, tmp_path: Path
) -> None:
    titles = ["所属村", "日期", "金额（元）", "资金用途", "经办"]
    outcome = import_workbook(
        township, "fund_raising", book(tmp_path / "a.xlsx", ("筹资", [titles, [*ROW, "某某"]]))
    )
    assert outcome.inserted == 1
    assert outcome.remarks[0] == "表里的“所属村”按“村（居）”导入（同义词）。"
    assert outcome.remarks[1].startswith("表里的“资金用途”按“用途”导入")
    assert "“经办”不是台账" in outcome.remarks[2]
    (kept,) = live(township, "fund_raising").values()
    assert kept["purpose"] == "修路"


def test_what_was_remembered_of_such_files_is_taken(township: Township, tmp_path: Path) -> None:
    titles = ["甲", "乙", "丙"]
    keep_match(
        township,
        ImportMatch(
            0,
            "某县的表",
            "fund_raising",
            tuple(titles),
            {"甲": "date", "乙": "amount", "丙": "purpose"},
            {"purpose": {"路": "修路", "渠": LEAVE}},
            {"village": "白沙村"},
        ),
    )
    rows = [["2021-03-01", 5, "路"], ["2021-03-02", 6, "渠"]]
    outcome = import_workbook(
        township, "fund_raising", book(tmp_path / "a.xlsx", ("Sheet1", [titles, *rows]))
    )
    assert outcome.inserted == 1
    assert outcome.remarks[0] == "这种表格的配法记住过，按“某县的表”导入。"
    assert "有 1 行按记住的没有导入。" in outcome.remarks
    (kept,) = live(township, "fund_raising").values()
    assert (kept["village"], kept["purpose"]) == (1, "修路")


def test_the_command_hands_the_file_back_marked(
    township: Township, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = book(tmp_path / "筹资.xlsx", ("筹资", [["全镇筹资"], TITLES, ROW, ["石桥村", "某日", 5, "修渠"]]))
    database = str(township.path)
    township.close()
    assert cli.run(["import", database, "fund_raising", str(path)]) == 1
    told = capsys.readouterr()
    assert "第 4 行，日期：" in told.err
    back = tmp_path / "筹资（标出要改的地方）.xlsx"
    assert str(back) in told.err.splitlines()[-1]
    assert not told.out
    sheet = load_workbook(back).active
    assert sheet["A1"].value == "全镇筹资"
    assert sheet["E2"].value == "错误说明"
    assert sheet["E4"].value.startswith("日期：")
    assert sheet["E3"].value is None
