"""Whole numbers in Chinese numerals, as headings count: 一, 十, 十二, 二十一."""

from __future__ import annotations

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
