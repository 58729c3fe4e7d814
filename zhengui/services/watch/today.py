"""What is to be done today, group by group: every line leads to what it tells of, and a group's number is its lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from zhengui.catalogue.closed_loop import CLOSED, LOOP_STATES
from zhengui.figures import period as periods
from zhengui.figures.period import Period
from zhengui.figures.plan_pace import Light
from zhengui.services.counting.compute_figures import compute
from zhengui.services.county_forms.asked_forms import forms_due
from zhengui.services.entry import review_records
from zhengui.services.loops import list_items
from zhengui.services.loops.duties import VISIT, visits_due
from zhengui.services.loops.spot_check import draws_due
from zhengui.services.plan.tell_plan import tell
from zhengui.services.plan.track_plan import track
from zhengui.services.returns.report_year import month_words, year_status
from zhengui.services.township import overview
from zhengui.services.township.reading import Reading, reads
from zhengui.services.watch.find_warnings import find_warnings, open_ones
from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import Selection
from zhengui.storage.counting.kept_while import kept_while_unchanged

WEEK = 7
#: The groups in the order of their urgency, as people read them.
OVERDUE, WARNED, VERIFY, REVIEW = "逾期", "预警", "待验收", "待审核"
UNREPORTED, WAITING, SOON, PLAN = "未报", "待办理", "本周到期", "计划落后"
LATER, UNKNOWN, FORMS, DRAWS, VISITS = "以后到期", "缺数", "要报的报表", "抽查", "走访到期"
GROUPS = (
    OVERDUE,
    WARNED,
    VERIFY,
    REVIEW,
    UNREPORTED,
    FORMS,
    WAITING,
    SOON,
    DRAWS,
    VISITS,
    PLAN,
    LATER,
    UNKNOWN,
)


@dataclass(frozen=True, slots=True)
class TodayLine:
    """One thing to do.

    `page`, `of`, `record` and `state` are where it is done (`begin`: a new record of the ledger `of`, for the household
    `record`); `tag` is the label at its right and `tone` how urgent that
    is (over, warn, act); `loop` is the state of an item that is worked off; `key` is a warning's.
    """

    group: str
    title: str
    below: str
    tag: str
    tone: str
    page: str
    of: str = ""
    record: int = 0
    state: str = ""
    loop: str = ""
    overdue: bool = False
    key: str = ""


Make = Callable[[Reading, Period, tuple[int, ...]], Iterator[TodayLine]]


@reads
def today_lines(reading: Reading, period: Period, villages: Sequence[int] = ()) -> list[TodayLine]:
    """All that is to be done, the most urgent group first.

    Items and figures are those of the period and the villages (none: all); warnings, reviews and owed months are those
    that concern these villages on the day itself.
    """
    chosen = tuple(villages)
    found: list[TodayLine] = []
    made: Sequence[Make] = (
        _items,
        _warnings,
        _reviews,
        _owed,
        _forms,
        _draws,
        _visits,
        _plan,
        _unknown,
    )
    for each in made:
        if each in _OF_RECORDS:
            request = (each.__name__, reading.today, period, chosen)
            found += kept_while_unchanged(
                reading.conn, reading.tables, request, partial(_made, each, reading, period, chosen)
            )
        else:
            found += each(reading, period, chosen)
    found.sort(key=lambda line: GROUPS.index(line.group))
    return found


def _made(make: Make, reading: Reading, period: Period, villages: tuple[int, ...]) -> tuple[TodayLine, ...]:
    return tuple(make(reading, period, villages))


def counts(lines: Sequence[TodayLine]) -> dict[str, int]:
    """How many lines each group has, empty groups left out."""
    found = {group: sum(1 for line in lines if line.group == group) for group in GROUPS}
    return {group: count for group, count in found.items() if count}


def _items(reading: Reading, period: Period, villages: tuple[int, ...]) -> Iterator[TodayLine]:
    """The open items of all closed loops, those that earlier years left open among them, by what is due of them."""
    today = reading.today
    found: list[list_items.LoopItem] = []
    for ledger in overview.looped(reading, year=period.end.year):
        still = (browse.Filter(CLOSED, values=(None,)),)
        chosen = Selection(ledger.key, period, villages, filters=still, today=today)
        ids = browse.ids_of(reading.conn, reading.tables, chosen)
        found += list_items.of_ids(reading, ledger.key, ids)
    found.sort(key=lambda item: (item.due or date.max, item.ledger, item.id))
    for item in found:
        group = _group(item.state, item.due, item.overdue, today)
        due = f"期限 {item.due.month}月{item.due.day}日" if item.due else ""
        parts = (item.noun, item.village, item.responsible, item.state, due)
        tag, tone = _tag(group, item.state, item.due, today)
        yield TodayLine(
            group,
            item.title or item.noun,
            " · ".join(part for part in parts if part),
            tag,
            tone,
            "ledger",
            item.ledger,
            item.id,
            loop=item.state,
            overdue=item.overdue,
        )


def _group(state: str, due: date | None, late: bool, today: date) -> str:
    if late:
        return OVERDUE
    if state == LOOP_STATES[2]:
        return VERIFY
    if state in (LOOP_STATES[0], LOOP_STATES[3]):
        return WAITING
    return SOON if due is not None and due <= today + timedelta(days=WEEK) else LATER


def _tag(group: str, state: str, due: date | None, today: date) -> tuple[str, str]:
    days = (due - today).days if due is not None else None
    if group == OVERDUE and days is not None:
        return f"逾期 {-days} 天", "over"
    if group == SOON and days is not None:
        return ("今天到期" if days == 0 else f"余 {days} 天"), "warn"
    return state, "act"


def _warnings(reading: Reading, _period: Period, villages: tuple[int, ...]) -> Iterator[TodayLine]:
    for each in open_ones(find_warnings(reading, villages)):
        where = "".join(f" · {part}" for part in (each.village_name, each.contact) if part)
        yield TodayLine(
            WARNED,
            f"{each.label}：{each.why}",
            f"{each.rule.title}{where}",
            "预警",
            "warn",
            "home",
            "warnings",
            state=each.key,
            key=each.key,
        )


def _reviews(reading: Reading, _period: Period, villages: tuple[int, ...]) -> Iterator[TodayLine]:
    """Records that wait for a second person, told ledger by ledger."""
    span = periods.year(reading.today.year)
    for key in review_records.rules(reading):
        waiting = review_records.awaiting(reading, key, span, villages)
        ledger = reading.catalogue.ledgers.get(key)
        if waiting and ledger is not None:
            yield TodayLine(
                REVIEW,
                f"{ledger.title} {len(waiting)} {ledger.measure_word}待审核",
                reading.catalogue.by_area[ledger.area].short,
                "待审核",
                "act",
                "ledger",
                key,
                state="待审核",
            )


def _owed(reading: Reading, _period: Period, villages: tuple[int, ...]) -> Iterator[TodayLine]:
    """Months that are owed, a line for each ledger."""
    for key, status in year_status(reading, reading.today.year).items():
        rows = [row for row in status.rows if not villages or row.village in (0, *villages)]
        months = {c.month % 100 for row in rows for c in row.cells if c.state == "missing"}
        count = sum(c.state == "missing" for row in rows for c in row.cells)
        if count:
            yield TodayLine(
                UNREPORTED,
                f"{reading.catalogue.ledgers[key].title} {month_words(months)}未报齐",
                f"报送情况 · 缺 {count} 份",
                "未报",
                "over",
                "reporting",
                key,
                state="village",
            )


def _forms(reading: Reading, period: Period, villages: tuple[int, ...]) -> Iterator[TodayLine]:
    """The forms that somebody outside asks for and that are due this month or late, on the day itself."""
    today = reading.today
    for each in forms_due(reading):
        if each.filled:
            continue
        days = (each.due - today).days
        tag = f"过期 {-days} 天" if days < 0 else "今天到期" if not days else f"余 {days} 天"
        held = f"台账已有 {each.held}/{each.columns} 列" if each.columns else ""
        parts = (each.asked.asked_by, each.period.title, f"{each.due.month}月{each.due.day}日前", held)
        place = ("forms", each.asked.form) if each.asked.form else ("asked", 0)
        yield TodayLine(
            FORMS,
            each.asked.title,
            " · ".join(part for part in parts if part),
            tag,
            "over" if days < 0 else "warn" if days <= WEEK else "act",
            "forms",
            *place,
        )


def _draws(reading: Reading, _period: Period, villages: tuple[int, ...]) -> Iterator[TodayLine]:
    """Spot checks of the month that are to be drawn or finished; a draw is the whole township's."""
    for each in () if villages else draws_due(reading):
        told = f"还有 {each.open} 项没有登记结果" if each.draw is not None else "本月还没有抽签"
        yield TodayLine(
            DRAWS,
            f"{each.title} {each.month % 100}月抽查：{told}",
            "整改销号 · 抽查",
            "抽查",
            "act",
            "worklist",
            each.ledger,
            state="抽查",
        )


