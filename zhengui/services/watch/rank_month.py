"""绩效考核 of a month: each village's marks from its own rates, with what single deeds add, and the ranks of all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from zhengui.catalogue.model import Measure, Ranking, RankItem, Timing
from zhengui.figures import period as periods
from zhengui.figures.period import Period
from zhengui.figures.village_marks import MarkedVillage, Scale, mark_villages
from zhengui.services.counting.compute_figures import compute_by_village
from zhengui.services.township.overview import villages_in
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.services.watch.ranking_settings import scales_of
from zhengui.storage.counting.chosen_rows import chosen_rows
from zhengui.storage.problem import StorageProblem
from zhengui.storage.query.predicates import Asked, Scope
from zhengui.storage.records import record as records
from zhengui.storage.writing import ranking_months

#: The ledger of what single deeds add and take.
DEEDS = "assessment_item"
ADDED = "加分"
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class RankedItem:
    """An item as it stands in a month: the figure's key, its title with what it is divided by, its unit, its scale."""

    indicator: str
    title: str
    unit: str
    scale: Scale


@dataclass(frozen=True, slots=True)
class Month:
    """A ranking of a month. `issued` is when it was, None while it is live; then settings and marks no longer change.

    `names` are the villages'; `span` is what the figures count, from the year's beginning to the month's end; `deeds`
    are the ids of the deeds that counted, by village.
    """

    ranking: str
    title: str
    month: int
    items: tuple[RankedItem, ...]
    marked: tuple[MarkedVillage, ...]
    names: Mapping[int, str]
    deeds: Mapping[int, tuple[int, ...]]
    bonus: Decimal
    issued: datetime | None = None
    who: str = ""

    @property
    def span(self) -> Period:
        """What the figures count."""
        return span_of(self.month)

    @property
    def words(self) -> str:
        """The month as people say it: 2021年11月."""
        return f"{self.month // 100}年{self.month % 100}月"


def span_of(month: int) -> Period:
    """From the beginning of a month's year to its end."""
    year, number = divmod(month, 100)
    return Period(date(year, 1, 1), periods.month(year, number).end)


@reads
def month_ranking(reading: Reading, key: str, month: int) -> Month:
    """A ranking of a month (yyyymm): as it was issued, or as the records are now. KeyError where there is none such."""
    ranking = reading.living(span_of(month)).rankings[key]
    stored = ranking_months.issued(reading.conn, reading.tables, key).get(month)
    if stored is not None:
        return _thawed(stored)
    return _live(reading, ranking, month, _ranks_before(reading, ranking, month))


@reads
def months_of(reading: Reading, key: str, year: int) -> list[tuple[int, bool]]:
    """The months of a year that have begun, as (yyyymm, issued), the latest first."""
    known = ranking_months.issued(reading.conn, reading.tables, key)
    today = reading.today
    last = 12 if year < today.year else today.month if year == today.year else 0
    return [(year * 100 + month, year * 100 + month in known) for month in range(last, 0, -1)]


@writes(Right.ENTER)
def issue_month(writing: Writing, key: str, month: int) -> Month:
    """Freeze a month's settings and marks; StorageProblem where it isn't over or is issued already."""
    span = span_of(month)
    if span.end > writing.today:
        raise StorageProblem(f"{month % 100}月还没有过完，月底以后再签发。")
    found = month_ranking(writing, key, month)
    if found.issued is not None:
        raise StorageProblem(f"{found.words}的“{found.title}”通报已经签发，不再改动。")
    if not any(each.rank for each in found.marked):
        raise StorageProblem("各村（居）都还没有可以计分的数，先登记台账再签发。")
    # The day is the office's own: it is printed on the sheet.
    at = datetime.combine(writing.today, datetime.now().time())
    ranking_months.keep(writing.conn, writing.tables, key, month, _frozen(found), writing.operator, at)
    return month_ranking(writing, key, month)


def _ranks_before(reading: Reading, ranking: Ranking, month: int) -> dict[int, int]:
    """The ranks of the month before in the same year, as issued or as they would be."""
    if month % 100 == 1:
        return {}
    stored = ranking_months.issued(reading.conn, reading.tables, ranking.key).get(month - 1)
    found = _thawed(stored) if stored is not None else _live(reading, ranking, month - 1, {})
    return {each.village: each.rank for each in found.marked if each.rank}


