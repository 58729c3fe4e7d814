"""Invented records of 疫情防控, from 2020 on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from db.demo.chance import LAST_DAY, Chance, after, later
from db.demo.names import MARK
from db.demo.world import Area, Row, World

#: Share of a village's people, share reached by the end of the year, first day and due day, by band and dose.
TARGETS = (
    ("18至59岁", "全程", 0.56, 0.990, date(2021, 3, 22), date(2021, 10, 31)),
    ("60岁及以上", "全程", 0.17, 0.966, date(2021, 4, 12), date(2021, 10, 31)),
    ("12至17岁", "全程", 0.065, 0.996, date(2021, 8, 2), date(2021, 10, 31)),
    ("3至11岁", "全程", 0.09, 0.941, date(2021, 11, 3), date(2021, 12, 31)),
    ("18至59岁", "加强", 0.50, 0.46, date(2021, 11, 15), date(2022, 3, 31)),
    ("60岁及以上", "加强", 0.15, 0.31, date(2021, 11, 22), date(2022, 3, 31)),
)
#: What the yearly document then prints for people of 12 and older.
FULL_RATE = 0.9865
PLACES = (
    "江苏省昆山市",
    "浙江省义乌市",
    "上海市松江区",
    "广东省东莞市",
    "江苏省苏州市吴江区",
    "安徽省合肥市包河区",
    "北京市朝阳区",
    "浙江省宁波市鄞州区",
    "福建省晋江市",
    "湖北省武汉市江夏区",
    "山东省青岛市黄岛区",
    "新疆维吾尔自治区巴音郭楞蒙古自治州库尔勒市",
)
REGIONS = (
    ("湖北省武汉市", "高风险", date(2020, 2, 1), date(2020, 4, 8)),
    ("北京市丰台区", "高风险", date(2020, 6, 16), date(2020, 7, 6)),
    ("辽宁省大连市甘井子区", "中风险", date(2020, 7, 24), date(2020, 8, 20)),
    ("山东省青岛市市北区", "中风险", date(2020, 10, 12), date(2020, 10, 28)),
    ("河北省石家庄市藁城区", "高风险", date(2021, 1, 6), date(2021, 2, 22)),
    ("广东省广州市荔湾区", "中风险", date(2021, 5, 29), date(2021, 6, 23)),
    ("江苏省南京市江宁区", "高风险", date(2021, 7, 24), date(2021, 8, 19)),
    ("江苏省扬州市广陵区", "中风险", date(2021, 7, 30), date(2021, 9, 6)),
    ("福建省莆田市仙游县", "中风险", date(2021, 9, 11), date(2021, 10, 2)),
    ("浙江省绍兴市上虞区", "中风险", date(2021, 12, 8), None),
    ("陕西省西安市雁塔区", "高风险", date(2021, 12, 17), None),
)
DRILLS = (
    (date(2020, 3, 6), "应急处置桌面推演", "镇防控指挥部", 36),
    (date(2020, 9, 15), "采样点演练", "镇卫生院", 64),
    (date(2020, 12, 22), "全员核酸检测演练", "云岭社区", 380),
    (date(2021, 1, 20), "采样点演练", "镇区和四个社区", 126),
    (date(2021, 4, 9), "应急处置桌面推演", "镇防控指挥部", 42),
    (date(2021, 6, 18), "扩面筛查演练", "镇区", 865),
    (date(2021, 8, 12), "扩面筛查演练", "全镇", 3260),
    (date(2021, 11, 26), "全员核酸检测演练", "白沙村、青石村", 1184),
)
PLANS = (
    ("疫情防控", "新冠肺炎疫情防控应急预案"),
    ("疫情防控", "区域核酸检测组织实施方案"),
    ("安全生产", "生产安全事故应急预案"),
    ("防汛抗旱", "防汛抗旱应急预案"),
    ("森林防火", "森林火灾应急预案"),
    ("消防", "农村火灾扑救应急预案"),
    ("食品安全", "食品安全突发事件应急预案"),
    ("社会稳定", "群体性事件应急预案"),
)


VACCINES = ("灭活疫苗", "灭活疫苗", "灭活疫苗", "重组亚单位疫苗")
DOSES = ("全程", "全程", "全程", "全程", "加强", "加强", "未全程", "未接种")
ORDERS = (
    ("镇区主要路口设置交通卡口", "交通卡口", date(2020, 1, 27), date(2020, 3, 18)),
    ("暂停棋牌室等室内娱乐场所营业", "场所管理", date(2020, 1, 26), date(2020, 4, 20)),
    ("宴席、庙会等聚集活动报备", "活动限制", date(2020, 2, 3), None),
    ("进口冷链食品专人专区管理", "场所管理", date(2020, 11, 20), None),
    ("中高风险地区返乡人员提前报备", "返乡管理", date(2021, 1, 8), None),
    ("公共场所扫码测温登记", "场所管理", date(2021, 1, 10), None),
    ("暂停线下培训和集市", "活动限制", date(2021, 8, 3), date(2021, 9, 6)),
    ("农贸市场每日消毒", "场所管理", date(2021, 8, 5), None),
)


def ledgers(world: World) -> Area:
    """The area's ledgers."""
    yield "drill", _drills()
    reached = _reached(world)
    yield "vaccination_target", _targets(reached)
    yield "vaccination_progress", _progress(world, reached)
    yield "outside_resident", _outside(world)
    yield "returnee", _returnees(world)
    yield "risk_region", _regions()
    yield "contingency_plan", _plans(world)
    yield "control_order", _orders()


