"""Empty the recycle bin by rule: what has lain there long enough goes for good, and the log says so without its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.problem import StorageProblem
from zhengui.storage.records import emptying, log

#: The rule: after how many days; 0 or not set for never.
DAYS = "bin.days"
SHORTEST, LONGEST = 30, 3650


@dataclass(frozen=True, slots=True)
class Emptied:
    """How many records of each ledger go, and how many stay because something rests on them."""

    gone: Mapping[str, int]
    kept: int

    @property
    def count(self) -> int:
        """All that go."""
        return sum(self.gone.values())


@reads
def rule(reading: Reading) -> int:
    """After how many days the bin is emptied; 0 for never."""
    told = reading.setting(DAYS)
    return int(told) if told.isdecimal() else 0


@writes(Right.MANAGE)
def set_rule(writing: Writing, days: int) -> None:
    """Say after how many days the bin is emptied; 0 for never."""
    if days != 0 and not SHORTEST <= days <= LONGEST:
        raise StorageProblem(f"清空回收站的天数请写 {SHORTEST} 到 {LONGEST} 之间，或写 0（不清空）。")
    writing.keep_setting(DAYS, str(days))


@reads
def would_go(reading: Reading, days: int) -> Emptied:
    """What has lain in the bin for so many days, and may go."""
    gone, kept = {}, 0
    for ledger in reading.tables.catalogue.ledgers:
        ids, staying = emptying.due(reading.conn, reading.tables, ledger, _before(reading, days))
        kept += staying
        if ids:
            gone[ledger] = len(ids)
    return Emptied(gone, kept)


@reads
def due_by_rule(reading: Reading) -> Emptied:
    """What the office's rule takes out now; nothing where there is none."""
    days = rule(reading)
    return would_go(reading, days) if days else Emptied({}, 0)


@writes(Right.MANAGE)
def empty(writing: Writing, days: int) -> Emptied:
    """Take what has lain there for so many days out for good; who did it and of what kind it was stays in the log."""
    if days < SHORTEST:
        raise StorageProblem(f"移到回收站不满 {SHORTEST} 天的不清空，以便发现删错了还能恢复。")
    gone, kept = {}, 0
    for ledger in writing.tables.catalogue.ledgers:
        ids, staying = emptying.due(writing.conn, writing.tables, ledger, _before(writing, days))
        kept += staying
        if ids:
            emptying.take_out(writing.conn, writing.tables, ledger, ids)
            log.note(writing.conn, "empty_bin", ledger=ledger, count=len(ids))
            gone[ledger] = len(ids)
    return Emptied(gone, kept)


@writes(Right.MANAGE)
def empty_by_rule(writing: Writing) -> Emptied:
    """The same by the office's rule; nothing goes where there is none."""
    days = rule(writing)
    return empty(writing, days) if days else Emptied({}, 0)


def _before(reading: Reading, days: int) -> datetime:
    # More days than there were mean the first day that there is.
    return datetime.combine(
        reading.today - timedelta(days=min(days, reading.today.toordinal() - 1)), time.max
    )
