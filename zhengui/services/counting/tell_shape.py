"""What a chip tells of a figure beside its value: bands, ranks, targets, lists with their fields, values of records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from zhengui.catalogue.check_ledgers import resolve
from zhengui.catalogue.model import Display, Field, FieldType, Indicator, Ledger, Measure
from zhengui.catalogue.wording import (
    AMONG,
    AND,
    AVERAGE,
    BAND,
    BAND_COUNT,
    BOTTOM,
    EXPECTED,
    FIELD_VALUES,
    FIRST_DAY,
    HIGHEST,
    ITEMS,
    LAST_DAY,
    LOWEST,
    RANK,
    TARGET,
    TARGET_SHARE,
    TOP,
    VALUES,
    Chip,
    band,
    days_field,
)
from zhengui.figures.chips import enumerate_names
from zhengui.figures.display import display, percent
from zhengui.figures.display_choices import shown
from zhengui.figures.period import Period
from zhengui.figures.plan_pace import INCREASE, raised
from zhengui.figures.units import in_unit
from zhengui.services.counting.compute_figures import Villages, compute, compute_by_village, summed_field
from zhengui.services.township.reading import Reading
from zhengui.storage.browse.pages import Selection, ids_of
from zhengui.storage.counting import told_apart
from zhengui.storage.counting.measured_rows import row_ids
from zhengui.storage.query.predicates import Scope
from zhengui.storage.query.references import labels
from zhengui.storage.records import record as records
from zhengui.storage.schema.columns import decode
from zhengui.storage.schema.sql_types import Connection
from zhengui.storage.schema.tables import Tables
from zhengui.values.show import show
from zhengui.values.value import Value

_NO_VALUE = ""
_FEN_IN_WAN = 1_000_000


@dataclass(frozen=True, slots=True)
class Asker:
    """Where and of when a chip asks."""

    reading: Reading
    period: Period
    villages: Villages = ()
    #: The villages and their values by indicator, each computed once.
    known: dict[str, list[tuple[str, Value]]] = field(default_factory=dict)

    @property
    def scope(self) -> Scope:
        """The same for the storage."""
        return Scope(self.period, self.villages)

    def records_of(
        self, measure: Measure
    ) -> tuple[Connection, Tables, Measure, Scope, Mapping[str, Decimal]]:
        """What the storage asks for to find a measure's records."""
        reading = self.reading
        return reading.conn, reading.tables, measure, self.scope, reading.parameters


#: Tells one shape.
Teller = Callable[[Asker, Indicator, Chip], str]


def tell(asker: Asker, indicator: Indicator, chip: Chip) -> str:
    """What the chip prints; empty where nothing is known of it, to be filled in by hand."""
    return TELLERS[chip.shape](asker, indicator, chip)


def _by_village(asker: Asker, indicator: Indicator) -> list[tuple[str, Any]]:
    """The villages of the scope and their values, known ones alone, in the office's order."""
    if indicator.key not in asker.known:
        asker.known[indicator.key] = _counted_by_village(asker, indicator)
    return asker.known[indicator.key]


def _counted_by_village(asker: Asker, indicator: Indicator) -> list[tuple[str, Value]]:
    reading = asker.reading
    names = labels(reading.conn, reading.tables, "village")
    asked = tuple(village for village in names if not asker.villages or village in asker.villages)
    found = compute_by_village(reading, asker.period, asked, [indicator.key])
    values = ((names[village], found[village][indicator.key].value) for village in asked)
    return [(name, value) for name, value in values if value is not None]


def _named(indicator: Indicator, chip: Chip, pairs: list[tuple[str, Any]]) -> str:
    valued = VALUES in chip.codes
    told = [f"{name}（{display(indicator, value)}）" if valued else name for name, value in pairs]
    return enumerate_names(told, AND in chip.codes)


def _top(asker: Asker, indicator: Indicator, chip: Chip) -> str:
    pairs = [(name, value) for name, value in _by_village(asker, indicator) if value]
    pairs.sort(key=lambda pair: -pair[1])
    return _named(indicator, chip, pairs[: chip.most])


def _bottom(asker: Asker, indicator: Indicator, chip: Chip) -> str:
    pairs = sorted(_by_village(asker, indicator), key=lambda pair: pair[1])
    return _named(indicator, chip, pairs[: chip.most])


def _within(asker: Asker, indicator: Indicator, chip: Chip) -> list[tuple[str, Value]]:
    low, high = band(chip) or ("", "")
    return [
        (name, value)
        for name, value in _by_village(asker, indicator)
        if (not low or value >= Decimal(low)) and (not high or value < Decimal(high))
    ]


