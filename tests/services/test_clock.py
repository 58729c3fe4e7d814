"""A clock set back is told when the file is opened: nothing would be due, and the log would run backwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from zhengui.services.entry.record import save
from zhengui.services.township import keep_backup
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


def test_under_a_clock_that_was_set_back_there_is_no_backup_after_every_save(at_work: Township) -> None:
    now = datetime.now()
    assert keep_backup.back_up_if_due(at_work, now) is not None
    back = now - timedelta(days=400)
    made = []
    for minute in range(0, 70, 5):
        save(at_work, "department", {"name": f"第{minute}站", "active": True})
        made.append(keep_backup.back_up_if_due(at_work, back + timedelta(minutes=minute)))
    assert [5 * place for place, each in enumerate(made) if each is not None] == [0, 30, 60]
