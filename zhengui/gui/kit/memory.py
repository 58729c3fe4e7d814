"""What this computer remembers of the window between starts: the last data file, the place, the text size."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from zhengui.paths import user_folder


class Memory(NamedTuple):
    """`last` is a path, `geometry` the window's own bytes in hexadecimal, `tabs` the rail as JSON.

    `person` is who logged in last on this computer, `stick` the data file of which it was said that it lies on a stick.
    """

    last: str = ""
    geometry: str = ""
    folded: bool = False
    large: bool = False
    tabs: str = ""
    person: str = ""
    stick: str = ""


def _file() -> Path:
    return user_folder() / "window.json"


def recall() -> Memory:
    """What was remembered; nothing where the file is missing or makes no sense."""
    try:
        read: Any = json.loads(_file().read_text(encoding="utf-8"))
        texts = {key: str(read.get(key, "")) for key in ("last", "geometry", "tabs", "person", "stick")}
        return Memory(**texts, folded=bool(read.get("folded")), large=bool(read.get("large")))
    except (OSError, ValueError, AttributeError):
        # Missing at the first start, or spoilt: then the window opens as it does the first time.
        return Memory()


def remember(**changes: str | bool) -> None:
    """Remember something else; a folder that can't be written to costs only the memory."""
    try:
        new = recall()._replace(**changes)  # type: ignore[arg-type]
        _file().write_text(json.dumps(new._asdict(), ensure_ascii=False), encoding="utf-8")
    except OSError as trouble:
        import logging

        logging.getLogger(__name__).warning("window.json was not written: %s", type(trouble).__name__)
