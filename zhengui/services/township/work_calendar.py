"""The office's working days: the public holidays that are known, and those it entered from a year's notice."""

from __future__ import annotations

from zhengui.figures.working_days import DaysOff, WorkCalendar, is_arranged, read_arrangement
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.records import settings

#: Settings hold a year's notice as it was pasted, by the year after this.
KEY = "holidays."


@reads
def calendar_of(reading: Reading) -> WorkCalendar:
    """The working days by which schedules are made and the pace of the plan is judged."""
    texts = settings.read_all(reading.conn, reading.tables, KEY)
    return WorkCalendar(
        tuple(
            (int(key.removeprefix(KEY)), read_arrangement(int(key.removeprefix(KEY)), text))
            for key, text in sorted(texts.items())
            if text
        )
    )


@reads
def notice_of(reading: Reading, year: int) -> str:
    """The notice that was entered for a year; empty where none was."""
    return reading.setting(f"{KEY}{year}")


@writes(Right.MANAGE)
def keep_notice(writing: Writing, year: int, text: str) -> DaysOff:
    """Keep a year's notice, an empty one to go back to what is known; ValueError says what can't be read."""
    told = text.strip()
    if told:
        read_arrangement(year, told)
    writing.keep_setting(f"{KEY}{year}", told)
    return calendar_of(writing).of(year)


@reads
def in_words(reading: Reading, year: int) -> str:
    """How a year is arranged, in a sentence."""
    arranged = calendar_of(reading).of(year)
    days = f"放假 {len(arranged.off)} 天，调休上班 {len(arranged.worked)} 天"
    if notice_of(reading, year):
        return f"按填入的通知：{days}。"
    if is_arranged(year):
        return f"程序已有这一年的安排：{days}。有变化时再填。"
    return f"这一年的安排程序还没有，只按法定节日算：{days}。通知公布后请填入。"
