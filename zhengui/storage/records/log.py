"""The log of who did what: lines that are only ever added, each a keyed hash of the one before.

While a transaction runs, whoever writes rows names them here (`touch`); at its end one line takes down who, when, which
rows, and the seals of what they hold now. So a row changed behind the program's back no longer fits its line, and a line
that was changed or taken out no longer fits the next. What concerns no row (a log-in, an export) is `note`d.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from zhengui.storage.records.sealed_rows import (
    GONE,
    HISTORY,
    SETTING,
    WATCHED,
    Key,
    names,
    newer,
    record_kind,
    rows,
    seal,
)
from zhengui.storage.schema.straight import run

if TYPE_CHECKING:
    import sqlalchemy as sa

    from zhengui.storage.schema.tables import Tables

_HERE = "zhengui.log"
CHAIN = 32
#: So many lines tell what the time was when the file was last worked on.
_NEWEST = 500
#: Deeds of lines that no row needs.
BEGIN, UPGRADE = "begin", "upgrade"
Starts = tuple[str, ...]
#: What logs sealed of the settings before they said so.
_FIRST_WATCHED = ("parameter.", "review.", "catalogue.own.", "township.", "office.", "returned.", "bin.")


@dataclass(frozen=True, slots=True)
class LogHead:
    """The last line: its number and its chain; `history` is the last line of history that is sealed."""

    line: int = 0
    chain: bytes = b"\0" * CHAIN
    history: int = 0

    def words(self) -> str:
        """As it is printed: the number of the line, and enough of the chain to be compared by eye."""
        told = self.chain[:8].hex().upper()
        return f"{self.line}-{told[:4]}-{told[4:8]}-{told[8:12]}-{told[12:]}"


@dataclass(slots=True)
class Transaction:
    """What one transaction has touched so far. `deed` says what was asked for, where it is known.

    `history` is the last line of history from before it.
    """

    touched: dict[str, set[Key] | range] = field(default_factory=dict)
    notes: list[dict[str, object]] = field(default_factory=list)
    deed: str = ""
    remembered: bool = False
    history: int = 0


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line as it is read: `things` are (kind, keys) with `seals` in their order, `told` what else was noted."""

    id: int
    at: datetime
    who: str
    user: str
    deed: str
    things: tuple[tuple[str, tuple[Key, ...]], ...]
    told: tuple[dict[str, object], ...]
    seals: bytes
    chain: bytes


def begin(conn: sa.Connection, head: LogHead) -> Transaction:
    """Start to take down what a transaction touches."""
    made = Transaction(history=head.history)
    conn.info[_HERE] = made
    return made


def running(conn: sa.Connection) -> Transaction | None:
    """The transaction that is taken down, if one is."""
    found: Transaction | None = conn.info.get(_HERE)
    return found


def forget(conn: sa.Connection) -> None:
    """The transaction is over."""
    conn.info.pop(_HERE, None)


def touch(conn: sa.Connection, kind: str, keys: Iterable[Key]) -> None:
    """Name rows that are written, or are gone, in this transaction."""
    found: Transaction | None = conn.info.get(_HERE)
    if found is None:
        return
    have = found.touched.get(kind)
    if have is None and isinstance(keys, range):
        found.touched[kind] = keys
    else:
        found.touched[kind] = {*(have or ()), *keys}


def touch_by(info: dict[object, Any], kind: str, key: int) -> None:
    """The same for one row, by what the connection is known by."""
    found: Transaction | None = info.get(_HERE)
    if found is not None:
        have = found.touched.setdefault(kind, set())
        if isinstance(have, set):
            have.add(key)


def touch_records(conn: sa.Connection, ledger: str, ids: Iterable[int], history: bool = False) -> None:
    """The same for records of a ledger; `history`: lines of history were written for them."""
    touch(conn, record_kind(ledger), ids)
    found: Transaction | None = conn.info.get(_HERE)
    if found is not None and history:
        found.remembered = True


