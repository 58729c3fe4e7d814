"""Propose items for the next plan from the data: what is unfinished, still open, shown by the trend, or comes each year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from zhengui.catalogue.closed_loop import CLOSED
from zhengui.catalogue.model import Indicator, Ledger
from zhengui.figures.period import Period
from zhengui.figures.period import year as whole_year
from zhengui.figures.plan_trend import next_target
from zhengui.services.counting.compute_figures import compute
from zhengui.services.entry.record import save
from zhengui.services.plan.carry_over import next_due, review, settle
from zhengui.services.plan.list_plan import LEDGER, item_ids
from zhengui.services.plan.plan_values import adds_up
from zhengui.services.plan.tell_plan import amount, number
from zhengui.services.township.overview import looped, villages
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import Filter, Selection
from zhengui.storage.records import record as records
from zhengui.storage.writing import plan_outcomes
from zhengui.values.value import Value

UNFINISHED, OPEN, TREND, YEARLY = "上年未完成", "整改未销号", "近三年趋势", "每年都有"
KINDS = (UNFINISHED, OPEN, TREND, YEARLY)
_SAME = 24
_PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Proposal:
    """An item that could stand in a year's plan, and why. `key` is the same whenever it is proposed.

    `values` are the fields of the item. `item` is the one it was taken over as; `aside` that nobody wants it.
    """

    key: str
    kind: str
    part: str
    wording: str
    why: str
    values: Mapping[str, Value] = field(hash=False)
    carries: int | None = None
    item: int | None = None
    aside: bool = False


@reads
def propose(reading: Reading, year: int) -> list[Proposal]:
    """All proposals for a year's plan, those taken over or set aside too, kind by kind.

    An item that the plan has already, in the same words or for the same indicator, isn't proposed again.
    """
    noted = plan_outcomes.noted_proposals(reading.conn, reading.tables, year)
    there = records.fetch(reading.conn, reading.tables, LEDGER, item_ids(reading, year))
    taken = {str(each.values["wording"]).strip() for each in there}
    measured = {each.values.get("indicator") for each in there} - {None}
    found = []
    for proposal in _all(reading, year):
        known = proposal.key in noted
        same = proposal.wording in taken or proposal.values.get("indicator") in measured
        if same and not known:
            continue
        item = noted.get(proposal.key)
        found.append(_noted(proposal, item, known and item is None))
    return found


@writes(Right.WRITE)
def accept(
    writing: Writing,
    proposal: Proposal,
    year: int,
    changes: Mapping[str, Value] | None = None,
    reason: str = "",
) -> int:
    """Take a proposal over into the plan, with other values in some fields; returns the item's id.

    An unfinished item is carried over and settled, which needs a `reason`. Raises Mistakes as saving does.
    """
    if proposal.carries is not None:
        wanted = next(each for each in review(writing, year - 1) if each.item.id == proposal.carries)
        carried = settle(writing, wanted, reason, carry=True, changes=changes).carried
        assert carried is not None
        item = carried
    else:
        item = save(writing, LEDGER, {**proposal.values, **(changes or {})}).id
    plan_outcomes.note_proposal(writing.conn, writing.tables, year, proposal.key, item, writing.operator)
    return item


@writes(Right.WRITE)
def withdraw(writing: Writing, year: int, key: str, item: int) -> None:
    """Take an accepted proposal out of the plan again; an item carried over is unsettled by it."""
    who = writing.operator
    earlier = plan_outcomes.origins(writing.conn, writing.tables, [item]).get(item)
    records.delete(writing.conn, writing.tables, LEDGER, [item], who)
    plan_outcomes.forget_proposal(writing.conn, writing.tables, year, key)
    if earlier is not None:
        plan_outcomes.unsettle(writing.conn, writing.tables, earlier)
        records.update(writing.conn, writing.tables, LEDGER, earlier, {"status": "进行中"}, who)


@writes(Right.WRITE)
def set_aside(writing: Writing, proposal: Proposal, year: int) -> None:
    """Say that a proposal isn't wanted in this year's plan."""
    plan_outcomes.note_proposal(writing.conn, writing.tables, year, proposal.key, None, writing.operator)


@writes(Right.WRITE)
def propose_again(writing: Writing, proposal: Proposal, year: int) -> None:
    """Let a proposal that was set aside be chosen again."""
    plan_outcomes.forget_proposal(writing.conn, writing.tables, year, proposal.key)


def _noted(proposal: Proposal, item: int | None, aside: bool) -> Proposal:
    parts = (proposal.key, proposal.kind, proposal.part, proposal.wording, proposal.why, proposal.values)
    return Proposal(*parts, proposal.carries, item, aside)


def _all(reading: Reading, year: int) -> Iterator[Proposal]:
    yield from _unfinished(reading, year)
    yield from _open_items(reading, year)
    yield from _trends(reading, year)
    yield from _yearly(reading, year)


def _unfinished(reading: Reading, year: int) -> Iterator[Proposal]:
    for each in review(reading, year - 1):
        carried = each.outcome is not None and each.outcome.carried is not None
        if each.reached or carried:
            continue
        values = records.fetch_one(reading.conn, reading.tables, LEDGER, each.item.id).values
        kept = {key: value for key, value in values.items() if value is not None}
        kept |= {"plan_year": year, "due_on": next_due(each.item.due, year), "status": "未开始"}
        kept = {key: value for key, value in kept.items() if key not in ("done_on", "progress")}
        key = f"item:{each.item.id}"
        yield Proposal(
            key, UNFINISHED, each.item.part, each.item.wording, each.words, kept, carries=each.item.id
        )


def _open_items(reading: Reading, year: int) -> Iterator[Proposal]:
    """One item for each ledger whose problems aren't all struck off."""
    end = date(year - 1, 12, 31)
    for ledger in looped(reading, year=year):
        chosen = Selection(
            ledger.key,
            Period(date(1900, 1, 1), end),
            filters=(Filter(CLOSED, values=(None,)),),
            today=reading.today,
        )
        count = len(browse.ids_of(reading.conn, reading.tables, chosen))
        if count:
            yield _open_item(reading, ledger, count, year)


