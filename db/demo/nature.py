"""Invented records of rivers, air, straw, sewage and green, and of the villages' customs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from db.demo.chance import Chance
from db.demo.names import GROUPS, person_name
from db.demo.world import Area, Row, World

RIVERS = ("云河", "白沙河", "柳湾大塘", "竹溪", "龙泉水库")
SITES = (
    ("施工工地", "中心村工地"),
    ("道路", "云白路改建段"),
    ("堆场", "砂石堆场"),
    ("混凝土企业", "混凝土搅拌站"),
)
CUSTOMS = ("村民议事会", "道德评议会", "红白理事会", "禁毒禁赌会", "村规民约")
DEEDS = (
    ("身边好人", "照顾邻里孤寡老人多年。"),
    ("道德模范", "热心公益，带头调解纠纷。"),
    ("文明家庭", "尊老爱幼，勤俭持家。"),
    ("好媳妇好婆婆", "婆媳和睦，悉心照料老人。"),
    ("美丽庭院", "庭院整洁，带动左邻右舍。"),
)
#: By year: patrols, dust checks, straw in tons, people praised, sewage works, trees, mu of green.
WORK = {
    2019: (364, 86, 8_600, 41, 4, 9_600, 186),
    2020: (416, 104, 10_900, 52, 6, 12_800, 224),
    2021: (546, 128, 13_250, 68, 9, 16_400, 268),
}
FIRES = {2019: 4, 2020: 2, 2021: 0}


def ledgers(world: World) -> Area:
    """The ledgers of the two last paragraphs of 人居环境."""
    yield "river_patrol", _patrols(world)
    yield "dust_check", _dust(world)
    yield "fire_point", _fires(world)
    yield "straw_use", _straw(world)
    yield "custom_body", _customs(world)
    yield "good_person", _people(world)
    yield "sewage_work", _sewage(world)
    yield "greening", _green(world)


def _patrols(world: World) -> Iterator[Row]:
    chance = world.chance("river_patrol")
    for year, (count, *_) in WORK.items():
        known: set[tuple[object, ...]] = set()
        for place, day in enumerate(chance.days(year, count)):
            village = place % len(world.villages) + 1
            row: Row = {"river": RIVERS[village % len(RIVERS)], "date": day, "village": village}
            row["level"] = "镇级" if place % 5 == 0 else "村级"
            if (key := (day, village, row["level"])) in known:
                continue
            known.add(key)
            row["problems"] = chance.pick((0, 0, 0, 1, 1, 2))
            row["solved"] = row["problems"] if chance.odds(0.9) else 0
            if row["problems"]:
                row["findings"] = "岸边有零星垃圾和漂浮物，已组织清理。"
            yield row


def _dust(world: World) -> Iterator[Row]:
    chance = world.chance("dust_check")
    for year, (_, count, *_) in WORK.items():
        for place, day in enumerate(chance.distinct_days(year, count)):
            kind, site = SITES[place % len(SITES)]
            village = chance.pick(world.villages)
            row: Row = {"place": f"{world.village(village)}{site}", "kind": kind, "date": day}
            row |= {"village": village, "faulty": chance.odds(0.14)}
            if row["faulty"]:
                row["findings"] = "裸土未覆盖、出入口未冲洗，责令当日整改，次日复查合格。"
            yield row


def _fires(world: World) -> Iterator[Row]:
    chance = world.chance("fire_point")
    for year, count in FIRES.items():
        for day in chance.distinct_days(year, count, (5, 25), (10, 20)):
            village = chance.pick(world.villages)
            row: Row = {"date": day, "village": village, "found_by": chance.pick(("卫星通报", "镇村巡查"))}
            row |= {
                "place": f"{world.village(village)}{chance.pick(GROUPS)}组田间",
                "area_mu": Decimal("1.5"),
            }
            yield row | {"handled": "当场扑灭，对责任人批评教育。"}


def _straw(world: World) -> Iterator[Row]:
    chance = world.chance("straw_use")
    uses = ("收储离田", "饲料化", "肥料化还田", "燃料化")
    for year, (_, _, tons, *_) in WORK.items():
        places = [(village, season) for season in (6, 10) for village in world.villages]
        parts = chance.spread(tons * 10, len(places), 400)
        for (village, season), part in zip(places, parts, strict=True):
            row: Row = {"date": date(year, season, 8 + chance.below(18)), "village": village}
            row |= {"use": chance.pick(uses), "tons": Decimal(part).scaleb(-1)}
            yield row | {"buyer": "镇秸秆收储中心"}


def _customs(world: World) -> Iterator[Row]:
    """Every village has its bodies; 村规民约 were written anew by most after the election."""
    chance = world.chance("custom_body")
    for village in world.villages:
        for kind in CUSTOMS:
            if kind == "禁毒禁赌会" and village % 9 == 4:
                continue
            start = date(2016 + village % 4, 3 + village % 8, 12)
            renewed = kind == "村规民约"
            day = date(2020, 6, 9) if village % 8 == 3 else date(2021, 5, 9)
            row: Row = {"village": village, "kind": kind, "set_up_on": start}
            if kind != "村规民约":
                row["members"] = chance.between(5, 11)
            yield row | ({"ended_on": day} if renewed else {})
            if renewed:
                yield {"village": village, "kind": kind, "set_up_on": day + timedelta(1)}


def _people(world: World) -> Iterator[Row]:
    chance = world.chance("good_person")
    for year, work in WORK.items():
        for place in range(work[3]):
            village = (place * 7 + year) % len(world.villages) + 1
            kind, deed = DEEDS[place % len(DEEDS)]
            name = person_name(chance, "女" if place % 3 else "男", 1976)
            row: Row = {"kind": kind, "village": village, "deed": deed}
            row["recipient"] = f"{name}家庭" if kind in ("文明家庭", "美丽庭院") else name
            row["date"] = date(year, (3, 6, 9, 12)[place % 4], 20 + place // 4 % 8)
            yield row | {"level": chance.pick(("镇级", "镇级", "村级", "县级"))}


def _sewage(world: World) -> Iterator[Row]:
    chance = world.chance("sewage_work")
    kinds = ("集中处理设施", "管网改造", "分散处理", "黑臭水体治理")
    for year, work in WORK.items():
        for place, day in enumerate(chance.days(year, work[4], (5, 1), (11, 30))):
            village = (place * 5 + year) % len(world.villages) + 1
            row: Row = {"village": village, "kind": kinds[place % 4], "finished_on": day}
            row |= {"place": f"{GROUPS[place % len(GROUPS)]}组", "households": chance.between(46, 168)}
            row["pipe"] = chance.between(6, 32) * 100
            yield row | {"cost": chance.between(28, 120) * 10_000_00}


def _green(world: World) -> Iterator[Row]:
    chance = world.chance("greening")
    for year, work in WORK.items():
        count = 34
        shares = zip(chance.spread(work[5], count, 60), chance.spread(work[6] * 10, count, 10), strict=True)
        yield from _planted(world, chance, year, list(shares))


def _planted(world: World, chance: Chance, year: int, shares: list[tuple[int, int]]) -> Iterator[Row]:
    kinds = ("植树造林", "道路绿化", "庭院绿化", "广场绿化")
    days = chance.distinct_days(year, len(shares), (2, 20), (4, 20))
    for place, (day, (trees, tenths)) in enumerate(zip(days, shares, strict=True)):
        row: Row = {"village": place % len(world.villages) + 1, "kind": kinds[place % 4], "date": day}
        row |= {"place": f"{chance.pick(GROUPS)}组", "trees": trees, "area_mu": Decimal(tenths).scaleb(-1)}
        yield row | {"cost": trees * chance.between(8, 15) * 100}
