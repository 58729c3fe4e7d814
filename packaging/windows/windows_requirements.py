"""Rewrite a requirements file that is meant for every system into one for Windows alone.

usage: windows_requirements.py requirements/dev.txt [package ...]

pip judges `sys_platform == 'win32'` by the computer it runs on, so on Linux it would leave out what Windows needs.
With names only those packages are written. Hashes stay.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Set
from pathlib import Path

_ENTRY = re.compile(r"([A-Za-z0-9_.-]+)==([^ ;\\]+)\s*(?:;\s*(.*?))?\s*\\$")


def for_windows(text: str, names: Set[str] = frozenset()) -> str:
    """The entries of a compiled requirements file that hold on Windows, without their markers."""
    entries: list[list[str]] = []
    for line in text.splitlines():
        if re.match(r"[A-Za-z0-9]", line):
            entries.append([line])
        elif entries and line.strip().startswith("--hash"):
            entries[-1].append(line)
    written = []
    for entry in entries:
        found = _ENTRY.match(entry[0])
        if found is None:
            raise ValueError(f"cannot read this entry: {entry[0]}")
        name, version, marker = found.groups()
        if (names and name.lower() not in names) or "darwin" in (marker or "") or "linux" in (marker or ""):
            continue
        entry[0] = f"{name}=={version} \\"
        entry[-1] = entry[-1].rstrip(" \\")
        written.append("\n".join(entry))
    return "\n".join(written) + "\n"


if __name__ == "__main__":
    wanted = {name.lower().replace("_", "-") for name in sys.argv[2:]}
    print(for_windows(Path(sys.argv[1]).read_text(encoding="utf-8"), wanted), end="")
