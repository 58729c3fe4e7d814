"""A record's life can be read back, from its creation on."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.storage.small import small_catalogue
from zhengui.catalogue.model import Ledger
from zhengui.storage.file.database import Database
from zhengui.storage.problem import RecordMissing
from zhengui.storage.records import history
from zhengui.storage.records import record as records
from zhengui.storage.schema.tables import Tables

AT = [datetime(2021, 3, day, 9) for day in range(1, 6)]


@pytest.fixture
def lived(database: Database) -> Database:
    """A record that was made, changed twice, deleted and brought back."""
    tables = database.tables
    with database.writing() as conn:
        made = {"people": 1, "held_on": date(2021, 3, 1), "tags": ("东",)}
        records.insert(conn, tables, "event", made, "王明", "批次", AT[0])
        records.update(conn, tables, "event", 1, {"people": 2, "topic": "春"}, "李芳", at=AT[1])
        records.update(conn, tables, "event", 1, {"people": 3, "tags": None, "done": True}, "赵强", at=AT[2])
        records.delete(conn, tables, "event", [1], "李芳", AT[3])
        records.restore(conn, tables, "event", [1], "王明", AT[4])
    return database


def test_everything_that_happened(lived: Database) -> None:
    with lived.reading() as conn:
        found = history.of_record(conn, lived.tables, lived.tables.catalogue.ledgers["event"], 1)
    assert [(c.action, c.who, c.version, c.at) for c in reversed(found)] == [
        ("create", "王明", 1, AT[0]),
        ("update", "李芳", 2, AT[1]),
        ("update", "赵强", 3, AT[2]),
        ("delete", "李芳", 4, AT[3]),
        ("restore", "王明", 5, AT[4]),
    ]
    assert found[-1].changes == {
        "people": (None, 1),
        "held_on": (None, date(2021, 3, 1)),
        "tags": (None, ("东",)),
    }
    assert found[-1].batch == "批次"
    assert found[-2].changes == {"people": (1, 2), "topic": (None, "春")}
    assert found[-3].changes == {"people": (2, 3), "tags": (("东",), None), "done": (None, True)}


def as_of(conn: Any, tables: Tables, ledger: Ledger, record: int, moment: datetime) -> dict[str, Any] | None:
    """The values that a record had at a moment, told by its history alone; None where it wasn't there."""
    found: dict[str, Any] | None = None
    kept: dict[str, Any] = {}
    for change in reversed(history.of_record(conn, tables, ledger, record)):
        if change.at > moment:
            break
        kept |= {key: after for key, (_, after) in change.changes.items()}
        found = None if change.action == "delete" else kept
    return found


def test_a_record_as_it_was(lived: Database) -> None:
    event = lived.tables.catalogue.ledgers["event"]
    with lived.reading() as conn:
        then = [as_of(conn, lived.tables, event, 1, moment) for moment in AT]
        assert as_of(conn, lived.tables, event, 1, datetime(2021, 2, 1)) is None
    assert [found and found.get("people") for found in then] == [1, 2, 3, None, 3]


def test_the_latest_changes_of_all_ledgers(lived: Database) -> None:
    with lived.writing() as conn:
        records.insert(conn, lived.tables, "plan", {"year": 2021}, "王明")
        records.update(conn, lived.tables, "plan", 1, {"year": 2022}, "王明")
        ask = history.recent
        assert [(c.ledger, c.action) for c in ask(conn, lived.tables, 3)] == [
            ("plan", "update"),
            ("event", "restore"),
            ("event", "delete"),
        ]
        assert [c.ledger for c in ask(conn, lived.tables, ledger="event")] == ["event"] * 4


def test_a_record_that_never_was(database: Database) -> None:
    with database.reading() as conn, pytest.raises(RecordMissing):
        history.of_record(conn, database.tables, database.tables.catalogue.ledgers["event"], 9)


def test_changes_of_a_field_that_left_are_kept(lived: Database, tmp_path: Path) -> None:
    lived.close()
    with Database.open(lived.path, small_catalogue(without=("event",))) as fewer, fewer.reading() as conn:
        latest = history.recent(conn, fewer.tables, 10)
    assert latest[2].changes["tags"] == ("|东|", None)
