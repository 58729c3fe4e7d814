"""What was entered and changed lately, as lines that lead to the records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhengui.services.township.reading import Reading, reads
from zhengui.storage.query.references import labels
from zhengui.storage.records.latest import latest

_ACTIONS = {"create": "登记了", "update": "修改了", "delete": "移到回收站：", "restore": "找回了"}


@dataclass(frozen=True, slots=True)
class RecentChange:
    """A deed in words, and the record it was last done to; `removed` lies in the bin."""

    at: datetime
    who: str
    words: str
    label: str
    ledger: str
    record: int
    removed: bool


@reads
def recent_changes(reading: Reading, limit: int = 40) -> list[RecentChange]:
    """The latest deeds, the newest first."""
    found = []
    for deed in latest(reading.conn, reading.tables, limit):
        ledger = reading.catalogue.ledgers[deed.ledger]
        count = f" {deed.count} {ledger.measure_word}{'以上' if deed.more else ''}" if deed.count > 1 else ""
        label = labels(reading.conn, reading.tables, deed.ledger, [deed.record]).get(deed.record, "")
        words = f"{_ACTIONS[deed.action]}{ledger.noun}{count}"
        gone = deed.action == "delete"
        found.append(RecentChange(deed.at, deed.who, words, label, deed.ledger, deed.record, gone))
    return found
