"""What is read aloud of tables, photos and charts, for whoever does not see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from zhengui.reports.document import Chart, Pictures, Table
from zhengui.reports.gb9704.items import Element, Item, LinkArea, Text

UNKNOWN = "暂缺"
_KINDS = {"trend": "折线图", "compare": "条形图"}


def element_of(block: Table | Pictures | Chart, into: Element) -> Element:
    """The element of a table, of a row of photos, or of a chart with its numbers in words."""
    if isinstance(block, Table):
        return into.add("Table")
    if isinstance(block, Pictures):
        return into.add("Div")
    return into.add("Figure", chart_words(block))


def chart_words(chart: Chart) -> str:
    """A chart as a sentence: what it shows, then each of its values."""
    unit = f"（{chart.unit}）" if chart.unit else ""
    told = []
    for one in chart.series:
        values = "，".join(
            f"{name}{UNKNOWN if value is None else f'{value:.10g}'}"
            for name, value in zip(chart.categories, one.values, strict=False)
        )
        told.append(f"{one.name}：{values}" if len(chart.series) > 1 else values)
    return f"{_KINDS.get(chart.kind, '图')}：{chart.caption}{unit}。{'；'.join(told)}。"


def belonging(items: Iterable[Item], of: Element | None) -> Iterator[Item]:
    """Items as what draws one element; an area draws nothing."""
    for item in items:
        if isinstance(item, Text):
            item.of = of
            yield item
        elif isinstance(item, LinkArea):
            yield item
        else:
            yield replace(item, of=of)


def tell_lines(items: Iterable[Item], into: Element) -> None:
    """Each text among the items is a paragraph."""
    for item in items:
        if isinstance(item, Text):
            item.of = into.add("P")


def in_front(whole: Element, kind: str = "Sect") -> Element:
    """A new part before all others."""
    made = Element(kind, above=whole)
    whole.parts = [made, *whole.parts]
    return made
