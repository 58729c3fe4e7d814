"""Invented records of 防返贫监测与帮扶."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from db.demo import monitoring_words as words
from db.demo import relief
from db.demo.chance import LAST_DAY, Chance, after, in_month, later, month_day, month_length
from db.demo.loop import CLOSED, Loop
from db.demo.names import MARK
from db.demo.world import Area, Row, World

#: Class, households still in it, households released, measures for each in a year.
CLASSES = (
    ("脱贫户", 348, 9, 5.3),
    ("脱贫不稳定户", 26, 8, 6.4),
    ("边缘易致贫户", 38, 7, 6.0),
    ("突发严重困难户", 0, 3, 3.0),
)
SHARES = {2019: 0.55, 2020: 0.75, 2021: 1.0}
ROUNDS = {2019: (3, 9), 2020: (3, 5, 8, 10), 2021: (2, 4, 5, 7, 9, 11)}
HANDOVER = date(2021, 3, 1)


@dataclass(slots=True)
class Watched:
    """A monitored household, from when to when, and whose contact it is."""

    household: int
    group: str
    start: date
    end: date | None
    measures: float
    official: int
    successor: int | None
    #: Nothing has been arranged for it: no measure and no plan, of which the program warns.
    neglected: bool = False

    def official_on(self, day: date) -> int:
        """The contact on a day."""
        return self.successor if self.successor is not None and day >= HANDOVER else self.official

    def holds(self, day: date) -> bool:
        """Whether the household is monitored on a day."""
        return self.start <= day and (self.end is None or day < self.end)


def ledgers(world: World) -> Area:
    """The area's ledgers."""
    watched = _watched(world)
    yield "monitored_household", _households(world, watched)
    yield "contact_duty", _duties(world, watched)
    yield "support_measure", _measures(world, watched)
    yield "sweep", _sweeps(world, watched)
    yield "visit", _visits(world, watched)
    yield "livelihood_problem", _problems(world, watched)
    yield "risk_event", _risks(world, watched)
    yield from relief.ledgers(world, watched, world.contacts)


def _watched(world: World) -> list[Watched]:
    chance = world.chance("monitored_household")
    households = iter(
        chance.sample(range(1, len(world.rows["household"]) + 1), sum(a + b for _, a, b, _ in CLASSES))
    )
    active = [at for at, row in enumerate(world.rows["official"], 1) if row["active"]]
    officials = [*active[:55], *active[-2:]]
    found: list[Watched] = []
    for group, present, released, measures in CLASSES:
        for place in range(present + released):
            start = _start(chance, group, place)
            end = later(start, 320 + chance.below(60)) if place >= present else None
            if end and group == "脱贫户":
                end = chance.days(2020 + place % 2, 1)[0]
            official = officials[len(found) % len(officials)]
            successor = officials[(len(found) + 5) % len(officials)] if place % 8 == 3 else None
            bare = group == "边缘易致贫户" and place == 0
            found.append(Watched(next(households), group, start, end, measures, official, successor, bare))
    return found


def _start(chance: Chance, group: str, place: int) -> date:
    if group == "脱贫户":
        return date(2014 + place % 6, 12, 1 + place % 28) if place % 6 < 5 else date(2018, 12, 20)
    if group == "突发严重困难户":
        return date(2020, 2 + place, 15)
    if place < 8:
        # The second of the class is so new that nothing has been arranged for it, the first was forgotten.
        if group == "边缘易致贫户" and place < 2:
            return (date(2021, 11, 22), date(2021, 12, 21))[place]
        return date(2021, 1 + place, 18)
    return chance.days(2019 + place % 2, 1, (1, 10), (12, 1))[0]


def _households(world: World, watched: list[Watched]) -> Iterator[Row]:
    chance = world.chance("monitored_household/rows")
    for each in watched:
        low, high = (9800, 19500) if each.group == "脱贫户" else (5200, 9400)
        row: Row = {"household": each.household, "class": each.group, "from_on": each.start, "note": MARK}
        row["members"] = world.rows["household"][each.household - 1]["members"]
        if each.end:
            row["released_on"] = each.end
        if chance.odds(0.96):
            row["income_per_head"] = chance.between(low, high) * 100
        if each.group != "脱贫户" or chance.odds(0.5):
            row["risks"] = tuple(chance.sample(words.RISKS, chance.pick((1, 1, 2, 3))))
        yield row


#: What somebody is to a household, from what he is in the office.
ROLES = ("县包点领导", "班子成员", "包村干部", "驻村工作队")


def _duty(world: World, official: int, household: int, start: date) -> Row:
    held = world.rows["official"][official - 1]["roles"]
    role = next((role for role in ROLES if role in held), "其他")
    return {"official": official, "household": household, "role": role, "from_on": start}


