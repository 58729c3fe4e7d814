"""What an import says before it does anything, what it then does, and the one way back."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.test_import_again import TITLES, book, funds
from tests.fresh import fresh_township
from tests.services.whole_office import live
from zhengui.exchange.column_matches import Ground
from zhengui.services.entry import record
from zhengui.services.entry.apply_import import ImportDone, NotWhole, Overtaken, apply_import, imported_before
from zhengui.services.entry.incoming import LEAVE, ImportPreview, RowDeed, Wishes
from zhengui.services.entry.past_imports import all_imports, take_back_import
from zhengui.services.entry.preview_import import preview_import
from zhengui.services.entry.read_sources import FileSource, file_source, read_sheets
from zhengui.services.township.township import Township
from zhengui.storage.records import record as records
from zhengui.work import Cancelled

HOUSES = ["村（居）", "户主", "住址", "人口", "电话"]


@pytest.fixture
def township(tmp_path: Path) -> Iterator[Township]:
    made = fresh_township(tmp_path / "甲.zgdb", "甲镇", "甲")
    made.working_day = date(2021, 12, 31)
    for name in ("白沙村", "石桥村", "东风村"):
        record.save(made, "village", {"name": name, "kind": "村", "active": True})
    yield made
    made.close()


def seen(township: Township, ledger: str, source: FileSource | Path, **wishes: Any) -> ImportPreview:
    given = source if isinstance(source, FileSource) else file_source(source)
    sheets, others = read_sheets(township.catalogue, township.catalogue.ledgers[ledger], given)
    return preview_import(township, ledger, sheets, Wishes(**wishes), others)


def done(township: Township, ledger: str, path: Path, partial: bool = False, **wishes: Any) -> ImportDone:
    return apply_import(township, seen(township, ledger, path, **wishes), file_source(path), partial=partial)


def houses(path: Path, *rows: list[Any]) -> Path:
    return book(path, ("农户", [HOUSES, *rows]))


def fields_of(preview: ImportPreview) -> dict[str, tuple[str, Ground]]:
    return {match.title: (match.field, match.ground) for match in preview.columns}


def test_columns_are_known_by_title_synonym_likeness_and_content(township: Township, tmp_path: Path) -> None:
    rows = [
        ["序号", "村名", "户主", "家庭人口数量", "怎么找", "怎样"],
        [1, "白沙", "王小明", 3, "13800138000", "很好"],
        [2, "石 桥 村", "李 秀英", "4人", "0558-7123456", "一般"],
    ]
    preview = seen(township, "household", book(tmp_path / "a.xlsx", ("表", rows)))
    assert fields_of(preview) == {
        "序号": ("", Ground.OWN),
        "村名": ("village", Ground.SYNONYM),
        "户主": ("head", Ground.TITLE),
        "家庭人口数量": ("members", Ground.ALIKE),
        "怎么找": ("phone", Ground.CONTENT),
        "怎样": ("", Ground.NONE),
    }
    assert preview.unused == ("怎样",)
    assert [row.deed for row in preview.rows] == [RowDeed.ADD, RowDeed.ADD]
    assert preview.rows[1].values["head"] == "李秀英"
    assert not live(township, "household")


def test_rows_are_added_changed_left_and_refused_and_taken_back_as_one(
    township: Township, tmp_path: Path
) -> None:
    first = houses(
        tmp_path / "一.xlsx", ["白沙村", "王小明", "一组1号", 3, ""], ["石桥村", "李秀英", "二组2号", 2, ""]
    )
    assert done(township, "household", first).added == 2
    before = live(township, "household")
    rows = [
        ["白沙村", "王小明", "一组1号", 5, "13800138000"],
        ["石桥村", "李秀英", "二组2号", 2, ""],
        ["东风村", "赵大山", "三组3号", 4, ""],
        ["东风村", "钱小河", "三组4号", "很多", ""],
    ]
    path = houses(tmp_path / "二.xlsx", *rows)
    preview = seen(township, "household", path)
    assert [row.deed for row in preview.rows] == [RowDeed.UPDATE, RowDeed.SAME, RowDeed.ADD, RowDeed.REFUSED]
    assert dict(preview.rows[0].changes) == {"members": (3, 5), "phone": (None, "13800138000")}
    with pytest.raises(NotWhole, match="有 1 行不能导入"):
        apply_import(township, preview, file_source(path))
    assert live(township, "household") == before
    outcome = apply_import(township, preview, file_source(path), partial=True)
    assert (outcome.added, outcome.changed, outcome.same, outcome.refused, outcome.read) == (1, 1, 1, 1, 4)
    assert imported_before(township, "household", file_source(path)) is not None
    now = live(township, "household")
    assert (len(now), now[1]["members"], now[1]["phone"]) == (3, 5, "13800138000")
    one = all_imports(township)[0]
    assert (one.count, len(one.changed), one.summary["refused"]) == (1, 1, 1)
    back = take_back_import(township, one.id)
    assert (len(back.removed.ids), back.restored, back.kept) == (1, 1, 0)
    assert live(township, "household") == before


def test_a_value_edited_since_stays_when_the_import_is_taken_back(township: Township, tmp_path: Path) -> None:
    done(township, "household", houses(tmp_path / "一.xlsx", ["白沙村", "王小明", "一组1号", 3, ""]))
    second = houses(tmp_path / "二.xlsx", ["白沙村", "王小明", "一组1号", 5, "13800138000"])
    outcome = done(township, "household", second)
    record.save(township, "household", {"members": 6}, 1)
    back = take_back_import(township, outcome.number)
    assert (back.restored, back.kept) == (1, 1)
    found = live(township, "household")[1]
    assert (found["members"], found["phone"]) == (6, None)


def test_rows_of_known_records_are_refused_where_nothing_may_change(
    township: Township, tmp_path: Path
) -> None:
    done(township, "household", houses(tmp_path / "一.xlsx", ["白沙村", "王小明", "一组1号", 3, ""]))
    preview = seen(
        township,
        "household",
        houses(tmp_path / "二.xlsx", ["白沙村", "王小明", "一组1号", 5, ""]),
        update=False,
    )
    (row,) = preview.rows
    assert row.deed is RowDeed.REFUSED
    assert "已经登记过" in row.mistakes[0].message


def test_blanks_and_missing_columns_leave_what_a_record_has(township: Township, tmp_path: Path) -> None:
    done(
        township, "household", houses(tmp_path / "一.xlsx", ["白沙村", "王小明", "一组1号", 3, "13800138000"])
    )
    path = book(
        tmp_path / "二.xlsx",
        ("表", [["村（居）", "户主", "住址", "电话", "备注"], ["白沙村", "王小明", "一组1号", "", "低保"]]),
    )
    preview = seen(township, "household", path)
    assert [field.title for field in preview.lacking] == ["人口"]
    assert [row.deed for row in preview.rows] == [RowDeed.UPDATE]
    assert dict(preview.rows[0].changes) == {"note": (None, "低保")}


def test_the_same_file_a_second_time_adds_nothing(township: Township, tmp_path: Path) -> None:
    path = funds(
        tmp_path / "筹资.xlsx", ["白沙村", "2021-03-01", 100, "修路"], ["石桥村", "2021-03-01", 100, "修路"]
    )
    assert done(township, "fund_raising", path).added == 2
    again = done(township, "fund_raising", path)
    assert (again.added, again.same, again.number) == (0, 2, 0)
    assert done(township, "fund_raising", path, again=True).added == 2


def test_rows_that_stand_twice_in_one_file_come_once(township: Township, tmp_path: Path) -> None:
    row = ["白沙村", "2021-03-01", 100, "修路"]
    preview = seen(township, "fund_raising", funds(tmp_path / "a.xlsx", row, row))
    assert [each.deed for each in preview.rows] == [RowDeed.ADD, RowDeed.SAME]
    assert "第 2 行" in preview.rows[1].why
    other = [HOUSES, ["白沙村", "王小明", "一组", 3, ""], ["白沙村", "王小明", "一组", 4, ""]]
    found = seen(township, "household", book(tmp_path / "b.xlsx", ("表", other)))
    assert [each.deed for each in found.rows] == [RowDeed.ADD, RowDeed.REFUSED]


def test_bad_values_are_grouped_and_mapped_once(township: Township, tmp_path: Path) -> None:
    rows = [
        [name, "2021-03-01", 100 + n, "修路"]
        for n, name in enumerate(["东方村", "白沙村", "东方村", "云岭街道居委会"])
    ]
    path = funds(tmp_path / "a.xlsx", *rows)
    preview = seen(township, "fund_raising", path)
    bad = [(each.text, [row for _sheet, row in each.rows], each.suggestion) for each in preview.bad_values]
    assert bad == [("东方村", [2, 4], "东风村"), ("云岭街道居委会", [5], "")]
    mapped = {"village": {"东方村": "东风村", "云岭街道居委会": LEAVE}}
    preview = seen(township, "fund_raising", path, values=mapped)
    assert preview.bad_values == ()
    assert sorted((row.row, row.deed) for row in preview.rows) == [
        (2, RowDeed.ADD), (3, RowDeed.ADD), (4, RowDeed.ADD), (5, RowDeed.LEFT),
    ]  # fmt: skip
    assert preview.rows[0].values["village"] == 3


def test_id_numbers_that_became_numbers_are_one_group_with_the_way_out(
    township: Township, tmp_path: Path
) -> None:
    rows = [
        ["姓名", "村名", "身份证号"],
        ["王小明", "白沙村", 110101198003050012],
        ["李秀英", "白沙村", 110101198003050500],
    ]
    preview = seen(township, "person", book(tmp_path / "a.xlsx", ("表", rows)))
    assert {bad.lost for bad in preview.bad_values} == {True}
    assert "文本格式" in preview.bad_values[0].message
    assert preview.count(RowDeed.REFUSED) == 2


def test_a_field_without_a_column_can_be_given_for_all_rows(township: Township, tmp_path: Path) -> None:
    path = book(tmp_path / "白沙村.xlsx", ("表", [["户主", "人口"], ["王小明", 3], ["李秀英", 4]]))
    assert seen(township, "household", path).count(RowDeed.REFUSED) == 2
    preview = seen(township, "household", path, fixed={"village": "白沙村"})
    assert [(row.deed, row.values["village"]) for row in preview.rows] == [(RowDeed.ADD, 1), (RowDeed.ADD, 1)]


def test_a_pasted_table_comes_in_like_a_file(township: Township) -> None:
    block = (("村（居）", "户主", "人口"), ("白沙", "王小明", "３人"), ("合计", "", "3"))
    source = FileSource("粘贴的表格", None, block)
    preview = seen(township, "household", source)
    assert [row.deed for row in preview.rows] == [RowDeed.ADD]
    assert apply_import(township, preview, source).added == 1
    assert live(township, "household")[1]["members"] == 3


def test_a_preview_that_was_overtaken_is_not_done(township: Township, tmp_path: Path) -> None:
    path = houses(tmp_path / "一.xlsx", ["白沙村", "王小明", "一组1号", 3, ""])
    preview = seen(township, "household", path)
    record.save(township, "household", {"village": 1, "head": "别人", "members": 1, "active": True})
    with pytest.raises(Overtaken, match="重新核对"):
        apply_import(township, preview, file_source(path))
    assert len(live(township, "household")) == 1


def test_several_sheets_come_as_one_import(township: Township, tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        ("白沙", [TITLES, ["白沙村", "2021-03-01", 1, "修路"]]),
        ("石桥", [["日期", "村名", "金额（元）"], ["2021-03-01", "石桥村", 2]]),
        ("说明", [["请按村填写"]]),
    )
    ledger = township.catalogue.ledgers["fund_raising"]
    sheets, others = read_sheets(
        township.catalogue, ledger, file_source(path), [("白沙", None), ("石桥", None)]
    )
    preview = preview_import(township, ledger.key, sheets, Wishes(), others)
    assert [(row.sheet, row.deed) for row in preview.rows] == [("白沙", RowDeed.ADD), ("石桥", RowDeed.ADD)]
    assert preview.other_sheets == ("说明",)


def test_a_preview_of_many_changes_stays_small_tells_how_far_it_is_and_can_be_stopped(
    township: Township, tmp_path: Path
) -> None:
    """100,000 changed rows take some 150 MB and tell 200 times how far they are; here is a fiftieth of that."""
    count = 2000
    names = [f"户主{number}" for number in range(count)]
    rows = [{"village": 1, "head": name, "address": name, "members": 3, "active": True} for name in names]
    with township.database.writing() as conn:
        records.insert_many(conn, township.tables, "household", rows, "甲")
    path = houses(tmp_path / "a.xlsx", *(["白沙村", name, name, 4, ""] for name in names))
    ledger = township.catalogue.ledgers["household"]
    sheets, others = read_sheets(township.catalogue, ledger, file_source(path))
    told: list[tuple[int, int]] = []

    def tell(done: int, whole: int, _what: str = "", /) -> None:
        told.append((done, whole))

    preview_import(township, "household", sheets, Wishes(), others)  # what is read once is read
    tracemalloc.start()
    preview = preview_import(township, "household", sheets, Wishes(), others, tell)
    taken, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert preview.count(RowDeed.UPDATE) == count
    assert told == [(done, count) for done in range(500, count + 1, 500)]
    assert taken < 3000 * count, "bytes for each row that is kept"

    def stop(_done: int, _whole: int, _what: str = "", /) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        preview_import(township, "household", sheets, Wishes(), others, stop)
