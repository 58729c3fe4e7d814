"""From what a person typed, or a workbook held, to the value of one field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from zhengui.catalogue.model import REFERENCE_TYPES, Field, FieldType
from zhengui.values.amounts import read_decimal, read_integer, read_money
from zhengui.values.clean import as_name, clean, one_width, plain
from zhengui.values.days import read_time
from zhengui.values.lookup import IndicatorLookup, Lookup, nearest
from zhengui.values.naming import read_reference, read_references
from zhengui.values.value import Beside, RowNeeded, Value, ValueMistake, short

__all__ = ["Beside", "RowNeeded", "Value", "ValueMistake", "parse"]

_YES = frozenset("是 有 对 已 已有 在 √ ✓ ✔ ☑ ✅ ■ ● y yes true 1 1.0".split())
_NO = frozenset("否 无 没有 没 未 错 不是 × ✗ ✘ x ☐ □ ☒ ❌ n no false 0 0.0 - — –".split())
_NOTHING = frozenset("- -- — —— – ― ─ ── / // \\ 无 暂无 没有 空 / n/a".split())
#: What a workbook shows where a formula has no result.
FAULTS = (
    "#DIV/0!",
    "#N/A",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#REF!",
    "#VALUE!",
    "#SPILL!",
    "#CALC!",
    "#GETTING_DATA",
)
_LOST_DIGITS = re.compile(r"\d(\.\d+)?E\+1\d", re.IGNORECASE | re.ASCII)
_SEPARATORS = re.compile(r"[、，,;；/|\n]+")
_SHOWN_CHOICES = 8
_WORDS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})


def parse(
    field: Field,
    text: str,
    lookup: Lookup,
    today: date,
    year: int | None = None,
    beside: Beside | None = None,
) -> Value:
    """The value that `text` stands for; None for empty text, and for — or 无 where there need be none.

    `year`, the working year, completes days written without one (3.5, 3月5日) and is the year of `today` unless
    given; where the record in `beside` belongs to a year of its own, that one does. `beside` also tells apart
    people of one name. Raises ValueMistake, and RowNeeded where only `beside` could tell.
    Bounds, required fields and rules are `check`'s work.
    """
    cleaned = clean(text)
    if not cleaned or _is_nothing(field, cleaned):
        return None
    if cleaned.startswith("#") and cleaned.upper() in FAULTS:
        raise ValueMistake(f"“{cleaned}”是表格里的公式没有算出结果，请改好公式，或直接填写。")
    if field.names_several:
        return read_references(field, cleaned, lookup, beside) or None
    if field.type in REFERENCE_TYPES:
        return read_reference(field, cleaned, lookup, beside)
    if field.type is FieldType.INDICATOR:
        return _indicator(cleaned, lookup)
    if field.type in (FieldType.DATE, FieldType.MONTH, FieldType.YEAR):
        return read_time(field, cleaned, today, year or today.year, beside)
    return _PARSERS[field.type](field, cleaned)


def _is_nothing(field: Field, text: str) -> bool:
    """Whether a mark or word says that there is nothing to fill in; in texts it is a text."""
    if field.type in _WORDS or text in field.choices:
        return False
    if field.type is FieldType.YES_NO:
        return text in ("/", "\\") and not field.required
    return one_width(text).lower() in _NOTHING


def _indicator(text: str, lookup: Lookup) -> str:
    if isinstance(lookup, IndicatorLookup):
        key = lookup.indicator_key(text)
        if key is None:
            raise ValueMistake(f"没有“{short(text)}”这个指标，请从列表中选择。")
        return key
    if not re.fullmatch(r"[a-z][a-z0-9_]*", text):
        raise ValueMistake(f"没有“{short(text)}”这个指标，请从列表中选择。")
    return text


def _text(field: Field, text: str) -> str:
    if _LOST_DIGITS.fullmatch(text):
        raise ValueMistake(f"“{short(text)}”的后几位已经丢失。请把这一列设为文本格式，再重新填写。")
    if field.name:
        return as_name(text)
    return " ".join(text.split("\n")) if "\n" in text else text


def _long_text(field: Field, text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _yes_no(field: Field, text: str) -> bool:
    word = plain(text)
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueMistake(f"请写“是”或“否”，现在是“{short(text)}”。")


def _pick(field: Field, text: str) -> str | None:
    text = field.meant(text)
    if text in field.choices:
        return text
    wanted = plain(text)
    either = ((choice, own) for choice in field.choices for own in (choice, field.said(choice)))
    return next((choice for choice, own in either if plain(own) == wanted), None)


def _choice(field: Field, text: str) -> str:
    found = _pick(field, text)
    if found is not None:
        return found
    near = nearest(text, field.said_choices)
    if near:
        raise ValueMistake(f"没有“{short(text)}”这个选项，是“{near}”吗？")
    some = "、".join(field.said_choices[:_SHOWN_CHOICES])
    more = "等" if len(field.choices) > _SHOWN_CHOICES else ""
    raise ValueMistake(f"没有“{short(text)}”这个选项，请选择：{some}{more}。")


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
    number = re.sub(r"[\s()]", "", unicodedata.normalize("NFKC", text))
    number = re.sub(r"[—–‐‑‒―]+", "-", number)
    number = re.sub(r"^(\+|00)86-?", "", number)
    return number.replace("-", "") if re.fullmatch(r"1\d{2}-?\d{4}-?\d{4}", number) else number


def _attachment(field: Field, text: str) -> tuple[int, ...]:
    raise ValueMistake("附件不能用文字填写，请在登记表中添加文件。")


_PARSERS: dict[FieldType, Callable[[Field, str], Value]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _long_text,
    FieldType.INTEGER: read_integer,
    FieldType.DECIMAL: read_decimal,
    FieldType.MONEY: read_money,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.YES_NO: _yes_no,
    FieldType.ID_NUMBER: _id_number,
    FieldType.PHONE: _phone,
    FieldType.ATTACHMENT: _attachment,
}