def _drills() -> Iterator[Row]:
    for place, (day, kind, scope, people) in enumerate(DRILLS):
        row: Row = {"date": day, "kind": kind, "scope": scope, "participants": people}
        if place % 2:
            row["findings"] = (
                "采样点单向通道设置不够清楚，扫码录入与采样衔接偏慢；"
                "样本转运车辆备用不足。已调整点位，补充录入人员，与县级转运车队签订备用协议，并组织了一次复演。"
            )
        yield row


_Reached = list[tuple[int, int, int, int]]


def _reached(world: World) -> _Reached:
    """For each village and target: the people it counts and how many of them have their dose."""
    chance = world.chance("vaccination_target")
    found: _Reached = []
    for village in world.villages:
        population = world.rows["village"][village - 1]["population"]
        for place, (_, dose, share, rate, _, _) in enumerate(TARGETS):
            people = round(population * share)
            slow = 0.03 if village in (7, 19) else 0
            low = rate - slow + (chance.random() - 0.5) * (0.01 if dose == "全程" else 0.2)
            found.append((village, place, people, min(round(people * low), people)))
    counted = [at for at, (_, place, _, _) in enumerate(found) if place < 3]
    missing = round(sum(found[at][2] for at in counted) * FULL_RATE) - sum(found[at][3] for at in counted)
    turn = 0
    while missing:
        at = counted[turn % len(counted)]
        village, place, people, done = found[at]
        step = 1 if missing > 0 else -1
        if done + step <= people:
            found[at] = (village, place, people, done + step)
            missing -= step
        turn += 1
    return found


def _targets(reached: _Reached) -> Iterator[Row]:
    for village, place, people, _ in reached:
        band, dose, _, _, start, due = TARGETS[place]
        yield {
            "village": village,
            "band": band,
            "dose": dose,
            "people": people,
            "set_on": start,
            "due_on": due,
        }


