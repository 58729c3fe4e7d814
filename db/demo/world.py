"""The invented township itself: its registers, and who lives and works where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db.demo import names
from db.demo.chance import Chance
from db.demo.officials import OFFICIALS, Post
from zhengui.catalogue.model import Catalogue

Row = dict[str, Any]
Rows = Iterable[Row]
Area = Iterator[tuple[str, Rows]]

#: Records at scale 1 of the ledgers that never grow, and of those that grow with the scale.
_STEADY = 28_600
_GROWING = 13_500


@dataclass
class World:
    """Registers as rows (an id is the place in the list, from 1) and the lists that areas draw from."""

    catalogue: Catalogue
    scale: float
    seed: int
    rows: dict[str, list[Row]] = field(default_factory=dict)
    leaders: list[int] = field(default_factory=list)
    contacts: list[int] = field(default_factory=list)
    households_of: list[list[int]] = field(default_factory=list)
    persons_of: list[list[int]] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    #: People who are members of the Party, with the day from which they are where their ledger tells it, and how many
    #: there are in each branch at the end.
    members: dict[int, date] = field(default_factory=dict)
    branch_members: Counter[str] = field(default_factory=Counter)

    def chance(self, ledger: str) -> Chance:
        """The chance of one ledger."""
        return Chance(f"{self.seed}/{ledger}")

    @property
    def growth(self) -> float:
        """By how much the growing ledgers are multiplied, so that all records are about 42,000 × scale."""
        if self.scale <= 1:
            return max(self.scale, 0.05)
        return 1 + (self.scale - 1) * (_STEADY + _GROWING) / _GROWING

    def grown(self, count: int) -> int:
        """A number of records that grows with the scale."""
        return max(round(count * self.growth), 3)

    @property
    def villages(self) -> range:
        """The ids of all villages."""
        return range(1, len(self.rows["village"]) + 1)

    def village(self, village: int) -> str:
        """A village's name."""
        return str(self.rows["village"][village - 1]["name"])

    def head(self, household: int) -> str:
        """The name of a household's head."""
        return str(self.rows["household"][household - 1]["head"])

    def person(self, person: int) -> Row:
        """A person's record."""
        return self.rows["person"][person - 1]

    def department(self, name: str) -> int:
        """The id of a department."""
        return [row["name"] for row in self.rows["department"]].index(name) + 1

    def staff(self, name: str) -> list[int]:
        """The officials of a department."""
        wanted = self.department(name)
        return [place for place, row in enumerate(self.rows["official"], 1) if row["department"] == wanted]

    def draw_person(self, chance: Chance, village: int, first: int, last: int, sex: str = "") -> int | None:
        """A person of the village born in those years who has no part yet; nobody is drawn twice."""
        people = self.persons_of[village]
        start = chance.below(len(people))
        for turn in range(len(people)):
            person = people[(start + turn) % len(people)]
            row = self.person(person)
            birth = row.get("birth_on")
            if person in self.taken or birth is None or not first <= birth.year <= last:
                continue
            if sex and row["sex"] != sex:
                continue
            self.taken.add(person)
            return person
        return None


def build(catalogue: Catalogue, scale: float, seed: int) -> World:
    """The world with all registers filled."""
    world = World(catalogue, scale, seed)
    world.rows["department"] = [
        {"name": name, "duty": duty, "phone": f"0999-800{place:04d}", "sort_order": place, "active": True}
        for place, (name, duty) in enumerate(names.DEPARTMENTS, 1)
    ]
    _fill_officials(world, world.chance("official"))
    _fill_villages(world, world.chance("village"))
    _fill_people(world, world.chance("person"))
    _fill_enterprises(world, world.chance("enterprise"))
    return world


def _fill_officials(world: World, chance: Chance) -> None:
    known: set[str] = set()
    rows = []
    for place, post in enumerate(OFFICIALS, 1):
        rows.append(_official(world, chance, post, known))
        if "班子成员" in post.roles:
            world.leaders.append(place)
        if "包村干部" in post.roles:
            world.contacts.append(place)
    rows[4]["name"], rows[17]["name"], rows[30]["name"] = "程喆", "沈𬭚", "夏镕"
    del rows[-1]["phone"]
    rows[-1]["active"] = False
    world.rows["official"] = rows


def _official(world: World, chance: Chance, post: Post, known: set[str]) -> Row:
    name = ""
    while not name or name in known:
        name = names.person_name(chance, "女" if chance.odds(0.3) else "男", chance.between(1964, 1996))
    known.add(name)
    return {
        "name": name,
        "department": world.department(post.department),
        "post": post.title,
        "roles": post.roles,
        "phone": names.mobile(chance),
        "active": True,
    }


