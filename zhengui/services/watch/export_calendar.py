"""Write the calendar of a span as an .ics file for other calendars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from zhengui.exchange.calendar_file import DayEvent, calendar_file
from zhengui.services.township.reading import Reading, reads
from zhengui.services.township.rights import Right
from zhengui.services.watch.calendar_entries import calendar_entries
from zhengui.whole_file import write_whole


@reads(Right.EXPORT)
def export_calendar(
    reading: Reading, first: date, last: date, path: Path, villages: Sequence[int] = ()
) -> int:
    """Write everything from `first` to `last`; returns how many entries there are."""
    entries = calendar_entries(reading, first, last, villages)
    events = [
        DayEvent(each.key, each.day, f"{each.kind}：{each.title}", each.note, each.kind) for each in entries
    ]
    name = f"{reading.profile().name}工作日历"
    write_whole(path, calendar_file(name, events, datetime.now()))
    return len(events)
