"""Numbers of any size in Chinese numerals: 一千二百八十七, 十二万零五百, 九十八点六五."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿")


def in_chinese(number: int | Decimal) -> str:
    """A number below a quintillion in Chinese numerals, a fraction digit by digit after 点."""
    value = Decimal(number)
    if value < 0:
        return "负" + in_chinese(-value)
    text = f"{value:f}"
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    told = _whole(int(whole))
    return told + ("点" + "".join(_DIGITS[int(digit)] for digit in fraction) if fraction else "")


def measured_in_chinese(number: int | Decimal, unit: str) -> str:
    """A number with its measure word: 两次, 两万元, but 十二次 and 百分之二."""
    told = in_chinese(number)
    whole = Decimal(number) == int(number)
    if whole and unit and not unit.startswith("%") and (told == "二" or told[:2] in ("二千", "二万", "二亿")):
        told = "两" + told[1:]
    return told + unit


def _whole(number: int) -> str:
    if number == 0:
        return _DIGITS[0]
    groups = []
    while number:
        number, rest = divmod(number, 10_000)
        groups.append(rest)
    told = ""
    gap = False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            gap = bool(told)
            continue
        if told and (gap or group < 1000):
            told += _DIGITS[0]
        told += _group(group, first=not told) + _GROUPS[place]
        gap = False
    return told


def _group(number: int, first: bool) -> str:
    """Up to four digits; at the very front 十二, never 一十二."""
    told = ""
    gap = False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if not digit:
            gap = bool(told)
            continue
        if gap:
            told += _DIGITS[0]
            gap = False
        one_ten = first and not told and place == 1 and digit == 1
        told += ("" if one_ten else _DIGITS[digit]) + _PLACES[place]
    return told