def _visits(reading: Reading, _period: Period, villages: tuple[int, ...]) -> Iterator[TodayLine]:
    """Households whose visit is overdue or due within a week; a line begins the visit's record."""
    for each in visits_due(reading, WEEK, villages):
        days = each.pace.left
        names = "、".join(dict.fromkeys(contact.name for contact in each.contacts))
        parts = (each.class_, each.village, names or "没有包保干部")
        tag = f"超 {-days} 天" if days < 0 else "今天" if not days else f"余 {days} 天"
        yield TodayLine(
            VISITS,
            each.label,
            " · ".join(part for part in parts if part),
            tag,
            "warn" if days < 0 else "act",
            "begin",
            VISIT,
            each.household,
        )


def _plan(reading: Reading, _period: Period, villages: tuple[int, ...]) -> Iterator[TodayLine]:
    """Items of the year's plan that are behind; the whole township's, for a plan has no villages."""
    if villages:
        return
    for item in track(reading, reading.today.year):
        if item.light is Light.BEHIND:
            told = tell(reading, item)
            yield TodayLine(
                PLAN,
                told.brief,
                " · ".join(part for part in ("年度计划", item.department, told.now) if part),
                told.state,
                "warn",
                "plan",
                "plan_item",
                item.id,
            )


def _unknown(reading: Reading, period: Period, villages: tuple[int, ...]) -> Iterator[TodayLine]:
    """Printed figures that cannot be told for lack of records."""
    living = reading.living(period)
    printed = [each for each in living.live_indicators.values() if each.n is not None]
    figures = compute(reading, period, villages, [i.key for i in printed])
    for indicator in printed:
        figure: Any = figures.get(indicator.key)
        if figure is not None and figure.value is None:
            yield TodayLine(
                UNKNOWN,
                f"{indicator.title}：未知",
                figure.reason or "没有记录",
                "未知",
                "warn",
                "figure",
                indicator.key,
            )


#: What rests on records, reports and settings alone, and is kept until one of them changes.
_OF_RECORDS = (_items, _owed, _visits)
