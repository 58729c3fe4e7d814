"""Records are written and read back as the same values, kept in history, and safe against each other."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal

import pytest

from zhengui.storage.file.database import Database
from zhengui.storage.problem import RecordChanged, RecordMissing
from zhengui.storage.records import record as records
from zhengui.storage.schema.versions import ledger_versions

VALUES = {
    "kind": "甲",
    "held_on": date(2021, 3, 5),
    "people": 12,
    "amount": 1_860_000,
    "quantity": Decimal("1.250"),
    "done": True,
    "tags": ("东", "南"),
    "topic": "乡村振兴𠮷",
}


def insert(database: Database, values: dict[str, object] | None = None, ledger: str = "event") -> int:
    with database.writing() as conn:
        return records.insert(conn, database.tables, ledger, VALUES if values is None else values, "王明")


def read(database: Database, record: int, ledger: str = "event") -> records.Record:
    with database.reading() as conn:
        return records.fetch_one(conn, database.tables, ledger, record)


def test_values_come_back_as_they_went_in(database: Database) -> None:
    record = read(database, insert(database))
    assert {key: value for key, value in record.values.items() if value is not None} == VALUES
    assert type(record.values["quantity"]) is Decimal
    assert record.values["done"] is True
    assert (record.version, record.created_by, record.changed_at, record.deleted_at) == (
        1,
        "王明",
        None,
        None,
    )


def test_empty_texts_and_choices_are_empty(database: Database) -> None:
    record = read(database, insert(database, {"topic": "", "tags": (), "people": 0, "done": False}))
    assert record.values["topic"] is None
    assert record.values["tags"] is None
    assert record.values["people"] == 0
    assert record.values["done"] is False


def test_many_are_added_with_consecutive_ids(database: Database) -> None:
    first = insert(database)
    with database.writing() as conn:
        ids = records.insert_many(
            conn, database.tables, "event", ({"people": n} for n in range(25_000)), "导入", batch="b1"
        )
        assert list(ids) == list(range(first + 1, first + 25_001))
        assert records.insert_many(conn, database.tables, "event", [], "导入") == range(ids.stop, ids.stop)
    last = read(database, ids[-1])
    assert (last.values["people"], last.batch) == (24_999, "b1")


def test_ids_are_never_given_twice(database: Database) -> None:
    first = insert(database)
    with database.writing() as conn:
        conn.exec_driver_sql("DELETE FROM l_event")
    assert insert(database) == first + 1


def test_an_update_writes_only_what_differs(database: Database) -> None:
    record = insert(database)
    with database.writing() as conn:
        at = datetime(2021, 4, 1, 8, 30)
        changes = {"kind": "甲", "people": 30, "held_on": date(2021, 3, 6), "tags": None}
        assert records.update(conn, database.tables, "event", record, changes, "李芳", 1, at) == 2
        rows = conn.exec_driver_sql("SELECT action, who, version, at, changes FROM history").fetchall()
    assert [row[:4] for row in rows] == [("update", "李芳", 2, "2021-04-01 08:30:00")]
    assert json.loads(rows[0][4]) == {
        "people": [12, 30],
        "held_on": [20210305, 20210306],
        "tags": ["|东|南|", None],
    }
    changed = read(database, record)
    assert (changed.values["people"], changed.version, changed.changed_by) == (30, 2, "李芳")


def test_saving_without_a_change_leaves_no_trace(database: Database) -> None:
    record = insert(database)
    with database.writing() as conn:
        before = ledger_versions(conn)
        assert records.update(conn, database.tables, "event", record, VALUES, "李芳", 1) == 1
        assert conn.exec_driver_sql("SELECT count(*) FROM history").scalar() == 0
        assert ledger_versions(conn) == before


def test_a_record_changed_meanwhile_is_not_overwritten(database: Database) -> None:
    record = insert(database)
    with database.writing() as conn:
        records.update(conn, database.tables, "event", record, {"people": 1}, "李芳", 1)
    with pytest.raises(RecordChanged) as caught, database.writing() as conn:
        records.update(conn, database.tables, "event", record, {"people": 2}, "王明", 1)
    assert (caught.value.version, caught.value.who) == (2, "李芳")
    assert "李芳" in caught.value.message
    assert read(database, record).values["people"] == 1


def test_many_are_changed_at_once(database: Database) -> None:
    ids = [insert(database, {"people": n}) for n in range(4)]
    with database.writing() as conn:
        records.delete(conn, database.tables, "event", ids[3:], "王明")
        assert records.update_many(conn, database.tables, "event", ids, {"people": 2}, "王明") == 2
    assert [read(database, id_).values["people"] for id_ in ids] == [2, 2, 2, 3]


def test_the_bin_and_back(database: Database) -> None:
    ids = [insert(database) for _ in range(3)]
    with database.writing() as conn:
        assert records.delete(conn, database.tables, "event", [ids[0], ids[1], 999], "王明") == ids[:2]
        assert records.delete(conn, database.tables, "event", ids[:1], "王明") == []
    assert read(database, ids[0]).deleted_by == "王明"
    with pytest.raises(RecordMissing), database.writing() as conn:
        records.update(conn, database.tables, "event", ids[0], {"people": 5}, "王明")
    with database.writing() as conn:
        assert records.restore(conn, database.tables, "event", ids, "李芳") == ids[:2]
    back = read(database, ids[0])
    assert (back.deleted_at, back.deleted_by, back.version) == (None, None, 3)


def test_every_write_counts_in_its_ledger_alone(database: Database) -> None:
    record = insert(database)
    insert(database, {"name": "白沙村"}, "village")
    with database.writing() as conn:
        assert ledger_versions(conn) == {"event": 1, "village": 1}
        records.update(conn, database.tables, "event", record, {"people": 1}, "王明")
        records.delete(conn, database.tables, "event", [record], "王明")
        records.restore(conn, database.tables, "event", [record], "王明")
        assert ledger_versions(conn) == {"event": 4, "village": 1}


def test_a_transaction_is_kept_whole_or_not_at_all(database: Database) -> None:
    def interrupted() -> None:
        with database.writing() as conn:
            records.insert(conn, database.tables, "event", VALUES, "王明")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        interrupted()
    with database.reading() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM l_event").scalar() == 0
        assert ledger_versions(conn) == {}


def test_a_reference_must_exist(database: Database) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        insert(database, {"village": 99})


def test_a_duplicate_is_found_among_live_records(database: Database) -> None:
    record = insert(database)
    key = {"kind": "甲", "held_on": date(2021, 3, 5), "village": None}
    with database.writing() as conn:
        find = records.duplicate
        assert find(conn, database.tables, "event", key) == record
        assert find(conn, database.tables, "event", key, besides=record) is None
        assert find(conn, database.tables, "event", key | {"kind": "乙"}) is None
        records.delete(conn, database.tables, "event", [record], "王明")
        assert find(conn, database.tables, "event", key) is None


def test_fields_named_like_words_of_sql(database: Database) -> None:
    record = insert(database, {"from": date(2021, 1, 1), "to": None}, "duty")
    with database.writing() as conn:
        records.update(conn, database.tables, "duty", record, {"to": date(2021, 2, 1)}, "王明")
    assert read(database, record, "duty").values["to"] == date(2021, 2, 1)


def test_records_come_in_the_order_asked_for(database: Database) -> None:
    ids = [insert(database, {"people": n}) for n in range(3)]
    with database.reading() as conn:
        found = records.fetch(conn, database.tables, "event", [ids[2], 999, ids[0]])
    assert [record.id for record in found] == [ids[2], ids[0]]


def test_values_of_many_records_are_those_of_each(database: Database) -> None:
    rows = [
        {"kind": "甲", "people": 3, "held_on": date(2021, 3, 5), "tags": ("东", "南"), "done": True},
        {"quantity": Decimal("1.250"), "amount": 12_300, "done": False, "topic": "甲 乙"},
        {},
    ]
    with database.writing("李芳") as conn:
        ids = records.insert_many(conn, database.tables, "event", rows, "李芳")
    with database.reading() as conn:
        found = records.values_of(conn, database.tables, "event", [*ids, 99])
        each = {one.id: one.values for one in records.fetch(conn, database.tables, "event", ids)}
        assert records.values_of(conn, database.tables, "event", []) == {}
    photo = "photo"
    assert found == {id_: {k: v for k, v in values.items() if k != photo} for id_, values in each.items()}
