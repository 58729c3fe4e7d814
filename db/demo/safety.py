"""Invented records of 安全生产与社会稳定."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from db.demo import safety_words as words
from db.demo.chance import Chance, after
from db.demo.loop import ASSIGNED, CLOSED, LISTED, RECTIFIED, VERIFIED, Loop, in_order
from db.demo.names import mobile, person_name
from db.demo.world import Area, Row, World

#: Records of a year, and what they add up to or how many came to an end.
INSPECTIONS = {2019: (74, 592), 2020: (82, 664), 2021: (96, 788)}
HAZARDS = {2019: (118, 118), 2020: (142, 138), 2021: (170, 128)}
LEAFLETS = {2019: (36, 5140), 2020: (44, 6930), 2021: (54, 8640)}
DISPUTES = {2019: (196, 171), 2020: (223, 196), 2021: (248, 214)}
FILED = {2019: 24, 2020: 30, 2021: 36}
PETITIONS = {2019: (31, 31), 2020: (27, 27), 2021: (24, 19)}


def ledgers(world: World) -> Area:
    """The area's ledgers."""
    yield "safety_officer", _officers(world)
    yield "inspection", _inspections(world)
    yield "hazard", _hazards(world)
    yield "enforcement", _enforcements(world)
    yield "publicity", _publicity(world)
    yield "accident", _accidents()
    yield "dispute", _disputes(world)
    yield "petition", _petitions(world)


def _officers(world: World) -> Iterator[Row]:
    """Nobody is missing at any of the three levels; a few posts changed hands."""
    chance = world.chance("safety_officer")
    places: list[Row] = [{"level": "镇", "unit": unit} for unit in words.UNITS]
    places += [{"level": "村", "village": village} for village in world.villages]
    for enterprise, row in enumerate(world.rows["enterprise"], 1):
        if row["listed"] or enterprise % 3:
            places.append({"level": "企业", "enterprise": enterprise, "village": row["village"]})
    for number, place in enumerate(places):
        starts = [date(2019, 1, 15)] if number % 5 else [date(2019, 1, 15), date(2021, 2 + number % 8, 10)]
        for turn, start in enumerate(starts):
            row = place | {
                "person": person_name(chance, "男" if chance.odds(0.8) else "女", 1975),
                "from_on": start,
            }
            if chance.odds(0.9):
                row["phone"] = mobile(chance)
            if turn + 1 < len(starts):
                row["to_on"] = starts[turn + 1]
            yield row


