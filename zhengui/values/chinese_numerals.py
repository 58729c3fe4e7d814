"""Numbers written in Chinese numerals, read back: 一百四十 is 140, 百分之九十八点六五 is 98.65."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
    "俩": 2,
    **{digit: value for value, digit in enumerate("壹贰叁肆伍陆柒捌玖", 1)},
}
_STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}
_ZEROS, _HIGHEST = "零〇○", 10_000
#: The characters of a numeral, for looking for one in a text.
CHARACTERS = "".join([*_DIGITS, *_STEPS, *_GROUPS])
_NUMERAL = re.compile(f"[{CHARACTERS}]+(点[{''.join(_DIGITS)}]+)?")


def read_numeral(text: str) -> Decimal | None:
    """The number of a whole numeral, or None where it is none.

    Digit by digit (二〇二一), by steps (一千二百八十七), with 点 (九十八点六五), shortened (一百二 is 120).
    """
    if not _NUMERAL.fullmatch(text):
        return None
    whole, _, fraction = text.partition("点")
    if all(character in _DIGITS for character in whole):
        number = (
            Decimal("".join(str(_DIGITS[c]) for c in whole)) if len(whole) > 1 else Decimal(_DIGITS[whole])
        )
    else:
        counted = _counted(whole)
        if counted is None:
            return None
        number = Decimal(counted)
    if fraction:
        number += Decimal("0." + "".join(str(_DIGITS[c]) for c in fraction))
    return number


def _counted(text: str) -> int | None:
    """A numeral with steps; None where its steps do not fall."""
    above, total, group, digit, step = 0, 0, 0, None, _HIGHEST  # above 亿, above 万, below, the digit at hand
    for before, character in zip(" " + text, text, strict=False):
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
        elif character in _STEPS:
            if _STEPS[character] >= step or (digit == 0 and before in _ZEROS and character not in "十拾"):
                return None
            step = _STEPS[character]
            group, digit = group + (digit or 1) * step, None
        else:
            if before in _GROUPS and character != "亿":
                return None
            whole = (total if character == "亿" else 0) + group + (digit or 0)
            if not whole:
                return None
            if character == "亿":
                above, total = above + whole * _GROUPS["亿"], 0
            else:
                total += whole * _GROUPS["万"]
            group, digit, step = 0, None, _HIGHEST
    return above + total + group + _last(text, digit or 0)


def _last(text: str, digit: int) -> int:
    """What a last digit is worth: 一百二 is 120, 三万五 is 35000, 一百零二 is 102."""
    before = text[-2:-1]
    worth = _STEPS.get(before, _GROUPS.get(before, 10))
    return digit * worth // 10
