"""Ways of sharing a plan item out: what villages are weighed by, and what each of them is then to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from zhengui.catalogue.model import Indicator
from zhengui.figures.period import Period
from zhengui.figures.plan_shares import share_out
from zhengui.services.counting.compute_figures import compute_by_village, summed_field
from zhengui.services.plan.track_plan import Tracked
from zhengui.services.plan.village_values import VillageValue, counted_by_village, values_by_village
from zhengui.services.township.overview import VillageChoice
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.problem import StorageProblem
from zhengui.storage.records import record as records
from zhengui.storage.writing import plan_progress

#: What villages are weighed by: the key that is stored, and how people read it.
BY = {"population": "按人口", "households": "按户数", "equal": "平均分", "own": "自己填"}
#: A rate is never divided: each village gets the same rate, and its own head count.
RATE = "rate"
#: A level that doesn't climb, such as the share of the year's cases that are closed: each village holds the same one.
LEVEL = "level"
#: Weighed by an indicator, whose key follows.
INDICATOR = "indicator:"
#: The units of rates.
PERCENT = ("%", "％", "个百分点")
_ZERO, _ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class Held:
    """A level in a village: what it is, None where nothing is known of it yet, and of how many (people, cases)."""

    level: Decimal | None
    heads: Decimal


def weights_of(
    reading: Reading,
    chosen: Sequence[VillageChoice],
    by: str,
    own: Mapping[int, Decimal] | None,
    values: Mapping[int, VillageValue],
) -> dict[int, Decimal]:
    """What each village weighs. StorageProblem where none weighs anything, or one less than nothing."""
    if by == RATE or by.startswith(INDICATOR):
        found = _measured(reading, chosen, by)
    elif all(value.whole is not None for value in values.values()) and by != "own" and values:
        found = {village: value.whole or _ZERO for village, value in values.items()}
    elif by == "own":
        found = {village.id: (own or {}).get(village.id, _ZERO) for village in chosen}
    elif by == "equal":
        found = {village.id: _ONE for village in chosen}
    else:
        rows = records.fetch(reading.conn, reading.tables, "village", [village.id for village in chosen])
        found = {row.id: Decimal(row.values.get(by) or 0) for row in rows}
    if not any(weight > 0 for weight in found.values()) or any(weight < 0 for weight in found.values()):
        what = {"population": "人口", "households": "户数", RATE: "人口"}.get(by, "比重")
        raise StorageProblem(f"各村（居）还没有填{what}，没法分解。请先在“基础信息”里填好，或者换一种分法。")
    return found


def _measured(reading: Reading, chosen: Sequence[VillageChoice], by: str) -> dict[int, Decimal]:
    """Head counts, or an indicator of the year so far, by village; nought where it is unknown."""
    ids = tuple(village.id for village in chosen)
    if by == RATE:
        return _people(reading, ids)
    key = by.removeprefix(INDICATOR)
    figures = compute_by_village(reading, Period(date(reading.today.year, 1, 1), reading.today), ids, [key])
    return {village: Decimal(found[key].value or 0) for village, found in figures.items()}


def goals_of(
    item: Tracked, weights: Mapping[int, Decimal], values: Mapping[int, VillageValue]
) -> dict[int, Decimal]:
    """What each village does altogether: of a share the same share of its own, else by weight."""
    goal = item.goal.value if item.goal is not None else None
    assert goal is not None
    if all(value.whole is not None for value in values.values()):
        return {
            village: ((value.whole or _ZERO) * goal).to_integral_value(ROUND_CEILING)
            for village, value in values.items()
        }
    taking_part = {village: weight for village, weight in weights.items() if weight > 0}
    # A stock such as land in force is there already; only what is added to it is shared out.
    have = sum((value.done for value in values.values()), _ZERO)
    if item.goal is None or item.goal.from_zero or not have:
        return share_out(goal, taking_part)
    added = share_out(max(_ZERO, goal - have), taking_part)
    return {village: values[village].done + added[village] for village in taking_part}


@reads
def by_records(reading: Reading, item: Tracked) -> bool:
    """Whether villages' figures come from their records; otherwise they are reported by hand."""
    return item.goal is not None and counted_by_village(reading, item.goal)


