"""The invented ways of items end where their records stand, and the invented draws repeat from their seeds."""

from __future__ import annotations

from datetime import date, timedelta

from db.demo.chance import LAST_DAY, Chance
from db.demo.loop_courses import courses, failed_days, monthly_draws
from zhengui.values.loop_steps import Deed, Standing, replay
from zhengui.values.spot_draw import draw


def standings() -> dict[int, Standing]:
    """Items of three years, one a day or so, most of them closed."""
    found = {}
    for number in range(1, 400):
        listed = date(2019, 1, 5) + timedelta(days=2 * number)
        given, done = listed + timedelta(days=2), listed + timedelta(days=12 + number % 40)
        found[number] = Standing(
            listed, given, 1, 3, listed + timedelta(days=30), "已整改", done, done + timedelta(days=2), 4,
            done + timedelta(days=3),
        )  # fmt: skip
    found[400] = Standing(date(2021, 12, 1))
    found[401] = Standing(date(2021, 10, 1), date(2021, 10, 2), 1, 3, date(2021, 12, 1))
    return found


def test_courses_end_where_the_records_stand_and_every_draw_repeats() -> None:
    known = standings()
    draws = list(monthly_draws(Chance("draws"), "hazard", known, {id: id % 5 for id in known}))
    assert len(draws) > 30
    before: set[int] = set()
    for each in draws:
        assert draw(each.pool, 4, each.seed) == dict(each.items)
        drawn = {id for own in each.items.values() for id in own}
        assert not drawn & before, "never the same item twice in a row"
        before = drawn
    failed = failed_days(draws)
    assert failed, "some fail"
    found = {each.record: each for each in courses(Chance("courses"), "hazard", known, failed)}
    assert set(found) == set(known) - {400}
    deeds = {step.deed for each in found.values() for step in each.steps}
    assert {Deed.RETURN, Deed.EXTEND, Deed.FAIL} <= deeds
    assert any(step.fraud for each in found.values() for step in each.steps)
    for record, each in found.items():
        assert replay(each.steps, Standing(), LAST_DAY)[1:] == list(each.after)  # type: ignore[attr-defined]
        assert each.after[-1] == known[record]  # type: ignore[attr-defined]
    for record, day in failed.items():
        assert [step.day for step in found[record].steps if step.deed is Deed.FAIL] == [day]
