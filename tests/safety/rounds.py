"""Do the same list of actions again and again, counted rather than timed, and see what stays.

A round begins on the first page, and everything was seen once before the first. What a round leaves behind, it leaves
each time; a timed trial cannot tell that from pages that it happened to open late.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.safety import leaks

#: So much may be left of a round, for each kind of object: chance (which answer came first) makes a few.
A_FEW = 10


class _Allocated(ctypes.Structure):
    """glibc's `struct mallinfo2`."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost".split()
    )


@dataclass(frozen=True, slots=True)
class Left:
    """After a round: widgets, Python's objects by kind; memory in use, free and held, in MB."""

    widgets: int
    objects: Counter[str]
    used: float
    free: float
    resident: float

    def __str__(self) -> str:
        return (
            f"{self.widgets:,} widgets, {self.objects.total():,} Python objects; "
            f"in use {self.used:.1f} MB, free in the allocator {self.free:.1f} MB, resident {self.resident:.0f} MB"
        )


def allocated() -> tuple[float, float]:
    """What glibc's allocator has given out, and what it has free, in MB; nothing where there is another."""
    if not sys.platform.startswith("linux"):
        return 0.0, 0.0
    told = getattr(ctypes.CDLL(None), "mallinfo2", None)
    if told is None:
        return 0.0, 0.0
    told.restype = _Allocated
    found = told()
    return (found.uordblks + found.hblkhd) / 1e6, found.fordblks / 1e6


def left() -> Left:
    """Count now. Qt's objects are not looked for: each that is found gets a wrapper, and stays counted."""
    for _time in range(3):
        gc.collect()
    widgets = len(QApplication.allWidgets())
    kinds = Counter(f"{type(each).__module__}.{type(each).__qualname__}" for each in gc.get_objects())
    return Left(widgets, kinds, *allocated(), leaks.memory())


def grew(rounds: list[Left]) -> list[str]:
    """What is more after each of the last rounds: it would go on."""
    last = rounds[-3:]
    found = []
    widgets = [each.widgets for each in last]
    if widgets == sorted(set(widgets)) and widgets[-1] - widgets[0] > A_FEW:
        found.append(f"widgets: {widgets}")
    for kind in last[-1].objects:
        counts = [each.objects[kind] for each in last]
        if counts == sorted(set(counts)) and counts[-1] - counts[0] > A_FEW:
            found.append(f"{kind}: {counts}")
    return found


def run(count: int, actions: int = 150, source: Path | None = None) -> list[str]:
    """So many rounds of so many actions, and what still grew in the last three."""
    with leaks.window_of(source) as hand:
        hand.everywhere()
        rounds: list[Left] = []
        for number in range(1, count + 1):
            hand.again()
            for _action in range(actions):
                hand.act()
            hand.again()
            rounds.append(left())
            print(f"round {number}: {rounds[-1]}", flush=True)
            if number > 1:
                more = (rounds[-1].objects - rounds[-2].objects).most_common(14)
                print("   more:", ", ".join(f"{name} +{each}" for name, each in more), flush=True)
        return grew(rounds)
