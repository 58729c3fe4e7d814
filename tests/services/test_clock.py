"""A clock set back is told when the file is opened: nothing would be due, and the log would run backwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from zhengui.services.entry.record import save
from zhengui.services.township.clock import clock_behind
from zhengui.services.township.township import Township, create_township
from zhengui.storage.records import log


@pytest.fixture(scope="module")
def at_work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Township]:
    made = create_township(tmp_path_factory.mktemp("clock") / "清河镇.zgdb", "清河镇", "李明")
    save(made, "department", {"name": "党政办", "active": True})
    yield made
    made.close()


def test_a_clock_behind_the_log_is_told_with_both_days(at_work: Township) -> None:
    now = datetime.now()
    told = clock_behind(at_work, datetime(2009, 1, 1, 8))
    assert told.startswith("这台电脑的日期是 2009年1月1日，")
    assert f"{now.year}年{now.month}月{now.day}日已经改过" in told
    assert "请先在系统里把日期和时间调对" in told


def test_a_right_clock_and_one_that_is_a_few_hours_slow_are_fine(at_work: Township) -> None:
    assert clock_behind(at_work) == ""
    assert clock_behind(at_work, datetime.now() - timedelta(hours=20)) == ""


def test_going_on_with_a_wrong_clock_does_not_hide_it(
    at_work: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Battery(datetime):
        @classmethod
        def now(cls, _tz: object = None) -> datetime:  # type: ignore[override]
            return datetime(2009, 1, 1, 8)

    monkeypatch.setattr(log, "datetime", Battery)
    save(at_work, "department", {"name": "财政所", "active": True})
    with at_work.reading() as reading:
        (newest,) = log.lines(reading.conn, limit=1)
    assert newest.at.year == 2009
    assert "请先在系统里" in clock_behind(at_work, datetime(2009, 1, 1, 9))
