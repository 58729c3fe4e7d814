"""Invented members of the Party by branch: when each came into it, and when some were moved, died or were moved on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from db.demo.chance import LAST_DAY, Chance, later
from db.demo.names import MARK
from db.demo.world import Row, World

#: Branches that belong to no village, with their kind.
OFFICES = (
    ("机关第一党支部", "机关事业"),
    ("机关第二党支部", "机关事业"),
    ("中心学校党支部", "机关事业"),
    ("卫生院党支部", "机关事业"),
    ("云岭粮油加工有限公司党支部", "企业"),
    ("锦云纺织有限公司党支部", "企业"),
    ("商会党支部", "社会组织"),
)
#: One branch was given up when its firm moved away; its members went over to the village's.
CLOSED = ("石门采石场党支部", date(2015, 6, 30), date(2020, 3, 31))
CLOSED_VILLAGE, CLOSED_MEMBERS = 6, 5
#: Posts that nobody has who is no member.
POSTS = frozenset({"书记", "副书记", "支部委员"})
#: Of those of a village so many can be members, where the township is a small one.
MOST = 0.3
#: How many of a village's branch came from elsewhere, went elsewhere and died in the three years, as shares.
CAME, WENT, DIED = 0.02, 0.015, 0.02


def roll(world: World) -> list[Row]:
    """Who is and was in which branch. Those who died are marked so in the register of people."""
    chance = world.chance("party_member")
    rows: list[Row] = []
    free: list[int] = []
    for village in world.villages:
        rows += _village(world, chance, village, free)
    for name, _kind in OFFICES:
        for _each in range(min(chance.between(9, 46), len(free) // 2)):
            rows.append(_old_member(world, chance, free.pop(chance.below(len(free))), name, None))
    world.branch_members.update(Counter(row["branch"] for row in rows if "left_on" not in row))
    return rows


def _village(world: World, chance: Chance, village: int, free: list[int]) -> Iterator[Row]:
    branch = f"{world.village(village)}党支部"
    people = world.persons_of[village]
    known = [person for person in people if person in world.members]
    for person in known:
        joined = world.members[person]
        if joined.year >= 2019:
            yield _row(person, branch, village, joined, joined)
        else:
            yield _old_member(world, chance, person, branch, village)
    others = [person for person in people if person not in world.taken and _grown(world, person)]
    chance.shuffle(others)
    wanted = min(chance.between(31, 74), int(len(people) * MOST)) - len(known)
    for place, person in enumerate(others[: max(0, wanted)]):
        yield from _with_moves(world, chance, person, branch, village, place)
    free += others[max(0, wanted) :]


def _with_moves(
    world: World, chance: Chance, person: int, branch: str, village: int, place: int
) -> Iterator[Row]:
    row = _old_member(world, chance, person, branch, village)
    if village == CLOSED_VILLAGE and place < CLOSED_MEMBERS:
        name, founded, ended = CLOSED
        begun = max(row["from_on"], founded)
        yield row | {"branch": name, "from_on": begun, "left_on": ended, "left_as": "支部撤并"}
        yield row | {"from_on": later(ended, 1)}
        return
    turn = chance.random()
    day = date(chance.between(2019, 2021), chance.between(1, 12), chance.between(1, 28))
    if turn < CAME:
        row["from_on"] = day
    elif turn < CAME + WENT:
        row |= {"left_on": day, "left_as": "转出"}
    elif turn < CAME + WENT + DIED * 3 and world.person(person)["birth_on"].year < 1946:
        row |= {"left_on": day, "left_as": "去世"}
        world.person(person)["until_on"] = day
        world.taken.add(person)
    yield row


def _old_member(world: World, chance: Chance, person: int, branch: str, village: int | None) -> Row:
    """A member of long standing: grown up when he joined, before the ledgers begin."""
    born = world.person(person)["birth_on"]
    first = max(born.year + 19, 1964)
    joined = date(chance.between(first, max(first, min(first + 22, 2017))), chance.between(5, 12), 1)
    joined = min(joined, date(2018, 6, 1))
    return _row(person, branch, village, joined, joined)


def _row(person: int, branch: str, village: int | None, joined: date, begun: date) -> Row:
    row: Row = {"person": person, "branch": branch, "joined_on": joined, "from_on": begun, "note": MARK}
    return row | {"village": village} if village else row


def _grown(world: World, person: int) -> bool:
    """Old enough to have joined before the ledgers begin, and known by his birth date."""
    birth = world.person(person).get("birth_on")
    return birth is not None and birth.year <= 1998 and birth <= LAST_DAY
