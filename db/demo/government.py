"""Invented records of 政府自身建设."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from db.demo.chance import LAST_DAY, Chance
from db.demo.loop import ASSIGNED, CLOSED, RECTIFIED, VERIFIED, Loop, in_order
from db.demo.world import Area, Row, World

#: The year's budget of each item in yuan, and the share of it that is spent, by year.
EXPENSES = {"公务接待费": 96_000, "公务用车运行维护费": 168_000}
SPENT = {2019: (1.08, 0.95), 2020: (1.0, 0.91), 2021: (0.94, 0.88)}
PURCHASES = (
    ("办公电脑及打印设备", "货物", "网上商城", 18),
    ("镇区绿化养护服务", "服务", "竞争性磋商", 46),
    ("农村公路改建工程监理", "服务", "竞争性磋商", 22),
    ("环卫车辆", "货物", "公开招标", 86),
    ("中心村道路工程", "工程", "公开招标", 312),
    ("法律顾问服务", "服务", "询价", 6),
    ("应急物资", "货物", "询价", 15),
    ("污水管网改造工程", "工程", "公开招标", 268),
    ("档案数字化服务", "服务", "询价", 12),
    ("便民服务中心设备", "货物", "网上商城", 9),
)
COUNTS = {2019: 6, 2020: 8, 2021: 10}
#: Calls received, and how many of them are closed.
CALLS = {2019: (96, 96), 2020: (118, 118), 2021: (142, 134)}
CONTENTS = (
    ("咨询", "咨询医疗保险缴费时间"),
    ("求助", "反映自来水水压不足，请求查看"),
    ("投诉", "反映夜间施工噪声扰民"),
    ("投诉", "反映路灯损坏未及时维修"),
    ("求助", "反映道路积水，出行不便"),
    ("举报", "反映沿街占道经营"),
    ("建议", "建议增加公交班次"),
    ("咨询", "咨询宅基地申请手续"),
)
REPLIES = ("已现场核实并处理，来电人表示满意。", "已联系来电人说明政策。", "已督促责任单位限期整改。")


#: What adds to a ranking or takes from it: the ranking, 加分 or 扣分, points in tenths, the reason.
DEEDS = (
    ("人居环境", "加分", 20, "人居环境现场会在本村召开"),
    ("人居环境", "扣分", 10, "县级暗访发现河塘垃圾未及时清理"),
    ("巡视整改", "加分", 15, "整改经验在全县交流"),
    ("巡视整改", "扣分", 10, "整改材料报送不及时"),
    ("疫苗接种", "加分", 10, "组织流动接种车进村"),
    ("人居环境", "扣分", 5, "垃圾桶满溢被群众反映"),
)
#: Rankings began with these years.
DEEDS_SINCE = {"人居环境": 2019, "巡视整改": 2019, "疫苗接种": 2021}


def ledgers(world: World) -> Area:
    """The area's ledgers, apart from papers."""
    yield "public_expense", _expenses(world)
    yield "procurement", _purchases(world)
    yield "hotline", _calls(world)
    yield "assessment_item", _deeds(world)


def _expenses(world: World) -> Iterator[Row]:
    chance = world.chance("public_expense")
    for year, (level, share) in SPENT.items():
        for kind, yuan in EXPENSES.items():
            budget = round(yuan * level / 12)
            for month, part in enumerate(chance.spread(round(budget * 12 * share), 12, 500), 1):
                row: Row = {"month": year * 100 + month, "kind": kind}
                yield row | {"budget": budget * 100, "spent": part * 100}


def _purchases(world: World) -> Iterator[Row]:
    chance = world.chance("procurement")
    for year, count in COUNTS.items():
        days = chance.distinct_days(year, count, (2, 10), (12, 10))
        for (item, kind, method, wan), day in zip(PURCHASES, days, strict=False):
            budget = wan * 10_000_00
            row: Row = {"item": f"{item}（{year}年）", "kind": kind, "method": method, "date": day}
            yield row | {"budget": budget, "amount": budget * chance.between(91, 98) // 100}


def _calls(world: World) -> Iterator[Row]:
    chance = world.chance("hotline")
    loop = Loop(world, chance, "党政办", REPLIES)
    for year, (count, closed) in CALLS.items():
        left = [(ASSIGNED, RECTIFIED, ASSIGNED, VERIFIED)[place % 4] for place in range(count - closed)]
        days = chance.days(year, count, (1, 6), (12, 18))
        for number, (day, state) in enumerate(zip(days, in_order(chance, closed, left), strict=True), 1):
            yield _call(world, chance, loop, day, number, state)


def _call(world: World, chance: Chance, loop: Loop, day: date, number: int, state: int) -> Row:
    kind, content = chance.pick(CONTENTS)
    village = chance.pick(world.villages)
    row: Row = {"number": f"YL{day.year}{number:05d}", "received_on": day, "village": village}
    row |= {"kind": kind, "content": f"{world.village(village)}村民{content}"}
    loop.advance(row, day, state, 6, min(date(day.year, 12, 30), LAST_DAY))
    if state == CLOSED:
        # One in fifteen takes longer than it may.
        late = number % 15 == 5
        row["due_on"] = row["closed_on"] - timedelta(1) if late else max(row["due_on"], row["closed_on"])
        row["reply"] = chance.pick(REPLIES)
        draw = chance.random()
        row["satisfaction"] = (
            "满意" if draw < 0.72 else "基本满意" if draw < 0.9 else "未评价" if draw < 0.97 else "不满意"
        )
    return row


def _deeds(world: World) -> Iterator[Row]:
    """Every month one or two deeds that count in a ranking."""
    chance = world.chance("assessment_item")
    for year in (2019, 2020, 2021):
        known = [deed for deed in DEEDS if DEEDS_SINCE[deed[0]] <= year]
        for number, day in enumerate(chance.days(year, 18, (1, 10), (12, 20))):
            ranking, kind, tenths, reason = known[number % len(known)]
            row: Row = {"date": day, "village": chance.pick(world.villages), "ranking": ranking}
            yield row | {"kind": kind, "points": Decimal(tenths) / 10, "reason": reason}
