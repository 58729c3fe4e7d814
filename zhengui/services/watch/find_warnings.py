"""What the rules of warning notice today: why, since when, for whom, and what is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from zhengui.catalogue.model import FieldType, Ledger, Measure, Timing, WarningRule
from zhengui.figures.period import Period
from zhengui.figures.warning_rules import OVER_ROWS, Noticed, RuleRow, Subject, WarningFacts
from zhengui.figures.warning_states import Decision, WarningStanding, standing
from zhengui.services.township.reading import Reading, reads
from zhengui.services.watch.figure_jumps import jumps
from zhengui.services.watch.late_months import late_months
from zhengui.storage.counting.chosen_rows import chosen_rows, last_days
from zhengui.storage.counting.kept_while import kept_while_unchanged
from zhengui.storage.query.predicates import Asked, Scope
from zhengui.storage.query.references import labels
from zhengui.storage.query.source import path_field, village_path
from zhengui.storage.writing import warning_decisions

#: The ledger by which it is told who looks after a household.
_DUTY = "contact_duty"


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning.

    `key` is its rule and its subject. The subject is the record `record` of `ledger`; it is a month of a ledger or a
    figure where `record` is 0. `looked_at` is the ledger whose `records` it rests on, `contact` who looks after the
    household, `decisions` what was decided before, the oldest first.
    """

    key: str
    rule: WarningRule
    ledger: str
    record: int
    label: str
    village: int
    village_name: str
    contact: str
    why: str
    since: date
    ground: str
    looked_at: str
    records: tuple[int, ...]
    standing: WarningStanding
    decisions: tuple[Decision, ...] = ()

    @property
    def again(self) -> bool:
        """Whether it was decided once and came back."""
        return self.standing is WarningStanding.NEW and bool(self.decisions)


@reads
def find_warnings(reading: Reading, villages: Sequence[int] = (), rules: Iterable[str] = ()) -> list[Warned]:
    """All warnings of the day, in the order of the catalogue, the oldest first within a rule.

    Of some villages those that concern one of them and those that concern no village; of some rules only theirs.
    """
    chosen, wanted = set(villages), set(rules)
    found: list[Warned] = []
    for rule in reading.catalogue.in_years(reading.today.year).warnings.values():
        if not wanted or rule.key in wanted:
            found += sorted(_of_rule(reading, rule), key=lambda each: (each.since, each.label, each.key))
    stored = warning_decisions.of_warnings(reading.conn, reading.tables)
    decided = [_decided(each, stored.get(each.key, ()), reading.today) for each in found]
    return [each for each in decided if not chosen or each.village in chosen or not each.village]


def open_ones(found: Iterable[Warned]) -> list[Warned]:
    """Those that wait for a decision."""
    return [each for each in found if each.standing is WarningStanding.NEW]


def _decided(each: Warned, stored: Sequence[warning_decisions.StoredDecision], today: date) -> Warned:
    made = tuple(
        Decision(WarningStanding(one.what), one.ground, one.reason, one.until, one.at, one.who)
        for one in stored
    )
    return replace(each, decisions=made, standing=standing(each.ground, made, today))


def _of_rule(reading: Reading, rule: WarningRule) -> list[Warned]:
    if rule.kind == "unreported":
        return [
            _told(reading, rule, each.noticed, each.ledger, label=each.label, names=each.names)
            for each in kept_while_unchanged(
                reading.conn,
                reading.tables,
                ("late months", reading.today, rule.limit),
                lambda: late_months(reading, reading.parameters[rule.limit]),
            )
        ]
    if rule.kind == "jumped":
        return [
            _told(reading, rule, each.noticed, each.ledger, label=each.label, names=each.usual)
            for each in jumps(reading, reading.parameters[rule.limit])
        ]
    return _over_rows(reading, rule)


