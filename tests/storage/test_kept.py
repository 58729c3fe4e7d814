"""Settings, drafts, report marks and the labels of registers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from zhengui.storage.file.database import Database
from zhengui.storage.query import references
from zhengui.storage.records import drafts, reporting, settings
from zhengui.storage.records import record as records
from zhengui.storage.schema.versions import ledger_versions


def add(database: Database, ledger: str, **values: Any) -> int:
    with database.writing() as conn:
        return records.insert(conn, database.tables, ledger, values, "王明")


def test_settings(database: Database) -> None:
    tables = database.tables
    with database.writing() as conn:
        assert settings.read(conn, tables, "office.name") is None
        assert settings.read(conn, tables, "office.name", "本镇") == "本镇"
        settings.write(conn, tables, "office.name", "云岭镇", "王明")
        settings.write(conn, tables, "office.widths", {"a": [1, 2]}, "王明")
        settings.write(conn, tables, "office.name", "白沙镇", "李芳")
        settings.write(conn, tables, "officers", 3)
    with database.reading() as conn:
        assert settings.read(conn, tables, "office.name") == "白沙镇"
        assert settings.read_all(conn, tables, "office.") == {
            "office.name": "白沙镇",
            "office.widths": {"a": [1, 2]},
        }
    with database.writing() as conn:
        settings.remove(conn, tables, "office.name")
        assert settings.read(conn, tables, "office.name", "本镇") == "本镇"


def test_drafts_survive_and_are_replaced(database: Database) -> None:
    tables = database.tables
    with database.writing() as conn:
        drafts.keep(conn, tables, "event", None, {"topic": "写了一"}, "王明")
        drafts.keep(conn, tables, "event", None, {"topic": "写了一半"}, "王明")
        drafts.keep(conn, tables, "event", 7, {"people": "十"}, "王明")
        drafts.keep(conn, tables, "event", None, {"topic": "别人的"}, "李芳")
    with database.writing() as conn:
        found = drafts.find(conn, tables, "event", None, "王明")
        assert found is not None
        assert (found.record, found.texts) == (None, {"topic": "写了一半"})
        assert {(d.record, d.who) for d in drafts.left_by(conn, tables, "王明")} == {
            (None, "王明"),
            (7, "王明"),
        }
        drafts.drop(conn, tables, "event", None, "王明")
        assert drafts.find(conn, tables, "event", None, "王明") is None
        assert drafts.find(conn, tables, "event", None, "李芳") is not None


def test_report_marks(database: Database) -> None:
    tables = database.tables
    village = add(database, "village", name="白沙村")
    with database.writing() as conn:
        reporting.mark(conn, tables, "event", village, 202102, True, "王明")
        reporting.mark(conn, tables, "event", village, 202102, False, "李芳")
        reporting.mark(conn, tables, "event", None, 202101, True, "王明")
        before = ledger_versions(conn)["event"]
        found = reporting.marks(conn, tables, "event", 202101, 202112)
        assert [(m.village, m.month, m.zero, m.who) for m in found] == [
            (None, 202101, True, "王明"),
            (village, 202102, False, "李芳"),
        ]
        assert reporting.unmark(conn, tables, "event", None, 202101)
        assert not reporting.unmark(conn, tables, "event", None, 202101)
        assert ledger_versions(conn)["event"] == before + 1


@pytest.fixture
def registers(database: Database) -> Database:
    for name, place, active in (
        ("白沙村", 3, True),
        ("南白沙村", 2, True),
        ("白沙", 1, False),
        ("云岭社区", 4, True),
    ):
        add(database, "village", name=name, sort_order=place, active=active)
    add(database, "person", name="张三", birth_date=date(1990, 1, 1))
    add(database, "household", village=1, head=1)
    return database


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("白沙", ["白沙", "白沙村", "南白沙村"]),
        ("白沙村", ["白沙村", "南白沙村"]),
        ("bs", ["白沙", "白沙村"]),
        ("BSC", ["白沙村"]),
        ("ylsq", ["云岭社区"]),
        ("无", []),
        ("%", []),
        ("", ["白沙", "南白沙村", "白沙村", "云岭社区"]),
    ],
)
def test_registers_are_found_by_name_and_initials(registers: Database, text: str, found: list[str]) -> None:
    with registers.reading() as conn:
        assert [
            name for _, name in references.find_reference(conn, registers.tables, "village", text)
        ] == found


def test_labels_lead_through_registers(registers: Database) -> None:
    with registers.reading() as conn:
        tables = registers.tables
        assert references.labels(conn, tables, "household", [1, 99]) == {1: "张三 白沙村"}
        assert list(references.labels(conn, tables, "village").values()) == [
            "白沙",
            "南白沙村",
            "白沙村",
            "云岭社区",
        ]
        assert references.find_reference(conn, tables, "household", "张三") == [(1, "张三 白沙村")]
        assert references.find_reference(conn, tables, "household", "zs") == [(1, "张三 白沙村")]
        assert references.find_reference(conn, tables, "village", "白沙")[0] == (3, "白沙")


def test_binned_records_are_not_offered_but_still_named(registers: Database) -> None:
    with registers.writing() as conn:
        tables = registers.tables
        records.delete(conn, tables, "village", [1], "王明")
        assert 1 not in dict(references.find_reference(conn, tables, "village", "白沙村"))
        assert references.labels(conn, tables, "village", [1]) == {1: "白沙村"}


def test_initials_follow_the_name(registers: Database) -> None:
    with registers.writing() as conn:
        tables = registers.tables
        records.update(conn, tables, "village", 1, {"name": "金沙村"}, "王明")
        assert references.find_reference(conn, tables, "village", "jsc") == [(1, "金沙村")]
        assert [id_ for id_, _ in references.find_reference(conn, tables, "village", "bsc")] == []
