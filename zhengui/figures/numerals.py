"""Whole numbers in Chinese numerals, as headings count: 一, 十, 十二, 二十一."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A whole number from 0 to 99 in Chinese numerals; ValueError beyond."""
    if not 0 <= number <= 99:
        raise ValueError("标题序号只到九十九。")
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
