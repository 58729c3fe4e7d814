"""What is asked of many ledgers at once is shared out to two connections, which see one state or don't help."""

from __future__ import annotations

import threading
from datetime import date

import pytest
import sqlalchemy as sa

from zhengui.catalogue.model import Measure, Timing
from zhengui.figures.period import year
from zhengui.storage.counting import shared_out
from zhengui.storage.counting.measures import Scope, evaluate
from zhengui.storage.counting.shared_out import FEWEST_PAGES
from zhengui.storage.file.database import Database
from zhengui.storage.records import record as records
from zhengui.storage.schema.straight import first_of
from zhengui.storage.schema.versions import bump, ledger_versions

DURING = Timing("during", ("held_on",))
ALWAYS = Timing("always", ())
COUNTS = {
    "villages": Measure("count", "village", (), ALWAYS),
    "people": Measure("count", "person", (), ALWAYS),
    "events": Measure("count", "event", (), DURING),
}


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file counts as a large one, and two jobs as many."""
    monkeypatch.setattr(shared_out, "FEWEST_PAGES", 0)
    monkeypatch.setattr(shared_out, "FEWEST_JOBS", 2)


def both(turn: threading.Barrier) -> str:
    """Who asks, once both are there."""
    turn.wait(20)
    return threading.current_thread().name


@pytest.mark.usefixtures("large")
def test_two_threads_work_off_the_jobs(database: Database) -> None:
    turn = threading.Barrier(2)
    with database.reading() as conn:
        asked = shared_out.shared_out(conn, ledger_versions(conn), "ab", str, lambda _conn, _job: both(turn))
    assert sorted(job for job, _who in asked) == ["a", "b"]
    assert len({who for _job, who in asked}) == 2


def test_a_small_file_is_read_by_one(database: Database) -> None:
    with database.reading() as conn:
        assert first_of(conn, "PRAGMA page_count") < FEWEST_PAGES
        asked = shared_out.shared_out(
            conn, ledger_versions(conn), "abc", str, lambda _conn, _job: threading.current_thread()
        )
    assert [who for _job, who in asked] == [threading.current_thread()] * 3


def test_what_one_edit_changed_is_read_by_one(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection that counted these ledgers before knows their pages."""
    monkeypatch.setattr(shared_out, "FEWEST_PAGES", 0)
    few = range(shared_out.FEWEST_JOBS - 1)
    with database.reading() as conn:
        asked = shared_out.shared_out(
            conn, ledger_versions(conn), few, str, lambda _conn, _job: threading.current_thread()
        )
    assert {who for _job, who in asked} == {threading.current_thread()}


@pytest.mark.usefixtures("large")
def test_who_sees_another_state_does_not_help(database: Database) -> None:
    with database.reading() as conn:
        seen = ledger_versions(conn)
        with database.writing() as other:
            bump(other, "event")
        asked = shared_out.shared_out(
            conn, seen, range(50), str, lambda _conn, _job: threading.current_thread()
        )
    assert sorted(job for job, _who in asked) == list(range(50))
    assert {who for _job, who in asked} == {threading.current_thread()}


@pytest.mark.usefixtures("large")
def test_what_the_other_meets_is_told(database: Database) -> None:
    here = threading.current_thread()
    turn = threading.Barrier(2)

    def deed(_conn: sa.Connection, _job: str) -> None:
        turn.wait(20)
        if threading.current_thread() is not here:
            raise OSError("planted")

    with pytest.raises(OSError, match="planted"), database.reading() as conn:
        shared_out.shared_out(conn, ledger_versions(conn), "ab", str, deed)


@pytest.mark.usefixtures("large")
def test_where_one_breaks_off_the_other_does(database: Database) -> None:
    """A statement that would take an hour ends when nobody waits for it any more, and the file can be read again."""
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    here = threading.current_thread()
    turn = threading.Barrier(2)

    def deed(conn: sa.Connection, _job: str) -> None:
        turn.wait(20)
        if threading.current_thread() is here:
            raise KeyboardInterrupt
        first_of(conn, endless)

    with pytest.raises(KeyboardInterrupt), database.reading() as conn:
        shared_out.shared_out(conn, ledger_versions(conn), "ab", str, deed)
    with database.reading() as conn:
        assert first_of(conn, "SELECT count(*) FROM l_event") == 0


@pytest.mark.parametrize("pages", [0, FEWEST_PAGES])
def test_the_figures_are_the_same(database: Database, pages: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_out, "FEWEST_PAGES", pages)
    monkeypatch.setattr(shared_out, "FEWEST_JOBS", 2)
    with database.writing() as conn:
        for ledger, rows in (
            ("village", [{"name": f"村{n}"} for n in range(3)]),
            ("person", [{"name": f"人{n}"} for n in range(7)]),
            ("event", [{"held_on": date(2021, 3, 1), "village": 1} for _ in range(5)]),
        ):
            records.insert_many(conn, database.tables, ledger, rows, "测试")
    with database.reading() as conn:
        found = evaluate(conn, database.tables, COUNTS, Scope(year(2021)), {})
    assert {key: result.value for key, result in found.items()} == {"villages": 3, "people": 7, "events": 5}


@pytest.mark.usefixtures("large")
def test_the_other_begins_with_the_longest_ledger(database: Database) -> None:
    """So no long one is left at the end, when one connection would wait for the other."""
    with database.writing() as conn:
        records.insert_many(conn, database.tables, "person", [{"name": f"人{n}"} for n in range(9)], "测试")
        records.insert_many(conn, database.tables, "village", [{"name": "村"}], "测试")
    turn = threading.Barrier(2)
    with database.reading() as conn:
        asked = shared_out.shared_out(
            conn, ledger_versions(conn), ("village", "person"), str, lambda _conn, _job: both(turn)
        )
        alone = shared_out.shared_out(conn, {}, ("village", "event", "person"), str, lambda _conn, job: job)
    assert {job: who == threading.current_thread().name for job, who in asked} == {
        "village": True,
        "person": False,
    }
    assert [job for job, _found in alone] == ["event", "village", "person"]
