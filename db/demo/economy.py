"""Invented records of 镇村经济与乡村振兴."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from db.demo.chance import LAST_DAY, Chance, later
from db.demo.names import LISTED, person_name
from db.demo.world import Area, Row, World

#: Yearly output and investment in yuan; 2021 is the highest of both.
OUTPUT = {2019: 1_052_400_000, 2020: 1_118_700_000, 2021: 1_246_300_000}
INVESTMENT = {2019: 486_200_000, 2020: 541_900_000, 2021: 683_500_000}
SEASON = (0.82, 0.66, 1.0, 1.0, 1.04, 1.08, 1.0, 0.98, 1.06, 1.08, 1.12, 1.16)
ITEMS = (
    "双创产业园标准化厂房",
    "清洁能源光伏电站",
    "污水处理厂及配套管网",
    "农产品冷链仓储",
    "温泉度假村二期",
    "高标准农田建设",
    "云白路改建",
)
#: Kind, the villages that have it, how often a year, yuan of 2021.
INCOMES = (
    ("光伏", (1, 3, 5, 8, 11, 14, 18, 20, 22), 12, 864_000),
    ("资产出租", (2, 6, 9, 16, 23, 24), 4, 1_284_000),
    ("乡村旅游", (7, 9, 18), 4, 326_000),
    ("特色种养", (4, 10, 12, 20, 21), 2, 418_000),
    ("合作经营", (13, 15, 17, 19), 2, 297_000),
    ("其他", (25, 26), 1, 36_000),
)
CROPS = ("稻虾共作", "优质稻", "茶叶", "黄桃", "莲藕", "中药材", "肉牛", "食用菌", "蔬菜", "苗木花卉")
FACILITIES = (
    ("云岭温泉度假村", "泡池", 13, 3200, date(2019, 7, 1)),
    ("云岭温泉度假村", "更衣柜", 1280, 0, date(2019, 7, 1)),
    ("云岭温泉度假村", "游客中心", 1, 0, date(2019, 7, 1)),
    ("桃源农庄", "停车场", 3, 1200, date(2020, 4, 10)),
    ("桃源农庄", "民宿", 26, 0, date(2020, 4, 10)),
    ("茶山观光园", "游客中心", 1, 800, date(2021, 3, 28)),
    ("云岭水乐园", "泡池", 5, 1600, date(2021, 6, 26)),
    ("云岭水乐园", "更衣柜", 860, 0, date(2021, 6, 26)),
    ("云岭水乐园", "停车场", 2, 0, date(2021, 6, 26)),
    ("柳湾垂钓园", "其他", 40, 200, date(2019, 5, 1)),
)


def ledgers(world: World) -> Area:
    """The area's ledgers."""
    yield "economic_return", _returns(world)
    yield "cooperative", _cooperatives(world)
    yield "land_transfer", _transfers(world)
    yield "tourism_facility", _facilities(world)
    yield "collective_income", _incomes(world)


def _returns(world: World) -> Iterator[Row]:
    chance = world.chance("economic_return")
    weights = [0.5 + chance.random() for _ in range(LISTED)]
    for year, output in OUTPUT.items():
        scale = output / (sum(weights) * sum(SEASON))
        invested = INVESTMENT[year] / (len(ITEMS) * sum(SEASON))
        for month, season in enumerate(SEASON, 1):
            for enterprise, weight in enumerate(weights, 1):
                row: Row = {"kind": "规上工业总产值", "month": year * 100 + month, "enterprise": enterprise}
                row["village"] = world.rows["enterprise"][enterprise - 1]["village"]
                row["amount"] = int(scale * weight * season / 10) * 1000
                if month == 2 and enterprise == 3:
                    row["note"] = "春节停产检修十二天。"
                yield row
            for place, item in enumerate(ITEMS):
                row = {"kind": "固定资产投资", "month": year * 100 + month, "item": f"{item}（{year}年）"}
                if place < 5:
                    row["village"] = place * 4 + 2
                yield row | {"amount": int(invested * season * (0.7 + place * 0.1) / 100) * 10_000}


