"""How invented items came to where they stand: sent back, put off, found wanting by a spot check and done again.

The last dates of an item are those of its record, so that no figure changes by how it came to be closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from db.demo.chance import LAST_DAY, YEARS, Chance
from zhengui.values.loop_steps import Deed, Standing, Step, StepRefused, replay
from zhengui.values.spot_draw import draw

#: The ledgers whose closed items are inspected again each month.
DRAWN = ("toilet_problem", "hazard")
#: Every so many items with room for it were sent back once, and every so many of those for a made-up report.
_SENT_BACK, _MADE_UP = 7, 20
_REASONS = ("整改后照片不清，看不出是否到位", "只整改了一部分", "台账与现场不一致", "群众反映没有解决")
_FRAUD = "现场没有整改，照片是别处的"
_WAITS = ("等配件到货", "连续下雨，不能施工", "资金还没有到位")
_FAULTS = ("又出现同样的问题", "整改不彻底", "没有人管护，又坏了")
_SIZE = 4


@dataclass(frozen=True, slots=True)
class Course:
    """The steps of one item, with where it stood after each."""

    ledger: str
    record: int
    steps: tuple[Step, ...]
    after: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class MonthlyDraw:
    """A month's draw and its results: by item whether it passed, and what was wrong with it."""

    ledger: str
    day: date
    seed: int
    pool: Mapping[int, tuple[int, ...]]
    items: Mapping[int, tuple[int, ...]]
    results: Mapping[int, tuple[bool, str]]


def courses(
    chance: Chance, ledger: str, standings: Mapping[int, Standing], failed: Mapping[int, date]
) -> Iterator[Course]:
    """The steps of the items that were worked at; `failed` are those that a spot check sent back, with its day."""
    for place, (record, last) in enumerate(sorted(standings.items())):
        if last.assigned_on is None:
            continue
        steps = _again(chance, last, failed[record]) if record in failed else _once(chance, last, place)
        try:
            standing = replay(steps, Standing(), LAST_DAY)
        except StepRefused:  # a record that a form or a paper would have let through: its dates tell its way
            continue
        if standing[-1] == last:
            yield Course(ledger, record, tuple(steps), tuple(standing[1:]))


def _once(chance: Chance, last: Standing, place: int) -> list[Step]:
    """Straight on, or sent back once where there is time for it."""
    assert last.assigned_on is not None
    end = last.rectified_on or LAST_DAY
    room = (end - last.assigned_on).days
    steps = _begin(last, chance, room > 12 and place % 5 == 0)
    if place % _SENT_BACK == 0 and room > 6:
        steps += _sent_back(chance, last, room, place % (_SENT_BACK * _MADE_UP) == 0)
    return steps + _end(last)


def _begin(last: Standing, chance: Chance, put_off: bool) -> list[Step]:
    """Listed and assigned; its due date was put off once or was the one it has."""
    assert last.assigned_on is not None
    entered = Standing(last.listed_on)
    given = Step(
        Deed.ASSIGN, last.assigned_on, "", last.responsible, last.department, last.due_on or last.assigned_on
    )
    steps = [Step(Deed.ENTER, last.listed_on or last.assigned_on, entered=entered)]
    earlier = (last.due_on or last.assigned_on) - timedelta(days=7)
    day = last.assigned_on + timedelta(days=2)
    if not put_off or earlier <= day:
        return [*steps, given]
    first = Step(Deed.ASSIGN, given.day, "", given.person, given.department, earlier)
    return [*steps, first, Step(Deed.EXTEND, day, chance.pick(_WAITS), due=last.due_on)]


