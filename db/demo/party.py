"""Invented records of 党建引领与基层治理."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from db.demo.branches import described
from db.demo.chance import LAST_DAY, Chance, add_months, after, later, weekday
from db.demo.members import POSTS, roll
from db.demo.names import MARK, SURNAMES, person_name
from db.demo.world import Area, Row, World

BOARDS = {2019: range(1, 9), 2020: range(9, 17), 2021: range(17, 27)}
COURSES = {
    2019: (("党员春训", 1, 92), ("入党积极分子", 1, 34), ("发展对象", 1, 21)),
    2020: (("党员春训", 1, 88), ("入党积极分子", 1, 41), ("发展对象", 1, 23), ("其他", 1, 60)),
    2021: (
        ("党员春训", 1, 131),
        ("党员春训", 2, 127),
        ("入党积极分子", 1, 62),
        ("入党积极分子", 2, 58),
        ("发展对象", 1, 49),
        ("发展对象", 2, 44),
        ("其他", 1, 36),
    ),
}
THEMES = {
    "乡村振兴": "党员到产业基地和帮扶户家中，帮助整理农田、对接用工需求。",
    "美丽乡村": "组织党员清理房前屋后、整理绿化带，并与住户签订“门前三包”责任书。",
    "秸秆禁烧": "党员分片包保田块，巡查值守，逐户发放禁烧告知书。",
    "其他": "看望老党员，听取对支部工作的意见。",
}
PROBATIONARY = {2019: 13, 2020: 15, 2021: 18}
MEDALS = 43
#: Women and educated people in the committees elected in 2018; the present ones have a few more of both.
WOMEN_BEFORE, EDUCATED_BEFORE = 0.27, 0.62


def ledgers(world: World) -> Area:
    """The area's ledgers."""
    yield "notice_board", _notice_boards(world)
    yield "training_course", _courses(world)
    yield "practice_activity", _activities(world)
    yield "member_development", _members(world)
    yield "commendation", _commendations(world)
    yield "committee_member", _committees(world)
    yield "reserve_cadre", _reserve(world)
    yield "party_member", roll(world)


def _notice_boards(world: World) -> Iterator[Row]:
    chance = world.chance("notice_board")
    for year, villages in BOARDS.items():
        for village in villages:
            for kind in ("党务公开栏", "村务公开栏", *(("财务公开栏",) if village % 3 == 0 else ())):
                row: Row = {
                    "village": village,
                    "kind": kind,
                    "done_on": chance.days(year, 1, (3, 1), (11, 30))[0],
                }
                if village % 7 == 0:
                    row["note"] = "按全县统一样式更换版面，增设意见箱，由村务监督委员会每季度查看一次并登记。"
                yield row


def _courses(world: World) -> Iterator[Row]:
    chance = world.chance("training_course")
    for year, courses in COURSES.items():
        for kind, number, people in courses:
            start = weekday(date(year, 2 + number * 3 + (kind == "发展对象"), 1 + chance.below(20)))
            title = "党务工作者培训班" if kind == "其他" else f"{kind}培训班"
            row: Row = {"kind": kind, "title": f"{year}年第{number}期{title}", "from_on": start}
            row["participants"] = people
            row["to_on"] = later(start, chance.between(1, 3))
            if chance.odds(0.8):
                row["place"] = chance.pick(("镇党校", "镇政府三楼会议室", "县委党校"))
            yield row


def _activities(world: World) -> Iterator[Row]:
    chance = world.chance("practice_activity")
    themes = tuple(THEMES)
    for year, per_village in ((2019, 2), (2020, 2), (2021, 4)):
        for village in world.villages:
            for turn, day in enumerate(chance.distinct_days(year, per_village, (2, 1), (12, 20))):
                row: Row = {
                    "theme": themes[(turn + village) % 3 if turn < 3 else 3],
                    "village": village,
                    "date": day,
                }
                row["participants"] = chance.between(12, 46)
                if chance.odds(0.7):
                    row["content"] = THEMES[row["theme"]]
                yield row


def _members(world: World) -> Iterator[Row]:
    """People at every stage; the stages are worked out backwards from the day of the last one reached."""
    chance, told = world.chance("member_development"), world.chance("member_development/traits")
    for year, count in PROBATIONARY.items():
        for day in chance.days(year, count, (5, 1), (11, 30)):
            yield described(told, _member(world, chance, probationary=day))
    for day in chance.days(2021, 14, (3, 1), (12, 20)):
        yield described(told, _member(world, chance, candidate=day))
    for day in chance.days(2021, 26, (2, 1), (12, 20)):
        yield described(told, _member(world, chance, activist=day))
    for year in (2019, 2020, 2021):
        for day in chance.days(year, 12):
            yield _member(world, chance, applied=day)


def _member(
    world: World,
    chance: Chance,
    applied: date | None = None,
    activist: date | None = None,
    candidate: date | None = None,
    probationary: date | None = None,
) -> Row:
    village = chance.pick(world.villages)
    person = world.draw_person(chance, village, 1975, 1996)
    if probationary:
        candidate = add_months(probationary, -chance.between(1, 5))
    if candidate:
        activist = add_months(candidate, -chance.between(12, 20))
    if activist:
        applied = add_months(activist, -chance.between(6, 14))
    stages = {"applied_on": applied, "activist_on": activist, "candidate_on": candidate}
    row: Row = {"person": person, "branch": f"{world.village(village)}党支部"}
    row.update({key: day for key, day in stages.items() if day})
    if probationary:
        row["probationary_on"] = probationary
        if person is not None:
            world.members[person] = probationary
        full = add_months(probationary, 12)
        if full <= LAST_DAY:
            row["full_on"] = full
    if activist and chance.odds(0.8):
        row["introducers"] = f"{person_name(chance, '男', 1970)}、{person_name(chance, '女', 1975)}"
    row["note"] = MARK
    return row