def _over_rows(reading: Reading, rule: WarningRule) -> list[Warned]:
    assert rule.measure is not None
    today, ledger = reading.today, reading.catalogue.ledgers[rule.measure.ledger]
    asked = Asked(reading.tables, Scope(Period(date(today.year, 1, 1), today)), reading.parameters)
    village = village_path(ledger)
    paths = [path for path in (rule.subject, rule.amount, rule.day, rule.end, village) if path]
    read = chosen_rows(reading.conn, reading.tables, rule.measure, asked, paths)
    place = {path: number for number, path in enumerate(paths, 1)}
    money = bool(rule.amount) and path_field(reading.tables, ledger, rule.amount).type is FieldType.MONEY

    def row_of(values: tuple[Any, ...]) -> RuleRow:
        def at(path: str) -> Any:
            return values[place[path]] if path else None

        subject = at(rule.subject) if rule.subject else values[0]
        return RuleRow(
            values[0], subject, _value(at(rule.amount), money), _day(at(rule.day)), _day(at(rule.end))
        )

    rows = [row_of(values) for values in read if not rule.subject or values[place[rule.subject]] is not None]
    by_words = rule.kind == "raised"
    other = (
        last_days(reading.conn, reading.tables, rule.other, asked)
        if rule.other is not None and not by_words
        else {}
    )
    facts = WarningFacts(rows, today, reading.parameters[rule.limit], other, rule.order)
    noticed = OVER_ROWS[rule.kind](facts)
    subject_ledger = _subject_ledger(reading, rule, ledger)
    villages = {values[0]: values[place[village]] for values in read} if village else {}
    named = labels(
        reading.conn,
        reading.tables,
        subject_ledger,
        [each.records[-1] if by_words else int(each.subject) for each in noticed],
    )
    contacts = _contacts(reading, asked, noticed) if subject_ledger == "household" else {}
    told = []
    for each in noticed:
        record = each.records[-1] if by_words else int(each.subject)
        told.append(
            _told(
                reading,
                rule,
                each,
                subject_ledger,
                record,
                str(each.subject) if by_words else named.get(record, ""),
                villages.get(each.records[-1]) or 0,
                contacts.get(each.subject, ""),
                _affected(reading, rule, asked, str(each.subject)) if by_words else "",
            )
        )
    return told


def _told(
    reading: Reading,
    rule: WarningRule,
    noticed: Noticed,
    ledger: str,
    record: int = 0,
    label: str = "",
    village: int = 0,
    contact: str = "",
    names: str = "",
) -> Warned:
    limit = reading.parameters[rule.limit]
    why = rule.why.format(
        value=_words(noticed.value),
        limit=_words(limit),
        since=_day_words(noticed.since),
        until=_day_words(noticed.until) if noticed.until else "",
        days=abs(noticed.days),
        names=names,
    )
    if noticed.until is not None and noticed.days < 0:
        why = f"{_day_words(noticed.until)}已经到期，过了 {-noticed.days} 天还没有办"
    return Warned(
        f"{rule.key}/{ledger}:{record or noticed.subject}",
        rule,
        ledger,
        record,
        label,
        village,
        reading.lookup().label("village", village) or "" if village else "",
        contact,
        why,
        noticed.since,
        noticed.ground,
        rule.measure.ledger if rule.measure is not None else ledger,
        noticed.records,
        WarningStanding.NEW,
    )


def _subject_ledger(reading: Reading, rule: WarningRule, ledger: Ledger) -> str:
    """The ledger whose record is warned of: a register, or the rule's own ledger."""
    if not rule.subject:
        return ledger.key
    return path_field(reading.tables, ledger, rule.subject).register or ledger.key


def _contacts(reading: Reading, asked: Asked, noticed: Sequence[Noticed]) -> dict[Subject, str]:
    """Who looks after each household today."""
    ledger = reading.catalogue.ledgers.get(_DUTY)
    if ledger is None or not noticed or not reading.keeps(_DUTY):
        return {}
    measure = Measure("count", _DUTY, (), Timing("in_force", ledger.period))
    rows = chosen_rows(reading.conn, reading.tables, measure, asked, ("household", "official"))
    wanted = {each.subject for each in noticed}
    officials = {official for _id, household, official in rows if household in wanted}
    names = labels(reading.conn, reading.tables, "official", [each for each in officials if each])
    found: dict[Subject, str] = {}
    for _id, household, official in rows:
        if household in wanted and official in names:
            found.setdefault(household, names[official])
    return found


def _affected(reading: Reading, rule: WarningRule, asked: Asked, region: str) -> str:
    """How many people came from a region or are there, as 3人."""
    if rule.other is None:
        return ""
    measure = Measure("count", rule.other.ledger, (), rule.other.timing, rule.other.where)
    rows = chosen_rows(reading.conn, reading.tables, measure, asked, (rule.other.on[0][1],))
    count = sum(1 for _id, place in rows if place and (region in place or place in region))
    return f"{count} 人"


def _value(value: Any, money: bool) -> Decimal | str | None:
    if value is None or isinstance(value, str):
        return value
    return Decimal(value) / 100 if money else Decimal(value)


def _day(value: Any) -> date | None:
    """A date, or the first day of a year."""
    return date(value, 1, 1) if isinstance(value, int) else value


def _words(value: Decimal | str | None) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _day_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
