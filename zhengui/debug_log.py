"""What the program does and how long it takes, by area, for whoever looks for a fault; nothing unless asked for.

A line holds the program's own names (services, commands, pages), counts and times. What a person typed cannot come
into it: whatever is not a plain English name or a short number is left out.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TextIO

#: The areas, and what each tells.
AREAS = {
    "command": "a command and its status",
    "file": "reading and writing the data file",
    "service": "what was done, by name",
    "window": "work in the background",
    "page": "laying out and drawing pages",
    "workbook": "reading and writing workbooks",
}
FILE_NAME = "debug.log"
#: Anything else might be somebody's name, number or text.
_FOREIGN = re.compile(r"[^A-Za-z0-9_.:/ =+-]+|\d{6,}")

_areas: frozenset[str] = frozenset()
_targets: list[TextIO] = []
_begun = 0.0


def switch_on(areas: Iterable[str], folder: Path) -> Path:
    """Log these areas, all where none is given, to a new file in a folder and to standard error; the file."""
    global _areas, _begun
    _areas, _begun = frozenset(areas) or frozenset(AREAS), time.perf_counter()
    path = folder / FILE_NAME
    _close()
    _targets.append(path.open("w", encoding="utf-8"))
    if sys.stderr is not None:
        _targets.append(sys.stderr)
    return path


def switch_off() -> None:
    """Log nothing any more."""
    global _areas
    _areas = frozenset()
    _close()


def _close() -> None:
    """Close the file that was written."""
    for target in _targets:
        if target is not sys.stderr:
            target.close()
    _targets.clear()


def note(area: str, what: str) -> None:
    """Log one line of an area, if it is asked for."""
    if area not in _areas:
        return
    line = f"{time.perf_counter() - _begun:9.3f} {area:8} {_FOREIGN.sub('~', what)}\n"
    for target in _targets:
        target.write(line)
        target.flush()


class Timed:
    """Logs, on leaving, how long something took, and by what kind of trouble it was left."""

    __slots__ = ("_area", "_begun", "_what")

    def __init__(self, area: str, what: str) -> None:
        self._area, self._what = area, what

    def __enter__(self) -> None:
        self._begun = time.perf_counter() if _areas else 0.0

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._area in _areas:
            left = f" left by {kind.__name__}" if kind is not None else ""
            took = (time.perf_counter() - self._begun) * 1000
            note(self._area, f"{self._what} {took:.1f} ms{left}")


def asked(arguments: list[str]) -> tuple[list[str], list[str] | None]:
    """The arguments without `--debug` or `--debug=file,window`, and the areas asked for; None where it isn't there."""
    found: list[str] | None = None
    rest = []
    for each in arguments:
        name, _, areas = each.partition("=")
        if name == "--debug":
            found = [area for area in areas.split(",") if area]
        else:
            rest.append(each)
    return rest, found
