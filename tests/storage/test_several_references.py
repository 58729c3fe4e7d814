"""A field that names several records of a register is kept, found, filtered, sorted and traced by each of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.storage.test_browse import fill, ids
from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import Filter, Selection
from zhengui.storage.file.database import Database
from zhengui.storage.query.search import catch_up
from zhengui.storage.records import history, references_to
from zhengui.storage.records import record as records
from zhengui.storage.records.references_to import Reference


@pytest.fixture
def helped(database: Database) -> Database:
    fill(
        database,
        "official",
        {"name": "王一"},
        {"name": "李二"},
        {"name": "赵三"},
        *({"name": f"陈{n}"} for n in range(20)),
    )
    fill(
        database,
        "event",
        {"topic": "甲", "helpers": (3, 1)},
        {"topic": "乙", "helpers": (2,)},
        {"topic": "丙"},
        {"topic": "丁", "helpers": (13, 23)},
    )
    return database


def test_it_is_kept_in_its_order_and_its_changes_are_told(helped: Database) -> None:
    with helped.writing() as conn:
        assert records.fetch_one(conn, helped.tables, "event", 1).values["helpers"] == (3, 1)
        assert records.fetch_one(conn, helped.tables, "event", 3).values["helpers"] is None
        records.update(conn, helped.tables, "event", 1, {"helpers": (1, 2)}, "王明")
        told = history.of_record(conn, helped.tables, helped.tables.catalogue.ledgers["event"], 1)[0]
        assert dict(told.changes)["helpers"] == ((3, 1), (1, 2))
        assert records.duplicate(conn, helped.tables, "event", {"topic": "甲", "helpers": (1, 2)}) == 1


@pytest.mark.parametrize("indexed", [False, True])
def test_each_name_is_found(helped: Database, indexed: bool) -> None:
    if indexed:
        with helped.writing() as conn:
            catch_up(conn, helped.tables, "event")
    assert ids(helped, search="赵三") == [1]
    assert ids(helped, search="李二") == [2]
    assert ids(helped, search="钱四") == []


def test_each_name_filters(helped: Database) -> None:
    def only(**asked: Any) -> list[int]:
        return ids(helped, filters=(Filter("helpers", **asked),))

    assert only(values=(1,)) == [1]
    assert only(values=(3, 2)) == [2, 1]
    assert only(values=(None,)) == [3]
    assert only(contains="王") == [1]
    assert only(contains="陈9") == [4]


def test_rows_are_sorted_by_the_first_name_and_shown_with_all(helped: Database) -> None:
    assert ids(helped, sort="helpers")[-1] == 3
    first = [one for one in ids(helped, sort="helpers") if one != 3]
    assert first == ids(helped, sort="helpers", descending=True)[2::-1]
    with helped.reading() as conn:
        page = browse.page(conn, helped.tables, "event", [1, 4])
        assert page.labels["official"] == {1: "王一", 3: "赵三", 13: "陈9", 23: "陈19"}
        found = browse.distinct_values(conn, helped.tables, Selection("event"), "helpers")
        assert {(each.value, each.label, each.count) for each in found} >= {(3, "赵三", 1), (None, "", 1)}


def test_what_refers_to_a_record_is_known(helped: Database) -> None:
    with helped.reading() as conn:
        assert references_to.find(conn, helped.tables, "official", [1, 3]) == [
            Reference("event", "helpers", 1, 3, (3, 1)),
            Reference("event", "helpers", 1, 1, (3, 1)),
        ]
        assert references_to.find(conn, helped.tables, "official", [5]) == []
