"""Invented plan items of 2021 and 2022, one wording for both years with the year's own numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from db.demo.plan_words import ITEMS, Item
from db.demo.world import Area, Row, World

#: Items of 2021 that were not done in the year.
CARRIED = (6, 19, 27)
RUNNING = (11, 31)
#: The item that the villages finished together in the last days of the year.
LAST = 29


def ledgers(world: World) -> Area:
    """The area's only ledger."""
    yield "plan_item", _items(world)


def _items(world: World) -> Iterator[Row]:
    chance = world.chance("plan_item")
    for year in (2021, 2022):
        for place, item in enumerate(ITEMS):
            item = of_year(item, year)
            row = _item(world, item, year)
            row["leader"] = world.leaders[place % len(world.leaders)]
            row["due_on"] = date(year, *item.due)
            if item.budget:
                row["budget"] = item.budget * 10_000_00
            if year == 2021:
                done = date(2021, min(item.due[0], 11 + place % 2), chance.between(1, 26))
                _judge(row, place, date(2021, 12, 29) if place == LAST else done)
            yield row


def of_year(item: Item, year: int) -> Item:
    """The item as it stands in the plan of a year."""
    return item._replace(**item.first) if year == 2021 else item


def _item(world: World, item: Item, year: int) -> Row:
    target = item.targets[year - 2021] if item.targets else None
    wording = item.wording.format(target=target, year=year)
    row: Row = {"part": item.part, "topic": item.topic, "plan_year": year, "wording": wording}
    row["status"] = "未开始"
    row["department"] = world.department(item.department)
    if target is not None:
        row |= {"operator": item.operator, "target": Decimal(target), "unit": item.unit}
        if item.subject:
            row["subject"] = item.subject
        row["indicator"] = item.indicator
    return row


def _judge(row: Row, place: int, done: date) -> None:
    """What became of an item by the end of its year."""
    if place in CARRIED:
        row |= {
            "status": "结转下年",
            "progress": "因前期手续办理时间较长，主体工程尚未完成，转入下年继续实施。",
        }
    elif place in RUNNING:
        row |= {"status": "进行中", "progress": "已完成八成以上。"}
    else:
        row |= {"status": "已完成", "done_on": done}
