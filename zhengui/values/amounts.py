"""Numbers as people write them: grouped by thousands, in 万 and 亿, with their unit, in percent."""

from __future__ import annotations

import re
from decimal import Decimal

from zhengui.catalogue.model import Field, FieldType
from zhengui.values.chinese_numerals import read_numeral
from zhengui.values.clean import one_width
from zhengui.values.value import ValueMistake, short

_LARGEST = Decimal(10) ** 12
_NUMBER = re.compile(
    r"(?P<digits>[+-]?(?:\d{1,3}(?:(?:,\d{3})+|(?: \d{3})+)(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,2})?)",
    re.ASCII | re.I,
)
_SCALES = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "万亿": 10**12,
}
_SCALED_UNIT = re.compile(r"(万|亿)(.+)")
_ABOUT = re.compile(r"^(约|大约)\s*")
_MONEY = ("元", "块", "块钱", "圆")


def read_integer(field: Field, text: str) -> int:
    """The whole number in `text`."""
    number = _amount(field, text)
    if _places(number):
        told = f"“{short(text)}”不是整数，请写整数，如 12。"
        if field.unit == "%" and 0 < number < 1:
            told = f"“{short(text)}”不是整数。如果是百分之{_bare(number * 100)}，请写 {_bare(number * 100)}。"
        raise ValueMistake(told)
    return int(number)


def read_decimal(field: Field, text: str) -> Decimal:
    """The number in `text`, with the field's places."""
    number = _amount(field, text)
    if _places(number) > field.decimals:
        raise ValueMistake(f"小数点后最多 {field.decimals} 位，现在是“{short(text)}”。")
    return number.quantize(Decimal(1).scaleb(-field.decimals))


def read_money(field: Field, text: str) -> int:
    """The amount in `text`, in 分."""
    number = _amount(field, text)
    if _places(number) > 2:
        raise ValueMistake(f"金额精确到分，小数点后最多两位，现在是“{short(text)}”。")
    return int(number * 100)


def _amount(field: Field, text: str) -> Decimal:
    """The number in `text`, in the field's unit.

    Proper grouping (1,234, and 12 000 as GB/T 15835 has it), the unit or a larger one (3.5万, 3.5亿元 where the
    unit is 万元) and 约 are understood.
    What could be two numbers or another one (12 34, 1，2, 3,5, 10²) is refused.
    """
    bare = _ABOUT.sub("", one_width(text).strip())
    if field.unit == "%" and bare.startswith("百分之"):
        bare = _percent(bare.removeprefix("百分之"))
    bare = bare.removeprefix("¥").lstrip()
    match = _NUMBER.match(bare)
    times = _times(field, bare[match.end() :].strip()) if match else None
    if match is None or times is None:
        comma = "逗号只用来隔开三位，如 1,234。" if re.search(r"\d\s*[,，]\s*\d", bare) else ""
        raise ValueMistake(f"“{short(text)}”不是数字，请只写数字，如 12。{comma}")
    number = Decimal(re.sub("[, ]", "", match["digits"])) * times
    if abs(number) >= _LARGEST:
        raise ValueMistake(f"“{short(text)}”太大，请核对这个数。")
    return number


def _percent(numeral: str) -> str:
    """百分之八十 and 百分之百 as digits; digits stay."""
    read = Decimal(100) if numeral == "百" else read_numeral(numeral)
    return numeral if read is None else f"{read:f}"


def _times(field: Field, ending: str) -> Decimal | None:
    """By what a number with this ending is multiplied to be in the field's unit; None for a strange ending."""
    unit = one_width(field.unit)
    money = field.type is FieldType.MONEY
    scaled = _SCALED_UNIT.fullmatch(unit)
    base, own = (scaled[2], Decimal(_SCALES[scaled[1]])) if scaled else (unit, Decimal(1))
    if not ending or ending == unit:
        return Decimal(1)
    known = ("", base, *(_MONEY if money or base == "元" else ()))
    for word in known:
        scale = ending.removesuffix(word) if word else ending
        if ending.endswith(word) and (scale or word) and scale.strip() in _SCALES:
            return Decimal(_SCALES[scale.strip()]) / own
    return None


def _places(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _bare(number: Decimal) -> str:
    return f"{number.normalize():f}"
