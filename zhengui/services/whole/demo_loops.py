"""Give the demo's items of closed loops their way: the steps that were taken, and the monthly spot checks."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from zhengui.catalogue.model import Ledger
from zhengui.catalogue.path import dotted
from zhengui.services.township import overview
from zhengui.services.township.reading import Writing
from zhengui.services.township.township import Township
from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import Selection
from zhengui.storage.records import record as records
from zhengui.storage.writing import loop_steps, spot_draws
from zhengui.values.loop_steps import Standing, standing_of

if TYPE_CHECKING:
    from db.demo import Demo


def work_off(township: Township, demo: Demo, who: str) -> None:
    """Write down the steps of every item that was worked at, and the draws of three years."""
    from db.demo.loop_courses import DRAWN, courses, failed_days, monthly_draws

    with township.writing() as writing:
        for ledger in overview.looped(writing):
            standings, villages = _standings(writing, ledger)
            chance = demo.world.chance(f"{ledger.key}/course")
            draws = (
                list(monthly_draws(chance, ledger.key, standings, villages)) if ledger.key in DRAWN else []
            )
            for each in draws:
                _keep_draw(writing, each, standings, demo.world.leaders, who)
            for course in courses(chance, ledger.key, standings, failed_days(draws)):
                for step, after in zip(course.steps, course.after, strict=True):
                    at = datetime(step.day.year, step.day.month, step.day.day, 16, 30)
                    where = (writing.conn, writing.tables, course.ledger, course.record)
                    loop_steps.add(*where, step, after, who, at=at)


def _standings(writing: Writing, ledger: Ledger) -> tuple[dict[int, Standing], dict[int, int]]:
    """Where each item of a ledger stands, and its village."""
    ids = browse.ids_of(writing.conn, writing.tables, Selection(ledger.key))
    found = records.fetch(writing.conn, writing.tables, ledger.key, ids)
    first, second = dotted(ledger.village)
    homes: dict[int, int] = {}
    if second:
        wanted = sorted({each.values[first] for each in found if each.values[first]})
        register = records.fetch(writing.conn, writing.tables, ledger[first].register, wanted)
        homes = {each.id: each.values[second] for each in register}
    standings, villages = {}, {}
    for each in found:
        listed = each.values.get(ledger.period[0])
        standings[each.id] = standing_of(each.values, listed if isinstance(listed, date) else None)
        value = each.values.get(first)
        villages[each.id] = (homes.get(value, 0) if second and value else value) or 0
    return standings, villages


def _keep_draw(
    writing: Writing, each: object, standings: dict[int, Standing], leaders: list[int], who: str
) -> None:
    from db.demo.loop_courses import MonthlyDraw

    assert isinstance(each, MonthlyDraw)
    where = (writing.conn, writing.tables)
    at = datetime(each.day.year, each.day.month, each.day.day, 16, 30)
    size = str(sum(len(own) for own in each.items.values()))
    id = spot_draws.add(*where, each.ledger, each.day, each.seed, size, False, each.pool, each.items, who, at)
    for record, (passed, words) in each.results.items():
        responsible = standings[record].responsible
        checker = next(one for one in leaders if one != responsible)
        spot_draws.note(*where, id, record, passed, each.day, checker, words, (), who, at)
