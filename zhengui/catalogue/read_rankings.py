"""Reads rankings out of a catalogue file and judges whether villages are compared fairly by them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zhengui.catalogue.check_ledgers import key_faults
from zhengui.catalogue.entry import Entry
from zhengui.catalogue.model import Catalogue, Ranking, RankItem
from zhengui.catalogue.rankings import PER


def read_ranking(entry: Entry, area: str) -> Ranking | None:
    """A ranking; None where it does not hold."""
    ranking = Ranking(
        key=entry.text("key", required=True),
        title=entry.text("title", required=True),
        area=area,
        items=tuple(_items(entry)),
        bonus=entry.number("bonus") or Decimal(0),
        life=entry.life(),
    )
    if entry.sound and not ranking.items:
        entry.flaw("缺少 item，说不清按什么排名，请补上")
    return ranking if entry.finish() else None


def _items(entry: Entry) -> Iterator[RankItem]:
    for inner in entry.tables("item"):
        numbers = {name: inner.number(name) for name in ("weight", "zero", "full")}
        for name, value in numbers.items():
            if value is None:
                inner.flaw(f"缺少 {name}，请补上")
        item = RankItem(
            inner.text("indicator", required=True),
            numbers["weight"] or Decimal(0),
            numbers["zero"] or Decimal(0),
            numbers["full"] or Decimal(0),
            inner.text("over"),
            inner.one_of("per", PER) if "per" in inner.data else "",
            inner.text("title"),
        )
        inner.finish()
        entry.take(inner)
        yield item


def ranking_faults(ranking: Ranking, catalogue: Catalogue, seen: set[str]) -> Iterator[str]:
    """What is wrong with a ranking; `seen` collects the keys that are taken."""
    yield from key_faults(ranking.key, seen)
    for item in ranking.items:
        for key in (item.indicator, item.over) if item.over else (item.indicator,):
            if key not in catalogue.indicators:
                yield f"没有名为 {key} 的指标，请核对"
                return
            yield from _village_faults(key, catalogue)
        indicator = catalogue.indicators[item.indicator]
        if indicator.over is None and not item.over and not item.per:
            yield f"指标 {item.indicator} 不是比率，各村（居）大小不同，请写 over 或 per"
        if item.zero == item.full:
            yield f"指标 {item.indicator} 的 zero 和 full 相同，请改正"
        if item.weight <= 0:
            yield f"指标 {item.indicator} 的 weight 应大于0，请改正"


def _village_faults(key: str, catalogue: Catalogue) -> Iterator[str]:
    indicator = catalogue.indicators[key]
    measures = [measure for measure in (indicator.measure, indicator.over) if measure is not None]
    ledgers = [catalogue.ledgers.get(measure.ledger) for measure in measures]
    if not measures or not all(ledger is not None and ledger.village for ledger in ledgers):
        yield f"指标 {key} 分不到村（居），不能用来排名，请换一个"
