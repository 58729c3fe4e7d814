"""How much a test tries: a part of it in the suite, all of it in `python dev.py long`."""

from __future__ import annotations

import os


def as_many(usually: int, at_length: int) -> int:
    """How many cases to try; `ZHENGUI_LONG=1` asks for all of them."""
    return at_length if os.environ.get("ZHENGUI_LONG") else usually
