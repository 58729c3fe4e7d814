"""Pack the frozen program as the portable copy: the same folder makes the same file, and its Chinese name stays readable.

usage: portable_zip.py frozen-folder file.zip

Its entries are sorted, carry one fixed time and say that their names are UTF-8, which Windows' own unpacking asks for.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

#: The folder that unpacking makes, and the file that makes the copy portable (zhengui/paths.py looks for it).
FOLDER = "政规"
MARK = "便携版.txt"
#: The earliest time that a zip can say.
TIME = (1980, 1, 1, 0, 0, 0)


def pack(stage: Path, target: Path, mark: bytes) -> None:
    """Write the zip."""
    files = {path.relative_to(stage).as_posix(): path for path in stage.rglob("*") if path.is_file()}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name in sorted([*files, MARK]):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", TIME)
            # The same on every system that packs: an ordinary file of a system that writes UTF-8.
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, mark if name == MARK else files[name].read_bytes())


if __name__ == "__main__":
    pack(Path(sys.argv[1]), Path(sys.argv[2]), Path(__file__).with_name("portable.txt").read_bytes())
