"""The computer's clock, which an empty battery sets back by years: is it behind what is written down already?"""

from __future__ import annotations

from datetime import datetime, timedelta

from zhengui.services.township.reading import Reading, reads
from zhengui.storage.records import log

__all__ = ["clock_behind"]

#: A clock may go wrong by so much without harm: summer time, another zone, a few slow hours.
ALLOWED = timedelta(days=1)


@reads
def clock_behind(reading: Reading, now: datetime | None = None) -> str:
    """What to say where the computer is behind the file's own log; empty where it is not.

    With a clock set back nothing is due, new records lie in a year long past, and the log runs backwards.
    """
    moment = now or datetime.now()
    last = log.latest(reading.conn)
    if last is None or last - moment <= ALLOWED:
        return ""
    return (
        f"这台电脑的日期是 {moment.year}年{moment.month}月{moment.day}日，"
        f"可是这份台账在 {last.year}年{last.month}月{last.day}日已经改过。"
        "请先在系统里把日期和时间调对，再登记，否则到期提醒、登记时间和操作记录的先后都会不对。"
    )
