"""Invented records of 巡视整改."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from db.demo import suggestions as answers
from db.demo.chance import LAST_DAY, Chance, later
from db.demo.findings import FINDINGS
from db.demo.loop import CLOSED, Loop
from db.demo.world import Area, Row, World

MEETINGS = (
    (date(2019, 5, 21), "动员会", "巡察整改动员部署会", 92),
    (date(2019, 9, 17), "推进会", "巡察整改推进会", 46),
    (date(2020, 6, 9), "动员会", "巡察“回头看”整改动员会", 88),
    (date(2020, 10, 22), "专题会", "巡察整改专题会", 38),
    (date(2021, 3, 12), "动员会", "巡视反馈问题整改动员会", 126),
    (date(2021, 4, 27), "推进会", "第一次整改推进会", 58),
    (date(2021, 6, 15), "专题会", "村级“三资”管理问题专题会", 44),
    (date(2021, 7, 22), "推进会", "第二次整改推进会", 61),
    (date(2021, 9, 10), "民主生活会", "巡视整改专题民主生活会", 15),
    (date(2021, 11, 18), "推进会", "整改销号工作推进会", 57),
)
MEASURES = (
    "修订制度并印发执行，明确责任人和完成时限，由纪委跟踪督办。",
    "逐村核对台账，列出差异清单，限期更正并在公开栏公示七日。",
    "召开专题会议研究，调整人员分工，补齐资料，组织一次业务培训。",
    "约谈责任人，收回违规支出，完善审批手续，举一反三全面自查。",
)
MATTERS = (
    "反映村内道路路灯不亮，夜间出行不便",
    "反映邻居建房占用公共通道，多次协商没有结果，希望镇里派人现场丈量并主持调解，明确双方边界",
    "咨询医疗救助政策",
    "反映灌溉水渠淤堵，影响抢种",
    "反映土地流转租金支付晚于合同约定",
    "要求尽快办理低保复核",
    "反映施工扬尘和噪声扰民",
    "咨询退捕渔民和失地农民养老保险",
)
TALKS = (
    "希望增加通往镇区的公交班次；建议修补机耕路。",
    "建议整治村口沟塘，增设垃圾桶；老年食堂饭菜价格希望再低一些。",
    "建议多组织技能培训，帮助在家妇女就近就业。",
    "反映饮用水水压不足。",
)
SESSIONS = (
    "关于巡视工作的重要论述",
    "《中国共产党纪律处分条例》",
    "巡视反馈意见和整改要求",
    "农村基层干部廉洁履行职责若干规定",
    "《乡村振兴促进法》",
    "信访工作条例有关规定",
    "村级财务管理办法",
    "党政领导干部考核工作条例",
    "统计法和防范统计造假有关规定",
    "保密工作要求",
    "中央八项规定精神",
    "正确对待监督、改进工作作风",
)
FILMS = ("失守的底线", "蝇贪之害", "迷途", "围猎", "小村官的大胃口", "警钟长鸣")


def ledgers(world: World) -> Area:
    """The area's ledgers."""
    yield "meeting", _meetings()
    yield "rectification_item", _items(world)
    yield "leader_reception", _receptions(world)
    talks, letters = list(_talks(world)), list(_letters(world))
    yield "evening_talk", talks
    yield "letter", letters
    yield from answers.ledgers(world, talks, letters)
    yield "study_session", _sessions(world)
    yield "warning_education", _warnings(world)


def _meetings() -> Iterator[Row]:
    for place, (day, kind, title, people) in enumerate(MEETINGS):
        row: Row = {"kind": kind, "title": title, "date": day, "participants": people}
        if place % 3 == 1:
            row["note"] = "逐条听取进展，对两项滞后任务调整责任领导，下次会议前报结果。"
        yield row