def _duties(world: World, watched: list[Watched]) -> Iterator[Row]:
    """Every household has its contact, but for three of the lifted ones where the duty was not yet arranged."""
    for place, each in enumerate(watched):
        if place in (101, 202, 303):
            continue
        start = max(each.start, date(2018, 1, 1))
        row = _duty(world, each.official, each.household, start)
        if each.end:
            yield row | {"to_on": each.end}
        elif each.successor is not None and start < HANDOVER:
            yield row | {"to_on": HANDOVER}
            yield _duty(world, each.successor, each.household, HANDOVER)
        else:
            yield row


def _measures(world: World, watched: list[Watched]) -> Iterator[Row]:
    chance = world.chance("support_measure")
    rhythm = [(chance.below(28), chance.step(), chance.below(12)) for _ in watched]
    for year, share in SHARES.items():
        totals = [chance.about(each.measures * share * world.growth) for each in watched]
        for month in range(1, 13):
            length = month_length(year, month)
            for each, total, (start, step, offset) in zip(watched, totals, rhythm, strict=True):
                for turn in range(in_month(total, offset, month)):
                    day = date(year, month, month_day(start, step, turn, length))
                    if each.holds(day) and not each.neglected:
                        yield _measure(world, chance, each.household, day, turn // length)


def _measure(world: World, chance: Chance, household: int, day: date, again: int) -> Row:
    kind, low, high, content = words.MEASURES[int(chance.random() * len(words.MEASURES))]
    row: Row = {"household": household, "kind": kind, "date": day}
    if high:
        row["amount"] = (low + int(chance.random() * (high - low))) * 10_00 + again
    elif again:
        row["amount"] = again
    if chance.random() < 0.6:
        row["content"] = content
    return row


def _sweeps(world: World, watched: list[Watched]) -> Iterator[Row]:
    chance = world.chance("sweep")
    for year, months in ROUNDS.items():
        for turn, month in enumerate(months, 1):
            start = date(year, month, 8)
            for village in world.villages:
                households = len(world.households_of[village])
                row: Row = {"year": year, "round": turn, "village": village, "from_on": start}
                row["to_on"] = later(start, 12 + chance.below(4))
                row["households_visited"] = households - chance.below(4)
                if chance.odds(0.5):
                    row["findings"] = chance.pick(words.SWEEP_FINDINGS)
                yield row


def _visits(world: World, watched: list[Watched]) -> Iterator[Row]:
    """Month by month; where a household is visited more often than a month has days, a colleague goes along."""
    chance = world.chance("visit")
    rhythm = [(chance.below(28), chance.step(), chance.below(12)) for _ in watched]
    officials = len(world.rows["official"])
    for year in SHARES:
        totals = [chance.about((1 if place % 37 == 5 else 5) * world.growth) for place in range(len(watched))]
        for month in range(1, 13):
            length = month_length(year, month)
            for each, total, (start, step, offset) in zip(watched, totals, rhythm, strict=True):
                for turn in range(in_month(total, offset, month)):
                    day = date(year, month, month_day(start, step, turn, length))
                    if not each.holds(day):
                        continue
                    official = (each.official_on(day) - 1 + turn // length) % officials + 1
                    row: Row = {"official": official, "household": each.household, "date": day}
                    if chance.random() < 0.7:
                        row["findings"] = words.VISITS[int(chance.random() * len(words.VISITS))]
                    yield row


def _problems(world: World, watched: list[Watched]) -> Iterator[Row]:
    """Every problem found is closed within its year."""
    chance = world.chance("livelihood_problem")
    loop = Loop(world, chance, "乡村振兴站", words.REMEDIES)
    for year, count in ((2019, 44), (2020, 31), (2021, 23)):
        present = [each for each in watched if each.holds(date(year, 1, 31))]
        for day, each in zip(
            chance.days(year, count, (2, 8), (11, 20)), chance.sample(present, count), strict=True
        ):
            kind, detail = chance.pick(words.PROBLEMS)
            row: Row = {"household": each.household, "kind": kind, "found_on": day, "detail": detail}
            yield loop.advance(row, day, CLOSED, 22, date(year, 12, 28))


def _risks(world: World, watched: list[Watched]) -> Iterator[Row]:
    chance = world.chance("risk_event")
    for year, count in ((2019, 14), (2020, 19), (2021, 26)):
        present = [each for each in watched if each.holds(date(year, 1, 31)) and each.end is None]
        for day, each in zip(chance.days(year, count), chance.sample(present, count), strict=True):
            kind, low, high, detail = chance.pick(words.EVENTS)
            row: Row = {
                "household": each.household,
                "kind": kind,
                "date": min(day, LAST_DAY),
                "detail": detail,
            }
            if high:
                row["amount"] = chance.between(low, high) * 100_00
            if chance.odds(0.8):
                checked = after(day, 6)
                row["handled"] = f"{checked.month}月{checked.day}日入户核实，已按程序研判。"
            yield row
