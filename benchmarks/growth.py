"""#9: four times the records, and what they cost: never more than four times as much."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks import browsing, workbooks
from benchmarks.measured import Measured, best, in_child
from benchmarks.prepared import copy_of, emptied, fill, opened
from zhengui.figures.period import year
from zhengui.services.counting.compute_figures import compute, measures_of
from zhengui.services.township.township import Township
from zhengui.storage.browse.pages import Selection

LEDGER = "hazard"
FACTOR = 4
# A fifth is left for the noise of the machine and for trees that grow a level.
LINEAR = 1.2


def measure(database: Path, work: Path, rows: int) -> Iterator[Measured]:
    """Each cost at a quarter of the records, times four, is the floor of the cost at all of them."""
    small = costs(database, work, rows // FACTOR)
    large = costs(database, work, rows)
    for what, seconds in large.items():
        floor = small[what] * FACTOR
        yield Measured(
            9, f"{what}, {rows} records", seconds, LINEAR, floor, f"{FACTOR} x that of {rows // FACTOR}"
        )


def costs(database: Path, work: Path, rows: int) -> dict[str, float]:
    """What figures, paging, export and import cost with so many records in one ledger."""
    full = copy_of(database, work, f"growth-{rows}")
    emptied(full, LEDGER)
    target = copy_of(full, work, f"growth-{rows}-import")
    fill(full, LEDGER, rows)
    book = work / f"growth-{rows}.xlsx"
    found = {}
    with opened(full) as township:
        found["figures of one ledger"] = best(lambda: figures_anew(township), 3)
        ids = browsing.listed(township, Selection(LEDGER))
        chance = random.Random(9)
        found["a jump of the scroll bar"] = best(
            lambda: browsing.shown(township, ids, chance.randrange(len(ids))), 20
        )
    found["export"], _ = in_child(workbooks.EXPORT, full, LEDGER, book)
    found["import"], _ = in_child(workbooks.IMPORT, target, LEDGER, book)
    return found


def figures_anew(township: Township) -> None:
    """Compute the figures of the ledger with nothing kept from before."""
    keys = [
        key
        for key, indicator in township.catalogue.indicators.items()
        if any(measure.ledger == LEDGER for _, measure in measures_of(indicator))
    ]
    township.tables.results.clear()
    compute(township, year(2021), keys=keys)
