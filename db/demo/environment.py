"""Invented records of 人居环境与美丽乡村."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from db.demo.chance import Chance, after, in_month, later, month_day, month_length
from db.demo.loop import ASSIGNED, CLOSED, LISTED, RECTIFIED, Loop, in_order
from db.demo.names import GROUPS
from db.demo.world import Area, Row, World

ROADS = ("S203线云岭段", "镇区人民路", "镇区迎宾路", "云白路", "环镇路", "云河路")
BINS = {2019: 1260, 2020: 1840, 2021: 3012}
REFUSE, DEBRIS = 9.2, 8.4
#: Kind, unit, how many records and what they add up to, by year.
PROJECTS = (
    ("小菜园", "处", {2019: (26, 62), 2020: (32, 118), 2021: (52, 236)}),
    ("小广场", "个", {2019: (3, 3), 2020: (6, 6), 2021: (12, 12)}),
    ("砖铺道路", "米", {2019: (14, 2950), 2020: (20, 5480), 2021: (41, 11640)}),
    ("下水道", "米", {2019: (6, 900), 2020: (9, 1720), 2021: (18, 3850)}),
)
FUNDS = {2019: (14, 386_500), 2020: (19, 612_300), 2021: (38, 1_218_600)}
CENTRES = {
    2019: (("白沙村", "白沙大庄"), ("龙泉村", "泉口")),
    2020: (("竹溪村", "竹溪老街"), ("茶山村", "茶山坞")),
    2021: (("柳湾村", "柳湾新村"), ("桃源村", "桃花埠"), ("高桥村", "高桥中心庄")),
}
PARTS = ("road", "parking", "public_toilet", "dredging", "greening", "fitness_square", "service_centre")
TOILETS = {2019: 260, 2020: 238, 2021: 212}
FAULTS = ("渗漏", "无水冲洗", "管道堵塞", "粪污外溢", "未建厕屋", "无法使用", "其他")
MEASURES = (
    "更换破损化粪池盖板并重新密封，清掏后回填夯实。",
    "疏通管道，更换弯头，当场试冲。",
    "由施工单位返修，户主签字确认。",
)


def ledgers(world: World) -> Area:
    """The area's ledgers."""
    yield "cleaner", _cleaners(world)
    yield "facility", _facilities(world)
    yield "cleanup", (*_cleanups(world), *_other_cleanups(world))
    yield "toilet", _toilets(world)
    yield "toilet_problem", _toilet_problems(world)
    yield "fund_raising", _funds(world)
    yield "small_project", _projects(world)
    yield "centre_village", _centres(world)


def _cleaners(world: World) -> Iterator[Row]:
    chance = world.chance("cleaner")
    for place in range(176):
        village = place % len(world.villages) + 1
        person = world.draw_person(chance, village, 1951, 1972)
        if person is None:
            continue
        row: Row = {"person": person, "from_on": date(2019 + place % 3, 1 + place % 5, 1)}
        if place % 12 == 5:
            row["road"] = chance.pick(ROADS)
        else:
            row["village"] = village
        if place % 10 == 9:
            row["to_on"] = date(2021, 5 + place % 6, 30)
        yield row


def _facilities(world: World) -> Iterator[Row]:
    chance = world.chance("facility")
    for year, bins in BINS.items():
        villages = [v for v in world.villages if (v + year) % 3 or year == 2021]
        bought = date(year, 4, 16)
        for village, count in zip(villages, chance.spread(bins, len(villages), 20), strict=True):
            row: Row = {"kind": "垃圾桶", "quantity": count, "bought_on": bought, "village": village}
            row["cost"] = count * 13_800
            if chance.odds(0.6):
                row["place"] = f"{chance.pick(GROUPS)}、{chance.pick(GROUPS)}等村民组"
            yield row
        for kind, count, cost in (
            ("清扫车", 1, 268_000),
            ("洒水车", year % 2, 196_000),
            ("转运车", 2, 88_500),
        ):
            if count:
                yield {
                    "kind": kind,
                    "quantity": count,
                    "bought_on": date(year, 6, 8),
                    "cost": count * cost * 100,
                }


