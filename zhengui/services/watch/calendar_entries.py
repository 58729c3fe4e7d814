"""The office's days: what is due, meetings, visits, months to report, warnings that come back; for calendar and .ics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zhengui.catalogue.closed_loop import CLOSED, DUE, RECTIFIED
from zhengui.catalogue.model import Condition, Ledger, Measure, Timing
from zhengui.figures.period import Period
from zhengui.figures.warning_states import WarningStanding
from zhengui.services.loops.duties import Charge, charges
from zhengui.services.plan.list_plan import DONE
from zhengui.services.plan.tell_plan import tell
from zhengui.services.plan.track_plan import CARRIED, track
from zhengui.services.returns.report_status import due_day
from zhengui.services.returns.report_year import wanted_ledgers
from zhengui.services.township import overview
from zhengui.services.township.reading import Reading, reads
from zhengui.services.watch.find_warnings import find_warnings
from zhengui.storage.counting.chosen_rows import chosen_rows
from zhengui.storage.query.predicates import Asked, Scope
from zhengui.storage.query.references import labels

#: The kinds in the order in which a day lists them.
OVERDUE, DUE_KIND, PLAN, REPORT, MEETING, VISIT, WARNING = (
    "逾期",
    "期限",
    "计划",
    "报送",
    "会议",
    "走访",
    "预警",
)
KINDS = (OVERDUE, DUE_KIND, PLAN, REPORT, MEETING, VISIT, WARNING)
_MEETING, _VISIT = "meeting", "visit"
#: So many households are named of a day's visits.
_NAMED = 8


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Something on a day; `page`, `of`, `record` and `state` are where it is seen (page `ledger`: wherever that is).

    `key` stays the same from one export to the next, so that another calendar knows it again.
    """

    day: date
    kind: str
    title: str
    note: str
    page: str
    of: str = ""
    record: int = 0
    state: str = ""

    @property
    def key(self) -> str:
        """What tells it from every other entry."""
        return f"{self.kind}-{self.of}-{self.record}-{self.day:%Y%m%d}-{self.state}"


@reads
def calendar_entries(
    reading: Reading, first: date, last: date, villages: Sequence[int] = ()
) -> list[CalendarEntry]:
    """Everything from `first` to `last`, by day and kind; items and visits of some villages only, where they are given."""
    chosen = tuple(villages)
    found = [
        *_due(reading, first, last, chosen),
        *_plan(reading, first, last, chosen),
        *_reports(reading, first, last),
        *_meetings(reading, first, last),
        *_visits(reading, first, last, chosen),
        *_visits_due(reading, first, last, chosen),
        *_warnings(reading, first, last, chosen),
    ]
    return sorted(found, key=lambda each: (each.day, KINDS.index(each.kind), each.title, each.record))


def _asked(reading: Reading, first: date, last: date, villages: tuple[int, ...]) -> Asked:
    return Asked(reading.tables, Scope(Period(first, last), villages), reading.parameters)


def _due(reading: Reading, first: date, last: date, villages: tuple[int, ...]) -> Iterator[CalendarEntry]:
    """Due dates of items that are not rectified."""
    still = (Condition(RECTIFIED, "empty"), Condition(CLOSED, "empty"))
    spans = [(ledger, *span) for span in _by_year(first, last) for ledger in _looped(reading, span)]
    for ledger, begin, end in spans:
        measure = Measure("count", ledger.key, (), Timing("during", (DUE,)), still)
        rows = chosen_rows(
            reading.conn, reading.tables, measure, _asked(reading, begin, end, villages), (DUE,)
        )
        names = labels(reading.conn, reading.tables, ledger.key, [row[0] for row in rows])
        for id_, due in rows:
            kind = OVERDUE if due < reading.today else DUE_KIND
            title = names.get(id_, "") or ledger.noun
            yield CalendarEntry(due, kind, title, f"{ledger.noun}整改期限", "ledger", ledger.key, id_)


def _by_year(first: date, last: date) -> Iterator[tuple[date, date]]:
    """A span year by year: each knows its own ledgers."""
    for year in range(first.year, last.year + 1):
        yield max(first, date(year, 1, 1)), min(last, date(year, 12, 31))


def _looped(reading: Reading, span: tuple[date, date]) -> list[Ledger]:
    return overview.looped(reading, year=span[0].year)