def note(conn: sa.Connection, deed: str, **told: Any) -> None:
    """Take down something that concerns no row; `told` must hold no personal data."""
    found: Transaction | None = conn.info.get(_HERE)
    if found is not None:
        found.notes.append({"deed": deed, **told})
        found.deed = found.deed or deed


def name_deed(conn: sa.Connection, deed: str) -> None:
    """Say what the transaction was asked for, unless that was said already."""
    found: Transaction | None = conn.info.get(_HERE)
    if found is not None and deed:
        found.deed = found.deed or deed


def head_of(conn: sa.Connection) -> LogHead:
    """The last line of the log, and the last line of history."""
    row = conn.exec_driver_sql("SELECT id, chain FROM log ORDER BY id DESC LIMIT 1").first()
    history = conn.exec_driver_sql("SELECT max(id) FROM history").scalar() or 0
    return LogHead(row[0], bytes(row[1]), history) if row else LogHead(history=history)


def finish(conn: sa.Connection, tables: Tables, key: bytes, head: LogHead, who: str, user: str) -> LogHead:
    """Write the line of the transaction, if it has done anything; returns the head after it."""
    found = running(conn)
    if found is None or not (found.touched or found.notes):
        return head
    from zhengui.storage.schema import columns

    things: list[object] = []
    seals: list[bytes] = []
    last = head.history
    for kind, keys in found.touched.items():
        in_order = keys if isinstance(keys, range) else sorted(keys)
        _put(conn, tables, key, kind, in_order, things, seals)
    if found.remembered:
        new = sorted(newer(conn, tables, HISTORY, last))
        if new:
            things.append([HISTORY, packed([row for row, _text in new])])
            seals += [seal(key, HISTORY, row, text) for row, text in new]
            last = int(new[-1][0])
    at = columns.moment_text(datetime.now())
    deed = found.deed or "change"
    return LogHead(
        *add_line(conn, key, head, (at, who, user, deed), things, b"".join(seals), found.notes), last
    )


def add_line(
    conn: sa.Connection,
    key: bytes,
    head: LogHead,
    about: tuple[str, str, str, str],
    things: list[object],
    seals: bytes,
    notes: list[dict[str, Any]],
) -> tuple[int, bytes]:
    """Put a line behind the head; returns its number and chain."""
    texts = (json.dumps(things, separators=(",", ":")), json.dumps(notes, ensure_ascii=False))
    line = head.line + 1
    chain = chained(key, head.chain, line, (*about, *texts), seals)
    run(
        conn,
        "INSERT INTO log (id, at, who, user, deed, things, told, seals, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (line, *about, *texts, seals, chain),
    )
    return line, chain


def chained(key: bytes, before: bytes, line: int, texts: tuple[str, ...], seals: bytes) -> bytes:
    """The chain of a line after the one before."""
    told = json.dumps([line, *texts], ensure_ascii=True).encode("ascii")
    return hashlib.blake2b(before + told + seals, key=key, digest_size=CHAIN).digest()


def _put(
    conn: sa.Connection,
    tables: Tables,
    key: bytes,
    kind: str,
    keys: Sequence[Key],
    things: list[Any],
    seals: list[bytes],
) -> None:
    if not keys:
        return
    held = {row: seal(key, kind, row, text) for row, text in rows(conn, tables, kind, keys)}
    things.append([kind, packed(keys)])
    seals.append(b"".join(held.get(each, GONE) for each in keys))


def begin_log(
    conn: sa.Connection,
    tables: Tables,
    key: bytes,
    kinds: Iterable[str],
    deed: str,
    settings: Starts = WATCHED,
) -> LogHead:
    """Seal everything that is there, as the first line of a file's log, or after its tables were changed.

    `settings`: of the settings, those that begin so.
    """
    from zhengui.storage.schema import columns

    things: list[Any] = []
    seals = []
    for kind in kinds:
        held = sorted(
            (row, seal(key, kind, row, text))
            for row, text in rows(conn, tables, kind)
            if kind != SETTING or str(row).startswith(settings)
        )
        if held:
            things.append([kind, packed([row for row, _seal in held])])
            seals.append(b"".join(each for _row, each in held))
    head = head_of(conn)
    about = (columns.moment_text(datetime.now()), "", "", deed)
    sealed = [{"sealed": names()}]
    return LogHead(*add_line(conn, key, head, about, things, b"".join(seals), sealed), head.history)


