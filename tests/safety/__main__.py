"""`python -m tests.safety kills 1000`, `grown 20`, `damage 500`, `powercuts 1000`, `leaks 30`, `rounds 6`: the trials in full.

A number behind `kills`, `damage` and `powercuts` with theirs is another seed, for another thousand.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from tests.safety import damage, grown, kills, powercuts, typed


def main(arguments: list[str]) -> int:
    """Run a trial and print what was seen; the status is 1 where anything went wrong."""
    name, *rest = arguments
    if name == "child":
        kills.child(rest[0], Path(rest[1]))
        return 0
    if name == "open":
        grown.child(Path(rest[0]))
        return 0
    if name == "type":
        typed.child(Path(rest[0]))
        return 0
    if name == "cut":
        powercuts.child(rest[0], Path(rest[1]))
        return 0
    count = int(rest[0]) if rest else 100
    begun = time.monotonic()
    if name == "leaks":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from tests.safety import leaks

        more = leaks.run(count, Path(rest[1]) if len(rest) > 1 else None)
        print(f"{count} minutes, {len(more)} grew", *more, sep="\n")
        return 1 if more else 0
    if name == "rounds":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from tests.safety import rounds

        more = rounds.run(count, int(rest[1]) if len(rest) > 1 else 150)
        print(f"{count} rounds, {len(more)} kinds still grew", *more, sep="\n")
        return 1 if more else 0
    seed = int(rest[1]) if len(rest) > 1 else 1
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory() as home:
        os.environ["ZHENGUI_HOME"] = home
        if name == "grown":
            wrong = grown.run(count, Path(place))
        elif name == "kills":
            wrong = kills.run(count, Path(place), seed)
        else:
            trial = powercuts if name == "powercuts" else damage
            answers, wrong = trial.run(count, Path(place), seed)
            print(", ".join(f"{what}: {number}" for what, number in answers.most_common()))
    print(f"{count} {name} in {time.monotonic() - begun:.0f} s, {len(wrong)} went wrong", *wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
