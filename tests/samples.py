"""A valid value for every field, so that one test can drive every ledger."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from zhengui.catalogue.model import Field, FieldType, Ledger, Rule, RuleKind
from zhengui.values.completing import told_by
from zhengui.values.identity import id_check_digit
from zhengui.values.moment import add_months
from zhengui.values.value import Value

_FIRST_DAY = date(2021, 3, 5)


def sample(field: Field, n: int = 0) -> Value:
    """A value that `check_field` accepts; other values for other `n`, where the type has any.

    Dates rise with `n`. References are the ids 1, 2, …; the people of samples are invented.
    """
    if field.names_several:
        return (1 + n, 2 + n)
    if field.is_reference:
        return 1 + n
    if field.is_number:
        return _number(field, n)
    kind = field.type
    if kind is FieldType.DATE:
        return _FIRST_DAY + timedelta(days=n)
    if kind is FieldType.MONTH:
        month = add_months(_FIRST_DAY, n)
        return month.year * 100 + month.month
    if kind is FieldType.YEAR:
        return 2019 + n % 3
    if kind is FieldType.YES_NO:
        return n % 2 == 0
    if kind is FieldType.CHOICE:
        return field.choices[n % len(field.choices)]
    if kind is FieldType.CHOICES:
        return field.choices[: 1 + n % len(field.choices)]
    return (1 + n,) if kind is FieldType.ATTACHMENT else _text(field, n)


def _number(field: Field, n: int) -> Value:
    low = field.minimum if field.minimum is not None else Decimal(0)
    number = low + Decimal(12 + n)
    if field.type is FieldType.DECIMAL:
        number += Decimal(5).scaleb(-field.decimals)
    if field.maximum is not None and number > field.maximum:
        number = field.maximum
    if field.type is FieldType.MONEY:
        return int(number * 100)
    if field.type is FieldType.INTEGER:
        return int(number)
    return number.quantize(Decimal(1).scaleb(-field.decimals))


def _text(field: Field, n: int) -> str:
    if field.type is FieldType.ID_NUMBER:
        body = f"110101{1980 + n % 20}0305{n // 20 % 1000:03d}"
        return body + id_check_digit(body)
    if field.type is FieldType.PHONE:
        return f"138{n % 10**8:08d}"
    if field.type is FieldType.INDICATOR:
        return f"sample_{n}"
    if field.type is FieldType.LONG_TEXT:
        return f"{field.title}第一行（样例 {n}）\n第二行"
    return f"{field.title}{n + 1}"[: field.max_length]


def sample_record(ledger: Ledger, n: int = 0) -> dict[str, Value]:
    """A sample for every live field that also obeys the ledger's rules; attachments are left out.

    References are the id `n + 1` of their register, whether or not there is such a record.
    """
    values = {
        field.key: sample(field, n) for field in ledger.live_fields if field.type is not FieldType.ATTACHMENT
    }
    for _ in range(len(ledger.rules) + 1):  # one rule's adjustment may call for another's
        for rule in ledger.rules:
            _settle(ledger, rule, values)
    return values


def _settle(ledger: Ledger, rule: Rule, values: dict[str, Value]) -> None:
    if rule.kind is RuleKind.PARTS:
        whole, *parts = rule.fields
        total = sum((v for p in parts if isinstance(v := values.get(p), int | Decimal)), Decimal(0))
        if total > Decimal(str(values.get(whole) or 0)):
            values[whole] = total if ledger[whole].type is FieldType.DECIMAL else int(total)
    if rule.kind in (RuleKind.IDENTITY, RuleKind.FOLLOWS):
        values.update({key: told for key, told in told_by(rule, values).items() if key in values})
    if rule.kind in (RuleKind.ORDER, RuleKind.STAGES, RuleKind.GAP):
        months = rule.amount if rule.kind is RuleKind.GAP else 0
        for before, after in zip(rule.fields, rule.fields[1:], strict=False):
            first, second = values.get(before), values.get(after)
            if isinstance(first, date) and isinstance(second, date):
                values[after] = max(second, add_months(first, months))
            elif type(first) is type(second) and isinstance(first, int | Decimal):
                values[after] = max(first, second)  # type: ignore[type-var]