def _cooperatives(world: World) -> Iterator[Row]:
    chance = world.chance("cooperative")
    for place in range(84):
        village = place % len(world.villages) + 1
        kind = "合作社" if place < 52 else "家庭农场"
        crop = CROPS[place % len(CROPS)]
        short = world.village(village)[:2]
        name = (
            f"{short}{crop}种养专业合作社"
            if kind == "合作社"
            else f"{short}{person_name(chance, '男', 1975)}家庭农场"
        )
        if place in (29, 43):
            name = f"{short}{crop}联合社"
        founded = date(2021, 2 + place % 9, 12) if place % 9 == 4 else chance.days(2012 + place % 9, 1)[0]
        row: Row = {"kind": kind, "name": name, "village": village, "founded_on": founded}
        if place % 14 == 6:
            row["ended_on"] = date(2020 + place % 2, 9, 30) if founded < date(2020, 6, 1) else LAST_DAY
        if chance.odds(0.85):
            row |= {"business": crop, "members": chance.between(5, 120) if kind == "合作社" else 1}
        yield row


def _transfers(world: World) -> Iterator[Row]:
    chance = world.chance("land_transfer")
    areas = chance.spread(18_640_0, 190, 200)
    for place, tenths in enumerate(areas):
        village = place % len(world.villages) + 1
        start = date(2014 + place % 8, 1 + place % 11, 1)
        years = chance.pick((5, 10, 10, 15))
        row: Row = {"village": village, "from_on": start, "mu": Decimal(tenths).scaleb(-1)}
        row["transferee"] = chance.pick(
            (
                f"{chance.pick(CROPS)}种植大户{person_name(chance, '男', 1970)}",
                f"{world.village(village)[:2]}农业开发有限公司",
                "镇农业综合服务公司",
            )
        )
        if chance.odds(0.97):
            row["to_on"] = date(start.year + years, start.month, 1)
        row["rent"] = tenths * chance.pick((45, 50, 60)) * 100
        if chance.odds(0.8):
            row["purpose"] = chance.pick(CROPS)
        yield row


def _facilities(world: World) -> Iterator[Row]:
    villages = {"云岭温泉度假村": 18, "桃源农庄": 7, "茶山观光园": 20, "云岭水乐园": 23, "柳湾垂钓园": 3}
    for name, item, quantity, capacity, opened in FACILITIES:
        row: Row = {
            "name": name,
            "item": item,
            "quantity": quantity,
            "daily_capacity": capacity,
            "opened_on": opened,
        }
        yield row | {"village": villages[name]}
    yield {
        "name": "站前夜市",
        "item": "其他",
        "quantity": 60,
        "daily_capacity": 500,
        "opened_on": date(2019, 6, 1),
        "closed_on": date(2020, 1, 24),
        "village": 26,
    }


def _incomes(world: World) -> Iterator[Row]:
    chance = world.chance("collective_income")
    for year, share in ((2019, 0.62), (2020, 0.8), (2021, 1.0)):
        rows = []
        for kind, villages, times, yuan in INCOMES:
            parts = iter(chance.spread(round(yuan * share), len(villages) * times, 500))
            for village in villages:
                for turn in range(times):
                    month = (turn + 1) * 12 // times
                    row: Row = {"village": village, "kind": kind, "date": _paid(chance, year, month)}
                    row["amount"] = next(parts) * 100
                    if chance.odds(0.7):
                        row["payer"] = (
                            "县供电公司"
                            if kind == "光伏"
                            else chance.pick(("承租企业", "旅游公司", "合作社", "种养大户"))
                        )
                    rows.append(row)
        yield from sorted(rows, key=lambda row: row["date"])


def _paid(chance: Chance, year: int, month: int) -> date:
    return later(date(year, month, 5), chance.below(22))
