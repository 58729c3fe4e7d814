"""From what a person typed, or a workbook held, to the value of one field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from zhengui.catalogue.model import REFERENCE_TYPES, Field, FieldType
from zhengui.values import moment
from zhengui.values.lookup import IndicatorLookup, Lookup, NameLookup, exact, nearest, plain

#: What one field of one record can hold; None where nothing was entered.
Value = str | int | bool | Decimal | date | tuple[str, ...] | tuple[int, ...] | None

_LARGEST = Decimal(10) ** 12
_YES = frozenset("是 有 对 √ ✓ ✔ y yes true 1 1.0".split())
_NO = frozenset("否 无 没有 错 不是 × ✗ x n no false 0 0.0".split())
_SEPARATORS = re.compile(r"[、，,;；/|\n]+")
_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, 0xFEFF, 0x200B))
_SHOWN_CHOICES = 8


class ValueMistake(ValueError):
    """Text that cannot be the value of a field; the message says what is wrong and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def parse(field: Field, text: str, lookup: Lookup, today: date, year: int | None = None) -> Value:
    """The value that `text` stands for; None for empty text.

    `year` completes dates written without one (3.5, 3月5日) and is the year of `today` unless given.
    Raises ValueMistake. Bounds, required fields and rules are `check`'s work.
    """
    cleaned = text.translate(_CONTROL).replace("\r\n", "\n").replace("\r", "\n").strip()
    if not cleaned:
        return None
    if field.type in REFERENCE_TYPES:
        return _reference(field, cleaned, lookup)
    if field.type is FieldType.INDICATOR:
        return _indicator(cleaned, lookup)
    if field.type in (FieldType.DATE, FieldType.MONTH, FieldType.YEAR):
        return _time(field, cleaned, today, year or today.year)
    return _PARSERS[field.type](field, cleaned)


def _time(field: Field, text: str, today: date, year: int) -> Value:
    found: Value
    if field.type is FieldType.DATE:
        found, example = moment.read_date(text, today, year), "2021-03-05 或 3.5"
    elif field.type is FieldType.MONTH:
        found, example = moment.read_month(text, year), "2021-03 或 3月"
    else:
        found, example = moment.read_year(text), "2021"
    if found is None:
        kind = {FieldType.DATE: "日期", FieldType.MONTH: "月份"}.get(field.type, "年份")
        raise ValueMistake(f"“{_short(text)}”不是一个{kind}，请写成 {example}。")
    return found


def _reference(field: Field, text: str, lookup: Lookup) -> int:
    candidates = lookup.find(field.type.value, text)
    found = exact(text, candidates)
    if not found and len(candidates) == 1 and re.fullmatch(r"\d{15,17}[\dXx]", plain(text)):
        found = list(candidates)  # a person or household named by the ID number
    if len(found) == 1:
        return found[0][0]
    if found:
        raise ValueMistake(f"有 {len(found)} 个“{_short(text)}”，请从列表中选一个。")
    names: Iterable[str] = [label for _, label in candidates]
    if isinstance(lookup, NameLookup):
        names = [*names, *lookup.names(field.type.value)]
    near = nearest(text, names)
    if near:
        raise ValueMistake(f"没有“{_short(text)}”，是“{near}”吗？")
    raise ValueMistake(f"没有“{_short(text)}”，请先在基础信息中登记，或核对名称。")


def _indicator(text: str, lookup: Lookup) -> str:
    if isinstance(lookup, IndicatorLookup):
        key = lookup.indicator_key(text)
        if key is None:
            raise ValueMistake(f"没有“{_short(text)}”这个指标，请从列表中选择。")
        return key
    if not re.fullmatch(r"[a-z][a-z0-9_]*", text):
        raise ValueMistake(f"没有“{_short(text)}”这个指标，请从列表中选择。")
    return text


def _text(field: Field, text: str) -> str:
    return " ".join(text.split("\n")) if "\n" in text else text


