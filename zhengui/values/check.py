"""What is wrong with a record: each field by itself, then the rules between fields."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from zhengui.catalogue.model import Field, FieldType, Ledger
from zhengui.values.days import year_of_record
from zhengui.values.identity import check_id_number, check_phone
from zhengui.values.mistake import Mistake, RuleFacts
from zhengui.values.moment import FIRST_YEAR, LAST_YEAR
from zhengui.values.rules import check_rules
from zhengui.values.show import show_number
from zhengui.values.value import Value

__all__ = ["Mistake", "RuleFacts", "check_field", "check_record"]

#: A long text is not held to the length of a line unless its field asks for a length of its own.
LONG_TEXT_LENGTH = 4000
_LINE_LENGTH = 200


_TYPES: dict[FieldType, type | tuple[type, ...]] = {
    FieldType.TEXT: str,
    FieldType.LONG_TEXT: str,
    FieldType.CHOICE: str,
    FieldType.PHONE: str,
    FieldType.ID_NUMBER: str,
    FieldType.INDICATOR: str,
    FieldType.CHOICES: tuple,
    FieldType.ATTACHMENT: tuple,
    FieldType.DECIMAL: (Decimal, int),
    FieldType.DATE: date,
}


def check_field(field: Field, value: Value, today: date) -> str | None:
    """What is wrong with one value in words, or None. An empty value is wrong only where one is required."""
    if value is None or value == "" or value == ():
        if field.required and field.is_asked and field.type is not FieldType.ATTACHMENT:
            return f"请{'选择' if _is_chosen(field) else '填写'}{field.title}。"
        return "请至少添加一个附件。" if field.required and field.is_asked else None
    expected = tuple if field.many else _TYPES.get(field.type, int)
    if not isinstance(value, expected) or (isinstance(value, bool) != (field.type is FieldType.YES_NO)):
        return f"{field.title}的内容不能识别，请重新填写。"
    if isinstance(value, str):
        return _check_text(field, value)
    if isinstance(value, tuple):
        strange = [v for v in value if v not in field.choices] if field.type is FieldType.CHOICES else []
        return f"没有“{strange[0]}”这个选项，请重新选择。" if strange else None
    if isinstance(value, date):
        return "日期在今天之后，请核对。" if field.not_future and value > today else None
    if field.is_number:
        return _check_number(field, value)
    return _check_time(field, int(value), today)


def _is_chosen(field: Field) -> bool:
    return bool(field.register) or field.type in (FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO)


def _check_text(field: Field, value: str) -> str | None:
    if field.type is FieldType.CHOICE:
        return None if value in field.choices else f"没有“{value}”这个选项，请重新选择。"
    if field.type is FieldType.ID_NUMBER:
        return check_id_number(value)
    if field.type is FieldType.PHONE:
        return check_phone(value)
    limit = length_limit(field)
    if len(value) > limit:
        return f"最多 {limit} 个字，现在有 {len(value)} 个字，请写短一些。"
    return None


def length_limit(field: Field) -> int:
    """The most characters that a text of the field may have."""
    short = field.type is FieldType.LONG_TEXT and field.max_length == _LINE_LENGTH
    return LONG_TEXT_LENGTH if short else field.max_length


def _check_number(field: Field, value: int | Decimal) -> str | None:
    unit = field.unit or ("元" if field.type is FieldType.MONEY else "")
    space = f" {unit}" if unit else ""
    factor = 100 if field.type is FieldType.MONEY else 1
    if field.minimum is not None and value < field.minimum * factor:
        return f"不能小于 {show_number(field, field.minimum * factor)}{space}，请核对。"
    if field.maximum is not None and value > field.maximum * factor:
        return f"不能大于 {show_number(field, field.maximum * factor)}{space}，请核对。"
    return None


def _check_time(field: Field, value: int, today: date) -> str | None:
    if field.type is FieldType.MONTH:
        if not (FIRST_YEAR <= value // 100 <= LAST_YEAR and 1 <= value % 100 <= 12):
            return "不是一个月份，请写成 2021-03。"
        late = value > today.year * 100 + today.month
        return "月份在本月之后，请核对。" if field.not_future and late else None
    if field.type is FieldType.YEAR:
        if not FIRST_YEAR <= value <= LAST_YEAR:
            return "不是一个年份，请写成 2021。"
        return "年份在今年之后，请核对。" if field.not_future and value > today.year else None
    return None


def check_record(ledger: Ledger, values: Mapping[str, Value], facts: RuleFacts, today: date) -> list[Mistake]:
    """All mistakes of a record: of its fields in their order, then of the rules whose fields are sound."""
    mistakes = [
        Mistake(field.key, field.title, message)
        for field in ledger.live_fields
        if (message := check_field(field, values.get(field.key), today)) is not None
    ]
    wrong = {mistake.field for mistake in mistakes}
    return mistakes + _outside_year(ledger, values, wrong) + check_rules(ledger, values, facts, wrong)


def _outside_year(ledger: Ledger, values: Mapping[str, Value], wrong: Collection[str]) -> list[Mistake]:
    """Days to come that lie outside the year that the record says it belongs to: to be checked."""
    year = year_of_record(ledger, values)
    first = ledger.by_key[ledger.period[0]] if ledger.period else None
    if year is None or first is None or first.type is not FieldType.YEAR:
        return []
    found = []
    for field in ledger.live_fields:
        day = values.get(field.key)
        if field.not_future or field.key in wrong or not isinstance(day, date) or day.year == year:
            continue
        message = f"{day.isoformat()} 不在{first.title} {year} 年里，请核对。"
        found.append(Mistake(field.key, field.title, message, "check"))
    return found
