"""Judge a file by its log: the first line that does not follow, and the rows that are not what the log last saw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal

from zhengui.storage.records import log, sealed_rows
from zhengui.storage.records.log import CHAIN, LogLine
from zhengui.storage.records.sealed_rows import GONE, SEAL, Key

if TYPE_CHECKING:
    import sqlalchemy as sa

    from zhengui.storage.schema.tables import Tables

#: Rows of one kind that are named; of more than these only the number is told.
MOST = 50
What = Literal["line", "cut", "changed", "gone", "unknown"]


@dataclass(frozen=True, slots=True)
class LogFinding:
    """`line`: a line doesn't follow the one before; `cut`: lines are gone from the end; else a row, by its kind and key.

    `line` is the log's line that last saw the row, or the one that is wrong; `more` counts rows like it.
    """

    what: What
    line: int
    kind: str = ""
    key: Key = 0
    more: int = 0


@dataclass(frozen=True, slots=True)
class JudgedLog:
    """All that was found, how many lines were read, and how many rows were compared."""

    findings: tuple[LogFinding, ...]
    lines: int
    rows: int


class _Known:
    """What the log last saw of each row: seal and line."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[Key, tuple[bytes, int]]] = {}

    def take(self, line: LogLine) -> bool:
        """Take over what a line tells; False where it doesn't fit together."""
        place = 0
        for kind, keys in line.things:
            held = self.rows.setdefault(kind, {})
            for key in keys:
                held[key] = (line.seals[place : place + SEAL], line.id)
                place += SEAL
        return place == len(line.seals)


def judge(conn: sa.Connection, tables: Tables, key: bytes) -> JudgedLog:
    """Read the whole log, then every row that it seals."""
    known = _Known()
    findings: list[LogFinding] = []
    before, expected, count = b"\0" * CHAIN, 1, 0
    for row in conn.exec_driver_sql("SELECT * FROM log ORDER BY id"):
        count += 1
        line, follows = _follows(key, before, expected, row)
        if line is not None and not known.take(line):
            follows = False
        if not follows and not findings:
            findings.append(LogFinding("line", row.id))
        before, expected = bytes(row.chain), row.id + 1
    highest = conn.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'log'").scalar() or 0
    if highest >= expected or not count:
        findings.append(LogFinding("cut", expected))
    compared = 0
    for kind in sealed_rows.kinds(tables):
        found = list(_compare(conn, tables, key, kind, known.rows.get(kind, {})))
        compared += len(known.rows.get(kind, {}))
        findings += _shortened(found)
    return JudgedLog(tuple(findings), count, compared)


def _follows(
    key: bytes, before: bytes, expected: int, row: sa.Row[*tuple[object, ...]]
) -> tuple[LogLine | None, bool]:
    """A line, and whether it is the one that was written after the one before."""
    texts = (row.at, row.who, row.user, row.deed, row.things, row.told)
    chain = log.chained(key, before, row.id, texts, bytes(row.seals or b""))
    follows = row.id == expected and chain == bytes(row.chain)
    try:
        return log.line_of(row), follows
    except (ValueError, TypeError, KeyError):
        return None, False


def _compare(
    conn: sa.Connection, tables: Tables, key: bytes, kind: str, held: dict[Key, tuple[bytes, int]]
) -> Iterator[LogFinding]:
    """The rows of a kind that are not what the log last saw."""
    seen = set()
    for row, text in sealed_rows.rows(conn, tables, kind):
        seen.add(row)
        last = held.get(row)
        if last is None or last[0] == GONE:
            yield LogFinding("unknown", last[1] if last else 0, kind, row)
        elif sealed_rows.seal(key, kind, row, text) != last[0]:
            yield LogFinding("changed", last[1], kind, row)
    for row, (seal, line) in held.items():
        if row not in seen and seal != GONE:
            yield LogFinding("gone", line, kind, row)


def _shortened(found: list[LogFinding]) -> list[LogFinding]:
    """Not more of one sort than can be read; the last one tells how many others there are."""
    short: list[LogFinding] = []
    for what in ("changed", "gone", "unknown"):
        same = [each for each in found if each.what == what]
        short += islice(same, MOST)
        if len(same) > MOST:
            last = short.pop()
            short.append(LogFinding(last.what, last.line, last.kind, last.key, len(same) - MOST))
    return short
