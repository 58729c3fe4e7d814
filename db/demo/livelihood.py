"""Invented records of 民生事业."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from db.demo.world import Area, Row, World

#: Insured of those who should be, by year and kind; each village a little off.
RATES = {
    2019: {"城乡居民基本医疗保险": 0.951, "城乡居民基本养老保险": 0.934},
    2020: {"城乡居民基本医疗保险": 0.957, "城乡居民基本养老保险": 0.946},
    2021: {"城乡居民基本医疗保险": 0.964, "城乡居民基本养老保险": 0.958},
}
#: Share of the people whom the insurance is for.
DUE = {"城乡居民基本医疗保险": 0.91, "城乡居民基本养老保险": 0.52}
AWARDS = (
    ("中心学校", "文明校园", date(2019, 9, 10), "县级"),
    ("中心幼儿园", "平安校园", date(2019, 11, 20), "县级"),
    ("白沙小学", "办学条件改善", date(2019, 8, 25), ""),
    ("青石小学", "标准化学校", date(2020, 9, 10), "县级"),
    ("中心学校", "平安校园", date(2020, 11, 18), "市级"),
    ("河东小学", "办学条件改善", date(2020, 8, 28), ""),
    ("中心学校", "特色学校", date(2021, 9, 10), "市级"),
    ("双桥小学", "标准化学校", date(2021, 10, 12), "县级"),
    ("河东小学", "文明校园", date(2021, 11, 25), "县级"),
    ("中心学校", "办学条件改善", date(2021, 8, 26), ""),
    ("石门小学", "办学条件改善", date(2021, 8, 30), ""),
)
#: Kind and how many of it, by year.
EVENTS = {
    2019: {"送戏下乡": 26, "农民运动会": 1, "广场舞": 8, "全民阅读": 12, "电影放映": 52, "节庆活动": 4},
    2020: {"送戏下乡": 22, "农民运动会": 1, "广场舞": 6, "全民阅读": 14, "电影放映": 44, "节庆活动": 3},
    2021: {"送戏下乡": 26, "农民运动会": 2, "广场舞": 11, "全民阅读": 18, "电影放映": 56, "节庆活动": 5},
}
_PEOPLE = {"送戏下乡": 210, "农民运动会": 480, "广场舞": 120, "全民阅读": 46, "电影放映": 85, "节庆活动": 350}


def ledgers(world: World) -> Area:
    """The area's ledgers."""
    yield "insurance", _insurance(world)
    yield "school_award", _awards()
    yield "culture_event", _events(world)


def _insurance(world: World) -> Iterator[Row]:
    chance = world.chance("insurance")
    for year, rates in RATES.items():
        for village in world.villages:
            people = int(world.rows["village"][village - 1]["population"])
            for kind, rate in rates.items():
                target = round(people * DUE[kind])
                own = min(rate + (chance.random() - 0.5) * 0.024, 0.995)
                row: Row = {"year": year, "village": village, "kind": kind, "target": target}
                yield row | {"insured": round(target * own), "counted_on": date(year, 12, 25)}


def _awards() -> Iterator[Row]:
    for place, (school, kind, day, level) in enumerate(AWARDS):
        row: Row = {"school": school, "kind": kind, "date": day}
        if level:
            row["level"] = level
        else:
            row["cost"] = (38 + place * 4) * 10_000_00
        yield row


def _events(world: World) -> Iterator[Row]:
    chance = world.chance("culture_event")
    for year, kinds in EVENTS.items():
        for kind, count in kinds.items():
            for place, day in enumerate(chance.distinct_days(year, count, (1, 20), (12, 20))):
                row: Row = {"kind": kind, "date": day, "participants": _around(chance.random(), kind)}
                if kind not in ("农民运动会", "节庆活动"):
                    row["village"] = (place * 5 + year) % len(world.villages) + 1
                yield row | {"organiser": "镇综合文化站"}


def _around(draw: float, kind: str) -> int:
    return round(_PEOPLE[kind] * (0.7 + draw * 0.6))
