"""Look for a data file that is not where it was, and know a backup when one is opened as a data file."""

from __future__ import annotations

import re
import string
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from zhengui.storage.file.copies import SUFFIX
from zhengui.storage.file.vault import has_access

#: A backup's name: the file's, then a day, a moment, or what it was made before.
_BACKUP = re.compile(r"^(.+?)(?:-\d{4}-\d{2}-\d{2}(?:-\d{6})?|-\w+?前-\d{8}-\d{6})$")
_FOLDER = "-备份"
_MOST = 8


@dataclass(frozen=True, slots=True)
class FileCandidate:
    """A data file with its key that may be the one that is missed."""

    path: Path
    written_at: datetime
    size: int


def find(missed: Path) -> list[FileCandidate]:
    """Files that may be the missed one, those of its name first, each with a key beside it."""
    found: dict[Path, FileCandidate] = {}
    for place in _places(missed):
        with suppress(OSError):
            for each in sorted(place.glob(f"*{SUFFIX}")):
                if each != missed and original_name(each) is None and has_access(each):
                    status = each.stat()
                    moment = datetime.fromtimestamp(status.st_mtime)
                    found.setdefault(each.resolve(), FileCandidate(each, moment, status.st_size))
    ordered = sorted(found.values(), key=lambda each: each.written_at, reverse=True)
    return sorted(ordered, key=lambda each: each.path.name != missed.name)[:_MOST]


def original_name(path: Path) -> str | None:
    """The name of the file that `path` is a backup of, without its ending; None for a file that is none."""
    named = _BACKUP.match(path.stem)
    if named is not None:
        return named[1]
    return path.parent.name.removesuffix(_FOLDER) if path.parent.name.endswith(_FOLDER) else None


def original(path: Path) -> Path | None:
    """Where the file of a backup in a backup folder belongs; None for one that lies elsewhere."""
    if original_name(path) is None or not path.parent.name.endswith(_FOLDER):
        return None
    return path.parent.parent / f"{path.parent.name.removesuffix(_FOLDER)}{SUFFIX}"


def _places(missed: Path) -> Iterator[Path]:
    """The folder, those around it, and the same way on other disks."""
    parent = missed.parent
    yield parent
    yield parent.parent
    with suppress(OSError):
        yield from (
            each for each in sorted(parent.iterdir()) if each.is_dir() and not each.name.endswith(_FOLDER)
        )
    with suppress(OSError):
        yield from (each for each in sorted(parent.parent.iterdir()) if each.is_dir())
    if sys.platform == "win32":
        inside = Path(*parent.parts[1:])
        for letter in string.ascii_uppercase:
            yield Path(f"{letter}:\\") / inside
            yield Path(f"{letter}:\\")
    else:
        for root in (Path("/media"), Path("/mnt"), Path("/run/media")):
            with suppress(OSError):
                yield from (each for each in root.glob("*") if each.is_dir())
                yield from (each for each in root.glob("*/*") if each.is_dir())
