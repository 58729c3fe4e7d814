"""Judge the claims of the document: which sentences without a number the records allow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from zhengui.catalogue.model import Claim, Cover, Measure
from zhengui.figures.claims import Verdict, judge
from zhengui.figures.figure import Figure
from zhengui.figures.period import Period
from zhengui.figures.period import year as whole_year
from zhengui.figures.period_words import covering_months
from zhengui.services.counting.compute_figures import Villages, compute
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.counting.measured_rows import failing_ids, row_ids, villages_of_ids
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

    def missing_reports(self, claim: Claim, measure: Measure) -> int:
        """How many monthly reports are outstanding, if the claim asks for them."""
        if not claim.reports:
            return 0
        # A month that the period only touches must have been reported too.
        whole = Scope(covering_months(self.scope.period), self.scope.villages)
        return len(complete_reports(self.reading.conn, self.reading.tables, measure.ledger, whole))

    def gated(self, claim: Claim, verdict: Verdict) -> Verdict:
        """The verdict; what would hold is not known while records that could speak against it await review."""
        held = self.reading.tables.held
        if verdict.state != "holds" or not held:
            return verdict
        waiting = sum(
            len(reviews.waiting(self.reading.conn, self.reading.tables, m.ledger, self.scope, m.timing))
            for m in _measures(self.reading, claim)
            if m.ledger in held
        )
        if not waiting:
            return verdict
        reason = f"有 {waiting} 条记录还没有审核，审核以后才能下结论。"
        return Verdict(claim.key, "unknown", claim.unknown, reason, waiting)


@reads
def judge_all(
    reading: Reading, period: Period, villages: Villages = (), keys: Iterable[str] | None = None
) -> dict[str, Verdict]:
    """The verdicts by key on all claims, or those of `keys`, for the period and the villages (none: all)."""
    wanted = None if keys is None else set(keys)
    case = _Case(reading, Scope(period, villages))
    return {
        key: case.gated(claim, _JUDGES[claim.kind](case, claim))
        for key, claim in reading.catalogue.claims.items()
        if wanted is None or key in wanted
    }


def _filled(verdict: Verdict, total: int, villages: str = "", left: str = "") -> Verdict:
    """The verdict with the numbers and villages of its own sentence in place."""
    sentence = verdict.sentence
    own = {"count": str(verdict.count), "total": str(total), "villages": villages, "left": left}
    for name, text in own.items():
        sentence = sentence.replace(f"{{claim.{name}}}", text)
    return replace(verdict, sentence=sentence)


def _none(case: _Case, claim: Claim) -> Verdict:
    measure = _measure(claim)
    ids = case.ids(measure)
    missing = case.missing_reports(claim, measure)
    known = bool(ids) or case.reported(measure)
    verdict = judge(claim, len(ids) if known else None, 0, missing, complete=not missing)
    return _filled(verdict, len(ids), left=case.names(measure.ledger, ids))


def _all(case: _Case, claim: Claim) -> Verdict:
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
    verdict = judge(claim, len(ids) if known else None, len(failing), missing, complete=not missing)
    named = (case.names(measure.ledger, ids), case.names(measure.ledger, failing))
    return _filled(verdict, len(ids), *named)


def _covers(case: _Case, claim: Claim) -> Verdict:
    total = uncovered = 0
    missed: list[str] = []
    tables = case.reading.tables
    for cover in claim.covers:
        missing = missing_cover(case.reading.conn, tables, cover, case.scope, case.reading.parameters)
        total += _to_cover(case, cover)
        uncovered += len(missing)
        missed += [name for _id, name in missing]
    known = any(case.reported(cover.measure) for cover in claim.covers)
    verdict = judge(claim, total - uncovered if known else None, 0, uncovered)
    return _filled(verdict, total, left=JOINED.join(missed))


def _to_cover(case: _Case, cover: Cover) -> int:
    """How many things of the register a cover asks for."""
    if not cover.register:
        return 1
    measure = Measure("count", cover.register, where=cover.where)
    found = evaluate(
        case.reading.conn, case.reading.tables, {"": measure}, case.scope, case.reading.parameters
    )
    return found[""].records


def _highest(case: _Case, claim: Claim) -> Verdict:
    period = case.scope.period
    tables = case.reading.tables
    ledgers = [case.reading.catalogue.indicators[key].measure for key in claim.indicators]
    first = min(
        (
            found
            for m in ledgers
            if m and (found := first_year(case.reading.conn, tables, m.ledger)) is not None
        ),
        default=period.year,
    )
    now = compute(case.reading, period, case.scope.villages, claim.indicators)
    if any(figure.value is None for figure in now.values()):
        return _filled(judge(claim, None), 0)
    earlier = beaten_by = missing = 0
    for number in range(first, period.year):
        then = compute(case.reading, whole_year(number), case.scope.villages, claim.indicators)
        earlier += 1
        if any(figure.value is None for figure in then.values()):
            missing += 1
        elif any(_value(then[key]) >= _value(now[key]) for key in claim.indicators):
            beaten_by += 1
    incomplete = sum(case.missing_reports(claim, measure) for measure in ledgers if measure)
    verdict = judge(claim, earlier, beaten_by, missing, complete=not incomplete)
    return _filled(verdict, earlier)


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


_JUDGES: Mapping[str, Callable[[_Case, Claim], Verdict]] = {
    "none": _none,
    "all": _all,
    "covers": _covers,
    "highest": _highest,
}
