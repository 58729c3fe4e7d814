"""Whether two spellings of a name are one person's: no one judges his own work under another spelling of his name."""

from __future__ import annotations

import re

from zhengui.values.clean import plain

#: What an account adds to a name where two people have the same: a department in brackets, a number.
_ADDED = re.compile(r"[(\[【].*$|\d+$")


def same_person(one: str, other: str) -> bool:
    """王 明 is 王明, full-width and half-width, with 同志 behind it or not; empty names are nobody's."""
    return bool(_bare(one)) and _bare(one) == _bare(other)


def _bare(name: str) -> str:
    told = plain(name).removesuffix("同志")
    return _ADDED.sub("", told) or told
