"""Invented campaigns for safety and the events of its month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from db.demo.chance import later
from db.demo.world import Area, Row, World

#: Name, field, month of its begin, days it lasted, checks and faults of 2021.
CAMPAIGNS = (
    ("道路交通安全整治", "交通", 2, 60, 46, 31),
    ("燃气安全排查整治", "危化燃气", 7, 90, 58, 26),
    ("消防安全集中整治", "公共娱乐", 11, 50, 34, 19),
    ("自建房安全排查", "建筑", 5, 75, 41, 22),
    ("防溺水专项行动", "水利", 6, 90, 62, 14),
    ("校园及周边安全整治", "校园", 9, 40, 26, 11),
)
COUNTS = {2019: 4, 2020: 5, 2021: 6}
EVENTS = {2019: (6, 420), 2020: (8, 560), 2021: (12, 986)}
KINDS = ("宣讲", "咨询日", "应急演练", "警示片放映", "知识竞赛")


def ledgers(world: World) -> Area:
    """Campaigns and the events of the month."""
    yield "campaign", _campaigns(world)
    yield "safety_month", _events(world)


def _campaigns(world: World) -> Iterator[Row]:
    for year, count in COUNTS.items():
        share = 1 - (2021 - year) * 0.18
        for place, (name, field, month, days, checks, faults) in enumerate(CAMPAIGNS[:count]):
            start = date(year, month, 5)
            row: Row = {
                "name": f"{year}年{name}",
                "field": field,
                "from_on": start,
                "to_on": later(start, days),
            }
            row |= {"checks": round(checks * share), "faults": round(faults * share)}
            yield row | {"leader": world.leaders[place % len(world.leaders)]}


def _events(world: World) -> Iterator[Row]:
    chance = world.chance("safety_month")
    for year, (count, people) in EVENTS.items():
        parts = chance.spread(people, count, 20)
        days = chance.distinct_days(year, count, (6, 1), (6, 30))
        for place, (day, part) in enumerate(zip(days, parts, strict=True)):
            row: Row = {"kind": KINDS[place % len(KINDS)], "date": day, "participants": part}
            if place % 3:
                row["village"] = (place * 5 + year) % len(world.villages) + 1
            yield row | {"topic": "落实安全责任，推动安全发展"}
