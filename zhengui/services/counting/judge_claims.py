"""Judge the claims of the document: which sentences without a number the records allow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from zhengui.catalogue.model import Claim, Cover, Measure
from zhengui.figures.chips import enumerate_names
from zhengui.figures.claims import ClaimVerdict, judge
from zhengui.figures.figure import Figure
from zhengui.figures.period import Period
from zhengui.figures.period import year as whole_year
from zhengui.figures.period_words import covering_months
from zhengui.services.counting.compute_figures import Villages, compute, told_whole
from zhengui.services.counting.entered_values import entered_values
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.counting.measured_rows import (
    distinct_of_ids,
    failing_ids,
    names_of_ids,
    row_ids,
    villages_of_ids,
)
from zhengui.storage.counting.measures import evaluate
from zhengui.storage.query.coverage import complete_reports, missing_cover, reported
from zhengui.storage.query.predicates import Scope
from zhengui.storage.query.references import labels
from zhengui.storage.query.years import first_year
from zhengui.storage.records import reviews

JOINED = "、"


@dataclass(frozen=True, slots=True)
class _Case:
    """Everything a judgement asks: the records and the scope."""

    reading: Reading
    scope: Scope

    def ids(self, measure: Measure) -> list[int]:
        return row_ids(self.reading.conn, self.reading.tables, measure, self.scope, self.reading.parameters)

    def names(self, ledger: str, ids: list[int]) -> str:
        """The villages that records belong to, joined."""
        tables = self.reading.tables
        villages = villages_of_ids(self.reading.conn, tables, ledger, ids)
        named = labels(self.reading.conn, tables, "village", villages)
        return JOINED.join(named[village] for village in villages if village in named)

    def reported(self, measure: Measure) -> bool:
        """Whether the ledger says anything at all for the scope."""
        return reported(self.reading.conn, self.reading.tables, measure.ledger, self.scope, measure.timing)

    def count(self, measure: Measure, ids: list[int]) -> int:
        """How many of what the measure names these of its records are: households, or the records themselves."""
        if measure.kind != "distinct":
            return len(ids)
        return distinct_of_ids(self.reading.conn, self.reading.tables, measure, ids)

    def missing_reports(self, claim: Claim, measure: Measure) -> int:
        """How many monthly reports are outstanding, if the claim asks for them."""
        if not claim.reports:
            return 0
        # A month that the period only touches must have been reported too.
        whole = Scope(covering_months(self.scope.period), self.scope.villages)
        return len(complete_reports(self.reading.conn, self.reading.tables, measure.ledger, whole))

    def gated(self, claim: Claim, verdict: ClaimVerdict) -> ClaimVerdict:
        """The verdict; what would hold is not known while records that could speak against it await review."""
        held = self.reading.tables.held
        if verdict.state not in ("holds", "nothing") or not held:
            return verdict
        waiting = sum(
            len(reviews.waiting(self.reading.conn, self.reading.tables, m.ledger, self.scope, m.timing))
            for m in _measures(self.reading, claim)
            if m.ledger in held
        )
        if not waiting:
            return verdict
        reason = f"有 {waiting} 条记录还没有审核，审核以后才能下结论。"
        return ClaimVerdict(claim.key, "unknown", claim.unknown, reason, waiting)


@reads
def judge_all(
    reading: Reading, period: Period, villages: Villages = (), keys: Iterable[str] | None = None
) -> dict[str, ClaimVerdict]:
    """The verdicts by key on all claims, or those of `keys`, for the period and the villages (none: all)."""
    wanted = None if keys is None else set(keys)
    case, living = _Case(reading, Scope(period, villages)), reading.living(period).living
    return {
        key: case.gated(claim, _JUDGES[claim.kind](case, claim))
        if key in reading.catalogue.not_retired(period.start.year)
        else ClaimVerdict(key, "unknown", claim.unknown, f"{why_not_judged(claim, period)}，请改写这句话。")
        for key, claim in reading.catalogue.claims.items()
        if (key in living if wanted is None else key in wanted)
    }


def why_not_judged(claim: Claim, period: Period) -> str:
    """Why a claim is none of the period's."""
    retired = claim.life.retired
    if retired is not None and retired <= period.start.year:
        return f"“{claim.title}”从 {retired} 年起停用"
    return f"“{claim.title}”所依据的台账、字段、选项或指标在{period.title}已经停用"


@reads
def records_of(reading: Reading, key: str, period: Period, villages: Villages = ()) -> list[tuple[str, int]]:
    """The records that a verdict rests on, as (ledger, id): those against the claim, or all that were judged."""
    claim, case = reading.catalogue.claims[key], _Case(reading, Scope(period, villages))
    if claim.measure is None:
        return []
    ids = case.ids(claim.measure)
    if claim.kind == "all":
        where = (reading.conn, reading.tables, claim.measure, claim.also, claim.also_matches)
        ids = failing_ids(*where, case.scope, reading.parameters) or ids
    return [(claim.measure.ledger, each) for each in ids]


def _filled(
    verdict: ClaimVerdict,
    total: int,
    villages: str = "",
    left: str = "",
    since: int | None = None,
    names: str = "",
) -> ClaimVerdict:
    """The verdict with the numbers and villages of its own sentence in place."""
    sentence = verdict.sentence
    own = {"count": str(verdict.count), "total": str(total), "villages": villages, "left": left}
    own |= {"since": "" if since is None else str(since), "names": names}
    for name, text in own.items():
        sentence = sentence.replace(f"{{claim.{name}}}", text)
    return replace(verdict, sentence=sentence)