def _band(asker: Asker, indicator: Indicator, chip: Chip) -> str:
    return _named(indicator, chip, _within(asker, indicator, chip))


def _band_count(asker: Asker, indicator: Indicator, chip: Chip) -> str:
    return str(len(_within(asker, indicator, chip))) if _by_village(asker, indicator) else ""


def _average(asker: Asker, indicator: Indicator, chip: Chip) -> str:
    values = [Decimal(value) for _name, value in _by_village(asker, indicator)]
    return shown(indicator, _rounded(sum(values, Decimal(0)) / len(values), 2), chip.shown) if values else ""


def _edge(pick: Callable[[list[Value]], Any]) -> Teller:
    def told(asker: Asker, indicator: Indicator, chip: Chip) -> str:
        values = [value for _name, value in _by_village(asker, indicator)]
        return shown(indicator, pick(values), chip.shown) if values else ""

    return told


def _rank(asker: Asker, indicator: Indicator, chip: Chip) -> str:
    """By what is good: where less is better, the least stands first. Equals share a place."""
    reading = asker.reading
    wanted = chip.shown
    if not wanted and len(asker.villages) == 1:
        wanted = labels(reading.conn, reading.tables, "village", asker.villages).get(asker.villages[0], "")
    pairs = dict(_by_village(Asker(reading, asker.period), indicator))
    if wanted not in pairs:
        return ""
    mine = pairs[wanted]
    before = [v for v in pairs.values() if (v < mine if indicator.good == "down" else v > mine)]
    return f"第{len(before) + 1}位"


def _expected(asker: Asker, indicator: Indicator, chip: Chip) -> str:
    """The value so far, stretched evenly over the whole year; once the year is over, the value itself."""
    reading, year = asker.reading, asker.period.year
    first, last = date(year, 1, 1), date(year, 12, 31)
    until = min(asker.period.end, reading.today)
    if until < first:
        return ""
    value = compute(reading, Period(first, until), asker.villages, [indicator.key])[indicator.key].value
    if value is None:
        return ""
    passed, whole = (until - first).days + 1, (last - first).days + 1
    exact = Decimal(value) * whole / passed
    places = 0 if isinstance(value, int) else 2
    return shown(indicator, _rounded(exact, places), chip.shown)


def _rounded(number: Decimal, places: int) -> int | Decimal:
    kept = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return int(kept) if kept == kept.to_integral_value() else kept


def _goal(asker: Asker, indicator: Indicator) -> Decimal | None:
    """The target that the plan of the year sets for the whole township; of several the one due last."""
    reading, ledger = asker.reading, _plan_ledger(asker.reading)
    if ledger is None or asker.villages:
        return None
    ids = ids_of(reading.conn, reading.tables, Selection(ledger.key))
    rows = records.fetch(reading.conn, reading.tables, ledger.key, ids)
    items = [
        row.values
        for row in rows
        if row.values.get("indicator") == indicator.key
        and row.values.get("plan_year") == asker.period.year
        and row.values.get("target") is not None
    ]
    if not items:
        return None
    item = max(items, key=lambda values: values.get("due_on") or date.min)
    target = Decimal(item["target"])
    return _raised(asker, indicator, item, target) if item.get("operator") == INCREASE else target


def _raised(asker: Asker, indicator: Indicator, item: Mapping[str, Value], target: Decimal) -> Decimal | None:
    """A target that is an increase over the year before, as the value to be reached."""
    year = asker.period.year - 1
    before = Period(date(year, 1, 1), date(year, 12, 31))
    value = compute(asker.reading, before, (), [indicator.key])[indicator.key].value
    if value is None:
        return None
    return raised(Decimal(value), target, str(item.get("unit") or ""), indicator)


def _plan_ledger(reading: Reading) -> Ledger | None:
    """The ledger whose records set targets for figures."""
    for area in reading.catalogue.areas:
        for ledger in area.ledgers:
            types = {field.type for field in ledger.fields}
            if area.kind == "plan" and FieldType.INDICATOR in types and "target" in ledger.by_key:
                return ledger
    return None


def _target(asker: Asker, indicator: Indicator, chip: Chip) -> str:
    goal = _goal(asker, indicator)
    return "" if goal is None else shown(indicator, _rounded(goal, 2), chip.shown)


