"""The rules between fields of one record: one small function for each kind of rule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal

from zhengui.catalogue.model import FieldType, Ledger, Rule, RuleKind
from zhengui.values.completing import told_by
from zhengui.values.identity import birth_date_of
from zhengui.values.mistake import HolderFacts, Mistake, NamingFacts, RuleFacts
from zhengui.values.moment import add_months, age_on
from zhengui.values.show import show, show_number
from zhengui.values.value import Value

_Judge = Callable[[Ledger, Rule, Mapping[str, Value], RuleFacts], Mistake | None]


def check_rules(
    ledger: Ledger, values: Mapping[str, Value], facts: RuleFacts, wrong: Collection[str] = ()
) -> list[Mistake]:
    """The mistakes of every rule of the ledger, passing over rules with a field that is already wrong."""
    found = []
    for rule in ledger.rules:
        if wrong and any(key in wrong for key in rule.fields):
            continue
        mistake = _JUDGES[rule.kind](ledger, rule, values, facts)
        if mistake is not None:
            found.append(mistake)
    return found + [each for each in _unknown_names(ledger, values, facts) if each.field not in wrong]


def _unknown_names(ledger: Ledger, values: Mapping[str, Value], facts: RuleFacts) -> Iterator[Mistake]:
    """Names of a list that isn't in it: perhaps misspelt, perhaps not yet registered; to be checked."""
    if not isinstance(facts, NamingFacts):
        return
    for field in ledger.live_fields:
        value = values.get(field.key)
        if field.known_in and isinstance(value, str) and value and not facts.is_named(field.known_in, value):
            title = facts.title(field.known_in)
            message = f"“{title}”台账里没有“{value}”，请核对名称；确有其名的，请先登记到“{title}”。"
            yield Mistake(field.key, field.title, message, "check")


def _mistake(ledger: Ledger, rule: Rule, key: str, message: str) -> Mistake:
    return Mistake(key, ledger[key].title, rule.message or message)


def _filled(value: Value) -> bool:
    return value is not None and value != "" and value != ()


def _order(ledger: Ledger, rule: Rule, values: Mapping[str, Value], facts: RuleFacts) -> Mistake | None:
    first, second = rule.fields[:2]
    if not _is_after(values.get(first), values.get(second)):
        return None
    low, high = ledger[first], ledger[second]
    verb = "小于" if high.is_number else "早于"
    message = f"“{high.title}”不能{verb}“{low.title}”（{show(low, values[first])}），请核对。"
    return _mistake(ledger, rule, second, message)


def _is_after(first: Value, second: Value) -> bool:
    """Whether the first day, month or number lies after the second; a day meets a month by its month."""
    if first is None or second is None:
        return False
    if isinstance(first, date) and isinstance(second, date):
        return first > second
    return _comparable(first, second) > _comparable(second, first)


def _comparable(value: Value, other: Value) -> Decimal:
    if isinstance(value, date):
        is_year = isinstance(other, int) and other < 10000
        return Decimal(value.year if is_year else value.year * 100 + value.month)
    return Decimal(value) if isinstance(value, int | Decimal) else Decimal(0)


def _stages(ledger: Ledger, rule: Rule, values: Mapping[str, Value], facts: RuleFacts) -> Mistake | None:
    before: str | None = None
    gap: str | None = None
    for key in rule.fields:
        if not _filled(values.get(key)):
            gap = gap or key
            continue
        if gap is not None:
            message = f"请先填写“{ledger[gap].title}”，再填写“{ledger[key].title}”。"
            return _mistake(ledger, rule, gap, message)
        if before is not None and _is_after(values[before], values[key]):
            early = ledger[before]
            shown = show(early, values[before])
            message = f"“{ledger[key].title}”不能早于“{early.title}”（{shown}），请核对。"
            return _mistake(ledger, rule, key, message)
        before = key
    return None


def _parts(ledger: Ledger, rule: Rule, values: Mapping[str, Value], facts: RuleFacts) -> Mistake | None:
    whole = values.get(rule.fields[0])
    if not isinstance(whole, int | Decimal):
        return None
    parts = [(key, values.get(key)) for key in rule.fields[1:]]
    total = sum((v for _, v in parts if isinstance(v, int | Decimal)), Decimal(0))
    if total <= whole:
        return None
    field = ledger[rule.fields[0]]
    names = "、".join(f"“{ledger[key].title}”" for key, _ in parts)
    joined = f"{names}合计 " if len(parts) > 1 else f"{names}是 "
    message = (
        f"{joined}{show_number(field, total)}，超过了“{field.title}”{show_number(field, whole)}，请核对。"
    )
    return _mistake(ledger, rule, rule.fields[1], message)


def _gap(ledger: Ledger, rule: Rule, values: Mapping[str, Value], facts: RuleFacts) -> Mistake | None:
    first, second = rule.fields[:2]
    start, end = values.get(first), values.get(second)
    if not isinstance(start, date) or not isinstance(end, date):
        return None
    earliest = add_months(start, rule.amount)
    if end >= earliest:
        return None
    message = (
        f"“{ledger[second].title}”应在“{ledger[first].title}”满 {rule.amount} 个月以后，"
        f"最早是 {earliest.isoformat()}，请核对。"
    )
    return _mistake(ledger, rule, second, message)


