"""#7: a ledger of a million records as a table: its first page, jumps, sorting, searching."""

from __future__ import annotations

import random
from array import array
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measured import Measured, best, once
from benchmarks.prepared import copy_of, fill, opened
from zhengui.services.township.township import Township
from zhengui.storage.browse.pages import Selection, first_ids, ids_of, page
from zhengui.storage.file.indexing import catch_up_all

LEDGER = "hazard"
SCREEN = 40


def measure(database: Path, work: Path, count: int) -> Iterator[Measured]:
    """Seconds of the clock; what a worker does behind a table that stays usable is named so."""
    copy = copy_of(database, work, "browsing")
    fill(copy, LEDGER, count)
    with opened(copy) as township:
        ids = listed(township, Selection(LEDGER))
        chance = random.Random(7)
        whole = best(lambda: listed(township, Selection(LEDGER)), 3)
        jump = max(once(lambda: shown(township, ids, chance.randrange(len(ids)))) for _ in range(50))
        yield Measured(7, f"{len(ids)} rows: all row ids, in the background", whole, 0.7)
        yield Measured(7, "any jump of the scroll bar, the slowest of 50", jump, 0.05)
        for key in ("found_on", "village", "grade", "place", "cost"):
            chosen = Selection(LEDGER, sort=key)
            note = "in the background"
            if key in ("grade", "place", "cost"):
                begun = best(lambda c=chosen: begins(township, c), 2)
                yield Measured(7, f"sort by {key}, its first page", begun, 0.7, note=note)
            yield Measured(7, f"sort by {key}", best(lambda c=chosen: listed(township, c), 2), 0.7, note=note)
        building = once(lambda: catch_up_all(township.database, [LEDGER]))
        note = f"the index was built in the background in {building:.1f} s"
        seen = best(lambda: begins(township, Selection(LEDGER, search="青石")), 3)
        yield Measured(7, "search of two characters, its first page", seen, 0.05, note=note)
        every = best(lambda: listed(township, Selection(LEDGER, search="青石")), 3)
        note = f"in the background; {len(listed(township, Selection(LEDGER, search='青石')))} records"
        yield Measured(7, "search of two characters, all that it finds", every, 0.7, note=note)


def listed(township: Township, selection: Selection) -> array[int]:
    """The ids of a selection in order."""
    with township.database.reading() as conn:
        return ids_of(conn, township.tables, selection)


def shown(township: Township, ids: array[int], first: int) -> None:
    """Read one screen of rows."""
    with township.database.reading() as conn:
        page(conn, township.tables, LEDGER, ids[first : first + SCREEN])


def begins(township: Township, selection: Selection) -> None:
    """Find the first records of a selection and read a screen of them, as the table does before it has all."""
    with township.database.reading() as conn:
        found = first_ids(conn, township.tables, selection)
    assert found is not None
    assert len(found) >= SCREEN
    shown(township, found, 0)