def _long_text(field: Field, text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _amount(field: Field, text: str, *units: str) -> Decimal:
    """The number in `text`, in the field's unit; thousands commas, units and a trailing 万 are understood."""
    bare = unicodedata.normalize("NFKC", text)
    bare = re.sub(r"[\s,，¥￥]", "", bare)
    for unit in (unicodedata.normalize("NFKC", field.unit), *units):
        if unit and bare.endswith(unit) and bare != unit:
            bare = bare[: -len(unit)]
            break
    times = Decimal(1)
    if bare.endswith("万") and len(bare) > 1:
        bare, times = bare[:-1], Decimal(10000)
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,2})?", bare, re.ASCII | re.IGNORECASE):
        raise ValueMistake(f"“{_short(text)}”不是数字，请只写数字，如 12。")
    try:
        number = Decimal(bare) * times
    except InvalidOperation:  # pragma: no cover - the pattern above lets nothing through that Decimal refuses
        raise ValueMistake(f"“{_short(text)}”不是数字，请只写数字，如 12。") from None
    if abs(number) >= _LARGEST:
        raise ValueMistake(f"“{_short(text)}”太大，请核对这个数。")
    return number


def _places(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _integer(field: Field, text: str) -> int:
    number = _amount(field, text)
    if _places(number):
        raise ValueMistake(f"“{_short(text)}”不是整数，请写整数，如 12。")
    return int(number)


def _decimal(field: Field, text: str) -> Decimal:
    number = _amount(field, text)
    if _places(number) > field.decimals:
        raise ValueMistake(f"小数点后最多 {field.decimals} 位，现在是“{_short(text)}”。")
    return number.quantize(Decimal(1).scaleb(-field.decimals))


def _money(field: Field, text: str) -> int:
    number = _amount(field, text, "元", "块")
    if _places(number) > 2:
        raise ValueMistake(f"金额精确到分，小数点后最多两位，现在是“{_short(text)}”。")
    return int(number * 100)


def _yes_no(field: Field, text: str) -> bool:
    word = plain(text)
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueMistake(f"请写“是”或“否”，现在是“{_short(text)}”。")


def _pick(field: Field, text: str) -> str | None:
    if text in field.choices:
        return text
    wanted = plain(text)
    return next((choice for choice in field.choices if plain(choice) == wanted), None)


def _choice(field: Field, text: str) -> str:
    found = _pick(field, text)
    if found is not None:
        return found
    near = nearest(text, field.choices)
    if near:
        raise ValueMistake(f"没有“{_short(text)}”这个选项，是“{near}”吗？")
    some = "、".join(field.choices[:_SHOWN_CHOICES])
    more = "等" if len(field.choices) > _SHOWN_CHOICES else ""
    raise ValueMistake(f"没有“{_short(text)}”这个选项，请选择：{some}{more}。")


def _choices(field: Field, text: str) -> tuple[str, ...]:
    whole = _pick(field, text)
    if whole is not None:
        return (whole,)
    chosen: set[str] = set()
    for part in filter(None, (p.strip() for p in _SEPARATORS.split(text))):
        found = _pick(field, part)
        chosen.update([found] if found else [_choice(field, word) for word in part.split()])
    return tuple(choice for choice in field.choices if choice in chosen)


def _id_number(field: Field, text: str) -> str:
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()


def _phone(field: Field, text: str) -> str:
    number = re.sub(r"[\s()]", "", unicodedata.normalize("NFKC", text)).replace("—", "-")
    number = re.sub(r"^(\+|00)86-?", "", number)
    return number.replace("-", "") if re.fullmatch(r"1\d{2}-?\d{4}-?\d{4}", number) else number


def _attachment(field: Field, text: str) -> tuple[int, ...]:
    raise ValueMistake("附件不能用文字填写，请在登记表中添加文件。")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 20 else line[:19] + "…"


_PARSERS: dict[FieldType, Callable[[Field, str], Value]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _long_text,
    FieldType.INTEGER: _integer,
    FieldType.DECIMAL: _decimal,
    FieldType.MONEY: _money,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.YES_NO: _yes_no,
    FieldType.ID_NUMBER: _id_number,
    FieldType.PHONE: _phone,
    FieldType.ATTACHMENT: _attachment,
}
