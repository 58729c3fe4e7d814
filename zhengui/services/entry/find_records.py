"""Records of all ledgers that have a text, with the names they go by; read in a worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zhengui.services.township.reading import Reading, reads
from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import Selection
from zhengui.storage.query.references import labels


@dataclass(frozen=True, slots=True)
class FoundRecords:
    """One ledger's hits: how many, and the first ones as (id, name)."""

    ledger: str
    count: int
    first: tuple[tuple[int, str], ...]


@reads
def find_records(
    reading: Reading, text: str, per_ledger: int, stopped: Callable[[], bool], year: int
) -> list[FoundRecords]:
    """Hits by ledger, of those that a year knows; the ledgers with fewest hits first, for those were meant most likely."""
    found = []
    for ledger in reading.catalogue.in_years(year).live_ledgers.values():
        if stopped():
            break
        ids = browse.ids_of(reading.conn, reading.tables, Selection(ledger.key, search=text))
        if ids:
            first = list(ids[:per_ledger])
            named = labels(reading.conn, reading.tables, ledger.key, first)
            pairs = tuple((record, named.get(record) or ledger.noun) for record in first)
            found.append(FoundRecords(ledger.key, len(ids), pairs))
    return sorted(found, key=lambda hit: hit.count)