@reads
def same_rate(reading: Reading, item: Tracked) -> bool:
    """Whether an item is a rate whose records don't tell of villages: each gets that very rate."""
    goal = item.goal
    return goal is not None and goal.unit in PERCENT and not by_records(reading, item)


def same_level(item: Tracked) -> bool:
    """Whether an item is a level that holds or doesn't, such as the share of the year's own cases that are closed."""
    return item.goal is not None and not item.goal.grows


@reads
def levels_of(
    reading: Reading, item: Tracked, villages: Sequence[VillageChoice], day: date
) -> dict[int, Held]:
    """The level of each village on a day: from its records, or as it was last reported, of its people."""
    assert item.goal is not None
    ids = tuple(village.id for village in villages)
    indicator = reading.catalogue.indicators.get(item.goal.indicator)
    if indicator is None or not by_records(reading, item):
        reports = plan_progress.of_items(reading.conn, reading.tables, [item.id], day).get(item.id, [])
        told = {each.village: each.value for each in reports if each.value is not None and each.day <= day}
        return {id_: Held(told.get(id_), heads) for id_, heads in _people(reading, ids).items()}
    span = Period(date(day.year, 1, 1), day)
    figures = compute_by_village(reading, span, ids, [indicator.key])
    if indicator.over is None:
        heads = _people(reading, ids)
    else:
        wholes = values_by_village(reading, item.goal, ids, (), day)
        heads = {id_: (value.whole or _ZERO) * indicator.factor for id_, value in wholes.items()}
    found = {id_: figures[id_][indicator.key].value for id_ in ids}
    return {
        id_: Held(Decimal(value) if isinstance(value, int | Decimal) else None, heads[id_])
        for id_, value in found.items()
    }


@reads
def heads_unit(reading: Reading, item: Tracked) -> str:
    """In what the head counts of a rate are told: people, or the cases that a level is a share of."""
    indicator = reading.catalogue.indicators.get(item.goal.indicator) if item.goal is not None else None
    if indicator is None or indicator.over is None or not by_records(reading, item):
        return "人"
    field = summed_field(reading, indicator.over)
    return field.unit if field is not None else reading.catalogue.ledgers[indicator.over.ledger].measure_word


def _people(reading: Reading, villages: Sequence[int]) -> dict[int, Decimal]:
    rows = records.fetch(reading.conn, reading.tables, "village", villages)
    return {row.id: Decimal(row.values.get("population") or 0) for row in rows}


@reads
def weighable(reading: Reading, year: int) -> list[Indicator]:
    """The indicators of a year that villages can be weighed by: amounts that are told village by village."""
    ledgers = reading.catalogue.ledgers
    return [
        each
        for each in reading.catalogue.in_years(year).live_indicators.values()
        if each.over is None
        and each.measure is not None
        and each.measure.kind in ("count", "sum", "distinct")
        and ledgers[each.measure.ledger].village
        and each.strip
    ]


@reads
def by_words(reading: Reading, by: str) -> str:
    """How people say what villages are weighed by."""
    if by in (RATE, LEVEL):
        return "各村（居）同一比率"
    if by.startswith(INDICATOR):
        indicator = reading.catalogue.indicators.get(by.removeprefix(INDICATOR))
        return f"按{indicator.title}" if indicator is not None else "按指标"
    return BY.get(by, "")


@reads
def of_a_share(reading: Reading, item: Tracked) -> bool:
    """Whether each village reaches the same share of its own, so that no weights are asked for."""
    if same_rate(reading, item) or same_level(item):
        return True
    indicator = reading.catalogue.indicators.get(item.goal.indicator) if item.goal is not None else None
    return indicator is not None and indicator.over is not None and by_records(reading, item)
