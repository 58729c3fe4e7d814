"""What each kind of warning notices, over rows that are plain values: whom it concerns, since when, on what ground.

A row's `subject` is an id, or a text where the subject has none. The ground is what a warning rests on; it is the same as
long as nothing happened, and a decision made on it holds so long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

Subject = int | str
_ZERO = Decimal(0)
_FEW = 5


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A record that a rule looks at: its id, its subject, and the fields that the rule names."""

    id: int
    subject: Subject
    value: Decimal | str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class WarningFacts:
    """What a rule is judged by: the rows, the days of what is wanted by subject, the limit, the day.

    `other` is the last day of what is wanted of a subject; `order` the grades from low to high.
    """

    rows: Sequence[RuleRow]
    today: date
    limit: Decimal
    other: Mapping[Subject, date] = field(default_factory=dict)
    order: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Noticed:
    """What a rule noticed of one subject; `records` are the ids of the rows behind it."""

    subject: Subject
    since: date
    ground: str
    value: Decimal | str | None = None
    until: date | None = None
    days: int = 0
    records: tuple[int, ...] = ()


def sum_above(facts: WarningFacts) -> list[Noticed]:
    """Subjects whose values come to more than the limit, since the day on which they did."""
    found = []
    for subject, rows in _by_subject(facts.rows).items():
        total, since = _ZERO, None
        for row in rows:
            total += _number(row.value)
            if since is None and total > facts.limit:
                since = row.since
        if since is not None:
            told = tuple(row.id for row in rows)
            found.append(Noticed(subject, since, f"{total.normalize():f}", total, records=told))
    return found


def latest_below(facts: WarningFacts) -> list[Noticed]:
    """Subjects whose latest value is under the limit."""
    found = []
    for subject, rows in _by_subject(facts.rows).items():
        last = next((row for row in reversed(rows) if row.value is not None), None)
        if last is not None and last.since is not None and _number(last.value) < facts.limit:
            value = _number(last.value)
            ground = f"{last.since.isoformat()} {value.normalize():f}"
            found.append(Noticed(subject, last.since, ground, value, records=(last.id,)))
    return found


def happened(facts: WarningFacts) -> list[Noticed]:
    """Each record that is not older than the limit's days."""
    first = facts.today - timedelta(days=int(facts.limit))
    return [
        Noticed(row.subject, row.since, f"{row.id} {row.since.isoformat()}", row.value, records=(row.id,))
        for row in facts.rows
        if row.since is not None and first <= row.since <= facts.today
    ]


def not_since(facts: WarningFacts) -> list[Noticed]:
    """Subjects for whom nothing was done for longer than the limit's days, counted from their beginning at the latest."""
    found = []
    for subject, rows in _by_subject(facts.rows).items():
        begun = rows[-1].since
        last = max((day for day in (begun, facts.other.get(subject)) if day is not None), default=None)
        if last is None:
            continue
        days = (facts.today - last).days
        if days > facts.limit:
            since = last + timedelta(days=int(facts.limit) + 1)
            found.append(Noticed(subject, since, last.isoformat(), days=days, records=_ids(rows)))
    return found


def without(facts: WarningFacts) -> list[Noticed]:
    """Subjects without what is wanted, once the limit's days have gone since they began."""
    found = []
    for subject, rows in _by_subject(facts.rows).items():
        begun = rows[-1].since
        if subject in facts.other or begun is None or (facts.today - begun).days <= facts.limit:
            continue
        since = begun + timedelta(days=int(facts.limit) + 1)
        days = (facts.today - begun).days
        found.append(
            Noticed(subject, since, f"{rows[-1].id} {begun.isoformat()}", days=days, records=_ids(rows))
        )
    return found


def ends_soon(facts: WarningFacts) -> list[Noticed]:
    """Records that end within the limit's days, or have ended and nobody has said so."""
    last = facts.today + timedelta(days=int(facts.limit))
    return [
        Noticed(
            row.subject,
            row.until - timedelta(days=int(facts.limit)),
            row.until.isoformat(),
            row.value,
            row.until,
            (row.until - facts.today).days,
            (row.id,),
        )
        for row in facts.rows
        if row.until is not None and row.until <= last
    ]


def raised(facts: WarningFacts) -> list[Noticed]:
    """Subjects that within the limit's days came to a grade above all they had before in force."""
    found, rank = [], {grade: place for place, grade in enumerate(facts.order)}
    first = facts.today - timedelta(days=int(facts.limit))
    for subject, rows in _by_subject(facts.rows).items():
        last = rows[-1]
        if last.since is None or not first <= last.since <= facts.today or last.value not in rank:
            continue
        start = last.since
        before = [
            rank[str(row.value)]
            for row in rows[:-1]
            if row.value in rank and (row.until is None or row.until >= start)
        ]
        if rank[str(last.value)] > max(before, default=-1):
            ground = f"{start.isoformat()} {last.value}"
            found.append(Noticed(subject, start, ground, last.value, records=(last.id,)))
    return found


def jumped(
    key: str, months: Sequence[tuple[date, Decimal | None]], limit: Decimal, least: int = 3
) -> Noticed | None:
    """A figure whose last month is so many times the average of the months before it, or that part of it.

    `months` are the first days of the months in order with the value of each; at least `least` months before must be
    known.
    """
    if not months or months[-1][1] is None or limit <= 1:
        return None
    (first, value), known = months[-1], [each for _day, each in months[:-1] if each is not None]
    if len(known) < least or value is None:
        return None
    usual = sum(known, _ZERO) / len(known)
    # Of a few, twice or none is what chance brings.
    if max(value, usual) < _FEW or usual / limit <= value <= usual * limit:
        return None
    return Noticed(key, first, f"{first:%Y-%m} {Decimal(value).normalize():f}", value)


#: The kinds that look at rows.
OVER_ROWS: Mapping[str, Callable[[WarningFacts], list[Noticed]]] = {
    "sum_above": sum_above,
    "latest_below": latest_below,
    "happened": happened,
    "not_since": not_since,
    "without": without,
    "ends_soon": ends_soon,
    "raised": raised,
}


def _by_subject(rows: Iterable[RuleRow]) -> dict[Subject, list[RuleRow]]:
    """The rows of each subject, the oldest first, whatever order they came in."""
    found: dict[Subject, list[RuleRow]] = {}
    for row in sorted(rows, key=lambda row: (row.since or date.min, row.id)):
        found.setdefault(row.subject, []).append(row)
    return found


def _ids(rows: Iterable[RuleRow]) -> tuple[int, ...]:
    return tuple(row.id for row in rows)


def _number(value: Decimal | str | None) -> Decimal:
    return value if isinstance(value, Decimal) else _ZERO
