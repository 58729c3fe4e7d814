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

from zhengui.services.township.reading import Reading, reads
from zhengui.storage.file import copies, own_notes, seals
from zhengui.storage.file.copies import SUFFIX
from zhengui.storage.file.vault import has_access
from zhengui.storage.schema.bare import bare_of

#: A backup's name: the file's, then a day, a moment, or what it was made before.
_BACKUP = re.compile(r"^(.+?)(?:-\d{4}-\d{2}-\d{2}(?:-\d{6})?|-\w+?前-\d{8}-\d{6})$")
_FOLDER = "-备份"
_MOST = 8
#: So many files of one folder are looked into for copies of the one that is open; the note of those that were told.
_MOST_TWINS, _TWINS = 20, "twins"


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


@reads
def twins_of(reading: Reading, path: Path) -> str:
    """What to say of other copies of the open file in its folder, once of each; empty where there are none.

    Two people who each work in a copy of their own never come together again.
    """
    file = seals.noted(bare_of(reading.conn), seals.FILE) or ""
    others = [each for each in sorted(path.parent.glob(f"*{SUFFIX}")) if each != path]
    found = [
        f"“{each.name}”（{content.saves:,} 次保存，最后一次 {datetime.fromtimestamp(each.stat().st_mtime):%Y-%m-%d %H:%M}）"
        for each in others[:_MOST_TWINS]
        if original_name(each) is None
        and has_access(each)
        and (content := copies.look_into_copy(each, file)) is not None
    ]
    told = own_notes.read(_TWINS, own_notes.key_of(path)).get(_TWINS)
    names = "、".join(found)
    if not found or told == [each.name for each in others]:
        return ""
    own_notes.note(_TWINS, own_notes.key_of(path), {_TWINS: [each.name for each in others]})
    return (
        f"同一个文件夹里还有同一份数据的副本：{names}。现在打开的是“{path.name}”。两个文件各登各的，以后合不到一起。"
        "请和同事商定只用一个：先打开另一个看看有没有新的登记，补到这里，再把它移到别处保存。"
    )


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