def _fill_villages(world: World, chance: Chance) -> None:
    rows = []
    for place, name in enumerate((*names.VILLAGES, *names.COMMUNITIES), 1):
        population = chance.between(1450, 3600)
        rows.append(
            {
                "name": name,
                "kind": "居" if name in names.COMMUNITIES else "村",
                "population": population,
                "households": round(population / 3.4),
                "contact_official": world.contacts[(place - 1) % len(world.contacts)],
                "contact_leader": world.leaders[(place - 1) % len(world.leaders)],
                "sort_order": place,
                "active": True,
                "note": "演示数据，村（居）虚构",
            }
        )
    world.rows["village"] = rows


def _fill_people(world: World, chance: Chance) -> None:
    count = max(round(3000 * min(world.scale, 1)), 1300)
    used: dict[tuple[str, str], int] = {}
    world.rows["household"], world.rows["person"] = [], []
    for _ in range(len(world.rows["village"]) + 1):
        world.households_of.append([])
        world.persons_of.append([])
    for household in range(1, count + 1):
        village = (household - 1) * len(world.rows["village"]) // count + 1
        sex = "男" if chance.odds(0.78) else "女"
        birth = _birth(chance, 1938, 1988)
        head = _person(chance, village, household, sex, birth, used)
        _add_person(world, village, head)
        others = chance.pick((0, 1, 1, 2))
        members = 1 + others + chance.pick((0, 0, 1, 2))
        world.rows["household"].append(_household(world, chance, village, head["name"], members))
        world.households_of[village].append(household)
        for _ in range(others):
            young = chance.odds(0.45)
            birth = _birth(chance, 1985, 2012) if young else _birth(chance, 1945, 1990)
            other = "女" if chance.odds(0.6 if sex == "男" else 0.3) else "男"
            _add_person(world, village, _person(chance, village, household, other, birth, used))


def _birth(chance: Chance, first: int, last: int) -> date:
    return date(chance.between(first, last), chance.between(1, 12), chance.between(1, 28))


def _household(world: World, chance: Chance, village: int, head: str, members: int) -> Row:
    place = len(world.households_of[village])
    row: Row = {
        "village": village,
        "head": head,
        "address": f"{chance.pick(names.GROUPS)}组{place + 1}号",
        "members": members,
        "active": place % 90 != 7,
        "note": names.MARK,
    }
    if chance.odds(0.8):
        row["phone"] = names.mobile(chance)
    return row


def _person(
    chance: Chance, village: int, household: int, sex: str, birth: date, used: dict[tuple[str, str], int]
) -> Row:
    row: Row = {
        "name": names.person_name(chance, sex, birth.year),
        "village": village,
        "household": household,
        "sex": sex,
        "note": names.MARK,
    }
    if chance.odds(0.98):
        row["birth_on"] = birth
    if chance.odds(0.95):
        row["education"] = _education(chance, birth.year)
    if chance.odds(0.97):
        day = birth.strftime("%Y%m%d")
        serial = used[day, sex] = used.get((day, sex), 0) + 1
        row["id_number"] = names.id_number(serial, day, sex)
        row["birth_on"] = birth
    if chance.odds(0.7):
        row["phone"] = names.mobile(chance)
    return row


def _education(chance: Chance, born: int) -> str:
    draw = chance.random()
    if born < 1965:
        return "小学" if draw < 0.6 else "初中" if draw < 0.9 else "高中"
    if born < 1985:
        return "小学" if draw < 0.15 else "初中" if draw < 0.68 else "高中" if draw < 0.85 else "大专"
    if born > 2006:
        return "小学" if born > 2008 else "初中"
    return (
        "初中"
        if draw < 0.3
        else "高中"
        if draw < 0.5
        else "中专"
        if draw < 0.65
        else "大专"
        if draw < 0.85
        else "本科"
    )


def _add_person(world: World, village: int, row: Row) -> None:
    world.rows["person"].append(row)
    world.persons_of[village].append(len(world.rows["person"]))


def _fill_enterprises(world: World, chance: Chance) -> None:
    rows = []
    for place, (name, industry) in enumerate(names.ENTERPRISES):
        row: Row = {
            "name": name,
            "village": _enterprise_village(world, name, place),
            "industry": industry,
            "listed": place < names.LISTED,
            "representative": names.person_name(chance, "男", 1975),
            "phone": names.mobile(chance),
            "active": place != len(names.ENTERPRISES) - 2,
        }
        if place % 9 == 8:
            del row["representative"]
        rows.append(row)
    world.rows["enterprise"] = rows


def _enterprise_village(world: World, name: str, place: int) -> int:
    """The village the name begins with, or any other."""
    for village in world.villages:
        if name.startswith(world.village(village)[:2]):
            return village
    return place % len(world.villages) + 1


def registers(world: World) -> Area:
    """The registers in an order in which every reference already exists."""
    for key in ("department", "official", "village", "household", "person", "enterprise"):
        yield key, world.rows[key]
