"""Whether two spellings of a name are one person's: no one judges his own work under another spelling of his name."""

from __future__ import annotations

import re

from zhengui.values.clean import plain

#: What a person is called by beside his name; a surname alone is no name: 王主任 and 王书记 may be two.
_CALLED = re.compile(
    r"(?<=[\u3400-\u9fff]{2})\s*(?:同志|老师|(?:副)?(?:主任|书记|镇长|乡长|所长|站长|科长|局长|股长|组长|委员)|干事|科员|会计)$"
)
#: The office before a name, as in 应急所周敏.
_OFFICE = re.compile(r"^.*(?:所|站|办|室|中心|局)(?=[\u3400-\u9fff]{2,4}$)")
#: What an account adds to a name where two people have the same: a department in brackets, a number.
_ADDED = re.compile(r"[(\[【].*$|\d+$")


def same_person(one: str, other: str) -> bool:
    """王 明 is 王明, full-width and half-width, with 同志 or a post behind it or not; empty names are nobody's."""
    return bool(_bare(one)) and _bare(one) == _bare(other)


def _bare(name: str) -> str:
    told = plain(name)
    told = _CALLED.sub("", _ADDED.sub("", told) or told)
    return _OFFICE.sub("", told)
