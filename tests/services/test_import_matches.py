"""Kinds of files that were matched once are known again, can be renamed, written down and forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from zhengui.services.entry.import_matches import (
    ImportMatch,
    all_matches,
    forget_match,
    keep_match,
    match_for,
    read_match,
    written_match,
)
from zhengui.services.entry.incoming import LEAVE
from zhengui.services.township.township import create_township

TITLES = ("村名", "户主姓名", "家庭人口", "组别")
KNOWN = ImportMatch(
    0,
    "农户表",
    "household",
    TITLES,
    {"户主姓名": "head", "组别": ""},
    {"village": {"东方": "东风村", "外": LEAVE}},
)


def test_a_kind_of_file_is_known_again_until_it_is_forgotten(tmp_path: Path) -> None:
    made = create_township(tmp_path / "甲.zgdb", "甲镇", "甲")
    made.working_day = date(2021, 12, 31)
    kept = keep_match(made, KNOWN)
    assert (kept.number, all_matches(made)) == (1, [kept])
    assert match_for(made, "household", [*TITLES[:3], "组 别", "备注"]) == kept
    # As it was kept by the first versions.
    with made.database.writing() as conn:
        old = r"""UPDATE setting SET value = replace(value, 'null', '"\u0000leave"')"""
        assert conn.exec_driver_sql(f"{old} WHERE value LIKE '%null%'").rowcount == 1
    assert all_matches(made) == [kept]
    assert match_for(made, "person", TITLES) is None
    assert match_for(made, "household", ["村名", "其他"]) is None
    assert keep_match(made, replace(KNOWN, name="新名字")).number == 1
    assert [match.name for match in all_matches(made, "household")] == ["新名字"]
    other = keep_match(made, replace(KNOWN, titles=("甲", "乙")))
    assert other.number == 2
    forget_match(made, 1)
    assert [match.number for match in all_matches(made)] == [2]
    made.close()


def test_a_match_written_down_is_read_again(tmp_path: Path) -> None:
    made = create_township(tmp_path / "甲.zgdb", "甲镇", "甲")
    ledger = made.catalogue.ledgers["household"]
    path = tmp_path / "农户表.json"
    path.write_text(written_match(replace(KNOWN, fixed={"active": "是"}), ledger), encoding="utf-8")
    again = read_match(path, ledger)
    assert (again.columns, again.values, again.fixed) == (KNOWN.columns, KNOWN.values, {"active": "是"})
    assert "户主" in path.read_text(encoding="utf-8")
    made.close()
