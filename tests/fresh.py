"""A new township for a test: a copy of a file that was made once, which is much sooner there than a new one."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from zhengui.catalogue.model import Catalogue
from zhengui.services.township.township import Township, create_township, open_township

_STEM = "fresh"


@cache
def _made(name: str, operator: str) -> Path:
    """The folder with a township that nobody has touched."""
    folder = Path(tempfile.mkdtemp(prefix="zhengui-fresh-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    create_township(folder / f"{_STEM}.zgdb", name, operator).close()
    return folder


def copied(path: Path, to: Path) -> Path:
    """A copy of a township's file, with its key and whatever else lies beside it, in another folder."""
    for each in path.parent.iterdir():
        if each.is_file() and each.name.startswith(path.stem):
            shutil.copy2(each, to)
    return to / path.name


def fresh_township(path: Path, name: str, operator: str, catalogue: Catalogue | None = None) -> Township:
    """What `create_township` makes with the shipped catalogue, at this path."""
    for each in _made(name, operator).iterdir():
        if each.is_file() and each.name.startswith(_STEM):
            shutil.copy2(each, path.with_name(path.stem + each.name.removeprefix(_STEM)))
    return open_township(path, operator, catalogue)
