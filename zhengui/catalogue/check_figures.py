"""Judges indicators and claims: ledgers and fields that exist, tests and dates that fit their fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zhengui.catalogue.check_ledgers import choice_faults, key_faults, resolve
from zhengui.catalogue.model import (
    NUMBER_TYPES,
    OPS,
    Catalogue,
    Claim,
    Condition,
    Cover,
    Field,
    FieldType,
    Indicator,
    Ledger,
    Match,
    Measure,
    Timing,
)
from zhengui.catalogue.wording import CLAIM, PLAIN

#: The functions in Python that an indicator may name.
FUNCTIONS = frozenset({"party_anniversary"})
#: Names that stand for something else between braces in the wording.
TAKEN = frozenset({*PLAIN, CLAIM})

#: What a claim's own sentences may say of it; no claim can be named so.
CLAIM_NUMBERS = frozenset({"count", "total", "villages", "left", "since", "names"})

_MONEY_UNITS = ("元", "万元", "亿元")
_TIMING_TYPES = {
    "during": (FieldType.DATE, FieldType.MONTH),
    "until": (FieldType.DATE, FieldType.MONTH),
    "in_force": (FieldType.DATE,),
    "year": (FieldType.YEAR, FieldType.INTEGER),
    "next_year": (FieldType.YEAR, FieldType.INTEGER),
}
_OP_TYPES = {
    "contains_all": (FieldType.CHOICES,),
    "under_age": (FieldType.DATE,),
    "band_at_least": (FieldType.CHOICE,),
    "above": tuple(NUMBER_TYPES),
    "by_end": (FieldType.DATE,),
    "living": (FieldType.YES_NO,),
    "not_by_end": (FieldType.DATE,),
    "not_after": (FieldType.DATE,),
}
_NEEDS_NUMBER = ("under_age", "band_at_least", "above")
_NEEDS_VALUES = ("is", "in", "not_in", "contains_all")
_NO_DATE = "判断 not_after 要写同一台账的另一个日期字段，请核对"
_SIZES = {
    "count": 0,
    "sum": 1,
    "balance": 2,
    "average": 1,
    "minimum": 1,
    "maximum": 1,
    "first": 1,
    "last": 1,
    "latest": 2,
}
#: Measures that are told in the unit of the field that they measure.
_OF_FIELD = ("sum", "balance", "average", "minimum", "maximum")


def name_faults(key: str, names: set[str]) -> Iterator[str]:
    """What keeps a key from standing between braces in the wording."""
    yield from key_faults(key, names)
    if key in TAKEN:
        yield f"key {key} 在正文里另有用处，请换一个"


def indicator_faults(
    indicator: Indicator, catalogue: Catalogue, names: set[str], numbers: set[int]
) -> Iterator[str]:
    """What is wrong with an indicator; `names` and `numbers` collect what is taken."""
    yield from name_faults(indicator.key, names)
    if indicator.n is not None:
        if indicator.n in numbers:
            yield f"序号 n = {indicator.n} 已经用过，请换一个"
        numbers.add(indicator.n)
    if indicator.parameter and indicator.parameter not in catalogue.parameters:
        yield f"没有名为 {indicator.parameter} 的参数，请核对"
    if indicator.function and indicator.function not in FUNCTIONS:
        yield f"没有名为 {indicator.function} 的函数，可用的有：{'、'.join(sorted(FUNCTIONS))}"
    for measure in (indicator.measure, indicator.over):
        if measure is not None:
            yield from measure_faults(measure, catalogue)
    if indicator.over is not None and indicator.measure is None:
        yield "写了 over 却没有 measure，请补上"
    if "{" in indicator.how.replace("{period}", ""):
        yield "how 里只能用 {period}，请改正"
    yield from _display_faults(indicator)
    yield from _unit_faults(indicator, catalogue.ledgers)


def _display_faults(indicator: Indicator) -> Iterator[str]:
    """A way of writing that does not fit the value."""
    style, kind = indicator.display.style, indicator.measure.kind if indicator.measure else ""
    if indicator.display.scale < 1 or not 0 <= indicator.display.decimals <= 6:
        yield "display 的 scale 至少为1，decimals 应在0到6之间，请改正"
    if (style in ("month", "day")) != bool(indicator.part):
        yield "part 和 display 的 style 要一起写 month 或 day，请改正"
    elif indicator.part and style != indicator.part:
        yield "part 和 display 的 style 不一致，请改正"
    if kind in ("first", "last") and not indicator.part:
        yield "first、last 取的是日期，请写 part = 'month' 或 'day'"
    if indicator.part and kind not in ("first", "last"):
        yield "part 只能用于 first、last，请改正"
    if style == "percent" and indicator.over is not None and indicator.factor != 100:
        yield "占比类指标请写 factor = 100"
    if style == "percent" and indicator.unit != "%":
        yield "百分数的 unit 应是 %，请改正"


def _unit_faults(indicator: Indicator, ledgers: Mapping[str, Ledger]) -> Iterator[str]:
    """A sum of money whose unit does not say what to divide by."""
    measure = indicator.measure
    if measure is None or measure.kind not in _OF_FIELD or indicator.over is not None or not measure.fields:
        return
    ledger = ledgers.get(measure.ledger)
    field = resolve(ledger, measure.fields[0], ledgers) if ledger else None
    if field is not None and field.type is FieldType.MONEY and indicator.unit not in _MONEY_UNITS:
        yield f"金额指标的 unit 应是{'、'.join(_MONEY_UNITS)}之一，请改正"


def measure_faults(measure: Measure, catalogue: Catalogue) -> Iterator[str]:
    """What is wrong with a measure: its ledger, its fields, its dates, its conditions."""
    ledger = catalogue.ledgers.get(measure.ledger)
    if ledger is None:
        yield f"没有名为 {measure.ledger} 的台账，请核对"
        return
    size = _SIZES.get(measure.kind)
    if size is not None and len(measure.fields) != size:
        yield f"{measure.kind} 的 fields 应写{size}个，请改正"
    elif measure.kind == "distinct" and not measure.fields:
        yield "distinct 缺少 fields，请写出按什么去重"
    else:
        yield from _measured_faults(measure, ledger, catalogue)
    yield from timing_faults(measure.timing, ledger)
    for condition in measure.where:
        yield from condition_faults(condition, ledger, catalogue)
    for match in measure.matches:
        yield from match_faults(match, ledger, catalogue)


def _measured_faults(measure: Measure, ledger: Ledger, catalogue: Catalogue) -> Iterator[str]:
    """Measured fields that do not exist or cannot be measured that way."""
    fields: list[Field] = []
    for path in measure.fields:
        field = resolve(ledger, path, catalogue.ledgers)
        if field is None:
            yield _no_field(ledger, path)
            return
        if field.names_several:
            yield f"字段 {path} 可以填几项（many），不能用于 {measure.kind}，请核对"
            return
        fields.append(field)
    if measure.kind in (*_OF_FIELD, "latest") and not fields[0].is_number:
        yield f"字段 {fields[0].key} 不是数字，不能用于 {measure.kind}，请核对"
    if measure.kind == "balance" and (fields[0].type, fields[0].unit) != (fields[1].type, fields[1].unit):
        yield f"balance 的两个字段要是同一单位的数：{fields[0].key}、{fields[1].key}，请核对"
    if measure.kind in ("first", "last", "latest") and fields[-1].type is not FieldType.DATE:
        yield f"字段 {fields[-1].key} 不是日期，不能用于 {measure.kind}，请核对"


def timing_faults(timing: Timing, ledger: Ledger) -> Iterator[str]:
    """Dates that do not exist or are of a kind that cannot place a record."""
    types = _TIMING_TYPES.get(timing.kind)
    if types is None:
        return
    if len(timing.fields) != (2 if timing.kind == "in_force" else 1):
        yield f"{timing.kind} 应写{'起、止两个' if timing.kind == 'in_force' else '一个'}字段，请改正"
        return
    for key in timing.fields:
        field = ledger.by_key.get(key)
        if field is None:
            yield _no_field(ledger, key)
        elif field.type not in types:
            yield f"字段 {key} 的类型是 {field.type}，不能用于 {timing.kind}，请核对"


def condition_faults(condition: Condition, ledger: Ledger, catalogue: Catalogue) -> Iterator[str]:
    """A condition that its field can never answer."""
    if condition.op not in OPS:
        yield f"不认识的判断 {condition.op}，可用的有：{'、'.join(sorted(OPS))}"
        return
    field = resolve(ledger, condition.path, catalogue.ledgers)
    if field is None:
        yield _no_field(ledger, condition.path)
        return
    types = _OP_TYPES.get(condition.op)
    if field.names_several and condition.op not in ("filled", "empty"):
        yield f"字段 {condition.path} 可以填几项（many），只能用 filled 或 empty 判断，请核对"
    elif types is not None and field.type not in types:
        yield f"判断 {condition.op} 不能用在字段 {condition.path} 上，它的类型是 {field.type}，请核对"
    if condition.parameter and condition.parameter not in catalogue.parameters:
        yield f"没有名为 {condition.parameter} 的参数，请核对"
    if condition.op in _NEEDS_NUMBER and not condition.parameter and not _is_number(condition.values):
        yield f"判断 {condition.op} 要写一个数，或写 parameter，请补上"
    if condition.op == "not_after":
        other = [resolve(ledger, value, catalogue.ledgers) for value in condition.values]
        if len(other) != 1 or other[0] is None or other[0].type is not FieldType.DATE:
            yield _NO_DATE
    if condition.op in _NEEDS_VALUES:
        if not condition.values:
            yield f"判断 {condition.op} 缺少要比较的值，请补上"
        yield from choice_faults(field, condition.values)


def _is_number(values: tuple[str, ...]) -> bool:
    return len(values) == 1 and values[0].lstrip("-").isdigit()


def match_faults(match: Match, ledger: Ledger, catalogue: Catalogue) -> Iterator[str]:
    """A match with a ledger or fields that do not exist, or that can never be equal."""
    other = catalogue.ledgers.get(match.ledger)
    if other is None:
        yield f"没有名为 {match.ledger} 的台账，请核对"
        return
    for left, right in match.on:
        mine = resolve(ledger, left, catalogue.ledgers)
        theirs = resolve(other, right, catalogue.ledgers)
        if mine is None:
            yield _no_field(ledger, left)
        if theirs is None:
            yield _no_field(other, right)
        for path, field in ((left, mine), (right, theirs)):
            if field is not None and field.names_several:
                yield f"字段 {path} 可以填几项（many），不能用来和另一台账对应，请核对"
        if mine is not None and theirs is not None and mine.type is not theirs.type:
            yield f"字段 {left} 和 {right} 的类型不同，对不上，请核对"
    yield from timing_faults(match.timing, other)
    for condition in match.where:
        yield from condition_faults(condition, other, catalogue)


def claim_faults(claim: Claim, catalogue: Catalogue, names: set[str]) -> Iterator[str]:
    """What is wrong with how a claim is judged; `names` collects what is taken."""
    yield from name_faults(claim.key, names)
    if claim.key in CLAIM_NUMBERS:
        yield f"key {claim.key} 在论断的句子里另有用处，请换一个"
    if claim.measure is not None:
        yield from measure_faults(claim.measure, catalogue)
        ledger = catalogue.ledgers.get(claim.measure.ledger)
        if ledger is not None:
            for condition in claim.also:
                yield from condition_faults(condition, ledger, catalogue)
            for match in claim.also_matches:
                yield from match_faults(match, ledger, catalogue)
    for cover in claim.covers:
        yield from cover_faults(cover, catalogue)
    for key in claim.indicators:
        if key not in catalogue.indicators:
            yield f"没有名为 {key} 的指标，请核对"
    if claim.reports and claim.measure is not None:
        ledger = catalogue.ledgers.get(claim.measure.ledger)
        if ledger is not None and not ledger.village:
            yield f"台账 {ledger.key} 没有村（居），不能要求各村（居）报送，请去掉 reports"


def cover_faults(cover: Cover, catalogue: Catalogue) -> Iterator[str]:
    """A register that is none, or a path that does not lead to it."""
    yield from measure_faults(cover.measure, catalogue)
    if not cover.register:
        return
    register = catalogue.ledgers.get(cover.register)
    ledger = catalogue.ledgers.get(cover.measure.ledger)
    if register is None or not register.register:
        yield f"没有名为 {cover.register} 的名册，请核对"
        return
    for condition in cover.where:
        yield from condition_faults(condition, register, catalogue)
    field = resolve(ledger, cover.path, catalogue.ledgers) if ledger is not None else None
    if ledger is not None and (field is None or field.type != cover.register or field.names_several):
        yield f"path“{cover.path}”不通向名册 {cover.register}，请核对"
    if ledger is not None:
        yield from (_no_field(ledger, p) for p in cover.together if not resolve(ledger, p, catalogue.ledgers))


def _no_field(ledger: Ledger, path: str) -> str:
    return f"台账 {ledger.key} 没有字段 {path}，请核对"