def _target_share(asker: Asker, indicator: Indicator, _chip: Chip) -> str:
    goal = _goal(asker, indicator)
    value = compute(asker.reading, asker.period, asker.villages, [indicator.key])[indicator.key].value
    if not goal or value is None:
        return ""
    return percent(Decimal(value) / goal * 100, Display("percent", 1, trim=True)) + "%"


def _among(asker: Asker, indicator: Indicator, chip: Chip) -> str:
    measure = indicator.measure
    assert measure is not None
    field = summed_field(asker.reading, measure) if measure.kind == "sum" else None
    told = []
    for value, amount in told_apart.amounts_by(*asker.records_of(measure), chip.shown):
        found = amount if field is None else in_unit(indicator, field, decode(field, amount))
        told.append(f"{_shown_value(asker, measure, chip.shown, value)}{shown(indicator, found)}")
    return f"其中{enumerate_names(told)}" if told else ""


def _shown_value(asker: Asker, measure: Measure, path: str, value: Any) -> str:
    ledgers = asker.reading.catalogue.ledgers
    field = resolve(ledgers[measure.ledger], path, ledgers)
    assert field is not None
    if isinstance(value, date):
        year = "" if value.year == asker.period.year else f"{value.year}年"
        return f"{year}{value.month}月{value.day}日"
    if field.is_number:
        return _number(field, Decimal(value))
    if field.names_several and isinstance(value, int):
        field = replace(field, many=False)  # one of them
    return show(field, value, asker.reading.lookup(), True)


def _number(field: Field, value: Decimal) -> str:
    """A number of a record as a sentence writes it; money, which is kept in 分, in 万元 or what suits it."""
    if field.type is FieldType.MONEY:
        unit, value = "万元", value / _FEN_IN_WAN
    else:
        unit = field.unit or ""
    bare = Indicator(field.key, field.title, "", unit, "", display=Display())
    return display(bare, value)


def _items(asker: Asker, indicator: Indicator, chip: Chip) -> str:
    """Each record by its name, with its fields in brackets: 甲项目（投资1200万元，3月5日开工）."""
    measure, reading = indicator.measure, asker.reading
    assert measure is not None
    ids = row_ids(*asker.records_of(measure))
    kept = ids[: chip.most] if chip.most else ids
    ledger = reading.catalogue.ledgers[measure.ledger]
    told = []
    for row in records.fetch(reading.conn, reading.tables, measure.ledger, kept):
        facts = []
        for path in chip.codes:
            value = row.values.get(path)
            if value not in (None, ""):
                facts.append(_fact(ledger[path], _shown_value(asker, measure, path, value)))
        name = str(row.values.get(ledger.named_by) or "")
        told.append(f"{name}（{'，'.join(facts)}）" if facts else name)
    more = "等" if chip.most and len(ids) > chip.most else ""
    return enumerate_names([each for each in told if each]) + more if told else ""


def _fact(field: Field, written: str) -> str:
    """A field in brackets: 投资1200万元, 3月5日开工, and of words and names the words alone."""
    if field.type is FieldType.DATE:
        return written + field.title.removesuffix("日期").removesuffix("时间")
    return field.title + written if field.is_number else written


def _values(asker: Asker, indicator: Indicator, chip: Chip) -> str:
    measure = indicator.measure
    assert measure is not None
    found = told_apart.field_values(*asker.records_of(measure), chip.shown)
    return enumerate_names([_shown_value(asker, measure, chip.shown, value) for value in found])


def _edge_day(last: bool) -> Teller:
    def told(asker: Asker, indicator: Indicator, _chip: Chip) -> str:
        measure = indicator.measure
        assert measure is not None
        field = days_field(measure.timing.fields, asker.reading.catalogue.ledgers[measure.ledger])
        days = told_apart.edge_days(*asker.records_of(measure), field) if field else None
        if days is None:
            return _NO_VALUE
        day = days[last]
        year = "" if day.year == asker.period.year else f"{day.year}年"
        return f"{year}{day.month}月{day.day}日"

    return told


#: What tells each shape that is more than a figure's own value or names.
TELLERS: Mapping[str, Teller] = {
    TOP: _top,
    BOTTOM: _bottom,
    BAND: _band,
    BAND_COUNT: _band_count,
    AVERAGE: _average,
    HIGHEST: _edge(max),
    LOWEST: _edge(min),
    RANK: _rank,
    EXPECTED: _expected,
    TARGET: _target,
    TARGET_SHARE: _target_share,
    AMONG: _among,
    ITEMS: _items,
    FIELD_VALUES: _values,
    FIRST_DAY: _edge_day(False),
    LAST_DAY: _edge_day(True),
}
