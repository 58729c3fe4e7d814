"""Text as it came from a keyboard, a clipboard or a cell, freed of what nobody sees and nobody meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

#: Control characters, invisible ones (zero width, direction, joiners, soft hyphen, variation marks, byte order
#: marks), halves of surrogate pairs, and code points that are no characters at all.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb\ufffe\uffff\ufdd0-\ufdef"
    "\ud800-\udfff\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_DOTS = re.compile(r"\s*[·•‧∙⋅・･●∘]\s*")
_CHARACTER = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BETWEEN_CHARACTERS = re.compile(rf"(?<=[{_CHARACTER}])\s+(?=[{_CHARACTER}（(])")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0xFFE5: 0xA5,
    0x2212: 0x2D,
    0xFE63: 0x2D,
}

_RADICALS = re.compile("[\u2e80-\u2fdf]")
#: What Python calls printable and yet has to go or to be replaced.
_PRINTABLE_ODDITIES = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2e80-\u2fdf\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)


def clean(text: str) -> str:
    """The text without unseen characters, its lines ended one way, nothing blank around it.

    Any text becomes one that the database, a workbook and Word can hold. Radicals that look like characters
    (⽩ for 白), which PDF files hand out on copying, become these characters.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    ended = _LINE_ENDS.sub("\n", text)
    bare = _UNSEEN.sub("", ended)
    return _RADICALS.sub(lambda found: unicodedata.normalize("NFKC", found.group()), bare).strip()


def seen(text: str) -> str:
    """The text without what nobody sees, its lines and blanks as they were typed: what any column and page can hold."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))


def seen_within(value: Any) -> Any:
    """The same of every text in a value, such as JSON holds it: of mappings, keys too, and of lists."""
    if isinstance(value, str):
        return seen(value)
    if isinstance(value, Mapping):
        return {seen_within(key): seen_within(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [seen_within(each) for each in value]
    return value


def is_clean(text: str) -> bool:
    """Whether `clean` would leave the text as it is, blanks around it aside; told quickly."""
    return text.isprintable() and (text.isascii() or not _PRINTABLE_ODDITIES.search(text))


def one_width(text: str) -> str:
    """Full-width letters, digits and marks as plain ones; unlike NFKC it leaves ² and ½ and ① what they are."""
    return text if text.isascii() else text.translate(_WIDE)


def as_name(text: str) -> str:
    """A name as it is kept: blanks between Chinese characters gone, its dots all alike, other blanks single.

    白 沙 村 → 白沙村, 张　三 → 张三, 买买提•艾力 → 买买提·艾力, John  Smith → John Smith.
    """
    line = " ".join(text.split())
    return _BETWEEN_CHARACTERS.sub("", _DOTS.sub("·", line))


def plain(text: str) -> str:
    """Text for comparing: one width, no blanks, no dots inside names, nothing unseen, lower case."""
    folded = unicodedata.normalize("NFKC", clean(text))
    return "".join(_DOTS.sub("", folded).split()).lower()