def _cleanups(world: World) -> Iterator[Row]:
    """Month by month; the second decimal of a quantity tells a second clearing on the same day from the first."""
    chance = world.chance("cleanup")
    yearly = {"生活垃圾": 12 * world.growth, "杂物": 5.5 * world.growth, "沟塘": 2.4}
    starts = {
        (v, kind): (chance.below(28), chance.step(), chance.below(12))
        for v in world.villages
        for kind in yearly
    }
    for year, share in ((2019, 0.7), (2020, 0.85), (2021, 1.0)):
        totals = {key: chance.about(yearly[key[1]] * share) for key in starts}
        for month in range(1, 13):
            length = month_length(year, month)
            for (village, kind), (start, step, offset) in starts.items():
                for turn in range(in_month(totals[village, kind], offset, month)):
                    day = date(year, month, month_day(start + month, step, turn, length))
                    yield _cleanup(chance, village, kind, day, turn // length)


#: What is cleared besides, with its unit, records of a year and how much at a time.
OTHERS = (
    ("河渠", "条", 62, 1),
    ("污水", "处", 74, 3),
    ("畜禽粪污", "处", 58, 2),
    ("残垣断壁", "处", 66, 3),
    ("乱贴乱画", "处", 120, 12),
)


def _other_cleanups(world: World) -> Iterator[Row]:
    chance = world.chance("cleanup/others")
    for year, share in ((2019, 0.7), (2020, 0.85), (2021, 1.0)):
        for kind, unit, count, most in OTHERS:
            for place, day in enumerate(chance.distinct_days(year, round(count * share))):
                row: Row = {
                    "village": (place * 7 + year) % len(world.villages) + 1,
                    "date": day,
                    "kind": kind,
                }
                yield row | {"quantity": Decimal(chance.between(1, most)), "unit": unit}


def _cleanup(chance: Chance, village: int, kind: str, day: date, again: int) -> Row:
    if kind == "沟塘":
        quantity = Decimal(chance.between(1, 5))
    else:
        mean = REFUSE if kind == "生活垃圾" else DEBRIS
        quantity = Decimal(int(mean * (5 + chance.random() * 10)) * 10 + again % 10).scaleb(-2)
    row: Row = {"village": village, "date": day, "kind": kind, "quantity": quantity}
    row["unit"] = "条" if kind == "沟塘" else "吨"
    if chance.random() < 0.7:
        row["people"] = 5 + int(chance.random() * 26)
    return row


def _toilets(world: World) -> Iterator[Row]:
    chance = world.chance("toilet")
    households = chance.sample(range(1, len(world.rows["household"]) + 1), sum(TOILETS.values()))
    waiting = iter(households)
    for year, count in TOILETS.items():
        for day in chance.days(year, count, (3, 1), (11, 30)):
            row: Row = {
                "household": next(waiting),
                "finished_on": day,
                "kind": chance.pick(("三格式", "三格式", "完整下水道式")),
            }
            if chance.odds(0.92):
                row["accepted_on"] = after(day, chance.between(5, 30))
            yield row


def _toilet_problems(world: World) -> Iterator[Row]:
    """All are closed in the end but three of 2021."""
    chance = world.chance("toilet_problem")
    loop = Loop(world, chance, "城建办", MEASURES)
    count = {2019: 46, 2020: 63, 2021: 87}
    households = iter(chance.sample(range(1, len(world.rows["household"]) + 1), sum(count.values())))
    for year, found in count.items():
        left = [ASSIGNED, RECTIFIED, LISTED] if year == 2021 else []
        days = chance.days(year, found, (2, 10), (11, 25))
        for day, state in zip(days, in_order(chance, found - len(left), left), strict=True):
            row: Row = {"household": next(households), "problem": chance.pick(FAULTS), "found_on": day}
            if row["problem"] == "其他" or chance.odds(0.3):
                row["detail"] = chance.pick(
                    (
                        "化粪池盖板缺损，雨天进水。",
                        "厕屋门脱落，排气管低于屋檐。",
                        "三格池第二格过粪孔堵塞，冬季结冰后不能使用，户主年老无力清掏。",
                    )
                )
            loop.advance(row, day, state, 25, date(year, 12, 31))
            if state == CLOSED and chance.odds(0.25):
                row["checked_on"] = after(row["closed_on"], chance.between(10, 60))
            yield row


def _funds(world: World) -> Iterator[Row]:
    chance, told = world.chance("fund_raising"), world.chance("fund_raising/donor")
    for year, (count, yuan) in FUNDS.items():
        parts = chance.spread(yuan // 100, count, 40)
        for day, part in zip(chance.days(year, count, (2, 20), (11, 30)), parts, strict=True):
            row: Row = {"village": chance.pick(world.villages), "date": day, "amount": part * 100_00}
            if chance.odds(0.85):
                row["purpose"] = chance.pick(("村庄道路和下水道", "沟塘整治", "路灯和绿化", "中心村广场"))
            if chance.odds(0.7):
                row["donors"] = chance.between(18, 140)
            yield row | {"donor_kind": told.pick(("群众", "群众", "群众", "大户", "村集体"))}


def _projects(world: World) -> Iterator[Row]:
    chance = world.chance("small_project")
    for year in (2019, 2020, 2021):
        rows = []
        for kind, unit, plan in PROJECTS:
            count, total = plan[year]
            parts = chance.spread(total, count)
            for day, part in zip(chance.days(year, count, (3, 1), (12, 15)), parts, strict=True):
                row: Row = {"village": chance.pick(world.villages), "kind": kind, "quantity": Decimal(part)}
                row |= {"unit": unit, "finished_on": day, "place": f"{chance.pick(GROUPS)}组"}
                if chance.odds(0.75):
                    row["cost"] = part * {"处": 1600, "个": 68_000, "米": 145}[unit] * 100
                rows.append(row)
        yield from sorted(rows, key=lambda row: row["finished_on"])


def _centres(world: World) -> Iterator[Row]:
    chance = world.chance("centre_village")
    ids = {world.village(village): village for village in world.villages}
    for year, centres in CENTRES.items():
        for village, name in centres:
            row: Row = {"village": ids[village], "name": name, "year": year} | dict.fromkeys(PARTS, 100)
            row["invested"] = chance.between(180, 360) * 10_000_00
            row["completed_on"] = later(date(year, 11, 20), chance.below(35))
            yield row