def not_sealed(conn: sa.Connection) -> set[str]:
    """What this version seals and the log has never begun to."""
    told = conn.exec_driver_sql("SELECT told FROM log WHERE deed IN (?, ?)", (BEGIN, UPGRADE)).scalars()
    known = {name for text in told for each in json.loads(text) for name in each.get("sealed", ())}
    return set(names()) - known - (set() if known else {f"{SETTING}:{start}" for start in _FIRST_WATCHED})


def packed(keys: Sequence[Key]) -> str | list[str]:
    """Keys in order as the log keeps them: numbers as spans (1-20000,20005), texts one by one."""
    if isinstance(keys, range):
        return f"{keys[0]}-{keys[-1]}" if len(keys) > 1 else str(keys[0])
    if isinstance(keys[0], str):
        return [str(each) for each in keys]
    spans: list[list[int]] = []
    for each in keys:
        number = int(each)
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ",".join(f"{first}-{last}" if last > first else str(first) for first, last in spans)


def unpacked(text: str | list[str]) -> tuple[Key, ...]:
    """The keys again."""
    if isinstance(text, list):
        return tuple(text)
    found: list[int] = []
    for span in text.split(","):
        first, _to, last = span.partition("-")
        found += range(int(first), int(last or first) + 1)
    return tuple(found)


def lines(conn: sa.Connection, before: int | None = None, limit: int = -1) -> Iterator[LogLine]:
    """The lines, the newest first: those before a number, at most `limit`."""
    test, asked = ("WHERE id < ? ", (before,)) if before is not None else ("", ())
    query = f"SELECT * FROM log {test}ORDER BY id DESC LIMIT {int(limit)}"
    for row in conn.exec_driver_sql(query, asked):
        yield line_of(row)


def about(conn: sa.Connection, line: int) -> tuple[str, str] | None:
    """When a line was written and who did what it tells; None where there is no such line."""
    row = conn.exec_driver_sql("SELECT at, who FROM log WHERE id = ?", (line,)).first()
    return (str(row[0]), str(row[1])) if row is not None else None


def latest(conn: sa.Connection) -> datetime | None:
    """The latest time by the clock among the newest lines, which a clock set back since does not hide."""
    from zhengui.storage.schema import columns

    (at,) = conn.exec_driver_sql(
        f"SELECT max(at) FROM (SELECT at FROM log ORDER BY id DESC LIMIT {_NEWEST})"
    ).one()
    return columns.moment_of(at) if at is not None else None


def numbers_of(conn: sa.Connection, deed: str) -> list[int]:
    """The lines of one deed."""
    found = conn.exec_driver_sql("SELECT id FROM log WHERE deed = ? ORDER BY id", (deed,))
    return [int(row[0]) for row in found]


def record_of_history(conn: sa.Connection, line: int) -> tuple[str, int] | None:
    """The ledger and record that a line of history tells of."""
    row = conn.exec_driver_sql("SELECT ledger, record FROM history WHERE id = ?", (line,)).first()
    return (str(row[0]), int(row[1])) if row is not None else None


def line_of(row: sa.Row[*tuple[object, ...]]) -> LogLine:
    """A stored line as a value."""
    from zhengui.storage.schema import columns

    things = tuple((kind, unpacked(keys)) for kind, keys in json.loads(row.things))
    told = tuple(json.loads(row.told))
    at = columns.moment_of(row.at)
    return LogLine(
        row.id, at, row.who, row.user, row.deed, things, told, bytes(row.seals or b""), bytes(row.chain)
    )