def _none(case: _Case, claim: Claim) -> ClaimVerdict:
    measure = _measure(claim)
    ids = case.ids(measure)
    missing = case.missing_reports(claim, measure)
    known = bool(ids) or case.reported(measure)
    fitting = case.count(measure, ids)
    verdict = judge(claim, fitting if known else None, 0, missing, complete=not missing)
    return _filled(verdict, fitting, left=case.names(measure.ledger, ids))


def _all(case: _Case, claim: Claim) -> ClaimVerdict:
    measure = _measure(claim)
    tables = case.reading.tables
    ids = case.ids(measure)
    failing = failing_ids(
        case.reading.conn,
        tables,
        measure,
        claim.also,
        claim.also_matches,
        case.scope,
        case.reading.parameters,
    )
    missing = case.missing_reports(claim, measure)
    known = bool(ids) or case.reported(measure)
    total, left = case.count(measure, ids), case.count(measure, failing)
    verdict = judge(claim, total if known else None, left, missing, complete=not missing)
    named = (case.names(measure.ledger, ids), case.names(measure.ledger, failing))
    called = names_of_ids(case.reading.conn, tables, measure.ledger, ids)
    return _filled(verdict, total, *named, names=enumerate_names(called))


def _covers(case: _Case, claim: Claim) -> ClaimVerdict:
    total = uncovered = 0
    missed: list[str] = []
    tables = case.reading.tables
    for cover in claim.covers:
        missing = missing_cover(case.reading.conn, tables, cover, case.scope, case.reading.parameters)
        total += _to_cover(case, cover)
        uncovered += len(missing)
        missed += [name for _id, name in missing]
    known = total > uncovered or any(case.reported(cover.measure) for cover in claim.covers)
    verdict = judge(claim, total - uncovered if known else None, 0, uncovered)
    return _filled(verdict, total, left=JOINED.join(missed))


def _to_cover(case: _Case, cover: Cover) -> int:
    """How many things of the register a cover asks for."""
    if not cover.register:
        return 0 if case.scope.villages else 1
    measure = Measure("count", cover.register, where=cover.where)
    found = evaluate(
        case.reading.conn, case.reading.tables, {"": measure}, case.scope, case.reading.parameters
    )
    return found[""].records


def _highest(case: _Case, claim: Claim) -> ClaimVerdict:
    """Whether the period beats every earlier year that is known, and the years before it without a gap are complete.

    What is known of an incomplete year may be too little, never too much, so that it can speak against the claim
    but not for it.
    """
    period, villages = case.scope.period, case.scope.villages
    now = compute(case.reading, period, villages, claim.indicators)
    if any(figure.value is None for figure in now.values()):
        return _filled(judge(claim, None), 0)
    beaten_by, since, unbroken = 0, None, True
    for number in range(period.year - 1, _first_year(case, claim) - 1, -1):
        then = compute(case.reading, whole_year(number), villages, claim.indicators)
        beaten_by += any(
            figure.value is not None and _value(figure) >= _value(now[key]) for key, figure in then.items()
        )
        typed = all(
            figure.entered or _told_whole(case, key, whole_year(number)) for key, figure in then.items()
        )
        unbroken = unbroken and typed
        since = number if unbroken else since
    earlier = period.year - since if since is not None else 0
    verdict = judge(claim, earlier, beaten_by, complete=all(_told_whole(case, key, period) for key in now))
    return _filled(verdict, earlier, since=since)


def _first_year(case: _Case, claim: Claim) -> int:
    """The first year with a record or an entered value of what the claim compares; this one where there is none."""
    tables = case.reading.tables
    ledgers = {m.ledger for key in claim.indicators if (m := case.reading.catalogue.indicators[key].measure)}
    years = (first_year(case.reading.conn, tables, ledger) for ledger in ledgers)
    typed = (each.year for each in entered_values(case.reading) if each.indicator in claim.indicators)
    return min((found for found in (*years, *typed) if found is not None), default=case.scope.period.year)


def _told_whole(case: _Case, key: str, period: Period) -> bool:
    """Whether an indicator was told of month by month."""
    indicator = case.reading.catalogue.indicators[key]
    return told_whole(case.reading, indicator, Scope(period, case.scope.villages))


def _value(figure: Figure) -> Decimal:
    return Decimal(figure.value or 0)


def _measures(reading: Reading, claim: Claim) -> list[Measure]:
    """Every measure that the claim looks at."""
    own = [claim.measure, *(cover.measure for cover in claim.covers)]
    told = [reading.catalogue.indicators[key].measure for key in claim.indicators]
    return [measure for measure in (*own, *told) if measure is not None]


def _measure(claim: Claim) -> Measure:
    if claim.measure is None:
        raise ValueError(f"{claim.key}: a claim of kind {claim.kind} needs a measure")
    return claim.measure


_JUDGES: Mapping[str, Callable[[_Case, Claim], ClaimVerdict]] = {
    "none": _none,
    "all": _all,
    "covers": _covers,
    "highest": _highest,
}
