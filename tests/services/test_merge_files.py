"""The villages' files are looked at together, merged as one and taken back as one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook

from tests.services.whole_office import live
from zhengui.services.entry import record
from zhengui.services.problem import ExchangeProblem, StorageProblem
from zhengui.services.sheets import make_templates as templates
from zhengui.services.sheets import merge_files
from zhengui.services.sheets.merge_files import MergePreview, look_at, merge, read_folder, undo_merge
from zhengui.services.sheets.return_files import return_files, returned_folder
from zhengui.services.township.township import Township, create_township
from zhengui.work import Cancelled

TITLES = ["村（居）", "日期", "发放份数", "收回意见"]
NAMES = ("白沙村", "石桥村", "青石村", "大白沙村")


@pytest.fixture
def township(tmp_path: Path) -> Iterator[Township]:
    made = create_township(tmp_path / "甲.zgdb", "甲镇", "甲")
    made.working_day = date(2021, 12, 31)
    for name in NAMES:
        values = {"name": name, "kind": "村", "active": True, "population": 1000, "households": 300}
        record.save(made, "village", values)
    yield made
    made.close()


def book(path: Path, *rows: list[Any], titles: list[str] = TITLES, sheet: str = "致父老乡亲公开信") -> Path:
    path.parent.mkdir(exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as made:
        page = made.add_worksheet(sheet)
        page.write_row(0, 0, ["报送表"])
        for place, row in enumerate([titles, *rows], 1):
            page.write_row(place, 0, row)
    return path


def look(township: Township, folder: Path) -> MergePreview:
    return look_at(township, folder, read_folder(folder), 2021)


def merged(township: Township, folder: Path) -> merge_files.MergedFiles:
    books = read_folder(folder)
    return merge(township, folder, books, 2021, (), look_at(township, folder, books, 2021))


def kinds(found: MergePreview, file: str = "") -> dict[str, int]:
    return {kind: n for kind in merge_files.KINDS if (n := found.count(kind, file))}


def test_names_villages_and_ledgers_are_recognised_and_who_is_missing(
    township: Township, tmp_path: Path
) -> None:
    folder = tmp_path / "三月"
    book(
        folder / "白沙报表.xlsx", ["", "2021-03-01", 70, 1], ["合计", "", 70, 1], ["填表人：某某", "", "", ""]
    )
    book(folder / "表（2）.xlsx", ["石桥村", "2021-03-02", 80, 2], sheet="Sheet1")
    book(folder / "大白沙村.xlsx", ["2021-03-04", 5, 0], titles=TITLES[1:])
    (folder / "青石.csv").write_text(
        "村（居）,日期,发放份数,收回意见\n青石村,2021.3.5,９,0\n", encoding="gb18030"
    )
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 nothing")
    found = look(township, folder)
    assert {file.name: file.village_name for file in found.files} == {
        "白沙报表.xlsx": "白沙村",
        "表（2）.xlsx": "石桥村",
        "大白沙村.xlsx": "大白沙村",
        "青石.csv": "青石村",
        "坏.xlsx": "",
    }
    assert [file.name for file in found.files if file.problem] == ["坏.xlsx"]
    assert found.missing == []
    assert kinds(found) == {"new": 4}
    (folder / "青石.csv").unlink()
    assert look(township, folder).missing == ["青石村"]


def test_what_of_a_file_is_left_out_is_told(township: Township, tmp_path: Path) -> None:
    path = book(
        tmp_path / "三月" / "白沙村.xlsx",
        *(["白沙村", "2021-03-01", 70, 1], ["白沙村", "2021-03-02", 80, 2], ["白沙村"], ["合计", "", 150, 3]),
        titles=[*TITLES, "备考"],
    )
    made = load_workbook(path)
    made.active.row_dimensions[4].hidden = True
    made.create_sheet("去年").append(["随便"])
    made.save(path)
    (file,) = look(township, path.parent).files
    told = "；".join(file.unused)
    for words in (
        "第 6 行“合计”",
        "第 5 行只写了村（居）",
        "第 4 行在表里是隐藏的，也导入了",
        "“备考”",
        "“去年”",
    ):
        assert words in told


def test_all_are_written_and_taken_back_as_one(township: Township, tmp_path: Path) -> None:
    folder = tmp_path / "三月"
    book(folder / "白沙村.xlsx", ["白沙村", "2021-03-01", 70, 1], ["白沙村", "2021-03-08", 71, 1])
    book(folder / "石桥村.xlsx", ["石桥村", "2021-03-02", 80, 2], ["石桥村", "2021-13-02", 80, 2])
    done = merged(township, folder)
    assert (done.added, done.changed, done.left) == (3, 0, 1)
    assert len(live(township, "letter")) == 3
    with pytest.raises(StorageProblem, match="什么也没有写入"):
        merged(township, folder)
    assert kinds(look(township, folder)) == {"same": 3, "wrong": 1}
    assert undo_merge(township, done.number) == (3, 0)
    assert live(township, "letter") == {}
    with pytest.raises(StorageProblem, match="撤回过"):
        undo_merge(township, done.number)
    (one,) = merge_files.all_merges(township)
    assert (one.files, one.added, one.undone_by) == (2, 3, "甲")


def test_next_month_s_file_tells_what_it_changed_since_the_last(township: Township, tmp_path: Path) -> None:
    march, april = tmp_path / "三月", tmp_path / "四月"
    book(march / "白沙村.xlsx", ["白沙村", "2021-03-01", 70, 1], ["白沙村", "2021-03-08", 71, 1])
    merged(township, march)
    before = live(township, "letter")
    book(april / "白沙村.xlsx", ["白沙村", "2021-03-01", 75, 1], ["白沙村", "2021-04-02", 9, 0])
    found = look(township, april)
    assert kinds(found) == {"new": 1, "changed": 1, "gone": 1}
    told = {line.kind: line.told for line in found.lines}
    assert "发放份数：70 → 75" in told["changed"]
    assert "这次没有" in told["gone"]
    done = merged(township, april)
    assert (done.added, done.changed) == (1, 1)
    assert sorted(row["copies"] for row in live(township, "letter").values()) == [9, 71, 75]
    assert undo_merge(township, done.number) == (2, 0)
    assert live(township, "letter") == before


def test_what_was_changed_since_is_left_when_a_merge_is_taken_back(
    township: Township, tmp_path: Path
) -> None:
    folder = tmp_path / "三月"
    (saved,) = [
        record.save(
            township, "letter", {"village": 1, "date": date(2021, 3, 1), "copies": 7, "suggestions": 0}
        )
    ]
    book(folder / "白沙村.xlsx", ["白沙村", "2021-03-01", 70, 0])
    done = merged(township, folder)
    record.save(township, "letter", {"copies": 72}, saved.id, 2)
    assert undo_merge(township, done.number) == (0, 1)
    assert live(township, "letter")[saved.id]["copies"] == 72


def test_what_a_file_leaves_blank_the_record_keeps(township: Township, tmp_path: Path) -> None:
    folder = tmp_path / "三月"
    titles = ["村（居）", "日期", "金额", "用途"]
    kept = {"village": 1, "date": date(2021, 3, 1), "amount": 120_000, "purpose": "修路"}
    record.save(township, "fund_raising", kept)
    book(folder / "白沙村.xlsx", ["白沙村", "2021-03-01", 1200, ""], titles=titles, sheet="群众筹资")
    assert kinds(look(township, folder)) == {"same": 1}
    values = {"village": 1, "date": date(2021, 4, 1), "copies": 9, "suggestions": 3}
    record.save(township, "letter", values)
    book(folder / "白沙村.xlsx", ["白沙村", "2021-04-01", 9, ""])
    assert kinds(look(township, folder)) == {"same": 1}
    book(folder / "白沙村.xlsx", ["白沙村", "2021-05-01", 9, ""])
    assert kinds(look(township, folder)) == {"wrong": 1}


def test_the_same_person_in_two_villages_is_told(township: Township, tmp_path: Path) -> None:
    folder = tmp_path / "册"
    titles = ["姓名", "村（居）", "性别", "证件号码"]
    number = "110101199003070038"
    for village in ("白沙村", "石桥村"):
        book(folder / f"{village}.xlsx", ["王小明", village, "男", number], titles=titles, sheet="人员")
    found = look_at(township, folder, read_folder(folder), 2021, ["person"])
    twice = [line for line in found.lines if line.kind == "twice"]
    assert len(twice) == 1, [(line.kind, line.told) for line in found.lines]
    assert "白沙村.xlsx" in twice[0].told


def test_a_row_of_another_village_is_not_taken(township: Township, tmp_path: Path) -> None:
    folder = tmp_path / "三月"
    book(folder / "白沙村.xlsx", ["石桥村", "2021-03-01", 70, 1])
    (line,) = look(township, folder).lines
    assert line.kind == "wrong"
    assert "石桥村" in line.told


def test_a_record_changed_between_the_look_and_the_merge_stops_it(township: Township, tmp_path: Path) -> None:
    folder = tmp_path / "三月"
    book(folder / "白沙村.xlsx", ["白沙村", "2021-03-01", 70, 1])
    books = read_folder(folder)
    seen = look_at(township, folder, books, 2021)
    record.save(township, "letter", {"village": 1, "date": date(2021, 3, 1), "copies": 70, "suggestions": 1})
    with pytest.raises(StorageProblem, match="再核对"):
        merge(township, folder, books, 2021, (), seen)
    assert len(live(township, "letter")) == 1


def test_the_program_s_own_templates_come_back(township: Township, tmp_path: Path) -> None:
    folder = tmp_path / "各村"
    made = templates.templates_of_villages(township, folder, 2021, ["letter", "fund_raising"])
    filled = load_workbook(made[1])
    page = filled["群众筹资"]
    titles = {str(cell.value): cell.column for cell in page[3]}
    page.cell(4, titles["日期*"], "2021-03-01")
    page.cell(4, titles["金额（元）*"], 1200)
    filled.save(made[1])
    (folder / made[1].name).rename(folder / "随便改的名.xlsx")
    found = look(township, folder)
    assert kinds(found) == {"new": 1}
    assert found.missing == []
    assert merged(township, folder).added == 1
    (row,) = live(township, "fund_raising").values()
    assert (row["village"], row["amount"]) == (2, 120_000)


def test_a_folder_without_workbooks_is_said(township: Township, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    for folder in (tmp_path / "空", tmp_path / "没有"):
        with pytest.raises(ExchangeProblem, match="请"):
            read_folder(folder)


def test_the_villages_get_their_own_workbooks_back_with_the_mistakes_marked(
    township: Township, tmp_path: Path
) -> None:
    folder = tmp_path / "三月"
    book(folder / "白沙村.xlsx", ["白沙村", "2021-03-01", 70, 1])
    book(folder / "石桥村.xlsx", ["石桥村", "2021-03-02", 80, 2], ["石桥村", "2021-13-02", "很多", 2])
    inside = folder / "东片"
    book(inside / "青石村.xlsx", ["白沙村", "2021-03-05", 9, 0])
    (folder / "大白沙村.csv").write_text(
        "日期,发放份数,收回意见\n某日,5,0\n2021-03-04,5,0\n", encoding="gb18030"
    )
    books = read_folder(folder)
    preview = look_at(township, folder, books, 2021)
    target = returned_folder(folder)
    made = return_files(township, preview, books, target)
    names = {path.relative_to(target).as_posix() for path in made}
    assert names == {"大白沙村.xlsx", "石桥村.xlsx", "东片/青石村.xlsx"}
    sheet = load_workbook(target / "石桥村.xlsx").active
    assert sheet["A1"].value == "报送表"
    assert [sheet[place].value for place in ("A2", "E2", "E3")] == ["村（居）", "错误说明", None]
    assert "日期：" in sheet["E4"].value
    assert "发放份数：" in sheet["E4"].value
    assert sheet["B4"].fill.fgColor.rgb != sheet["B3"].fill.fgColor.rgb
    assert "别的村" in load_workbook(target / "东片" / "青石村.xlsx").active["E3"].value
    assert returned_folder(Path("/")) == Path("/（退回各村）")
    inside_again = folder / "上次（退回各村）"
    inside_again.mkdir()
    (inside_again / "石桥村.xlsx").write_bytes((target / "石桥村.xlsx").read_bytes())
    assert [book.path.name for book in read_folder(folder)] == [book.path.name for book in books]
    # Put right and put in the place of the old file, it is merged whole.
    mended = load_workbook(target / "石桥村.xlsx")
    mended.active["B4"], mended.active["C4"] = "2021-12-02", 81
    mended.save(folder / "石桥村.xlsx")
    assert kinds(look(township, folder), "石桥村.xlsx") == {"new": 2}


def test_a_merge_can_be_stopped_and_then_nothing_is_written(township: Township, tmp_path: Path) -> None:
    folder = tmp_path / "三月"
    book(folder / "白沙村.xlsx", ["白沙村", "2021-03-01", 70, 1])
    book(folder / "石桥村.xlsx", ["石桥村", "2021-03-02", 80, 2])
    books = read_folder(folder)
    seen = look_at(township, folder, books, 2021)
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        merge(township, folder, books, 2021, (), seen, stop)
    assert told == [(1, 2), (2, 2)]
    assert live(township, "letter") == {}
    with pytest.raises(Cancelled):
        look_at(township, folder, books, 2021, (), stop)


def test_what_was_looked_at_is_gone_through_once_unless_something_was_written(
    township: Township, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "三月"
    book(folder / "白沙村.xlsx", ["白沙村", "2021-03-01", 70, 1])
    books = read_folder(folder)
    seen = look_at(township, folder, books, 2021)
    looked: list[int] = []
    before = merge_files.BookLook.look
    monkeypatch.setattr(
        merge_files.BookLook,
        "look",
        lambda *given: looked.append(1) or before(*given),  # type: ignore[func-returns-value]
    )
    record.save(township, "letter", {"village": 2, "date": date(2021, 5, 1), "copies": 3, "suggestions": 0})
    assert merge(township, folder, books, 2021, (), seen).added == 1
    assert looked == [1], "something else was written, so it was looked at again"
    book(folder / "白沙村.xlsx", ["白沙村", "2021-03-02", 71, 1])
    books = read_folder(folder)
    seen = look_at(township, folder, books, 2021)
    assert merge(township, folder, books, 2021, (), seen).added == 1
    assert looked == [1, 1], "only for the preview"