def _sent_back(chance: Chance, last: Standing, room: int, made_up: bool) -> list[Step]:
    assert last.assigned_on is not None
    reported = last.assigned_on + timedelta(days=room // 3 + 1)
    reason = _FRAUD if made_up else chance.pick(_REASONS)
    return [
        Step(Deed.REPORT, reported, last.measure_taken or "已按要求整改"),
        Step(Deed.RETURN, reported + timedelta(days=2), reason, fraud=made_up),
    ]


def _again(chance: Chance, last: Standing, day: date) -> list[Step]:
    """Closed once before, then found wanting on a day, and done again."""
    assert last.assigned_on is not None
    room = (day - last.assigned_on).days
    days = [last.assigned_on + timedelta(days=room * part // 4) for part in (1, 2, 3)]
    person = last.verifier or next(n for n in (1, 2) if n != last.responsible)
    return [
        *_begin(last, chance, False),
        Step(Deed.REPORT, days[0], last.measure_taken or "已按要求整改"),
        Step(Deed.PASS, days[1], person=person),
        Step(Deed.CLOSE, days[2]),
        Step(Deed.FAIL, day, f"抽查不合格：{chance.pick(_FAULTS)}", due=max(last.due_on or day, day)),
        *_end(last),
    ]


def _end(last: Standing) -> list[Step]:
    """The steps that the record's own dates tell of."""
    steps = []
    if last.rectified_on is not None:
        steps.append(Step(Deed.REPORT, last.rectified_on, last.measure_taken or ""))
    if last.verified_on is not None:
        steps.append(Step(Deed.PASS, last.verified_on, person=last.verifier))
    if last.closed_on is not None:
        steps.append(Step(Deed.CLOSE, last.closed_on))
    return steps


def monthly_draws(
    chance: Chance, ledger: str, standings: Mapping[int, Standing], villages: Mapping[int, int]
) -> Iterator[MonthlyDraw]:
    """A draw in each month of the three years that had enough closed items; the last one is not all noted yet."""
    before: set[int] = set()
    for year in YEARS:
        for month in range(1, 13):
            day = date(year, month, 20)
            closed = [id for id, s in standings.items() if s.closed_on is not None and s.closed_on <= day]
            failing = _failing(standings, day, before)[: 1 if month % 4 == 0 else 0]
            pool: dict[int, list[int]] = {}
            for id in (*closed, *failing):
                if id not in before:
                    pool.setdefault(villages.get(id, 0), []).append(id)
            if sum(map(len, pool.values())) < _SIZE:
                continue
            seed, items = _seed_for(chance, pool, failing)
            before = {id for own in items.values() for id in own}
            last = (year, month) == (LAST_DAY.year, LAST_DAY.month)
            noted = sorted(before)[: _SIZE - 2 if last else _SIZE]
            results = {
                id: (id not in failing, "" if id not in failing else chance.pick(_FAULTS)) for id in noted
            }
            kept = {village: tuple(sorted(own)) for village, own in pool.items()}
            yield MonthlyDraw(ledger, day, seed, kept, items, results)


def _failing(standings: Mapping[int, Standing], day: date, before: set[int]) -> list[int]:
    """Items that were rectified after a day and assigned long enough before it to have been closed once already."""
    return [
        id
        for id, last in sorted(standings.items())
        if last.assigned_on is not None
        and last.rectified_on is not None
        and id not in before
        and (day - last.assigned_on).days >= 8
        and last.rectified_on > day
        and last.due_on is not None
        and last.due_on >= day
    ]


def _seed_for(
    chance: Chance, pool: Mapping[int, Sequence[int]], wanted: Sequence[int]
) -> tuple[int, dict[int, tuple[int, ...]]]:
    """A seed, and what it draws; one of a few hundred that draws the item which is to fail, where any does."""
    tries = 300 if wanted else 1
    for _try in range(tries):
        seed = chance.below(1_000_000)
        items = draw(pool, _SIZE, seed)
        if all(any(id in own for own in items.values()) for id in wanted):
            return seed, items
    return seed, items


def failed_days(draws: Sequence[MonthlyDraw]) -> dict[int, date]:
    """The items that failed, with the day; of several the last."""
    return {id: each.day for each in draws for id, (passed, _words) in each.results.items() if not passed}
