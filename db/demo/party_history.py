"""Invented records of 党史学习教育, which lasted one year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from db.demo.chance import Chance
from db.demo.loop import ASSIGNED, CLOSED, LISTED, RECTIFIED, VERIFIED, Loop, in_order
from db.demo.names import person_name
from db.demo.world import Area, Row, World

BOOKS = ("《论中国共产党历史》", "《中国共产党简史》", "《党史学习教育问答》", "《中国共产党历史故事一百则》")
TOPICS = (
    "新民主主义革命时期历史",
    "社会主义革命和建设时期历史",
    "改革开放新时期历史",
    "新时代历史性成就",
    "伟大建党精神",
    "学习全会精神",
)
LECTURES = ("讲述淮海战役支前故事", "我的入党故事", "村里的第一台拖拉机", "老兵话初心", "从土坯房到新农村")
MEASURES = (
    "现场查看后列入当年实施计划，落实资金，完工后请反映人验收。",
    "与主管部门协调解决。",
    "由村“两委”组织劳力和党员志愿者办理。",
)
DEEDS = (
    ("出行", "修补{place}通组道路破损路面"),
    ("出行", "在{place}路口安装太阳能路灯"),
    ("饮水", "解决{place}高处农户水压不足"),
    ("用电", "协调更换{place}老化电线"),
    ("住房", "帮助{place}独居老人修缮屋面"),
    ("就医", "为{place}行动不便老人上门办理慢性病证"),
    ("就学", "开通{place}学生定制公交"),
    ("养老", "在{place}增设老年助餐点"),
    ("环境", "清理{place}门前沟塘黑臭水体"),
    ("环境", "为{place}增配分类垃圾桶"),
    ("其他", "为{place}群众代办社保卡激活"),
)
RAISED, DONE = 148, 126  # the rest is at every earlier step


def ledgers(world: World) -> Area:
    """The area's ledgers."""
    yield "study_material", _materials(world)
    yield "study_event", _events(world)
    yield "notebook", _notebooks(world)
    yield "campaign_commendation", _commendations(world)
    yield "public_deed", _deeds(world)


def _branches(world: World) -> list[tuple[str, int | None]]:
    """Every branch with its village; those of the offices have none."""
    offices = ("机关第一党支部", "机关第二党支部", "中心学校党支部", "卫生院党支部")
    return [(f"{world.village(v)}党支部", v) for v in world.villages] + [(name, None) for name in offices]


def _placed(row: Row, village: int | None) -> Row:
    if village is not None:
        row["village"] = village
    return row


def _materials(world: World) -> Iterator[Row]:
    chance = world.chance("study_material")
    branches = _branches(world)
    copies = iter(chance.spread(3186, len(branches) * len(BOOKS), 8))
    for turn, title in enumerate(BOOKS):
        for branch, village in branches:
            day = chance.days(2021, 1, (3 + turn, 5), (4 + turn, 20))[0]
            yield _placed({"branch": branch, "title": title, "date": day, "copies": next(copies)}, village)


def _events(world: World) -> Iterator[Row]:
    chance = world.chance("study_event")
    yield from _seminars(world, chance)
    plain = (("知识竞赛", 4, 0, 362), ("红色教育", 14, 0, 638), ("青少年教育", 9, 9, 1240))
    for kind, count, speakers, people in plain:
        places = ("党史知识竞赛", "参观革命纪念馆", "红领巾讲解员进校园")
        topic = places[[name for name, *_ in plain].index(kind)]
        yield from _series(world, chance, kind, (topic,), count, speakers, people)


def _seminars(world: World, chance: Chance) -> Iterator[Row]:
    yield from _series(world, chance, "专题研讨", TOPICS, 56, 412, 1682)
    yield from _series(world, chance, "党员讲党史", LECTURES, 38, 45, 1930)


def _series(
    world: World, chance: Chance, kind: str, topics: tuple[str, ...], count: int, speakers: int, people: int
) -> Iterator[Row]:
    branches = _branches(world)
    spoken = chance.spread(speakers, count, 1 if speakers >= count else 0)
    came = chance.spread(people, count, 10)
    for place, day in enumerate(chance.distinct_days(2021, count, (3, 20), (12, 20))):
        branch, village = branches[(place * 7) % len(branches)]
        row: Row = {
            "kind": kind,
            "date": day,
            "branch": branch,
            "speakers": spoken[place],
            "participants": came[place],
        }
        row["topic"] = topics[place % len(topics)]
        yield _placed(row, village)


def _notebooks(world: World) -> Iterator[Row]:
    chance = world.chance("notebook")
    branches = _branches(world)
    copies = chance.spread(1560, len(branches), 20)
    for (branch, village), count in zip(branches, copies, strict=True):
        day = chance.days(2021, 1, (3, 25), (4, 20))[0]
        yield _placed({"branch": branch, "date": day, "copies": count}, village)


def _commendations(world: World) -> Iterator[Row]:
    chance = world.chance("campaign_commendation")
    branches = _branches(world)
    for place in range(8):
        branch, village = branches[place * 3]
        row: Row = {
            "kind": "集体",
            "recipient": branch,
            "honour": "党史学习教育先进集体",
            "date": date(2021, 12, 16),
        }
        yield _placed(row, village)
    known: set[str] = set()
    while len(known) < 35:
        name = person_name(chance, "女" if chance.odds(0.4) else "男", 1980)
        if name in known:
            continue
        known.add(name)
        row = {
            "kind": "个人",
            "recipient": name,
            "honour": "党史学习教育先进个人",
            "date": date(2021, 12, 16),
        }
        yield _placed(row, branches[len(known) % len(branches)][1])


def _deeds(world: World) -> Iterator[Row]:
    chance = world.chance("public_deed")
    loop = Loop(world, chance, "党政办", MEASURES)
    left = [VERIFIED] * 5 + [RECTIFIED] * 5 + [ASSIGNED] * 8 + [LISTED] * 4
    seen: set[tuple[str, date, int]] = set()
    days = chance.days(2021, RAISED, (3, 15), (12, 10))
    for day, state in zip(days, in_order(chance, DONE, left), strict=True):
        village = chance.pick(world.villages)
        kind, wording = chance.pick(DEEDS)
        matter = wording.format(
            place=f"{world.village(village)}{chance.pick(('东头', '老庄', '河沿', '岗上', '前进'))}组"
        )
        while (matter, day, village) in seen:
            matter += "（二期）"
        seen.add((matter, day, village))
        row: Row = {"matter": matter, "raised_on": day, "village": village, "kind": kind}
        if chance.odds(0.8):
            row["asked_by"] = world.head(chance.pick(world.households_of[village]))
        if state == CLOSED:
            row["result"] = chance.pick(("已办结，群众满意。", "已完成并回访，反映人当面确认。"))
        yield loop.advance(row, day, state, 40)
