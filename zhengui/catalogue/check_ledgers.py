"""Judges ledgers, fields and rules: keys that can name columns, values of the right kind, rules that fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from zhengui.catalogue.model import (
    TIME_TYPES,
    Catalogue,
    Field,
    FieldType,
    Ledger,
    Rule,
    RuleKind,
)
from zhengui.catalogue.path import dotted

_KEY = re.compile(r"[a-z][a-z0-9_]*")

#: Columns that every ledger's table has besides its fields.
SYSTEM_COLUMNS = frozenset(
    "id version created_at created_by changed_at changed_by deleted_at deleted_by batch rowid oid".split()
)
#: Words of SQL that cannot name a column without quotes.
SQL_WORDS = frozenset(
    "add all alter and as between by case check collate column commit constraint create cross default delete"
    " desc distinct drop else end escape except exists filter for foreign from full group having in index inner"
    " insert intersect into is isnull join left like limit match natural no not null of offset on or order outer"
    " over primary references right rollback row rows select set table then to transaction union unique update"
    " using values view when where window with".split()
)
_RULE_SIZES = {
    RuleKind.ORDER: 2,
    RuleKind.GAP: 2,
    RuleKind.AGE: 2,
    RuleKind.REQUIRED_IF: 2,
    RuleKind.BOTH: 2,
    RuleKind.IDENTITY: 3,
    RuleKind.FOLLOWS: 2,
    RuleKind.ALONE: 3,
}
_NUMBERS = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY)


def key_faults(key: str, seen: set[str] | None = None) -> Iterator[str]:
    """What keeps a key from naming something; `seen` collects the keys already taken."""
    if not _KEY.fullmatch(key):
        yield f"key“{key}”只能用小写字母、数字和下划线，且以字母开头，请改正"
    if seen is not None:
        if key in seen:
            yield f"key {key} 已经用过，请换一个"
        seen.add(key)


def resolve(ledger: Ledger, path: str, ledgers: Mapping[str, Ledger]) -> Field | None:
    """The field at the end of a path: `field`, or `field.field` through a register."""
    first, second = dotted(path)
    field = ledger.by_key.get(first)
    if field is None or not second:
        return field
    if field.names_several:
        return None  # a path leads to one record
    register = ledgers.get(field.register)
    return register.by_key.get(second) if register is not None else None


def lost_registers(catalogue: Catalogue) -> set[str]:
    """Registers that fields refer to and that no file has."""
    used = {
        field.register for ledger in catalogue.ledgers.values() for field in ledger.fields if field.register
    }
    held = {ledger.key for ledger in catalogue.ledgers.values() if ledger.register}
    return used - held


def field_faults(field: Field, seen: set[str]) -> Iterator[str]:
    """What is wrong with a field in itself."""
    yield from key_faults(field.key, seen)
    if field.key in SYSTEM_COLUMNS or field.key in SQL_WORDS:
        yield f"key {field.key} 是程序保留的名称，请换一个"
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        yield "minimum 大于 maximum，请改正"
    if not 0 <= field.decimals <= 6:
        yield "decimals 应在0到6之间，请改正"
    if not field.default:
        return
    if field.type is FieldType.YES_NO and field.default not in ("是", "否"):
        yield f"default 应写是或否，不能是“{field.default}”"
    if field.type in (FieldType.CHOICE, FieldType.CHOICES) and field.default not in field.choices:
        yield f"default“{field.default}”不在选项里，请改正或补上选项"


def rule_faults(rule: Rule, ledger: Ledger) -> Iterator[str]:
    """What is wrong with a rule of a ledger."""
    unknown = [key for key in rule.fields if key not in ledger.by_key]
    if unknown:
        yield f"规则“{rule.message}”用到的字段 {'、'.join(unknown)} 不存在，请核对"
        return
    size = _RULE_SIZES.get(rule.kind)
    if size is not None and len(rule.fields) != size:
        yield f"规则“{rule.message}”应写{size}个字段，请核对"
        return
    if rule.kind in (RuleKind.PARTS, RuleKind.STAGES) and len(rule.fields) < 2:
        yield f"规则“{rule.message}”至少写两个字段，请核对"
        return
    yield from _rule_type_faults(rule, [ledger[key] for key in rule.fields])


def _rule_type_faults(rule: Rule, fields: list[Field]) -> Iterator[str]:
    """Fields of a kind that the rule cannot judge."""
    wanted: tuple[tuple[FieldType, ...], ...] = ()
    if rule.kind in (RuleKind.STAGES, RuleKind.GAP):
        wanted = ((FieldType.DATE,),) * len(fields)
    elif rule.kind is RuleKind.ORDER:
        wanted = ((*TIME_TYPES, *_NUMBERS),) * 2
    elif rule.kind is RuleKind.PARTS:
        wanted = (_NUMBERS,) * len(fields)
    elif rule.kind is RuleKind.AGE:
        wanted = ((FieldType.PERSON,), (FieldType.DATE,))
    elif rule.kind is RuleKind.IDENTITY:
        wanted = ((FieldType.ID_NUMBER,), (FieldType.DATE,), (FieldType.CHOICE,))
    elif rule.kind is RuleKind.FOLLOWS:
        wanted = ((FieldType.CHOICE,), (FieldType.CHOICE,))
    for field, types in zip(fields, wanted, strict=False):
        if field.type not in types or field.names_several:
            yield f"规则“{rule.message}”不能用在字段 {field.key} 上，它的类型是 {field.type}，请核对"
    if rule.kind is RuleKind.ALONE and fields[0].names_several:
        yield f"规则“{rule.message}”不能用在可以填几项的字段 {fields[0].key} 上，请核对"
    if rule.kind in (RuleKind.AGE, RuleKind.GAP) and rule.amount <= 0:
        yield f"规则“{rule.message}”缺少 amount，请写出年数或月数"
    if rule.kind is RuleKind.FOLLOWS:
        if not rule.values or not all(value.count("=") == 1 for value in rule.values):
            yield f"规则“{rule.message}”的 values 应写成“选项=选项”，请改正"
            return
        yield from choice_faults(fields[0], tuple(value.partition("=")[0] for value in rule.values))
        yield from choice_faults(fields[1], tuple(value.partition("=")[2] for value in rule.values))
    if rule.kind is RuleKind.REQUIRED_IF:
        if not rule.values:
            yield f"规则“{rule.message}”缺少 values，请写出在什么选项下必填"
        yield from choice_faults(fields[0], rule.values)


def choice_faults(field: Field, values: tuple[str, ...]) -> Iterator[str]:
    """Values that the field can never have."""
    allowed = ("是", "否") if field.type is FieldType.YES_NO else field.choices
    if field.type in (FieldType.YES_NO, FieldType.CHOICE, FieldType.CHOICES):
        for value in values:
            if value not in allowed:
                yield f"“{value}”不是字段 {field.key} 的选项，可用的有：{'、'.join(allowed)}"


def _total_faults(ledger: Ledger) -> Iterator[str]:
    """Numbers that are told apart by fields that do not exist or have no fixed values."""
    for field in ledger.fields:
        if field.total_by and not field.is_number:
            yield f"字段 {field.key} 不是数字，不能写 total_by，请改正"
        for name in field.total_by:
            kind = ledger.by_key.get(name)
            if kind is None or kind.type is not FieldType.CHOICE:
                yield f"字段 {field.key} 的 total_by 用到的 {name} 应是同一台账里的选项字段，请核对"
        if len(field.total_by) > 2:
            yield f"字段 {field.key} 的 total_by 最多写两个字段：类别和单位，请改正"


def _guess_faults(ledger: Ledger) -> Iterator[str]:
    """Guesses from a field that there isn't, or of a value that the field can't have."""
    for field in ledger.fields:
        if not field.guess:
            continue
        if field.guess[0] not in ledger.by_key:
            yield f"字段 {field.key} 的 guess 用到的字段 {field.guess[0]} 不存在，请核对"
        for pair in field.guess[1:]:
            ending, _, value = pair.partition("=")
            if not ending or value not in field.choices:
                yield f"字段 {field.key} 的 guess“{pair}”应写成“结尾=选项”，选项要在 choices 里，请改正"


def _loop_faults(ledger: Ledger) -> Iterator[str]:
    """Fields that the closed loop asks for and that there aren't."""
    loop = ledger.loop
    held = ledger.by_key.get(loop.evidence)
    if loop.evidence and (held is None or held.type is not FieldType.ATTACHMENT):
        yield f"loop 里的 evidence {loop.evidence} 不存在或不是附件，请核对"
    if loop.least < 1:
        yield "loop 里的 least 应是1以上的整数，请改正"
    for key in (*loop.needs, *loop.tree):
        if key not in ledger.by_key:
            yield f"loop 里的字段 {key} 不存在，请核对"