def _commendations(world: World) -> Iterator[Row]:
    chance = world.chance("commendation")
    for year in (2019, 2020, 2021):
        day = date(year, 6, 30 if year != 2019 else 28)
        for place in range(22):
            kind = "优秀共产党员" if place < 14 else "优秀党务工作者" if place < 18 else "先进基层党组织"
            village = (place * 5 + year) % 26 + 1
            who = f"{world.village(village)}党支部" if place >= 18 else person_name(chance, "男", 1970)
            row: Row = {"kind": kind, "recipient": who, "village": village, "date": day}
            row["level"] = chance.pick(("镇级", "镇级", "镇级", "县级", "市级"))
            yield row
    known: set[str] = set()
    for place in range(MEDALS):
        name = person_name(chance, "男" if chance.odds(0.8) else "女", 1946)
        while name in known:
            name = chance.pick(SURNAMES) + name[1:] + "山"
        known.add(name)
        yield {
            "kind": "光荣在党50年纪念章",
            "recipient": name,
            "village": place % 26 + 1,
            "date": date(2021, 6, 29),
            "level": "省级及以上",
        }


def _committees(world: World) -> Iterator[Row]:
    """Two terms; in the present one each village's secretary is its director too."""
    chance, told = world.chance("committee_member"), world.chance("committee_member/earlier")
    before = _flags(told, len(world.villages) * 6, (WOMEN_BEFORE, EDUCATED_BEFORE))
    turnover = {village: date(2021, 1, 18) if village % 2 else date(2021, 2, 2) for village in world.villages}
    for village in world.villages:
        heads: list[tuple[str, ...]] = [("书记",), ("主任",)] if village % 4 else [("书记", "主任")]
        for place, role in enumerate([*heads, ("副书记",), ("支部委员", "副主任"), ("村（居）委员",)]):
            years = (1986, 1995) if (village * 2 + place) % 5 == 0 else (1955, 1985)
            woman, educated = before.pop()
            sex = "女" if woman else "男"
            person = world.draw_person(chance, village, *years, sex)
            if person is None:
                person = world.draw_person(chance, village, 1955, 1995, sex)
            if person is not None:
                world.person(person)["education"] = chance.pick(
                    ("高中", "中专", "大专") if educated else ("初中", "初中", "小学")
                )
                elected = date(2018, 8, 8 + village % 12)
                row: Row = {"person": person, "village": village, "posts": role, "elected_on": elected}
                _member_by_post(world, person, role)
                yield row | {"left_on": turnover[village], "note": MARK}
    # Under the age limit, women, educated: in shares that a township has.
    flags = _flags(chance, len(world.villages) * 6, (0.302, 0.314, 0.667))
    roles = [
        ("书记", "主任"),
        ("副书记",),
        ("支部委员", "副主任"),
        ("支部委员",),
        ("村（居）委员",),
        ("村（居）委员", "其他"),
    ]
    for village in world.villages:
        for role in roles:
            young, woman, educated = flags.pop()
            years = (1988, 1999) if young else (1962, 1985)
            person = world.draw_person(chance, village, *years, "女" if woman else "男")
            if person is None:
                person = world.draw_person(chance, village, 1958, 1999)
            if person is None:
                continue
            world.person(person)["education"] = chance.pick(
                ("高中", "中专", "大专", "本科") if educated else ("初中", "小学")
            )
            _member_by_post(world, person, role)
            yield {
                "person": person,
                "village": village,
                "posts": role,
                "elected_on": turnover[village],
                "note": MARK,
            }


def _member_by_post(world: World, person: int, posts: tuple[str, ...]) -> None:
    """Whoever has a post in the branch is a member, and has been for long."""
    if POSTS & set(posts):
        world.members[person] = date(2012, 7, 1)


def _flags(chance: Chance, count: int, shares: tuple[float, ...]) -> list[tuple[bool, ...]]:
    """For each of so many people whether he is one of each share, in any order."""
    columns = [[place < round(count * share) for place in range(count)] for share in shares]
    for flags in columns:
        chance.shuffle(flags)
    return list(zip(*columns, strict=True))


def _reserve(world: World) -> Iterator[Row]:
    chance = world.chance("reserve_cadre")
    for year, count in ((2019, 12), (2020, 17), (2021, 28)):
        for place in range(count):
            village = (place * 3 + year) % 26 + 1
            person = world.draw_person(chance, village, 1987, 2000)
            if person is None:
                continue
            recruited = date(year, 5 + place % 2 * 3, 12)
            row: Row = {"person": person, "recruited_on": recruited, "posted_to": village}
            row["posted_on"] = after(recruited, chance.between(3, 25))
            if year < 2021 and place % 6 == 0:
                row["left_on"] = date(2021, 3, 1 + place)
            if chance.odds(0.7):
                row["mentor"] = chance.pick(world.leaders)
            yield row | {"note": MARK}
