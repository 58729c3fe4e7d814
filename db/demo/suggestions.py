"""Invented suggestions of residents, one for each that talks and letters brought in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from db.demo.chance import Chance
from db.demo.loop import ASSIGNED, CLOSED, RECTIFIED, VERIFIED, Loop
from db.demo.world import Area, Row, World

#: What is suggested, by kind.
CONTENTS = (
    ("基础设施", "修补{place}机耕路破损路面"),
    ("基础设施", "在{place}增设路灯"),
    ("基础设施", "疏通{place}灌溉水渠"),
    ("产业发展", "组织{place}村民参加种养技术培训"),
    ("产业发展", "帮助{place}农户对接农产品销路"),
    ("人居环境", "在{place}增设垃圾分类收集点"),
    ("人居环境", "清理{place}门前沟塘"),
    ("民生保障", "增加{place}到镇区的公交班次"),
    ("民生保障", "在{place}增设老年助餐点"),
    ("干部作风", "干部多到{place}走一走、坐一坐"),
)
MEASURES = (
    "现场查看后列入计划，由村“两委”组织实施。",
    "与主管部门协调，已答复提出人。",
    "安排资金和劳力，限期办结。",
)
#: Of 2021 so many are still being worked on.
LEFT = 22


def ledgers(world: World, talks: list[Row], letters: list[Row]) -> Area:
    """The suggestions behind the talks and letters."""
    yield "suggestion", _suggestions(world, talks, letters)


def _suggestions(world: World, talks: list[Row], letters: list[Row]) -> Iterator[Row]:
    chance = world.chance("suggestion")
    loop = Loop(world, chance, "党政办", MEASURES)
    made = [("夜话活动", row) for row in talks] + [("公开信", row) for row in letters]
    made.sort(key=lambda pair: (pair[1]["date"], pair[1]["village"], pair[0]))
    every = [(source, row) for source, row in made for _ in range(row["suggestions"])]
    for place, (source, row) in enumerate(every):
        state = CLOSED
        if place >= len(every) - LEFT:
            state = (ASSIGNED, RECTIFIED, ASSIGNED, VERIFIED)[place % 4]
        yield _suggestion(world, chance, loop, source, row, state)


def _suggestion(world: World, chance: Chance, loop: Loop, source: str, row: Row, state: int) -> Row:
    kind, content = chance.pick(CONTENTS)
    village, day = row["village"], row["date"]
    made: Row = {"source": source, "raised_on": day, "village": village, "kind": kind}
    made["content"] = content.format(place=world.village(village))
    if chance.odds(0.5):
        made["raised_by"] = world.head(chance.pick(world.households_of[village]))
    loop.advance(made, day, state, 40, date(day.year, 12, 30))
    if state == CLOSED:
        made["reply"] = "已当面答复，提出人表示认可。"
    return made