def _inspections(world: World) -> Iterator[Row]:
    chance, joined = world.chance("inspection"), world.chance("inspection partners")
    for year, (count, places) in INSPECTIONS.items():
        grown = world.grown(count)
        parts = chance.spread(places * grown // count, grown)
        for day, part in zip(chance.days(year, grown), parts, strict=True):
            row: Row = {"field": chance.pick(words.FIELDS), "date": day, "places": part}
            row["level"] = chance.pick(("镇", "镇", "村", "企业"))
            if row["level"] != "镇" or chance.random() < 0.4:
                row["village"] = chance.pick(world.villages)
            if chance.random() < 0.8:
                row["faulty"] = chance.below(part // 2 + 1)
            if row["level"] == "镇":
                row["leader"] = chance.pick(world.leaders)
                row["partners"] = _partners(world, row["field"], joined)
            if chance.random() < 0.5:
                row["findings"] = chance.pick(words.FINDINGS)
            yield row


def _partners(world: World, field: str, chance: Chance) -> tuple[int, ...]:
    """The departments that take part in an inspection of a field, one or several."""
    usual = words.PARTNERS.get(field, ("综治中心", "城建办"))
    named = usual if chance.odds(0.6) else usual[:1]
    return tuple(world.department(name) for name in named)


class Today:
    """Which keys the present day already has; the days come in order."""

    def __init__(self) -> None:
        self.day: date | None = None
        self.keys: set[tuple[object, ...]] = set()

    def number(self, day: date, *key: object) -> int:
        """1 for a key that is new today, 2 for its second time, and so on."""
        if day != self.day:
            self.day = day
            self.keys.clear()
        turn = 1
        while (*key, turn) in self.keys:
            turn += 1
        self.keys.add((*key, turn))
        return turn


def _hazards(world: World) -> Iterator[Row]:
    """The last few of 2020 are only closed in 2021; of 2021 some are at every step, some of them overdue."""
    chance = world.chance("hazard")
    loop = Loop(world, chance, "应急所", words.REMEDIES)
    today = Today()
    for year, (count, closed) in HAZARDS.items():
        grown = world.grown(count)
        done = grown * closed // count if year == 2021 else grown
        carried = grown - grown * closed // count if year == 2020 else 0
        left = _left(grown - done)
        days = chance.days(year, grown, (1, 4), (12, 28))
        for place, (day, state) in enumerate(zip(days, in_order(chance, done, left), strict=True)):
            row = _hazard(world, chance, day, today)
            if place >= grown - carried:
                loop.advance(row, day, state, 120)
            else:
                loop.advance(row, day, state, 24, date(year, 12, 31))
            if place % 57 == 20 and state == CLOSED:
                row["grade"] = "重大"
            yield row


def _left(count: int) -> list[int]:
    """States of what is still open: most are being worked on."""
    states = (ASSIGNED, RECTIFIED, ASSIGNED, VERIFIED, ASSIGNED, LISTED, RECTIFIED)
    return [states[place % len(states)] for place in range(count)]


def _hazard(world: World, chance: Chance, day: date, today: Today) -> Row:
    field, place, detail = words.HAZARDS[chance.below(len(words.HAZARDS))]
    village = chance.pick(world.villages)
    turn = today.number(day, village, place)
    where = f"{world.village(village)}{place}" + (f"（第{turn}处）" if turn > 1 else "")
    row: Row = {"found_on": day, "village": village, "field": field, "place": where, "detail": detail}
    row["grade"] = "一般" if chance.random() < 0.93 else "较大"
    if chance.random() < 0.4:
        row["cost"] = chance.between(2, 180) * 100_00
    return row


def _enforcements(world: World) -> Iterator[Row]:
    chance = world.chance("enforcement")
    for year, counts in ((2019, (4, 9)), (2020, (5, 11)), (2021, (7, 16))):
        kinds = ["非法液化气点"] * counts[0] + [chance.pick(words.OFFENCES) for _ in range(counts[1])]
        chance.shuffle(kinds)
        for number, (day, kind) in enumerate(zip(chance.distinct_days(year, len(kinds)), kinds, strict=True)):
            village = chance.pick(world.villages)
            row: Row = {
                "kind": kind,
                "village": village,
                "date": day,
                "place": f"{world.village(village)}{words.SPOTS[number % 6]}",
            }
            if chance.odds(0.8):
                row["result"] = chance.pick(
                    ("现场取缔，暂扣物品并移交主管部门。", "责令停业，限期办理手续。")
                )
            yield row


def _publicity(world: World) -> Iterator[Row]:
    chance = world.chance("publicity")
    for year, (count, copies) in LEAFLETS.items():
        grown = world.grown(count)
        parts = chance.spread(copies * grown // count, grown, 20)
        for day, part in zip(chance.days(year, grown), parts, strict=True):
            row: Row = {"kind": chance.pick(words.TOPICS), "date": day, "copies": part}
            if chance.random() < 0.85:
                row["village"] = chance.pick(world.villages)
            yield row


def _accidents() -> Iterator[Row]:
    """None in 2021; the villages reported so every month."""
    yield {
        "date": date(2019, 3, 14),
        "village": 17,
        "kind": "火灾",
        "grade": "一般",
        "place": "马岭村后山林边",
        "deaths": 0,
        "injured": 0,
        "loss": 3_200_00,
        "detail": "上坟烧纸引燃杂草，扑救及时，过火面积约两亩。",
    }
    yield {
        "date": date(2019, 8, 6),
        "village": 2,
        "kind": "生产安全",
        "grade": "一般",
        "place": "青石新型建材有限公司",
        "deaths": 0,
        "injured": 1,
        "loss": 26_500_00,
        "detail": "检修时未按规定断电挂牌，一名工人右手受伤。已停产整顿七日，约谈企业负责人，并开展检修作业专项检查。",
    }
    yield {
        "date": date(2020, 11, 19),
        "village": 22,
        "kind": "道路交通",
        "grade": "一般",
        "place": "云白路高桥段",
        "deaths": 0,
        "injured": 2,
        "loss": 8_000_00,
    }


def _disputes(world: World) -> Iterator[Row]:
    chance = world.chance("dispute")
    today = Today()
    for year, (count, settled) in DISPUTES.items():
        grown = world.grown(count)
        done = grown * settled // count
        filed = grown * FILED[year] // count
        results = [words.SETTLED] * done + _unsettled(grown - done)
        cases = [True] * filed + [False] * (done - filed) + [False] * (grown - done)
        order = list(zip(results, cases, strict=True))
        chance.shuffle(order)
        for day, (result, case) in zip(chance.days(year, grown), order, strict=True):
            yield _dispute(world, chance, today, day, result, case)


def _unsettled(count: int) -> list[str]:
    results = ("正在调解", "未达成协议", "", "引导诉讼", "正在调解")
    return [results[place % len(results)] for place in range(count)]


def _dispute(world: World, chance: Chance, today: Today, day: date, result: str, filed: bool) -> Row:
    village = chance.pick(world.villages)
    heads: Sequence[int] = world.households_of[village]
    kind, detail = words.DISPUTES[chance.below(len(words.DISPUTES))]
    parties = f"{world.head(chance.pick(heads))}与{world.head(chance.pick(heads))}"
    turn = today.number(day, village, parties)
    if turn > 1:
        parties += f"（第{turn}起）"
    row: Row = {"village": village, "found_on": day, "kind": kind, "parties": parties, "filed": filed}
    if chance.random() < 0.7:
        row["detail"] = detail
    if result:
        row["result"] = result
    if result and result != "正在调解":
        row["mediated_on"] = min(day + timedelta(days=chance.below(26)), date(day.year, 12, 31))
        row["mediator"] = f"{world.village(village)}调解委员会"
    return row


def _petitions(world: World) -> Iterator[Row]:
    """One of 2021 went past the county."""
    chance = world.chance("petition")
    loop = Loop(world, chance, "综治中心", words.REPLIES)
    for year, (count, closed) in PETITIONS.items():
        left = [ASSIGNED, VERIFIED, RECTIFIED, LISTED, ASSIGNED][: count - closed]
        days = chance.distinct_days(year, count, (1, 8), (12, 10))
        for place, (day, state) in enumerate(zip(days, in_order(chance, closed, left), strict=True)):
            village = chance.pick(world.villages)
            row: Row = {"received_on": day, "village": village, "matter": chance.pick(words.MATTERS)}
            row["level"] = "市级" if place == 9 and year != 2020 else "县级" if place % 6 == 2 else "镇级"
            if chance.odds(0.85):
                row["petitioner"] = world.head(chance.pick(world.households_of[village]))
            row["leader"] = chance.pick(world.leaders)
            loop.advance(row, day, state, 50, date(year, 12, 31))
            row["backlog"] = place % 9 == 4
            if state == CLOSED:
                # All but one of a year are answered in time.
                late = place == 7
                row["due_on"] = (
                    row["closed_on"] - timedelta(3) if late else max(row["due_on"], row["closed_on"])
                )
                day = after(row["closed_on"], 0)
                told = f"{day.year}年{day.month}月{day.day}日"
                row["reply"] = f"{told}书面答复，{chance.pick(words.REPLIES)}"
            yield row