def _age(ledger: Ledger, rule: Rule, values: Mapping[str, Value], facts: RuleFacts) -> Mistake | None:
    who, when = rule.fields[:2]
    person, day = values.get(who), values.get(when)
    if person is None or not isinstance(day, date):
        return None
    birth = _birth(ledger, who, person, facts)
    if birth is None:
        message = f"“{ledger[who].title}”没有登记出生日期，不能核对年龄，请补登记。"
        return Mistake(who, ledger[who].title, message, "check")
    age = age_on(birth, day)
    if age >= rule.amount:
        return None
    message = f"应年满 {rule.amount} 周岁，到{ledger[when].title}（{day.isoformat()}）为 {max(age, 0)} 周岁，请核对。"
    return _mistake(ledger, rule, when, message)


def _birth(ledger: Ledger, key: str, value: Value, facts: RuleFacts) -> date | None:
    if isinstance(value, date):
        return value
    if ledger[key].type is FieldType.ID_NUMBER and isinstance(value, str):
        return birth_date_of(value)
    return facts.birth_date(value) if isinstance(value, int) else None


def _required_if(ledger: Ledger, rule: Rule, values: Mapping[str, Value], facts: RuleFacts) -> Mistake | None:
    cause, needed = rule.fields[:2]
    value = values.get(cause)
    if _filled(values.get(needed)) or not _filled(value):
        return None
    held = [str(v) for v in value] if isinstance(value, tuple) else [show(ledger[cause], value, masked=False)]
    if rule.values and not any(text in rule.values for text in held):
        return None
    told = f"为“{'、'.join(held)}”时" if rule.values else "已经填写"
    message = f"“{ledger[cause].title}”{told}，请填写“{ledger[needed].title}”。"
    return _mistake(ledger, rule, needed, message)


def _both(ledger: Ledger, rule: Rule, values: Mapping[str, Value], facts: RuleFacts) -> Mistake | None:
    empty = [key for key in rule.fields if not _filled(values.get(key))]
    if not empty or len(empty) == len(rule.fields):
        return None
    titles = "和".join(f"“{ledger[key].title}”" for key in rule.fields)
    return _mistake(ledger, rule, empty[0], f"{titles}要么都填写，要么都不填写。")


def _alone(ledger: Ledger, rule: Rule, values: Mapping[str, Value], facts: RuleFacts) -> Mistake | None:
    """One at a time. An older one without an end gives way to a newer one, which is said beforehand."""
    what, begun, ended = rule.fields
    if not _filled(values.get(what)) or not isinstance(values.get(begun), date):
        return None
    other = facts.overlap(ledger, rule.fields, values)
    if other is None:
        return None
    title = f"“{other.label}”（{ledger[begun].title} {other.began.isoformat()}）"
    if other.gives_way:
        message = f"保存后，{title}的{ledger[ended].title}记为本条{ledger[begun].title}的前一天。"
        return Mistake(begun, ledger[begun].title, message, "check")
    cause = rule.message or "同一时间只能有一条"
    message = f"{cause}，已有{title}。请先填写那一条的{ledger[ended].title}，或核对日期。"
    return Mistake(begun, ledger[begun].title, message)


def _unique(ledger: Ledger, rule: Rule, values: Mapping[str, Value], facts: RuleFacts) -> Mistake | None:
    if not all(_filled(values.get(key)) for key in rule.fields):
        return None
    other = facts.duplicate(ledger, rule.fields, values)
    if other is None:
        return None
    titles = "、".join(f"“{ledger[key].title}”" for key in rule.fields)
    message = rule.message or f"已有一条{titles}相同的记录（第 {other} 号），请不要重复登记。"
    holder = facts.holder(ledger, other) if isinstance(facts, HolderFacts) else ""
    if holder:
        message = f"{message.rstrip('。')}。已登记的是“{holder}”。"
    return Mistake(rule.fields[0], ledger[rule.fields[0]].title, message)


def _identity(ledger: Ledger, rule: Rule, values: Mapping[str, Value], facts: RuleFacts) -> Mistake | None:
    for key, told in told_by(rule, values).items():
        if _filled(values.get(key)) and values[key] != told:
            title = ledger[key].title
            return Mistake(
                key, title, f"证件号码里的{title}是{show(ledger[key], told)}，请核对哪一个写错了。"
            )
    return None


def _follows(ledger: Ledger, rule: Rule, values: Mapping[str, Value], facts: RuleFacts) -> Mistake | None:
    for key, told in told_by(rule, values).items():
        if _filled(values.get(key)) and values[key] != told:
            title = ledger[key].title
            return Mistake(key, title, f"“{values[rule.fields[0]]}”的{title}应是“{told}”，请核对。")
    return None


_JUDGES: dict[RuleKind, _Judge] = {
    RuleKind.ORDER: _order,
    RuleKind.STAGES: _stages,
    RuleKind.PARTS: _parts,
    RuleKind.GAP: _gap,
    RuleKind.AGE: _age,
    RuleKind.REQUIRED_IF: _required_if,
    RuleKind.BOTH: _both,
    RuleKind.ALONE: _alone,
    RuleKind.IDENTITY: _identity,
    RuleKind.FOLLOWS: _follows,
    RuleKind.UNIQUE: _unique,
}
