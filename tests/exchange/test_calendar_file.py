"""A calendar file as the standard wants it: folded at 75 bytes, escaped, the same keys each time."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from zhengui.exchange.calendar_file import DayEvent, calendar_file, escaped, folded

MADE = datetime(2021, 12, 6, 9, 0, tzinfo=UTC)


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_an_event_lasts_its_day() -> None:
    event = DayEvent(
        "期限-hazard-3-20211231", date(2021, 12, 31), "白沙市场；消防,通道", "第一行\n第二行", "期限"
    )
    lines = unfolded(calendar_file("云岭镇工作日历", [event], MADE))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "UID:期限-hazard-3-20211231@zhengui" in lines
    assert "DTSTART;VALUE=DATE:20211231" in lines
    assert "DTEND;VALUE=DATE:20220101" in lines
    assert "SUMMARY:白沙市场；消防\\,通道" in lines
    assert "DESCRIPTION:第一行\\n第二行" in lines
    assert "DTSTAMP:20211206T090000Z" in lines


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_no_line_is_longer_than_75_bytes_and_nothing_is_lost(text: str) -> None:
    pieces = list(folded(escaped(text)))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == escaped(text)