def _open_item(reading: Reading, ledger: Ledger, count: int, year: int) -> Proposal:
    word = ledger.measure_word
    wording = f"对上年结转的{count}{word}{ledger.noun}继续挂账整改，逐{word}验收销号，年内全部清零。"
    part = _part_of(reading, ledger.area)
    values = _values(reading, ledger.area, part, year, wording, "整改未完成")
    values |= {"due_on": date(year, 6, 30), "operator": "至少", "target": Decimal(count), "unit": word}
    why = f"“{ledger.title}”到 {year - 1} 年底还有 {count} {word}没有销号"
    return Proposal(f"open:{ledger.key}", OPEN, part, wording, why, values)


def _trends(reading: Reading, year: int) -> Iterator[Proposal]:
    """Targets for the figures that last year's plan was measured by, and those where more is better."""
    living = reading.catalogue.in_years(year).live_indicators
    wanted = tuple(key for key in _followed(reading, year - 1) if key in living)
    years = (year - 3, year - 2, year - 1)
    figures = [compute(reading, whole_year(each), keys=wanted) for each in years]
    for key in wanted:
        values = [each[key].value for each in figures]
        known = [Decimal(value) for value in values if value is not None]
        if len(known) < len(years):
            continue
        indicator = reading.catalogue.indicators[key]
        target = next_target(indicator, known, _most(reading, indicator))
        if target is not None:
            told = [
                f"{one} 年 {number(value)}{each[key].mark}"
                for one, value, each in zip(years, known, figures, strict=True)
            ]
            yield _trend(reading, indicator, "，".join(told), target, year)