def _progress(world: World, reached: _Reached) -> Iterator[Row]:
    chance, told = world.chance("vaccination_progress"), world.chance("vaccination_progress/vaccine")
    days = 16 if world.scale >= 1 else 6
    for village, place, _, done in reached:
        band, dose, _, _, start, due = TARGETS[place]
        last = min(due, LAST_DAY)
        span = (last - start).days
        drawn = sorted(chance.sample(range(1, span), min(days, span // 2)))
        for offset, people in zip(drawn, chance.spread(done, len(drawn), 0), strict=True):
            day = start + timedelta(days=offset)
            row: Row = {"village": village, "date": day, "band": band, "dose": dose, "people": people}
            yield row | {"vaccine": told.pick(VACCINES)}


def _travellers(world: World, chance: Chance, count: int) -> list[int]:
    """Different people of working age, in any order."""
    rows = world.rows["person"]
    able = [
        at for at, row in enumerate(rows, 1) if (born := row.get("birth_on")) and 1962 <= born.year <= 2003
    ]
    return chance.sample(able, min(count, len(able)))


def _outside(world: World) -> Iterator[Row]:
    chance, told = world.chance("outside_resident"), world.chance("outside_resident/dose")
    people = _travellers(world, chance, 1200 if world.scale >= 1 else 300)
    for place, person in enumerate(people):
        born = world.person(person)["birth_on"].year
        left = chance.days(2020 if place % 5 < 2 else 2021, 1, (2, 1), (12, 20))[0]
        row: Row = {"person": person, "place": chance.pick(PLACES), "left_on": left, "note": MARK}
        row["reason"] = "就学" if born > 2000 else chance.pick(("务工", "务工", "务工", "经商", "随迁"))
        if chance.odds(0.35):
            back = later(left, chance.between(30, 300))
            if back <= LAST_DAY:
                row["back_on"] = back
        if "back_on" not in row and chance.odds(0.8):
            row["plan"] = chance.pick(("就地过年", "计划返乡", "未定"))
        yield row | _dosed(told)


def _returnees(world: World) -> Iterator[Row]:
    chance, told = world.chance("returnee"), world.chance("returnee/dose")
    people = _travellers(world, chance, 720 if world.scale >= 1 else 150)
    for place, person in enumerate(people):
        year = 2020 if place % 3 == 0 else 2021
        returned = chance.days(year, 1, (1, 20) if year == 2020 else (1, 4))[0]
        if place >= len(people) - 2:
            # The last two came from a region that has just been raised, and are released within days.
            yield _watched(person, chance, world, 19 + place - (len(people) - 2))
            continue
        level = "高风险" if place % 60 == 7 else "中风险" if place % 17 == 3 else "低风险"
        row: Row = {
            "person": person,
            "from_place": chance.pick(PLACES),
            "risk_level": level,
            "returned_on": returned,
        }
        if level != "低风险":
            until = later(returned, 14)
            row |= {
                "monitored_until": until,
                "tests": chance.between(2, 5),
                "contact": chance.pick(world.contacts),
            }
            if until <= LAST_DAY:
                row["released_on"] = until
        elif chance.odds(0.6):
            row |= {"tests": 1, "released_on": after(returned, 3)}
        yield row | (_dosed(told) if year == 2021 else {})


def _watched(person: int, chance: Chance, world: World, day: int) -> Row:
    returned = date(2021, 12, day)
    row: Row = {
        "person": person,
        "from_place": REGIONS[-1][0],
        "risk_level": "高风险",
        "returned_on": returned,
    }
    row |= {"monitored_until": later(returned, 14), "tests": 3, "contact": chance.pick(world.contacts)}
    return row | {"dose": "全程", "dosed_on": date(2021, 7, 12)}


def _dosed(told: Chance) -> Row:
    """Somebody's doses: nobody of the township had one before 2021."""
    dose = told.pick(DOSES)
    if dose not in ("全程", "加强"):
        return {"dose": dose}
    return {"dose": dose, "dosed_on": date(2021, 4 + told.below(7), 1 + told.below(28))}


def _regions() -> Iterator[Row]:
    for region, level, start, end in REGIONS:
        yield {"region": region, "level": level, "from_on": start} | ({"to_on": end} if end else {})


def _plans(world: World) -> Iterator[Row]:
    chance = world.chance("contingency_plan")
    for year in (2020, 2021):
        for place, (kind, title) in enumerate(PLANS):
            issued = chance.days(year, 1, (2, 1), (6, 30))[0]
            row: Row = {
                "kind": kind,
                "title": f"云岭镇{title}",
                "edition": f"{year}年版",
                "issued_on": issued,
            }
            if place != 6:
                row["drilled_on"] = later(issued, chance.between(20, 150))
            yield row


def _orders() -> Iterator[Row]:
    for title, kind, start, end in ORDERS:
        row: Row = {"title": title, "kind": kind, "scope": "全镇", "from_on": start}
        yield row | ({"to_on": end} if end else {})
