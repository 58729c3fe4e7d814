"""The recycle bin is emptied by rule: nothing of what it held stays, but who did it, and what a document rests on."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.services.test_issue_document import short_document
from zhengui.services.entry import browse_records, record, recycle_bin
from zhengui.services.issue import issue_document
from zhengui.services.township.check_log import check_log, log_entries
from zhengui.services.township.township import Township
from zhengui.storage.problem import StorageProblem

LATER = timedelta(days=40)


def _hazard(place: str, **more: Any) -> dict[str, Any]:
    values = {"found_on": date(2021, 3, 1), "field": "校园", "grade": "一般", "village": 1, "detail": "松动"}
    return {**values, "place": place, **more}


def test_what_lay_there_long_enough_is_gone_without_a_trace_of_it(written: Township) -> None:
    secret = "桥头王小二家"
    saved = record.save(written, "hazard", _hazard(secret))
    record.save(written, "hazard", {"detail": f"{secret}的栏杆"}, saved.id, saved.version)
    record.delete(written, "hazard", [saved.id])
    written.working_day = datetime.now().date()
    assert recycle_bin.would_go(written, 30).count == 0
    written.working_day += LATER
    found = recycle_bin.would_go(written, 30)
    assert found.gone == {"hazard": 1}
    assert recycle_bin.empty(written, 30) == found
    assert browse_records.binned(written) == {}
    with written.database.reading() as conn:
        tables = [
            row[0] for row in conn.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        held = [
            name
            for name in tables
            for row in conn.exec_driver_sql(f"SELECT * FROM {name}")
            if secret in str(row)
        ]
        lines = conn.exec_driver_sql(
            "SELECT action FROM history WHERE ledger = 'hazard' AND record = ?", (saved.id,)
        ).fetchall()
    assert held == []
    assert [row[0] for row in lines] == ["update", "delete"]
    told = log_entries(written, limit=1)[0]
    assert (told.who, told.deed) == ("甲", "清空回收站")
    assert "1 条" in told.what
    assert secret not in told.what
    assert check_log(written).found == ()


def test_what_an_issued_document_counts_stays(written: Township) -> None:
    document = short_document(written)
    issue_document.submit(written, document)
    issue = issue_document.issue(written, document)
    counted = issue_document.issued_content(written, issue.id).records
    each = next(one for one in counted if one.ids)
    record.delete(written, each.ledger, each.ids[:1])
    written.working_day = datetime.now().date() + LATER
    assert recycle_bin.would_go(written, 30).kept == 1
    assert recycle_bin.empty(written, 30).count == 0


def test_a_register_that_something_refers_to_stays(written: Township) -> None:
    official = record.save(written, "official", {"name": "临时工", "active": True}).id
    saved = record.save(written, "hazard", _hazard("渡口", responsible=official))
    record.delete(written, "hazard", [saved.id])
    record.delete(written, "official", [official])
    written.working_day = datetime.now().date() + LATER
    done = recycle_bin.empty(written, 30)
    assert (done.gone, done.kept) == ({"hazard": 1}, 1)
    assert recycle_bin.empty(written, 30).gone == {"official": 1}


@pytest.mark.parametrize("days", [1, 29, -1, 5000])
def test_a_rule_leaves_time_to_think(written: Township, days: int) -> None:
    with pytest.raises(StorageProblem, match="30"):
        recycle_bin.set_rule(written, days)
    assert recycle_bin.due_by_rule(written).count == 0
    recycle_bin.set_rule(written, 60)
    assert recycle_bin.rule(written) == 60
    recycle_bin.set_rule(written, 0)
    assert recycle_bin.empty_by_rule(written).count == 0


def test_the_command_tells_and_empties(written: Township, capsys: pytest.CaptureFixture[str]) -> None:
    from zhengui.cli import run

    path: Path = written.path
    saved = record.save(written, "hazard", _hazard("桥头"))
    record.delete(written, "hazard", [saved.id])
    written.keep_setting("working.day", f"{datetime.now().date() + LATER}")
    written.close()
    assert run(["bin", str(path)]) == 0
    assert "不自动清空" in capsys.readouterr().out
    assert run(["bin", str(path), "--rule", "60", "--empty", "30"]) == 0
    assert "共清空 1 条" in capsys.readouterr().out
