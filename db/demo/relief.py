"""Invented plans, incomes and social relief of the households that are watched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from db.demo.chance import LAST_DAY, later
from db.demo.names import MARK
from db.demo.world import Area, Row, World

GOALS = ("稳定就业一人以上", "发展种养产业增收", "落实兜底保障", "学生资助全覆盖", "慢性病签约服务到位")
#: Yuan a head by class in 2021; the years before had less.
INCOMES = {"脱贫户": (10_200, 18_400), "": (6_800, 9_900)}
SHARES = {2019: 0.82, 2020: 0.9, 2021: 1.0}
#: Households on allowance, destitute ones, and one-off reliefs by year.
ALLOWANCE, DESTITUTE, DISABLED = 214, 46, 88
RELIEFS = {2019: 38, 2020: 46, 2021: 54}
STANDARD = {"低保": 62_500, "特困供养": 81_300, "残疾人补贴": 7_600}


class Monitored(Protocol):
    """What the area knows of a household that is watched."""

    household: int
    group: str
    start: date
    end: date | None
    neglected: bool


def ledgers(world: World, watched: Sequence[Monitored], officials: list[int]) -> Area:
    """Plans, incomes and relief."""
    yield "support_plan", _plans(world, watched, officials)
    yield "household_income", _incomes(world, watched)
    yield "social_relief", _relief(world)


def _plans(world: World, watched: Sequence[Monitored], officials: list[int]) -> Iterator[Row]:
    chance = world.chance("support_plan")
    for place, each in enumerate(watched):
        made = max(later(each.start, 6), date(2019, 1, 20))
        if made > LAST_DAY or each.neglected:
            continue
        row: Row = {"household": each.household, "made_on": made, "goal": chance.pick(GOALS)}
        row["responsible"] = officials[place % len(officials)]
        yield row | ({"ended_on": max(each.end, made)} if each.end else {})


def _incomes(world: World, watched: Sequence[Monitored]) -> Iterator[Row]:
    chance = world.chance("household_income")
    for place, each in enumerate(watched):
        low, high = INCOMES.get(each.group, INCOMES[""])
        base = chance.between(low, high)
        for year, share in SHARES.items():
            if each.start.year > year or (each.end is not None and each.end.year < year):
                continue
            # A few earned less than before in the last year, and are warned of.
            poor = year == LAST_DAY.year and each.group != "脱贫户" and place % 11 == 5
            yuan = 5_300 + place if poor else round(base * share)
            row: Row = {"household": each.household, "year": year, "income_per_head": yuan * 100}
            row |= {"wage": yuan * chance.between(45, 80), "note": MARK}
            yield row | {"source": chance.pick(("务工", "务工", "种植养殖", "转移性收入"))}


def _relief(world: World) -> Iterator[Row]:
    """Allowances that go on, some of them ended, and reliefs paid once."""
    chance = world.chance("social_relief")
    every = chance.sample(range(1, len(world.rows["household"]) + 1), ALLOWANCE + DESTITUTE + DISABLED)
    kinds = ["低保"] * ALLOWANCE + ["特困供养"] * DESTITUTE + ["残疾人补贴"] * DISABLED
    for place, (household, kind) in enumerate(zip(every, kinds, strict=True)):
        start = date(2016 + place % 6, 1 + place % 12, 1)
        persons = 1 if kind != "低保" else min(3, int(world.rows["household"][household - 1]["members"]))
        row: Row = {"household": household, "kind": kind, "from_on": start, "persons": persons}
        row["amount"] = STANDARD[kind] * persons
        if place % 17 == 5 and start < date(2020, 1, 1):
            row["to_on"] = date(2020 + place % 2, 6, 30)
        yield row | {"note": MARK}
    for year, count in RELIEFS.items():
        households = chance.sample(range(1, len(world.rows["household"]) + 1), count)
        for day, household in zip(chance.days(year, count), households, strict=True):
            row = {"household": household, "kind": "临时救助", "from_on": day, "to_on": day, "persons": 1}
            yield row | {"amount": chance.between(12, 60) * 100_00, "note": MARK}