def ledger_faults(ledger: Ledger, ledgers: Mapping[str, Ledger]) -> Iterator[str]:
    """What keeps a ledger from standing."""
    if not ledger.fields:
        yield "没有可用的字段，请至少写一个"
    if len(ledger.period) > 2:
        yield "period 最多写两个字段（起、止），请改正"
    for key in ledger.period:
        field = ledger.by_key.get(key)
        if field is None:
            yield f"period 里的字段 {key} 不存在，请核对"
        elif field.type not in TIME_TYPES:
            yield f"period 里的字段 {key} 应是日期、月份或年度，请核对"
    for key in ledger.label:
        if key not in ledger.by_key:
            yield f"label 里的字段 {key} 不存在，请核对"
        elif ledger[key].names_several:
            yield f"label 里的字段 {key} 可以填几项（many），不能用来称呼一条记录，请换一个"
    yield from _guess_faults(ledger)
    yield from _total_faults(ledger)
    for field in ledger.fields:
        if field.known_in and field.known_in not in ledgers:
            yield f"字段 {field.key} 的 known_in 写的台账 {field.known_in} 不存在，请核对"
        elif field.known_in and field.type is not FieldType.TEXT:
            yield f"字段 {field.key} 不是文字，不能写 known_in，请删去"
    yield from _loop_faults(ledger)
    if ledger.names and getattr(ledger.by_key.get(ledger.names), "type", None) is not FieldType.TEXT:
        yield f"names 里的字段 {ledger.names} 不存在或不是文字，请核对"
    if ledger.village:
        end = resolve(ledger, ledger.village, ledgers)
        if end is not None and end.names_several:
            yield f"village“{ledger.village}”可以填几个村（many），一条记录只能算在一个村里，请换一个字段"
        elif end is None or end.type is not FieldType.VILLAGE:
            yield f"village“{ledger.village}”找不到村（居）字段，请核对"