def _items(world: World) -> Iterator[Row]:
    """Every task of the three years is closed by the end of 2021."""
    chance = world.chance("rectification_item")
    loop = Loop(world, chance, "纪委", MEASURES)
    for year, listed, share in (
        (2019, date(2019, 5, 24), 0.3),
        (2020, date(2020, 6, 12), 0.35),
        (2021, date(2021, 3, 15), 1.0),
    ):
        for category, problem, content, tasks in FINDINGS[: round(len(FINDINGS) * share)]:
            leader = chance.pick(world.leaders)
            for task in tasks:
                row: Row = {"category": category, "problem": problem, "content": content, "task": task}
                row |= {"listed_on": listed, "leader": leader}
                if chance.odds(0.3):
                    row["village"] = chance.pick(world.villages)
                yield loop.advance(row, listed, CLOSED, 120, date(year, 12, 24))


def _receptions(world: World) -> Iterator[Row]:
    chance = world.chance("leader_reception")
    for year, count, settled, first in (
        (2019, 24, 15, (1, 10)),
        (2020, 28, 19, (2, 20)),
        (2021, 86, 63, (3, 22)),
    ):
        days = [date(year, *first), *chance.days(year, count - 1, (first[0] + 1, 1), (12, 28))]
        done = [1] * settled + [0] * (count - settled)
        chance.shuffle(done)
        for place, day in enumerate(days):
            row: Row = {"leader": world.leaders[place % len(world.leaders)], "date": day}
            row |= {
                "visitors": chance.between(1, 6),
                "matter": chance.pick(MATTERS),
                "disputes_settled": done[place],
            }
            if chance.odds(0.9):
                row["village"] = chance.pick(world.villages)
            yield row


def _talks(world: World) -> Iterator[Row]:
    chance = world.chance("evening_talk")
    for year, rounds, suggestions in ((2019, 1, 74), (2020, 1, 81), (2021, 4, 326)):
        counts = iter(chance.spread(suggestions, rounds * len(world.villages)))
        for turn in range(rounds):
            start = date(year, 4 + turn * 2, 1 + chance.below(5))
            for village in world.villages:
                row: Row = {"village": village, "date": start + timedelta(days=chance.below(50))}
                row |= {"host": chance.pick(world.leaders), "participants": chance.between(15, 60)}
                row["suggestions"] = next(counts)
                if chance.odds(0.6):
                    row["summary"] = chance.pick(TALKS)
                yield row


def _letters(world: World) -> Iterator[Row]:
    chance = world.chance("letter")
    for year, rounds, copies, suggestions in (
        (2019, 1, 5200, 32),
        (2020, 1, 6400, 40),
        (2021, 2, 12870, 158),
    ):
        count = rounds * len(world.villages)
        parts = zip(chance.spread(copies, count, 20), chance.spread(suggestions, count, 0), strict=True)
        for turn in range(rounds):
            for village in world.villages:
                handed, returned = next(parts)
                day = later(date(year, 4 + turn * 5, 6), chance.below(20))
                yield {"village": village, "date": day, "copies": handed, "suggestions": returned}


def _sessions(world: World) -> Iterator[Row]:
    chance = world.chance("study_session")
    for year, count in ((2019, 5), (2020, 6), (2021, 12)):
        for material, day in zip(SESSIONS, chance.distinct_days(year, count, (3, 1), (12, 20)), strict=False):
            yield {"material": material, "date": day, "participants": chance.between(32, 88)}


def _warnings(world: World) -> Iterator[Row]:
    chance = world.chance("warning_education")
    for year, count, people in ((2019, 2, 310), (2020, 3, 452), (2021, 6, 1268)):
        days = chance.distinct_days(year, count, (3, 20), (12, 10))
        for title, day, part in zip(FILMS, days, _people(chance, people, count), strict=False):
            yield {"title": f"《{title}》", "date": min(day, LAST_DAY), "participants": part}


def _people(chance: Chance, total: int, count: int) -> list[int]:
    return chance.spread(total, count, 60)
