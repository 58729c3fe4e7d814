"""Invented projects, growers, farmland, roads, returns and funds of 镇村经济."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from db.demo.chance import LAST_DAY, later
from db.demo.names import GROUPS, person_name
from db.demo.world import Area, Row, World

#: Name, kind, investor, 万元, mu of land, and the days of the four steps.
_P = tuple[str, str, str, int, int, date, date | None, date | None, date | None]
PROJECTS: tuple[_P, ...] = (
    (
        "智能农机装配",
        "工业",
        "岭上机械制造有限公司",
        8_600,
        42,
        date(2018, 11, 5),
        date(2019, 3, 12),
        date(2019, 6, 20),
        date(2020, 10, 28),
    ),
    (
        "纺织技改扩能",
        "工业",
        "锦云纺织有限公司",
        5_200,
        18,
        date(2019, 1, 16),
        date(2019, 4, 8),
        date(2019, 9, 2),
        date(2020, 8, 30),
    ),
    (
        "温泉度假村二期",
        "文旅",
        "云岭温泉度假村",
        12_800,
        65,
        date(2019, 2, 20),
        date(2019, 7, 3),
        date(2020, 4, 18),
        date(2021, 6, 20),
    ),
    (
        "冷链仓储中心",
        "商贸物流",
        "双桥冷链仓储中心",
        6_400,
        30,
        date(2019, 6, 11),
        date(2020, 3, 26),
        date(2020, 7, 9),
        date(2021, 9, 15),
    ),
    (
        "光伏电站",
        "工业",
        "云岭清洁能源有限公司",
        9_500,
        120,
        date(2019, 8, 2),
        date(2020, 5, 20),
        date(2020, 9, 16),
        date(2021, 11, 30),
    ),
    (
        "双创产业园标准化厂房",
        "工业",
        "县城投公司",
        18_600,
        96,
        date(2019, 10, 8),
        date(2020, 6, 30),
        date(2020, 12, 10),
        None,
    ),
    (
        "羽绒深加工",
        "工业",
        "柳湾羽绒制品有限公司",
        4_300,
        15,
        date(2020, 2, 27),
        date(2020, 9, 4),
        date(2021, 3, 16),
        None,
    ),
    (
        "稻虾共作示范基地",
        "农业",
        "镇农业综合服务公司",
        2_100,
        1_200,
        date(2020, 4, 15),
        date(2020, 11, 6),
        date(2021, 2, 25),
        date(2021, 10, 20),
    ),
    (
        "茶旅融合示范园",
        "文旅",
        "茶山茶业有限公司",
        3_600,
        80,
        date(2020, 7, 20),
        date(2021, 1, 28),
        date(2021, 4, 6),
        None,
    ),
    (
        "精密铸造二期",
        "工业",
        "高桥精密铸造有限公司",
        7_800,
        36,
        date(2020, 9, 3),
        date(2021, 3, 19),
        date(2021, 8, 12),
        None,
    ),
    (
        "农产品初加工中心",
        "农业",
        "荷塘食品有限公司",
        3_200,
        22,
        date(2020, 11, 12),
        date(2021, 5, 27),
        date(2021, 10, 18),
        None,
    ),
    (
        "新型墙材生产线",
        "工业",
        "青石新型建材有限公司",
        5_900,
        28,
        date(2021, 1, 21),
        date(2021, 7, 15),
        None,
        None,
    ),
    ("乡村民宿集群", "文旅", "龙泉民宿", 2_400, 12, date(2021, 3, 30), date(2021, 9, 23), None, None),
    (
        "电商物流分拣中心",
        "商贸物流",
        "云岭物流园",
        4_100,
        25,
        date(2021, 5, 18),
        date(2021, 11, 26),
        None,
        None,
    ),
    ("黄桃精深加工", "农业", "", 2_800, 16, date(2021, 8, 9), None, None, None),
    ("竹木工艺品加工", "工业", "", 1_900, 14, date(2021, 6, 22), None, None, None),
    ("中药材种植基地", "农业", "", 2_200, 260, date(2021, 11, 9), None, None, None),
    ("智慧停车和充电设施", "民生", "", 1_200, 8, date(2021, 12, 3), None, None, None),
    ("镇区农贸市场改造", "民生", "", 1_500, 9, date(2021, 10, 14), None, None, None),
)
BUSINESSES = ("粮食", "粮食", "茶叶", "果蔬", "水产", "畜禽", "中药材", "苗木花卉")
#: By year: mu of farmland, 公里 of road, bridges, 万元 of linking funds and of upkeep.
WORK = {2019: (6_200, 128, 5, 620, 32), 2020: (7_100, 152, 6, 780, 44), 2021: (8_060, 186, 8, 965, 58)}
RETURNS = {2019: (9, 86), 2020: (12, 118), 2021: (16, 164)}
ITEMS = ("稻虾共作基地", "茶叶加工车间", "光伏电站", "冷库", "食用菌大棚", "肉牛养殖场")


def ledgers(world: World) -> Area:
    """The ledgers of projects and of what supports the villages."""
    yield "project", _projects(world)
    yield "big_grower", _growers(world)
    yield "farmland", _farmland(world)
    yield "rural_road", _roads(world)
    yield "project_return", _returns(world)
    yield "special_fund", _funds(world)


def _projects(world: World) -> Iterator[Row]:
    names = ("planned_on", "signed_on", "started_on", "finished_on")
    words = ("正在洽谈", "正在办理前期手续", "主体施工", "已投产")
    for place, (name, kind, investor, wan, mu, *days) in enumerate(PROJECTS):
        steps = {key: day for key, day in zip(names, days, strict=True) if day}
        row: Row = {"name": f"{name}项目", "kind": kind, "planned_investment": wan * 10_000_00} | steps
        row |= {"land_mu": Decimal(mu), "milestone": words[len(steps) - 1], "village": place * 5 % 26 + 1}
        row["leader"] = world.leaders[place % len(world.leaders)]
        if investor:
            row["investor"] = investor
        if len(steps) > 2:
            row["actual_investment"] = wan * (10_000_00 if len(steps) == 4 else 5_500_00)
        yield row


def _growers(world: World) -> Iterator[Row]:
    chance = world.chance("big_grower")
    for place in range(96):
        business = BUSINESSES[place % len(BUSINESSES)]
        village = place % len(world.villages) + 1
        row: Row = {"name": person_name(chance, "男", 1974), "village": village, "business": business}
        unit = "头" if business == "畜禽" else "亩"
        row |= {"scale": Decimal(chance.between(50, 420)), "scale_unit": unit}
        row["from_on"] = date(2014 + place % 8, 1 + place % 11, 10)
        if place % 15 == 7:
            row["to_on"] = max(date(2020 + place % 2, 8, 31), row["from_on"])
        yield row


def _farmland(world: World) -> Iterator[Row]:
    chance = world.chance("farmland")
    for year, (mu, *_) in WORK.items():
        if year == 2021:
            yield from _shared_farmland(world, mu)
            continue
        parts = chance.spread(mu * 10, 10, 3000)
        for place, (day, part) in enumerate(zip(chance.days(year, 10, (4, 1), (11, 25)), parts, strict=True)):
            row: Row = {"village": (place * 2 + year) % 26 + 1, "kind": "新建", "finished_on": day}
            row |= {"place": f"{GROUPS[place]}大畈", "mu": Decimal(part).scaleb(-1)}
            row["accepted_on"] = min(later(day, 35), LAST_DAY)
            yield row | {"cost": part * 150 * 100}
        yield {
            "village": year % 26 + 1, "kind": "改造提升", "finished_on": date(year, 11, 20),
            "place": "老圩区", "mu": Decimal(chance.between(300, 600)), "cost": 260_000_00,
        }  # fmt: skip


def _shared_farmland(world: World, mu: int) -> Iterator[Row]:
    """The farmland that the plan of 2021 shared out: each village its part, three of them late."""
    people = [int(row["population"]) for row in world.rows["village"]]
    left, whole = mu * 10, sum(people)
    for place, population in enumerate(people):
        tenths = left if place + 1 == len(people) else mu * 10 * population // whole
        left -= tenths
        done = date(2021, 12, 20 + place % 8) if place % 8 == 3 else date(2021, 4 + place % 8, 6 + place % 20)
        row: Row = {"village": place + 1, "kind": "新建", "place": f"{GROUPS[place % 10]}大畈"}
        row |= {
            "mu": Decimal(tenths).scaleb(-1),
            "finished_on": done,
            "accepted_on": min(later(done, 20), LAST_DAY),
        }
        yield row | {"cost": tenths * 150 * 100}


def _roads(world: World) -> Iterator[Row]:
    chance = world.chance("rural_road")
    for year, (_, tenths, bridges, *_) in WORK.items():
        parts = chance.spread(tenths, 14, 4)
        for place, (day, part) in enumerate(
            zip(chance.days(year, 14, (3, 10), (11, 28)), parts, strict=True)
        ):
            village = (place * 3 + year) % 26 + 1
            row: Row = {"name": f"{world.village(village)}{GROUPS[place % 10]}路", "village": village}
            row |= {"kind": "改建公路" if place % 3 else "新建公路", "quantity": Decimal(part).scaleb(-1)}
            yield row | {"finished_on": day, "cost": part * 42_000_00}
        for place, day in enumerate(chance.days(year, bridges, (4, 1), (10, 31))):
            village = (place * 4 + year) % 26 + 1
            row = {"name": f"{world.village(village)}{GROUPS[place]}桥", "village": village}
            row |= {"kind": "涵洞" if place % 3 == 2 else "桥梁", "quantity": Decimal(1)}
            yield row | {"finished_on": day, "cost": chance.between(8, 46) * 10_000_00}


def _returns(world: World) -> Iterator[Row]:
    chance = world.chance("project_return")
    for year, (count, wan) in RETURNS.items():
        for place, part in enumerate(chance.spread(wan * 100, count, 200)):
            village = (place * 3 + year) % 26 + 1
            row: Row = {"project": ITEMS[place % len(ITEMS)], "village": village, "amount": part * 100_00}
            row |= {"date": date(year, 12, 5 + place), "shared": part * 60_00}
            yield row | {"households": chance.between(12, 46)}


def _funds(world: World) -> Iterator[Row]:
    """Money comes in twice a year and goes out month by month."""
    chance = world.chance("special_fund")
    for year, (_, _, _, linking, upkeep) in WORK.items():
        for kind, name, wan, share in (
            ("衔接资金", "衔接推进乡村振兴补助资金", linking, 0.93 + (year - 2019) * 0.025),
            ("管护资金", "农村公共设施管护资金", upkeep, 0.86),
        ):
            left = 0
            moves = [(date(year, 3, 16), wan * 6 // 10, 0), (date(year, 7, 20), wan - wan * 6 // 10, 0)]
            for turn, part in enumerate(chance.spread(round(wan * share), 8)):
                moves.append((date(year, 4 + turn, 24 + turn % 4), 0, part))
            for day, received, spent in sorted(moves):
                left += received - spent
                row: Row = {"fund": f"{year}年{name}", "kind": kind, "date": day}
                row |= {"received": received * 10_000_00, "spent": spent * 10_000_00}
                yield row | {"balance": max(left, 0) * 10_000_00}
