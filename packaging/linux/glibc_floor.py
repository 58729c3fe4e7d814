"""Read which glibc every shipped binary asks for, and refuse what asks for more than allowed.

usage: glibc_floor.py folder 2.28

Kylin V10 and UOS V20 have 2.28 to 2.31. The version is read from the symbols that a library imports, by objdump; OBJDUMP
names the one for another processor, such as aarch64-linux-gnu-objdump.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

_NEEDED = re.compile(r"\bGLIBC_(\d+)\.(\d+)(?:\.\d+)?\b")
ELF = b"\x7fELF"

Version = tuple[int, int]


def newest(symbols: str) -> Version:
    """The newest glibc that the imported symbols of `objdump -T` ask for; (0, 0) where none is named."""
    imported = (line for line in symbols.splitlines() if "*UND*" in line)
    found = [(int(a), int(b)) for line in imported for a, b in _NEEDED.findall(line)]
    return max(found, default=(0, 0))


def needed(path: Path) -> Version:
    """The newest glibc that a binary asks for."""
    objdump = os.environ.get("OBJDUMP", "objdump")
    told = subprocess.run([objdump, "-T", str(path)], capture_output=True, text=True, check=False)
    return newest(told.stdout)


def binaries(folder: Path) -> list[Path]:
    """Every program and library of a folder."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == ELF:
                    found.append(path)
    return found


def main() -> int:
    """Tell the floor; 1 where a binary asks for more than allowed, with its name."""
    folder, most = Path(sys.argv[1]), tuple(int(part) for part in sys.argv[2].split("."))
    asked = {path: needed(path) for path in binaries(folder)}
    too_new = {path: version for path, version in asked.items() if version > most}
    for path, (major, minor) in sorted(too_new.items()):
        print(f"{path.relative_to(folder)} needs glibc {major}.{minor}")
    major, minor = max(asked.values(), default=(0, 0))
    print(f"{len(asked)} binaries, the newest glibc asked for is {major}.{minor}")
    return 1 if too_new or not asked else 0


if __name__ == "__main__":
    raise SystemExit(main())
