"""Invented reports on the plan items of 2021, in words: the numbers come from the ledgers."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from db.demo.chance import Chance
from db.demo.plan import CARRIED, LAST, of_year
from db.demo.plan_words import ITEMS, Item
from db.demo.world import World

YEAR = 2021
#: The place of the item that is shared out among the villages.
SHARED = LAST
#: What the items measure of which every village has the same rate to reach, or to hold.
SHARED_RATES = ("vaccination_rate", "insured_rate")
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
    """One report: the item's place from 1, the day and the words; where there is a goal its figure tells the number."""

    item: int
    day: date
    words: str


def reports(world: World) -> Iterator[Reported]:
    """All reports in the order of the items and days."""
    chance = world.chance("plan_reports")
    for place, item in enumerate(ITEMS):
        yield from _in_words(chance, place, of_year(item, YEAR))


def _in_words(chance: Chance, place: int, item: Item) -> Iterator[Reported]:
    """A few words every two or three months until the item is done."""
    late = place in CARRIED
    month = chance.between(2, 3)
    while month <= (10 if late else item.due[0]):
        words = _LATE_WORDS[min(2, month // 4)] if late else chance.pick(_WORDS)
        yield Reported(place + 1, _end(month) - timedelta(days=chance.below(6)), words)
        month += chance.between(1, 2) + (place % 3 == 0)


def _end(month: int) -> date:
    return date(YEAR, month, calendar.monthrange(YEAR, month)[1])
