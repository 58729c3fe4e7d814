"""Invented branches, yearly quotas of new members, and the election of the villages' committees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from db.demo.chance import Chance, later
from db.demo.members import CLOSED, OFFICES
from db.demo.names import person_name
from db.demo.world import Area, Row, World

QUOTAS = {2019: 13, 2020: 15, 2021: 18}
OCCUPATIONS = ("农民", "农民", "个体经营", "企业职工", "教师", "医务人员", "村（居）干部")
TRAITS = ("致富能手", "高素质农民", "返乡创业", "退役军人", "大学毕业生")


def ledgers(world: World) -> Area:
    """Branches, quotas and the election."""
    yield "party_branch", _branches(world)
    yield "member_quota", _quotas()
    yield "village_election", _elections(world)


def _branches(world: World) -> Iterator[Row]:
    chance = world.chance("party_branch")
    for village in world.villages:
        name = f"{world.village(village)}党支部"
        row: Row = {"name": name, "kind": "村（居）", "village": village}
        row |= {"secretary": person_name(chance, "男", 1972), "members": world.branch_members[name]}
        row["founded_on"] = date(1998 + village % 9, 7, 1)
        yield row | {"elected_on": date(2021, 1, 6 + village % 12)}
    for place, (name, kind) in enumerate(OFFICES):
        row = {"name": name, "kind": kind, "members": world.branch_members[name]}
        row |= {"secretary": person_name(chance, "女" if place % 3 else "男", 1976)}
        row["founded_on"] = date(2003 + place * 2, 7, 1)
        yield row | {"elected_on": date(2020 + place % 2, 9, 10 + place)}
    name, founded, ended = CLOSED
    yield {"name": name, "kind": "企业", "members": 0, "founded_on": founded, "ended_on": ended}


def _quotas() -> Iterator[Row]:
    for year, quota in QUOTAS.items():
        yield {"year": year, "quota": quota, "basis": f"县委组织部{year}年度发展党员指导性计划"}


def _elections(world: World) -> Iterator[Row]:
    chance = world.chance("village_election")
    for term, start in (("第十届", date(2018, 6, 20)), ("第十一届", date(2021, 1, 5))):
        for village in world.villages:
            branch = later(start, chance.below(9))
            row: Row = {"village": village, "term": term, "party_done_on": branch}
            row["done_on"] = later(branch, chance.between(12, 24))
            yield row | {"turnout": Decimal(chance.between(885, 972)) / 10}


def described(chance: Chance, row: Row) -> Row:
    """A member in the making with an occupation, and what he is known for."""
    row["occupation"] = chance.pick(OCCUPATIONS)
    if chance.odds(0.75):
        row["traits"] = tuple(sorted(set(chance.sample(TRAITS, chance.pick((1, 1, 2))))))
    return row
