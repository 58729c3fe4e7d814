"""Days, months and years of a field: the year that completes them, and why one can't be told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from zhengui.catalogue.model import Field, FieldType, Ledger, RuleKind
from zhengui.values import moment
from zhengui.values.value import Beside, Value, ValueMistake, short

#: A day that belongs to the next year follows what it comes after within half a year.
_CLOSELY = timedelta(183)
_FOLLOWING = (RuleKind.ORDER, RuleKind.STAGES, RuleKind.GAP)


def window_of(field: Field) -> moment.Window:
    """How far from the working year a year of two digits may lie, as the field declares it or as is usual."""
    return field.years or (moment.PAST_WINDOW if field.not_future else moment.OPEN_WINDOW)


def read_time(field: Field, text: str, today: date, year: int, beside: Beside | None) -> Value:
    """The day, month or year that `text` names for the field; raises ValueMistake with the reason."""
    found: Value
    window = window_of(field)
    if field.type is FieldType.DATE:
        found, example = _read_day(field, text, today, year, beside), "2021-03-05 或 3.5"
    elif field.type is FieldType.MONTH:
        found, example = moment.read_month(text, year, window), "2021-03 或 3月"
    else:
        found, example = moment.read_year(text), "2021"
    if found is not None:
        return found
    digits = moment.unsettled_year(text, year, window)
    if digits is not None and field.type is not FieldType.YEAR:
        raise ValueMistake(f"年份“{digits}”分不清是哪一年，请写四位数的年份，如 20{digits} 或 19{digits}。")
    kind = {FieldType.DATE: "日期", FieldType.MONTH: "月份"}.get(field.type, "年份")
    raise ValueMistake(f"“{short(text)}”不是一个{kind}，请写成 {example}。")


def _read_day(field: Field, text: str, today: date, year: int, beside: Beside | None) -> date | None:
    if not moment.lacks_year(text):
        return moment.read_date(text, today, year, window_of(field))
    if beside is None:
        return moment.read_date(text, today, year)
    own = year_of_record(beside.ledger, beside.values)
    day = moment.read_date(text, today, year if own is None else own)
    return day and _following(field, day, beside)


def year_of_record(ledger: Ledger, values: Mapping[str, Value]) -> int | None:
    """The year that a record says it belongs to (a plan's year, a return's month); None where it doesn't say.

    A day doesn't bind the other days of its record: what was found in one year is closed in another.
    """
    first = ledger.by_key.get(ledger.period[0]) if ledger.period else None
    value = values.get(first.key) if first else None
    if first is None or not isinstance(value, int):
        return None
    return value // 100 if first.type is FieldType.MONTH else value if first.type is FieldType.YEAR else None


def depends_on_record(ledger: Ledger, field: Field) -> bool:
    """Whether the other fields of a record can change what a day without a year means in this field."""
    first = ledger.by_key.get(ledger.period[0]) if ledger.period else None
    yearly = first is not None and first.key != field.key and first.type in (FieldType.YEAR, FieldType.MONTH)
    return yearly or bool(_before(ledger, field))


def _before(ledger: Ledger, field: Field) -> list[str]:
    """The fields that a rule puts before this one in time."""
    ranks = [rule.fields for rule in ledger.rules if rule.kind in _FOLLOWING and field.key in rule.fields]
    return [key for keys in ranks for key in keys[: keys.index(field.key)]]


def _following(field: Field, day: date, beside: Beside) -> date:
    """The day in the year in which it follows what comes before it: found 12.20, due 1.10 is next January.

    It is moved only where that makes it follow closely; a day that can't follow is left to the rules.
    """
    known = [beside.values.get(key) for key in _before(beside.ledger, field)]
    latest = max((each for each in known if isinstance(each, date)), default=None)
    if latest is None or day >= latest:
        return day
    for year in (latest.year, latest.year + 1):
        moved = moment.read_date(f"{day.month}.{day.day}", day, year)
        if moved is not None and moved >= latest:
            return moved if year > day.year + 1 or moved - latest <= _CLOSELY else day
    return day
