"""Whole numbers in Chinese numerals, as headings count: 一, 十, 十二, 二十一."""

from __future__ import annotations

import re

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A whole number from 0 to 999 in Chinese numerals (一百零一, 一百一十); ValueError beyond."""
    if not 0 <= number <= 999:
        raise ValueError("标题序号只到九百九十九。")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    if not hundreds:
        if not tens:
            return _DIGITS[ones]
        return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
    told = f"{_DIGITS[hundreds]}百"
    if not rest:
        return told
    if not tens:
        return f"{told}零{_DIGITS[ones]}"
    return f"{told}{_DIGITS[tens]}十" + (_DIGITS[ones] if ones else "")


#: A blank between a number and the Chinese beside it, and the dot between parts of a line on the screen.
_BLANK, _DOT = re.compile(r"(?<=[0-9%〇-鿿]) (?=[0-9一-鿿])"), " · "


def on_paper(text: str) -> str:
    """A line of the screen as it is printed: no blanks around numbers, and commas for the dots between parts."""
    parts = text.replace(_DOT, "，")
    return _BLANK.sub(lambda at: "" if _beside_number(parts, at.start()) else " ", parts)


def _beside_number(text: str, place: int) -> bool:
    return text[place - 1].isascii() or text[place + 1].isascii()
