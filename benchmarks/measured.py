"""One measurement beside its floor, and how it is taken: the best of several turns, CPU seconds where it can be."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Measured:
    """A line of the table: `target` is the highest ratio to `floor`, or, without a floor, the most seconds."""

    number: int
    what: str
    seconds: float
    target: float
    floor: float | None = None
    floor_is: str = ""
    note: str = ""

    @property
    def reached(self) -> float:
        """What is compared with the target."""
        return self.seconds if self.floor is None else self.seconds / self.floor

    @property
    def good(self) -> bool:
        """Whether the target is kept."""
        return self.reached <= self.target

    def line(self) -> str:
        """The measurement in one line."""
        ours = f"{self.seconds * 1000:10.1f} ms"
        mark = "ok  " if self.good else "OVER"
        if self.floor is None:
            against = f"{'':>20} target {self.target * 1000:6.0f} ms"
        else:
            against = f"{self.reached:7.2f} x {self.floor * 1000:8.1f} ms target {self.target:5.2f} x"
        tail = "; ".join(part for part in (self.floor_is and f"floor: {self.floor_is}", self.note) if part)
        return f"{mark} #{self.number} {self.what:<58}{ours} {against}  {tail}"


def best(action: Callable[[], Any], turns: int = 5) -> float:
    """The shortest time of several turns, in seconds of the clock."""
    found = float("inf")
    for _ in range(turns):
        gc.collect()
        begun = time.perf_counter()
        action()
        found = min(found, time.perf_counter() - begun)
    return found


def once(action: Callable[[], Any]) -> float:
    """The time of one turn, in seconds of the clock."""
    return best(action, 1)


CHILD = """
import json, resource, sys
code, arguments = json.load(sys.stdin)
def used():
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    # ru_maxrss of this process would tell what the process before it had; the kernel's own mark does not.
    own = int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0])
    return sum(each.ru_utime + each.ru_stime for each in spent), max(own, spent[1].ru_maxrss) * 1024
def begin():
    global begun
    begun = used()[0]
def told():
    seconds, memory = used()
    sys.__stdout__.write("\\n" + json.dumps([seconds - begun, memory]) + "\\n")
    sys.__stdout__.flush()
begun = 0  # the start of Python itself counts, as it does for whoever waits
exec(compile(code, "child", "exec"), {"arguments": arguments, "begin": begin, "told": told, "__name__": "child"})
told()
"""


def in_child(code: str, *arguments: Any) -> tuple[float, int]:
    """Run the code in a new Python; CPU seconds (its own children's too) and the largest memory of one process.

    The code finds its `arguments` by that name. It may call `begin()` after what does not count, and `told()` at
    the moment that counts before it leaves.
    """
    # An installed program never compiles its modules anew; a setting that makes it do so would be measured here.
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run = subprocess.run(
        [sys.executable, "-c", CHILD],
        input=json.dumps([code, [str(each) for each in arguments]]),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=settings,
        check=False,
    )
    lines = [line for line in run.stdout.splitlines() if line.startswith("[")]
    if not lines:
        raise RuntimeError(run.stderr or run.stdout)
    seconds, memory = json.loads(lines[0])
    return seconds, memory


def best_in_child(code: str, *arguments: Any, turns: int = 5) -> float:
    """The least CPU of several new processes."""
    return min(in_child(code, *arguments)[0] for _ in range(turns))