def _followed(reading: Reading, year: int) -> tuple[str, ...]:
    rows = records.fetch(reading.conn, reading.tables, LEDGER, item_ids(reading, year))
    keys: Iterable[str] = (str(row.values["indicator"]) for row in rows if row.values.get("indicator"))
    known = reading.catalogue.indicators
    printed = (
        key
        for key, each in known.items()
        if each.n is not None and each.good == "up" and each.area in reading.catalogue.by_area
    )
    return tuple(dict.fromkeys(key for key in (*keys, *printed) if key in known and known[key].measure))


def _most(reading: Reading, indicator: Indicator) -> Decimal | None:
    """What a figure can't be above: a hundred for a share, the number of villages for villages."""
    if indicator.unit == _PERCENT:
        return Decimal(100)
    measure = indicator.measure
    if measure is None or measure.kind != "distinct":
        return None
    village = reading.catalogue.ledgers[measure.ledger].village
    return Decimal(len(villages(reading))) if measure.fields == (village,) else None


def _trend(
    reading: Reading,
    indicator: Indicator,
    told: str,
    target: Decimal,
    year: int,
) -> Proposal:
    most = indicator.good == "down"
    asked = amount(target, indicator.unit).replace(" ", "")
    reach = "控制在" if most else "达到" if adds_up(indicator) else "保持在"
    end = "以内" if most else "以上"
    wording = f"{indicator.title}{reach}{asked}{end}。"
    part = _part_of(reading, indicator.area)
    values = _values(reading, indicator.area, part, year, wording, "趋势目标")
    values |= {
        "indicator": indicator.key,
        "operator": "至多" if most else "至少",
        "target": target,
        "unit": indicator.unit[:10],
        "due_on": date(year, 12, 31),
    }
    return Proposal(f"trend:{indicator.key}", TREND, part, wording, told, values)


def _yearly(reading: Reading, year: int) -> Iterator[Proposal]:
    """Items without a number that were in the last plan, or in the last two: work that comes back each year."""
    last = records.fetch(reading.conn, reading.tables, LEDGER, item_ids(reading, year - 1))
    before = records.fetch(reading.conn, reading.tables, LEDGER, item_ids(reading, year - 2))
    earlier = {str(each.values["wording"])[:_SAME] for each in before}
    reached = {each.item.id for each in review(reading, year - 1) if each.reached}
    for each in last:
        wording = str(each.values["wording"]).strip().replace(f"{year - 1}年", f"{year}年")
        if each.values.get("target") is not None or each.values.get("budget") or each.id not in reached:
            continue
        values = {key: value for key, value in each.values.items() if value is not None}
        values = {key: value for key, value in values.items() if key not in ("done_on", "progress")}
        values |= {
            "plan_year": year,
            "wording": wording,
            "due_on": next_due(each.values["due_on"], year),
            "status": "未开始",
            "origin": "经常性工作",
        }
        years = "前两年的计划里都有" if wording[:_SAME] in earlier else "上年计划里有，已经完成"
        key = f"yearly:{each.id}"
        yield Proposal(key, YEARLY, str(each.values["part"]), wording, years, values)


def _values(reading: Reading, area: str, part: str, year: int, wording: str, origin: str) -> dict[str, Value]:
    """The fields that every new item has; its department is the area's, where the register knows it."""
    title = reading.catalogue.by_area[area].department
    found = reading.lookup().find("department", title) if title else []
    if not found:
        found = [(id_, name) for id_, name in _departments(reading)][:1]
    values: dict[str, Value] = {"part": part, "plan_year": year, "wording": wording}
    values |= {"status": "未开始", "origin": origin}
    if found:
        values["department"] = found[0][0]
    return values


def _departments(reading: Reading) -> list[tuple[int, str]]:
    from zhengui.storage.query.references import labels

    return list(labels(reading.conn, reading.tables, "department").items())


def _part_of(reading: Reading, area: str) -> str:
    parts = reading.catalogue.ledgers[LEDGER]["part"].choices
    declared = reading.catalogue.by_area.get(area)
    named = declared.plan_part if declared is not None else ""
    return named if named in parts else parts[-1]
