"""A claim over months that were not all reported never prints, whatever the counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.written_office import add, report_all
from zhengui.catalogue.load import load_catalogue
from zhengui.figures.claims import judge
from zhengui.figures.period import Period, year
from zhengui.services.counting.judge_claims import judge_all
from zhengui.services.entry.review_records import require_review, review
from zhengui.services.returns.report_month import mark, unmark
from zhengui.services.township.township import Township, create_township

CATALOGUE = load_catalogue()
GATED = [claim for claim in CATALOGUE.claims.values() if claim.reports]
_counts = st.one_of(st.none(), st.integers(0, 50))


@given(
    claim=st.sampled_from(list(CATALOGUE.claims.values())),
    fitting=_counts,
    violating=st.integers(0, 50),
    missing=st.integers(0, 500),
)
def test_no_judgement_holds_on_incomplete_data(claim, fitting, violating: int, missing: int) -> None:
    verdict = judge(claim, fitting, violating, missing, complete=False)
    assert verdict.state != "holds"
    assert verdict.sentence != claim.holds


@given(
    claim=st.sampled_from(list(CATALOGUE.claims.values())), missing=st.integers(0, 9), complete=st.booleans()
)
def test_no_judgement_holds_on_nothing_at_all(claim, missing: int, complete: bool) -> None:
    assert judge(claim, None, 0, missing, complete).state == "unknown" or missing


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Township]:
    folder: Path = tmp_path_factory.mktemp("gate")
    township = create_township(folder / "gate.zgdb", "试验镇", "甲", CATALOGUE)
    for number in range(1, 4):
        add(township, "village", {"name": f"{number}村", "kind": "村", "active": True})
    report_all(township, 2021)
    yield township
    township.close()


_days = st.dates(date(2020, 12, 1), date(2022, 1, 31))
_gap = st.tuples(st.integers(1, 3), st.integers(1, 12))


def _touches(period: Period, month: int) -> bool:
    first, last = (day.year * 100 + day.month for day in (period.start, period.end))
    return first <= month <= last


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(claim=st.sampled_from(GATED), gap=_gap, days=st.tuples(_days, _days), rows=st.integers(0, 3))
def test_a_gap_in_any_month_that_is_touched_closes_the_gate(office, claim, gap, days, rows: int) -> None:
    village, number = gap
    month = 202100 + number
    ledger = claim.measure.ledger
    period = Period(*sorted(days))
    others = [_harmless(ledger, village % 3 + 1, number) for _ in range(rows)]
    unmark(office, ledger, [village], month)
    try:
        ids = add(office, ledger, *others) if others else []
        verdict = judge_all(office, period, (), [claim.key])[claim.key]
        outside = period.start < date(2021, 1, 1) or period.end > date(2021, 12, 31)
        if _touches(period, month) or outside:
            assert verdict.state != "holds", (period, month)
            assert claim.holds not in verdict.sentence
        narrower = judge_all(office, period, (village,), [claim.key])[claim.key]
        assert narrower.state != "holds" or not (_touches(period, month) or outside)
    finally:
        mark(office, ledger, [village], month, zero=True)
        from zhengui.services.entry.record import delete

        delete(office, ledger, ids)


def _harmless(ledger: str, village: int, number: int) -> dict[str, Any]:
    """A record that says nothing against the claim."""
    day = date(2021, number, 15)
    return {
        "accident": {
            "date": date(2019, 1, 1),
            "village": village,
            "kind": "火灾",
            "grade": "一般",
            "place": "甲",
        },
        "petition": {"received_on": day, "village": village, "level": "镇级", "matter": "修路"},
    }.get(ledger, {"from_on": date(2019, 1, 1), "released_on": date(2019, 6, 1)})


def test_with_everything_reported_the_gate_opens(office: Township) -> None:
    for claim in GATED:
        verdict = judge_all(office, year(2021), (), [claim.key])[claim.key]
        assert verdict.state == "holds", (claim.key, verdict.reason)


def test_what_nobody_reviewed_closes_the_gate_too(office: Township) -> None:
    require_review(office, "petition", "hold")
    try:
        record = add(office, "petition", _harmless("petition", 1, 5) | {"level": "省级"})
        verdict = judge_all(office, year(2021), (), ["no_overreach"])["no_overreach"]
        assert verdict.state == "unknown", "the record doesn't count, but nobody may say that it isn't there"
        reviewer = replace(office, operator="乙")
        assert review(reviewer, "petition", record) == record
        assert judge_all(office, year(2021), (), ["no_overreach"])["no_overreach"].state == "fails"
    finally:
        require_review(office, "petition", "")
