"""Let a second person review what was entered, and say in the document what was not reviewed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from zhengui.catalogue.model import Catalogue
from zhengui.figures.period import Period
from zhengui.services.counting.compute_figures import Villages, measures_of
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.query.predicates import Scope
from zhengui.storage.records import reviews
from zhengui.storage.records.reviews import WaitingRecord

Rule = Literal["", "count", "hold"]


@reads
def rules(reading: Reading) -> dict[str, str]:
    """The ledgers that ask for a second person: count (unreviewed records count) or hold (they don't)."""
    return reviews.rules(reading.conn, reading.tables)


@writes(Right.MANAGE)
def require_review(writing: Writing, ledger: str, rule: Rule, accept_existing: bool = True) -> None:
    """Set a ledger's rule; empty asks for no review.

    Where none was asked for so far, what was entered before counts as reviewed, unless `accept_existing` says
    otherwise.
    """
    first = ledger not in rules(writing)
    if rule and first and accept_existing:
        reviews.accept_all(writing.conn, writing.tables, ledger, writing.operator)
    reviews.require(writing.conn, writing.tables, ledger, rule, writing.operator)
    refresh(writing)


@reads
def refresh(reading: Reading) -> None:
    """Let the figures obey the rules as they are stored."""
    reviews.load(reading.conn, reading.tables)


@reads
def awaiting(
    reading: Reading, ledger: str, period: Period | None = None, villages: Villages = ()
) -> list[WaitingRecord]:
    """The records of a ledger that wait for a second person."""
    scope = Scope(period, villages) if period is not None else None
    return reviews.waiting(reading.conn, reading.tables, ledger, scope)


@writes(Right.REVIEW)
def review(writing: Writing, ledger: str, ids: Sequence[int]) -> list[int]:
    """Mark records as reviewed by the operator; the ids that were: nobody reviews what they wrote themselves."""
    return reviews.review(writing.conn, writing.tables, ledger, ids, writing.operator)


@writes(Right.REVIEW)
def withdraw(writing: Writing, ledger: str, ids: Sequence[int]) -> int:
    """Take reviews back."""
    return reviews.withdraw(writing.conn, writing.tables, ledger, ids)


@reads
def unreviewed(reading: Reading, period: Period, villages: Villages, keys: Iterable[str]) -> dict[str, int]:
    """How many unreviewed records there are in the period, by ledger, among the ledgers behind the figures."""
    asked = rules(reading)
    behind = _ledgers(reading.catalogue, keys) & set(asked)
    if not behind:
        return {}
    found = {
        ledger: len(reviews.waiting(reading.conn, reading.tables, ledger, Scope(period, villages)))
        for ledger in sorted(behind)
    }
    return {ledger: count for ledger, count in found.items() if count}


@reads
def told_in_document(reading: Reading, period: Period, villages: Villages, keys: Iterable[str]) -> str:
    """The sentence by which a document says what was not reviewed; empty where everything was."""
    asked = rules(reading)
    if not asked:
        return ""
    found = unreviewed(reading, period, villages, keys)
    told = []
    for rule, words in (("hold", "未计入"), ("count", "计入了")):
        parts = [
            f"{reading.catalogue.ledgers[ledger].title}{count}条"
            for ledger, count in found.items()
            if asked[ledger] == rule
        ]
        if parts:
            told.append(f"{words}尚未审核的记录：{'、'.join(parts)}")
    return f"（注：本文数据{'；'.join(told)}。）" if told else ""


def _ledgers(catalogue: Catalogue, keys: Iterable[str]) -> set[str]:
    found = set()
    for key in keys:
        indicator = catalogue.indicators.get(key)
        if indicator is not None:
            found |= {measure.ledger for _role, measure in measures_of(indicator)}
    return found
