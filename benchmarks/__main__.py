"""`python -m benchmarks`: measure the interactions that matter, each beside its floor in the same run."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import (
    browsing,
    document,
    figures,
    growth,
    password,
    saving,
    start,
    window,
    workbooks,
    writing,
)
from benchmarks.measured import Measured
from benchmarks.prepared import demo


def main() -> int:
    """Print a line for each measurement; 1 where a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--records", type=int, default=1_000_000, help="records of the township and of the long ledger"
    )
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the workbook")
    parser.add_argument(
        "--only",
        default="1234567890wp",
        help="numbers of the targets, for example 147; 0 is the tenth, w the window, p a password",
    )
    parser.add_argument("--folder", type=Path, help="keep the prepared townships here for the next run")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="zhengui-benchmarks-") as temporary:
        work = Path(temporary)
        kept = given.folder or work
        missed = 0
        for number, measuring in plan(kept, work, given.records, given.rows).items():
            if set(number) & set(given.only):
                for measured in measuring():
                    print(measured.line(), flush=True)
                    missed += not measured.good
    print(f"{missed} of the targets missed" if missed else "all targets kept")
    return int(missed > 0)


def plan(kept: Path, work: Path, records: int, rows: int) -> dict[str, Callable[[], Iterator[Measured]]]:
    """What is measured, by the numbers of its targets; the large township is made only where it is needed."""
    return {
        "1": lambda: start.measure(demo(kept, 30_000), work),
        "23": lambda: figures.measure(demo(kept, records), work),
        "4": lambda: saving.measure(demo(kept, 30_000), work),
        "56": lambda: workbooks.measure(demo(kept, 30_000), work, rows),
        "7": lambda: browsing.measure(demo(kept, 30_000), work, records),
        "8": lambda: document.measure(demo(kept, records), demo(kept, 30_000), work),
        "9": lambda: growth.measure(demo(kept, 30_000), work, rows),
        "0": lambda: writing.measure(demo(kept, 30_000), work),
        "w": lambda: window.measure(demo(kept, records), work),
        "p": lambda: password.measure(demo(kept, 30_000), work),
    }


if __name__ == "__main__":
    raise SystemExit(main())