def _days(
    reading: Reading, key: str, first: date, last: date, villages: tuple[int, ...]
) -> Iterator[tuple[Ledger, list[tuple[int, date]]]]:
    """The records of a ledger with their days, of the years that know the ledger."""
    for begin, end in _by_year(first, last):
        ledger = reading.catalogue.in_years(begin.year).live_ledgers.get(key)
        if ledger is not None:
            measure = Measure("count", key, (), Timing("during", ledger.period[:1]))
            asked = _asked(reading, begin, end, villages)
            yield ledger, chosen_rows(reading.conn, reading.tables, measure, asked, ledger.period[:1])


def _plan(reading: Reading, first: date, last: date, villages: tuple[int, ...]) -> Iterator[CalendarEntry]:
    """Due dates of plan items that are not done."""
    if villages:
        return
    for year in range(first.year, last.year + 1):
        for item in track(reading, year):
            if first <= item.due <= last and item.status not in (DONE, CARRIED) and not item.told_done:
                brief = tell(reading, item).brief
                yield CalendarEntry(
                    item.due, PLAN, brief, f"计划期限　{item.department}", "plan", "plan_item", item.id
                )


def _reports(reading: Reading, first: date, last: date) -> Iterator[CalendarEntry]:
    """The days on which the month before is to be reported, one for all ledgers of the same day."""
    by_day: dict[date, list[str]] = {}
    month = first.replace(day=1)
    while month <= last:
        for key in wanted_ledgers(reading, (month - timedelta(days=1)).year):
            day = month.replace(day=due_day(reading, key))
            if first <= day <= last:
                by_day.setdefault(day, []).append(key)
        month = (month + timedelta(days=32)).replace(day=1)
    for day, keys in by_day.items():
        before = (day.replace(day=1) - timedelta(days=1)).month
        titles = "、".join(reading.catalogue.ledgers[key].title for key in keys)
        yield CalendarEntry(
            day, REPORT, f"{before}月台账（{len(keys)} 个）", titles, "reporting", keys[0], 0, "area"
        )


def _meetings(reading: Reading, first: date, last: date) -> Iterator[CalendarEntry]:
    for ledger, rows in _days(reading, _MEETING, first, last, ()):
        names = labels(reading.conn, reading.tables, _MEETING, [row[0] for row in rows])
        for id_, day in rows:
            yield CalendarEntry(day, MEETING, names.get(id_, ""), ledger.title, "ledger", _MEETING, id_)


def _visits(reading: Reading, first: date, last: date, villages: tuple[int, ...]) -> Iterator[CalendarEntry]:
    """The visits of each day, told together."""
    for ledger, rows in _days(reading, _VISIT, first, last, villages):
        by_day: dict[date, list[int]] = {}
        for id_, day in rows:
            by_day.setdefault(day, []).append(id_)
        for day, ids in by_day.items():
            title = f"入户 {len(ids)} {ledger.measure_word}"
            yield CalendarEntry(day, VISIT, title, ledger.title, "ledger", _VISIT, ids[0])


def _visits_due(
    reading: Reading, first: date, last: date, villages: tuple[int, ...]
) -> Iterator[CalendarEntry]:
    """The visits that are to be made on each day, told together; those that are late stand on today."""
    today = reading.today
    by_day: dict[date, list[Charge]] = {}
    for each in charges(reading, villages):
        day = max(each.pace.due, today)
        if first <= day <= last:
            by_day.setdefault(day, []).append(each)
    for day, own in by_day.items():
        late = sum(each.pace.due < today for each in own)
        title = f"{len(own)} 户到期" + (f"，已逾期 {late} 户" if late else "")
        named = "、".join(each.label for each in own[:_NAMED])
        note = named if len(own) <= _NAMED else f"{named}等"
        yield CalendarEntry(day, VISIT, title, note, "worklist", "", own[0].household, "包保")


def _warnings(
    reading: Reading, first: date, last: date, villages: tuple[int, ...]
) -> Iterator[CalendarEntry]:
    """Warnings that were put off, on the day on which they come back."""
    for each in find_warnings(reading, villages):
        until = each.decisions[-1].until if each.standing is WarningStanding.PUT_OFF else None
        if until is not None and first <= until <= last:
            title = f"{each.label}：{each.rule.title}"
            yield CalendarEntry(until, WARNING, title, each.why, "home", "warnings", 0, each.key)
