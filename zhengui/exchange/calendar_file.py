"""Days as an iCalendar file (RFC 5545), which Outlook, WPS and telephones take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_LONGEST = 75


@dataclass(frozen=True, slots=True)
class DayEvent:
    """Something that lasts a day: `key` stays the same from one export to the next."""

    key: str
    day: date
    title: str
    note: str = ""
    kind: str = ""


def calendar_file(name: str, events: Sequence[DayEvent], made: datetime) -> bytes:
    """The file: a calendar called `name`; lines end with CRLF and none is longer than 75 bytes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Zhengui//Zhengui//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        *(line for event in events for line in _event(event, made)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in folded(line)).encode()


def _event(event: DayEvent, made: datetime) -> Iterable[str]:
    after = event.day + timedelta(days=1)
    stamp = made.astimezone(UTC)
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.key)}@zhengui"
    yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{after:%Y%m%d}"
    yield f"SUMMARY:{escaped(event.title)}"
    if event.note:
        yield f"DESCRIPTION:{escaped(event.note)}"
    if event.kind:
        yield f"CATEGORIES:{escaped(event.kind)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """A text as the standard wants it."""
    told = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return told.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 bytes, none broken within a character; those after the first begin with a blank."""
    piece, size = "", 0
    for character in line:
        wide = len(character.encode())
        if size + wide > _LONGEST:
            yield piece
            piece, size = " ", 1
        piece += character
        size += wide
    yield piece