def _live(reading: Reading, ranking: Ranking, month: int, before: Mapping[int, int]) -> Month:
    span = span_of(month)
    scales = scales_of(reading, ranking)
    used = [(item, scale) for item, scale in zip(ranking.items, scales, strict=True) if scale.weight > 0]
    villages = villages_in(reading, span)
    values = _rates(reading, [item for item, _scale in used], span, [village.id for village in villages])
    deeds = _deeds(reading, ranking, span)
    bonuses = {village: sum((points for _id, points in own), Decimal(0)) for village, own in deeds.items()}
    marked = mark_villages([scale for _item, scale in used], values, bonuses, ranking.bonus, before)
    return Month(
        ranking.key,
        ranking.title,
        month,
        tuple(_item(reading, item, scale) for item, scale in used),
        tuple(marked),
        {village.id: village.name for village in villages},
        {village: tuple(id_ for id_, _points in own) for village, own in deeds.items()},
        ranking.bonus,
    )


def _item(reading: Reading, item: RankItem, scale: Scale) -> RankedItem:
    indicator = reading.catalogue.indicators[item.indicator]
    if item.over:
        over = reading.catalogue.indicators[item.over].title
        return RankedItem(item.indicator, item.title or f"{indicator.title}占{over}", "%", scale)
    per = {"population": "每百人", "households": "每百户"}.get(item.per, "")
    return RankedItem(item.indicator, item.title or f"{per}{indicator.title}", indicator.unit, scale)


def _rates(
    reading: Reading, items: Sequence[RankItem], span: Period, villages: Sequence[int]
) -> dict[int, list[Decimal | None]]:
    """Each village's rates in the order of the items, None where one is unknown."""
    keys = {item.indicator for item in items} | {item.over for item in items if item.over}
    figures = compute_by_village(reading, span, tuple(villages), keys)
    register = {
        row.id: row.values for row in records.fetch(reading.conn, reading.tables, "village", villages)
    }

    def rate(village: int, item: RankItem) -> Decimal | None:
        value = figures[village][item.indicator].value
        if not isinstance(value, int | Decimal):
            return None
        whole = None
        if item.over:
            whole = figures[village][item.over].value
        elif item.per:
            whole = register[village].get(item.per)
        else:
            return Decimal(value)
        return Decimal(value) * _HUNDRED / Decimal(whole) if whole else None

    return {village: [rate(village, item) for item in items] for village in villages}


def _deeds(reading: Reading, ranking: Ranking, span: Period) -> dict[int, list[tuple[int, Decimal]]]:
    """What single deeds of the span add (or take) by village, as (id, points)."""
    if not reading.keeps(DEEDS, year=span.end.year):
        return {}
    asked = Asked(reading.tables, Scope(span), reading.parameters)
    measure = Measure("count", DEEDS, (), Timing("during", ("date",)))
    rows = chosen_rows(reading.conn, reading.tables, measure, asked, ("village", "ranking", "kind", "points"))
    found: dict[int, list[tuple[int, Decimal]]] = {}
    for id_, village, title, kind, points in rows:
        if village is not None and title == ranking.title:
            signed = Decimal(points or 0) * (1 if kind == ADDED else -1)
            found.setdefault(village, []).append((id_, signed))
    return found


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _frozen(month: Month) -> str:
    """A month as text."""
    return json.dumps(
        {
            "title": month.title,
            "bonus": str(month.bonus),
            "items": [
                [i.indicator, i.title, i.unit, str(i.scale.weight), str(i.scale.zero), str(i.scale.full)]
                for i in month.items
            ],
            "villages": [
                {
                    "id": each.village,
                    "name": month.names[each.village],
                    "values": [_text(value) for value in each.values],
                    "marks": [_text(mark) for mark in each.marks],
                    "bonus": str(each.bonus),
                    "total": _text(each.total),
                    "rank": each.rank,
                    "movement": each.movement,
                    "deeds": list(month.deeds.get(each.village, ())),
                }
                for each in month.marked
            ],
        },
        ensure_ascii=False,
    )


def _thawed(stored: ranking_months.StoredMonth) -> Month:
    """A month out of its text."""
    content = json.loads(stored.content)
    return Month(
        stored.ranking,
        content["title"],
        stored.month,
        tuple(
            RankedItem(key, title, unit, Scale(Decimal(weight), Decimal(zero), Decimal(full)))
            for key, title, unit, weight, zero, full in content["items"]
        ),
        tuple(
            MarkedVillage(
                each["id"],
                tuple(_number(value) for value in each["values"]),
                tuple(_number(mark) for mark in each["marks"]),
                Decimal(each["bonus"]),
                _number(each["total"]),
                each["rank"],
                each["movement"],
            )
            for each in content["villages"]
        ),
        {each["id"]: each["name"] for each in content["villages"]},
        {each["id"]: tuple(each["deeds"]) for each in content["villages"]},
        Decimal(content["bonus"]),
        stored.at,
        stored.who,
    )
