"""Invented reports on the plan items of 2021: numbers month by month, of some items village by village, and words."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from db.demo.chance import Chance
from db.demo.plan import CARRIED, LAST, RUNNING
from db.demo.plan_words import ITEMS, Item
from db.demo.world import World

YEAR = 2021
#: The place of the item that villages report on and that is shared out among them.
SHARED = LAST
#: How much of a year's work is usually done by the end of each month, in percent.
_USUAL = (2, 5, 12, 21, 33, 46, 58, 68, 77, 86, 94, 100)
_WORDS = (
    "已开会部署，责任分到人。",
    "按计划推进，完成阶段任务。",
    "完成一轮检查，问题已交办。",
    "资料报县里审核，同步组织实施。",
    "按月调度，进展正常。",
    "进场施工，已完成主要工程量。",
)
_LATE_WORDS = ("前期手续正在办理。", "用地手续还缺一项批复，正在催办。", "主体开工，进度比计划慢。")


class Reported(NamedTuple):
    """One report: the item's place from 1, the day, the words, and the value so far of a village or of all."""

    item: int
    day: date
    words: str
    value: Decimal | None = None
    village: int | None = None


def reports(world: World) -> Iterator[Reported]:
    """All reports in the order of the items and days."""
    chance = world.chance("plan_reports")
    for place, item in enumerate(ITEMS):
        if place == SHARED:
            yield from _by_village(world, chance, place, item)
        elif item.targets is not None and not _computed(world, item):
            yield from _in_numbers(chance, place, item)
        else:
            yield from _in_words(chance, place, item)


def _computed(world: World, item: Item) -> bool:
    """Whether an indicator tells how far the item is."""
    titles = (indicator.title for indicator in world.catalogue.indicators.values())
    return bool(item.indicator) and any(item.indicator in title for title in titles)


def _in_numbers(chance: Chance, place: int, item: Item) -> Iterator[Reported]:
    """What is reached altogether at the end of each month, the goal by the due date."""
    assert item.targets is not None
    goal, last = Decimal(item.targets[0]), date(YEAR, *item.due)
    short = Decimal("0.83") if place in RUNNING else Decimal(1)
    months = last.month
    for month in range(1, months + 1):
        day = min(_end(month), last) - timedelta(days=chance.below(3))
        share = Decimal(_USUAL[min(11, round(month * 12 / months) - 1)]) / 100
        value = goal if item.operator == "至多" or (item.unit == "%" and month == months) else goal * share
        told = (value * short).quantize(Decimal("0.1") if item.unit == "%" else Decimal(1))
        yield Reported(place + 1, day, chance.pick(_WORDS), told)


def _in_words(chance: Chance, place: int, item: Item) -> Iterator[Reported]:
    """A few words every two or three months until the item is done."""
    late = place in CARRIED
    month = chance.between(2, 3)
    while month <= (10 if late else item.due[0]):
        words = _LATE_WORDS[min(2, month // 4)] if late else chance.pick(_WORDS)
        yield Reported(place + 1, _end(month) - timedelta(days=chance.below(6)), words)
        month += chance.between(1, 2) + (place % 3 == 0)


def _by_village(world: World, chance: Chance, place: int, item: Item) -> Iterator[Reported]:
    """The villages' hectares month by month; three of them lag behind until December."""
    assert item.targets is not None
    people = [int(row["population"]) for row in world.rows["village"]]
    goal = Decimal(item.targets[0])
    whole = sum(people)
    slow = set(range(3, len(people), 8))
    for month in range(3, 13):
        day = date(YEAR, 12, 28) if month == 12 else _end(month) - timedelta(days=2)
        share = Decimal(_USUAL[month - 1]) / 100
        for place_, population in enumerate(people):
            own = goal * population / whole
            pace = share if month == 12 else share * (Decimal("0.72") if place_ in slow else Decimal("0.985"))
            value = (own * pace).quantize(Decimal(1))
            if month == 12:
                value = (own + Decimal("0.5")).quantize(Decimal(1))
            words = "" if place_ % 7 else chance.pick(_WORDS)
            yield Reported(place + 1, day, words, value, place_ + 1)


def _end(month: int) -> date:
    return date(YEAR, month, calendar.monthrange(YEAR, month)[1])
